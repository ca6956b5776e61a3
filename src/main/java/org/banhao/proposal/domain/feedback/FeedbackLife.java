package org.banhao.proposal.domain.feedback;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.banhao.base.Audit;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseResumed;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.people.LeftGroup;
import org.banhao.people.People;
import org.banhao.people.SpeakerChanged;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.ProposalWithdrawn;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Revisers;
import org.banhao.proposal.domain.handling.Delivery;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.HandlingEvents;
import org.banhao.proposal.domain.handling.Handlings;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asks everybody a reply was brought to, marks silence, and ends what need not be asked any more. */
@Service
@Transactional
public class FeedbackLife {

    static final String PROCESS = "proposalFeedback";
    private static final String SYSTEM = "系统";
    private static final List<String> STEPS = List.of(Feedbacks.GIVE, "userTask_examineFeedback", "userTask_mediate");

    private final FeedbackRows rows;
    private final Feedbacks feedbacks;
    private final Closing closing;
    private final Handlings handlings;
    private final Proposals proposals;
    private final Revisers revisers;
    private final Informing informing;
    private final Processes processes;
    private final OpenSteps steps;
    private final Deadlines deadlines;
    private final CaseFiles caseFiles;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    FeedbackLife(
            FeedbackRows rows,
            Feedbacks feedbacks,
            Closing closing,
            Handlings handlings,
            Proposals proposals,
            Revisers revisers,
            Informing informing,
            Processes processes,
            OpenSteps steps,
            Deadlines deadlines,
            CaseFiles caseFiles,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.feedbacks = feedbacks;
        this.closing = closing;
        this.handlings = handlings;
        this.proposals = proposals;
        this.revisers = revisers;
        this.informing = informing;
        this.processes = processes;
        this.steps = steps;
        this.deadlines = deadlines;
        this.caseFiles = caseFiles;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One instance for each person the reply was brought to. After a second reply nobody is asked about the first any more, and whoever was
     * dissatisfied with the first and not looked into has his answer: the committee had the case handled again without that step.
     */
    @EventListener
    public void on(HandlingEvents.ReplyDelivered event) {
        Handling handling = event.handling();
        handlings.ofCase(handling.caseNumber()).stream()
                .filter(other -> other.assignmentId() == handling.assignmentId() && other.round() < handling.round())
                .flatMap(earlier -> rows.ofHandling(earlier.id()).stream())
                .map(Feedback::id)
                .forEach(this::answeredAgain);
        for (Delivery delivery : event.deliveries()) {
            ask(rows.insert(handling, delivery, clock.instant()));
        }
        audit.record("proposal.askFeedback", handling.caseNumber(), handling.unitName());
    }

    private void answeredAgain(long id) {
        Feedback row = rows.lock(id);
        if (row.state() == FeedbackState.OPEN) {
            end(row, "已送达再次答复，请就再次答复反馈");
        } else if (!row.settled()) {
            rows.examined(id, Examination.REHANDLE, "已再次答复", null, SYSTEM, clock.instant());
            cancel(row, "已再次答复");
            audit.record("proposal.examineFeedback", row.caseNumber(), row.name() + "，已再次答复");
        }
    }

    /** 撤案: nobody is asked or looked into any more; what was said stays. */
    @EventListener
    public void on(ProposalWithdrawn event) {
        for (Feedback asked : rows.ofCase(event.caseNumber())) {
            Feedback row = rows.lock(asked.id());
            if (row.state() == FeedbackState.OPEN) {
                end(row, "提案已撤回");
            } else if (!row.settled()) {
                cancel(row, "提案已撤回");
                audit.record("proposal.feedbackNotNeeded", row.caseNumber(), row.name() + "，提案已撤回");
            }
        }
    }

    private void ask(Feedback row) {
        Proposal proposal = proposals.get(row.caseNumber());
        boolean gone = feedbacks.gone(row);
        if (gone && !proposal.collective()) {
            left(row);
            return;
        }
        String instance = processes.start(PROCESS, row.caseNumber(), Map.of("feedback", row.id()));
        rows.instance(row.id(), instance);
        if (gone) {
            left(rows.get(row.id()));
        }
    }

    /** A closed account alone ends nothing: on paper a member goes on to say what he thinks. */
    @EventListener
    public void on(LeftGroup event) {
        lookAt(rows.ofPerson(event.personId()));
    }

    /** What an organisation is asked goes over at once, not at the next morning's look. */
    @EventListener
    public void on(SpeakerChanged changed) {
        lookAt(rows.ofPerson(changed.before()));
    }

    /** Who left while the case rested could not hand over what he was asked. */
    @EventListener
    public void on(CaseResumed resumed) {
        lookAt(rows.ofCase(resumed.caseNumber()));
    }

    private void lookAt(List<Feedback> asked) {
        asked.stream()
                .filter(row -> row.state() == FeedbackState.OPEN && feedbacks.gone(row))
                .map(Feedback::id)
                .map(feedbacks::lock)
                .forEach(this::left);
    }

    /**
     * 委员离任: his own feedback is not needed any more, and the next one who signed is the case's contact; what an organisation is asked
     * goes over to its new contact, or to the committee's office while it has none.
     */
    private void left(Feedback row) {
        if (row.state() != FeedbackState.OPEN) {
            return;
        }
        String instance = row.instanceId();
        String task = instance == null ? null : processes.openTask(instance, Feedbacks.GIVE);
        // it goes over, or ends, when the case goes on
        if (task != null && steps.rests(row.caseNumber(), task)) {
            return;
        }
        Proposal proposal = proposals.get(row.caseNumber());
        String contact = revisers.contact(row.caseNumber());
        if (!proposal.collective()) {
            end(
                    row,
                    contact == null || contact.equals(row.personId()) ? "已离任" : "已离任，本件的联系人为" + people.nameOf(contact));
            closing.check(row.caseNumber());
            return;
        }
        // each morning he is found gone again; that the office has it is done and said once
        if (task == null || row.personId().equals(contact) || (contact == null && released(row, task))) {
            return;
        }
        if (contact == null) {
            processes.release(task);
        } else {
            rows.person(row.id(), contact, proposal.proposerName() + "（联系人" + people.nameOf(contact) + "）");
            processes.handOver(task, contact);
        }
        String to = contact == null ? "提案委员会办公室" : people.nameOf(contact);
        caseFiles.happened(row.caseNumber(), "改由" + to + "反馈对答复的意见", row.name() + "的联系人已变更");
        audit.record("proposal.feedbackHandedOver", row.caseNumber(), row.personId() + " → " + to);
    }

    private boolean released(Feedback row, String task) {
        return steps.ofCase(row.caseNumber()).stream()
                .anyMatch(step -> step.taskId().equals(task) && !row.personId().equals(step.assignee()));
    }

    /** What came in while somebody decided that it is not needed is never lost. */
    private void end(Feedback asked, String reason) {
        Feedback row = rows.lock(asked.id());
        if (row.state() != FeedbackState.OPEN) {
            return;
        }
        rows.notNeeded(row.id(), reason);
        cancel(row, reason);
        caseFiles.happened(row.caseNumber(), "不再需要" + row.name() + "反馈", reason);
        audit.record("proposal.feedbackNotNeeded", row.caseNumber(), row.name() + "，" + reason);
    }

    private void cancel(Feedback row, String reason) {
        String instance = row.instanceId();
        if (instance != null) {
            processes.cancel(instance, reason);
            STEPS.forEach(step -> deadlines.cancel(instance, step));
        }
    }

    /** The term is over: marked 未反馈, never counted as satisfied; the step stays open. Called by the process once. */
    public void silent(long id) {
        Feedback row = feedbacks.lock(id);
        if (row.state() != FeedbackState.OPEN || row.silentAt() != null) {
            return;
        }
        rows.silent(id, clock.instant());
        deadlines.of(row.caseNumber()).stream()
                .filter(deadline -> deadline.state().equals("open")
                        && deadline.key().equals(Feedbacks.RULE)
                        && String.valueOf(row.instanceId()).equals(deadline.instanceId()))
                .map(Deadline::id)
                .forEach(deadlines::lapsed);
        caseFiles.happened(row.caseNumber(), row.name() + "逾期未反馈", "不视为满意；逾期仍可反馈");
        audit.record("proposal.feedbackSilent", row.caseNumber(), row.name());
        informing.one(
                proposals.get(row.caseNumber()),
                "feedbackOverdue",
                String.valueOf(row.id()),
                row.personId(),
                Map.of("unit", handlings.get(row.handlingId()).unitName()));
        closing.check(row.caseNumber());
    }

    /** A term ends by its date and nobody is told: who has left it meanwhile is asked no more. */
    public void leaver(long id) {
        Feedback row = feedbacks.lock(id);
        if (feedbacks.gone(row)) {
            left(row);
        }
    }
}
