package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.banhao.base.ChineseTime;
import org.banhao.base.SheetTable;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.Retractions;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.Documents;
import org.banhao.flow.time.EngineTime;
import org.banhao.notice.Mailbox;
import org.banhao.notice.OneTimeLinks;
import org.banhao.notice.domain.NoticeRounds;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.InvitationByLink;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.feedback.FeedbackState;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One-time links: a reply rated and a co-signature confirmed on a telephone, without a session. */
interface LinkStories extends FeedbackStories {

    HttpClient GUEST = HttpClient.newHttpClient();
    Pattern PROOF = Pattern.compile("name=\"proof\" value=\"([0-9a-f]{64})\"");

    @AfterEach
    default void nobodyWaitsForWhatAnotherGuessed() {
        NoticeRounds.forgive(this);
    }

    // ---- a browser without cookies

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return GUEST.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> opened(String path) {
        return send(HttpRequest.newBuilder(URI.create(address() + path)).header("Accept", "text/html"));
    }

    private HttpResponse<String> sent(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(address() + path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String proof(String path) {
        Matcher proof = PROOF.matcher(opened(path).body());
        assertThat(proof.find()).isTrue();
        return proof.group(1);
    }

    private Map<String, String> rating(String path, String result, String opinion) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "attitude",
                "satisfied",
                "result",
                result,
                "faceToFace",
                "no",
                "pointByPoint",
                "yes",
                "opinion",
                opinion));
        fields.put("proof", proof(path));
        return fields;
    }

    private static Map<String, String> and(Map<String, String> fields, String name, String value) {
        Map<String, String> all = new HashMap<>(fields);
        all.put(name, value);
        return all;
    }

    private String rateLink(String number, String person) {
        return NoticeRounds.link(this, number, "replyDelivered", person);
    }

    private void dead(String path) {
        HttpResponse<String> answer = opened(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains(OneTimeLinks.DEAD).doesNotContain("TA-20", "<form");
    }

    private String signLink(String number, String person) {
        return NoticeRounds.link(this, number, "coSignInvited", person);
    }

    // ---- stories

    @Test
    default void aReplyIsRatedByTheLinkOfItsNoticeThroughTheSameChecksAndTheRecordSaysByWhichWay() {
        String number = replied();
        String link = rateLink(number, PROPOSER);
        HttpResponse<String> page = opened(link);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("卫林书，您好", "今年新招专职教师。", "市教育局的答复", "查看答复函盖章件")
                .doesNotContain("<script", "退出", "_csrf");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "script-src");
        assertThat(page.headers().map()).doesNotContainKey("set-cookie");
        HttpResponse<String> head = send(HttpRequest.newBuilder(URI.create(address() + link))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).as("whether there is such a link").isEqualTo(204);
        assertThat(opened("/my/feedback/" + asked(number, PROPOSER).id()).statusCode())
                .isEqualTo(302);
        HttpResponse<String> letter = opened(link + "/letter");
        assertThat(letter.statusCode()).isEqualTo(200);
        assertThat(letter.headers().firstValue("Content-Type")).contains("application/pdf");

        Map<String, String> fields = rating(link, "dissatisfied", "不");
        HttpResponse<String> refused = sent(link, fields);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("对办理结果不满意的，请填写「意见」").containsPattern("value=\"dissatisfied\"[^>]*checked");
        assertThat(sent(link, and(fields, "proof", "0".repeat(64))).body()).contains("页面不完整，没有提交");
        HttpResponse<String> checked = sent(link, and(fields, "opinion", "第二条没有说什么时候办。"));
        assertThat(checked.body()).contains("请核对", "第二条没有说什么时候办。");
        assertThat(sent(link, and(and(fields, "opinion", "第二条没有说什么时候办。"), "change", "yes"))
                        .body())
                .contains("下一步：核对", "第二条没有说什么时候办。");
        assertThat(asked(number, PROPOSER).state()).isEqualTo(FeedbackState.OPEN);
        HttpResponse<String> done = sent(link, and(and(fields, "opinion", "第二条没有说什么时候办。"), "confirmed", "yes"));

        assertThat(done.statusCode()).isEqualTo(302);
        assertThat(asked(number, PROPOSER).given()).satisfies(given -> {
            assertThat(given.enteredBy()).isEqualTo(PROPOSER);
            assertThat(given.opinion()).isEqualTo("第二条没有说什么时候办。");
        });
        assertThat(waiting(number)).containsExactly("userTask_examineFeedback");
        assertThat(opened(link).body())
                .contains("已经办理", "已反馈：办理态度满意，办理结果不满意")
                .doesNotContain("第二条没有说", "今年新招", "TA-20", "<form");
        assertThat(sent(link, and(fields, "confirmed", "yes")).body()).contains("已经办理");
        assertThat(opened(link + "/letter").statusCode()).isEqualTo(404);
        String secret = link.substring("/l/".length());
        assertThat(db().sql(
                                "select person_id || '|' || address || '|' || detail from base_audit where case_number = ? and action = 'proposal.feedback'")
                        .param(number)
                        .query(String.class)
                        .list())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(PROPOSER + "|127.0.0.1|经一次性链接"));
        assertThat(db().sql("select count(*) from base_audit where detail like ?")
                        .param("%" + secret + "%")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(bean(CaseFiles.class).timeline(number))
                .filteredOn(entry -> entry.what().startsWith("收到卫林书"))
                .extracting(TimelineEntry::who)
                .containsExactly("卫林书");
    }

    @Test
    default void aLinkActsForItsOwnPersonInABrowserInWhichSomebodyElseIsSignedInAndLeavesHimSignedIn() {
        String number = replied();
        String link = rateLink(number, PROPOSER);
        WebSession clerk = desk("暴晓岚").web();

        assertThat(clerk.get(link).body()).contains("卫林书，您好").doesNotContain("暴晓岚", "退出");
        Map<String, String> fields = and(rating(link, "satisfied", "办得好。"), "confirmed", "yes");
        assertThat(clerk.form(link, List.copyOf(fields.entrySet())).statusCode())
                .isEqualTo(302);

        assertThat(asked(number, PROPOSER).given())
                .satisfies(given -> assertThat(given.enteredBy()).isEqualTo(PROPOSER));
        assertThat(db().sql("select person_id from base_audit where case_number = ? and action = 'proposal.feedback'")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactly(PROPOSER);
        assertThat(clerk.get("/proposals/sessions").statusCode()).isEqualTo(200);
    }

    @Test
    default void ofTwoWhoSendTheSameRatingAtOnceOneCountsAndBothReadThatItIsDone() {
        String number = replied();
        String link = rateLink(number, PROPOSER);
        Map<String, String> fields = and(rating(link, "satisfied", ""), "confirmed", "yes");

        List<CompletableFuture<HttpResponse<String>>> both = Stream.of(1, 2)
                .map(one -> CompletableFuture.supplyAsync(() -> sent(link, fields)))
                .toList();

        assertThat(both)
                .extracting(one -> one.join().statusCode())
                .allSatisfy(status -> assertThat(status).isIn(200, 302));
        assertThat(db().sql(
                                "select count(*) from base_audit where case_number = ? and action in ('proposal.feedback', 'notice.useLink')")
                        .param(number)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void aLinkIsGoodForItsOwnPersonAndCaseAloneAndWhatWasNeverSentLooksLikeWhatIsOver() {
        String number = joint(SECOND);
        String mine = rateLink(number, PROPOSER);
        String his = rateLink(number, SECOND);
        assertThat(opened(his).body()).contains("郜清远，您好").doesNotContain("卫林书，您好");
        Map<String, String> fields = and(rating(mine, "satisfied", ""), "confirmed", "yes");
        assertThat(sent(his, fields).body()).as("the proof of another link").contains("页面不完整");
        sent(mine, fields);
        assertThat(asked(number, SECOND).state()).isEqualTo(FeedbackState.OPEN);

        db().sql("update people_person set active = false where id = ?")
                .param(SECOND)
                .update();
        try {
            dead(his);
            assertThat(opened(his).body())
                    .isEqualTo(opened("/l/" + "A".repeat(22)).body());
            dead("/l/x");
        } finally {
            db().sql("update people_person set active = true where id = ?")
                    .param(SECOND)
                    .update();
        }
        assertThat(opened(his).statusCode()).isEqualTo(200);
        bean(EngineTime.class).advance(Duration.ofDays(31));
        dead(his);
    }

    @Test
    default void whoGuessesWaitsAndSoDoesEverybodyAtHisAddressForAWhile() {
        String number = invited(SECOND);
        String link = signLink(number, SECOND);
        for (int i = 0; i < 5; i++)
            assertThat(opened("/l/" + "B".repeat(22)).statusCode()).isEqualTo(404);

        HttpResponse<String> waits = opened(link);

        assertThat(waits.statusCode()).isEqualTo(429);
        assertThat(waits.body()).contains("请稍候再试").doesNotContain(number);
        bean(EngineTime.class).advance(Duration.ofMinutes(1));
        assertThat(opened(link).statusCode()).isEqualTo(200);
    }

    @Test
    default void aSecondReplyEndsTheLinkToTheFirstAndWhatALinkDidIsTakenBackSignedIn() {
        String number = joint(SECOND);
        String first = rateLink(number, SECOND);
        rates(number, PROPOSER, "dissatisfied");
        step(number, "examineFeedback", CLERK, Map.of("examination", "rehandle", "examinationNote", "请就第二条给出时限。"));
        answered(number, reply(), 2);
        dead(first);
        String link = rateLink(number, SECOND);
        sent(link, and(rating(link, "satisfied", ""), "confirmed", "yes"));
        assertThat(opened(link).body()).contains("已经办理");

        retract(number, SECOND);

        assertThat(asked(number, SECOND).state()).isEqualTo(FeedbackState.OPEN);
        dead(link);
    }

    private void retract(String number, String person) {
        Retractions retractions = bean(Retractions.class);
        String id = retractions.recent(person).stream()
                .filter(one -> one.caseNumber().equals(number))
                .findFirst()
                .orElseThrow()
                .id();
        retractions.retract(id, person);
    }

    @Test
    default void aCoSignatureIsConfirmedOrDeclinedByTheLinkAndWithdrawnNothingIsLeftToSign() {
        String number = invited(SECOND, THIRD);
        String yes = signLink(number, SECOND);
        String no = signLink(number, THIRD);
        assertThat(opened(yes).body())
                .contains("郜清远，您好：卫林书请您联名提出", "缺少统一的办法。", "建立转诊通道。", "我已阅读，同意")
                .doesNotContain("<script");
        Map<String, String> fields = Map.of("proof", proof(yes));
        assertThat(sent(yes, fields).body()).contains("请选择同意联名或者谢绝。");

        assertThat(sent(yes, and(fields, "answer", "confirm")).statusCode()).isEqualTo(302);
        assertThat(sent(no, Map.of("proof", proof(no), "answer", "decline")).statusCode())
                .isEqualTo(302);

        assertThat(opened(yes).body()).contains("已经办理", "已确认。");
        assertThat(opened(no).body()).contains("已谢绝。").doesNotContain("缺少统一");
        assertThat(bean(CaseFiles.class).timeline(number))
                .extracting(TimelineEntry::what)
                .contains("联名人郜清远已确认", "联名人申雨禾谢绝", "提案进入审查");
        String other = invited(SECOND);
        String late = signLink(other, SECOND);
        bean(Submission.class).withdraw(other, PROPOSER, "不再需要");
        dead(late);
        String third = invited(SECOND);
        String back = signLink(third, SECOND);
        bean(Submission.class).backToDraft(third, PROPOSER);
        dead(back);
        String fourth = invited(SECOND);
        String never = signLink(fourth, SECOND);
        retract(fourth, PROPOSER);
        dead(never);
    }

    @Test
    default void aCoSignerLooksAtTheAttachmentsByHisLinkAndAtNothingElse() throws IOException {
        String number = bean(Drafts.class).begin(PROPOSER, PROPOSER);
        String picture = uploaded(number, "现场.png", png());
        String text = uploaded(number, "数据说明.txt", "缺车位四百余个。".getBytes(StandardCharsets.UTF_8));
        String pdf = uploaded(number, "调研报告.pdf", "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
        inviting(number, SECOND);
        String other = bean(Drafts.class).begin(PROPOSER, PROPOSER);
        String elsewhere = uploaded(other, "别的提案.txt", "不给看".getBytes(StandardCharsets.UTF_8));
        inviting(other, THIRD);

        String link = signLink(number, SECOND);
        assertThat(opened(link).body()).contains("附件", "现场.png", link + "/papers/" + picture);
        assertThat(opened(link + "/papers/" + text).body()).contains("缺车位四百余个。", "返回提案");
        assertThat(opened(link + "/papers/" + picture).body())
                .contains("<img", link + "/papers/" + picture + "/file")
                .doesNotContain("<script");
        HttpResponse<String> shown = opened(link + "/papers/" + picture + "/file");
        assertThat(shown.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(shown.headers().firstValue("Content-Disposition").orElse("")).startsWith("inline");
        assertThat(opened(link + "/papers/" + pdf).body()).contains("查看PDF");
        assertThat(opened(link + "/papers/" + pdf + "/file").headers().firstValue("Content-Type"))
                .hasValue("application/pdf");

        for (String not : List.of(elsewhere, "d-none")) {
            assertThat(opened(link + "/papers/" + not).statusCode()).isEqualTo(404);
            assertThat(opened(link + "/papers/" + not + "/file").statusCode()).isEqualTo(404);
        }
        sent(link, Map.of("proof", proof(link), "answer", "confirm"));
        assertThat(opened(link + "/papers/" + picture + "/file").statusCode()).isEqualTo(404);
    }

    private String uploaded(String number, String name, byte[] content) {
        return bean(Documents.class)
                .store(null, "draft:" + number, name, new ByteArrayInputStream(content), PROPOSER, "卫林书")
                .id();
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    default void theClerkReadsWhetherALinkIsStillGoodAndUntilWhen() {
        String number = invited(SECOND, THIRD);
        String link = signLink(number, SECOND);
        opened(link);
        WebSession clerk = desk("暴晓岚").web();
        Instant due = bean(InvitationByLink.class).due(number, "", SECOND).orElseThrow();
        Mailbox.Message opened = bean(Mailbox.class).ofCase(number).stream()
                .filter(one -> one.personId().equals(SECOND) && one.link() == Mailbox.LinkState.LIVE)
                .findFirst()
                .orElseThrow();
        assertThat(opened.linkUntil()).isAfter(now()).isBeforeOrEqualTo(due);
        assertThat(clerk.get("/proposals/deliveries?case=" + number).body())
                .contains("链接打开；链接有效，至" + ChineseTime.text(opened.linkUntil()), "还没有看；链接有效，至");
        bean(Submission.class).confirm(number, SECOND);
        assertThat(clerk.get("/proposals/deliveries?case=" + number).body()).contains("链接打开；链接已失效", "还没有看；链接有效，至");
    }

    @Test
    default void theClerkSeesWhatArrivedSendsItAgainAndMakesALinkVoidAndAPersonTurnsLinksOff() {
        String number = replied();
        bean(EngineTime.class).advance(Duration.ofMinutes(70));
        NoticeRounds.deliver(this);
        String link = rateLink(number, PROPOSER);
        opened(link);
        WebSession clerk = desk("暴晓岚").web();
        assertThat(clerk.get("/cases/" + number).body())
                .contains("通知送达", "/proposals/deliveries?case=" + number, "卫林书，邮件，“答复送达：提案" + number + "”：已发");
        assertThat(desk("卫林书").web().get("/cases/" + number).body()).doesNotContain("通知送达");
        Mailbox.Message message = bean(Mailbox.class).ofCase(number).stream()
                .filter(one -> one.template().equals("replyDelivered"))
                .findFirst()
                .orElseThrow();
        assertThat(clerk.get("/proposals/deliveries?case=" + number).body())
                .contains("答复送达：提案" + number, "链接打开", "登录查看", "撤销链接");
        String at = "/proposals/deliveries/" + number + "/" + message.id();
        assertThat(desk("路守正").web().form(at + "/revoke", List.of()).statusCode())
                .isEqualTo(403);

        assertThat(clerk.follow(clerk.form(at + "/revoke", List.of())).body()).contains("链接已撤销；", "链接已撤销");
        dead(link);
        assertThat(clerk.follow(clerk.form(at + "/resend", List.of())).body()).contains("已重新发送");
        NoticeRounds.deliver(this);
        String fresh = rateLink(number, PROPOSER);
        assertThat(opened(fresh).statusCode()).isEqualTo(200);
        assertThat(clerk.follow(clerk.form(at + "/resend", List.of())).body()).contains("10分钟内");

        WebSession member = desk("卫林书").web();
        assertThat(member.follow(member.form("/settings", List.of(Map.entry("digest", "yes"))))
                        .body())
                .contains("不再接收一次性链接");
        dead(fresh);
        member.form("/settings", List.of(Map.entry("digest", "yes"), Map.entry("links", "yes")));
        assertThat(opened(fresh).statusCode()).isEqualTo(200);
        WebSession administrator = desk("甲管").web();
        assertThat(administrator
                        .follow(administrator.form("/admin/mailbox/links", List.of(Map.entry("days", "20"))))
                        .body())
                .contains("停用一次性链接，已经发出的链接同时失效");
        dead(fresh);
        assertThat(administrator
                        .follow(administrator.form(
                                "/admin/mailbox/links", List.of(Map.entry("enabled", "yes"), Map.entry("days", "31"))))
                        .body())
                .contains("请填1到30之间的整数");
        administrator.form("/admin/mailbox/links", List.of(Map.entry("enabled", "yes"), Map.entry("days", "30")));
        assertThat(opened(fresh).statusCode()).isEqualTo(200);
    }

    @Test
    default void theListOfNoticesIsTakenAwayAsTheTableThatIsOnTheScreen() {
        String number = replied();
        WebSession administrator = desk("甲管").web();
        List<Mailbox.Message> shown = bean(Mailbox.class).list(null, null);
        byte[] table = administrator.bytes("/admin/mailbox/list.xlsx");
        List<SheetTable.Line> lines = SheetTable.read(
                        new ByteArrayInputStream(table),
                        "通知",
                        10_000,
                        Stream.of("主题", "案件", "收件人", "方式", "状态", "查看情况")
                                .map(name -> new SheetTable.Column(name, SheetTable.Kind.WORDS, true, List.of()))
                                .toList())
                .lines();
        assertThat(lines.stream().limit(shown.size()).map(line -> line.get("主题") + line.get("收件人") + line.get("状态")))
                .containsExactlyElementsOf(shown.stream()
                        .map(one -> one.subject() + one.personName() + one.stateName())
                        .toList());
        assertThat(lines).anyMatch(line -> line.get("主题").equals("答复送达：提案" + number));
        assertThat(desk("暴晓岚").web().get("/admin/mailbox/list.xlsx").statusCode())
                .isEqualTo(403);
    }
}
