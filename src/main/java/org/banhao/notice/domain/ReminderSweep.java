package org.banhao.notice.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.StandingIn.Absent;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.calendar.OpenDeadlines;
import org.banhao.calendar.WorkCalendar;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.notice.CaseWatch;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.notice.Reminders;
import org.banhao.notice.Reminders.Rung;
import org.banhao.notice.Reminders.Told;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Substitutions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 催办: climbs the ladder of each open deadline, in the working hours of working days. Only the highest rung that is reached counts:
 * after a standstill nobody gets the missed ones. Each person is told once for each date and rung; a date that was moved begins anew,
 * and who takes a step over is told where it stands, those above are not told again. Deadlines that ended, rest with their case or wait for nobody's step are silent.
 */
@Component
class ReminderSweep {

    static final String NAME = "reminders";
    /** One round is one transaction; what is left over is told ten minutes later. */
    private static final int MOST = 200;

    static final LocalTime FROM = LocalTime.of(8, 30);
    private static final Logger LOG = LoggerFactory.getLogger(ReminderSweep.class);

    private final JdbcClient jdbc;
    private final SweepLock lock;
    private final Reminders reminders;
    private final OpenDeadlines deadlines;
    private final Deadlines register;
    private final OpenSteps steps;
    private final CaseFiles cases;
    private final Map<String, CaseWatch> watches;
    private final People people;
    private final Substitutions substitutions;
    private final Notices notices;
    private final WorkCalendar calendar;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate round;
    private final TransactionTemplate one;

