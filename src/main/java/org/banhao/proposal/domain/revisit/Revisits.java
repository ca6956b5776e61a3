package org.banhao.proposal.domain.revisit;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.ProposalWithdrawn;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Texts;
import org.banhao.proposal.domain.assignment.UnitSucceeded;
import org.banhao.proposal.domain.assignment.UnitSuccessors;
import org.banhao.proposal.domain.handling.ClassCorrection;
import org.banhao.proposal.domain.handling.ClassCorrections;
import org.banhao.proposal.domain.handling.Commitment;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.handling.Reply;
import org.banhao.proposal.domain.handling.ResultClasses;
import org.banhao.proposal.domain.selection.KeySelection;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 回头看: a unit's reply is looked at again, each time in an instance of {@code proposalRevisit} of its own, however long the case has been
 * answered. The class of the reply is never changed; what the committee finds is a row in the history of classes.
 */
@Service
@Transactional
public class Revisits {

    private static final String PROCESS = "proposalRevisit";
    private static final String WHOLE = "答复所述事项的整体落实情况";
    private static final int LONGEST_REPORT = 2000;
    private static final int LONGEST_OPINION = 500;

    private final RevisitRows rows;
    private final Handlings handlings;
    private final Proposals proposals;
    private final Sessions sessions;
    private final ResultClasses classes;
    private final ClassCorrections corrections;
    private final UnitSuccessors successors;
    private final CaseFiles caseFiles;
    private final Deadlines deadlines;
    private final Processes processes;
    private final Informing informing;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    Revisits(
            RevisitRows rows,
            Handlings handlings,
            Proposals proposals,
            Sessions sessions,
            ResultClasses classes,
            ClassCorrections corrections,
            UnitSuccessors successors,
            CaseFiles caseFiles,
            Deadlines deadlines,
            Processes processes,
            Informing informing,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.handlings = handlings;
        this.proposals = proposals;
        this.sessions = sessions;
        this.classes = classes;
        this.corrections = corrections;
        this.successors = successors;
        this.caseFiles = caseFiles;
        this.deadlines = deadlines;
        this.processes = processes;
        this.informing = informing;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    // ---- reading

    /** @throws Refusal there is none */
    @Transactional(readOnly = true)
    public Revisit get(long id) {
        return rows.get(id);
    }

    @Transactional(readOnly = true)
    Revisit byInstance(String instance) {
        return rows.byInstance(instance).orElseThrow(() -> new Refusal("这次回头看已经结束，请刷新待办列表。"));
    }

    /** Oldest first. */
    @Transactional(readOnly = true)
    public List<Revisit> ofCase(String caseNumber) {
        return rows.ofCase(caseNumber);
    }

    @Transactional(readOnly = true)
    public List<Revisit.Item> items(long revisit) {
        return rows.items(revisit);
    }

    @Transactional(readOnly = true)
    public List<Revisit.Word> words(long revisit) {
        return rows.words(revisit);
    }

    /**
     * 现办理结果 of a reply: what the last look-back found or the committee corrected since; empty when neither was: then it is the
     * reply's own.
     */
    @Transactional(readOnly = true)
    public Optional<Revisit.ClassAt> presentClass(long handling) {
        return Stream.concat(
                        rows.classes(handling).stream(),
                        corrections.of(handling).stream()
                                .map(one -> new Revisit.ClassAt(one.resultClass(), one.resultClassName(), one.at())))
                .max(Comparator.comparing(Revisit.ClassAt::at));
    }

    /** The same of many replies in one look; those of which neither is true are left out. */
    Map<Long, Revisit.ClassAt> presentClasses(Collection<Long> handlingIds) {
        Map<Long, List<Revisit.ClassAt>> history = rows.classes(handlingIds);
        Map<Long, List<ClassCorrection>> corrected = corrections.of(handlingIds);
        Map<Long, Revisit.ClassAt> present = new HashMap<>();
        for (long id : handlingIds) {
            Stream.concat(
                            history.getOrDefault(id, List.of()).stream(),
                            corrected.getOrDefault(id, List.of()).stream()
                                    .map(one ->
                                            new Revisit.ClassAt(one.resultClass(), one.resultClassName(), one.at())))
                    .max(Comparator.comparing(Revisit.ClassAt::at))
                    .ifPresent(at -> present.put(id, at));
        }
        return present;
    }

    private Map<String, Proposal> proposalsOf(Collection<String> numbers) {
        return proposals.all(numbers).stream().collect(Collectors.toMap(Proposal::caseNumber, Function.identity()));
    }

    // ---- beginning

    /**
     * Looks at a delivered reply again.
     *
     * @param roundName of a yearly round; empty otherwise
     * @param startedName who began it, in words
     * @return id
     * @throws Refusal no delivered reply, it is being looked at, or nobody stands in for a closed unit
     */
    long begin(long handlingId, RevisitCause cause, String roundName, String startedName) {
        Handling handling = handlings.get(handlingId);
        Reply reply = handlings
                .reply(handlingId)
                .filter(one -> one.deliveredAt() != null)
                .orElseThrow(() -> new Refusal(handling.unitName() + "还没有送达答复，不能回头看。"));
        if (rows.open(handlingId)) {
            throw new Refusal(handling.unitName() + "对这件提案的答复正在回头看，请等这一次结束。");
        }
        Unit unit = successors
                .present(handling.unitId())
                .orElseThrow(() -> new Refusal(handling.unitName() + "已经停用，请先指定接收单位。"));
        Instant now = clock.instant();
        rows.followed(handlingId);
        long id;
        try {
            id = rows.insert(handling, unit, reply, cause, roundName, startedName, now);
        } catch (DuplicateKeyException e) {
            throw new Refusal(handling.unitName() + "对这件提案的答复正在回头看，请等这一次结束。");
        }
        Set<Long> settled = new HashSet<>(rows.settled(handlingId));
        LocalDate today = ChineseTime.day(now);
        int position = 0;
        for (Commitment promise : rows.promises(handling)) {
            LocalDate due = promise.dueOn();
            // it is asked for when its day comes, whatever this look was begun for
            boolean early = due != null && due.isAfter(today);
            if (!settled.contains(promise.id()) && !early) {
                rows.item(id, promise.id(), ++position, promise.line());
            }
        }
        if (position == 0) {
            rows.item(id, null, 1, WHOLE);
        }
        String number = handling.caseNumber();
        successors.reads(number, unit.id());
        String instance = processes.start(PROCESS, number, Map.of("revisit", id));
        rows.instance(id, instance);
        Revisit revisit = rows.get(id);
        caseFiles.happened(number, "回头看：" + unit.name(), revisit.causeLine() + "，原办理结果" + revisit.originalLine());
        tellUnit(revisit, "revisitBegun", String.valueOf(id), List.of("liaison"), begun(revisit));
        audit.record("proposal.beginRevisit", number, unit.name() + "，" + revisit.causeLine());
        return id;
    }

    private Map<String, String> begun(Revisit revisit) {
        Map<String, String> values = new HashMap<>();
        values.put("cause", revisit.causeLine());
        deadlines.of(revisit.caseNumber()).stream()
                .filter(row -> Objects.equals(row.instanceId(), revisit.instanceId())
                        && row.state().equals("open"))
                .map(Deadline::due)
                .findFirst()
                .ifPresent(due -> values.put("dueText", ChineseTime.text(due)));
        return values;
    }

    /** Somebody can report: the unit itself or who stands in for it. */
    boolean reachable(long handlingId) {
        return successors.present(handlings.get(handlingId).unitId()).isPresent();
    }

    private void tellUnit(
            Revisit revisit, String template, String occasion, List<String> roles, Map<String, String> values) {
        Proposal proposal = proposals.get(revisit.caseNumber());
        informing.unit(proposal, template, occasion, revisit.unitId(), roles, common(revisit, proposal, values));
    }

    private Map<String, String> common(Revisit revisit, Proposal proposal, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("fileNumber", proposals.numberLine(proposal));
        all.put("unit", revisit.unitName());
        return all;
    }

    /** Of merged proposals too: they were answered with this one. */
    private void tellProposers(Revisit revisit, String template, String occasion, Map<String, String> values) {
        List<Proposal> all = new ArrayList<>();
        all.add(proposals.get(revisit.caseNumber()));
        all.addAll(proposals.mergedInto(revisit.caseNumber()));
        all.forEach(proposal -> informing.proposers(proposal, template, occasion, common(revisit, proposal, values)));
    }

    // ---- a yearly round

    /**
     * A reply as the preview of a round shows it.
     *
     * @param hindrance why it cannot be begun; empty: it can
     */
    public record Candidate(
            long handlingId,
            String caseNumber,
            String numberLine,
            String title,
            String unitName,
            String originalLine,
            String presentLine,
            String hindrance) {}

    /**
     * Replies of the session whose present class is one of these; writes nothing.
     *
     * @throws Refusal not the committee, or no class chosen
     */
    public List<Candidate> preview(String session, List<String> presentClasses, String person) {
        requireCommittee(person);
        Session chosen = sessions.get(session);
        if (presentClasses.isEmpty()) {
            throw new Refusal("classes", "请至少选择一个办理结果类别。");
        }
        List<Candidate> candidates = new ArrayList<>();
        List<Long> ids = rows.answered(session);
        Map<Long, Handling> known =
                handlings.all(ids).stream().collect(Collectors.toMap(Handling::id, Function.identity()));
        Map<Long, Reply> replies = handlings.replies(ids);
        Map<Long, Revisit.ClassAt> presents = presentClasses(ids);
        Map<String, Proposal> proposalOf =
                proposalsOf(known.values().stream().map(Handling::caseNumber).collect(Collectors.toSet()));
        Set<Long> open = rows.allOpenHandlings();
        // a unit handles many: who stands in for it is asked once
        Map<String, Optional<Unit>> units = new HashMap<>();
        for (long id : ids) {
            Handling handling = Objects.requireNonNull(known.get(id));
            Reply reply = Objects.requireNonNull(replies.get(id));
            Optional<Revisit.ClassAt> present = Optional.ofNullable(presents.get(id));
            if (!presentClasses.contains(present.map(Revisit.ClassAt::code).orElse(reply.resultClass()))) {
                continue;
            }
            Proposal proposal = Objects.requireNonNull(proposalOf.get(handling.caseNumber()));
            Optional<Unit> unit = units.computeIfAbsent(handling.unitId(), successors::present);
            String fileNumber = proposal.fileNumberText();
            candidates.add(new Candidate(
                    id,
                    handling.caseNumber(),
                    fileNumber == null ? handling.caseNumber() : chosen.name() + fileNumber,
                    proposal.title(),
                    unit.map(Unit::name)
                            .filter(name -> !name.equals(handling.unitName()))
                            .map(name -> name + "（原" + handling.unitName() + "）")
                            .orElse(handling.unitName()),
                    reply.classLine(),
                    present.map(Revisit.ClassAt::line).orElse(reply.classLine()),
                    open.contains(id) ? "正在回头看" : unit.isEmpty() ? "单位已停用，未指定接收单位" : ""));
        }
        audit.record("proposal.previewRevisits", null, chosen.name() + "，" + candidates.size() + "件");
        return candidates;
    }

    /**
     * Begins those chosen from the preview, all or none.
     *
     * @param name of the round, as units and proposers will read it
     * @return how many
     */
    public int beginRound(String session, @Nullable String name, List<Long> handlingIds, String person) {
        requireCommittee(person);
        Session chosen = sessions.get(session);
        String clean = Texts.line(name, 100, "name", "本轮名称");
        if (clean.isEmpty()) {
            throw new Refusal("name", "请填写「本轮名称」，如 2027年B类提案回头看。");
        }
        if (handlingIds.isEmpty()) {
            throw new Refusal("handlings", "请至少勾选一件。");
        }
        Set<Long> known = new HashSet<>(rows.answered(session));
        for (long id : new LinkedHashSet<>(handlingIds)) {
            if (!known.contains(id)) {
                throw new Refusal("handlings", "所选的答复有不属于" + chosen.name() + "的，请重新查看后再启动。");
            }
            begin(id, RevisitCause.ROUND, clean, people.signatureOf(person));
        }
        audit.record("proposal.beginRound", null, chosen.name() + "，" + clean + "，" + handlingIds.size() + "件");
        return handlingIds.size();
    }

    // ---- the steps

    /** @param result null: not answered */
    public record ItemAnswer(@Nullable ItemResult result, String reason, String figures) {}

    /** What the unit reports. @throws Refusal something is missing */
    public void report(
            String instance,
            List<ItemAnswer> answers,
            String text,
            String proposedClass,
            List<String> evidence,
            String person) {
        Revisit revisit = byInstance(instance);
        List<Revisit.Item> items = rows.items(revisit.id());
        if (answers.size() != items.size()) {
            throw new Refusal("items", "承诺事项有变化，请刷新页面后再填。");
        }
        boolean anyKept = false;
        for (int i = 0; i < items.size(); i++) {
            ItemAnswer answer = answers.get(i);
            ItemResult result = answer.result();
            if (result == null) {
                throw new Refusal("items", "请选择第" + (i + 1) + "项「是否兑现」。");
            }
            String reason = Texts.text(answer.reason(), LONGEST_OPINION, "items", "进展、原因")
                    .strip();
            if (result != ItemResult.KEPT && reason.length() < 4) {
                throw new Refusal("items", "第" + (i + 1) + "项没有全部兑现，请填写「进展、原因」。");
            }
            anyKept |= result == ItemResult.KEPT || result == ItemResult.PARTLY;
            rows.reported(
                    items.get(i).id(),
                    result,
                    reason,
                    Texts.line(answer.figures(), Texts.LONGEST_LINE, "items", "数据、文号"));
        }
        if (anyKept && evidence.isEmpty()) {
            throw new Refusal("evidence", "有写为兑现的承诺，请附「证明材料」。");
        }
        String report = Texts.text(text, LONGEST_REPORT, "reportText", "落实情况说明").strip();
        if (report.length() < 10) {
            throw new Refusal("reportText", "请写明「落实情况说明」，至少10个字。");
        }
        resultClass(revisit, proposedClass, "proposedClass");
        // what was handed in with a report that came back stays with it
        Set<String> proofs = new LinkedHashSet<>(revisit.evidence());
        proofs.addAll(evidence);
        rows.reported(revisit.id(), report, proposedClass, proofs, people.signatureOf(person), clock.instant());
        caseFiles.happened(revisit.caseNumber(), "回头看：" + revisit.unitName() + "报告落实情况", "建议现办理结果" + proposedClass);
        tellProposers(
                revisit, "revisitReported", revisit.id() + "-" + clock.instant().getEpochSecond(), Map.of());
        audit.record("proposal.reportRevisit", revisit.caseNumber(), revisit.unitName() + "，" + proposedClass);
    }

    private ResultClasses.ResultClass resultClass(Revisit revisit, String code, String field) {
        return classesFor(revisit).stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Refusal(field, "「现办理结果」不在本届次的类别里，请重新选择。"));
    }

