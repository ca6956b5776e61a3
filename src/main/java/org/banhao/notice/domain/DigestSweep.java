package org.banhao.notice.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.StandingIn.Absent;
import org.banhao.calendar.OpenDeadlines;
import org.banhao.calendar.WorkCalendar;
import org.banhao.casefile.DueLight;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Substitutions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 每日提要: at eight on working days one message to each person with something new, near or late among what he holds or may sign for.
 * Once for each person and day, on whichever node; a server that stood still at eight does it when it runs again that day.
 */
@Component
class DigestSweep {

    static final String NAME = "digest";
    private static final LocalTime FROM = LocalTime.of(8, 0);
    private static final int MOST_LINES = 20;
    private static final Logger LOG = LoggerFactory.getLogger(DigestSweep.class);

    private final SweepLock lock;
    private final OpenSteps steps;
    private final OpenDeadlines deadlines;
    private final People people;
    private final Substitutions substitutions;
    private final Preferences preferences;
    private final Notices notices;
    private final WorkCalendar calendar;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate round;
    private final TransactionTemplate one;

    DigestSweep(
            SweepLock lock,
            OpenSteps steps,
            OpenDeadlines deadlines,
            People people,
            Substitutions substitutions,
            Preferences preferences,
            Notices notices,
            WorkCalendar calendar,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.lock = lock;
        this.steps = steps;
        this.deadlines = deadlines;
        this.people = people;
        this.substitutions = substitutions;
        this.preferences = preferences;
        this.notices = notices;
        this.calendar = calendar;
        this.audit = audit;
        this.clock = clock;
        this.round = new TransactionTemplate(transactions);
        this.one = new TransactionTemplate(transactions);
        this.one.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Scheduled(cron = "${banhao.notice.digest:30 */5 * * * *}", zone = "Asia/Shanghai")
    void onTime() {
        OfficeHours.patiently(this::sweep, "The daily digest could not be written");
    }

    /** @return how many people got one */
    int sweep() {
        return OfficeHours.within(FROM, calendar, clock, this::round);
    }

    private int round(WorkingDays days, LocalDate today) {
        return Objects.requireNonNull(round.execute(status -> {
            Optional<SweepLock.Held> held = lock.take(NAME);
            if (held.isEmpty()) return 0;
            Instant last = held.get().lastAt();
            if (last != null && ChineseTime.day(last).equals(today)) return 0;
            int told = write(today, since(days, today));
            lock.done(NAME);
            audit.record("notice.digest", null, today + "，" + told + "人");
            return told;
        }));
    }

    /** What came after the digest of the working day before is new. */
    private static Instant since(WorkingDays days, LocalDate today) {
        return days.from(today, -1).atTime(FROM).atZone(ChineseTime.ZONE).toInstant();
    }

    private int write(LocalDate today, Instant since) {
        Set<String> off = preferences.withoutDigest();
        int told = 0;
        Map<String, Map<String, OpenStep>> work = work();
        standIns(work);
        for (Map.Entry<String, Map<String, OpenStep>> entry : work.entrySet()) {
            if (off.contains(entry.getKey())) continue;
            Digest digest = Digest.of(entry.getValue().values(), clock.instant(), since);
            if (digest.isEmpty()) continue;
            try {
                one.executeWithoutResult(status -> notices.tell(notice(entry.getKey(), today, digest)));
                told++;
            } catch (RuntimeException e) {
                // one that cannot be told must not keep the others silent
                LOG.error("No digest for {}", entry.getKey(), e);
            }
        }
        return told;
    }

    /** Open steps but those whose time has passed and was let pass: they may still be done, and nobody is pressed for them daily. */
    private List<OpenStep> pressing() {
        List<OpenStep> all = steps.all();
        Instant now = clock.instant();
        Predicate<OpenStep> late = step -> step.due() != null && step.due().isBefore(now);
        Set<String> lapsed =
                deadlines
                        .lapsed(all.stream()
                                .filter(late)
                                .map(OpenStep::instanceId)
                                .collect(Collectors.toSet()))
                        .stream()
                        .map(deadline -> deadline.instanceId() + " " + deadline.task())
                        .collect(Collectors.toSet());
        return all.stream()
                .filter(step -> !late.test(step) || !lapsed.contains(step.instanceId() + " " + step.task()))
                .toList();
    }

    /** Person → what he holds, and what is offered to his groups and held by nobody. */
    private Map<String, Map<String, OpenStep>> work() {
        Map<String, List<String>> members = new HashMap<>();
        Function<String, List<String>> membersOf = group -> members.computeIfAbsent(
                group, id -> people.membersOf(id).stream().map(Person::id).toList());
        Map<String, Map<String, OpenStep>> work = new TreeMap<>();
        for (OpenStep step : pressing()) {
            String holder = step.assignee();
            List<String> persons = holder != null
                    ? List.of(holder)
                    : step.groups().stream()
                            .map(membersOf)
                            .flatMap(List::stream)
                            .toList();
            persons.forEach(person ->
                    work.computeIfAbsent(person, id -> new LinkedHashMap<>()).put(step.taskId(), step));
        }
        return work;
    }

    /** Who stands in for somebody today finds that one's work beside his own. */
    private void standIns(Map<String, Map<String, OpenStep>> work) {
        Map<String, Map<String, OpenStep>> own = new HashMap<>();
        work.forEach((person, steps) -> own.put(person, new LinkedHashMap<>(steps)));
        for (Absent absent : substitutions.today()) {
            own.getOrDefault(absent.id(), Map.of()).forEach((task, step) -> {
                if (step.lentBy(absent)) {
                    work.computeIfAbsent(absent.by(), id -> new LinkedHashMap<>())
                            .putIfAbsent(task, step.named(step.name() + "（代" + absent.name() + "）"));
                }
            });
        }
    }

    private static Notice notice(String person, LocalDate today, Digest digest) {
        Map<String, String> values = new HashMap<>();
        values.put("day", ChineseTime.text(today));
        values.put("counts", digest.counts());
        values.put("link", "/");
        if (digest.lines().size() > MOST_LINES) {
            values.put("more", "另有" + (digest.lines().size() - MOST_LINES) + "件，请在“我的待办”中查看。");
        }
        return new Notice(
                "digest:" + today + ":" + person,
                "digest",
                person,
                null,
                values,
                digest.lines().stream().limit(MOST_LINES).toList());
    }

    /** Each step stands once, where it hurts most. */
    private record Digest(String counts, List<String> lines) {

        private enum Part {
            LATE("逾期"),
            TODAY("今日到期"),
            SOON("3日内到期"),
            NEW("新到");

            final String words;

            Part(String words) {
                this.words = words;
            }
        }

        boolean isEmpty() {
            return lines.isEmpty();
        }

        static Digest of(Collection<OpenStep> steps, Instant now, Instant since) {
            Map<Part, List<OpenStep>> parts = steps.stream()
                    .filter(step -> part(step, now, since).isPresent())
                    .collect(Collectors.groupingBy(
                            step -> part(step, now, since).orElseThrow(), TreeMap::new, Collectors.toList()));
            List<String> counts = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            for (Part part : Part.values()) {
                List<OpenStep> some = parts.getOrDefault(part, List.of());
                if (!some.isEmpty()) counts.add(part.words + some.size() + "件");
                some.stream()
                        .sorted(Comparator.comparing(
                                step -> Optional.ofNullable(step.due()).orElse(Instant.MAX)))
                        .map(step -> line(part, step, now))
                        .forEach(lines::add);
            }
            return new Digest(String.join("、", counts), lines);
        }

        private static Optional<Part> part(OpenStep step, Instant now, Instant since) {
            Instant due = step.due();
            DueLight light = DueLight.of(due, now);
            if (light.light().equals("late")) return Optional.of(Part.LATE);
            if (due != null && ChineseTime.day(due).equals(ChineseTime.day(now))) return Optional.of(Part.TODAY);
            if (light.light().equals("soon")) return Optional.of(Part.SOON);
            return step.created().isBefore(since) ? Optional.empty() : Optional.of(Part.NEW);
        }

        /** No title: what an internal proposal is about is not sent through mail. */
        private static String line(Part part, OpenStep step, Instant now) {
            Instant due = step.due();
            String term = due == null
                    ? ""
                    : "，" + ChineseTime.text(due) + "前办理，"
                            + DueLight.of(due, now).text();
            String number = step.caseNumber().isEmpty() ? "" : step.caseNumber() + " ";
            return part.words + "：" + number + step.name() + term;
        }
    }
}
