package org.banhao.whole.year;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.banhao.base.ActingAs;
import org.banhao.base.Actor;
import org.banhao.base.Refusal;
import org.banhao.casefile.Retractions;
import org.banhao.document.Documents;
import org.banhao.flow.Processes;
import org.banhao.flow.StandIns;
import org.banhao.flow.time.EngineTime;
import org.banhao.people.People;
import org.banhao.people.Substitutions;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the year plays: the application, its time, the dice, and what everybody does in one way. */
final class Scene {

    private static final byte[] PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
            .getBytes(StandardCharsets.US_ASCII);

    /** Keeps the seed as odd or even as it is. */
    private static final long BESIDE = 1L << 40;

    private static final String REAL = "TA-";

    /** Kinds of cases a year lives: proposals, those of a mock session, the solicitation, meetings. */
    private static final List<String> LIVED = List.of(REAL, "MN-", "ZJ-", "HY-");

    private final Whole whole;
    private final Dice dice;
    private final Dice besideDice;
    private final OfficialDays days = new OfficialDays();
    private final Terms terms = new Terms(days);
    private final Agenda agenda = new Agenda();
    private final House house;
    private final Books books = new Books();
    private final Map<String, Integer> documentNumbers = new HashMap<>();
    private Instant now;
    private boolean beside;

    Scene(Whole whole, long seed, Instant begin) {
        this.whole = whole;
        this.dice = new Dice(seed);
        this.besideDice = new Dice(seed ^ BESIDE);
        this.house = new House(whole);
        this.now = begin;
    }

    Dice dice() {
        return beside ? besideDice : dice;
    }

    /**
     * Does it with other dice, and what it plans too: the proposals of a seed live as they would without it. For solicitation, meetings
     * and mock sessions.
     */
    <T> T beside(Supplier<T> act) {
        boolean was = beside;
        beside = true;
        try {
            return act.get();
        } finally {
            beside = was;
        }
    }

    OfficialDays days() {
        return days;
    }

    Terms terms() {
        return terms;
    }

    Agenda agenda() {
        return agenda;
    }

    House house() {
        return house;
    }

    Books books() {
        return books;
    }

    Whole whole() {
        return whole;
    }

    <T> T bean(Class<T> type) {
        return whole.bean(type);
    }

    JdbcClient db() {
        return whole.db();
    }

    // ---- time

    Instant now() {
        return now;
    }

    LocalDate today() {
        return OfficialDays.day(now);
    }

    /** Time never runs back: what is late is done now. */
    void moveTo(Instant moment) {
        if (moment.isAfter(now)) now = moment;
        bean(EngineTime.class).set(now);
    }

    /** Some minute of the office hours of that day, or of the next working day. */
    Instant officeHour(LocalDate day) {
        Instant moment = OfficialDays.at(days.workingDay(day, 0), 9, 5)
                .plus(Duration.ofSeconds(dice().between(0, 7 * 3600 + 1800)));
        return moment.isAfter(now) ? moment : now.plusSeconds(dice().between(60, 900));
    }

    Instant inWorkingDays(int least, int most) {
        int n = dice().between(least, most);
        return n == 0 ? soon() : officeHour(days.workingDay(today(), n));
    }

    private Instant soon() {
        Instant moment = now.plusSeconds(dice().between(300, 7200));
        int hour = moment.atZone(OfficialDays.ZONE).getHour();
        boolean open = hour >= 9 && hour < 17 && days.working(OfficialDays.day(moment));
        return open ? moment : officeHour(days.workingDay(OfficialDays.day(moment), hour < 9 ? 0 : 1));
    }

    void later(Instant at, String what, Supplier<Set<String>> act) {
        agenda.plan(at, what, beside ? () -> beside(act) : act);
    }

    // ---- people

    String name(String person) {
        return bean(People.class).nameOf(person);
    }

    /** Does something under the person's name, as on his own pages. */
    void as(String person, Runnable act) {
        ActingAs.run(new Actor(person, name(person), null, null, ""), act);
    }