    List<ResultClasses.ResultClass> classesFor(Revisit revisit) {
        return classes.of(proposals.get(revisit.caseNumber()).sessionId());
    }

    /** What the committee found; null values where the form hid the field. */
    public void check(
            String instance,
            boolean accepted,
            @Nullable RevisitOutcome outcome,
            @Nullable String acceptedClass,
            @Nullable LocalDate nextOn,
            @Nullable String opinion,
            String person) {
        Revisit revisit = byInstance(instance);
        String why =
                Texts.text(opinion, LONGEST_OPINION, "checkOpinion", "核查意见").strip();
        Instant now = clock.instant();
        if (!accepted) {
            if (why.length() < 4) {
                throw new Refusal("checkOpinion", "退回重报的，请写明要补什么。");
            }
            rows.returned(revisit.id(), why, people.signatureOf(person), now);
            caseFiles.happened(revisit.caseNumber(), "回头看：退回" + revisit.unitName() + "重报", why);
            audit.record("proposal.returnRevisit", revisit.caseNumber(), revisit.unitName());
            return;
        }
        if (outcome == null) {
            throw new Refusal("outcome", "请选择「承诺是否兑现」。");
        }
        if (outcome == RevisitOutcome.KEPT
                && rows.items(revisit.id()).stream()
                        .anyMatch(item -> item.result() == ItemResult.NOT_KEPT || item.result() == ItemResult.PARTLY)) {
            throw new Refusal("outcome", "承办单位报告有没有全部兑现的承诺，不能认定为已兑现；有出入的请退回重报。");
        }
        if (outcome == RevisitOutcome.PARTLY && nextOn == null) {
            throw new Refusal("nextOn", "部分兑现的，请填写「下次回头看的日期」。");
        }
        later(nextOn);
        ResultClasses.ResultClass present = resultClass(revisit, String.valueOf(acceptedClass), "acceptedClass");
        rows.accepted(
                revisit.id(), outcome, present.code(), present.label(), nextOn, why, people.signatureOf(person), now);
        audit.record("proposal.checkRevisit", revisit.caseNumber(), revisit.unitName() + "，" + outcome.label());
    }

