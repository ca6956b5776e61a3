package org.banhao.casefile;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.LastWrites;
import org.banhao.base.StandingIn;
import org.banhao.base.Vendor;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.flow.OpenTasks;
import org.banhao.flow.Processes;
import org.banhao.flow.ReadyAnswers;
import org.banhao.flow.StepEvent.StepOffered;
import org.banhao.flow.StepForms;
import org.banhao.people.Letters;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Substitutions;
import org.banhao.people.Unit;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The neighbours of casefile and document, in memory and to be looked into by tests. Not annotated as a configuration: the
 * application scans this package, too.
 */
@NullMarked
public class CasefileFakes {
    @Bean
    public TestClock clock() {
        return new TestClock();
    }

    @Bean
    TestPeople people() {
        return new TestPeople();
    }

    /** Letters are people's matter: here every text is its own. */
    @Bean
    Letters letters() {
        return new Letters() {
            @Override
            public String ofName(String name) {
                return name;
            }

            @Override
            public String initials(String text) {
                return text;
            }
        };
    }

    @Bean
    Vendor vendor(DataSource source) {
        return new Vendor(source);
    }

    @Bean
    LastWrites lastWrites(JdbcClient jdbc, Vendor vendor) {
        return new LastWrites(jdbc, vendor);
    }

    /** Piles have their own tests. */
    @Bean
    ReadyAnswers readyAnswers() {
        return Mockito.mock(ReadyAnswers.class);
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource source) {
        return new JdbcTemplate(source);
    }

    @Bean
    Substitutions substitutions() {
        return new Substitutions() {
            @Override
            public List<StandingIn.Absent> absents(String personId) {
                return List.of();
            }

            @Override
            public List<StandingIn.Absent> today() {
                return List.of();
            }
        };
    }

    @Bean
    TestActor actor() {
        return new TestActor();
    }

    @Bean
    TestAudit audit() {
        return new TestAudit();
    }

    @Bean
    TestDeadlines deadlines(TestClock clock) {
        return new TestDeadlines(clock);
    }

    @Bean
    TestProcesses processes() {
        return new TestProcesses();
    }

    @Bean
    TestForms forms() {
        return new TestForms();
    }

    @Bean
    TestEngine openTasks() {
        return new TestEngine();
    }

    @Bean
    ObjectMapper json() {
        return new ObjectMapper();
    }

    /** Stands still until it is set. */
    public static final class TestClock extends Clock {
        public volatile Instant now = Instant.parse("2026-03-26T02:00:00Z");

