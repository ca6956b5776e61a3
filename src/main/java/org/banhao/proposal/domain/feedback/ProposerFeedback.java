package org.banhao.proposal.domain.feedback;

import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.document.Documents;
import org.banhao.flow.Footprint;
import org.banhao.flow.Processes;
import org.banhao.flow.StepForms;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.banhao.proposal.domain.handling.Delivery;
import org.banhao.proposal.domain.handling.Handlings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A proposer says what he thinks of a reply: himself on his own page, or on paper or by telephone through the committee's clerk. Nobody
 * else can, a unit least of all.
 */
@Service
@Transactional
public class ProposerFeedback {

    public static final int LONGEST_OPINION = 5_000;

    private final FeedbackRows rows;
    private final Feedbacks feedbacks;
    private final Closing closing;
    private final Handlings handlings;
    private final Proposals proposals;
    private final CaseFiles caseFiles;
    private final Documents documents;
    private final Processes processes;
    private final StepForms forms;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    ProposerFeedback(
            FeedbackRows rows,
            Feedbacks feedbacks,
            Closing closing,
            Handlings handlings,
            Proposals proposals,
            CaseFiles caseFiles,
            Documents documents,
            Processes processes,
            StepForms forms,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.feedbacks = feedbacks;
        this.closing = closing;
        this.handlings = handlings;
        this.proposals = proposals;
        this.caseFiles = caseFiles;
        this.documents = documents;
        this.processes = processes;
        this.forms = forms;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * As it was typed on a page.
     *
     * @param faceToFace {@code yes} or {@code no}, like the two that follow
     * @param signedOn day on the paper or of the call; of no meaning online
     */
    public record Typed(
            @Nullable String attitude,
            @Nullable String result,
            @Nullable String faceToFace,
            @Nullable String leaderPresent,
            @Nullable String pointByPoint,
            @Nullable String opinion,
            @Nullable LocalDate signedOn) {}

    public record Upload(String name, InputStream content) {}

    /** Sees whether it could be handed in, and changes nothing: for the page that asks once more. @throws Refusal names the field */
    @Transactional(readOnly = true)
    public void check(long id, Typed typed, String person) {
        Feedback row = waiting(id);
        own(row, person);
        given(row, typed, FeedbackWay.ONLINE.code(), person, null);
    }

    /** The proposer's own word; it is final. @throws Refusal not his, answered before, or a field is missing */
    public void give(long id, Typed typed, String person) {
        Feedback row = waiting(id);
        own(row, person);
        Map<String, Object> values = values(typed);
        values.put("way", FeedbackWay.ONLINE.code());
        processes.answer(task(row), person, values);
    }

    /** A former contact no longer speaks for the organisation, though the question stands with him until the next morning. */
    private void own(Feedback row, String person) {
        if (!row.personId().equals(person) || (proposals.get(row.caseNumber()).collective() && feedbacks.gone(row))) {
            throw new Refusal("没有这项反馈，或者不由您反馈。请从“我的提案”重新进入。");
        }
    }

    /**
     * 代录入 by the clerk, from the paper or after a call; the record says who entered for whom.
     *
     * @param scan of the paper; null after a call
     * @throws Refusal not a clerk of the committee, answered before, the scan or a field is missing
     */
    public void enterFor(long id, Typed typed, @Nullable String way, @Nullable Upload scan, String person) {
        clerk(person);
        Feedback row = waiting(id);
        FeedbackWay how = way(way);
        if (how == FeedbackWay.PAPER && scan == null) {
            throw new Refusal("feedbackScan", "纸质反馈请上传「反馈表扫描件」。");
        }
        String task = task(row);
        Map<String, Object> values = values(typed);
        values.put("way", how.code());
        if (typed.signedOn() != null) {
            values.put("signedOn", typed.signedOn().toString());
        }
        if (how == FeedbackWay.PAPER && scan != null) {
            String document = documents
                    .store(row.caseNumber(), task, scan.name(), scan.content(), person, people.nameOf(person))
                    .id();
            values.put("feedbackScan", List.of(document));
        }
        processes.answerFor(task, person, row.name(), values);
    }

    private void clerk(String person) {
        if (!people.groupsOf(person).contains(Roles.PROPOSAL_CLERK)) {
            throw new Refusal("反馈由提案者本人填写；纸质、电话反馈只能由提案委员会办公室代录入。");
        }
    }

    private static FeedbackWay way(@Nullable String code) {
        FeedbackWay way = Coded.find(FeedbackWay.class, code);
        if (way == null || way == FeedbackWay.ONLINE) {
            throw new Refusal("way", "请选择「反馈方式」：纸质或者电话。");
        }
        return way;
    }

    /** What he had said before he retracted it; nothing otherwise. */
    @Transactional(readOnly = true)
    public Typed begun(long id, String person) {
        Feedback row = rows.get(id);
        String instance = row.instanceId();
        String task = instance == null || row.state() != FeedbackState.OPEN
                ? null
                : processes.openTask(instance, Feedbacks.GIVE);
        Map<String, Object> draft = task == null ? Map.of() : forms.draft(task, person);
        return new Typed(
                said(draft, "attitude"),
                said(draft, "result"),
                said(draft, "faceToFace"),
                said(draft, "leaderPresent"),
                said(draft, "pointByPoint"),
                said(draft, "opinion"),
                null);
    }

    private static @Nullable String said(Map<String, Object> draft, String key) {
        return draft.get(key) instanceof String text ? text : null;
    }

    private Feedback waiting(long id) {
        Feedback row = rows.get(id);
        if (row.state() == FeedbackState.GIVEN) {
            throw new Refusal("已经反馈过，不能再改；需要补充的，请与提案委员会办公室联系。");
        }
        if (row.state() == FeedbackState.NOT_NEEDED) {
            throw new Refusal("这项反馈不再需要：" + row.endedReason() + "。");
        }
        return row;
    }

    private String task(Feedback row) {
        String task = processes.openTask(Objects.requireNonNull(row.instanceId()), Feedbacks.GIVE);
        if (task == null) {
            throw new Refusal("这项反馈已经结束，请刷新页面查看。");
        }
        return task;
    }

    private static Map<String, Object> values(Typed typed) {
        Map<String, Object> values = new HashMap<>();
        put(values, "attitude", typed.attitude());
        put(values, "result", typed.result());
        put(values, "faceToFace", typed.faceToFace());
        if ("yes".equals(typed.faceToFace())) {
            put(values, "leaderPresent", typed.leaderPresent());
        }
        put(values, "pointByPoint", typed.pointByPoint());
        put(values, "opinion", typed.opinion());
        return values;
    }

    private static void put(Map<String, Object> values, String key, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            // a browser sends CR LF; the limits count one character for a line end
            values.put(key, text.replace("\r\n", "\n"));
        }
    }

