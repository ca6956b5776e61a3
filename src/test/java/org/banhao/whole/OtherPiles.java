package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.TimelineEntry;
import org.banhao.casefile.domain.ArchivePackages;
import org.banhao.casefile.domain.Suspensions;
import org.banhao.flow.time.EngineTime;
import org.banhao.people.People;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Desk;
import org.banhao.testing.Together;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;

/** 成批催办 and 成批归档: one act on many cases, each by itself, and what is sent twice is not done twice. */
interface OtherPiles extends EveryStep {

    List<String> MEMBERS = List.of(PROPOSER, CO_SIGNER, "shen-yuhe", "jin-songnian", "yuan-zhixia");
    String URGE = "请抓紧审查，按期提出意见。";
    int PART = 10;

    // ---- over HTTP, as the pages do it

    private static HttpResponse<String> send(Desk desk, String path, List<String> keys, String... more) {
        List<String> pairs = new ArrayList<>();
        keys.forEach(key -> pairs.add("key=" + URLEncoder.encode(key, StandardCharsets.UTF_8)));
        for (int i = 0; i < more.length; i += 2) {
            pairs.add(more[i] + "=" + URLEncoder.encode(more[i + 1], StandardCharsets.UTF_8));
        }
        return desk.web()
                .script(
                        "POST",
                        path,
                        "application/x-www-form-urlencoded",
                        String.join("&", pairs).getBytes(StandardCharsets.UTF_8));
    }

    /** In parts; @return outcome by key */
    private static Map<String, JsonNode> many(Desk desk, String path, List<String> keys, String... more) {
        Map<String, JsonNode> outcomes = new LinkedHashMap<>();
        for (int at = 0; at < keys.size(); at += PART) {
            List<String> part = keys.subList(at, Math.min(keys.size(), at + PART));
            JsonNode answer = Desk.json(Desk.ok(send(desk, path, part, more), 200));
            assertThat(answer).hasSize(part.size());
            answer.forEach(one -> {
                JsonNode outcome = one.has("outcome") ? one.path("outcome") : one;
                outcomes.put(outcome.path("key").asText(), one);
            });
        }
        return outcomes;
    }

    private static JsonNode outcome(JsonNode one) {
        return one.has("outcome") ? one.path("outcome") : one;
    }

    private static Map<String, String> failed(Map<String, JsonNode> outcomes) {
        Map<String, String> failed = new LinkedHashMap<>();
        outcomes.forEach((key, one) -> {
            if (!outcome(one).path("sentence").isNull())
                failed.put(key, outcome(one).path("sentence").asText());
        });
        return failed;
    }

    private static String refused(HttpResponse<String> answer) {
        return Desk.json(Desk.ok(answer, 400)).path("message").asText();
    }

    /** Keys of the lines on the page. */
    private static List<String> keys(Desk desk, String address) {
        Matcher key = Pattern.compile("data-key=\"([^\"]+)\"")
                .matcher(Desk.ok(desk.web().get(address), 200).body());
        List<String> keys = new ArrayList<>();
        while (key.find()) keys.add(key.group(1));
        return keys;
    }

