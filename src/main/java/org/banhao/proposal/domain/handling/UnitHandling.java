package org.banhao.proposal.domain.handling;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.Footprint;
import org.banhao.flow.Processes;
import org.banhao.notice.Notice;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.proposal.domain.Consent;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.banhao.proposal.domain.assignment.Assignment;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of one unit, from the section it is given to up to the delivered reply or the opinion sent to the lead. Found by the
 * instance of the unit's process; who may do a step is decided by the group it is offered to. Every step is refused when the proposal
 * was withdrawn, and when the row is not where the step expects it.
 */
@Service
@Transactional
public class UnitHandling {

    /** Begins lines of the timeline that are a unit's own matter. */
    public static final String WITHIN = "单位内部：";

    private static final int LONGEST_OPINION = 500;
    private static final int LONGEST_NOTE = 2_000;

    private final HandlingRows rows;
    private final ReplyRows replies;
    private final ExtensionRows extensions;
    private final Deadlines deadlines;
    private final Handlings handlings;
    private final Consultations consultations;
    private final ResultClasses classes;
    private final ProposersOf proposersOf;
    private final ReplyText replyText;
    private final Completion completion;
    private final Proposals proposals;
    private final Informing informing;
    private final ApplicationEventPublisher events;
    private final CaseFiles caseFiles;
    private final Processes processes;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    UnitHandling(
            HandlingRows rows,
            ReplyRows replies,
            ExtensionRows extensions,
            Deadlines deadlines,
            Handlings handlings,
            Consultations consultations,
            ResultClasses classes,
            ProposersOf proposersOf,
            ReplyText replyText,
            Completion completion,
            Proposals proposals,
            Informing informing,
            ApplicationEventPublisher events,
            CaseFiles caseFiles,
            Processes processes,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.replies = replies;
        this.extensions = extensions;
        this.deadlines = deadlines;
        this.handlings = handlings;
        this.consultations = consultations;
        this.classes = classes;
        this.proposersOf = proposersOf;
        this.replyText = replyText;
        this.completion = completion;
        this.proposals = proposals;
        this.informing = informing;
        this.events = events;
        this.caseFiles = caseFiles;
        this.processes = processes;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** Rows that a step of the unit may change up to the signature. */
    public static Footprint footprint(String instance) {
        String own = "handling_id in (select id from proposal_handling where instance_id = :of)";
        return Footprint.NOTHING
                .and("proposal_handling", "instance_id = :of", instance)
                .and("proposal_handling_opinion", own, instance)
                .and("proposal_reply", List.of("handling_id"), own, instance)
                .and("proposal_reply_item", List.of("handling_id", "number"), own, instance)
                .and("proposal_reply_version", List.of("handling_id", "draft"), own, instance)
                .and("proposal_co_opinion", List.of("handling_id"), own, instance)
                .and("proposal_commitment", own, instance);
    }

    // ---- up to the draft

    /**
     * 转承办科室.
     *
     * @param instructedBy leader of the unit whose 批办意见 is entered; null when there is none
     * @param instructionNote how it was given
     */
    public void forward(
            String instance,
            String person,
            @Nullable String section,
            @Nullable String instructedBy,
            @Nullable String instructionNote,
            @Nullable String instruction) {
        Handling row = held(instance, HandlingState.HANDLING);
        String to = Texts.line(section, 50, "section", "承办科室");
        if (to.isEmpty()) {
            throw new Refusal("section", "请填写「承办科室」。");
        }
        String words =
                Texts.text(instruction, LONGEST_OPINION, "instruction", "批办意见").strip();
        String note = Texts.line(instructionNote, 50, "instructionNote", "批办方式");
        if (!words.isEmpty() && instructedBy == null) {
            throw new Refusal("instructedBy", "填写了批办意见，请选择「批办领导」。");
        }
        if (words.isEmpty() && instructedBy != null) {
            throw new Refusal("instruction", "选择了批办领导，请照录「批办意见」。");
        }
        if (instructedBy != null
                && leaders(row).stream().noneMatch(leader -> leader.id().equals(instructedBy))) {
            throw new Refusal("instructedBy", "「批办领导」不是本单位的领导，请重新选择。");
        }
        String by = instructedBy == null
                ? ""
                : people.nameOf(instructedBy) + "（" + (note.isEmpty() ? "" : note + "，") + people.signatureOf(person)
                        + "代录）";
        rows.forwarded(row.id(), to, words, by);
        caseFiles.happened(row.caseNumber(), row.unitName() + "转承办科室", to);
        audit.record("proposal.forwardToSection", row.caseNumber(), row.unitName());
    }

    List<Person> leaders(Handling row) {
        List<Person> leaders = new ArrayList<>(people.membersOf(row.unitId() + ".deputy"));
        people.membersOf(row.unitId() + ".head").stream()
                .filter(head -> leaders.stream().noneMatch(one -> one.id().equals(head.id())))
                .forEach(leaders::add);
        return leaders;
    }

    /** 办理有了结果: the unit goes on to its reply or opinion. */
    public void handled(String instance, String person, @Nullable String note) {
        Handling row = held(instance, HandlingState.HANDLING);
        String words = Texts.text(note, LONGEST_NOTE, "handlingNote", "办理情况").strip();
        if (words.length() < 4) {
            throw new Refusal("handlingNote", "请填写「办理情况」，写已经做了什么。");
        }
        rows.noted(row.id(), words);
        rows.state(row.id(), HandlingState.DRAFTING);
        caseFiles.happened(
                row.caseNumber(), row.unitName() + "办理有了结果", handlings.owesReply(row.id()) ? "转入拟稿" : "转入起草会办意见");
        audit.record("proposal.handled", row.caseNumber(), row.unitName());
    }

    /** 汇总会办意见: all are there, or the lead says why it goes on without. */
    public void collate(String instance, String person, @Nullable String withoutReason, @Nullable String note) {
        Handling row = held(instance, HandlingState.DRAFTING);
        List<String> missing = missingOpinions(row);
        String why = Texts.text(withoutReason, LONGEST_OPINION, "withoutReason", "不再等待的理由")
                .strip();
        if (!missing.isEmpty() && why.length() < 4) {
            throw new Refusal("withoutReason", "还没有收到" + String.join("、", missing) + "的会办意见，请等待，或者写明「不再等待的理由」（至少4个字）。");
        }
        if (missing.isEmpty() && !why.isEmpty()) {
            throw new Refusal("withoutReason", "会办意见已经到齐，「不再等待的理由」请留空。");
        }
        String words =
                Texts.text(note, LONGEST_OPINION, "collateNote", "意见不一致时如何协调").strip();
        String said = (missing.isEmpty() ? "会办意见到齐" : "未等" + String.join("、", missing) + "的会办意见：" + why)
                + (words.isEmpty() ? "" : "。" + words);
        say(row, OpinionStep.COLLATE, 0, OpinionVerdict.NOTE, said, null, person);
        caseFiles.happened(
                row.caseNumber(),
                row.unitName() + "汇总会办意见",
                missing.isEmpty() ? "已到齐" : "未等" + String.join("、", missing) + "，理由：" + why);
        audit.record("proposal.collateOpinions", row.caseNumber(), row.unitName());
    }

    /** Names of co-handling units whose opinion the lead has not got. */
    List<String> missingOpinions(Handling row) {
        List<Assignment> coHandlers = handlings.coHandlers(row);
        Map<Long, HandlingState> states = rows
                .ofAssignments(coHandlers.stream().map(Assignment::id).toList())
                .stream()
                .collect(Collectors.toMap(Handling::assignmentId, Handling::state));
        return coHandlers.stream()
                .filter(assignment -> states.get(assignment.id()) != HandlingState.OPINION_SENT)
                .map(Assignment::unitName)
                .toList();
    }

    // ---- the reply

    /** Numbers of the proposal's suggestions this unit answers. */
    List<Integer> numbers(Handling row) {
        List<Integer> own = handlings.assignment(row).suggestions();
        int all = proposals.get(row.caseNumber()).suggestions().size();
        return own.isEmpty() ? IntStream.rangeClosed(1, all).boxed().toList() : own;
    }

    /**
     * 起草答复, the first or another one after it was sent back. Hands it on only when the unit has contacted everybody who proposes,
     * and met somebody face to face in a key case, or says why not.
     *
     * @param contactReason why not; blank when all is done
     * @throws Refusal something is missing; names the field
     */
    public void draft(String instance, String person, ReplyContent content, @Nullable String contactReason) {
        Handling row = held(instance, HandlingState.DRAFTING);
        Proposal proposal = proposals.get(row.caseNumber());
        List<Integer> numbers = numbers(row);
        if (content.items().size() != numbers.size()) {
            throw new Refusal("items", "本单位应当答复" + numbers.size() + "条建议，请逐条填写「答复」。");
        }
        ReplyContent clean = clean(content);
        String className = classes.get(proposal.sessionId(), clean.resultClass(), "resultClass", "办理结果类别")
                .label();
        clean.items().forEach(item -> classes.get(proposal.sessionId(), item.resultClass(), "items", "本条办理结果"));
        publicity(proposal, clean);
        promises(clean, numbers);
        String why = contact(row, contactReason);

        int draft = replies.draft(row.id(), clean, className, numbers);
        Instant now = clock.instant();
        replies.promises(row.id(), row.caseNumber(), clean.promises(), now);
        Reply reply = replies.find(row.id()).orElseThrow();
        replies.version(
                row.id(),
                draft,
                replyText.of(row, reply, replies.commitments(row.id())),
                clean.note(),
                person,
                people.signatureOf(person),
                now);
        if (!why.isEmpty()) {
            say(row, OpinionStep.CONTACT, draft, OpinionVerdict.NOTE, why, null, person);
            // a reason stands in place of the contact: nobody is reminded of it while others check and sign
            deadlines.cancel(instance, Handlings.CONTACT);
        }
        rows.state(row.id(), HandlingState.CHECKING);
        caseFiles.happened(row.caseNumber(), WITHIN + row.unitName() + "起草答复", "第" + draft + "稿");
        audit.record("proposal.draftReply", row.caseNumber(), row.unitName() + "，第" + draft + "稿");
    }

    private static ReplyContent clean(ReplyContent raw) {
        return new ReplyContent(
                Texts.text(raw.opening(), 3_000, "opening", "总的情况").strip(),
                raw.items().stream()
                        .map(item -> new ReplyContent.Item(
                                Texts.text(item.answer(), 2_000, "items", "答复").strip(), item.resultClass()))
                        .toList(),
                raw.resultClass(),
                raw.publicity(),
                Texts.line(raw.publicityReason(), 200, "publicityReason", "不公开的理由"),
                raw.moneyRelated(),
                raw.promises(),
                line(raw.mainTo(), 200, "mainTo", "主送"),
                line(raw.copyTo(), 300, "copyTo", "抄送"),
                line(raw.contactPerson(), 50, "contactPerson", "联系人"),
                line(raw.contactPhone(), 20, "contactPhone", "联系电话"),
                Texts.line(raw.note(), 300, "draftNote", "本稿说明"));
    }

    private static String line(String raw, int longest, String field, String fieldName) {
        String line = Texts.line(raw, longest, field, fieldName);
        if (line.isEmpty()) {
            throw new Refusal(field, "请填写「" + fieldName + "」。");
        }
        return line;
    }

    private static void publicity(Proposal proposal, ReplyContent content) {
        if (content.publicity() == Consent.FULL && proposal.consent() != null && proposal.consent() != Consent.FULL) {
            throw new Refusal("publicity", "提案者对公开的意见是“" + proposal.consent().label() + "”，答复不能主动公开，请改选「公开属性」。");
        }
        if (content.publicity() != Consent.FULL && content.publicityReason().length() < 2) {
            throw new Refusal("publicityReason", "请写明「不公开的理由」。");
        }
    }

    private void promises(ReplyContent content, List<Integer> numbers) {
        LocalDate today = ChineseTime.day(clock.instant());
        for (ReplyContent.Promise promise : content.promises()) {
            if (!promise.dueOn().isAfter(today)) {
                throw new Refusal("commitments", "承诺事项的「完成日期」须在今天以后：" + promise.content() + "。");
            }
            if (promise.suggestion() != null && !numbers.contains(promise.suggestion())) {
                throw new Refusal("commitments", "承诺事项对应的建议" + promise.suggestion() + "不由本单位答复，请核对「对应第几条建议」。");
            }
        }
    }

    private String contact(Handling row, @Nullable String contactReason) {
        List<String> wanting = wanting(row);
        String why = Texts.text(contactReason, LONGEST_OPINION, "contactReason", "没有联系到或没有面商的理由")
                .strip();
        if (!wanting.isEmpty() && why.length() < 4) {
            throw new Refusal(
                    "contactReason", String.join("；", wanting) + "。请在“卷宗”页登记联系或协商，或者写明「没有联系到或没有面商的理由」（至少4个字）。");
        }
        return wanting.isEmpty() ? "" : String.join("；", wanting) + "。理由：" + why;
    }

    /** What the rule on contact still wants, in words; empty: it is met. */
    List<String> wanting(Handling row) {
        List<String> wanting = new ArrayList<>();
        List<String> without = consultations.withoutContact(row);
        if (!without.isEmpty()) {
            wanting.add("还没有联系" + String.join("、", without));
        }
        if (handlings.keyProposal(row.id()) && !consultations.metFaceToFace(row)) {
            wanting.add("重点提案还没有当面协商");
        }
        return wanting;
    }

    /** 核稿. @param verdict {@link OpinionVerdict#PASS} or {@link OpinionVerdict#RETURN} */
    public void check(String instance, String person, OpinionVerdict verdict, @Nullable String opinion) {
        Handling row = held(instance, HandlingState.CHECKING);
        promisesAhead(row, verdict, "checkVerdict");
        boolean passed = decided(row, OpinionStep.CHECK, verdict, opinion, "checkOpinion", null, person);
        rows.state(row.id(), passed ? HandlingState.SIGNING : HandlingState.DRAFTING);
    }

    /** What the decision table says about who signs; called by the process after the check. */
    public void signOffLevel(long handling, SignLevel level, String reason) {
        replies.level(handling, level, reason);
        audit.record("proposal.signOffLevel", rows.get(handling).caseNumber(), level.label() + "，" + reason);
    }

    /** 审签 by the deputy: signs, if it is his to sign; reports to the head; sends back. */
    public void deputy(String instance, String person, OpinionVerdict verdict, @Nullable String opinion) {
        Handling row = held(instance, HandlingState.SIGNING);
        Reply reply = reply(row);
        if (verdict == OpinionVerdict.SIGN && reply.signLevel() != SignLevel.DEPUTY) {
            throw new Refusal("signVerdict", "这件答复须由主要负责人签发（" + reply.signLevelReason() + "），请选报主要负责人。");
        }
        sign(row, OpinionStep.DEPUTY, verdict, opinion, person);
    }

    /** 签发 by the head. */
    public void head(String instance, String person, OpinionVerdict verdict, @Nullable String opinion) {
        Handling row = held(instance, HandlingState.SIGNING);
        if (verdict == OpinionVerdict.TO_HEAD) {
            throw new Refusal("signVerdict", "「签发结论」只能是签发或者退回修改。");
        }
        sign(row, OpinionStep.HEAD, verdict, opinion, person);
    }

    private void sign(Handling row, OpinionStep step, OpinionVerdict verdict, @Nullable String opinion, String person) {
        promisesAhead(row, verdict, "signVerdict");
        boolean on = decided(row, step, verdict, opinion, "signOpinion", null, person);
        if (verdict == OpinionVerdict.SIGN) {
            replies.signed(row.id(), person, people.signatureOf(person), clock.instant());
            rows.state(row.id(), HandlingState.PREVIEWING);
        } else if (!on) {
            rows.state(row.id(), HandlingState.DRAFTING);
        }
    }

    /**
     * 预审 by the assigning office. Sent back, the signature no longer holds.
     *
     * @param proposedClass class the office thinks right; null: it proposes none
     */
    public void preview(
            String instance,
            String person,
            OpinionVerdict verdict,
            @Nullable String opinion,
            @Nullable String proposedClass) {
        Handling row = held(instance, HandlingState.PREVIEWING);
        if (verdict == OpinionVerdict.PASS && proposedClass != null) {
            throw new Refusal("proposedClass", "预审通过的不能再建议改类别；认为类别不恰当，请退回修改。");
        }
        if (proposedClass != null) {
            classes.get(proposals.get(row.caseNumber()).sessionId(), proposedClass, "proposedClass", "建议的办理结果类别");
        }
        promisesAhead(row, verdict, "previewVerdict");
        boolean passed = decided(row, OpinionStep.PREVIEW, verdict, opinion, "previewOpinion", proposedClass, person);
        if (!passed) {
            replies.signed(row.id(), null, null, null);
        }
        rows.state(row.id(), passed ? HandlingState.SEALING : HandlingState.DRAFTING);
    }

    /** Records what a level decided. @return it goes on; false: it goes back to the handler */
    private boolean decided(
            Handling row,
            OpinionStep step,
            OpinionVerdict verdict,
            @Nullable String opinion,
            String field,
            @Nullable String proposedClass,
            String person) {
        String words = Texts.text(opinion, LONGEST_OPINION, field, "意见").strip();
        boolean back = verdict == OpinionVerdict.RETURN;
        if (back && words.length() < 2) {
            throw new Refusal(field, "退回修改的，请填写「" + (step == OpinionStep.DELIVER ? "退回理由" : "意见") + "」，写明改什么。");
        }
        int draft = step == OpinionStep.CO_DEPUTY
                ? replies.coOpinion(row.id()).map(CoOpinion::draft).orElse(0)
                : reply(row).draft();
        say(row, step, draft, verdict, words, proposedClass, person);
        // what leaves the unit is for all who read the case, what is said inside it for the unit and the offices
        String where = step == OpinionStep.PREVIEW && !back ? "" : WITHIN;
        caseFiles.happened(
                row.caseNumber(),
                where + row.unitName() + "，" + step.label() + "：" + verdict.label(),
                "第" + draft + "稿");
        audit.record(
                "proposal.decideDraft", row.caseNumber(), step.label() + "：" + verdict.label() + "，" + row.unitName());
        return !back;
    }

    /**
     * A promise whose day is over while the reply waited is broken before it is made: nobody passes it on. Only the handler can mend
     * it, in another draft. The day itself is not over.
     *
     * @throws Refusal at that field, unless it is sent back
     */
    private void promisesAhead(Handling row, OpinionVerdict verdict, String field) {
        if (verdict == OpinionVerdict.RETURN) {
            return;
        }
        LocalDate today = ChineseTime.day(clock.instant());
        for (Commitment promise : replies.commitments(row.id())) {
            LocalDate due = promise.dueOn();
            if (due != null && due.isBefore(today)) {
                throw new Refusal(
                        field,
                        "承诺事项“" + promise.content() + "”的完成日期" + ChineseTime.text(due)
                                + "已经过了，这一稿不能再往下送。请退回经办人修改：没有办成的改定日期，已经办成的写进答复、从承诺事项里删去。");
            }
        }
    }

    /** 不送达: back to the handler, as the deputy or the office would have sent it. The signature no longer holds. */
    public void sendBackUndelivered(String instance, String person, @Nullable String reason) {
        Handling row = held(instance, HandlingState.SEALING);
        decided(row, OpinionStep.DELIVER, OpinionVerdict.RETURN, reason, "sentBackReason", null, person);
        replies.signed(row.id(), null, null, null);
        rows.state(row.id(), HandlingState.DRAFTING);
    }

    /** Of one proposer, as the liaison entered it; in the order of {@link #recipients}. */
    public record Delivered(
            @Nullable DeliveryMode mode, @Nullable LocalDate on) {}

    List<ProposersOf.Proposer> recipients(Handling row) {
        return proposersOf.all(row.caseNumber());
    }

    /**
     * 用印与送达: the reply counts from now on and is never changed again.
     *
     * @param sealed document id of the sealed page, checked to be the person's own
     * @param receipts document ids of signed receipts
     * @throws Refusal a promise is already past, the number is taken, a proposer is left out, a day cannot be, or a receipt is missing
     */
    public void deliver(
            String instance,
            String person,
            @Nullable String documentNumber,
            @Nullable String sealed,
            List<Delivered> delivered,
            List<String> receipts) {
        // who merges in, withdraws or rates meanwhile waits: nobody is left out, and nobody is answered who has
        // withdrawn
        proposals.lockWithMerged(handlings.byInstance(instance).caseNumber());
        Handling row = held(instance, HandlingState.SEALING);
        promisesAhead(row, OpinionVerdict.PASS, "sentBack");
        Reply reply = reply(row);
        if (sealed == null) {
            throw new Refusal("sealedScan", "请上传「盖章件」；没有盖章件不算送达。");
        }
        String number = Texts.line(documentNumber, 40, "documentNumber", "文号");
        String key = numberKey(row, number);
        List<ProposersOf.Proposer> recipients = recipients(row);
        if (delivered.size() != recipients.size()) {
            throw new Refusal("deliveries", "答复须送达" + recipients.size() + "位提案者，请逐位填写「送达方式」和「送达日期」。");
        }
        Instant now = clock.instant();
        LocalDate signed = ChineseTime.day(Objects.requireNonNull(reply.signedAt()));
        boolean inPerson = false;
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < recipients.size(); i++) {
            ProposersOf.Proposer recipient = recipients.get(i);
            DeliveryMode mode = delivered.get(i).mode();
            LocalDate on = delivered.get(i).on();
            if (mode == null || on == null) {
                throw new Refusal("deliveries", "请填写" + recipient.name() + "的「送达方式」和「送达日期」。");
            }
            if (on.isAfter(ChineseTime.day(now)) || on.isBefore(signed)) {
                throw new Refusal("deliveries", recipient.name() + "的「送达日期」须在签发以后、今天以前，请核对。");
            }
            inPerson |= mode == DeliveryMode.IN_PERSON;
            deliveries.add(new Delivery(recipient.caseNumber(), recipient.personId(), recipient.name(), mode, on));
        }
        if (inPerson && receipts.isEmpty()) {
            throw new Refusal("receipts", "有当面送达的，请上传提案者签字的「签收单」。");
        }
        String name = people.signatureOf(person);
        deliveries.forEach(delivery -> replies.deliver(row.id(), delivery, person, name, now));
        replies.delivered(row.id(), number, key, sealed, now);
        rows.ended(row.id(), HandlingState.DELIVERED, now);
        if (row.instanceId() != null) {
            // answered with a reason in place of the contact: nobody owes it any more
            deadlines.cancel(row.instanceId(), Handlings.CONTACT);
        }
        extensionEnds(row, now);
        String what = row.unitName() + (row.again() ? "送达再次答复" : "送达答复");
        caseFiles.happened(row.caseNumber(), what, number + "，办理结果：" + reply.classLine());
        proposals
                .mergedInto(row.caseNumber())
                .forEach(merged ->
                        caseFiles.happened(merged.caseNumber(), what, number + "，随" + row.caseNumber() + "一并答复"));
        tell(row, reply, number, deliveries);
        audit.record("proposal.deliverReply", row.caseNumber(), row.unitName() + " " + number);
        // those who are asked for their opinion stand in rows before anything looks whether all is done
        events.publishEvent(new HandlingEvents.ReplyDelivered(rows.get(row.id()), deliveries));
        completion.check(row.caseNumber());
    }

