package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.domain.Piles;
import org.banhao.casefile.domain.Suspensions;
import org.banhao.flow.Processes;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Desk;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 成批办理: many steps of one kind entered and handed in together, each by itself; and as one Excel table. */
interface WorkingOffPiles extends HandlingWay {

    String FIRST = "proposalReview/userTask_firstReview";
    String SECOND_LEVEL = "proposalReview/userTask_secondReview";
    String IN_MEETING = "proposalReview/userTask_decideInMeeting";
    String NUMBERED = "proposalReview/userTask_assignFileNumber";
    String UNITS = "proposalAssignment/userTask_confirmUnits";
    String ACCEPTED = "proposalAcceptance/userTask_answerAssignment";

    String CLERK = "bao-xiaolan";
    String COLLEAGUE = "su-ming";
    List<String> PROPOSERS = List.of("wei-linshu", "gao-qingyuan", "shen-yuhe", "jin-songnian", "yuan-zhixia");

    Map<String, Object> FILE = Map.of("firstVerdict", "file", "category", "society");

    // ---- over HTTP, as the page does it

    private static JsonNode post(Desk desk, String step, String what, Object body) {
        HttpResponse<String> answer = send(desk, step, what, body);
        return Desk.json(Desk.ok(answer, 200));
    }

    private static HttpResponse<String> send(Desk desk, String step, String what, Object body) {
        return desk.web()
                .script(
                        "POST",
                        "/api/piles/" + step + "/" + what,
                        "application/json",
                        Desk.text(body).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> entry(String task, Map<String, Object> answer) {
        return Map.of("taskId", task, "draft", answer, "answer", answer);
    }

    private static List<List<String>> parts(List<String> all) {
        return IntStream.rangeClosed(0, (all.size() - 1) / Piles.MOST_AT_ONCE)
                .mapToObj(n -> all.subList(n * Piles.MOST_AT_ONCE, Math.min(all.size(), (n + 1) * Piles.MOST_AT_ONCE)))
                .toList();
    }

    /** @return task → sentence of those that failed */
    private static Map<String, JsonNode> failed(JsonNode outcomes) {
        Map<String, JsonNode> failed = new LinkedHashMap<>();
        outcomes.forEach(one -> {
            if (!one.path("sentence").isNull()) failed.put(one.path("taskId").asText(), one);
        });
        return failed;
    }

    private static void enter(
            Desk desk, String step, List<String> tasks, Function<String, Map<String, Object>> answer) {
        for (List<String> part : parts(tasks)) {
            assertThat(failed(post(
                            desk,
                            step,
                            "ready",
                            part.stream()
                                    .map(task -> entry(task, answer.apply(task)))
                                    .toList())))
                    .isEmpty();
        }
    }

    private static Map<String, JsonNode> handIn(Desk desk, String step, List<String> tasks) {
        Map<String, JsonNode> failed = new LinkedHashMap<>();
        for (List<String> part : parts(tasks)) {
            JsonNode outcomes = post(desk, step, "hand-in", part);
            assertThat(outcomes).hasSize(part.size());
            failed.putAll(failed(outcomes));
        }
        return failed;
    }

    private static void workOff(Desk desk, String step, List<String> tasks, Map<String, Object> answer) {
        enter(desk, step, tasks, task -> answer);
        assertThat(handIn(desk, step, tasks)).isEmpty();
    }

    private List<String> handedIn(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) numbers.add(handedIn(PROPOSERS.get(i % PROPOSERS.size())));
        return numbers;
    }

    private List<String> tasks(List<String> numbers, String name) {
        return numbers.stream().map(number -> task(number, name)).toList();
    }

    private long answers(String task) {
        return db().sql("select count(*) from casefile_step_answer where task_id = ?")
                .param(task)
                .query(Long.class)
                .single();
    }

    // ---- many at once

    @Test
    default void ofFourHundredThreeThatChangedMeanwhileAreNamedAndTheOthersAreDone() {
        int count = Integer.getInteger("banhao.piles", 400);
        List<String> numbers = handedIn(count);
        List<String> tasks = tasks(numbers, "firstReview");
        Desk clerk = desk("暴晓岚");
        enter(clerk, FIRST, tasks, task -> FILE);

        // withdrawn by its proposer; taken over and done by a colleague; opened in the list and changed
        bean(Submission.class).withdraw(numbers.get(3), PROPOSERS.get(3), "情况已经变化，不再需要。");
        bean(Processes.class).handOver(tasks.get(7), COLLEAGUE);
        answer(tasks.get(7), COLLEAGUE, Map.of("firstVerdict", "file", "category", "economy"));
        Desk.ok(
                clerk.web()
                        .script(
                                "PUT",
                                "/api/drafts/" + tasks.get(11),
                                "application/json",
                                "{\"firstVerdict\":\"return\"}".getBytes(StandardCharsets.UTF_8)),
                204);

        long begun = System.nanoTime();
        Map<String, JsonNode> failed = handIn(clerk, FIRST, tasks);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        System.out.printf("成批提交%d件：%.1f秒，每件%d毫秒%n", count, millis / 1000.0, millis / count);

        assertThat(failed.keySet()).containsExactlyInAnyOrder(tasks.get(3), tasks.get(7), tasks.get(11));
        JsonNode withdrawn = failed.get(tasks.get(3));
        assertThat(withdrawn.path("number").asText()).isEqualTo(numbers.get(3));
        assertThat(withdrawn.path("title").asText()).startsWith("关于中小学校");
        assertThat(withdrawn.path("sentence").asText()).contains("已不在待办中");
        assertThat(failed.get(tasks.get(7)).path("sentence").asText())
                .contains("宿明")
                .contains("办理此件");
        assertThat(failed.get(tasks.get(7)).path("number").asText()).isEqualTo(numbers.get(7));
        assertThat(failed.get(tasks.get(11)).path("sentence").asText()).contains("录入后又改动过");
        Set<Integer> changed = Set.of(3, 7, 11);
        for (int i = 0; i < count; i++) {
            if (!changed.contains(i)) {
                assertThat(status(numbers.get(i))).as(numbers.get(i)).isEqualTo("secondReview");
            }
        }
        assertThat(status(numbers.get(11))).isEqualTo("firstReview");

        // the same batch a second time: an answer that was lost on its way
        assertThat(handIn(clerk, FIRST, tasks).keySet()).isEqualTo(failed.keySet());
        for (int i = 0; i < count; i++) {
            if (!changed.contains(i)) assertThat(answers(tasks.get(i))).isOne();
        }
        // what is gone stays in sight until it is put away
        JsonNode shown = Desk.json(Desk.ok(clerk.web().get("/api/piles/" + FIRST), 200));
        List<JsonNode> gone = Stream.of(shown.path("lines"))
                .flatMap(lines -> IntStream.range(0, lines.size()).mapToObj(lines::get))
                .filter(line -> !line.path("gone").isNull())
                .toList();
        assertThat(gone.stream().map(line -> line.path("number").asText()).toList())
                .containsExactlyInAnyOrder(numbers.get(3), numbers.get(7));
        for (int i : List.of(3, 7)) {
            Desk.ok(
                    clerk.web()
                            .script(
                                    "DELETE",
                                    "/api/piles/" + FIRST + "/ready/" + tasks.get(i),
                                    "application/json",
                                    new byte[0]),
                    204);
        }
        assertThat(Desk.ok(clerk.web().get("/api/piles/" + FIRST), 200).body())
                .doesNotContain(tasks.get(3))
                .doesNotContain(tasks.get(7));
        assertThat(Consistency.faults(db())).isEmpty();
    }

    @Test
    default void theSameBatchSentTwiceAtOnceDoesNothingTwice() throws Exception {
        List<String> tasks = tasks(handedIn(20), "firstReview");
        Desk clerk = desk("暴晓岚");
        Desk other = desk("暴晓岚");
        enter(clerk, FIRST, tasks, task -> FILE);
        other.web().get("/api/piles");
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<Map<String, JsonNode>>> sent = Stream.of(clerk, other)
                    .map(desk -> two.submit(() -> {
                        together.await();
                        return handIn(desk, FIRST, tasks);
                    }))
                    .toList();
            for (Future<Map<String, JsonNode>> one : sent) {
                assertThat(one.get(2, TimeUnit.MINUTES)).isEmpty();
            }
        } finally {
            two.shutdownNow();
        }
        assertThat(tasks).allMatch(task -> answers(task) == 1);
    }

