package org.banhao.casefile.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.LastWrites;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.AnswerRetracted;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.Retractions;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.flow.Answer;
import org.banhao.flow.Footprint;
import org.banhao.flow.InstanceMigrated;
import org.banhao.flow.Positions;
import org.banhao.flow.Processes;
import org.banhao.flow.RetractableStep;
import org.banhao.flow.Step;
import org.banhao.flow.StepEvent;
import org.banhao.flow.StepEvent.StepOffered;
import org.banhao.flow.StepRetractions;
import org.banhao.flow.StepUseCase;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * 撤回. Before an answer is applied everything it may change is looked at, before its transaction commits it is looked at again, and the
 * difference is kept for some minutes. Whatever somebody else changes meanwhile makes the second look untrue, and nothing is retracted.
 */
@Component
@Transactional
class Retracting implements Retractions, StepRetractions {

    private static final String NO_WAY_BACK = "这一步没有设撤回；需要改正的，请联系下一环节的同志退回，或者联系提案委员会办公室。";
    private static final String GONE_ON = "案件已经往下办理，不能撤回；需要改正的，请联系下一环节的同志退回。";
    private static final String CHANGED = "提交以后本案又有了变动，不能撤回；需要改正的，请联系下一环节的同志退回。";
    private static final String MIGRATED = "案件已迁移到新版流程，不能撤回；需要改正的，请联系下一环节的同志退回。";
    private static final Duration KEPT = Duration.ofHours(1);
    /** The newest ones, whose traces are looked at before they are offered; of a pile that was handed in the others are when he does. */
    private static final int LOOKED_AT = 10;

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final JdbcClient jdbc;
    private final LastWrites last;
    private final Clock clock;
    private final RowImages images;
    private final OpenStepRows steps;
    private final CaseFiles cases;
    private final Deadlines deadlines;
    private final Positions positions;
    private final Processes processes;
    private final People people;
    private final Documents documents;
    private final Suspensions suspensions;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final StoredRetractionWindows windows;

    Retracting(
            JdbcClient jdbc,
            LastWrites last,
            Clock clock,
            RowImages images,
            OpenStepRows steps,
            CaseFiles cases,
            Deadlines deadlines,
            @Lazy Positions positions,
            @Lazy Processes processes,
            People people,
            Documents documents,
            Suspensions suspensions,
            Audit audit,
            ApplicationEventPublisher events,
            StoredRetractionWindows windows) {
        this.jdbc = jdbc;
        this.last = last;
        this.clock = clock;
        this.images = images;
        this.steps = steps;
        this.cases = cases;
        this.deadlines = deadlines;
        this.positions = positions;
        this.processes = processes;
        this.people = people;
        this.documents = documents;
        this.suspensions = suspensions;
        this.audit = audit;
        this.events = events;
        this.windows = windows;
    }

    /**
     * How everything stood that the act changed.
     *
     * @param deadlines those it changed, as they were
     * @param owed ids of those it owed
     * @param deadlinesAfter digest of both as it left them
     */
    record Noted(
            String positions,
            List<RowImages.Change> rows,
            List<Deadline> deadlines,
            Set<Long> owed,
            String deadlinesAfter) {

        /** What the act did to these. */
        static Noted of(String positions, List<RowImages.Change> rows, List<Deadline> before, List<Deadline> after) {
            Map<Long, Deadline> now = after.stream().collect(Collectors.toMap(Deadline::id, Function.identity()));
            Set<Long> known = before.stream().map(Deadline::id).collect(Collectors.toSet());
            List<Deadline> changed = before.stream()
                    .filter(row -> !row.equals(now.get(row.id())))
                    .toList();
            Set<Long> owed = now.keySet().stream()
                    .filter(id -> !known.contains(id))
                    .collect(Collectors.toCollection(TreeSet::new));
            Noted noted = new Noted(positions, rows, changed, owed, "");
            return new Noted(positions, rows, changed, owed, noted.digest(after));
        }

        private String digest(List<Deadline> all) {
            Set<Long> own = deadlines.stream().map(Deadline::id).collect(Collectors.toCollection(TreeSet::new));
            own.addAll(owed);
            return RowImages.digest(all.stream()
                    .filter(row -> own.contains(row.id()))
                    .map(row -> row.id() + " " + row.state() + " " + row.due().getEpochSecond())
                    .toList());
        }

        /** Whether those the act changed or owed are as it left them. */
        boolean untouched(List<Deadline> all) {
            return digest(all).equals(deadlinesAfter);
        }
    }