    /** @throws Refusal the unit has used it */
    private String numberKey(Handling row, String number) {
        if (number.isEmpty()) {
            throw new Refusal("documentNumber", "请填写「文号」。");
        }
        String key = row.unitId() + "|" + number;
        if (replies.numberTaken(key)) {
            throw new Refusal("documentNumber", "「文号」" + number + "本单位已经用过，请核对。");
        }
        return key;
    }

    private void extensionEnds(Handling row, Instant now) {
        extensions.open(row.id()).ifPresent(extension -> {
            if (extension.instanceId() != null) {
                processes.cancel(extension.instanceId(), "答复已经送达");
            }
            extensions.ended(extension.id(), ExtensionState.ENDED, "系统", "答复已经送达", now);
        });
    }

    /** Kind of the act that a delivered reply asks for, about the handling; known by the stage that follows. */
    public static final String FEEDBACK = "feedback";

    private void tell(Handling row, Reply reply, String number, List<Delivery> deliveries) {
        Map<String, Proposal> cases = new HashMap<>();
        for (Delivery delivery : deliveries) {
            Proposal proposal = cases.computeIfAbsent(delivery.caseNumber(), proposals::get);
            informing.one(
                    proposal,
                    "replyDelivered",
                    String.valueOf(row.id()),
                    delivery.personId(),
                    Map.of(
                            "unit", row.unitName(),
                            "documentNumber", number,
                            "mode", delivery.mode().label(),
                            "deliveredText", ChineseTime.text(delivery.deliveredOn()),
                            "contact", reply.contactPerson() + " " + reply.contactPhone()),
                    new Notice.Act(FEEDBACK, String.valueOf(row.id())));
        }
    }

