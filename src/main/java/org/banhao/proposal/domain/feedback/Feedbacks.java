package org.banhao.proposal.domain.feedback;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.handling.DeliveredReply;
import org.banhao.proposal.domain.handling.Handlings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What others may know of feedback: pages, models, and the stages that follow. Changes nothing. */
@Service
@Transactional(readOnly = true)
public class Feedbacks {

    static final String RULE = "feedback";
    static final String GIVE = "userTask_giveFeedback";

    private final FeedbackRows rows;
    private final Handlings handlings;
    private final Proposals proposals;
    private final Deadlines deadlines;
    private final People people;
    private final Audit audit;

    Feedbacks(
            FeedbackRows rows,
            Handlings handlings,
            Proposals proposals,
            Deadlines deadlines,
            People people,
            Audit audit) {
        this.rows = rows;
        this.handlings = handlings;
        this.proposals = proposals;
        this.deadlines = deadlines;
        this.people = people;
        this.audit = audit;
    }

    /**
     * A second reply did not satisfy either, and the consultation about it is over: the case is to be looked at again later unless the
     * proposer understands. Published as a Spring application event inside the transaction; an exception undoes the act.
     *
     * @param caseNumber of the proposer, which may be a merged one; {@code handlingId} tells the unit
     */
    public record DissatisfiedTwice(String caseNumber, long handlingId, long feedbackId, Outcome outcome) {

        /** 回头看 is wanted. */
        public boolean toRevisit() {
            return outcome != Outcome.UNDERSTOOD;
        }
    }

    /** @throws Refusal there is none */
    public Feedback get(long id) {
        return rows.get(id);
    }

    /** Of those who propose in this case, one for each reply and person; oldest first. */
    public List<Feedback> ofCase(String caseNumber) {
        return rows.ofCase(caseNumber);
    }

    /** On all replies written in this case, also those brought to the proposers of merged cases. */
    public List<Feedback> onReplies(String caseNumber) {
        return rows.onReplies(caseNumber);
    }

    /** Until when it is asked for; empty when the term is over or nobody is asked. */
    public Optional<Instant> due(Feedback feedback) {
        return term(feedback).filter(row -> row.state().equals("open")).map(Deadline::due);
    }

    /** The term of this question, over or not; the latest where it was asked for anew. */
    Optional<Deadline> term(Feedback feedback) {
        String instance = feedback.instanceId();
        return instance == null
                ? Optional.empty()
                : deadlines.of(feedback.caseNumber()).stream()
                        .filter(row -> row.key().equals(RULE) && instance.equals(row.instanceId()))
                        .max(Comparator.comparing((Deadline row) -> row.state().equals("open"))
                                .thenComparing(Deadline::id));
    }

    /**
     * Whether he is no longer one who can be asked: of an organisation whoever is not its contact any more, though he may be a member
     * himself; otherwise whoever has left the term.
     */
    boolean gone(Feedback feedback) {
        Proposal proposal = proposals.get(feedback.caseNumber());
        List<Member> memberships = people.membershipsOf(feedback.personId());
        return proposal.collective()
                ? memberships.stream().noneMatch(one -> one.id().equals(proposal.proposerMember()))
                : memberships.isEmpty();
    }

    /** Those of them of whom {@link #gone} is true, in two statements: many are asked, few have left. */
    List<Feedback> gone(List<Feedback> asked) {
        Map<String, Proposal> known =
                proposals.all(asked.stream().map(Feedback::caseNumber).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(Proposal::caseNumber, Function.identity()));
        List<Member> inOffice = people.members();
        Set<String> persons = inOffice.stream().map(Member::personId).collect(Collectors.toSet());
        Map<String, String> contacts = inOffice.stream().collect(Collectors.toMap(Member::id, Member::personId));
        return asked.stream()
                .filter(row -> {
                    Proposal proposal = known.get(row.caseNumber());
                    return proposal != null && proposal.collective()
                            ? !row.personId().equals(contacts.get(proposal.proposerMember()))
                            : !persons.contains(row.personId());
                })
                .toList();
    }

    /** The row, held after its proposal like everywhere: who delivers holds the proposal and then the rows. */
    @Transactional(propagation = Propagation.MANDATORY)
    Feedback lock(long id) {
        proposals.lock(rows.get(id).caseNumber());
        return rows.lock(id);
    }

    /**
     * A feedback with what its page shows.
     *
     * @param due null when the term has passed
     */
    public record Asked(
            Feedback feedback,
            String title,
            String numberLine,
            String unitName,
            @Nullable Instant due,
            DeliveredReply reply) {}

    /** What waits for this person, the oldest first. */
    public List<Asked> awaiting(String person) {
        return rows.ofPerson(person).stream()
                .filter(row -> row.state() == FeedbackState.OPEN)
                .map(this::asked)
                .toList();
    }

    /** What this person was asked in this case, answered or not. */
    public List<Feedback> own(String caseNumber, String person) {
        return rows.ofCase(caseNumber).stream()
                .filter(row -> row.personId().equals(person))
                .toList();
    }

    /** @throws Refusal not his: the same sentence as for one that does not exist */
    @Transactional
    public Asked of(long id, String person) {
        Feedback feedback = rows.ofPerson(person).stream()
                .filter(row -> row.id() == id)
                .findFirst()
                .orElseThrow(() -> new Refusal("没有这项反馈，或者不由您反馈。请从“我的提案”重新进入。"));
        audit.record("proposal.readFeedback", feedback.caseNumber(), feedback.name());
        return asked(feedback);
    }

    private Asked asked(Feedback feedback) {
        var proposal = proposals.get(feedback.caseNumber());
        return new Asked(
                feedback,
                proposal.title(),
                proposals.numberLine(proposal),
                handlings.get(feedback.handlingId()).unitName(),
                due(feedback).orElse(null),
                handlings.repliesTo(feedback.caseNumber()).stream()
                        .filter(reply -> reply.handlingId() == feedback.handlingId())
                        .findFirst()
                        .orElseThrow());
    }

    // ---- models

    /** To whom the step is given by name; its office stands behind him. */
    public String person(long feedback) {
        return rows.get(feedback).personId();
    }

    /** It is about a second reply. */
    public boolean again(long feedback) {
        return rows.get(feedback).round() > 1;
    }

    /** @throws Refusal the step is not open any more */
    Feedback byInstance(String instance) {
        return rows.byInstance(Objects.requireNonNull(instance)).orElseThrow(() -> new Refusal("这项反馈已经结束，请刷新待办列表。"));
    }
}