    @Test
    default void whatIsEnteredIsFoundOnAnyMachineTakenBackAndRetractedAsUsual() {
        String number = handedIn(PROPOSER);
        String task = task(number, "firstReview");
        Desk clerk = desk("暴晓岚");
        enter(clerk, FIRST, List.of(task), same -> FILE);
        assertThat(line(desk("暴晓岚"), task).path("draft").path("firstVerdict").asText())
                .isEqualTo("file");
        assertThat(line(clerk, task).path("held").asBoolean()).isTrue();
        assertThat(status(number)).isEqualTo("firstReview");

        Desk.ok(
                clerk.web().script("DELETE", "/api/piles/" + FIRST + "/ready/" + task, "application/json", new byte[0]),
                204);
        assertThat(line(clerk, task).path("draft").isNull()).isTrue();
        assertThat(clerk.web().get("/api/drafts/" + task).body()).contains("firstVerdict");
        assertThat(handIn(clerk, FIRST, List.of(task))
                        .get(task)
                        .path("sentence")
                        .asText())
                .contains("还没有录入");

        workOff(clerk, FIRST, List.of(task), FILE);
        assertThat(status(number)).isEqualTo("secondReview");
        assertThat(clerk.web().get("/api/retractions").body()).contains(number);
    }

    @Test
    default void whatIsReadyWhileItsCaseRestsSaysSoAndIsHandedInAfterwards() {
        String number = handedIn(PROPOSER);
        String task = task(number, "firstReview");
        Desk clerk = desk("暴晓岚");
        enter(clerk, FIRST, List.of(task), same -> FILE);
        bean(Suspensions.class).suspend(number, "等待司法程序");
        String rests = "此案已暂停办理，恢复后再提交。";
        assertThat(line(clerk, task).path("gone").asText()).isEqualTo(rests);
        assertThat(handIn(clerk, FIRST, List.of(task))
                        .get(task)
                        .path("sentence")
                        .asText())
                .isEqualTo(rests);
        bean(Suspensions.class).resume(number, "程序已经结束");
        assertThat(line(clerk, task).path("gone").isNull()).isTrue();
        assertThat(handIn(clerk, FIRST, List.of(task))).isEmpty();
        assertThat(status(number)).isEqualTo("secondReview");
    }