    /** Somebody who may do it: who holds it, else one of those it is offered to, but none of these. */
    @Nullable
    String somebody(Todo todo, Collection<String> notThese) {
        String holder = todo.assignee();
        if (holder != null) return holder;
        List<String> able = house.of(todo.groups()).stream()
                .filter(person -> !notThese.contains(person))
                .toList();
        return able.isEmpty() ? null : dice().one(able);
    }

    /** By whom the work of that person is done today; null: he is here, or does it himself because the other one has a hand in the case. */
    @Nullable
    String standIn(String person, Todo todo) {
        return bean(Substitutions.class).today().stream()
                .filter(absent ->
                        absent.id().equals(person) && todo.groups().stream().anyMatch(absent.groups()::contains))
                .map(absent -> absent.by())
                .filter(by -> !hasAHand(by, todo))
                .findFirst()
                .orElse(null);
    }

    private boolean hasAHand(String person, Todo todo) {
        try {
            bean(StandIns.class).forTask(todo.id(), person, bean(People.class).groupsOf(person));
            return false;
        } catch (Refusal mustKeepOut) {
            return true;
        }
    }

    /** Answers by the form, as this person or, while he is away, his substitute at Tasklist. @return who and what, for the trace */
    String answer(Todo todo, String person, Map<String, Object> values) {
        String standIn = standIn(person, todo);
        if (standIn == null) {
            as(person, () -> bean(Processes.class).answer(todo.id(), person, values));
        } else {
            Desk desk = whole.desk(name(standIn));
            if (todo.assignee() == null) Desk.ok(desk.claim(todo.id()), 204);
            Desk.ok(desk.submit(todo.id(), values), 204);
        }
        books.answered(todo, standIn == null ? person : standIn, values.keySet());
        perhapsTakenBack(todo, standIn == null ? person : standIn);
        return (standIn == null ? person : standIn + " for " + person) + " " + values;
    }

    /** 撤回, some minutes later, if nobody has gone on from it. */
    private void perhapsTakenBack(Todo todo, String person) {
        if (!dice().rare(0.03)) return;
        later(now.plusSeconds(dice().between(40, 240)), "takes back " + todo.name() + " of " + todo.number(), () -> {
            Retractions retractions = bean(Retractions.class);
            List<Retractions.Recent> all = retractions.retractable(person, todo.number());
            if (all.isEmpty()) return Set.of();
            Set<String> touched = family(todo.number());
            try {
                as(person, () -> retractions.retract(all.get(0).id(), person));
            } catch (Refusal overtaken) {
                // what is known beforehand is looked at again when he does it
                return Set.of();
            }
            touched.addAll(family(todo.number()));
            return touched;
        });
    }

    String upload(Todo todo, String person) {
        String[] id = new String[1];
        String uploader = java.util.Objects.requireNonNullElse(standIn(person, todo), person);
        as(
                uploader,
                () -> id[0] = bean(Documents.class)
                        .store(
                                todo.number(),
                                todo.id(),
                                "盖章件.pdf",
                                new ByteArrayInputStream(PDF),
                                uploader,
                                name(uploader))
                        .id());
        return id[0];
    }

    InputStream paper() {
        return new ByteArrayInputStream(PDF);
    }

    /** A proposal that counts. */
    static boolean real(String number) {
        return number.startsWith(REAL);
    }

    static boolean mock(String number) {
        return number.startsWith("MN-");
    }

    String draftPaper(String number, String step, String person) {
        return bean(Documents.class)
                .store(null, step, "签字盖章页.pdf", new ByteArrayInputStream(PDF), person, name(person))
                .id();
    }

    /** Each unit counts its own letters. */
    String documentNumber(String unit) {
        int next = documentNumbers.merge(unit, 1, Integer::sum);
        return "长" + unit.substring(0, 4).replace('-', 'x') + "函〔" + today().getYear() + "〕" + next + "号";
    }

    // ---- reading

    <T> List<T> rows(String sql, RowMapper<T> mapper, Object... params) {
        return db().sql(sql).params(List.of(params)).query(mapper).list();
    }

