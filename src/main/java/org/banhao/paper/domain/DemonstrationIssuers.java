package org.banhao.paper.domain;

import org.banhao.base.TabFile;
import org.banhao.people.DemonstrationCast;
import org.banhao.people.DemonstrationPieces;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Names and words of some organs of the demonstration: while nobody has entered any. */
@Component
class DemonstrationIssuers extends DemonstrationPieces {

    private final Issuers issuers;
    private final TransactionTemplate transaction;

    DemonstrationIssuers(DemonstrationCast cast, Issuers issuers, TransactionTemplate transaction) {
        super(cast);
        this.issuers = issuers;
        this.transaction = transaction;
    }

    @Override
    public int getPhase() {
        return PHASE - 1_000;
    }

    @Override
    protected boolean present() {
        return issuers.list().stream().anyMatch(one -> one.changedAt() != null);
    }

    @Override
    protected void load() {
        transaction.executeWithoutResult(status -> TabFile.rows("/demonstration/issuers.tsv", 6)
                .forEach(cells -> issuers.change(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])));
    }
}
