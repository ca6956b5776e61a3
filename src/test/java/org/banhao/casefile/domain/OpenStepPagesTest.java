package org.banhao.casefile.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.banhao.base.Refusal;
import org.banhao.casefile.CasefileDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenStepPagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TASKS = 10_000;
    private static final int GROUPS = 300;
    private static final int PEOPLE = 500;

    /** One open task as the test remembers it. */
    private record Task(String id, String assignee, TreeSet<String> groups, Instant due, boolean key, int priority) {}

    /** A city's worth: 10,000 open tasks in 15,000 rows. */
    private record City(House house, List<Task> tasks, Map<String, List<String>> groupsOf) {}

    private static City city(CasefileDatabase database) {
        House house = House.on(database);
        Random random = new Random(7);
        List<Task> tasks = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        Instant now = house.clock.now;
        for (int i = 0; i < TASKS; i++) {
            TreeSet<String> groups = new TreeSet<>();
            groups.add("unit-" + random.nextInt(GROUPS) + ".liaison");
            if (i % 2 == 0) while (groups.size() < 2) groups.add("unit-" + random.nextInt(GROUPS) + ".liaison");
            String assignee = random.nextInt(3) == 0 ? "p" + random.nextInt(PEOPLE) : null;
            Instant due = random.nextInt(10) == 0 ? null : now.plus(Duration.ofHours(random.nextInt(1200) - 400));
            Task task = new Task("task-%05d".formatted(i), assignee, groups, due, random.nextInt(20) == 0, i % 3);
            tasks.add(task);
            for (String group : groups) {
                rows.add(new Object[] {
                    task.id,
                    group,
                    assignee,
                    "办理" + i % 7,
                    "proposalHandling",
                    "提案办理",
                    "def",
                    "userTask_x",
                    "inst" + i,
                    "exec" + i,
                    task.priority,
                    at(now.minusSeconds(i)),
                    at(due),
                    false,
                    "TA-2026-%06d".formatted(i),
                    "关于第" + i + "件事的提案",
                    "单位" + i % 50,
                    task.key
                });
            }
        }
        int[] types = new int[18];
        Arrays.fill(types, Types.VARCHAR);
        types[10] = Types.INTEGER;
        types[11] = types[12] = Types.TIMESTAMP_WITH_TIMEZONE;
        types[13] = types[17] = Types.BOOLEAN;
        var template = new org.springframework.jdbc.core.JdbcTemplate(database.source());
        house.transaction.executeWithoutResult(status -> template.batchUpdate(
                "insert into casefile_open_step (task_id, group_id, assignee, name, process, process_name, definition_id,"
                        + " task, instance_id, execution_id, priority, created, due, suspended, number, title, unit, important)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
                types));
        house.jdbc
                .sql(database == CasefileDatabase.H2 ? "analyze" : "vacuum analyze casefile_open_step")
                .update();
        assertThat(rows).hasSize(15_000);
        Map<String, List<String>> groupsOf = new TreeMap<>();
        for (int p = 0; p < PEOPLE; p++) {
            groupsOf.put("p" + p, List.of("unit-" + p % GROUPS + ".liaison", "unit-" + p * 7 % GROUPS + ".liaison"));
        }
        return new City(house, tasks, groupsOf);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @EnumSource
    void what_fifty_people_are_shown_in_every_filter_equals_a_check_row_by_row(CasefileDatabase database)
            throws Exception {
        City city = city(database);
        Random random = new Random(11);
        int shown = 0;
        for (int i = 0; i < 50; i++) {
            String me = "p" + random.nextInt(PEOPLE);
            List<String> groups = city.groupsOf.get(me);
            JsonNode filters = JSON.readTree(city.house.pages.filters(me, groups, true));
            assertThat(filters).hasSize(6);
            for (JsonNode filter : filters) {
                TaskFilter which = TaskFilter.of(filter.path("id").asText()).orElseThrow();
                Predicate<Task> mine = rule(which, me, groups, city.house.clock.now);
                List<String> expected = city.tasks.stream()
                        .filter(mine)
                        .sorted(Comparator.comparing(Task::due, Comparator.nullsLast(Comparator.naturalOrder()))
                                .thenComparing(Task::id))
                        .map(Task::id)
                        .toList();
                assertThat(city.house.pages.count(me, groups, which.id, "{}")).isEqualTo(expected.size());
                assertThat(filter.path("itemCount").asLong()).isEqualTo(expected.size());
                List<String> got = new ArrayList<>();
                for (int first = 0; first < expected.size(); first += 15) {
                    JsonNode page = page(city.house, me, groups, which, "{}", first, 15);
                    assertThat(page.path("count").asInt()).isEqualTo(expected.size());
                    page.path("_embedded")
                            .path("task")
                            .forEach(t -> got.add(t.path("id").asText()));
                }
                assertThat(got).as("%s of %s", which, me).containsExactlyElementsOf(expected);
                shown += got.size();
            }
        }
        assertThat(shown).isGreaterThan(5_000);
    }

    private static Predicate<Task> rule(TaskFilter filter, String me, List<String> groups, Instant now) {
        Predicate<Task> held = t -> me.equals(t.assignee);
        Predicate<Task> offered = t -> t.assignee == null && t.groups.stream().anyMatch(groups::contains);
        Predicate<Task> all = held.or(offered);
        return switch (filter) {
            case WAITING -> all;
            case TO_SIGN -> offered;
            case MINE -> held;
            case LATE -> all.and(t -> t.due != null && t.due.isBefore(now));
            case SOON ->
                all.and(t -> t.due != null && !t.due.isBefore(now) && t.due.isBefore(now.plus(Duration.ofDays(7))));
            case KEY -> all.and(Task::key);
        };
    }

    @Test
    void on_postgresql_no_list_reads_the_whole_table_and_a_page_takes_milliseconds() {
        City city = city(CasefileDatabase.POSTGRES);
        House house = city.house;
        List<Long> times = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 400; i++) {
            String me = "p" + random.nextInt(PEOPLE);
            TaskFilter filter = TaskFilter.values()[i % TaskFilter.values().length];
            long from = System.nanoTime();
            house.pages.page(
                    me, city.groupsOf.get(me), filter.id, i % 2 == 0 ? CREATED : "{}", i % 3 == 0 ? 15 : 0, 15);
            if (i >= 100) times.add(System.nanoTime() - from);
        }
        times.sort(null);
        System.out.printf("page p50 %.2f ms, p99 %.2f ms%n", times.get(150) / 1e6, times.get(297) / 1e6);
        // the goal is 5 ms through the whole stack; here only the statement and the JSON, on a machine others use as
        // well
        assertThat(times.get(150)).isLessThan(5_000_000);
        // what the statements did, from the server itself
        String plans = house.in(() -> {
            house.jdbc.sql("set local plan_cache_mode = force_generic_plan").update();
            StringBuilder all = new StringBuilder();
            for (TaskFilter filter : TaskFilter.values()) {
                all.append(String.join("\n", explain(house, filter, city.groupsOf.get("p42"))))
                        .append('\n');
            }
            return all.toString();
        });
        assertThat(plans).contains("casefile_open_step_group").doesNotContain("Seq Scan");
    }

    private static final String CREATED = "{\"sorting\":[{\"sortBy\":\"created\",\"sortOrder\":\"desc\"}]}";

    /** The very statement of a page, with its parameters put in. */
    private static List<String> explain(House house, TaskFilter filter, List<String> groups) {
        List<String> plan = new ArrayList<>();
        for (String query : List.of(CREATED, "{}")) {
            OpenStepPages.Query asked = house.pages.query("p42", groups, filter.id, query);
            asked.parameters().put("max", 15);
            asked.parameters().put("first", 0);
            plan.addAll(house.jdbc
                    .sql("explain " + OpenStepPages.pageOf(asked))
                    .params(asked.parameters())
                    .query(String.class)
                    .list());
        }
        return plan;
    }

    @ParameterizedTest
    @EnumSource
    void search_finds_by_name_number_title_and_unit_and_nothing_foreign(CasefileDatabase database) throws Exception {
        City city = city(database);
        House house = city.house;
        Task mine = city.tasks.stream()
                .filter(t -> "p1".equals(t.assignee))
                .findFirst()
                .orElseThrow();
        Task foreign = city.tasks.stream()
                .filter(t -> "p2".equals(t.assignee))
                .findFirst()
                .orElseThrow();
        String number = "ta-2026-" + mine.id.substring(5).transform("0"::concat);
        List<String> groups = city.groupsOf.get("p1");
        assertThat(ids(house, groups, "{\"nameLike\":\"%" + number + "%\"}")).containsExactly(mine.id);
        assertThat(ids(house, groups, "{\"orQueries\":[{\"nameLike\":\"" + number + "\"}]}"))
                .containsExactly(mine.id);
        assertThat(ids(
                        house,
                        groups,
                        "{\"processVariables\":[{\"name\":\"number\",\"operator\":\"eq\",\"value\":\"" + number
                                + "\"}],\"taskVariables\":[]}"))
                .containsExactly(mine.id);
        String foreignNumber = "TA-2026-0" + foreign.id.substring(5);
        assertThat(ids(house, groups, "{\"nameLike\":\"" + foreignNumber + "\"}"))
                .isEmpty();
        assertThat(ids(house, groups, "{\"nameLike\":\"办理\"}"))
                .hasSize((int) house.pages.count("p1", groups, TaskFilter.WAITING.id, ""));
    }

    @ParameterizedTest
    @EnumSource
    void hostile_questions_are_refused_or_find_nothing(CasefileDatabase database) throws Exception {
        House house = House.on(database);
        house.publish(house.offered("t1", null, "p1", List.of("a"), true));
        List<String> groups = List.of("a");
        for (String text : List.of("' or 1=1 --", "\\", "%\\", "') or (1=1", "a'||(select 1)||'")) {
            String query = JSON.writeValueAsString(Map.of("nameLike", text));
            assertThat(ids(house, groups, query)).as(text).isEmpty();
        }
        for (String query : List.of(
                "nonsense",
                "[]",
                "{\"assignee\":\"p2\"}",
                "{\"assigneeExpression\":\"${1}\"}",
                "{\"nameLike\":\"" + "长".repeat(201) + "\"}",
                "{\"nameLike\":\"a\\u0000\"}",
                "{\"processVariables\":[{\"name\":\"description\",\"operator\":\"eq\",\"value\":\"x\"}]}",
                "{\"processVariables\":[{\"name\":\"number\",\"operator\":\"gt\",\"value\":\"x\"}]}")) {
            assertThatThrownBy(() -> ids(house, groups, query)).as(query).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> house.pages.page("p1", groups, "x' or '1'='1", "{}", 0, 15))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> house.pages.page("p1", groups, TaskFilter.WAITING.id, "{}", -1, 15))
                .isInstanceOf(Refusal.class);
        // a sort that is not on the list changes nothing but the order
        assertThat(ids(house, groups, "{\"sorting\":[{\"sortBy\":\"(select 1)\",\"sortOrder\":\"asc\"}]}"))
                .containsExactly("t1");
    }

    @ParameterizedTest
    @EnumSource
    void every_sort_works_with_dates_that_are_missing_last(CasefileDatabase database) throws Exception {
        House house = House.on(database);
        house.publish(house.offered("b", null, null, List.of("a"), true));
        house.publish(withoutDue(house.offered("a", null, null, List.of("a"), true)));
        for (String by : List.of("created", "dueDate", "priority", "nameCaseInsensitive", "name", "assignee", "id")) {
            for (String direction : List.of("asc", "desc")) {
                String query = "{\"sorting\":[{\"sortBy\":\"" + by + "\",\"sortOrder\":\"" + direction + "\"}]}";
                List<String> ids = ids(house, List.of("a"), query);
                assertThat(ids).containsExactlyInAnyOrder("a", "b");
                if (by.equals("dueDate")) assertThat(ids).containsExactly("b", "a");
            }
        }
        String byNumber =
                "{\"sorting\":[{\"sortBy\":\"processVariable\",\"sortOrder\":\"asc\",\"parameters\":{\"variable\":\"number\",\"type\":\"String\"}}]}";
        assertThat(ids(house, List.of("a"), byNumber)).hasSize(2);
    }

    private static org.banhao.flow.StepEvent.StepOffered withoutDue(org.banhao.flow.StepEvent.StepOffered s) {
        return new org.banhao.flow.StepEvent.StepOffered(
                s.step(),
                s.name(),
                s.description(),
                s.assignee(),
                s.groups(),
                null,
                s.priority(),
                s.created(),
                s.processName(),
                s.executionId(),
                s.suspended(),
                s.first());
    }

    @ParameterizedTest
    @EnumSource
    void a_card_carries_number_title_unit_and_a_light_with_its_word(CasefileDatabase database) throws Exception {
        House house = House.on(database);
        String number = house.openCase("关于校门口拥堵的提案");
        house.cases.key(number, true);
        house.publish(house.offered("t1", number, null, List.of("a", "b"), true));
        house.clock.now = house.clock.now.plus(Duration.ofDays(3));
        JsonNode task = page(house, "p", List.of("a", "b"), TaskFilter.WAITING, "{}", 0, 15)
                .path("_embedded")
                .path("task")
                .path(0);
        assertThat(task.path("caseNumber").asText()).isEqualTo(number);
        assertThat(task.path("caseTitle").asText()).isEqualTo("关于校门口拥堵的提案");
        assertThat(task.path("unit").asText()).isEqualTo("卫林书");
        assertThat(task.path("key").asBoolean()).isTrue();
        assertThat(task.path("dueLight").asText()).isEqualTo("late");
        assertThat(task.path("dueText").asText()).isEqualTo("逾期2天");
        assertThat(task.path("due").asText()).isEqualTo("2026-03-27T10:00:00.000+0800");
    }

    @Test
    void filters_carry_ids_the_door_lets_through_and_words_of_the_role() throws Exception {
        House house = House.on(CasefileDatabase.H2);
        JsonNode unit = JSON.readTree(house.pages.filters("p", List.of("education-bureau.liaison"), false));
        assertThat(names(unit)).containsExactly("待办", "本单位待签收", "我的在办", "7日内到期", "逾期", "重点");
        JsonNode member = JSON.readTree(house.pages.filters("p", List.of("member"), false));
        assertThat(names(member)).containsExactly("待办", "我的在办", "7日内到期", "逾期");
        for (JsonNode filter : unit) {
            assertThat(filter.path("id").asText()).matches(Pattern.compile("[0-9a-f-]{36}"));
            assertThat(filter.path("properties").path("variables"))
                    .as("the card says it already")
                    .isEmpty();
            assertThat(filter.has("itemCount")).isFalse();
        }
    }

    private static List<String> names(JsonNode filters) {
        List<String> names = new ArrayList<>();
        filters.forEach(f -> names.add(f.path("name").asText()));
        return names;
    }

    private static List<String> ids(House house, List<String> groups, String query) throws Exception {
        List<String> ids = new ArrayList<>();
        page(house, "p1", groups, TaskFilter.WAITING, query, 0, 200)
                .path("_embedded")
                .path("task")
                .forEach(t -> ids.add(t.path("id").asText()));
        return ids;
    }

    private static JsonNode page(
            House house, String me, List<String> groups, TaskFilter filter, String query, int first, int max)
            throws Exception {
        return JSON.readTree(house.pages.page(me, groups, filter.id, query, first, max));
    }
}
