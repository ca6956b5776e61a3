package org.banhao.proposal.domain;

import org.banhao.casefile.CaseFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who must keep out of the review of a 模拟提案: as with any proposal. */
@Component
class MockProposalInterests extends ProposalInterests {

    MockProposalInterests(Proposals proposals, CaseFiles cases) {
        super(proposals, cases);
    }

    @Override
    public String kind() {
        return CaseFiles.MOCK;
    }

    /** The steps are those of {@link ProposalInterests}, which is asked as well. */
    @Override
    public @Nullable String againstOwn(
            String caseNumber, String process, String instanceId, String task, String personId) {
        return null;
    }
}
