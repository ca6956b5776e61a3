package org.banhao.casefile.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.banhao.calendar.Deadline;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CasefileFakes.TestAudit;
import org.banhao.casefile.CasefileFakes.TestClock;
import org.banhao.casefile.CasefileFakes.TestDeadlines;
import org.banhao.casefile.CasefileFakes.TestForms;
import org.banhao.document.Documents;
import org.banhao.flow.Step;
import org.banhao.flow.StepEvent.StepOffered;
import org.banhao.testing.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class CasePagesTest {
    private static final String CLERKS = "proposal-clerk";
    private static ServletWebServerApplicationContext context;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private String number;

    @BeforeAll
    static void start() throws Exception {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(CasefileWeb.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port", System.getProperty("casefile.port", "0"),
                        "banhao.data",
                                java.nio.file.Files.createTempDirectory("casefile")
                                        .toString(),
                        "banhao.upload.largest", "12MB",
                        "spring.servlet.multipart.max-file-size", "12MB",
                        "spring.config.location", "optional:classpath:/none/",
                        "spring.main.banner-mode", "off"))
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void aCase() {
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        for (String table : List.of(
                "document_file",
                "casefile_number",
                "casefile_party",
                "casefile_open_step",
                "casefile_timeline",
                "casefile_link",
                "casefile_suspension",
                "casefile_case")) {
            jdbc.sql("delete from " + table).update();
        }
        context.getBean(TestClock.class).now = CasefileWeb.NOW;
        context.getBean(TestAudit.class).lines.clear();
        context.getBean(TestDeadlines.class).rows.clear();
        CaseFiles cases = context.getBean(CaseFiles.class);
        number = cases.open("TA", "关于缓解中小学校门口上下学时段交通拥堵的提案", "14-5", "underReview", "审查中", "卫林书")
                .number();
        cases.party(number, "firstProposer", "weilinshu", false);
        cases.happened(number, "提交提案", null);
        offer("t1", List.of(CLERKS));
    }

    private void offer(String taskId, List<String> groups) {
        Step step = new Step("proposalReview", "userTask_firstReview", taskId, "def", "inst", number, null, null);
        context.publishEvent(new StepOffered(
                step,
                "初审",
                "",
                null,
                groups,
                CasefileWeb.NOW.plus(Duration.ofDays(2)),
                50,
                CasefileWeb.NOW,
                "提案审查",
                "exec",
                false,
                true));
    }

    // ---- the page

    @Test
    void the_proposer_reads_page_and_fragment_and_it_is_recorded() throws Exception {
        HttpResponse<String> page = get("/cases/" + number, "weilinshu", "member");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(number, "关于缓解中小学校门口", "审查中", "卫林书（教育界）", "错时放学", "现在由谁办、到何时")
                .contains("提案委员会办公室工作人员（待签收）", "还有2天", "提交提案", "本系统不得处理涉密信息");
        HttpResponse<String> fragment = get("/cases/" + number + "/fragment", "weilinshu", "member");
        assertThat(fragment.body().strip())
                .startsWith("<div data-case-number=\"" + number + "\">")
                .doesNotContain("<html", "本系统不得");
        assertThat(context.getBean(TestAudit.class).lines)
                .containsSubsequence("casefile.read " + number + " 页面", "casefile.read " + number + " 卷宗");
    }

    @Test
    void a_case_one_may_not_read_answers_like_one_that_does_not_exist() throws Exception {
        context.getBean(TestAudit.class).lines.clear();
        for (String path : List.of("/cases/%s", "/cases/%s/fragment")) {
            HttpResponse<String> foreign = get(path.formatted(number), "stranger", "member");
            HttpResponse<String> none = get(path.formatted("TA-2026-999999"), "stranger", "member");
            assertThat(foreign.statusCode()).isEqualTo(404).isEqualTo(none.statusCode());
            assertThat(foreign.body()).isEqualTo(none.body()).doesNotContain(number);
        }
        assertThat(get("/cases/by-task/t1", "stranger", "member").statusCode()).isEqualTo(404);
        assertThat(get("/cases/by-task/none", "baoxiaolan", CLERKS).statusCode())
                .isEqualTo(404);
        assertThat(context.getBean(TestAudit.class).lines).isEmpty();
    }

    @Test
    void tasklist_gets_the_dossier_of_a_task_that_is_offered_to_the_person() throws Exception {
        HttpResponse<String> fragment = get("/cases/by-task/t1", "baoxiaolan", CLERKS);
        assertThat(fragment.statusCode()).isEqualTo(200);
        assertThat(fragment.body()).contains(number, "class=\"casefile\"");
    }

    @Test
    void text_from_people_is_text_on_the_page() throws Exception {
        CaseFiles cases = context.getBean(CaseFiles.class);
        cases.change(number, 0, "<script>alert('题')</script>", "underReview", "审查中", "<b>x</b>");
        cases.happened(number, "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>");
        assertThat(get("/cases/" + number, "weilinshu", "").body())
                .doesNotContain("<script>alert", "<img src=x", "<svg onload", "<b>x</b>")
                .contains("&lt;script&gt;alert");
    }

    @Test
    void a_linked_case_is_shown_only_to_who_may_read_it() throws Exception {
        CaseFiles cases = context.getBean(CaseFiles.class);
        String secret = cases.open("TA", "另一件不公开的提案", null, "draft", "草稿", "别人").number();
        cases.link(number, "similar", secret);
        assertThat(get("/cases/" + number, "weilinshu", "").body()).doesNotContain(secret, "另一件不公开的提案");
        cases.party(secret, "reader", "weilinshu", false);
        assertThat(get("/cases/" + number, "weilinshu", "").body()).contains(secret, "另一件不公开的提案");
    }

    @Test
    void deadlines_are_told_with_name_date_and_sentence_and_a_provisional_one_says_so() throws Exception {
        TestDeadlines deadlines = context.getBean(TestDeadlines.class);
        deadlines.owe(number, "firstReview", "inst", "userTask_firstReview");
        assertThat(deadlineLines())
                .hasSize(1)
                .first()
                .asString()
                .isEqualTo("初审：2026年3月31日 10:00（周二） 前 还有5天 自2026年3月26日（周四）起5个工作日。");

        String guessed = "自2026年12月25日（周五）起3个月。2027年放假安排尚未公布，暂按法定节假日推算，公布后重算，日期可能变动。";
        for (String state : List.of("open", "met")) {
            deadlines.rows.add(new Deadline(
                    7,
                    number,
                    "reply",
                    "答复",
                    CasefileWeb.NOW,
                    Instant.parse("2027-03-25T10:00:00Z"),
                    "本市提案工作规程",
                    "",
                    true,
                    guessed,
                    true,
                    state,
                    "inst",
                    null));
        }
        assertThat(deadlineLines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("答复：2027年3月25日 18:00（周四） 前（暂定） 还有")
                        .endsWith(guessed))
                .anySatisfy(line -> assertThat(line).isEqualTo("答复：2027年3月25日 18:00（周四） 前 已办"));
    }

    /** Each as one reads it, without the marks of the page. */
    private List<String> deadlineLines() throws Exception {
        String page = get("/cases/" + number, "weilinshu", "member").body();
        String card = page.replaceAll("(?s).*aria-label=\"时限\">.*?<ul[^>]*>|</ul>.*", "");
        return Arrays.stream(card.split("</li>"))
                .map(line ->
                        line.replaceAll("<[^>]+>", "").replaceAll("\\s+", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    // ---- documents

    @Test
    void an_upload_is_its_owners_until_it_is_handed_in_then_that_of_the_case() throws Exception {
        HttpResponse<String> uploaded = upload("t1", "说明 一.txt", "说明", "baoxiaolan", CLERKS);
        assertThat(uploaded.statusCode()).isEqualTo(200);
        var json = JSON.readTree(uploaded.body());
        assertThat(json.path("name").asText()).isEqualTo("说明 一.txt");
        assertThat(json.path("size").asInt()).isEqualTo(6);
        String path = "/api/documents/" + json.path("id").asText();
        assertThat(get(path, "baoxiaolan", CLERKS).statusCode()).isEqualTo(200);
        assertThat(get(path, "weilinshu", "member").statusCode()).isEqualTo(404);
        assertThat(get(path, "colleague", CLERKS).statusCode()).isEqualTo(404);
        context.getBean(Documents.class).attach(number, List.of(json.path("id").asText()), "draft");
        assertThat(get(path, "weilinshu", "member").statusCode()).isEqualTo(200);
        assertThat(get(path, "colleague", CLERKS).statusCode()).isEqualTo(200);
        assertThat(get(path, "stranger", "member").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", path, "baoxiaolan", CLERKS).statusCode()).isEqualTo(400);
        assertThat(get("/cases/" + number, "weilinshu", "member").body()).contains("说明 一.txt", path);
    }

    @Test
    void a_download_cannot_run_as_a_page_of_ours() throws Exception {
        String id = id(upload("t1", "说明.txt", "说明", "baoxiaolan", CLERKS));
        HttpResponse<String> file = get("/api/documents/" + id + "?inline", "baoxiaolan", CLERKS);
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("filename*=UTF-8''%E8%AF%B4%E6%98%8E.txt");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox");
        assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        String pdf = id(upload("t1", "方案.pdf", "%PDF-1.7\n1 0 obj\n", "baoxiaolan", CLERKS));
        assertThat(get("/api/documents/" + pdf + "?inline", "baoxiaolan", CLERKS)
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElseThrow())
                .startsWith("inline;");
        assertThat(get("/api/documents/" + pdf, "baoxiaolan", CLERKS)
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElseThrow())
                .startsWith("attachment;");
    }

    @Test
    void an_upload_can_be_taken_back_by_its_owner_only() throws Exception {
        String path = "/api/documents/" + id(upload("t1", "a.txt", "a", "baoxiaolan", CLERKS));
        assertThat(send("DELETE", path, "stranger", CLERKS).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", path, "baoxiaolan", CLERKS).statusCode()).isEqualTo(204);
        assertThat(get(path, "baoxiaolan", CLERKS).statusCode()).isEqualTo(404);
    }

    @Test
    void one_uploads_only_for_a_step_that_is_ones_own() throws Exception {
        assertThat(upload("t1", "a.txt", "a", "stranger", "member").statusCode())
                .isEqualTo(400);
        assertThat(upload("no-such-task", "a.txt", "a", "baoxiaolan", CLERKS).body())
                .contains("不由您办理");
        context.getBean(CaseFiles.class).status(number, "draft", "草稿");
        assertThat(upload("draft:" + number, "a.txt", "a", "stranger", "member").statusCode())
                .isEqualTo(400);
        assertThat(upload("draft:" + number, "a.txt", "a", "weilinshu", "member")
                        .statusCode())
                .isEqualTo(200);
        TestForms forms = context.getBean(TestForms.class);
        assertThat(upload("start:proposal", "a.txt", "a", "weilinshu", "member").statusCode())
                .as("a process that nobody lets him start")
                .isEqualTo(400);
        forms.startable.add("proposal");
        assertThat(upload("start:proposal", "a.txt", "a", "weilinshu", "member").statusCode())
                .isEqualTo(200);
        forms.startable.clear();
        assertThat(upload("start:../x", "a.txt", "a", "weilinshu", "member").statusCode())
                .isEqualTo(400);
    }

    @Test
    void who_reads_a_draft_does_not_add_to_it_and_nobody_does_once_it_is_handed_in() throws Exception {
        CaseFiles cases = context.getBean(CaseFiles.class);
        cases.status(number, "draft", "草稿");
        cases.party(number, "coSigner", "gaoqingyuan", false);
        assertThat(cases.mayRead(number, "gaoqingyuan", List.of("member"))).isTrue();
        assertThat(upload("draft:" + number, "a.txt", "a", "gaoqingyuan", "member")
                        .statusCode())
                .isEqualTo(400);
        cases.status(number, "underReview", "审查中");
        assertThat(upload("draft:" + number, "a.txt", "a", "weilinshu", "member")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_file_below_the_limit_is_taken_however_high_the_limit_is_set() throws Exception {
        assertThat(upload("t1", "a.txt", "a".repeat(11_500_000), "baoxiaolan", CLERKS)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_refused_file_is_told_in_one_sentence_with_its_field() throws Exception {
        HttpResponse<String> page = upload("t1", "a.html", "<html><script>1</script></html>", "baoxiaolan", CLERKS);
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(page.body()).path("message").asText()).isEqualTo("不接收网页和SVG文件，请另存为PDF或图片后再上传。");
        assertThat(JSON.readTree(page.body()).path("field").asText()).isEqualTo("file");
        HttpResponse<String> large = upload("t1", "a.txt", "a".repeat(12_600_000), "baoxiaolan", CLERKS);
        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(large.body()).path("message").asText()).isEqualTo("文件超过12 MB的上限，请压缩或拆分后再上传。");
    }

    // ---- as people see it

    @Test
    void the_page_fits_a_telephone_and_prints_lines_for_what_is_empty() throws Exception {
        CaseFiles cases = context.getBean(CaseFiles.class);
        cases.key(number, true);
        cases.fileNumber(number, "第0123号");
        context.getBean(TestDeadlines.class).owe(number, "firstReview", "inst", "userTask_firstReview");
        context.getBean(Documents.class)
                .attach(
                        number,
                        List.of(id(upload("t1", "交通流量调查表.pdf", "%PDF-1.7\n1 0 obj\n", "baoxiaolan", CLERKS))),
                        "draft");
        cases.happened(number, "初审：建议立案", "事实清楚，建议具体。");
        String lead =
                cases.open("TA", "关于错时上下学的提案", null, "filed", "已立案", "民盟市委").number();
        cases.party(lead, "reader", "weilinshu", false);
        cases.link(number, "similar", lead);
        offer("t2", List.of("education-bureau.liaison"));
        String address = "http://127.0.0.1:" + context.getWebServer().getPort() + "/cases/" + number;
        try (Page page = Chromium.browser().newPage()) {
            page.setExtraHTTPHeaders(Map.of("X-Person", "weilinshu", "X-Groups", "member"));
            for (int width : List.of(1280, 390)) {
                page.setViewportSize(width, 900);
                page.navigate(address);
                look(page, "case-" + width);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
            }
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
            page.setViewportSize(794, 1123);
            look(page, "case-print");
            assertThat(page.locator(".casefile-blank").count()).isEqualTo(2);
            assertThat(page.getByText("未填").first().isVisible()).isFalse();
            assertThat((String)
                            page.locator("dd.casefile-blank").evaluate("e => getComputedStyle(e).borderBottomStyle"))
                    .isEqualTo("solid");
            assertThat(page.locator("[data-print]").isVisible()).isFalse();
        }
    }

    /** Pictures for people to look at, only when asked for. */
    private static void look(Page page, String name) {
        String folder = System.getProperty("casefile.pictures");
        if (folder == null) return;
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder, name + ".png")));
    }

    // ----

    private static String id(HttpResponse<String> uploaded) throws Exception {
        return JSON.readTree(uploaded.body()).path("id").asText();
    }

    private static HttpResponse<String> get(String path, String person, String groups) throws Exception {
        return send("GET", path, person, groups);
    }

    private static HttpResponse<String> send(String method, String path, String person, String groups)
            throws Exception {
        return HTTP.send(
                request(path, person, groups)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> upload(String step, String name, String content, String person, String groups)
            throws Exception {
        String body = "--x\r\nContent-Disposition: form-data; name=\"step\"\r\n\r\n" + step
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/html\r\n\r\n" + content + "\r\n--x--\r\n";
        return HTTP.send(
                request("/api/documents", person, groups)
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String person, String groups) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + context.getWebServer().getPort() + path))
                .header("X-Person", person)
                .header("X-Groups", groups);
    }
}
