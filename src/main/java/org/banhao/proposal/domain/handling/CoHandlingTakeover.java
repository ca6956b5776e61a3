package org.banhao.proposal.domain.handling;

import java.util.List;
import org.banhao.casefile.CaseFiles;
import org.banhao.proposal.domain.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cases that were answered before the last reply ended 会办 leave it behind, once: whoever is answered since has none open, so that later
 * starts find nothing. Each case in a transaction of its own; of two nodes that start together the second finds it done.
 */
@Component
public class CoHandlingTakeover {

    private static final Logger LOG = LoggerFactory.getLogger(CoHandlingTakeover.class);

    private final HandlingRows rows;
    private final Completion completion;
    private final CaseFiles caseFiles;
    private final TransactionTemplate perCase;

    CoHandlingTakeover(HandlingRows rows, Completion completion, CaseFiles caseFiles, TransactionTemplate perCase) {
        this.rows = rows;
        this.completion = completion;
        this.caseFiles = caseFiles;
        this.perCase = perCase;
    }

    @EventListener(ApplicationReadyEvent.class)
    public void takeOver() {
        List<String> coHandled = rows.casesCoHandled();
        caseFiles.all(coHandled).values().stream()
                .filter(row -> Status.of(row).answered())
                .forEach(row -> {
                    try {
                        perCase.executeWithoutResult(status -> completion.check(row.number()));
                    } catch (RuntimeException e) {
                        // one that cannot be looked at must not keep the others waiting, nor the start
                        LOG.error("Whether {} is answered was not looked at", row.number(), e);
                    }
                });
    }
}