    /** One act that is being done in the present transaction. */
    private final class Doing implements TransactionSynchronization {
        private final String id = UUID.randomUUID().toString();
        private final String number;
        private final @Nullable Step step;
        private final String name;
        private final String person;
        private final @Nullable String holder;
        private final @Nullable String stoodFor;
        private final String toldAs;
        private final @Nullable String why;
        private final Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        private final Instant until = at.plus(windows.today());
        private final Footprint footprint;
        private final List<List<Map<String, RowImages.Cell>>> before;
        private final List<Deadline> dates;
        private final Positions.@Nullable Watch watch;
        private final Map<String, StepOffered> offers = new LinkedHashMap<>();
        private boolean over;

        Doing(
                String number,
                @Nullable Step step,
                String name,
                String person,
                @Nullable String holder,
                @Nullable String stoodFor,
                String toldAs,
                @Nullable String why,
                Footprint own) {
            this.number = number;
            this.step = step;
            this.name = name;
            this.person = person;
            this.holder = holder;
            this.stoodFor = stoodFor;
            this.toldAs = toldAs;
            this.why = why;
            boolean can = why == null;
            this.footprint = can ? withCase(own, number) : Footprint.NOTHING;
            this.before = images.look(footprint);
            this.dates = can ? deadlines.of(number) : List.of();
            this.watch = can ? positions.watch(step == null ? null : step.instanceId()) : null;
        }

        /** What it writes then is among the last. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE - 1;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            if (!over) write(this);
        }

        void ends() {
            over = true;
            if (watch != null) watch.ends();
        }
    }

    private static Footprint withCase(Footprint own, String number) {
        return Footprint.NOTHING
                .and("casefile_case", List.of("number"), "number = :of", number)
                .and(own);
    }

    // ---- while it is done

    @Override
    public void begins(Step step, String name, @Nullable String holder, @Nullable StepUseCase useCase, Answer answer) {
        String number = step.caseNumber();
        String person = step.person();
        if (number == null || person == null || step.taskId() == null) return;
        RetractableStep way = useCase instanceof RetractableStep retractable ? retractable : null;
        String why = way == null ? NO_WAY_BACK : way.finalBecause(step, answer);
        doing(new Doing(
                number,
                step,
                name,
                person,
                holder,
                StandingIn.present() == null ? null : step.forWhom(),
                way == null ? "" : way.toldAs(step, answer),
                why,
                way == null || why != null ? Footprint.NOTHING : way.footprint(step)));
    }

    @Override
    public void begins(Act act) {
        doing(new Doing(
                act.caseNumber(), null, act.name(), act.person(), null, null, act.toldAs(), null, act.footprint()));
    }

    /** What was done in the same transaction before has been gone on from. */
    private void doing(Doing now) {
        present(now.number).ifPresent(Doing::ends);
        last.enlist();
        TransactionSynchronizationManager.registerSynchronization(now);
    }

    private static Optional<Doing> present(@Nullable String number) {
        if (number == null || !TransactionSynchronizationManager.isSynchronizationActive()) return Optional.empty();
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Doing.class::isInstance)
                .map(Doing.class::cast)
                .filter(one -> !one.over && one.number.equals(number))
                .findFirst();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Pending> pending(String caseNumber) {
        return present(caseNumber).filter(one -> one.why == null).map(one -> new Pending(one.id, one.until));
    }

    /** What it offers is what the next person may open. */
    @EventListener
    @Order(200)
    @Transactional(readOnly = true)
    public void on(StepEvent event) {
        Doing doing = present(event.step().caseNumber()).orElse(null);
        String taskId = event.step().taskId();
        if (doing == null || taskId == null) return;
        if (!(event instanceof StepOffered offered)) {
            doing.offers.remove(taskId);
        } else if (offered.first() || doing.offers.containsKey(taskId)) {
            doing.offers.put(taskId, offered);
        }
    }