    /**
     * What the step does with an answer, whichever way it came.
     *
     * @param person who answers: the proposer, or a clerk for him
     * @param scan document of the paper, checked to be the person's own
     */
    public void answered(String instance, String person, Typed typed, @Nullable String way, @Nullable String scan) {
        Feedback row = feedbacks.lock(feedbacks.byInstance(instance).id());
        if (row.state() != FeedbackState.OPEN) {
            throw new Refusal("已经反馈过或者不再需要反馈，请刷新页面查看。");
        }
        if (!row.personId().equals(person)) {
            clerk(person);
            way(way);
        } else if (!FeedbackWay.ONLINE.code().equals(way)) {
            throw new Refusal("way", "本人反馈的「反馈方式」是线上。");
        } else {
            own(row, person);
        }
        Feedback.Given given = given(row, typed, way, person, scan);
        boolean late = late(row, given);
        rows.given(row.id(), given, late);
        String unit = handlings.get(row.handlingId()).unitName();
        boolean forHim = given.way() != FeedbackWay.ONLINE;
        // what was said is for those who deal with it; that it came is for all
        caseFiles.happened(
                row.caseNumber(),
                "收到" + row.name() + "对" + unit + (row.round() > 1 ? "再次答复的反馈" : "答复的反馈") + (late ? "（逾期）" : ""),
                forHim ? given.way().label() + "，" + given.enteredName() + "代" + row.name() + "录入" : null);
        audit.record(
                forHim ? "proposal.feedbackFor" : "proposal.feedback",
                row.caseNumber(),
                row.name() + "，" + unit + "，" + given.way().label());
        closing.check(row.caseNumber());
    }