    List<String> texts(String sql, Object... params) {
        return db().sql(sql).params(List.of(params)).query(String.class).list();
    }

    long count(String sql, Object... params) {
        return db().sql(sql).params(List.of(params)).query(Long.class).single();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    String status(String number) {
        return texts("select status from casefile_case where number = ?", number)
                .get(0);
    }

    private long lastRecord;
    private long lastLine;

    /**
     * Cases the house itself has written about since this was asked last, in its audit record and in their timelines: whatever the act
     * was meant to touch.
     */
    Set<String> writtenAbout() {
        // asked by the id alone: another condition would lead the database to another index
        Set<String> numbers = new TreeSet<>(
                texts("select coalesce(case_number, '') from base_audit where id > ? order by id", lastRecord));
        numbers.addAll(texts("select case_number from casefile_timeline where id > ? order by id", lastLine));
        numbers.removeIf(number -> LIVED.stream().noneMatch(number::startsWith));
        lastRecord = count("select coalesce(max(id), 0) from base_audit");
        lastLine = count("select coalesce(max(id), 0) from casefile_timeline");
        return numbers;
    }

    /** The case, the one it was merged into and those merged into it. */
    Set<String> family(String number) {
        Set<String> family = new TreeSet<>(Set.of(number));
        family.addAll(texts(
                "select lead_case from proposal_proposal where case_number = ? and verdict = 'merge' and lead_case is"
                        + " not null",
                number));
        family.addAll(
                texts("select case_number from proposal_proposal where lead_case = ? and verdict = 'merge'", number));
        return family;
    }

    List<Todo> todos(Collection<String> numbers) {
        if (numbers.isEmpty()) return List.of();
        return read(" where s.number in (:numbers)", numbers);
    }

    List<Todo> allTodos() {
        return read("", List.of());
    }

    private List<Todo> read(String where, Collection<String> numbers) {
        Map<String, Todo> found = new LinkedHashMap<>();
        var statement = db().sql("""
            select s.task_id, s.process, s.task, s.number, s.assignee, s.group_id, s.due, s.created, s.instance_id, s.suspended,
              coalesce(h.id, f.id, x.id, r.id, a.id, 0) as row_id
            from casefile_open_step s
              left join proposal_assignment a on a.instance_id = s.instance_id
              left join proposal_handling h on h.instance_id = s.instance_id
              left join proposal_feedback f on f.instance_id = s.instance_id
              left join proposal_extension x on x.instance_id = s.instance_id
              left join proposal_revisit r on r.instance_id = s.instance_id\
            """ + where + " order by s.task_id," + " s.group_id");
        if (!numbers.isEmpty()) statement = statement.param("numbers", numbers);
        statement.query(row -> {
            String id = row.getString("task_id");
            String group = row.getString("group_id");
            Todo known = found.get(id);
            Set<String> groups = new LinkedHashSet<>(known == null ? List.of() : known.groups());
            if (group != null && !group.isEmpty()) groups.add(group);
            found.put(
                    id,
                    new Todo(
                            id,
                            row.getString("process"),
                            row.getString("task"),
                            String.valueOf(row.getString("number")),
                            row.getString("assignee"),
                            List.copyOf(groups),
                            instant(row, "due"),
                            java.util.Objects.requireNonNull(instant(row, "created")),
                            row.getString("instance_id"),
                            row.getBoolean("suspended"),
                            row.getLong("row_id")));
        });
        List<Todo> todos = new ArrayList<>(found.values());
        todos.sort(Comparator.comparing(Todo::number)
                .thenComparing(Todo::process)
                .thenComparing(Todo::task)
                .thenComparing(Todo::row)
                .thenComparing(todo -> todo.groups().toString())
                .thenComparing(todo -> String.valueOf(todo.assignee())));
        return todos;
    }

    @Nullable
    Todo todo(Todo earlier) {
        return todos(List.of(earlier.number())).stream()
                .filter(todo -> todo.id().equals(earlier.id()))
                .findFirst()
                .orElse(null);
    }
}
