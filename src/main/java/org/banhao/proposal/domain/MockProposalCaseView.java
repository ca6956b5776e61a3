package org.banhao.proposal.domain;

import java.util.List;
import org.banhao.casefile.CaseFiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A 模拟提案 in the dossier: a proposal in everything but its kind. */
@Component
@Transactional(readOnly = true)
class MockProposalCaseView extends ProposalCaseView {

    MockProposalCaseView(
            ProposalRows rows, Sessions sessions, Reviews reviews, ReviewFacts facts, List<LaterStage> laterStages) {
        super(rows, sessions, reviews, facts, laterStages);
    }

    @Override
    public String kind() {
        return CaseFiles.MOCK;
    }
}