    private void later(@Nullable LocalDate nextOn) {
        if (nextOn != null && !nextOn.isAfter(ChineseTime.day(clock.instant()))) {
            throw new Refusal("nextOn", "「下次回头看的日期」须在今天以后。");
        }
    }

    /** The committee has accepted: the present class becomes one row of the history. */
    public void recordOutcome(String instance) {
        Revisit revisit = byInstance(instance);
        RevisitOutcome outcome = Objects.requireNonNull(revisit.outcome(), "not checked");
        Instant now = clock.instant();
        String before =
                presentClass(revisit.handlingId()).map(Revisit.ClassAt::line).orElse(revisit.originalLine());
        rows.classOf(revisit, now);
        String after = revisit.acceptedClass() + "（" + revisit.acceptedClassName() + "）";
        caseFiles.happened(
                revisit.caseNumber(),
                "回头看：" + revisit.unitName() + outcome.label(),
                "原办理结果" + revisit.originalLine() + "，此前" + before + "，现办理结果" + after);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("outcome", outcome.label());
        values.put("before", revisit.originalLine());
        values.put("after", after);
        LocalDate next = revisit.nextOn();
        if (next != null) {
            values.put("nextText", ChineseTime.text(next));
        }
        String occasion = String.valueOf(revisit.id());
        tellProposers(revisit, "revisitDone", occasion, values);
        tellUnit(revisit, "revisitDone", occasion, List.of("liaison"), values);
        if (outcome == RevisitOutcome.NOT_KEPT) {
            rows.escalating(revisit.id());
        } else {
            rows.done(revisit.id(), now);
        }
        audit.record("proposal.recordRevisit", revisit.caseNumber(), revisit.unitName() + "，" + after);
    }

