package org.banhao.proposal.domain.handling;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.AssignmentRole;
import org.banhao.proposal.domain.assignment.Assignments;
import org.banhao.proposal.domain.assignment.Plan;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What others may know of handling: the stages that follow, and models. Writes nothing but the deadlines that begin. */
@Service
@Transactional
public class Handlings {

    /** Steps that carry the dates; the models have the same ids. */
    static final String DELIVER = "userTask_deliverReply";

    static final String SEND_OPINION = "userTask_sendCoOpinion";

    /** Has a term of its own. */
    static final String FORWARD = "userTask_forwardToSection";
    /** No step: it is met by entries. */
    static final String CONTACT = "firstContact";

    /** Kinds of papers whose numbers are those of a reply and of a sent opinion; their subject is {@link #paperKey}. */
    public static final String REPLY_LETTER = "replyLetter";

    public static final String CO_OPINION_LETTER = "coOpinionLetter";

    private static final List<String> OFFICES = List.of(
            Roles.PARTY_OFFICE_ASSIGNER,
            Roles.GOVERNMENT_OFFICE_ASSIGNER,
            Roles.ASSIGNING_OFFICE_LEADER,
            Roles.PROPOSAL_CLERK,
            Roles.COMMITTEE_DIRECTOR);

    private final HandlingRows rows;
    private final ReplyRows replies;
    private final Assignments assignments;
    private final Proposals proposals;
    private final CaseFiles caseFiles;
    private final Deadlines deadlines;

    Handlings(
            HandlingRows rows,
            ReplyRows replies,
            Assignments assignments,
            Proposals proposals,
            CaseFiles caseFiles,
            Deadlines deadlines) {
        this.rows = rows;
        this.replies = replies;
        this.assignments = assignments;
        this.proposals = proposals;
        this.caseFiles = caseFiles;
        this.deadlines = deadlines;
    }

    /** @throws Refusal there is none */
    public Handling get(long id) {
        return rows.get(id);
    }

    /** Many in one look; unknown ids are left out. */
    public List<Handling> all(Collection<Long> ids) {
        return rows.all(ids);
    }

    /** Of all units that accepted, ended ones too. */
    public List<Handling> ofCase(String caseNumber) {
        return rows.ofCase(caseNumber);
    }

    /** The offices, the committee, and the units that handle this case: {@code education-bureau.handler}. */
    @Transactional(readOnly = true)
    public boolean worksOn(String caseNumber, List<String> groups) {
        return groups.stream().anyMatch(OFFICES::contains)
                || rows.ofCase(caseNumber).stream()
                        .anyMatch(row -> groups.stream().anyMatch(group -> group.startsWith(row.unitId() + ".")));
    }

    /** Many in one look, by handling; those without one are left out. */
    public Map<Long, Reply> replies(Collection<Long> ids) {
        return replies.all(ids);
    }

    /** Empty before the first draft. */
    public Optional<Reply> reply(long handling) {
        return replies.find(handling);
    }

    /** Subject of the papers about one unit's work: {@code TA-2026-000018/7}. */
    public static String paperKey(Handling row) {
        return row.caseNumber() + "/" + row.id();
    }

    /** What a co-handling unit wrote to the lead; empty before the first draft. */
    public Optional<CoOpinion> coOpinion(long handling) {
        return replies.coOpinion(handling);
    }

    /** What was said about drafts, oldest first. */
    public List<Opinion> opinions(long handling) {
        return rows.opinions(handling);
    }

    /** The unit has sent out something under that number, by hand or not. */
    public boolean numberUsed(String unit, String documentNumber) {
        return replies.numberTaken(unit + "|" + documentNumber);
    }

    public List<Delivery> deliveries(long handling) {
        return replies.deliveries(handling);
    }

    /** What was delivered in this case, of a merged proposal the replies to its lead that were brought to its own proposers. */
    public List<DeliveredReply> repliesTo(String caseNumber) {
        return replies.repliesTo(caseNumber).stream()
                .map(id -> {
                    Handling row = rows.get(id);
                    Reply reply = replies.find(id).orElseThrow();
                    List<ReplyRows.Version> versions = replies.versions(id);
                    return new DeliveredReply(
                            row.id(),
                            row.round(),
                            row.caseNumber(),
                            row.unitName(),
                            Objects.requireNonNull(reply.documentNumber()),
                            Objects.requireNonNull(reply.signedName()),
                            reply.classLine(),
                            versions.get(versions.size() - 1).content(),
                            reply.sealedDocument(),
                            replies.deliveries(id).stream()
                                    .filter(delivery -> delivery.caseNumber().equals(caseNumber))
                                    .toList());
                })
                .toList();
    }