    private static JsonNode line(Desk desk, String task) {
        for (JsonNode line :
                Desk.json(Desk.ok(desk.web().get("/api/piles/" + FIRST), 200)).path("lines")) {
            if (line.path("taskId").asText().equals(task)) return line;
        }
        throw new AssertionError("not in the pile: " + task);
    }

    @Test
    default void whatTheFormForbidsIsSaidAtItsFieldWhenItIsEnteredAndNothingIsKept() {
        String task = task(handedIn(PROPOSER), "firstReview");
        Desk clerk = desk("暴晓岚");
        JsonNode outcome = post(clerk, FIRST, "ready", List.of(entry(task, Map.of("firstVerdict", "notFile"))))
                .get(0);
        assertThat(outcome.path("field").asText()).isEqualTo("ground");
        assertThat(outcome.path("sentence").asText()).contains("不予立案的理由");
        assertThat(line(clerk, task).path("draft").isNull()).isTrue();
        for (Object hostile : List.of(
                List.of(),
                List.of(Map.of("taskId", task)),
                Map.of("taskId", task),
                List.of(entry(task, Map.of("firstVerdict", "file", "category", "society", "extra", "x"))),
                List.of(entry(task, Map.of("firstVerdict", List.of("file")))))) {
            HttpResponse<String> answer = send(clerk, FIRST, "ready", hostile);
            if (answer.statusCode() == 200) {
                assertThat(failed(Desk.json(answer))).as(answer.body()).isNotEmpty();
            } else {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
                assertThat(answer.body()).containsPattern("[\\u4e00-\\u9fff]");
            }
        }
        assertThat(send(
                                clerk,
                                FIRST,
                                "hand-in",
                                IntStream.range(0, 51).mapToObj(n -> "t" + n).toList())
                        .body())
                .contains("一次最多50件");
    }

