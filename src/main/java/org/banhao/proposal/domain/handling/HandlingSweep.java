package org.banhao.proposal.domain.handling;

import java.util.List;
import org.banhao.casefile.CaseFiles;
import org.banhao.proposal.domain.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks each night whether 会办 is open in a case that is answered: nobody waits for it. The last reply ends it of itself; this is for cases
 * answered before it did. Each case in a transaction of its own; with two nodes the second finds it done.
 */
@Component
public class HandlingSweep {

    private static final Logger LOG = LoggerFactory.getLogger(HandlingSweep.class);

    private final HandlingRows rows;
    private final Completion completion;
    private final CaseFiles caseFiles;
    private final TransactionTemplate perCase;

    HandlingSweep(HandlingRows rows, Completion completion, CaseFiles caseFiles, TransactionTemplate perCase) {
        this.rows = rows;
        this.completion = completion;
        this.caseFiles = caseFiles;
        this.perCase = perCase;
    }

    @Scheduled(cron = "0 40 4 * * *", zone = "Asia/Shanghai")
    public void daily() {
        List<String> atWork = rows.casesAtWork();
        caseFiles.all(atWork).values().stream()
                .filter(row -> Status.of(row).answered())
                .forEach(row -> {
                    try {
                        perCase.executeWithoutResult(status -> completion.check(row.number()));
                    } catch (RuntimeException e) {
                        // one that cannot be looked at must not keep the others waiting
                        LOG.error("Whether {} is answered was not looked at", row.number(), e);
                    }
                });
    }
}