    /** Not kept: who presses the unit, and when it is looked at again. */
    public void escalate(
            String instance, boolean toChair, @Nullable LocalDate nextOn, @Nullable String opinion, String person) {
        Revisit revisit = byInstance(instance);
        String why = Texts.text(opinion, LONGEST_OPINION, "escalationOpinion", "督促意见")
                .strip();
        if (why.length() < 4) {
            throw new Refusal("escalationOpinion", "请填写「督促意见」。");
        }
        if (nextOn == null) {
            throw new Refusal("nextOn", "请填写「下次回头看的日期」。");
        }
        later(nextOn);
        rows.escalated(revisit.id(), toChair ? "chair" : "director", nextOn, why, people.signatureOf(person));
        rows.done(revisit.id(), clock.instant());
        Map<String, String> values = Map.of("opinion", why, "nextText", ChineseTime.text(nextOn), "ask", "请抓紧落实。");
        String occasion = String.valueOf(revisit.id());
        tellUnit(revisit, "revisitEscalated", occasion, List.of("liaison", "head"), values);
        if (toChair) {
            Proposal proposal = proposals.get(revisit.caseNumber());
            List<String> chairs = caseFiles.persons(revisit.caseNumber(), KeySelection.CHAIR);
            if (chairs.isEmpty()) {
                chairs = people.membersOf(Roles.SUPERVISING_CHAIR).stream()
                        .map(one -> one.id())
                        .toList();
            }
            Map<String, String> toPress = common(revisit, proposal, values);
            toPress.put("ask", "请督促落实。");
            chairs.forEach(chair -> informing.staff(proposal, "revisitEscalated", occasion, chair, toPress));
        }
        caseFiles.happened(
                revisit.caseNumber(), "回头看：" + revisit.unitName() + "未兑现，" + (toChair ? "报督办主席" : "由提案委员会督促"), why);
        audit.record("proposal.escalateRevisit", revisit.caseNumber(), toChair ? "报督办主席" : "由提案委员会督促");
    }