    @Test
    default void whatIsSomebodyElsesIsNeitherEnteredNorHandedInNorNamed() {
        String number = handedIn(PROPOSER);
        String task = task(number, "firstReview");
        Desk unit = desk("田禾");
        for (JsonNode outcome : List.of(
                post(unit, FIRST, "ready", List.of(entry(task, FILE))).get(0),
                post(unit, FIRST, "hand-in", List.of(task)).get(0))) {
            assertThat(outcome.path("sentence").isNull()).isFalse();
            assertThat(outcome.toString()).doesNotContain(number).doesNotContain("中小学校");
        }
        assertThat(unit.web().get("/api/piles/" + FIRST).body()).doesNotContain(number);
        assertThat(unit.web().get("/api/piles").body()).doesNotContain("firstReview");

        // a colleague of the same group signed for it
        bean(Processes.class).handOver(task, COLLEAGUE);
        Desk clerk = desk("暴晓岚");
        assertThat(post(clerk, FIRST, "ready", List.of(entry(task, FILE)))
                        .get(0)
                        .path("sentence")
                        .asText())
                .contains("已由同事签收");
        assertThat(clerk.web().get("/api/piles/" + FIRST).body()).doesNotContain(task);
        assertThat(desk("卫林书").web().get("/api/piles").statusCode()).isEqualTo(403);
        assertThat(status(number)).isEqualTo("firstReview");
    }

