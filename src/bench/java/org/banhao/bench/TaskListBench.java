package org.banhao.bench;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.banhao.BanhaoApplication;
import org.banhao.testing.Accounts;
import org.banhao.testing.RunningApp;
import org.banhao.testing.WebSession;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/**
 * Tasklist's call for one page of a list, both through the web applications' own interface with a session, rights
 * checked: 10,000 open tasks in 300 groups, 500 people of three groups each, 50 of them asking, two sortings, two pages.
 * System properties: {@code bench.tasks}, {@code bench.rounds}, {@code bench.warmup}.
 * Ours is read from the table of open steps, which is filled by SQL here: the call looks at nothing else.
 */
final class TaskListBench {

    private static final int TASKS = Integer.getInteger("bench.tasks", 10_000);
    /** Fewer when there are few tasks: everybody asking must hold one, or an empty list is measured. */
    private static final int PEOPLE = Math.min(500, TASKS / 20);

    private static final int GROUPS = 300;
    private static final int ASKING = 50;
    private static final String PASSWORD = "bench-password";
    private static final String TO_SIGN = "ba9a0000-0000-4000-8000-000000000002";
    private static final String MINE = "ba9a0000-0000-4000-8000-000000000003";
    private static final List<String> SORTINGS = List.of(
            "{\"sorting\":[{\"sortBy\":\"created\",\"sortOrder\":\"desc\"}]}",
            "{\"sorting\":[{\"sortBy\":\"dueDate\",\"sortOrder\":\"asc\"}]}");