    // ---- the proposer

    /**
     * A proposer says what he sees of it; may be said again while the committee checks.
     *
     * @throws Refusal not his proposal, or the report is not there or checked already
     */
    public void word(long id, @Nullable ProposerWord word, @Nullable String opinion, String person) {
        Revisit revisit = rows.get(id);
        List<Proposal> concerned = new ArrayList<>();
        concerned.add(proposals.get(revisit.caseNumber()));
        concerned.addAll(proposals.mergedInto(revisit.caseNumber()));
        if (concerned.stream()
                .noneMatch(proposal -> proposals.proposers(proposal).contains(person))) {
            throw new Refusal("没有这次回头看，或者您不是这件提案的提案者。");
        }
        if (revisit.state() != RevisitState.CHECKING) {
            throw new Refusal("这次回头看" + revisit.state().label() + "，现在不能填写意见。");
        }
        if (word == null) {
            throw new Refusal("word", "请选择对落实情况的看法。");
        }
        String text = Texts.text(opinion, LONGEST_OPINION, "opinion", "意见").strip();
        if (word != ProposerWord.AGREE && text.length() < 4) {
            throw new Refusal("opinion", "不完全属实的，请写明「意见」。");
        }
        rows.word(id, person, people.signatureOf(person), word, text, clock.instant());
        audit.record("proposal.wordOnRevisit", revisit.caseNumber(), word.label());
    }

