package org.banhao.administration.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.AuditLog;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.base.Vendor;
import org.banhao.calendar.Deadlines;
import org.banhao.calendar.OwnTables;
import org.banhao.calendar.SetClock;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.casefile.NothingDone;
import org.banhao.casefile.RetractionWindows;
import org.banhao.casefile.Retractions;
import org.banhao.flow.MigrationRuns;
import org.banhao.flow.Migrations;
import org.banhao.flow.StepNames;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.notice.domain.TestPeople;
import org.banhao.people.Guesses;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.banhao.testing.Chromium;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.HttpEncodingAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The pages in a browser over the real modules below, without sign-in and engine. */
class AdministrationPagesTest {

    private static final String NOTICE = "国办发明电〔2026〕9号\n一、元旦：1月1日（周五）至5日（周二）放假调休，共5天。1月10日（周日）上班。";

    private static ServletWebServerApplicationContext context;
    private static Browser browser;
    private static String address;

    @BeforeAll
    static void start() {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Pages.class)
                .run(
                        "--server.port=0",
                        "--server.servlet.session.tracking-modes=cookie",
                        "--spring.main.banner-mode=off",
                        "--spring.flyway.enabled=false");
        address = "http://127.0.0.1:" + context.getWebServer().getPort();
        browser = Chromium.browser();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void fresh() {
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        for (String table : List.of(
                "calendar_deadline_change", "calendar_deadline", "calendar_day", "calendar_notice", "notice_outbox")) {
            jdbc.sql("delete from " + table).update();
        }
        context.getBean(SetClock.class).set("2026-12-30T10:00");
        Person wei = new Person("wei", "卫林书", "", "wei@example.cn", null, true);
        context.getBean(TestPeople.class).put(wei);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/calendar",
                "/admin/calendar?year=2027",
                "/admin/deadlines?from=2026-09-24&days=5&count=workday",
                "/admin/reminders?due=2027-01-20",
                "/admin/migrations",
                "/admin/mailbox"
            })
    void no_page_scrolls_sideways_on_a_telephone_and_every_field_has_a_label(String path) {
        tell("a", "wei");
        tell("b", "nobody-with-a-very-long-account-name-that-does-not-break");
        for (int width : List.of(1280, 390)) {
            try (BrowserContext window = window(width)) {
                Page page = window.newPage();
                Response response = page.navigate(address + path);
                assertThat(response.status()).isEqualTo(200);
                shot(page, path, width);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                assertThat((Integer) page.evaluate(
                                "[...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
                                        + ".filter(e => !e.hidden && e.labels.length === 0).length"))
                        .isZero();
                assertThat(page.locator("main main").count()).isZero();
            }
        }
    }

    @Test
    void the_year_is_a_picture_with_words() {
        try (BrowserContext window = window(1280)) {
            Page page = window.newPage();
            page.navigate(address + "/admin/calendar?year=2026");
            assertThat(page.locator(".month").count()).isEqualTo(12);
            assertThat(page.locator(".cell.holiday[title]").count()).isEqualTo(33);
            assertThat(page.locator(".months .cell.makeup").allInnerTexts())
                    .hasSize(6)
                    .allMatch(text -> text.contains("班"));
            shows(page.locator(".months .today"), "30");
            shows(page.locator("main"), "国办发明电〔2025〕7号", "全年248个工作日");
            page.navigate(address + "/admin/calendar?year=2027");
            shows(page.locator(".guess"), "暂估");
        }
    }

    @Test
    void a_notice_is_previewed_with_what_it_moves_and_then_confirmed() {
        Deadlines deadlines = context.getBean(Deadlines.class);
        deadlines.owe("TA-2026-000001", "firstReview", "i1", "t");
        try (BrowserContext window = window(1280)) {
            Page page = window.newPage();
            page.navigate(address + "/admin/calendar");
            page.getByLabel("年份", new Page.GetByLabelOptions().setExact(false))
                    .last()
                    .selectOption("2027");
            page.getByLabel("通知正文").fill(NOTICE);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("预览"))
                    .click();
            page.getByText("尚未生效").first().waitFor();
            shot(page, "preview", 1280);
            shows(
                    page.locator("main"),
                    "尚未生效",
                    "将改动的期限（1项）",
                    "TA-2026-000001",
                    "2027年1月5日 18:00（周二）",
                    "2027年1月7日 18:00（周四）",
                    "顺延",
                    "应放假");
            assertThat(deadlines.of("TA-2026-000001").get(0).provisional())
                    .as("nothing happened yet")
                    .isTrue();
            page.setViewportSize(390, 800);
            shot(page, "preview", 390);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("确认启用"))
                    .click();
            page.locator(".told").waitFor();
            assertThat(page.url()).contains("/admin/calendar?year=2027");
            shows(page.locator(".told"), "1项未办结的期限已重算");
            shows(page.locator("main"), "国办发明电〔2026〕9号", "王规则");
        }
        assertThat(deadlines.of("TA-2026-000001").get(0).provisional()).isFalse();
    }

    @Test
    void a_text_that_cannot_be_read_is_refused_and_kept() throws Exception {
        HttpResponse<String> answer =
                post("/admin/calendar/preview", "year=2027&source=x&text=%E4%BD%A0%E5%A5%BD%3Cscript%3E");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("没有读出放假的日子", "你好&lt;script&gt;</textarea>")
                .doesNotContain("<script>你");
        assertThat(post("/admin/calendar/adopt", "year=abc&text=x").statusCode())
                .isEqualTo(400);
        assertThat(post("/admin/calendar/adopt", "").statusCode()).isEqualTo(400);
        assertThat(get("/admin/calendar?year=1").statusCode()).isEqualTo(400);
        assertThat(get("/admin/calendar?year=x").statusCode()).isEqualTo(400);
        assertThat(context.getBean(JdbcClient.class)
                        .sql("select count(*) from calendar_notice")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_rule_is_added_from_tomorrow_on_and_the_calculator_explains() throws Exception {
        try (BrowserContext window = window(1280)) {
            Page page = window.newPage();
            page.navigate(address + "/admin/deadlines?from=2026-09-24&days=5&count=workday");
            shows(page.locator(".answer"), "其间中秋节休3天、国庆节休7天，至2026年10月9日（周五）18:00");
            page.locator("#key").selectOption("fileNumber");
            page.locator("#amount").fill("2");
            page.locator("#basis").fill("本会提案审查细则第九条");
            page.getByLabel("已核对原文").check();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("增加"))
                    .click();
            shows(page.locator(".told"), "“编立案号”自2026年12月31日（周四）起为2个工作日");
            shows(page.locator("main"), "尚未生效", "本会提案审查细则第九条");
        }
        assertThat(post(
                                "/admin/deadlines",
                                "key=fileNumber&amount=-1&unit=workday&cutOff=18:00&basis=abcd&validFrom=2027-03-01")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(
                                "/admin/deadlines",
                                "key=fileNumber&amount=30&unit=minute&cutOff=18:00&basis=abcd&validFrom=2027-03-01")
                        .body())
                .contains("按日计算");
        assertThat(post(
                                "/admin/deadlines",
                                "key=alertSeen&amount=15&unit=minute&cutOff=18:00&basis=abcd&validFrom=2027-03-01")
                        .statusCode())
                .isEqualTo(302);
        assertThat(get("/admin/deadlines").body()).contains("15分钟").doesNotContain("15分钟，末日");
        assertThat(get("/admin/deadlines?from=2026-09-24&days=5&count=hour").statusCode())
                .isEqualTo(400);
        assertThat(post("/admin/deadlines", "key=fileNumber&amount=3&unit=year&cutOff=18:00")
                        .body())
                .contains("请选择时限单位");
        assertThat(post("/admin/deadlines", "").statusCode()).isEqualTo(400);
        HttpResponse<String> wrong = get("/admin/deadlines?from=x&days=5&count=workday");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("“起算日”请选择日历上的一天");
    }

    @Test
    void the_mailbox_shows_what_did_not_arrive_and_puts_it_back() throws Exception {
        TestPeople people = context.getBean(TestPeople.class);
        people.put(new Person("gao", "郜清远", "", null, null, true));
        tell("a", "gao");
        try (BrowserContext window = window(1280)) {
            Page page = window.newPage();
            page.navigate(address + "/admin/mailbox?state=undeliverable");
            shows(page.locator("main"), "无法送达 1", "没有可用的邮箱地址", "郜清远");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("重发"))
                    .click();
            shows(page.locator(".refused"), "仍然无法送达郜清远");
            people.put(new Person("gao", "郜清远", "", "gao@example.cn", null, true));
            page.navigate(address + "/admin/mailbox");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("重发"))
                    .click();
            shows(page.locator(".told"), "已重新排队");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("提案退回修改"))
                    .click();
            shot(page, "message", 1280);
            shows(page.locator(".text"), "郜清远，您好", "<b>原因</b>", "本邮件不含提案正文");
            assertThat(page.locator(".text b").count()).as("markup stays words").isZero();
        }
        assertThat(get("/admin/mailbox?state=none").statusCode()).isEqualTo(400);
        assertThat(get("/admin/mailbox?before=x").statusCode()).isEqualTo(400);
        assertThat(get("/admin/mailbox/999999").statusCode()).isEqualTo(400);
        assertThat(get("/admin/mailbox/abc").statusCode()).isEqualTo(400);
    }

    @Test
    void the_time_for_taking_back_is_a_dated_row_too() throws Exception {
        try (BrowserContext window = window(1280)) {
            Page page = window.newPage();
            page.navigate(address + "/admin/deadlines");
            page.locator("#minutes").fill("10");
            page.locator("#windowBasis").fill("提案委员会主任会议第三次会议决定");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("登记新的时间"))
                    .click();
            shows(page.locator(".told"), "自2026年12月31日（周四）起，提交后10分钟内可以撤回");
            shows(page.locator("main"), "10分钟", "第三次会议决定", "5分钟", "本系统初始规定");
        }
        HttpResponse<String> refused =
                post("/admin/deadlines/retraction", "minutes=61&windowFrom=2027-01-04&windowBasis=abcd");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("撤回时限须在1至60分钟之间", "value=\"61\"");
        assertThat(post("/admin/deadlines/retraction", "").body()).contains("“撤回时限”请填写整数");
    }

    @Test
    void cases_are_taken_over_after_a_look_at_where_they_go() throws Exception {
        OneVersionBehind migrations = context.getBean(OneVersionBehind.class);
        migrations.taken = null;
        try (BrowserContext window = window(1280)) {
            Page page = window.newPage();
            page.navigate(address + "/admin/migrations");
            shows(page.locator("main"), "提案审查", "第3版", "第4版", "12件");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("试算：提案审查第3版"))
                    .click();
            shows(page.locator("main"), "尚未迁移", "不能迁移的（2件）", "TA-2026-000007", "新版没有这一步，请指定去处");
            for (int width : List.of(390, 1280)) {
                page.setViewportSize(width, 800);
                shot(page, "migration-cannot", width);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
            }
            assertThat(page.getByText("迁移12件").count()).isZero();
            assertThat(page.locator("main").innerText()).doesNotContain("userTask");
            page.getByLabel("「复审提案」迁移后停在").selectOption("深入审查");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("按所选去处重新试算"))
                    .click();
            Locator go = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("迁移12件"));
            go.click();
            assertThat(page.getByLabel("已核对各步骤的去处").evaluate("box => box.validity.valueMissing"))
                    .as("the browser asks for it, so that nothing is tried in vain")
                    .isEqualTo(true);
            assertThat(migrations.taken).as("not confirmed").isNull();
            PlaywrightAssertions.assertThat(page.getByLabel("「复审提案」迁移后停在")).hasValue("userTask_deepReview");
            page.getByLabel("已核对各步骤的去处").check();
            for (int width : List.of(390, 1280)) {
                page.setViewportSize(width, 800);
                shot(page, "migration-confirm", width);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
            }
            go.click();
            shows(page.locator("main"), "正在迁移，已办8/12件；全部办完才算数", "可以离开本页");
            for (int width : List.of(390, 1280)) {
                page.setViewportSize(width, 800);
                shot(page, "migration-under-way", width);
            }
            shows(page.locator("main"), "已迁移12件，从现在起按新版流程办理。");
            page.getByText("返回在办案件迁移").click();
            shows(page.locator("main"), "没有按旧版流程办理的案件", "最近的试算和迁移", "已迁移12件");
            for (int width : List.of(390, 1280)) {
                page.setViewportSize(width, 800);
                shot(page, "migrations-listed", width);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
            }
        }
        assertThat(migrations.taken).containsExactly(Map.entry("userTask_secondReview", "userTask_deepReview"));
        migrations.taken = null;
        assertThat(post("/admin/migrations/migrate", "version=proposalReview:3").body())
                .contains("请先核对各步骤的去处");
        assertThat(migrations.taken).as("not confirmed").isNull();
        assertThat(post("/admin/migrations/plan", "version=none").statusCode()).isEqualTo(400);
        assertThat(post("/admin/migrations/migrate", "version=none&checked=yes").body())
                .contains("所选的流程版本不存在");
        migrations.taken = null;
        HttpResponse<String> worked = post(
                "/admin/migrations/migrate",
                "version=proposalReview:3&checked=yes&to.userTask_secondReview=userTask_deepReview&to.busy=x");
        assertThat(worked.statusCode()).isEqualTo(302);
        String page = worked.headers().firstValue("Location").orElseThrow();
        page = page.substring(page.indexOf("/admin"));
        assertThat(get(page).body()).contains("<progress");
        assertThat(get(page).body())
                .contains("没有一件迁移，请稍后重试", "重新试算", "name=\"to.userTask_secondReview\" value=\"userTask_deepReview\"")
                .doesNotContain("<progress");
        for (String act : List.of("plan", "migrate")) {
            HttpResponse<String> silent =
                    post("/admin/migrations/" + act, "version=proposalReview:3&checked=yes&to.silent=x");
            String unheard = silent.headers().firstValue("Location").orElseThrow();
            assertThat(get(unheard.substring(unheard.indexOf("/admin"))).body())
                    .contains(act.equals("plan") ? "中断，没有一件迁移" : "没有等到结果，请在列表中核对是否已迁移。");
        }
        assertThat(get("/admin/migrations/99").statusCode()).isEqualTo(400);
        assertThat(get("/admin/migrations/nothing").body()).contains("没有这次试算或者迁移");
    }

    @Test
    void who_is_not_the_administrator_of_that_page_is_turned_away() throws Exception {
        Fake fake = context.getBean(Fake.class);
        fake.groups = List.of("system-administrator");
        try {
            assertThat(get("/admin/calendar").statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(post("/admin/deadlines", "").statusCode()).isEqualTo(500);
            assertThat(get("/admin/mailbox").statusCode()).isEqualTo(200);
            fake.groups = List.of("rules-administrator");
            assertThat(get("/admin/mailbox").statusCode()).isGreaterThanOrEqualTo(400);
        } finally {
            fake.groups = Fake.BOTH;
        }
    }

    @Test
    void every_mapped_page_has_a_rule_and_the_navigation_follows_the_groups() {
        AdministrationPages pages = context.getBean(AdministrationPages.class);
        assertThat(pages.rules())
                .filteredOn(rule -> rule.pattern().startsWith("/admin/"))
                .allSatisfy(rule -> assertThat(rule.groups()).hasSize(1));
        assertThat(pages.entries(List.of("rules-administrator"))).hasSize(4);
        assertThat(pages.entries(List.of("system-administrator"))).hasSize(2);
        assertThat(pages.entries(List.of("proposal-clerk"))).isEmpty();
    }

    private static void tell(String key, String person) {
        context.getBean(Notices.class)
                .tell(new Notice(key, "returned", person, "TA-2026-000001", Map.of("reason", "<b>原因</b>")));
    }

    private static BrowserContext window(int width) {
        return browser.newContext(
                new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(width, 800));
    }

    /** Pictures for a person to look at; only written when asked for by {@code -Dbanhao.pictures=directory}. */
    private static void shot(Page page, String name, int width) {
        String directory = System.getProperty("banhao.pictures");
        if (directory == null) return;
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of(directory, name.replaceAll("[^a-z0-9]+", "-") + "-" + width + ".png")));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String form) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Twelve cases on the version before the latest; the second review has another name now. */
    static final class OneVersionBehind implements Migrations {

        private static final Behind BEHIND =
                new Behind("proposalReview:3", "proposalReview", "提案审查", 3, "1.2.0", 4, "1.3.0", 12);
        private static final List<Place> PLACES = List.of(
                new Place("userTask_firstReview", "初审提案"),
                new Place("userTask_deepReview", "深入审查"),
                new Place("userTask_decideInMeeting", "登记会议审定的结论"));

        volatile @Nullable Map<String, String> taken;

        @Override
        public List<Behind> behind() {
            return taken == null ? List.of(BEHIND) : List.of();
        }

        @Override
        public Plan plan(String version, Map<String, String> instead, Progress progress) {
            if (!version.equals(BEHIND.id())) throw new Refusal("version", "所选的流程版本不存在或者已经没有在办案件，请刷新页面后重新选择。");
            String deep = instead.get("userTask_secondReview");
            return new Plan(
                    BEHIND,
                    List.of(
                            new Move("userTask_firstReview", "初审提案", "userTask_firstReview", "初审提案", 10, PLACES),
                            new Move("userTask_secondReview", "复审提案", deep, deep == null ? null : "深入审查", 2, PLACES)),
                    deep != null
                            ? List.of()
                            : List.of(
                                    new Hindrance("i7", "TA-2026-000007", "停在「复审提案」，新版本没有对应的步骤"),
                                    new Hindrance("i9", "TA-2026-000009", "停在「复审提案」，新版本没有对应的步骤")));
        }

        @Override
        public int migrate(String version, Map<String, String> instead, Progress progress) {
            Plan plan = plan(version, instead, progress);
            if (instead.containsKey("busy")) throw new Overtaken("同事正在迁移，或者有案件正在办理，没有一件迁移，请稍后重试。");
            taken = instead;
            return plan.from().running();
        }
    }

    /** Is under way until the page has looked once. */
    static final class LookedAtOnce implements MigrationRuns {

        private final OneVersionBehind migrations;
        private final List<Run> runs = new CopyOnWriteArrayList<>();

        LookedAtOnce(OneVersionBehind migrations) {
            this.migrations = migrations;
        }

        @Override
        public long start(String version, Map<String, String> instead, boolean trial) {
            Migrations.Behind behind = OneVersionBehind.BEHIND;
            if (!version.equals(behind.id())) throw new Refusal("version", "所选的流程版本不存在或者已经没有在办案件，请刷新页面后重新选择。");
            Instant now = Instant.parse("2026-12-30T02:00:00Z");
            Instant heard = instead.containsKey("silent") ? now.minus(SILENT) : now;
            runs.add(new Run(
                    runs.size(),
                    version,
                    behind.name(),
                    behind.version(),
                    behind.latestVersion(),
                    instead,
                    trial,
                    behind.running(),
                    trial ? 10 : 20,
                    trial ? 12 : 24,
                    now,
                    "王规则",
                    heard,
                    null,
                    null,
                    null,
                    null));
            return runs.size() - 1L;
        }

        @Override
        public List<Run> latest() {
            return runs;
        }

        @Override
        public Run one(long id) {
            if (id >= runs.size()) throw new Refusal("没有这次试算或者迁移，可能已过30天保存期，请从列表中重新选择。");
            Run run = runs.get((int) id);
            if (run.endedAt() == null && run.running(run.askedAt())) runs.set((int) id, ended(run));
            return run;
        }

        private Run ended(Run run) {
            Integer moved = null;
            Migrations.Plan plan = null;
            String failure = null;
            try {
                if (run.trial()) plan = migrations.plan(run.version(), run.instead(), Migrations.Progress.UNHEARD);
                else moved = migrations.migrate(run.version(), run.instead(), Migrations.Progress.UNHEARD);
            } catch (Refusal refusal) {
                failure = refusal.sentence();
            }
            return new Run(
                    run.id(),
                    run.version(),
                    run.name(),
                    run.fromVersion(),
                    run.toVersion(),
                    run.instead(),
                    run.trial(),
                    run.cases(),
                    run.looks(),
                    run.looks(),
                    run.askedAt(),
                    run.askedBy(),
                    run.heardAt(),
                    run.heardAt(),
                    moved,
                    plan,
                    failure);
        }
    }

    static final class FiveMinutes implements RetractionWindows {

        private final List<Window> rows =
                new CopyOnWriteArrayList<>(List.of(new Window(5, "本系统初始规定", LocalDate.of(2000, 1, 1), "系统初始值")));

        @Override
        public List<Window> all() {
            return rows;
        }

        @Override
        public void add(int minutes, String basis, LocalDate validFrom) {
            if (minutes > MOST_MINUTES) throw new Refusal("minutes", "撤回时限须在1至60分钟之间。");
            rows.add(0, new Window(minutes, basis, validFrom, "王规则"));
        }
    }

    static final class Fake implements SignedIn {

        static final List<String> BOTH = List.of("rules-administrator", "system-administrator");
        volatile List<String> groups = BOTH;

        @Override
        public Person person() {
            return new Person("wang", "王规则", "", null, null, true);
        }

        @Override
        public @Nullable Person personOrNull() {
            return person();
        }

        @Override
        public List<String> groups() {
            return groups;
        }

        @Override
        public boolean has(String groupId) {
            return groups.contains(groupId);
        }

        @Override
        public void require(String... anyOfGroups) {
            for (String group : anyOfGroups) if (has(group)) return;
            throw new AccessDeniedException("none of the groups");
        }
    }

    static final class NobodyGuesses implements Guesses {

        @Override
        public boolean blocked(String door, String address) {
            return false;
        }

        @Override
        public void wrong(String door, String address) {}
    }

    /** Not a component, so that no other test's scan takes it in. */
    @EnableTransactionManagement(proxyTargetClass = true)
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpEncodingAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        ThymeleafAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    @ComponentScan(
            basePackages = {"org.banhao.administration", "org.banhao.calendar.domain", "org.banhao.notice.domain"},
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = {
                                ".*Test\\$?.*",
                                ".*(ReminderSweep|DigestSweep|Chasing|ChasePile|JobsPage|HealthEndpoint)"
                            }))
    static class Pages {

        @Bean
        Vendor vendor(DataSource source) {
            return new Vendor(source);
        }

        @Bean
        DataSource dataSource() {
            return OwnTables.h2(
                    "V1201__calendar.sql",
                    "V1290__calendar_moments.sql",
                    "V1501__notice.sql",
                    "V1560__notice_reminders.sql",
                    "V1570__notice_retraction.sql",
                    "V1590__notice_link.sql",
                    "V1592__notice_handover.sql");
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource source) {
            return new JdbcTransactionManager(source);
        }

        @Bean
        SetClock clock() {
            return new SetClock("2026-12-30T10:00");
        }

        @Bean
        Fake signedIn() {
            return new Fake();
        }

        @Bean
        TestPeople people() {
            TestPeople people = new TestPeople();
            people.joins("wang", Fake.BOTH.toArray(String[]::new));
            return people;
        }

        @Bean
        RetractionWindows windows() {
            return new FiveMinutes();
        }

        @Bean
        OneVersionBehind migrations() {
            return new OneVersionBehind();
        }

        @Bean
        LookedAtOnce migrationRuns(OneVersionBehind migrations) {
            return new LookedAtOnce(migrations);
        }

        @Bean
        Guesses guesses() {
            return new NobodyGuesses();
        }

        @Bean
        CurrentActor actor() {
            return () -> new Actor("wang", "王规则", null, null, "127.0.0.1");
        }

        @Bean
        Audit audit() {
            return (action, number, detail) -> {};
        }

        @Bean
        Retractions retractions() {
            return new NothingDone();
        }

        @Bean
        StepNames stepNames() {
            return Map::of;
        }

        @Bean
        AuditLog log() {
            return (filter, before, most) -> List.of();
        }

        @Bean
        DeadlineMoves moves(Deadlines deadlines) {
            return new DeadlineMoves() {
                @Override
                public void move(long id, java.time.Instant due, String reason) {
                    deadlines.move(id, due, reason);
                }

                @Override
                public int recompute(int year) {
                    return deadlines.recompute(year).size();
                }
            };
        }
    }

    static {
        java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone(ChineseTime.ZONE));
    }

    /** Looks again until the page stands: what a click brought may still be on its way. */
    private static void shows(Locator part, String... texts) {
        for (String text : texts) PlaywrightAssertions.assertThat(part).containsText(text);
    }
}