    private TaskListBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.getInteger("bench.rounds", 6);
        Path data = Contestants.temporary();
        try (Postgres postgres = new Postgres();
                RunningApp bare = Contestants.bare(
                        Contestants.REST, data.resolve("bare"),
                        Contestants.with(
                                postgres.settings("bare"),
                                "--bench.tasks=" + TASKS,
                                "--bench.people=" + PEOPLE,
                                "--bench.groups=" + GROUPS,
                                // a list reads no history; seeding it would take longer than all the rest
                                "--camunda.bpm.history-level=none",
                                "--camunda.bpm.authorization.enabled=true"));
                RunningApp ours = Contestants.ours(
                        BanhaoApplication.class.getName(),
                        data.resolve("ours"),
                        Contestants.with(postgres.settings("ours"), "--banhao.demonstration=false"))) {
            awaitSwept(postgres);
            try (Connection connection = postgres.open("ours")) {
                seed(connection);
            }
            Contestants.awaitSeeded(data.resolve("bare"), bare);
            postgres.execute("ours", "vacuum analyze");
            postgres.execute("bare", "vacuum analyze");
            postgres.execute("postgres", "checkpoint");

            List<WebSession> ourPeople = new ArrayList<>();
            List<StockSession> barePeople = new ArrayList<>();
            for (int p = 0; p < ASKING; p++) {
                int person = p * (PEOPLE / ASKING);
                ourPeople.add(new WebSession(ours.url(""))
                        .signIn(new Accounts.Account("person" + person, PASSWORD, "", ""))
                        .openTasklist());
                barePeople.add(new StockSession(bare.url("")).signIn("person" + person, "bench"));
            }
            for (int clients : new int[] {1, 4}) {
                // the longer warm-up once
                int warmUp = clients == 1 ? Integer.getInteger("bench.warmup", 18) : 1;
                compare(clients, bare.pid(), ours.pid(), "groups", TO_SIGN, filter(barePeople.get(0), "groups"), ourPeople, barePeople, warmUp, rounds);
                compare(clients, bare.pid(), ours.pid(), "mine", MINE, filter(barePeople.get(0), "mine"), ourPeople, barePeople, warmUp, rounds);
            }
        } finally {
            Contestants.delete(data);
        }
    }

    /** Right after its start the application removes rows of open steps that have no task in the engine: all of ours. */
    private static void awaitSwept(Postgres postgres) throws SQLException, InterruptedException {
        long end = System.nanoTime() + 120_000_000_000L;
        while (System.nanoTime() < end) {
            try (Connection connection = postgres.open("ours");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select at from casefile_sweep where name = 'open_step'")) {
                if (row.next() && row.getObject(1) != null) return;
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("The application did not compare its open steps with the engine");
    }

    private static void compare(
            int clients,
            long bare,
            long ours,
            String what,
            String ourFilter,
            String bareFilter,
            List<WebSession> ourPeople,
            List<StockSession> barePeople,
            int warmUp,
            int rounds)
            throws Exception {
        System.out.printf("%n%s, %d client%s%n", what, clients, clients == 1 ? "" : "s");
        List<Random> chance = IntStream.range(0, clients).mapToObj(Random::new).toList();
        new Slices(clients, 2.5)
                .compare(
                        new Slices.Contestant("bare: " + what, bare, client -> {
                            Random random = chance.get(client);
                            return page(barePeople
                                    .get(random.nextInt(ASKING))
                                    .send(
                                            "POST",
                                            "/camunda/api/engine/engine/default" + path(bareFilter, random),
                                            "application/hal+json",
                                            SORTINGS.get(random.nextInt(2))));
                        }),
                        new Slices.Contestant("ours: " + what, ours, client -> {
                            Random random = chance.get(client);
                            return page(ourPeople
                                    .get(random.nextInt(ASKING))
                                    .engine("POST", path(ourFilter, random), SORTINGS.get(random.nextInt(2))));
                        }),
                        warmUp,
                        0,
                        rounds);
    }

    private static String path(String filter, Random random) {
        return "/filter/" + filter + "/list?firstResult=" + (random.nextBoolean() ? 0 : 15) + "&maxResults=15";
    }

    private static boolean page(HttpResponse<String> answer) {
        if (answer.statusCode() != 200 || !answer.body().contains("\"count\":"))
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        if (answer.body().contains("\"count\":0}"))
            throw new IllegalStateException("An empty list measures nothing: " + answer.body());
        return true;
    }

    private static String filter(StockSession person, String name) throws Exception {
        String body = person.send("GET", "/camunda/api/engine/engine/default/filter?name=" + name, "application/json", "")
                .body();
        return body.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    }

    /** People, groups and open steps as the application writes them. */
    private static void seed(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        String hash = PasswordEncoderFactories.createDelegatingPasswordEncoder().encode(PASSWORD);
        Batch groups = new Batch(connection, "insert into people_group (id, name, staff) values (?, ?, true)");
        for (int g = 0; g < GROUPS; g++) groups.add("group" + g, "第" + g + "组");
        groups.run();
        Batch persons = new Batch(connection, "insert into people_person (id, password_hash, name, post, active, api,"
                + " must_change_password, stamp, password_stamp, created_at) values (?, ?, ?, '', true, false, false, 0, 0, ?)");
        Batch memberships =
                new Batch(connection, "insert into people_membership (person_id, group_id, since) values (?, ?, ?)");
        for (int p = 0; p < PEOPLE; p++) {
            persons.add("person" + p, hash, "人员" + p, now);
            for (int group : Spread.groupsOf(p, GROUPS)) memberships.add("person" + p, "group" + group, now);
        }
        persons.run();
        memberships.run();
        Batch cases = new Batch(connection, "insert into casefile_case (number, kind, title, status, status_name, unit,"
                + " opened, changed, changed_by) values (?, 'TA', ?, 'firstReview', '初审', ?, ?, ?, '系统')");
        Batch steps = new Batch(connection, "insert into casefile_open_step (task_id, group_id, assignee, name,"
                + " description, process, process_name, definition_id, task, instance_id, execution_id, priority,"
                + " created, due, suspended, number, title, unit) values (?, ?, ?, '初审提案', ?, 'proposalReview', '提案审查',"
                + " ?, 'userTask_firstReview', ?, ?, 50, ?, ?, false, ?, ?, ?)");
        String definition = "proposalReview:1:" + UUID.randomUUID();
        for (int i = 0; i < TASKS; i++) {
            String number = "TA-2026-%06d".formatted(i + 1);
            String title = "关于改善第" + i + "号小区停车条件的提案";
            String unit = "第" + i + "承办单位";
            OffsetDateTime created = now.minusSeconds(TASKS - i);
            cases.add(number, title, unit, created, created);
            String task = UUID.randomUUID().toString();
            String instance = UUID.randomUUID().toString();
            for (String group : Spread.groups(i, GROUPS).split(",", -1)) {
                steps.add(
                        task,
                        group,
                        Spread.claimed(i) ? "person" + Spread.holder(i, PEOPLE) : null,
                        "请核对提案者资格、签名或盖章、是否一事一案，以及情况、分析和具体建议是否齐全。",
                        definition,
                        instance,
                        instance,
                        created,
                        created.plusDays(i % 30),
                        number,
                        title,
                        unit);
            }
        }
        cases.run();
        steps.run();
        connection.commit();
    }

    private static final class Batch {
        private final PreparedStatement statement;

        Batch(Connection connection, String sql) throws SQLException {
            statement = connection.prepareStatement(sql);
        }

        void add(Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            statement.addBatch();
        }

        void run() throws SQLException {
            statement.executeBatch();
            statement.close();
        }
    }
}