    // ---- 会办意见

    /** @param points codes of the suggestions it is about */
    public void draftCoOpinion(String instance, String person, List<String> points, @Nullable String content) {
        Handling row = held(instance, HandlingState.DRAFTING);
        List<Integer> numbers = new ArrayList<>();
        int all = proposals.get(row.caseNumber()).suggestions().size();
        for (String point : points) {
            int number = point.matches("[1-9][0-9]?") ? Integer.parseInt(point) : 0;
            if (number < 1 || number > all) {
                throw new Refusal("points", "「针对第几条建议」不在提案的建议里，请重新选择。");
            }
            numbers.add(number);
        }
        if (numbers.isEmpty()) {
            throw new Refusal("points", "请选择「针对第几条建议」。");
        }
        String words = Texts.text(content, 3_000, "coOpinion", "会办意见").strip();
        if (words.length() < 4) {
            throw new Refusal("coOpinion", "请填写「会办意见」，至少4个字。");
        }
        int draft = replies.coDraft(row.id(), numbers.stream().sorted().toList(), words);
        rows.state(row.id(), HandlingState.SIGNING);
        caseFiles.happened(row.caseNumber(), WITHIN + row.unitName() + "起草会办意见", "第" + draft + "稿");
        audit.record("proposal.draftCoOpinion", row.caseNumber(), row.unitName() + "，第" + draft + "稿");
    }