    /** A look-back as those read it who propose. @param open they may say something now */
    public record Told(Revisit revisit, List<Revisit.Item> items, List<Revisit.Word> words, boolean open) {}

    /** What was reported, of the case and, when it was merged, of the one it was answered with; oldest first. */
    @Transactional(readOnly = true)
    public List<Told> told(Proposal proposal) {
        String lead = proposal.leadCase();
        return rows.ofCase(proposal.merged() && lead != null ? lead : proposal.caseNumber()).stream()
                .filter(revisit -> revisit.reportedAt() != null)
                .map(revisit -> new Told(
                        revisit,
                        rows.items(revisit.id()),
                        rows.words(revisit.id()),
                        revisit.state() == RevisitState.CHECKING))
                .toList();
    }

    // ---- proposals that are withdrawn

    /** 撤案: nobody reports or checks any more; what was reported stays. */
    @EventListener
    public void on(ProposalWithdrawn event) {
        for (Revisit revisit : rows.ofCase(event.caseNumber())) {
            if (revisit.state() == RevisitState.DONE) {
                continue;
            }
            rows.done(revisit.id(), clock.instant());
            if (revisit.instanceId() != null) {
                processes.cancel(revisit.instanceId(), "提案撤回");
            }
            caseFiles.happened(revisit.caseNumber(), "回头看：" + revisit.unitName() + "不再报告", "提案已撤回");
            audit.record("proposal.endRevisit", revisit.caseNumber(), revisit.unitName() + "，提案已撤回");
        }
    }

