package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.banhao.base.SheetTable;
import org.banhao.flow.time.EngineTime;
import org.banhao.notice.domain.NoticeRounds;
import org.banhao.testing.Desk;
import org.banhao.testing.Together;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;

/** 通知清单: who has to be told by telephone or short message, handed to who does it. */
interface NoticeListStories extends FeedbackStories {

    String LIST = "/proposals/notices?reason=replyDelivered";

    /** Replied and told, when nobody can take the reply back any more. */
    private String told() {
        String number = replied();
        bean(EngineTime.class).advance(Duration.ofMinutes(70));
        NoticeRounds.deliver(this);
        return number;
    }

    /** Its line on that page; empty: it has none. */
    private static String line(WebSession web, String address, String number) {
        String page = Desk.ok(web.get(address), 200).body();
        Matcher line = Pattern.compile("<tr data-key=\"[^\"]*\" data-number=\"" + number + "\".*?</tr>", Pattern.DOTALL)
                .matcher(page);
        return line.find() ? line.group() : "";
    }

    private static String key(String line) {
        Matcher key = Pattern.compile("data-key=\"(\\d+)\"").matcher(line);
        assertThat(key.find()).isTrue();
        return key.group(1);
    }

    private static HttpResponse<String> send(WebSession web, String path, List<String> keys) {
        return web.script(
                "POST",
                path,
                "application/x-www-form-urlencoded",
                keys.stream()
                        .map(key -> "key=" + URLEncoder.encode(key, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode handOver(WebSession web, String key) {
        return Desk.json(Desk.ok(send(web, "/api/notice-handovers", List.of(key)), 200))
                .get(0);
    }

    @Test
    default void whoHasNotLookedIsListedWithNumberAndTextAndGoesWhenHeLooks() {
        String number = told();
        WebSession clerk = desk("暴晓岚").web();
        String line = line(clerk, LIST, number);

        assertThat(line)
                .contains("卫林书", "10000000001", "【办好】提案" + number + "的答复已送达，请登录系统查看并评价。", "答复送达")
                .contains("邮件已发", "还没有看", "未转交")
                .doesNotContain("关于中小学校", "/l/");
        assertThat(line(clerk, "/proposals/notices?reason=filed", number)).contains("已立案，案号");
        assertThat(line(clerk, LIST + "&to=2020-01-02&from=2020-01-01", number)).isEmpty();

        Desk.ok(desk("卫林书").web().get("/my/proposals/" + number), 200);
        assertThat(line(clerk, LIST, number)).isEmpty();
        assertThat(line(clerk, LIST + "&show=all", number)).contains("登录查看");
    }

    @Test
    default void whatIsHandedOverLeavesTheListNamesDayAndPersonAndIsTakenBackByWhoDidIt() {
        String number = told();
        WebSession clerk = desk("暴晓岚").web();
        WebSession colleague = desk("宿明").web();
        String key = key(line(clerk, LIST, number));

        JsonNode done = handOver(clerk, key);

        assertThat(done.path("outcome").path("done").asText()).startsWith("已转交：暴晓岚，");
        assertThat(line(clerk, LIST, number)).isEmpty();
        assertThat(line(clerk, LIST + "&show=handed", number)).contains("已转交：暴晓岚，", "data-undo", "disabled");
        assertThat(line(colleague, LIST + "&show=handed", number))
                .contains("已转交：暴晓岚，")
                .doesNotContain("data-undo");
        assertThat(handOver(colleague, key).path("outcome").path("sentence").asText())
                .isEqualTo("这条通知已由暴晓岚转交，没有重复转交。");
        assertThat(handOver(clerk, key).path("outcome").path("sentence").isNull())
                .isTrue();

        String undo = done.path("undo").asText();
        assertThat(send(colleague, "/api/notice-handovers/undo", List.of(undo)).body())
                .contains("不是您转交的");
        assertThat(send(clerk, "/api/notice-handovers/undo", List.of(undo)).body())
                .contains("未转交");
        assertThat(line(clerk, LIST, number)).contains("未转交");

        undo = handOver(clerk, key).path("undo").asText();
        bean(EngineTime.class).advance(Duration.ofMinutes(61));
        clerk = desk("暴晓岚").web();
        assertThat(send(clerk, "/api/notice-handovers/undo", List.of(undo)).body())
                .contains("不能撤销");
        assertThat(line(clerk, LIST + "&show=handed", number)).doesNotContain("data-undo");
        assertThat(db().sql("select action from base_audit where case_number = ? and action like 'notice.%Over'"
                                + " order by id")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactly("notice.handOver", "notice.takeBackHandOver", "notice.handOver");
    }

    @Test
    default void ofTwoClerksWhoHandTheSameNoticeOverAtOnceOneDoes() {
        String number = told();
        WebSession clerk = desk("暴晓岚").web();
        WebSession colleague = desk("宿明").web();
        String key = key(line(clerk, LIST, number));
        List<Callable<JsonNode>> acts = List.of(() -> handOver(clerk, key), () -> handOver(colleague, key));

        assertThat(Together.all(acts).stream()
                        .filter(one -> one.path("outcome").path("sentence").isNull()))
                .hasSize(1);
        assertThat(line(clerk, LIST, number)).isEmpty();
    }

    @Test
    default void theTableThatIsTakenAwayIsTheListOnTheScreenInPlainText() {
        String number = told();
        WebSession clerk = desk("暴晓岚").web();
        String page = clerk.get(LIST).body();
        Matcher address =
                Pattern.compile("href=\"(/proposals/notices/list.xlsx[^\"]*)\"").matcher(page);
        assertThat(address.find()).isTrue();
        String later = told();

        List<SheetTable.Line> lines = SheetTable.read(
                        new ByteArrayInputStream(
                                desk("暴晓岚").web().bytes(address.group(1).replace("&amp;", "&"))),
                        "通知",
                        10_000,
                        Stream.of("姓名", "手机", "通知内容", "事由", "流水号", "送达情况")
                                .map(name -> new SheetTable.Column(name, SheetTable.Kind.WORDS, true, List.of()))
                                .toList())
                .lines();

        assertThat(lines)
                .filteredOn(line -> line.get("流水号").equals(number))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("姓名")).isEqualTo("卫林书");
                    assertThat(line.get("手机")).isEqualTo("10000000001");
                    assertThat(line.get("通知内容")).isEqualTo("【办好】提案" + number + "的答复已送达，请登录系统查看并评价。");
                    assertThat(line.get("送达情况")).contains("邮件：已发", "还没有看");
                });
        assertThat(lines)
                .as("told after the page was made")
                .noneMatch(line -> line.get("流水号").equals(later));
    }

    @Test
    default void onlyTheProposalOfficeHasTheListAndWhatMakesNoSenseIsRefusedInASentence() {
        for (String name : List.of("路守正", "卫林书", "田禾", "甲管")) {
            WebSession other = desk(name).web();
            assertThat(other.get(LIST).statusCode()).as(name).isEqualTo(403);
            assertThat(other.get("/proposals/notices/list.xlsx").statusCode())
                    .as(name)
                    .isEqualTo(403);
            assertThat(send(other, "/api/notice-handovers", List.of("1")).statusCode())
                    .as(name)
                    .isEqualTo(403);
        }
        WebSession clerk = desk("暴晓岚").web();
        for (String wrong : List.of(
                "from=2026-13-01", "from=%2B999999999-01-01", "from=2026-12-02&to=2026-12-01", "reason=x", "show=x")) {
            HttpResponse<String> answer = clerk.get("/proposals/notices?" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.body()).contains("class=\"refused\"", "「");
        }
        assertThat(Desk.json(Desk.ok(send(clerk, "/api/notice-handovers", List.of()), 400))
                        .path("message")
                        .asText())
                .contains("请先选择");
        assertThat(send(clerk, "/api/notice-handovers", List.of("x")).body()).contains("没有这条通知");
        assertThat(send(clerk, "/api/notice-handovers", List.of("-1")).body()).contains("没有这条通知");
        assertThat(send(
                                clerk,
                                "/api/notice-handovers",
                                IntStream.range(0, 51).mapToObj(String::valueOf).toList())
                        .body())
                .contains("一次最多50条");
    }
}