    /** What this unit promises in this round's reply, delivered or not. */
    public List<Commitment> promises(long handling) {
        return replies.commitments(handling);
    }

    /** Empty for handlings that are not there; draft and signed text alone are no delivery. */
    public boolean delivered(long handling) {
        return replies.find(handling)
                .filter(reply -> reply.deliveredAt() != null)
                .isPresent();
    }

    /** The handling that a paper of that subject is about, see {@link #paperKey}. */
    public static long ofPaper(String paperKey) {
        return Long.parseLong(paperKey.substring(paperKey.indexOf('/') + 1));
    }

    /** Of replies and consultations. */
    public List<Commitment> commitments(String caseNumber) {
        return replies.commitmentsOf(caseNumber);
    }

    /** The unit answers the proposer; false: it gives its opinion to the lead. */
    public boolean owesReply(long id) {
        return assignment(rows.get(id)).role().answers();
    }

    /** The unit leads and others co-handle, so that their opinions are waited for. */
    public boolean hasCoHandlers(long id) {
        Handling row = rows.get(id);
        // the opinions of the first round stand
        return !row.again() && !coHandlers(row).isEmpty();
    }

    List<Assignment> coHandlers(Handling row) {
        if (assignment(row).role() != AssignmentRole.LEAD) {
            return List.of();
        }
        return assignments.holding(row.caseNumber()).stream()
                .filter(other -> other.role() == AssignmentRole.CO)
                .toList();
    }

    /** Group of the office that assigned the case. */
    public String office(long id) {
        return plan(id).office();
    }

    /** That office as letters name it. */
    String officeName(long id) {
        return plan(id).officeName();
    }

    private Plan plan(long id) {
        return assignments
                .plan(rows.get(id).caseNumber())
                .orElseThrow(() -> new IllegalStateException("Handling " + id + " without a plan of assignment"));
    }

    public boolean keyProposal(long id) {
        return caseFiles.get(rows.get(id).caseNumber()).key();
    }

    public boolean collectiveProposal(long id) {
        return proposals.get(rows.get(id).caseNumber()).collective();
    }

    public boolean moneyRelated(long id) {
        return replies.find(id).map(Reply::moneyRelated).orElse(false);
    }

    /**
     * Until when the unit owes its reply, or its opinion. The term counts from the assignment on ({@link Assignment#clockStart()}).
     *
     * @param instance the instance that asks, which is the handling's own while its row does not know it yet
     */
    public Instant due(long id, String instance) {
        Handling row = rows.get(id);
        return obligation(row, row.instanceId() == null ? instance : row.instanceId())
                .due();
    }

    /**
     * Until when the liaison says which section handles: a term of the unit's own, from now on, and not after the day of the reply while that
     * is to come: of a case that is late already, such as one taken over, the term is all there is.
     *
     * @param instance as for {@link #due}
     */
    public Instant sectionDue(long id, String instance) {
        Handling row = rows.get(id);
        Instant reply = due(id, instance);
        return deadlines
                .oweAtMost(row.caseNumber(), "sectionForward", instance, FORWARD, reply, "即对外的期限")
                .due();
    }

    Deadline obligation(Handling row, String instance) {
        Assignment assignment = assignment(row);
        if (row.again()) {
            return deadlines.oweFrom(row.caseNumber(), "rehandle", instance, DELIVER, row.startedAt());
        }
        boolean reply = assignment.role().answers();
        return deadlines.oweFrom(
                row.caseNumber(),
                reply ? "reply" : "coOpinion",
                instance,
                reply ? DELIVER : SEND_OPINION,
                Objects.requireNonNull(assignment.clockStart()));
    }

    Assignment assignment(Handling row) {
        return assignments.get(row.assignmentId());
    }

    /** @throws Refusal the step is not open any more */
    Handling byInstance(String instance) {
        return rows.byInstance(instance).orElseThrow(() -> new Refusal("这项办理已经结束或者移交，请刷新待办列表。"));
    }
}