        @Override
        public ZoneId getZone() {
            return ChineseTime.ZONE;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    public static final class TestActor implements CurrentActor {
        public volatile Actor actor = new Actor("baoxiaolan", "暴晓岚", null, null, "10.0.0.8");

        @Override
        public Actor get() {
            return actor;
        }
    }

    public static final class TestAudit implements Audit {
        public final List<String> lines = new ArrayList<>();

        @Override
        public synchronized void record(String action, @Nullable String caseNumber, String detail) {
            lines.add(action + " " + caseNumber + " " + detail);
        }
    }

    public static final class TestPeople implements People {
        public final Map<String, String> names = new HashMap<>(Map.of("baoxiaolan", "暴晓岚", "weilinshu", "卫林书"));
        public final Map<String, String> groupNames =
                new HashMap<>(Map.of("proposal-clerk", "提案委员会办公室工作人员", "education-bureau.liaison", "市教育局·联络员"));

        @Override
        public Optional<Person> find(String personId) {
            return Optional.ofNullable(names.get(personId))
                    .map(name -> new Person(personId, name, "", null, null, true));
        }

        @Override
        public String nameOf(String personId) {
            return names.getOrDefault(personId, personId);
        }

        @Override
        public List<String> groupsOf(String personId) {
            return List.of();
        }

        @Override
        public String groupName(String groupId) {
            return groupNames.getOrDefault(groupId, groupId);
        }

        @Override
        public List<Person> membersOf(String groupId) {
            return List.of();
        }

        @Override
        public List<Unit> units() {
            return List.of();
        }

        @Override
        public Optional<Unit> unit(String unitId) {
            return Optional.empty();
        }

        @Override
        public List<Member> members() {
            return List.of();
        }

        @Override
        public Optional<Member> member(String memberId) {
            return Optional.empty();
        }

        @Override
        public List<Member> membershipsOf(String personId) {
            return List.of();
        }
    }

    /** Keeps the contract of {@link Deadlines} in a list; every term is five days. */
    public static final class TestDeadlines implements Deadlines {

        @Override
        public List<Deadline> putBack(
                String caseNumber, List<Deadline> before, Set<Long> since, Map<String, String> renamed) {
            throw new UnsupportedOperationException();
        }

        public final List<Deadline> rows = new ArrayList<>();
        public final List<String> calls = new ArrayList<>();
        private final TestClock clock;

        TestDeadlines(TestClock clock) {
            this.clock = clock;
        }

        @Override
        public Deadline owe(String caseNumber, String key, @Nullable String instanceId, @Nullable String task) {
            return rows.stream()
                    .filter(d -> d.caseNumber().equals(caseNumber)
                            && d.key().equals(key)
                            && d.state().equals("open")
                            && java.util.Objects.equals(d.instanceId(), instanceId))
                    .findFirst()
                    .orElseGet(() -> {
                        Deadline row = new Deadline(
                                rows.size() + 1L,
                                caseNumber,
                                key,
                                "初审",
                                clock.now,
                                clock.now.plusSeconds(5 * 86_400),
                                "本市提案工作规程",
                                "",
                                true,
                                "自2026年3月26日（周四）起5个工作日。",
                                false,
                                "open",
                                instanceId,
                                task);
                        rows.add(row);
                        return row;
                    });
        }

        @Override
        public Deadline fix(String caseNumber, String key, String name, Instant due, String basis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Deadline> open(String caseNumber, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Deadline> open(Collection<String> caseNumbers, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void met(String instanceId, String task) {
            calls.add("met " + instanceId + " " + task);
        }

        @Override
        public void cancel(String instanceId, String task) {
            calls.add("cancel " + instanceId + " " + task);
        }

        @Override
        public void lapsed(long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Deadline move(long id, Instant due, String reason) {
            Deadline old = rows.get((int) id - 1);
            Deadline moved = new Deadline(
                    id,
                    old.caseNumber(),
                    old.key(),
                    old.name(),
                    old.start(),
                    due,
                    old.basis(),
                    old.range(),
                    old.sure(),
                    old.sentence(),
                    old.provisional(),
                    old.state(),
                    old.instanceId(),
                    old.task());
            rows.set((int) id - 1, moved);
            return moved;
        }

        @Override
        public Map<String, List<Deadline>> of(Collection<String> caseNumbers) {
            return caseNumbers.stream()
                    .distinct()
                    .filter(number -> !of(number).isEmpty())
                    .collect(Collectors.toMap(number -> number, number -> of(number)));
        }

        @Override
        public List<Deadline> of(String caseNumber) {
            return rows.stream().filter(d -> d.caseNumber().equals(caseNumber)).toList();
        }

        @Override
        public List<Deadline> recompute(int year) {
            return List.copyOf(rows);
        }
    }

    public static final class TestProcesses implements Processes {
        public final List<String> calls = new ArrayList<>();

        @Override
        public String start(String process, String caseNumber, Map<String, Object> routing) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void answer(String taskId, String person, Map<String, Object> values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void answerFor(String taskId, String person, String decidedBy, Map<String, Object> values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean tell(String instanceId, String message, Map<String, Object> routing) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancel(String instanceId, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void suspend(String caseNumber) {
            calls.add("suspend " + caseNumber);
        }

        @Override
        public void resume(String caseNumber) {
            calls.add("resume " + caseNumber);
        }

        @Override
        public void moveDue(String instanceId, String task, Instant due) {
            calls.add("moveDue " + instanceId + " " + task + " " + due);
        }

        @Override
        public @Nullable String openTask(String instanceId, String task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reoffer(String instanceId, Map<String, String> groups) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(String taskId) {
            calls.add("release " + taskId);
        }

        @Override
        public void handOver(String taskId, String person) {
            throw new UnsupportedOperationException();
        }
    }

    /** Processes somebody may start, and documents somebody's half-filled form names. */
    public static final class TestForms implements StepForms {
        @Override
        public Map<String, Object> draft(String taskId, String person) {
            return Map.of();
        }

        public final List<String> startable = new ArrayList<>();
        public final List<String> drafted = new ArrayList<>();

        @Override
        public boolean mayStart(String process, String person, List<String> groups) {
            return startable.contains(process);
        }

        @Override
        public boolean drafted(String step, String person, String documentId) {
            return drafted.contains(documentId);
        }
    }

    public static final class TestEngine implements OpenTasks {
        public final List<StepOffered> tasks = new ArrayList<>();

        @Override
        public List<StepOffered> all() {
            return List.copyOf(tasks);
        }
    }
}