    // ---- units that are closed

    /** Who stands in for the unit reports in its place, in what runs at this moment. */
    @EventListener
    public void on(UnitSucceeded succeeded) {
        for (Revisit revisit : rows.openOfUnit(succeeded.from())) {
            Unit next = succeeded.to();
            rows.goesOver(revisit.id(), next);
            successors.reads(revisit.caseNumber(), next.id());
            if (revisit.instanceId() != null) {
                processes.reoffer(revisit.instanceId(), Map.of(succeeded.from() + ".liaison", next.id() + ".liaison"));
            }
            Revisit gone = rows.get(revisit.id());
            tellUnit(gone, "revisitBegun", revisit.id() + "-" + next.id(), List.of("liaison"), begun(gone));
            caseFiles.happened(revisit.caseNumber(), "回头看：" + revisit.unitName() + "改由" + next.name() + "报告", null);
            audit.record("proposal.revisitGoesOver", revisit.caseNumber(), revisit.unitName() + " → " + next.name());
        }
    }

    /** Closed units with delivered replies for which nobody stands in: id → name. */
    public Map<String, String> orphans(String person) {
        requireCommittee(person);
        Map<String, String> orphans = new LinkedHashMap<>();
        for (String unit : rows.units()) {
            if (successors.present(unit).isEmpty()) {
                orphans.put(unit, people.unit(unit).map(Unit::name).orElse(unit));
            }
        }
        return orphans;
    }

    // ---- lists

    /** One open look-back. */
    public record OpenLine(Revisit revisit, String numberLine, String title) {}

    public List<OpenLine> open(String person) {
        requireCommittee(person);
        return rows.allOpen().stream()
                .map(revisit -> {
                    Proposal proposal = proposals.get(revisit.caseNumber());
                    return new OpenLine(revisit, proposals.numberLine(proposal), proposal.title());
                })
                .toList();
    }

    /** A line of 回头看结果变更表: the last look-back at each reply. */
    public record Change(
            int position,
            String session,
            String caseNumber,
            String fileNumber,
            String proposer,
            String title,
            String unit,
            String original,
            String present,
            String note) {}

    /** @param where page or table, for the audit */
    public List<Change> changes(String session, String where, String person) {
        requireCommittee(person);
        Session chosen = sessions.get(session);
        Map<Long, Revisit> last = new LinkedHashMap<>();
        rows.doneOf(session).forEach(revisit -> last.put(revisit.handlingId(), revisit));
        Map<Long, Revisit.ClassAt> presents = presentClasses(last.keySet());
        Map<String, Proposal> proposalOf =
                proposalsOf(last.values().stream().map(Revisit::caseNumber).collect(Collectors.toSet()));
        List<Change> changes = new ArrayList<>();
        for (Revisit revisit : last.values()) {
            Proposal proposal = Objects.requireNonNull(proposalOf.get(revisit.caseNumber()));
            String number = proposal.fileNumberText();
            changes.add(new Change(
                    changes.size() + 1,
                    chosen.name(),
                    proposal.caseNumber(),
                    number == null ? "" : number,
                    proposals.proposerLine(proposal),
                    proposal.title(),
                    revisit.unitName(),
                    revisit.originalLine(),
                    Optional.ofNullable(presents.get(revisit.handlingId()))
                            .map(Revisit.ClassAt::line)
                            .orElse(revisit.originalLine()),
                    revisit.report()));
        }
        audit.record("proposal.readRevisitChanges", null, chosen.name() + "，" + where + "，" + changes.size() + "件");
        return changes;
    }

    private void requireCommittee(String person) {
        List<String> groups = people.groupsOf(person);
        if (!groups.contains(Roles.PROPOSAL_CLERK) && !groups.contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("只有提案委员会办公室和提案委员会主任可以办理回头看。");
        }
    }
}
