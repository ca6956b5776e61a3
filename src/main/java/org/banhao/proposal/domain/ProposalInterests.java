package org.banhao.proposal.domain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseInterests;
import org.banhao.casefile.StoredAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Four eyes stay four when somebody stands in: nobody does in another's place what follows on his own step, or on his own proposal; nor
 * as himself what follows on a step he did in another's place. What is a proposer's own is done by nobody else.
 */
@Component
class ProposalInterests implements CaseInterests {

    private static final String DRAFT = "userTask_draftReply";
    private static final String CHECK = "userTask_checkReply";
    private static final String DEPUTY = "userTask_signByDeputy";

    /** Step → the steps before it whose hand it must not be. */
    private static final Map<String, List<String>> BEFORE = Map.of(
            "userTask_secondReview",
            List.of("userTask_firstReview"),
            "userTask_decideByDirector",
            List.of("userTask_firstReview", "userTask_secondReview"),
            CHECK,
            List.of(DRAFT),
            DEPUTY,
            List.of(DRAFT, CHECK),
            "userTask_signByHead",
            List.of(DRAFT, CHECK, DEPUTY),
            "userTask_signCoOpinion",
            List.of("userTask_draftCoOpinion"));

    private static final Map<String, String> NAMES = Map.of(
            "userTask_firstReview",
            "初审",
            "userTask_secondReview",
            "复审",
            DRAFT,
            "起草",
            CHECK,
            "核稿",
            DEPUTY,
            "审签",
            "userTask_draftCoOpinion",
            "起草");

    /** Steps of the proposer himself, also while they are in the hands of somebody who is away. */
    private static final Set<String> PERSONAL = Set.of("userTask_reviseProposal", "userTask_giveFeedback");

    private final Proposals proposals;
    private final CaseFiles cases;

    ProposalInterests(Proposals proposals, CaseFiles cases) {
        this.proposals = proposals;
        this.cases = cases;
    }

    @Override
    public String kind() {
        return "TA";
    }

    @Override
    public @Nullable String against(
            String caseNumber, String process, String instanceId, String task, String personId) {
        Proposal proposal = proposals.find(caseNumber).orElse(null);
        if (proposal == null) {
            return null;
        }
        if (proposals.proposers(proposal).contains(personId)) {
            return "是本案的提案者";
        }
        if (PERSONAL.contains(task)) {
            return "不是本案的提案者";
        }
        if (personId.equals(proposal.enteredBy())) {
            return "是本案的代录入人";
        }
        for (String before : BEFORE.getOrDefault(task, List.of())) {
            StoredAnswer last = cases.lastAnswer(caseNumber, process, instanceId, before);
            if (last != null && last.person().equals(personId)) {
                return "已办理本案的" + NAMES.getOrDefault(before, "前一步骤");
            }
        }
        return null;
    }

    @Override
    public @Nullable String againstOwn(
            String caseNumber, String process, String instanceId, String task, String personId) {
        for (String before : BEFORE.getOrDefault(task, List.of())) {
            StoredAnswer last = cases.lastAnswer(caseNumber, process, instanceId, before);
            if (last != null && last.person().equals(personId) && last.forWhomName() != null) {
                return "已代" + last.forWhomName() + "办理本案的" + NAMES.getOrDefault(before, "前一步骤");
            }
        }
        return null;
    }
}