    /** Where the processes stood is a place in the version they have left. */
    @EventListener
    public void on(InstanceMigrated migrated) {
        int rows = jdbc.sql("update casefile_retraction set why = ?, noted = null"
                        + " where case_number = ? and why is null and retracted_at is null")
                .params(MIGRATED, migrated.caseNumber())
                .update();
        if (rows > 0) audit.record("casefile.noRetraction", migrated.caseNumber(), "迁移");
    }

    private void write(Doing doing) {
        Positions.Watch watch = doing.watch;
        String stood = watch == null ? null : watch.noted();
        String why = doing.why == null && stood == null ? GONE_ON : doing.why;
        String noted = stood == null || why != null
                ? null
                : json(Noted.of(
                        stood, images.since(doing.footprint, doing.before), doing.dates, deadlines.of(doing.number)));
        Step step = doing.step;
        last.add(
                """
                        insert into casefile_retraction (id, case_number, process, task, task_id, instance_id, name, person,
                            stood_for, holder, told_as, at, until, why, noted)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                doing.id,
                doing.number,
                step == null ? null : step.process(),
                step == null ? null : step.task(),
                step == null ? null : step.taskId(),
                step == null ? null : step.instanceId(),
                doing.name,
                doing.person,
                doing.stoodFor,
                doing.holder,
                doing.toldAs,
                at(doing.at),
                at(doing.until),
                why,
                noted);
        if (why != null) return;
        doing.offers.forEach(
                (taskId, offered) -> last.add("""
                        insert into casefile_retraction_offer (task_id, retraction_id, sender, name, assignee)
                        values (?, ?, ?, ?, ?)""", taskId, doing.id, doing.person, offered.name(), offered.assignee()));
    }

    // ---- while it can be retracted

    private record Offer(
            String taskId,
            String name,
            @Nullable String assignee,
            @Nullable String openedBy) {}

    /** Held until the transaction ends: of two who open and retract at once the second sees what the first did. */
    @Override
    public void opened(Step step) {
        String taskId = step.taskId();
        String person = step.person();
        if (taskId != null && person != null) opened(taskId, person);
    }

    @Override
    public void opened(String taskId, String person) {
        Optional<Boolean> retracted =
                jdbc.sql("""
                        select retracted from casefile_retraction_offer
                        where task_id = ? and sender <> ? and opened_at is null for update""").params(taskId, person).query(Boolean.class).optional();
        if (retracted.isEmpty()) return;
        if (retracted.get()) throw new Refusal("上一环节刚刚撤回了提交，这件待办已不存在，请刷新待办列表。");
        jdbc.sql("update casefile_retraction_offer set opened_at = ?, opened_by = ? where task_id = ?")
                .params(at(clock.instant()), person, taskId)
                .update();
        OpenStep open = steps.find(taskId).orElse(null);
        audit.record(
                "casefile.stepOpened",
                open == null || open.caseNumber().isEmpty() ? null : open.caseNumber(),
                open == null ? taskId : open.process() + "/" + open.task());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Recent> recent(String personId) {
        return looked(personId, null);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Recent> retractable(String personId, String caseNumber) {
        return looked(personId, caseNumber).stream()
                .filter(one -> one.why() == null)
                .toList();
    }

    /** Few statements, however many there are. @param caseNumber null: of all cases */
    private List<Recent> looked(String personId, @Nullable String caseNumber) {
        List<Seen> all = jdbc.sql("""
                        select r.*, c.title,
                            (select count(*) from casefile_retraction_offer o
                             where o.retraction_id = r.id and o.opened_at is not null) as opened,
                            (select count(*) from casefile_retraction l
                             where l.case_number = r.case_number and l.instance_id = r.instance_id and l.at > r.at
                               and l.retracted_at is null)
                          + (select count(*) from casefile_retraction_offer o where o.retraction_id = r.id
                             and not exists (select 1 from casefile_open_step s where s.task_id = o.task_id
                               and (s.assignee is null or s.assignee = r.person or s.assignee = o.assignee))) as later
                        from casefile_retraction r join casefile_case c on c.number = r.case_number
                        where r.person = :person and r.until > :now and r.retracted_at is null
                          and r.case_number = coalesce(:number, r.case_number)
                        order by r.at desc, r.id""")
                .param("person", personId)
                .param("now", at(clock.instant()))
                .param("number", caseNumber)
                .query((row, n) -> new Seen(
                        new Recent(
                                row.getString("id"),
                                row.getString("case_number"),
                                row.getString("title"),
                                row.getString("name"),
                                instant(row, "at"),
                                instant(row, "until"),
                                why(row.getString("why"), row.getLong("opened"), row.getLong("later"))),
                        row.getString("noted")))
                .list();
        Set<String> changed = changed(all.stream()
                .filter(seen -> seen.recent().why() == null && seen.noted() != null)
                .limit(LOOKED_AT)
                .toList());
        return all.stream()
                .map(Seen::recent)
                .map(one -> changed.contains(one.id()) ? one.because(CHANGED) : one)
                .toList();
    }

    private record Seen(Recent recent, @Nullable String noted) {}

    private static @Nullable String why(@Nullable String said, long opened, long later) {
        if (said != null) return said;
        if (later > 0) return GONE_ON;
        return opened > 0 ? "下一环节已有人打开办理，不能撤回；需要改正的，请联系对方退回。" : null;
    }

    /** Ids of those whose traces are not as they were left. */
    private Set<String> changed(List<Seen> some) {
        Map<String, List<Deadline>> standing = deadlines.of(
                some.stream().map(seen -> seen.recent().caseNumber()).collect(Collectors.toSet()));
        Set<String> changed = new HashSet<>();
        for (Seen seen : some) {
            Recent one = seen.recent();
            Noted noted = noted(Objects.requireNonNull(seen.noted()));
            if (!images.asLeft(noted.rows()) || !noted.untouched(standing.getOrDefault(one.caseNumber(), List.of())))
                changed.add(one.id());
        }
        return changed;
    }

    @Override
    public Duration window() {
        return windows.today();
    }

    // ---- retracting

    private record Kept(
            String id,
            String number,
            @Nullable String process,
            @Nullable String task,
            @Nullable String taskId,
            @Nullable String instance,
            String name,
            String person,
            @Nullable String stoodFor,
            @Nullable String holder,
            String toldAs,
            Instant at,
            Instant until,
            @Nullable String why,
            @Nullable String noted,
            boolean retracted) {}

    @Override
    public Retracted retract(String id, String personId) {
        Kept kept = jdbc.sql("select * from casefile_retraction where id = ? for update")
                .param(id)
                .query(Retracting::kept)
                .optional()
                .filter(one -> one.person().equals(personId))
                .orElseThrow(() -> new Refusal("没有这项可以撤回的办理，请刷新页面后再看。"));
        if (kept.retracted()) throw new Refusal("这一步已经撤回，请刷新页面，在待办里重新办理。");
        if (kept.why() != null) throw new Refusal(kept.why());
        String text = kept.noted();
        if (!clock.instant().isBefore(kept.until()) || text == null) {
            long minutes = Duration.between(kept.at(), kept.until()).toMinutes();
            throw new Refusal("提交已满" + minutes + "分钟，不能再撤回；需要改正的，请联系下一环节的同志退回。");
        }
        jdbc.sql("select number from casefile_case where number = ? for update")
                .param(kept.number())
                .query(String.class)
                .list();
        if (suspensions.of(kept.number()).isPresent()) {
            throw new Refusal("案件" + kept.number() + "已暂停办理，恢复以前不能撤回，请联系系统管理员。");
        }
        Noted noted = noted(text);
        requireUntouched(kept, noted);
        List<Deadline> standing = deadlines.of(kept.number());
        if (!images.untouched(noted.rows()) || !noted.untouched(standing)) throw new Refusal(CHANGED);
        if (kept.stoodFor() != null) {
            StandingIn.beginIfAsked(new StandingIn.Absent(
                    personId, kept.stoodFor(), people.nameOf(kept.stoodFor()), people.groupsOf(kept.stoodFor())));
        }

        Map<String, String> renamed;
        TransactionSynchronizationManager.bindResource(StoredCaseFiles.PUTTING_BACK, id);
        try {
            renamed = putBack(kept, noted, standing);
        } finally {
            TransactionSynchronizationManager.unbindResource(StoredCaseFiles.PUTTING_BACK);
        }
        String task = handBack(kept, renamed);
        jdbc.sql("update casefile_retraction_offer set retracted = true where retraction_id = ?")
                .param(id)
                .update();
        jdbc.sql("update casefile_retraction set retracted_at = ?, noted = null where id = ?")
                .params(at(clock.instant()), id)
                .update();
        cases.happened(kept.number(), kept.toldAs() + "撤回「" + kept.name() + "」", null);
        audit.record(
                "casefile.retract",
                kept.number(),
                kept.process() == null ? kept.name() : kept.process() + "/" + kept.task());
        events.publishEvent(new AnswerRetracted(id, kept.number()));
        return new Retracted(kept.number(), kept.name(), task);
    }

    /** @return old → new id of instances that began anew */
    private Map<String, String> putBack(Kept kept, Noted noted, List<Deadline> standing) {
        try {
            images.putBack(noted.rows());
        } catch (DataIntegrityViolationException needed) {
            // what the act brought about was built upon by what is no row of its own, such as an entry in a handling it
            // began
            throw new Refusal(CHANGED);
        }
        Map<String, String> renamed = positions.putBack(noted.positions());
        images.rename(noted.rows(), renamed);
        renamed.forEach((old, now) -> jdbc.sql("update casefile_step_answer set instance_id = ? where instance_id = ?")
                .params(now, old)
                .update());
        putBackDeadlines(kept.number(), noted, standing, renamed);
        cards(kept.number());
        return renamed;
    }

    /**
     * What others do meanwhile in processes of their own, such as another unit in its handling, is no going on from it.
     *
     * @throws Refusal somebody opened, took or answered what followed
     */
    private void requireUntouched(Kept kept, Noted noted) {
        List<Offer> offers = jdbc.sql("""
                        select * from casefile_retraction_offer where retraction_id = ? order by task_id for update""")
                .param(kept.id())
                .query((row, n) -> new Offer(
                        row.getString("task_id"),
                        row.getString("name"),
                        row.getString("assignee"),
                        row.getString("opened_by")))
                .list();
        for (Offer offer : offers) {
            if (offer.openedBy() != null) {
                throw new Refusal("下一环节「" + offer.name() + "」已有人打开办理，不能撤回；需要改正的，请联系对方退回。");
            }
            OpenStep open = steps.find(offer.taskId()).orElseThrow(() -> new Refusal(GONE_ON));
            if (!Objects.equals(open.assignee(), offer.assignee())
                    && !kept.person().equals(open.assignee())
                    && open.assignee() != null) {
                throw new Refusal("下一环节「" + offer.name() + "」已有人签收，不能撤回；需要改正的，请联系对方退回。");
            }
        }
        Set<String> instances = new TreeSet<>(positions.instances(noted.positions()));
        if (kept.instance() != null) instances.add(kept.instance());
        if (instances.isEmpty()) return;
        // several answers may have the same moment: their order is that of their ids
        Integer later = jdbc.sql("""
                        select count(*) from casefile_step_answer
                        where case_number = :number and instance_id in (:instances) and retracted_at is null and at >= :at
                          and (cast(:task as varchar(64)) is not null or at > :at)
                          and id > coalesce((select max(id) from casefile_step_answer where task_id = :task), 0)""")
                .param("number", kept.number())
                .param("instances", instances)
                .param("at", at(kept.at()))
                .param("task", kept.taskId())
                .query(Integer.class)
                .single();
        if (later > 0) throw new Refusal(GONE_ON);
    }

    /** Those the act changed as they were before it; the others as they stood when putting back began, whatever that did to them. */
    private void putBackDeadlines(String number, Noted noted, List<Deadline> standing, Map<String, String> renamed) {
        Map<Long, Deadline> changed =
                noted.deadlines().stream().collect(Collectors.toMap(Deadline::id, Function.identity()));
        List<Deadline> wanted = standing.stream()
                .filter(row -> !noted.owed().contains(row.id()))
                .map(row -> changed.getOrDefault(row.id(), row))
                .toList();
        for (Deadline open : deadlines.putBack(number, wanted, noted.owed(), renamed)) {
            if (open.instanceId() != null && open.task() != null) {
                processes.moveDue(open.instanceId(), open.task(), open.due());
            }
        }
    }

    /** Cards show what the case row says. */
    private void cards(String number) {
        cases.find(number)
                .ifPresent(row -> jdbc.sql(
                                "update casefile_open_step set title = ?, unit = ?, important = ? where number = ?")
                        .params(row.title(), row.unit(), row.key(), number)
                        .update());
    }

    private @Nullable String handBack(Kept kept, Map<String, String> renamed) {
        String instance = kept.instance();
        String task = kept.task();
        if (instance == null || task == null) return null;
        jdbc.sql("update casefile_step_answer set retracted_at = ?, retracted_by_name = ? where task_id = ?")
                .params(at(clock.instant()), people.nameOf(kept.person()), kept.taskId())
                .update();
        String answer = jdbc.sql("select answer from casefile_step_answer where task_id = ? order by id desc limit 1")
                .param(kept.taskId())
                .query(String.class)
                .single();
        Map<String, StoredDocument> named = documents.ofCase(kept.number()).stream()
                .filter(one -> answer.contains('"' + one.id() + '"'))
                .collect(Collectors.toMap(StoredDocument::id, Function.identity()));
        String draft = named.isEmpty() ? answer : withFiles(answer, named);
        String waiting =
                positions.handBack(renamed.getOrDefault(instance, instance), task, kept.holder(), kept.person(), draft);
        if (waiting != null) {
            // those he had handed in earlier keep their own origin and stay
            documents.detach(
                    kept.number(),
                    List.copyOf(named.keySet()),
                    kept.process() + "/" + kept.task(),
                    kept.person(),
                    waiting);
        }
        return waiting;
    }

    /** A draft shows a file by its name, an answer has only its id. */
    private static String withFiles(String answer, Map<String, StoredDocument> files) {
        try {
            JsonNode draft = JSON.readTree(answer);
            show(draft, files);
            return JSON.writeValueAsString(draft);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void show(JsonNode node, Map<String, StoredDocument> files) {
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                StoredDocument file = files.get(list.get(i).asText());
                if (file != null) {
                    list.set(
                            i,
                            JSON.createObjectNode()
                                    .put("id", file.id())
                                    .put("name", file.name())
                                    .put("size", file.bytes()));
                }
            }
        }
        node.forEach(below -> show(below, files));
    }

    // ---- afterwards

    /** What nobody can retract any more is forgotten; that something was retracted stays. */
    @Scheduled(cron = "0 */10 * * * *", zone = "Asia/Shanghai")
    public void sweep() {
        jdbc.sql("update casefile_sweep set at = ? where name = 'retraction'")
                .param(at(clock.instant()))
                .update();
        int forgotten = jdbc.sql("delete from casefile_retraction where until < ? and retracted_at is null")
                .param(at(clock.instant().minus(KEPT)))
                .update();
        if (forgotten > 0) audit.record("casefile.forgetRetractions", null, forgotten + "项");
    }

    private static String json(Noted noted) {
        try {
            return JSON.writeValueAsString(noted);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Noted noted(String text) {
        try {
            return JSON.readValue(text, Noted.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Kept kept(ResultSet row, int n) throws SQLException {
        return new Kept(
                row.getString("id"),
                row.getString("case_number"),
                row.getString("process"),
                row.getString("task"),
                row.getString("task_id"),
                row.getString("instance_id"),
                row.getString("name"),
                row.getString("person"),
                row.getString("stood_for"),
                row.getString("holder"),
                row.getString("told_as"),
                instant(row, "at"),
                instant(row, "until"),
                row.getString("why"),
                row.getString("noted"),
                row.getObject("retracted_at") != null);
    }
}
