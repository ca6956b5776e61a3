package org.banhao.casefile.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn.Absent;
import org.banhao.casefile.DueLight;
import org.banhao.flow.TaskPages;
import org.banhao.people.People;
import org.banhao.people.Substitutions;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tasklist's lists from {@code casefile_open_step}. Whatever is asked, only rows the person holds, or that are offered to
 * one of his groups and held by nobody, can come out, and none of a case that rests (暂停办理): the two arms of {@link #mine},
 * each on its own index. The groups are parameters; a subselect on memberships inside an OR became a sequential scan. Each list
 * is one statement and needs no transaction around it: beginning and ending one would ask the database twice more for the page
 * asked for most.
 */
@Component
class OpenStepPages implements TaskPages {
    private static final int LARGEST_PAGE = 200;
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    private final JdbcClient jdbc;
    private final People people;
    private final Substitutions substitutions;
    private final ObjectMapper json;
    private final Clock clock;

    OpenStepPages(JdbcClient jdbc, People people, Substitutions substitutions, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.substitutions = substitutions;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String filters(String person, List<String> groups, boolean withCounts) {
        Map<TaskFilter, Long> counts = withCounts ? counts(person, groups) : Map.of();
        ArrayNode all = json.createArrayNode();
        int priority = 1;
        for (TaskFilter filter : TaskFilter.of(groups)) {
            ObjectNode one = all.addObject()
                    .put("id", filter.id)
                    .put("resourceType", "Task")
                    .put("name", filter.label(groups))
                    .putNull("owner");
            one.putObject("query");
            ObjectNode properties = one.putObject("properties")
                    .put("description", filter.description)
                    .put("priority", priority++)
                    .put("color", filter.color)
                    .put("refresh", true)
                    .put("showUndefinedVariable", false);
            properties.putArray("variables"); // number, title and unit stand on our own card
            Long count = counts.get(filter);
            if (count != null) one.put("itemCount", count);
        }
        return all.toString();
    }

    @Override
    public String page(String person, List<String> groups, String filterId, String queryJson, int first, int max) {
        Query query = query(person, groups, filterId, queryJson);
        if (first < 0 || max < 0) throw new Refusal("页码无法识别，请刷新页面后重试。");
        Instant now = clock.instant();
        ArrayNode tasks = json.createArrayNode();
        ArrayNode definitions = json.createArrayNode();
        Set<String> seen = new HashSet<>();
        long[] count = {-1};
        boolean[] held = {false};
        query.parameters.put("max", Math.min(max, LARGEST_PAGE));
        query.parameters.put("first", first);
        jdbc.sql(pageOf(query)).params(query.parameters).query(row -> {
            count[0] = row.getLong("n");
            task(tasks.addObject(), row, now, query);
            held[0] |= row.getString("assignee") != null;
            String definition = row.getString("definition_id");
            if (seen.add(definition)) {
                definitions
                        .addObject()
                        .put("id", definition)
                        .put("key", row.getString("process"))
                        .put("name", row.getString("process_name"));
            }
        });
        if (count[0] < 0) count[0] = first == 0 && max > 0 ? 0 : count(query);
        ObjectNode hal = json.createObjectNode();
        hal.putObject("_links").putObject("self").put("href", "/task");
        ObjectNode embedded = hal.putObject("_embedded");
        if (!tasks.isEmpty()) {
            embedded.set("task", tasks);
            embedded.set("processDefinition", definitions);
            ArrayNode assignees = embedded.putArray("assignee");
            // whatever is listed is held by this person or by nobody, or done by him for somebody who is away
            if (held[0]) {
                assignees
                        .addObject()
                        .put("id", person)
                        .put("firstName", people.nameOf(person))
                        .put("lastName", "");
            }
        }
        return hal.put("count", count[0]).toString();
    }

    @Override
    public long count(String person, List<String> groups, String filterId, String queryJson) {
        return count(query(person, groups, filterId, queryJson));
    }

    /** The page is cut from narrow rows; only its fifteen wide ones are fetched. Nulls sort differently in the two databases. */
    static String pageOf(Query query) {
        String direction = query.search.ascending() ? " asc" : " desc";
        return "select s.*, p.n from (select task_id, v, count(*) over () as n from " + query.mine + " g order by v"
                + direction + " nulls last, task_id limit :max offset :first) p "
                + "join casefile_open_step s on s.task_id = p.task_id "
                + "and s.group_id = (select min(m.group_id) from casefile_open_step m where m.task_id = p.task_id) "
                + "order by p.v" + direction + " nulls last, p.task_id";
    }

    private long count(Query query) {
        return jdbc.sql("select count(*) from " + query.mine + " g")
                .params(query.parameters)
                .query(Long.class)
                .single();
    }

    /** One statement for all filters: the union is small, its rows are only told apart. */
    private Map<TaskFilter, Long> counts(String person, List<String> groups) {
        Desk desk = desk(person, groups);
        Map<String, Object> parameters = parameters(desk);
        StringBuilder sums = new StringBuilder();
        for (TaskFilter filter : TaskFilter.values()) {
            String arms = filter.held && filter.offered ? "1 = 1" : filter.held ? "held = 1" : "held = 0";
            sums.append(sums.isEmpty() ? "" : ", ")
                    .append("coalesce(sum(case when ")
                    .append(arms)
                    .append(filter.condition)
                    .append(" then 1 else 0 end), 0) as n_")
                    .append(filter.name());
        }
        String rows = "select task_id, due, important, 1 as held from casefile_open_step" + " where " + desk.held()
                + " and suspended = false";
        if (!desk.groups().isEmpty()) {
            rows += " union all select task_id, due, important, 0 as held from casefile_open_step"
                    + " where assignee is null and group_id in (:groups) and suspended = false";
        }
        return jdbc.sql("select " + sums + " from (select distinct task_id, due, important, held from (" + rows
                        + ") a) b")
                .params(parameters)
                .query((row, n) -> {
                    Map<TaskFilter, Long> counts = new HashMap<>();
                    for (TaskFilter filter : TaskFilter.values()) counts.put(filter, row.getLong("n_" + filter.name()));
                    return counts;
                })
                .single();
    }

    /**
     * Whose lists the person sees together: his own, and those of whom he stands in for. Found out before, in one statement, and
     * handed over as parameters: the list stays one statement, and who stands in for nobody gets the one he always got.
     */
    private record Desk(String person, List<Absent> absents, List<String> groups) {

        String held() {
            if (absents.isEmpty()) return "assignee = :me";
            StringBuilder held = new StringBuilder("(assignee = :me");
            for (int i = 0; i < absents.size(); i++) {
                held.append(" or assignee = :absent" + i + " and group_id in (:lent" + i + ")");
            }
            return held.append(')').toString();
        }
    }

    private Desk desk(String person, List<String> groups) {
        List<Absent> absents = substitutions.absents(person);
        if (absents.isEmpty()) return new Desk(person, absents, groups);
        return new Desk(
                person,
                absents,
                Stream.concat(groups.stream(), absents.stream().flatMap(a -> a.groups().stream()))
                        .distinct()
                        .toList());
    }

    /**
     * @param mine derived table (task_id, v): each task once, although it may be offered to several of the person's groups
     * @param absents those for whom he does some of it
     */
    record Query(
            TaskSearch search,
            String mine,
            Map<String, Object> parameters,
            String person,
            List<String> own,
            List<Absent> absents) {}

    Query query(String person, List<String> groups, String filterId, String queryJson) {
        TaskFilter filter = TaskFilter.of(filterId).orElseThrow(() -> new Refusal("没有这个列表，请从左侧重新选择。"));
        TaskSearch search = TaskSearch.of(queryJson, json);
        Desk desk = desk(person, groups);
        String narrowed = filter.condition + search.condition();
        List<String> arms = new ArrayList<>();
        if (filter.held) arms.add(desk.held() + " and suspended = false" + narrowed);
        if (filter.offered && !desk.groups().isEmpty())
            arms.add("assignee is null and group_id in (:groups) and suspended = false" + narrowed);
        if (arms.isEmpty()) arms.add("1 = 0");
        String union = "select task_id, " + search.sortBy() + " as v from casefile_open_step where "
                + String.join(
                        " union all select task_id, " + search.sortBy() + " as v from casefile_open_step where ", arms);
        Map<String, Object> parameters = parameters(desk);
        parameters.putAll(search.parameters());
        return new Query(
                search,
                "(select task_id, max(v) as v from (" + union + ") a group by task_id)",
                parameters,
                person,
                groups,
                desk.absents());
    }

    private Map<String, Object> parameters(Desk desk) {
        Instant now = clock.instant();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("me", desk.person());
        for (int i = 0; i < desk.absents().size(); i++) {
            parameters.put("absent" + i, desk.absents().get(i).id());
            parameters.put("lent" + i, desk.absents().get(i).groups());
        }
        parameters.put("groups", desk.groups());
        parameters.put("now", now.atOffset(ZoneOffset.UTC));
        parameters.put("soon", now.plus(Duration.ofDays(7)).atOffset(ZoneOffset.UTC));
        return parameters;
    }

    /** Whose step it is when the person does it for another: the one who holds it, or one it is offered to and not to himself. */
    private static @Nullable Absent absent(ResultSet row, Query query) throws SQLException {
        if (query.absents().isEmpty()) return null;
        String assignee = row.getString("assignee");
        String group = row.getString("group_id");
        if (assignee == null ? query.own().contains(group) : assignee.equals(query.person())) return null;
        return query.absents().stream()
                .filter(one -> assignee == null ? one.groups().contains(group) : assignee.equals(one.id()))
                .findFirst()
                .orElse(null);
    }

    private static void task(ObjectNode task, ResultSet row, Instant now, Query query) throws SQLException {
        Absent absent = absent(row, query);
        Instant due = OpenStepRows.instant(row, "due");
        DueLight light = DueLight.of(due, now);
        String number = row.getString("number");
        String title = row.getString("title");
        String unit = row.getString("unit");
        task.putObject("_links");
        task.putObject("_embedded");
        task.put("id", row.getString("task_id"))
                .put("name", row.getString("name"))
                .put(
                        "assignee",
                        absent == null || row.getString("assignee") == null
                                ? row.getString("assignee")
                                : query.person())
                .put("standsInFor", absent == null ? null : absent.name())
                .put("created", iso(Objects.requireNonNull(OpenStepRows.instant(row, "created"))))
                .put("due", due == null ? null : iso(due))
                .putNull("followUp")
                .putNull("delegationState")
                .put("description", row.getString("description"))
                .put("executionId", row.getString("execution_id"))
                .putNull("owner")
                .putNull("parentTaskId")
                .put("priority", row.getInt("priority"))
                .put("processDefinitionId", row.getString("definition_id"))
                .put("processInstanceId", row.getString("instance_id"))
                .put("taskDefinitionKey", row.getString("task"))
                .put("suspended", row.getBoolean("suspended"))
                .put("caseNumber", number)
                .put("caseTitle", title)
                .put("unit", unit)
                .put("key", row.getBoolean("important"))
                .put("dueLight", light.light())
                .put("dueText", light.text());
    }

    private static String iso(Instant instant) {
        return ISO.format(instant.atZone(ChineseTime.ZONE));
    }
}