    /**
     * Rows that an answer may change; the case's own process is named in one, because it ends with the last answer. What others say to
     * other replies or for themselves is not among them.
     *
     * @param instance in which the proposer is asked
     */
    public static Footprint footprint(String instance) {
        return Footprint.NOTHING
                .and(
                        "proposal_proposal",
                        List.of("case_number"),
                        "case_number in (select case_number from proposal_feedback where instance_id = :of)",
                        instance)
                // last: the other one is found by it
                .and("proposal_feedback", "instance_id = :of", instance);
    }

    /** What was signed or said by telephone within the term is not late because it was entered later. */
    private boolean late(Feedback row, Feedback.Given given) {
        return row.silentAt() != null
                && (given.way() == FeedbackWay.ONLINE
                        || feedbacks
                                .term(row)
                                .filter(term -> !given.signedOn().isAfter(ChineseTime.day(term.due())))
                                .isEmpty());
    }

    private Feedback.Given given(
            Feedback row, Typed typed, @Nullable String way, String person, @Nullable String scan) {
        Rating attitude = rating(typed.attitude(), "attitude", "办理态度");
        Rating result = rating(typed.result(), "result", "办理结果");
        boolean met = yes(typed.faceToFace(), "faceToFace", "是否面商");
        Boolean leader = met ? yes(typed.leaderPresent(), "leaderPresent", "面商是否有单位领导参加") : null;
        boolean points = yes(typed.pointByPoint(), "pointByPoint", "是否逐条答复");
        String opinion =
                Texts.text(typed.opinion(), LONGEST_OPINION, "opinion", "意见").strip();
        if (result == Rating.DISSATISFIED && opinion.length() < 4) {
            throw new Refusal("opinion", "对办理结果不满意的，请填写「意见」，写明哪里不满意（至少4个字）。");
        }
        FeedbackWay how = Coded.find(FeedbackWay.class, way);
        if (how == null) {
            throw new Refusal("way", "请选择「反馈方式」。");
        }
        if (how == FeedbackWay.PAPER && scan == null) {
            throw new Refusal("feedbackScan", "纸质反馈请上传「反馈表扫描件」。");
        }
        Instant now = clock.instant();
        LocalDate today = ChineseTime.day(now);
        LocalDate signed = how == FeedbackWay.ONLINE ? today : typed.signedOn();
        if (signed == null) {
            throw new Refusal("signedOn", "请填写「签名日期」；电话反馈的填通话日期。");
        }
        LocalDate delivered = handlings.deliveries(row.handlingId()).stream()
                .filter(one -> one.caseNumber().equals(row.caseNumber()))
                .map(Delivery::deliveredOn)
                .min(LocalDate::compareTo)
                .orElse(today);
        if (signed.isAfter(today) || signed.isBefore(delivered)) {
            throw new Refusal("signedOn", "「签名日期」不得早于答复送达之日（" + ChineseTime.text(delivered) + "）、不得晚于今天，请核对。");
        }
        return new Feedback.Given(
                attitude,
                result,
                met,
                leader,
                points,
                opinion,
                signed,
                how,
                person,
                people.signatureOf(person),
                scan,
                now);
    }

    private static Rating rating(@Nullable String code, String field, String fieldName) {
        if (code == null || code.isEmpty()) {
            throw new Refusal(field, "请选择「" + fieldName + "」。");
        }
        return Coded.choice(Rating.class, code, field, fieldName);
    }

    private static boolean yes(@Nullable String code, String field, String fieldName) {
        if ("yes".equals(code)) {
            return true;
        }
        if ("no".equals(code)) {
            return false;
        }
        throw new Refusal(field, "请选择「" + fieldName + "」：是或者否。");
    }
}