    private List<String> handedIn(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> handedIn(MEMBERS.get(i % MEMBERS.size())))
                .toList();
    }

    private String key(String number, String name) {
        return number + "/" + task(number, name);
    }

    private long waitingMessages(String number) {
        return db().sql("select count(*) from notice_outbox where case_number = ? and notice_key like 'chase:%'")
                .param(number)
                .query(Long.class)
                .single();
    }

    private List<String> told(String number, String beginning) {
        return bean(CaseFiles.class).timeline(number).stream()
                .map(TimelineEntry::what)
                .filter(what -> what.startsWith(beginning))
                .toList();
    }

    private void pass(Duration time) {
        bean(EngineTime.class).advance(time);
    }

    private String withdrawn() {
        String number = handedIn(PROPOSER);
        bean(Submission.class).withdraw(number, PROPOSER, "情况已经变化，不再需要。");
        return number;
    }

    private String archiveNumber(String number) {
        return db().sql("select archive_number from casefile_case where number = ? and archived is not null")
                .param(number)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** A letter that somebody began and neither issued nor dropped. */
    private void lacksALetter(String number) {
        db().sql(
                        "insert into paper_paper (kind, kind_name, subject, label, case_number, issuer, issuer_name, desk, inputs,"
                                + " state, made_by, made_name, made_at, version)"
                                + " values ('filing', '立案通知', 'x', '立案', ?, 'committee', '提案委', '', '{}', 'draft', 'x', '暴晓岚', ?, 1)")
                .params(number, now().atOffset(java.time.ZoneOffset.UTC))
                .update();
    }

    // ---- many

    @Test
    default void ofFourHundredChasedAndArchivedThoseThatChangedMeanwhileAreNamedAndTheOthersAreDone() {
        int count = Integer.getInteger("banhao.piles", 400);
        List<String> numbers = handedIn(count);
        pass(Duration.ofDays(30));
        Desk director = desk("路守正");
        List<String> keys =
                numbers.stream().map(number -> key(number, "firstReview")).toList();
        assertThat(keys(director, "/chase")).containsAll(keys);

        // withdrawn by its proposer; resting; reviewed
        bean(Submission.class).withdraw(numbers.get(3), MEMBERS.get(3), "情况已经变化，不再需要。");
        bean(Suspensions.class).suspend(numbers.get(7), "等待司法程序");
        answer(task(numbers.get(11), "firstReview"), CLERK, Map.of("firstVerdict", "file", "category", "society"));
        long begun = System.nanoTime();
        Map<String, JsonNode> chased = many(director, "/api/chases", keys, "words", URGE);
        System.out.printf("成批催办%d项：%.1f秒%n", count, (System.nanoTime() - begun) / 1e9);
        Map<String, String> failed = failed(chased);
        assertThat(failed.keySet()).containsExactlyInAnyOrder(keys.get(3), keys.get(7), keys.get(11));
        assertThat(failed.values()).allMatch(why -> why.contains("不需要催办"));
        assertThat(outcome(chased.get(keys.get(3))).path("number").asText()).isEqualTo(numbers.get(3));
        assertThat(outcome(chased.get(keys.get(3))).path("title").asText()).startsWith("关于中小学校");
        // sent again: an answer that was lost on its way
        assertThat(failed(many(director, "/api/chases", keys, "words", URGE))).isEqualTo(failed);
        for (int i = 0; i < count; i++) {
            boolean changed = i == 3 || i == 7 || i == 11;
            assertThat(told(numbers.get(i), "催办：")).as(numbers.get(i)).hasSize(changed ? 0 : 1);
        }

        bean(Suspensions.class).resume(numbers.get(7), "程序终结");
        for (int i = 0; i < count; i++) {
            if (i != 3) bean(Submission.class).withdraw(numbers.get(i), MEMBERS.get(i % MEMBERS.size()), "情况已经变化。");
        }
        Desk clerk = desk("暴晓岚");
        assertThat(keys(clerk, "/archive?show=complete")).containsAll(numbers);
        // archived by a colleague; at work again; lacking a letter
        assertThat(failed(many(desk("宿明"), "/api/archive", List.of(numbers.get(5)), "retention", "Y")))
                .isEmpty();
        bean(CaseFiles.class).reopen(numbers.get(9));
        lacksALetter(numbers.get(13));
        begun = System.nanoTime();
        failed = failed(many(clerk, "/api/archive", numbers, "retention", "Y"));
        System.out.printf("成批归档%d件：%.1f秒%n", count, (System.nanoTime() - begun) / 1e9);
        assertThat(failed.keySet()).containsExactlyInAnyOrder(numbers.get(5), numbers.get(9), numbers.get(13));
        assertThat(failed.get(numbers.get(5))).contains("宿明", "没有重复归档");
        assertThat(failed.get(numbers.get(9))).contains("办结以后才能归档");
        assertThat(failed.get(numbers.get(13))).contains("立案通知", "缺件说明");
        assertThat(failed(many(clerk, "/api/archive", numbers, "retention", "Y")))
                .isEqualTo(failed);
        assertThat(numbers.stream().map(this::archiveNumber).filter(one -> !one.isEmpty()))
                .hasSize(count - 2)
                .doesNotHaveDuplicates();
        assertThat(told(numbers.get(0), "归档：")).hasSize(1);
        bean(CaseFiles.class).close(numbers.get(9));
    }

    // ---- 催办

    @Test
    default void aStepIsChasedOnceADayWhoeverPressesAndHowOften() {
        String number = until(filed(), "answerAssignment");
        pass(Duration.ofDays(30));
        Desk office = desk("侯望");
        Desk leader = desk("荆明德");
        String key = key(number, "answerAssignment");
        List<Callable<Map<String, JsonNode>>> presses = new ArrayList<>();
        for (int i = 0; i < 3; i++) presses.add(() -> many(office, "/api/chases", List.of(key), "words", URGE));
        List<Map<String, JsonNode>> pressed = Together.all(presses);
        assertThat(pressed.stream().filter(one -> failed(one).isEmpty())).isNotEmpty();
        assertThat(told(number, "催办：")).hasSize(1);
        long messages = waitingMessages(number);
        assertThat(messages).isPositive();
        assertThat(failed(many(office, "/api/chases", List.of(key), "words", URGE)))
                .isEmpty();

        assertThat(failed(many(leader, "/api/chases", List.of(key), "words", URGE))
                        .get(key))
                .contains("侯望", "没有重复催办");
        assertThat(waitingMessages(number)).isEqualTo(messages);
        String page = leader.web().get("/chase").body();
        assertThat(page.substring(page.indexOf(key), page.indexOf("</tr>", page.indexOf(key))))
                .contains("disabled", "今天已催办：侯望");

        pass(Duration.ofDays(1));
        Desk again = desk("荆明德");
        assertThat(failed(many(again, "/api/chases", List.of(key), "words", URGE)))
                .isEmpty();
        assertThat(told(number, "催办：")).hasSize(2);
    }

    @Test
    default void aChaseIsTakenBackUntilAMessageHasLeft() {
        String number = handedIn(PROPOSER);
        String other = handedIn(CO_SIGNER);
        pass(Duration.ofDays(30));
        Desk director = desk("路守正");
        List<String> keys = List.of(key(number, "firstReview"), key(other, "firstReview"));
        Map<String, JsonNode> chased = many(director, "/api/chases", keys, "words", URGE);
        assertThat(db().sql(
                                "select min(next_at) from notice_outbox where case_number = ? and notice_key like 'chase:%'")
                        .param(number)
                        .query(java.time.OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isAfter(now().plusSeconds(60));
        String first = chased.get(keys.get(0)).path("undo").asText();
        String second = chased.get(keys.get(1)).path("undo").asText();
        assertThat(director.web().get("/chase").body()).contains("data-undo=\"" + first + "\"");
        assertThat(db().sql("select text_body from notice_outbox where case_number = ? and channel = 'mail'")
                        .param(number)
                        .query(String.class)
                        .list())
                .anyMatch(text -> text.contains(URGE));
        db().sql("update notice_outbox set state = 'sent' where case_number = ? and notice_key like 'chase:%'")
                .param(other)
                .update();

        // not by somebody else
        assertThat(failed(many(desk("暴晓岚"), "/api/chases/undo", List.of(first))).get(first))
                .contains("不是您催办的");
        Map<String, String> failed = failed(many(director, "/api/chases/undo", List.of(first, second)));
        assertThat(failed.keySet()).containsExactly(second);
        assertThat(failed.get(second)).contains("已经发出");
        assertThat(waitingMessages(number)).isZero();
        assertThat(told(number, "撤销催办：")).hasSize(1);
        // what was taken back is chased again on the same day
        assertThat(failed(many(director, "/api/chases", keys.subList(0, 1), "words", URGE)))
                .isEmpty();
        assertThat(waitingMessages(number)).isPositive();
    }

    @Test
    default void thePileIsWhatIsOwedWithinAWeekInOnesOwnCharge() {
        String reviewed = handedIn(PROPOSER);
        String assigned = until(filed(), "answerAssignment");
        String handled = until(filed(), "handle");
        pass(Duration.ofDays(30));
        Desk director = desk("路守正");
        Desk office = desk("侯望");
        String review = key(reviewed, "firstReview");
        String answer = key(assigned, "answerAssignment");
        assertThat(keys(director, "/chase")).contains(review).doesNotContain(answer);
        assertThat(keys(office, "/chase")).contains(answer).doesNotContain(review);
        assertThat(keys(office, "/chase")).as("far from due").doesNotContain(key(handled, "handle"));
        // her own work is not pressed by herself
        assertThat(keys(desk("暴晓岚"), "/chase")).doesNotContain(review);
        assertThat(keys(office, "/chase?days=late&unit=" + URLEncoder.encode("市教育局", StandardCharsets.UTF_8)))
                .contains(answer);
        assertThat(keys(office, "/chase?unit=" + URLEncoder.encode("市水利局", StandardCharsets.UTF_8)))
                .doesNotContain(answer);
        assertThat(failed(many(office, "/api/chases", List.of(review), "words", URGE))
                        .get(review))
                .matches(".*(不归您催办|不能查看).*");
        assertThat(Desk.json(Desk.ok(send(office, "/api/chases/preview", List.of(answer), "words", URGE), 200))
                        .path("text")
                        .asText())
                .contains(assigned, URGE);
        // a unit's people have nobody to chase, members no such page
        assertThat(desk("田禾").web().get("/chase").statusCode()).isEqualTo(400);
        assertThat(desk("卫林书").web().get("/chase").statusCode()).isEqualTo(403);
        assertThat(desk("田禾").web().get("/api/piles").body()).doesNotContain("/chase");
        assertThat(director.web().get("/api/piles").body()).contains("/chase", "/archive");
    }

    @Test
    default void whatMakesNoSenseIsRefusedInASentence() {
        Desk director = desk("路守正");
        assertThat(refused(send(director, "/api/chases", List.of(), "words", URGE)))
                .contains("请先选择");
        assertThat(refused(send(director, "/api/chases", List.of("x"), "words", " \n")))
                .contains("「催办意见」");
        assertThat(refused(send(director, "/api/chases", List.of("x"), "words", "急".repeat(101))))
                .contains("最多100字");
        List<String> many = IntStream.range(0, 51).mapToObj(i -> "TA-" + i).toList();
        assertThat(refused(send(director, "/api/chases", many, "words", URGE))).contains("一次最多50项");
        assertThat(failed(many(director, "/api/chases", List.of("TA-2026-999999/x", "/", "'"), "words", URGE)))
                .hasSize(3);
        assertThat(refused(send(director, "/api/chases/undo", List.of("x")))).contains("没有这次催办");
        assertThat(refused(send(director, "/api/archive", List.of(), "retention", "Y")))
                .contains("请先选择");
        assertThat(refused(send(director, "/api/archive", List.of("x"), "retention", "X")))
                .contains("「保管期限」");
        assertThat(refused(send(director, "/api/archive", List.of("x"), "retention", "Y", "note", "缺".repeat(201))))
                .contains("最多200字");
        assertThat(refused(send(director, "/api/archive/out", List.of("x"), "reason", " ")))
                .contains("原因");
        assertThat(refused(send(director, "/api/archive", many, "retention", "Y")))
                .contains("一次最多50件");
    }

    // ---- 归档

    @Test
    default void aClosedCaseGetsItsNumberAndKeepsItThroughBeingTakenOut() {
        String number = withdrawn();
        String open = handedIn(PROPOSER);
        Desk clerk = desk("暴晓岚");
        assertThat(keys(clerk, "/archive")).contains(number).doesNotContain(open);
        assertThat(failed(many(clerk, "/api/archive", List.of(number, open), "retention", "D30"))
                        .keySet())
                .containsExactly(open);
        String given = archiveNumber(number);
        assertThat(given).matches("WS·" + ChineseTime.day(now()).getYear() + "-D30-\\d{4}");
        assertThat(keys(clerk, "/archive")).doesNotContain(number);
        assertThat(clerk.web().get("/archive?show=archived").body()).contains(given, "30年");
        assertThat(clerk.web().get("/cases/" + number).body()).contains("已归档 " + given);
        assertThat(told(number, "归档：")).containsExactly("归档：档号" + given);

        assertThat(failed(many(clerk, "/api/archive/out", List.of(number), "reason", "补收原件。")))
                .isEmpty();
        assertThat(failed(many(clerk, "/api/archive/out", List.of(number), "reason", "补收原件。")))
                .as("twice")
                .isEmpty();
        assertThat(told(number, "取消归档")).hasSize(1);
        assertThat(db().sql(
                                "select count(*) from base_audit where action = 'casefile.takeOutOfArchive' and case_number = ?")
                        .param(number)
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(keys(clerk, "/archive")).contains(number);
        many(clerk, "/api/archive", List.of(number), "retention", "D30");
        assertThat(archiveNumber(number)).isEqualTo(given);

        // what is told later shows that the file has grown
        assertThat(clerk.web().get("/archive?show=archived").body()).doesNotContain("归档后又有新的办理记录");
        bean(CaseFiles.class).happened(number, "补充说明", null);
        assertThat(clerk.web().get("/archive?show=archived").body()).contains("归档后又有新的办理记录");
        // a case that goes on is no archive
        bean(CaseFiles.class).reopen(number);
        assertThat(archiveNumber(number)).isEmpty();
        assertThat(told(number, "取消归档：案件重新办理")).hasSize(1);
        bean(CaseFiles.class).close(number);
    }

    @Test
    default void whatLacksSomethingIsArchivedWithAWordAboutItWhichStandsInItsFile() throws IOException {
        String number = withdrawn();
        lacksALetter(number);
        Desk clerk = desk("暴晓岚");
        String page = clerk.web().get("/archive?show=lacking").body();
        assertThat(page.substring(page.indexOf(number))).contains("公文“立案通知");
        assertThat(keys(clerk, "/archive?show=complete")).doesNotContain(number);
        assertThat(failed(many(clerk, "/api/archive", List.of(number), "retention", "Y"))
                        .get(number))
                .contains("没有发文也没有撤稿");
        assertThat(failed(many(clerk, "/api/archive", List.of(number), "retention", "Y", "note", "该公文不再需要。")))
                .isEmpty();
        Map<String, byte[]> parts = unpacked(clerk.web().bytes("/cases/" + number + "/archive"));
        assertThat(new String(parts.get("卷内目录.html"), StandardCharsets.UTF_8))
                .contains("缺件说明：该公文不再需要。", archiveNumber(number), "永久");
    }

    @Test
    default void aProposalThatWentItsWholeWayIsCompleteAndOneWithOpenWorkIsNot() {
        String number = filed();
        toTheEnd(number);
        assertThat(status(number)).isEqualTo("closed");
        assertThat(keys(desk("暴晓岚"), "/archive?show=complete")).contains(number);
        db().sql("update proposal_reply set sealed_document = null where handling_id in"
                        + " (select id from proposal_handling where case_number = ?)")
                .param(number)
                .update();
        db().sql("update proposal_feedback set way = 'paper', scan_document = null where case_number = ?")
                .param(number)
                .update();
        String page = desk("暴晓岚").web().get("/archive?show=lacking").body();
        String line = page.substring(
                page.indexOf("data-key=\"" + number), page.indexOf("</tr>", page.indexOf("data-key=\"" + number)));
        assertThat(line).contains("缺市教育局答复的盖章件", "纸质反馈意见表的扫描件");
    }

    @Test
    default void numbersInTheArchiveAreGaplessWhenTwoArchiveAtOnce() {
        List<String> numbers = Stream.generate(this::withdrawn).limit(8).toList();
        List<Callable<Map<String, JsonNode>>> acts = List.of(
                () -> many(desk("暴晓岚"), "/api/archive", numbers, "retention", "D10"),
                () -> many(desk("宿明"), "/api/archive", numbers, "retention", "D10"));
        List<Map<String, JsonNode>> done = Together.all(acts);
        assertThat(done.get(0).size() + done.get(1).size()).isEqualTo(16);
        List<Integer> given = numbers.stream()
                .map(this::archiveNumber)
                .map(one -> Integer.valueOf(one.substring(one.length() - 4)))
                .sorted()
                .toList();
        assertThat(given).hasSize(8);
        assertThat(given.get(7) - given.get(0)).as("%s", given).isEqualTo(7);
        numbers.forEach(number -> assertThat(told(number, "归档：")).hasSize(1));
    }

    @Test
    default void onlyWhoKeepsTheFileArchives() {
        String number = withdrawn();
        for (String name : List.of("侯望", "田禾", "卫林书", "苗正清")) {
            assertThat(desk(name).web().get("/archive").statusCode()).as(name).isEqualTo(403);
            assertThat(send(desk(name), "/api/archive", List.of(number), "retention", "Y")
                            .statusCode())
                    .as(name)
                    .isEqualTo(403);
            assertThat(desk(name)
                            .web()
                            .get("/cases/" + number + "/contents.xlsx")
                            .statusCode())
                    .as(name)
                    .isNotEqualTo(200);
        }
        assertThat(archiveNumber(number)).isEmpty();
        // a draft that was thrown away is nobody's record
        assertThat(failed(many(
                                desk("暴晓岚"),
                                "/api/archive",
                                List.of("ZJ-2026-000001", "TA-2026-999999"),
                                "retention",
                                "Y"))
                        .values())
                .hasSize(2)
                .allMatch(why -> why.contains("没有这个案件"));
    }

    @Test
    default void manyPackagesAreOneFileWithAListAndOneThatCannotBeMadeIsNamedInIt() throws IOException {
        String one = withdrawn();
        String other = withdrawn();
        many(desk("暴晓岚"), "/api/archive", List.of(one, other), "retention", "Y");
        List<String> groups = bean(People.class).groupsOf(CLERK);
        ArchivePackages.Archive archive = bean(ArchivePackages.class)
                .of(
                        List.of(one, "TA-2026-999999", other, one),
                        bean(People.class).find(CLERK).orElseThrow(),
                        groups);
        Map<String, byte[]> parts = unpacked(Files.readAllBytes(archive.file()));
        Files.delete(archive.file());
        assertThat(parts).hasSize(3);
        assertThat(parts.keySet())
                .anyMatch(name -> name.startsWith(one + "案卷"))
                .anyMatch(name -> name.startsWith(other));
        Map<String, byte[]> inner = unpacked(parts.entrySet().stream()
                .filter(part -> part.getKey().startsWith(one))
                .findFirst()
                .orElseThrow()
                .getValue());
        assertThat(inner.keySet()).contains("卷内目录.html", "卷内目录.xlsx", "案卷.json", "校验.sha256");
        String list = cells(parts.get("归档文件目录.xlsx")).toString();
        assertThat(list).contains(archiveNumber(one), archiveNumber(other), "TA-2026-999999", "没有导出", "永久");
        assertThat(desk("暴晓岚")
                        .web()
                        .form("/archive/packages", List.of(Map.entry("key", one)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(desk("暴晓岚").web().form("/archive/packages", List.of()).statusCode())
                .isEqualTo(400);
    }

    @Test
    default void theListOfContentsSaysTheSameAsATableAndAsAPage() throws IOException {
        String number = filed();
        toTheEnd(number);
        Desk clerk = desk("暴晓岚");
        Map<String, byte[]> parts = unpacked(clerk.web().bytes("/cases/" + number + "/archive"));
        String page = new String(parts.get("卷内目录.html"), StandardCharsets.UTF_8);
        List<List<String>> rows = cells(parts.get("卷内目录.xlsx"));
        assertThat(rows.get(0).get(0)).isEqualTo("卷内文件目录");
        assertThat(rows.get(1).get(0)).contains(number);
        assertThat(rows.get(2)).containsExactly("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注");
        List<List<String>> lines = rows.subList(3, rows.size());
        assertThat(lines).isNotEmpty();
        assertThat(page).contains("本卷共有文件" + lines.size() + "件");
        assertThat(lines)
                .filteredOn(line -> !line.get(1).isEmpty())
                .as("the sealed reply: its own number and the organ that wrote it, not who uploaded it")
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.get(2)).startsWith("市"));
        for (List<String> line : lines) {
            assertThat(page).contains(">" + line.get(3) + "<", ">" + line.get(2) + "<", ">" + line.get(4) + "<");
        }
        assertThat(cells(clerk.web().bytes("/cases/" + number + "/contents.xlsx"))
                        .subList(2, rows.size()))
                .isEqualTo(rows.subList(2, rows.size()));
        // its parts have no sizes in front, so it is read as a file
        Path book = Files.createTempFile(Path.of("target"), "contents", ".xlsx");
        Files.write(book, parts.get("卷内目录.xlsx"));
        try (ZipFile file = new ZipFile(book.toFile())) {
            assertThat(part(file, "xl/worksheets/sheet1.xml")).contains("paperSize=\"9\"", "orientation=\"portrait\"");
            assertThat(part(file, "xl/workbook.xml")).contains("Print_Titles");
        } finally {
            Files.delete(book);
        }
    }

    private static String part(ZipFile file, String name) throws IOException {
        return new String(file.getInputStream(file.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<List<String>> cells(byte[] table) throws IOException {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(table));
                var rows = book.getFirstSheet().openStream()) {
            return rows.map(row -> row.stream()
                            .map(cell -> cell == null ? "" : cell.getText())
                            .collect(Collectors.toList()))
                    .toList();
        }
    }

    private static Map<String, byte[]> unpacked(byte[] zip) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                parts.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }
}
