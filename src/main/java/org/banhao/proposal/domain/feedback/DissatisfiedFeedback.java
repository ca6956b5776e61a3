package org.banhao.proposal.domain.feedback;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.banhao.proposal.domain.handling.Consultation;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.handling.SecondHandlings;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the committee does when a reply does not satisfy: handled once more, then a consultation it leads itself, then the case ends and
 * is looked at again later. Source: rules of provinces and cities (再次办理后仍不满意的，会同有关方面当面协商).
 */
@Service
@Transactional
public class DissatisfiedFeedback {

    /** Lines of the timeline that tell who was dissatisfied, for those who deal with it. */
    static final String EXAMINED = "核实不满意意见：";

    static final String MEDIATED = "会商结果：";

    private static final int LONGEST_NOTE = 1_000;

    private final FeedbackRows rows;
    private final Feedbacks feedbacks;
    private final Closing closing;
    private final SecondHandlings secondHandlings;
    private final Handlings handlings;
    private final Consultations consultations;
    private final Proposals proposals;
    private final CaseFiles caseFiles;
    private final People people;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;

    DissatisfiedFeedback(
            FeedbackRows rows,
            Feedbacks feedbacks,
            Closing closing,
            SecondHandlings secondHandlings,
            Handlings handlings,
            Consultations consultations,
            Proposals proposals,
            CaseFiles caseFiles,
            People people,
            ApplicationEventPublisher events,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.feedbacks = feedbacks;
        this.closing = closing;
        this.secondHandlings = secondHandlings;
        this.handlings = handlings;
        this.consultations = consultations;
        this.proposals = proposals;
        this.caseFiles = caseFiles;
        this.people = people;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * 核实: once more, or not.
     *
     * @param note why; of a second handling the unit and the proposers read it
     * @throws Refusal the note is missing, or a second handling cannot be
     */
    public void examine(String instance, String person, Examination examination, @Nullable String note) {
        Feedback asked = feedbacks.byInstance(instance);
        String lead = handlings.get(asked.handlingId()).caseNumber();
        recused(lead, person, "核实反馈");
        proposals.lockWithMerged(lead);
        Feedback row = rows.lock(asked.id());
        if (row.settled()) {
            throw new Refusal("这项反馈已经核实或者已再次答复，请刷新待办列表。");
        }
        String why = note(note, "examinationNote", "核实情况和理由");
        rows.examined(row.id(), examination, why, person, people.signatureOf(person), clock.instant());
        if (examination == Examination.REHANDLE) {
            secondHandlings.begin(row.handlingId(), why, person);
        } else {
            caseFiles.happened(row.caseNumber(), EXAMINED + row.name() + "，不再办理", why);
        }
        audit.record("proposal.examineFeedback", row.caseNumber(), row.name() + "，" + examination.label());
        closing.check(row.caseNumber());
    }

    /** 办理不到位: also when nobody is dissatisfied. @throws Refusal not the committee, the reason is missing, or it cannot be */
    public void order(long handling, @Nullable String reason, String person) {
        List<String> groups = people.groupsOf(person);
        if (!groups.contains(Roles.PROPOSAL_CLERK) && !groups.contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("再次办理由提案委员会要求，请与提案委员会办公室联系。");
        }
        Handling row = handlings.get(handling);
        recused(row.caseNumber(), person, "要求再次办理");
        // of two who order it at one moment the second is told that it runs
        proposals.lockWithMerged(row.caseNumber());
        if (secondHandlings.after(row).isPresent()) {
            throw new Refusal("这个单位正在或者已经再次办理，再次办理只进行一次。");
        }
        secondHandlings.begin(handling, note(reason, "rehandleReason", "再次办理的理由"), person);
    }

    /**
     * 会商结果. The consultation itself is an entry like every other: face to face or 督办协商会, after the reply, and the proposer stands
     * in it, present or not with the reason. The committee leads it, so it is the committee's entry: what a unit notes of its own
     * meetings does not stand for it, least of all one the proposer was absent from.
     *
     * @throws Refusal there is no such entry yet, or the note is missing
     */
    public void mediated(String instance, String person, Outcome outcome, @Nullable String note) {
        Feedback asked = feedbacks.byInstance(instance);
        recused(handlings.get(asked.handlingId()).caseNumber(), person, "登记会商结果");
        Feedback row = feedbacks.lock(asked.id());
        if (held(row).isEmpty()) {
            throw new Refusal(
                    "outcome",
                    "还没有登记这次会商。请由提案委员会先在“卷宗”页点“登记联系或协商”（单位自行登记的不算）：方式选面商或者督办协商会，阶段选办后，时间在" + row.name()
                            + "反馈以后；提案者有异议的不算，请更正后重新登记。");
        }
        String words = note(note, "outcomeNote", "会商情况");
        rows.outcome(row.id(), outcome, words, person, people.signatureOf(person), clock.instant());
        caseFiles.happened(row.caseNumber(), MEDIATED + "与" + row.name() + "会商，" + outcome.label(), null);
        audit.record("proposal.mediate", row.caseNumber(), row.name() + "，" + outcome.label());
        events.publishEvent(new Feedbacks.DissatisfiedTwice(row.caseNumber(), row.handlingId(), row.id(), outcome));
        closing.check(row.caseNumber());
    }

    /** 回避 */
    private void recused(String caseNumber, String person, String act) {
        if (proposals.proposes(caseNumber, person)) {
            throw new Refusal("您是本件的提案者，" + act + "应当回避，请由其他同志办理。");
        }
    }

    /**
     * Consultations that count for this feedback; of an organisation with whoever spoke for it then. One the proposer says was not so does
     * not, nor one he entered himself.
     */
    List<Consultation> held(Feedback row) {
        boolean organisation = proposals.get(row.caseNumber()).collective();
        Feedback.Given given = Objects.requireNonNull(row.given());
        return consultations.of(handlings.get(row.handlingId()).caseNumber()).stream()
                .filter(Consultation::byCommittee)
                .filter(one ->
                        one.kind() == ConsultationKind.FACE_TO_FACE || one.kind() == ConsultationKind.SUPERVISION)
                .filter(one -> one.stage() == ConsultationStage.AFTER
                        && ChineseTime.day(one.heldAt()).compareTo(given.signedOn()) >= 0)
                .filter(one -> one.proposers().stream()
                        .anyMatch(who -> who.caseNumber().equals(row.caseNumber())
                                && (organisation || who.personId().equals(row.personId()))
                                && !one.byProposer()
                                && !one.disputedBy(who)))
                .toList();
    }

    private static String note(@Nullable String raw, String field, String fieldName) {
        String note = Texts.text(raw, LONGEST_NOTE, field, fieldName).strip();
        if (note.length() < 4) {
            throw new Refusal(field, "请填写「" + fieldName + "」，至少4个字。");
        }
        return note;
    }
}
