package org.banhao.bench;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.banhao.testing.Accounts;
import org.banhao.testing.RunningApp;
import org.banhao.testing.WebSession;

/**
 * One step of a person over HTTP. Ours: a clerk signed in as in a browser submits the form of a first review; the bare
 * application: the same over its REST interface, nobody signed in, history full. System properties: {@code bench.tasks},
 * {@code bench.clients}, {@code bench.rounds}; {@code bench.trace=true} prints the statements of a step of each.
 */
final class StepBench {

    private static final String CLERK = "暴晓岚";
    private static final String OPINION = "情况属实，建议具体可行，属于本市事权，建议立案后交有关部门研究办理。".repeat(9);

    private static final String OUR_ANSWER = "{\"variables\":{\"firstVerdict\":{\"value\":\"file\",\"type\":\"String\"},"
            + "\"firstOpinion\":{\"value\":\"" + OPINION + "\",\"type\":\"String\"},"
            + "\"category\":{\"value\":\"society\",\"type\":\"String\"},"
            + "\"suggestedUnits\":{\"value\":\"[\\\"housing-bureau\\\"]\",\"type\":\"Json\"},"
            + "\"contactMode\":{\"value\":\"phone\",\"type\":\"String\"},"
            + "\"contactDate\":{\"value\":\"2026-11-20\",\"type\":\"String\"}}}";

    /** Stock forms make every field a variable. */
    private static final String BARE_ANSWER = "{\"variables\":{\"firstVerdict\":{\"value\":\"file\",\"type\":\"String\"},"
            + "\"firstOpinion\":{\"value\":\"" + OPINION + "\",\"type\":\"String\"},"
            + "\"category\":{\"value\":\"society\",\"type\":\"String\"},"
            + "\"suggestedUnits\":{\"value\":\"[\\\"housing-bureau\\\"]\",\"type\":\"Json\"},"
            + "\"contactMode\":{\"value\":\"phone\",\"type\":\"String\"},"
            + "\"contactDate\":{\"value\":\"2026-11-20\",\"type\":\"String\"}}}";

    private StepBench() {}

    public static void main(String[] arguments) throws Exception {
        int tasks = Integer.getInteger("bench.tasks", 12_500);
        int clients = Integer.getInteger("bench.clients", 3);
        int rounds = Integer.getInteger("bench.rounds", 10);
        Path data = Contestants.temporary();
        try (Postgres postgres = new Postgres();
                RunningApp ours = Contestants.ours(
                        SeededApplication.class.getName(),
                        data.resolve("ours"),
                        Contestants.with(
                                postgres.settings("ours"), "--bench.tasks=" + tasks, "--bench.clerk=bao-xiaolan"));
                RunningApp bare = Contestants.bare(
                        Contestants.REST, data.resolve("bare"), Contestants.with(postgres.settings("bare"), "--bench.tasks=" + tasks))) {
            long begun = System.nanoTime();
            Contestants.awaitSeeded(data.resolve("ours"), ours);
            Contestants.awaitSeeded(data.resolve("bare"), bare);
            System.out.printf("seeded in %d s%n", (System.nanoTime() - begun) / 1_000_000_000);
            postgres.execute("ours", "vacuum analyze");
            postgres.execute("bare", "vacuum analyze");
            postgres.execute("postgres", "checkpoint");

            List<Long> before = counts(postgres);
            Queue<String> ourTasks =
                    open(postgres, "ours", "task_def_key_ = 'userTask_firstReview' and assignee_ = 'bao-xiaolan'");
            Queue<String> bareTasks = open(postgres, "bare", "task_def_key_ = 'first'");
            Accounts.Account clerk = ours.accounts().named(CLERK);
            List<WebSession> ourClients = new ArrayList<>();
            List<StockSession> bareClients = new ArrayList<>();
            IntStream.range(0, clients).forEach(c -> {
                ourClients.add(new WebSession(ours.url("")).signIn(clerk).openTasklist());
                bareClients.add(new StockSession(bare.url("")));
            });
            Slices.Operation our = client -> {
                String task = ourTasks.poll();
                if (task == null) return false;
                expect204(ourClients.get(client).engine("POST", "/task/" + task + "/submit-form", OUR_ANSWER));
                return true;
            };
            Slices.Operation stock = client -> {
                String task = bareTasks.poll();
                if (task == null) return false;
                expect204(bareClients
                        .get(client)
                        .send("POST", "/engine-rest/task/" + task + "/submit-form", "application/json", BARE_ANSWER));
                return true;
            };
            System.out.printf("%d clients, slices of 2.5 s%n", clients);
            // 45 s of each: less measures the compiler
            new Slices(clients, 2.5)
                    .compare(
                            new Slices.Contestant("bare: REST submit-form", bare.pid(), stock),
                            new Slices.Contestant("ours: first review", ours.pid(), our),
                            Integer.getInteger("bench.warmup", 18),
                            2_000,
                            rounds);
            if (Boolean.getBoolean("bench.trace")) {
                // what one step asks of the database, when everything that is asked once only has been
                postgres.trace("bare", 20, () -> stock.run(0));
                postgres.trace("ours", 20, () -> our.run(0));
            }
            check(before, counts(postgres));
        } finally {
            Contestants.delete(data);
        }
    }

    /** Rows that one answer leaves; the demonstration's own are there before. */
    private static List<Long> counts(Postgres postgres) throws Exception {
        try (Connection connection = postgres.open("ours");
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select (select count(*) from proposal_review),"
                        + " (select count(*) from casefile_step_answer where task = 'userTask_firstReview'),"
                        + " (select count(*) from act_ru_task where task_def_key_ = 'userTask_secondReview'),"
                        + " (select count(*) from casefile_open_step where task = 'userTask_secondReview')")) {
            row.next();
            return List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    /** What was measured has really been done: every answer has its review, its answer and the next step's row. */
    private static void check(List<Long> before, List<Long> after) {
        List<Long> more = IntStream.range(0, before.size())
                .mapToObj(i -> after.get(i) - before.get(i))
                .toList();
        System.out.println("reviews, answers, second reviews open, the same listed: " + more);
        if (more.stream().distinct().count() != 1)
            throw new IllegalStateException("Not everything that was answered is there");
    }

    private static void expect204(HttpResponse<String> answer) {
        if (answer.statusCode() != 204)
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }

    private static Queue<String> open(Postgres postgres, String database, String which) throws Exception {
        Queue<String> ids = new ArrayDeque<>();
        try (Connection connection = postgres.open(database);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select id_ from act_ru_task where " + which + " order by create_time_")) {
            while (rows.next()) ids.add(rows.getString(1));
        }
        return new ConcurrentLinkedQueue<>(ids);
    }
}