    @Test
    default void aStepOfAnotherKindDoesNotGoWithThePile() {
        String number = handedIn(PROPOSER);
        Desk clerk = desk("暴晓岚");
        String task = task(number, "firstReview");
        JsonNode outcome = post(clerk, NUMBERED, "ready", List.of(entry(task, Map.of("numberConfirmed", true))))
                .get(0);
        assertThat(outcome.path("sentence").asText()).contains("「初审提案」").contains("不能在这里一并办理");
        enter(clerk, FIRST, List.of(task), same -> FILE);
        assertThat(handIn(clerk, NUMBERED, List.of(task))
                        .get(task)
                        .path("sentence")
                        .asText())
                .contains("还没有录入");
        assertThat(status(number)).isEqualTo("firstReview");
        assertThat(clerk.web().get("/api/piles/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    default void twoClerksTakeTheirStacksFromOnePile() {
        List<String> tasks = tasks(handedIn(30), "firstReview");
        Desk one = desk("暴晓岚");
        Desk other = desk("宿明");
        int before = held(CLERK) + held(COLLEAGUE);
        assertThat(Desk.json(Desk.ok(
                                one.web()
                                        .script(
                                                "POST",
                                                "/api/piles/" + FIRST + "/take?count=12",
                                                "application/json",
                                                new byte[0]),
                                200))
                        .path("taken")
                        .asInt())
                .isEqualTo(12);
        Desk.ok(
                other.web().script("POST", "/api/piles/" + FIRST + "/take?count=12", "application/json", new byte[0]),
                200);
        assertThat(held(CLERK) + held(COLLEAGUE)).isEqualTo(before + 24);
        assertThat(send(one, FIRST, "take?count=51", List.of()).statusCode()).isEqualTo(400);
        assertThat(tasks).isNotEmpty();
    }

    private int held(String person) {
        return db().sql("select count(*) from casefile_open_step where assignee = ? and task = 'userTask_firstReview'")
                .param(person)
                .query(Integer.class)
                .single();
    }

    // ---- every level, and Excel

    /** From the member's page to where the office assigns, each level as a pile. */
    private List<String> filedAsPiles(int count) {
        List<String> numbers = handedIn(count);
        workOff(desk("暴晓岚"), FIRST, tasks(numbers, "firstReview"), FILE);
        workOff(
                desk("苗正清"),
                SECOND_LEVEL,
                tasks(numbers, "secondReview"),
                Map.of("secondVerdict", "file", "category", "society"));
        long meeting = bean(CaseMeetings.class)
                .create("committee", "会议" + UUID.randomUUID(), ChineseTime.day(now()), "yan-xiaoman");
        workOff(
                desk("阎小满"),
                IN_MEETING,
                tasks(numbers, "decideInMeeting"),
                Map.of("finalVerdict", "file", "meeting", String.valueOf(meeting)));
        workOff(desk("暴晓岚"), NUMBERED, tasks(numbers, "assignFileNumber"), Map.of("numberConfirmed", true));
        return numbers;
    }

    @Test
    default void fromOneTableTheOfficeAssignsAndEachBadCellIsNamedBefore() {
        assignedFromOneTable(24);
    }

    @Test
    @Tag("full")
    default void fourHundredAndSixtyFourAreAssignedFromOneTable() {
        assignedFromOneTable(464);
    }

    private void assignedFromOneTable(int count) {
        List<String> numbers = filedAsPiles(count);
        Desk office = desk("侯望");
        long begun = System.nanoTime();
        Table downloaded = download(office);
        assertThat(downloaded.headings()).contains("编号", "标题", "是否归本办交办", "主办（独办）单位", "会办单位", "分办单位");
        assertThat(downloaded.column("编号")).containsAll(numbers);

        Map<String, String> first = downloaded.row(numbers.get(0));
        UnaryOperator<Map<String, String>> assigned = row -> {
            if (!numbers.contains(row.get("编号"))) return row;
            Map<String, String> filled = new LinkedHashMap<>(row);
            filled.put("是否归本办交办", "是，核定如下");
            filled.put("主办（独办）单位", "市教育局");
            filled.put("会办单位", "市卫生健康委员会");
            filled.put("分办单位", "");
            filled.put("调整理由", "按职责分工交办。");
            return filled;
        };
        byte[] wrong = downloaded.written(row -> {
            Map<String, String> filled = new LinkedHashMap<>(assigned.apply(row));
            if (row.get("编号").equals(numbers.get(0))) filled.put("主办（独办）单位", "市教育厅");
            if (row.get("编号").equals(numbers.get(1))) filled.put("会办单位", "=A1");
            if (row.get("编号").equals(numbers.get(2))) filled.put("编号", "TA-2020-000001");
            if (row.get("编号").equals(numbers.get(3))) filled.put("是否归本办交办", "");
            return filled;
        });
        JsonNode dry = read(office, wrong);
        List<String> problems = new ArrayList<>();
        dry.path("problems")
                .forEach(one -> problems.add(
                        one.path("cell").asText() + " " + one.path("sentence").asText()));
        assertThat(problems).hasSize(4);
        assertThat(problems)
                .anyMatch(one ->
                        one.startsWith(downloaded.cell(numbers.get(0), "主办（独办）单位") + " ") && one.contains("没有“市教育厅”"));
        assertThat(problems)
                .anyMatch(one -> one.startsWith(downloaded.cell(numbers.get(1), "会办单位") + " ") && one.contains("是公式"));
        assertThat(problems)
                .anyMatch(one -> one.startsWith(downloaded.cell(numbers.get(2), "编号") + " ") && one.contains("不是同一件"));
        assertThat(problems)
                .anyMatch(one ->
                        one.startsWith(downloaded.cell(numbers.get(3), "是否归本办交办") + " ") && one.contains("必须填写"));
        assertThat(dry.path("rows")).hasSize(count - 4);
        assertThat(ready(OFFICE)).as("a dry run keeps nothing").isZero();
        assertThat(first).containsEntry("编号", numbers.get(0));

        JsonNode good = read(office, downloaded.written(assigned));
        assertThat(good.path("problems")).isEmpty();
        assertThat(good.path("rows")).hasSize(count);
        List<String> tasks = new ArrayList<>();
        Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
        good.path("rows").forEach(row -> {
            tasks.add(row.path("taskId").asText());
            answers.put(row.path("taskId").asText(), Map.copyOf(map(row.path("answer"))));
        });
        enter(office, UNITS, tasks, answers::get);
        assertThat(handIn(office, UNITS, tasks)).isEmpty();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        System.out.printf("一张表格交办%d件（下载、核对两次、录入、提交）：%d秒%n", count, seconds);

        assertThat(numbers)
                .allMatch(number ->
                        waiting(number).equals(List.of("userTask_answerAssignment", "userTask_answerAssignment")));
        // 签收, likewise
        workOff(
                desk("田禾"),
                ACCEPTED,
                numbers.stream()
                        .map(number -> task(number, EDUCATION, "answerAssignment"))
                        .toList(),
                Map.of("unitAnswer", "accept"));
        assertThat(Consistency.faults(db())).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode node) {
        return new com.fasterxml.jackson.databind.ObjectMapper().convertValue(node, Map.class);
    }

    private long ready(String person) {
        return db().sql("select count(*) from flow_draft where person = ? and ready_at is not null")
                .param(person)
                .query(Long.class)
                .single();
    }

    @Test
    default void whatIsNoTableOfThePileIsRefusedInOneSentence() throws IOException {
        filedAsPiles(1);
        Desk office = desk("侯望");
        Table table = download(office);
        assertThat(readRefused(office, "no table".getBytes(StandardCharsets.UTF_8)))
                .contains("另存为.xlsx");
        assertThat(readRefused(office, written(page -> page.value(0, 0, "没有标题行"))))
                .contains("没有找到标题行");
        assertThat(readRefused(office, written(page -> {
                    page.value(0, 0, "编号");
                    page.value(0, 1, "编号");
                })))
                .contains("有两列");
        assertThat(readRefused(office, written(page -> page.value(0, 0, "编号")))).contains("表格里没有待办");
        assertThat(readRefused(office, written(page -> {
                    page.value(0, 0, "编号");
                    for (int row = 1; row <= 1001; row++) page.value(row, 0, row);
                })))
                .contains("超过1000行");
        // nothing filled in: nothing to enter, and nothing wrong
        JsonNode untouched = read(office, table.written(UnaryOperator.identity()));
        assertThat(untouched.path("rows")).isEmpty();
        assertThat(untouched.path("problems")).isEmpty();
        assertThat(untouched.path("untouched").asInt()).isEqualTo(table.rows().size());
        // a merged cell, and a unit by the piece
        JsonNode merged = read(office, written(page -> {
            page.value(0, 0, "编号");
            page.value(0, 1, "是否归本办交办");
            page.value(0, 2, "分办单位");
            page.value(1, 0, table.rows().get(0).get("编号"));
            page.value(1, 1, "是，核定如下");
            page.range(1, 1, 2, 1).merge();
            page.value(1, 2, "市水利局");
        }));
        List<String> said = new ArrayList<>();
        merged.path("problems")
                .forEach(one -> said.add(
                        one.path("cell").asText() + one.path("sentence").asText()));
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).startsWith("B2").contains("合并单元格");
        assertThat(said.get(1)).startsWith("C2").contains("：");
    }

    private static String readRefused(Desk desk, byte[] xlsx) {
        HttpResponse<String> answer = desk.web().upload("/api/piles/" + UNITS + "/table", Map.of(), "表格.xlsx", xlsx);
        if (answer.statusCode() == 200) return answer.body();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return Desk.json(answer).path("message").asText();
    }

    private static JsonNode read(Desk desk, byte[] xlsx) {
        return Desk.json(Desk.ok(desk.web().upload("/api/piles/" + UNITS + "/table", Map.of(), "表格.xlsx", xlsx), 200));
    }

    private static Table download(Desk desk) {
        return Table.of(desk.web().bytes("/api/piles/" + UNITS + "/table.xlsx"));
    }

    interface Page {
        void write(Worksheet page);
    }

    private static byte[] written(Page write) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "WPS", "1.0")) {
            write.write(book.newWorksheet("待办"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The first sheet, below its heading in the second row. */
    record Table(List<String> headings, List<Map<String, String>> rows) {

        static Table of(byte[] xlsx) {
            try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
                List<Row> read = book.getFirstSheet().read();
                List<String> headings = read.get(1).stream().map(Cell::getText).toList();
                List<Map<String, String>> rows = new ArrayList<>();
                for (Row row : read.subList(2, read.size())) {
                    Map<String, String> cells = new LinkedHashMap<>();
                    for (int i = 0; i < headings.size(); i++) {
                        cells.put(headings.get(i), row.getCellText(i));
                    }
                    rows.add(cells);
                }
                return new Table(headings, rows);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> column(String name) {
            return rows.stream().map(row -> row.get(name)).toList();
        }

        Map<String, String> row(String number) {
            return rows.stream()
                    .filter(row -> number.equals(row.get("编号")))
                    .findFirst()
                    .orElseThrow();
        }

        String cell(String number, String heading) {
            return (char) ('A' + headings.indexOf(heading))
                    + String.valueOf(column("编号").indexOf(number) + 3);
        }

        /** As somebody sends it back: the same columns, other cells. */
        byte[] written(UnaryOperator<Map<String, String>> change) {
            return WorkingOffPiles.written(page -> {
                for (int i = 0; i < headings.size(); i++) page.value(1, i, headings.get(i));
                for (int n = 0; n < rows.size(); n++) {
                    Map<String, String> row = change.apply(rows.get(n));
                    for (int i = 0; i < headings.size(); i++) {
                        String text = row.getOrDefault(headings.get(i), "");
                        if (text.startsWith("=")) page.formula(n + 2, i, text.substring(1));
                        else if (!text.isEmpty()) page.value(n + 2, i, text);
                    }
                }
            });
        }
    }
}