    ReminderSweep(
            JdbcClient jdbc,
            SweepLock lock,
            Reminders reminders,
            OpenDeadlines deadlines,
            Deadlines register,
            OpenSteps steps,
            CaseFiles cases,
            List<CaseWatch> watches,
            People people,
            Substitutions substitutions,
            Notices notices,
            WorkCalendar calendar,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.lock = lock;
        this.reminders = reminders;
        this.deadlines = deadlines;
        this.register = register;
        this.steps = steps;
        this.cases = cases;
        this.watches = watches.stream().collect(Collectors.toMap(CaseWatch::kind, watch -> watch));
        this.people = people;
        this.substitutions = substitutions;
        this.notices = notices;
        this.calendar = calendar;
        this.audit = audit;
        this.clock = clock;
        this.round = new TransactionTemplate(transactions);
        this.one = new TransactionTemplate(transactions);
        this.one.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Scheduled(cron = "${banhao.notice.reminders:0 */10 * * * *}", zone = "Asia/Shanghai")
    void onTime() {
        OfficeHours.patiently(this::sweep, "Deadlines could not remind");
    }

    /** @return how many deadlines told somebody */
    int sweep() {
        return OfficeHours.within(FROM, calendar, clock, this::round);
    }

    private int round(WorkingDays days, LocalDate today) {
        return Objects.requireNonNull(round.execute(status -> {
            if (lock.take(NAME).isEmpty()) return 0;
            int told = climb(days, today);
            lock.done(NAME);
            return told;
        }));
    }

    private int climb(WorkingDays days, LocalDate today) {
        Map<String, List<Rung>> ladders = reminders.ladders();
        int farthest = ladders.values().stream()
                .flatMap(List::stream)
                .mapToInt(rung -> -rung.days())
                .max()
                .orElse(0);
        LocalDate last = farthest <= 0 ? today : days.from(today, farthest);
        // days off at the end of the term belong to its last working day
        Instant until = days.from(last, 1).atStartOfDay(ChineseTime.ZONE).toInstant();
        Map<Long, Climbed> climbed = climbed();
        Map<String, List<OpenStep>> open = steps.all().stream()
                .collect(Collectors.groupingBy(OpenStep::instanceId, LinkedHashMap::new, Collectors.toList()));
        List<Absent> away = substitutions.today();
        Set<Long> seen = new LinkedHashSet<>();
        Set<String> above = new HashSet<>();
        int told = 0;
        for (Deadline deadline : deadlines.dueBefore(until)) {
            seen.add(deadline.id());
            if (told >= MOST) continue;
            List<OpenStep> owing = owing(deadline, open);
            Optional<Rung> rung = reached(ladder(ladders, deadline), deadline, days, today);
            if (owing.isEmpty() || rung.isEmpty()) continue;
            Climbed now = new Climbed(deadline.due(), rung.get().days(), owners(owing, away));
            if (now.equals(climbed.get(deadline.id()))) continue;
            try {
                one.executeWithoutResult(status -> tell(deadline, rung.get(), owing, away, now, days, today, above));
                told++;
            } catch (RuntimeException e) {
                // one that cannot be told must not keep the others silent
                LOG.error("Deadline {} of {} did not remind", deadline.id(), deadline.caseNumber(), e);
            }
        }
        climbed.keySet().stream().filter(id -> !seen.contains(id)).forEach(this::forget);
        return told;
    }

    private static List<Rung> ladder(Map<String, List<Rung>> ladders, Deadline deadline) {
        List<Rung> own = ladders.get(deadline.key());
        return own == null ? ladders.getOrDefault(Reminders.USUAL, List.of()) : own;
    }

    /** The step that carries the date; where it is not there yet, what the same instance waits for until then. */
    private static List<OpenStep> owing(Deadline deadline, Map<String, List<OpenStep>> open) {
        if (deadline.instanceId() == null) return List.of();
        List<OpenStep> all = open.getOrDefault(deadline.instanceId(), List.of());
        List<OpenStep> own =
                all.stream().filter(step -> step.task().equals(deadline.task())).toList();
        return own.isEmpty() ? all : own;
    }

    /** What lies on the day the term began or before is no reminder. */
    private static Optional<Rung> reached(List<Rung> ladder, Deadline deadline, WorkingDays days, LocalDate today) {
        LocalDate due = ChineseTime.day(deadline.due());
        LocalDate start = ChineseTime.day(deadline.start());
        Rung highest = null;
        for (Rung rung : ladder) {
            LocalDate day = days.from(due, rung.days());
            if (!day.isAfter(today) && day.isAfter(start)) highest = rung;
        }
        return Optional.ofNullable(highest);
    }

    private void tell(
            Deadline deadline,
            Rung rung,
            List<OpenStep> owing,
            List<Absent> away,
            Climbed now,
            WorkingDays days,
            LocalDate today,
            Set<String> above) {
        Map<String, Boolean> receivers = receivers(deadline.caseNumber(), rung, owing);
        Map<String, String> standIns = standIns(receivers, owing, away);
        Set<String> heard = heard(deadline, rung);
        receivers.entrySet().removeIf(one -> !one.getValue() && heard.contains(one.getKey()));
        // two units' replies may lie with one and the same office: those above read of it once
        String sentence = key(deadline.caseNumber() + ":" + deadline.key(), deadline, rung) + holders(owing) + ":";
        receivers.entrySet().removeIf(one -> !one.getValue() && !above.add(sentence + one.getKey()));
        receivers.forEach((person, owner) -> {
            Map<String, String> values = new HashMap<>();
            String absent = standIns.get(person);
            if (absent != null) values.put("absent", absent);
            values.put("step", deadline.name());
            values.put("state", state(deadline, days, today));
            values.put("dueText", ChineseTime.text(deadline.due()));
            if (owner) values.put("advice", advice(person));
            else values.put("holder", holders(owing));
            // who owes the same thing of one case twice, such as to two units, reads one sentence; those above read who
            // holds it
            String what = owner ? deadline.caseNumber() + ":" + deadline.key() : String.valueOf(deadline.id());
            notices.tell(
                    new Notice(key(what, deadline, rung) + person, "reminder", person, deadline.caseNumber(), values));
        });
        forget(deadline.id());
        jdbc.sql("insert into notice_ladder (deadline_id, due_at, days, owners, told_at) values (?, ?, ?, ?, ?)")
                .params(
                        deadline.id(),
                        now.due().atOffset(ZoneOffset.UTC),
                        now.days(),
                        now.owners(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        audit.record(
                "notice.remind",
                deadline.caseNumber(),
                deadline.key() + " " + rung.days() + "，" + receivers.size() + "人");
    }

    private static String key(String what, Deadline deadline, Rung rung) {
        return "reminder:" + what + ":" + deadline.due().getEpochSecond() + ":" + rung.days() + ":";
    }

    /**
     * Who was told the same rung above a row that has ended and in whose place this one stands: who handles the case changed, as when a
     * unit's cases go over, what is owed and when did not.
     */
    private Set<String> heard(Deadline deadline, Rung rung) {
        List<String> before = register.of(deadline.caseNumber()).stream()
                .filter(row -> !row.state().equals("open")
                        && row.key().equals(deadline.key())
                        && row.due().equals(deadline.due()))
                .map(row -> key(String.valueOf(row.id()), deadline, rung))
                .toList();
        if (before.isEmpty()) return Set.of();
        Set<String> heard = new HashSet<>();
        jdbc.sql("select notice_key, person_id from notice_outbox where case_number = ? and template = 'reminder'")
                .param(deadline.caseNumber())
                .query(rs -> {
                    String told = rs.getString("notice_key");
                    if (before.stream().anyMatch(told::startsWith)) heard.add(rs.getString("person_id"));
                });
        return heard;
    }

    /** A proposer cannot ask for more time. */
    private String advice(String owner) {
        return people.membershipsOf(owner).isEmpty() ? "请及时办理；确需延期的，请在到期前按规定申请。" : "请及时办理。";
    }

    private String state(Deadline deadline, WorkingDays days, LocalDate today) {
        LocalDate due = ChineseTime.day(deadline.due());
        if (deadline.due().isBefore(clock.instant())) {
            int late = days.between(due, today);
            return late == 0 ? "今天已逾期" : "已逾期" + late + "个工作日";
        }
        return due.equals(today) ? "今天到期" : "还有" + days.between(today, due) + "个工作日到期";
    }

    /** Person → whether he owes the step himself. */
    private Map<String, Boolean> receivers(String caseNumber, Rung rung, List<OpenStep> owing) {
        Map<String, Boolean> receivers = new LinkedHashMap<>();
        List<String> groups = owing.stream()
                .flatMap(step -> step.groups().stream())
                .distinct()
                .toList();
        List<String> units = groups.stream()
                .filter(group -> group.contains("."))
                .map(group -> group.substring(0, group.indexOf('.')))
                .distinct()
                .toList();
        if (rung.told().contains(Told.OWNER)) {
            for (OpenStep step : owing) {
                if (step.assignee() != null) receivers.put(step.assignee(), true);
                else step.groups().forEach(group -> members(group, true, receivers));
            }
        }
        if (rung.told().contains(Told.UNIT)) {
            for (String unit : units) {
                members(unit + ".liaison", false, receivers);
                members(unit + ".deputy", false, receivers);
            }
        }
        CaseWatch watch =
                cases.find(caseNumber).map(row -> watches.get(row.kind())).orElse(null);
        if (rung.told().contains(Told.OFFICE) && watch != null) {
            watch.office(caseNumber, groups).forEach(group -> members(group, false, receivers));
        }
        if (rung.told().contains(Told.LEADER)) {
            units.forEach(unit -> members(unit + ".head", false, receivers));
            if (watch != null) watch.leaders(caseNumber, groups).forEach(group -> members(group, false, receivers));
        }
        return receivers;
    }

    /** Adds who stands in for one of them today. @return substitute → for whom */
    private static Map<String, String> standIns(
            Map<String, Boolean> receivers, List<OpenStep> owing, List<Absent> away) {
        Map<String, String> standIns = new HashMap<>();
        for (Absent absent : away) {
            Boolean owner = receivers.get(absent.id());
            if (owner == null || receivers.containsKey(absent.by())) continue;
            if (owner && owing.stream().noneMatch(step -> step.lentBy(absent))) continue;
            receivers.put(absent.by(), owner);
            standIns.put(absent.by(), absent.name());
        }
        return standIns;
    }

    private void members(String group, boolean owner, Map<String, Boolean> receivers) {
        people.membersOf(group).stream().map(Person::id).forEach(person -> receivers.putIfAbsent(person, owner));
    }

    /** 教育局·联络员；with the name when somebody has signed for it */
    private String holders(List<OpenStep> owing) {
        return owing.stream()
                .map(step -> {
                    String who = step.assignee() == null ? "待签收" : people.nameOf(step.assignee());
                    String groups =
                            step.groups().stream().map(people::groupName).collect(Collectors.joining("、"));
                    return groups.isEmpty() ? who : groups + "（" + who + "）";
                })
                .distinct()
                .collect(Collectors.joining("；"));
    }

    /** With who stands in for them: whose absence begins after the rung is told where the step stands as well. */
    private static String owners(Collection<OpenStep> owing, List<Absent> away) {
        Stream<String> substitutes = away.stream()
                .filter(absent -> owing.stream().anyMatch(step -> step.lentBy(absent)))
                .map(absent -> absent.id() + ">" + absent.by());
        Stream<String> owners = owing.stream()
                .map(step -> step.assignee() == null ? String.join(",", step.groups()) : "@" + step.assignee());
        return Stream.concat(owners, substitutes)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private void forget(long deadline) {
        jdbc.sql("delete from notice_ladder where deadline_id = ?")
                .param(deadline)
                .update();
    }

    private Map<Long, Climbed> climbed() {
        Map<Long, Climbed> all = new HashMap<>();
        jdbc.sql("select * from notice_ladder").query(rs -> {
            all.put(
                    rs.getLong("deadline_id"),
                    new Climbed(
                            rs.getObject("due_at", OffsetDateTime.class).toInstant(),
                            rs.getInt("days"),
                            rs.getString("owners")));
        });
        return all;
    }

    /** What was told last of a deadline. */
    private record Climbed(Instant due, int days, String owners) {}
}
