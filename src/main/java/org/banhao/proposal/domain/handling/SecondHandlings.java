package org.banhao.proposal.domain.handling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.People;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Status;
import org.banhao.proposal.domain.assignment.AssignmentState;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 再次办理: once, in a handling of its own for the same assignment, within the term {@code rehandle}. The first reply, its class and
 * what was said of it stay. Source: practice of cities (再次答复); the term of this city is not known yet.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class SecondHandlings {

    private final HandlingRows rows;
    private final HandlingLife life;
    private final Handlings handlings;
    private final Completion completion;
    private final Proposals proposals;
    private final Informing informing;
    private final CaseFiles caseFiles;
    private final People people;
    private final Audit audit;

    SecondHandlings(
            HandlingRows rows,
            HandlingLife life,
            Handlings handlings,
            Completion completion,
            Proposals proposals,
            Informing informing,
            CaseFiles caseFiles,
            People people,
            Audit audit) {
        this.rows = rows;
        this.life = life;
        this.handlings = handlings;
        this.completion = completion;
        this.proposals = proposals;
        this.informing = informing;
        this.caseFiles = caseFiles;
        this.people = people;
        this.audit = audit;
    }

    /** The second round of the same assignment; empty while there is none. */
    @Transactional(readOnly = true)
    public Optional<Handling> after(Handling first) {
        return rows.rounds(first.assignmentId()).stream()
                .filter(row -> row.round() > first.round())
                .findFirst();
    }

    /**
     * Begins it, or joins the one that runs: two dissatisfied proposers are answered by one second reply.
     *
     * @param reason read by the unit
     * @param person of the committee; the caller has seen that he may
     * @throws Refusal nothing was delivered, it is a second reply itself, or the second one is there already
     */
    public void begin(long handling, String reason, String person) {
        Handling first = rows.get(handling);
        // whoever withdraws, rates or closes waits here
        Proposal proposal = proposals.lockWithMerged(first.caseNumber()).get(0);
        first = rows.lock(handling);
        if (first.again()) {
            throw new Refusal("再次办理只进行一次；对再次答复仍不满意的，请组织会商。");
        }
        if (first.state() != HandlingState.DELIVERED || proposal.withdrawnAt() != null) {
            throw new Refusal("这个单位的答复还没有送达或者提案已经撤回，不能要求再次办理。");
        }
        if (!Status.of(caseFiles.get(first.caseNumber())).answered()) {
            throw new Refusal("还有单位没有答复，请等各单位都答复以后再要求再次办理。");
        }
        AssignmentState assignment = handlings.assignment(first).state();
        if (!assignment.accepted()) {
            throw new Refusal("这个单位不再承办本件（" + assignment.label() + "），不能要求它再次办理。");
        }
        Optional<Handling> second = after(first);
        if (second.isPresent()) {
            if (second.get().state().open()) {
                caseFiles.happened(first.caseNumber(), first.unitName() + "正在再次办理，意见一并研究", reason);
                return;
            }
            throw new Refusal("这个单位已经再次办理过，再次办理只进行一次；请选「不再办理」或者组织会商。");
        }
        String name = people.signatureOf(person);
        // whoever holds it now: the unit that delivered may have handed it over since
        Handling now = life.beginAgain(first, reason, name);
        completion.reopened(first.caseNumber());
        List<Proposal> told = new ArrayList<>(List.of(proposal));
        told.addAll(proposals.mergedInto(first.caseNumber()));
        for (Proposal one : told) {
            caseFiles.happened(one.caseNumber(), "提案委员会要求" + now.unitName() + "再次办理", reason);
            informing.proposers(one, "secondHandling", String.valueOf(first.id()), Map.of("unit", now.unitName()));
        }
        tellUnit(first, now, proposal, reason);
        audit.record("proposal.secondHandling", first.caseNumber(), now.unitName());
    }

    /** The task alone may lie for days: who receives for the unit is told as of a first assignment. */
    private void tellUnit(Handling first, Handling now, Proposal proposal, String reason) {
        Map<String, String> values = new HashMap<>();
        values.put("fileNumber", proposals.numberLine(proposal));
        values.put("unit", now.unitName());
        values.put("reason", reason);
        Optional.ofNullable(now.instanceId())
                .map(instance -> handlings.due(now.id(), instance))
                .ifPresent(due -> values.put("dueText", ChineseTime.text(due)));
        informing.unit(
                proposal,
                "secondHandlingUnit",
                String.valueOf(first.id()),
                now.unitId(),
                List.of("liaison", "handler"),
                values);
    }
}