    public void signCoOpinion(String instance, String person, OpinionVerdict verdict, @Nullable String opinion) {
        Handling row = held(instance, HandlingState.SIGNING);
        boolean on = decided(row, OpinionStep.CO_DEPUTY, verdict, opinion, "signOpinion", null, person);
        if (on) {
            replies.coSigned(row.id(), person, people.signatureOf(person), clock.instant());
        }
        rows.state(row.id(), on ? HandlingState.SEALING : HandlingState.DRAFTING);
    }

    /** From now on the lead reads it. */
    public void sendCoOpinion(
            String instance, String person, @Nullable String documentNumber, @Nullable String sealed) {
        Handling row = held(instance, HandlingState.SEALING);
        if (sealed == null) {
            throw new Refusal("sealedScan", "请上传「盖章件」。");
        }
        String number = Texts.line(documentNumber, 40, "documentNumber", "函号");
        String key = numberKey(row, number);
        Instant now = clock.instant();
        replies.coSent(row.id(), number, key, sealed, now);
        rows.ended(row.id(), HandlingState.OPINION_SENT, now);
        caseFiles.happened(row.caseNumber(), row.unitName() + "送交会办意见", number);
        audit.record("proposal.sendCoOpinion", row.caseNumber(), row.unitName() + " " + number);
    }

    // ----

    private Reply reply(Handling row) {
        return replies.find(row.id()).orElseThrow(() -> new Refusal("还没有答复稿，请刷新待办列表。"));
    }

    private void say(
            Handling row,
            OpinionStep step,
            int draft,
            OpinionVerdict verdict,
            String words,
            @Nullable String proposedClass,
            String person) {
        rows.say(
                row.id(),
                step,
                draft,
                verdict,
                words,
                proposedClass,
                person,
                people.signatureOf(person),
                clock.instant());
    }

    private Handling held(String instance, HandlingState expected) {
        Handling row = rows.lock(handlings.byInstance(instance).id());
        if (row.state() != expected) {
            throw new Refusal("这项办理的状态是“" + row.state().label() + "”，不能再办这一步，请刷新待办列表。");
        }
        if (proposals.get(row.caseNumber()).withdrawnAt() != null) {
            throw new Refusal("这件提案已经撤回，不必再办。");
        }
        return row;
    }
}
