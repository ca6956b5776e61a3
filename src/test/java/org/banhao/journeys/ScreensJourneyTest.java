package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.testing.Accounts;
import org.banhao.testing.Chromium;
import org.banhao.testing.Desk;
import org.banhao.testing.Ways;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where each role begins, in which words, and on how wide a screen. */
class ScreensJourneyTest extends Journey {

    /** The size of text is a person's, and the people are those of all tests. */
    @AfterEach
    void textIsOfTheUsualSize() {
        db().sql("delete from people_large_text").update();
    }

    @Test
    void everyRoleLandsWhereItsWorkIs() {
        String tasklist = "/camunda/app/tasklist/default/";
        Map.ofEntries(
                        Map.entry("卫林书", "/my"),
                        Map.entry("靳松年", "/my"),
                        Map.entry("牛培文", "/my"),
                        Map.entry("暴晓岚", tasklist),
                        Map.entry("苗正清", tasklist),
                        Map.entry("路守正", tasklist),
                        Map.entry("阎小满", tasklist),
                        Map.entry("秦怀远", tasklist),
                        Map.entry("田禾", tasklist),
                        Map.entry("甲管", "/admin"),
                        Map.entry("乙安", "/admin"),
                        Map.entry("戊规", "/admin"))
                .forEach((name, place) -> {
                    Page page = tasklistOf(name);
                    assertThat(page.url()).as(name).startsWith(address() + place);
                    if (place.equals(tasklist))
                        page.locator(".task-filter").first().waitFor();
                    assertThat(page.locator("body")).containsText(name);
                    readsChinese(page);
                    screens.close();
                });
    }

    @Test
    void tasklistsHeaderLeadsToTheOwnPagesOfTheRoleAndBack() {
        TasklistPage clerk = tasklist("暴晓岚");
        Ways.go(clerk.page(), "立案编号");
        assertThat(clerk.page().locator("h1")).hasText("立案编号");
        Ways.go(clerk.page(), "我的待办");
        assertThat(clerk.page().locator(".task-filter").first()).isVisible();
        assertThat(clerk.page().locator(".start-process-action")).isHidden();

        TasklistPage reviewer = tasklist("苗正清");
        assertThat(reviewer.page().locator(".task-filter .bh-count").first()).isVisible();
        assertThat(reviewer.page().locator(".ways a"))
                .hasText(new String[] {"我的待办", "成批办理", "案件", "会议", "刚刚提交", "外出与代理", "通知设置", "修改密码"});
    }

    /** Pixels from the top of the header's first way to the bottom of its last. */
    private static int heightOfTheWays(Page page) {
        return (int) page.evaluate("""
                        () => {
                          const seen = [...document.querySelectorAll('.ways a, .ways summary')].filter(way => !way.closest('details:not([open]) > div')).map(way => way.getBoundingClientRect()).filter(way => way.height);
                          return Math.round(Math.max(...seen.map(way => way.bottom)) - Math.min(...seen.map(way => way.top)));
                        }""");
    }

    private static void oneRow(Page page) {
        assertThat(heightOfTheWays(page))
                .as("height of the ways on " + page.url())
                .isLessThan(70);
        fitsTheScreen(page);
    }

    /** Names of the ways in their order, menus with theirs. */
    private static String ways(Page page) {
        page.locator(".ways a").first().waitFor();
        return String.join("|", page.locator(".ways a, .ways summary").allTextContents());
    }

    @Test
    void theHeaderIsOneRowOfWaysAndMenusByMouseKeyboardAndTouchTheSameInTasklist() {
        Page clerk = tasklistOf("暴晓岚");
        String inTasklist = ways(clerk);
        assertThat(inTasklist).startsWith("我的待办|成批办理|案件|提案|提案征集|").endsWith("|我的|刚刚提交|外出与代理|通知设置|修改密码");
        oneRow(clerk);
        // the script that walks the menus has come
        assertThat(clerk.locator(".ways summary", new Page.LocatorOptions().setHasText("提案")))
                .hasAttribute("aria-expanded", "false");
        clerk.locator(".ways summary", new Page.LocatorOptions().setHasText("提案"))
                .focus();
        clerk.keyboard().press("ArrowDown");
        assertThat(clerk.locator(".ways a", new Page.LocatorOptions().setHasText("提案征集")))
                .isFocused();
        clerk.keyboard().press("Escape");

        clerk.navigate("/cases");
        assertThat(ways(clerk)).isEqualTo(inTasklist);
        oneRow(clerk);
        Locator proposals = clerk.locator(".ways summary", new Page.LocatorOptions().setHasText("提案"));
        assertThat(proposals).hasAttribute("aria-expanded", "false");
        proposals.focus();
        clerk.keyboard().press("Enter");
        assertThat(proposals).hasAttribute("aria-expanded", "true");
        assertThat(clerk.locator(".ways a", new Page.LocatorOptions().setHasText("提案征集")))
                .isVisible();
        clerk.keyboard().press("ArrowDown");
        clerk.keyboard().press("ArrowDown");
        assertThat(clerk.locator(".ways details[open] a").nth(1)).isFocused();
        clerk.keyboard().press("Escape");
        assertThat(proposals).isFocused();
        assertThat(proposals).hasAttribute("aria-expanded", "false");
        clerk.keyboard().press("ArrowLeft");
        assertThat(clerk.locator(".ways a", new Page.LocatorOptions().setHasText("案件")))
                .isFocused();
        proposals.click();
        Locator own = clerk.locator(".ways summary", new Page.LocatorOptions().setHasText("我的"));
        own.click();
        assertThat(proposals).hasAttribute("aria-expanded", "false");
        // beside the page: the menu may lie over its heading
        clerk.mouse().click(5, 400);
        assertThat(own).hasAttribute("aria-expanded", "false");
        clerk.navigate("/proposals/register");
        assertThat(proposals).hasClass("current");
        // the first stop of the Tab key leads past all this
        clerk.keyboard().press("Tab");
        clerk.keyboard().press("Enter");
        assertThat(clerk.locator("#main")).isFocused();

        Page phone = phone("暴晓岚");
        phone.navigate("/cases");
        assertThat(phone.locator(".ways")).isHidden();
        fitsTheScreen(phone);
        phone.locator(".ways-open > summary").tap();
        phone.locator(".ways summary", new Page.LocatorOptions().setHasText("提案"))
                .tap();
        fitsTheScreen(phone);
        phone.locator(".ways a", new Page.LocatorOptions().setHasText("立案编号")).tap();
        assertThat(phone.locator("h1")).hasText("立案编号");
    }

    @Test
    void theHeaderOpensItsMenusWithoutScripts() {
        Page clerk = tasklistOf("暴晓岚");
        BrowserContext plain = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(address())
                        .setJavaScriptEnabled(false)
                        .setStorageState(clerk.context().storageState()));
        try (plain) {
            Page page = plain.newPage();
            page.navigate("/cases");
            Ways.go(page, "立案编号");
            assertThat(page.locator("h1")).hasText("立案编号");
        }
    }

    /** Text is 1.25 times as large, nothing is cut off, paper is as it was; the person finds it again at another machine. */
    @Test
    void largeTextIsOnesOwnOnEveryPageAndInTasklist() {
        String number = handedIn("原知夏", "关于放大字体方便老年工作人员的提案");
        Page clerk = tasklistOf("暴晓岚");
        clerk.navigate("/cases/" + number);
        double before = textSize(clerk);
        button(clerk, "大字").click();
        assertThat(button(clerk, "标准字")).isVisible();
        assertThat(clerk.url()).endsWith("/cases/" + number);
        textIs(clerk, before * 1.25);
        oneRow(clerk);
        clerk.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(clerk.evaluate("getComputedStyle(document.documentElement).fontSize"))
                .isEqualTo("16px");

        TasklistPage elsewhere = tasklist("暴晓岚");
        assertThat(button(elsewhere.page(), "标准字")).isVisible();
        oneRow(elsewhere.page());
        find(elsewhere, number);
        fitsTheScreen(elsewhere.page());
        Page phone = phone("暴晓岚");
        for (String address : List.of("/cases", "/cases/" + number, "/proposals/register", "/settings")) {
            phone.navigate(address);
            fitsTheScreen(phone);
        }
        TasklistPage small = new TasklistPage(phone, address()).open();
        fitsTheScreen(phone);
        find(small, number);
        fitsTheScreen(phone);
        button(elsewhere.page(), "标准字").click();
        assertThat(button(elsewhere.page(), "大字")).isVisible();
        clerk.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        clerk.reload();
        textIs(clerk, before);
    }

    /** Once the page's style has come. */
    private static void textIs(Page page, double pixels) {
        assertThat(page.locator("main p").first())
                .hasCSS(
                        "font-size",
                        BigDecimal.valueOf(pixels).stripTrailingZeros().toPlainString() + "px");
    }

    private static double textSize(Page page) {
        return ((Number) page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"))
                .doubleValue();
    }

    @Test
    void fullWidthDigitsLettersAndSignsAreTakenInFields() {
        String number = handedIn("卫林书", "关于全角输入也能查到的提案");
        Page clerk = tasklistOf("暴晓岚");
        clerk.navigate("/cases");
        StringBuilder wide = new StringBuilder();
        number.chars().forEach(c -> wide.append((char) (c + 0xFEE0)));
        clerk.locator("#q").click();
        clerk.keyboard().insertText(wide.toString());
        clerk.keyboard().press("Enter");
        assertThat(clerk.locator("a.case-link")).hasCount(1);
        assertThat(clerk.locator("#q")).hasValue(number);
    }

    @Test
    void theListBeginsWithWhatIsDueFirstAndSaysSo() {
        handedIn("原知夏", "关于先到期的提案");
        TasklistPage clerk = tasklist("暴晓岚");
        assertThat(clerk.page().locator(".sort-by").first()).hasText("办理期限");
        assertThat(clerk.page().url()).contains("dueDate").contains("asc");
        sign(clerk, handedIn("原知夏", "关于由谁办理的提案"));
        clerk.search("由谁办理");
        assertThat(clerk.cards()).hasCount(1);
        assertThat(clerk.card("由谁办理").locator("h5.assignee")).hasText("暴晓岚");
        assertThat(clerk.page().locator("[cam-tasklist-task-meta] .due-date")).containsText("还有");
    }

    @Test
    void theCaseListIsSearchedFilteredAndArrangedByKeyboardAndReadOnAPhone() {
        String number = handedIn("卫林书", "关于完善长治商务区公交接驳的提案");
        handedIn("郜清远", "关于增加社区食堂助餐点的提案");
        Page clerk = tasklistOf("暴晓岚");
        clerk.navigate("/cases");
        readsChinese(clerk);
        clerk.locator("body").press("/");
        assertThat(clerk.locator("#q")).isFocused();
        clerk.keyboard().type("czswqgj");
        clerk.keyboard().press("Enter");
        assertThat(clerk.locator("a.case-link")).hasCount(1);
        clerk.locator("h1").click();
        clerk.keyboard().press("ArrowDown");
        assertThat(clerk.locator("a.case-link")).isFocused();
        clerk.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "journeys", "cases.png"))
                .setFullPage(true));
        clerk.keyboard().press("Enter");
        assertThat(clerk.locator("h1")).containsText("公交接驳");
        clerk.goBack();

        clerk.navigate("/cases");
        clerk.getByText("显示的列和次序").click();
        clerk.getByLabel("流水号", new Page.GetByLabelOptions().setExact(true)).check();
        for (int i = 0; i < 7; i++) button(clerk, "流水号上移").press("Enter");
        button(clerk, "按此显示").press("Enter");
        assertThat(clerk.locator("thead th:not(.no-print)").first()).hasText("流水号");
        clerk.getByText("把现在的筛选和列存为视图").click();
        clerk.locator("#view-name").fill("按流水号");
        button(clerk, "保存视图").click();
        assertThat(clerk.locator(".case-views a[aria-current]")).hasText("按流水号");
        clerk.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "journeys", "cases-view.png"))
                .setFullPage(true));
        clerk.navigate("/cases?ledger=catalogue");
        clerk.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "journeys", "ledger.png"))
                .setFullPage(true));
        clerk.navigate("/admin/members/import");
        readsChinese(clerk);
        clerk.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "journeys", "import.png"))
                .setFullPage(true));

        Page phone = phone("卫林书");
        phone.navigate("/cases");
        assertThat(phone.locator("tbody")).containsText(number.isEmpty() ? "?" : "公交接驳");
        fitsTheScreen(phone);
        readsChinese(phone);
        phone.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "journeys", "cases-phone.png"))
                .setFullPage(true));
        phone.getByText("筛选条件").click();
        phone.getByText("显示的列和次序").click();
        fitsTheScreen(phone);
        phone.navigate("/cases?q=" + "没有这个词");
        assertThat(phone.locator(".empty")).hasText("没有符合条件的案件，请减少条件或换个词查找。");
    }

    @Test
    void aPhoneNeverScrollsSideways() {
        String number = handedIn("原知夏", "关于手机上也能办理的提案");
        Page nobody = newProfile(390);
        nobody.navigate("/login");
        fitsTheScreen(nobody);

        MyPage member = new MyPage(phone("原知夏"));
        fitsTheScreen(member.page());
        member.begin();
        fitsTheScreen(member.page());
        member.page().navigate("/my");
        member.openProposal("关于手机上也能办理的提案");
        fitsTheScreen(member.page());

        TasklistPage clerk = new TasklistPage(phone("暴晓岚"), address()).open();
        fitsTheScreen(clerk.page());
        readsChinese(clerk.page());
        find(clerk, number);
        fitsTheScreen(clerk.page());
        clerk.tab("卷宗").tap();
        assertThat(clerk.dossier()).containsText("办理经过");
        fitsTheScreen(clerk.page());
        clerk.page().navigate("/cases/" + number);
        fitsTheScreen(clerk.page());
        readsChinese(clerk.page());
    }

    /** Over HTTP what a data engineer registers. @return where it stands */
    private String posted(Desk engineer, String path, Map<String, String> fields) {
        return engineer.web()
                .form(path, List.copyOf(fields.entrySet()))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst("^https?://[^/]+", "");
    }

    /** A boiler's outlet with a logger named like it. */
    private String outlet(Desk engineer, String code) {
        String enterprise = posted(
                engineer,
                "/monitoring/enterprises",
                Map.of("creditCode", code + "0".repeat(12), "name", code + "示例热力（演示）"));
        String outlet = posted(
                engineer,
                enterprise + "/outlets",
                Map.of(
                        "code",
                        "DA001",
                        "name",
                        "1号锅炉",
                        "kind",
                        "gas",
                        "category",
                        "boiler-coal-special",
                        "referenceOxygen",
                        "9"));
        posted(
                engineer,
                outlet + "/devices",
                Map.of(
                        "mn",
                        code + "L",
                        "name",
                        "数采仪",
                        "kind",
                        "logger",
                        "standard",
                        "2017",
                        "password",
                        "Ku9x!q",
                        "realtimeSeconds",
                        "60",
                        "minutes",
                        "10",
                        "installedOn",
                        "2026-01-01"));
        return outlet;
    }

    /** What an upper platform hands on: sulphur dioxide, so many minutes ago. */
    private void told(String code, String kind, int minutesAgo, String value) throws Exception {
        LocalDateTime at = LocalDateTime.now(Clock.system(ChineseTime.ZONE))
                .minusMinutes(minutesAgo)
                .withNano(0);
        if (kind.equals("小时")) at = at.withMinute(0).withSecond(0);
        String csv = "MN,类型,因子,时间,数值,折算值,标记\n" + code + "L," + kind + ",a21026,"
                + at.toString().replace('T', ' ') + ",20," + value + ",N\n";
        Accounts.Account engineer = accounts().named("骆知远");
        String name = engineer.login() + ":" + engineer.password();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address() + "/api/monitoring/readings"))
                                .header("Content-Type", "text/csv")
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(name.getBytes(StandardCharsets.UTF_8)))
                                .POST(HttpRequest.BodyPublishers.ofString(csv, StandardCharsets.UTF_8))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void anOutletsChartAndTheDutyScreenGoOnByThemselves() throws Exception {
        Desk engineer = new Desk(address(), accounts().named("骆知远"));
        String outlet = outlet(engineer, "D90001");
        told("D90001", "实时", 3, "41");
        told("D90001", "实时", 2, "42");

        Page officer = tasklistOf("武晨");
        officer.navigate(outlet + "?kind=realtime");
        Locator chart = officer.locator("#chart");
        assertThat(chart).hasAttribute("data-points", "2");
        assertThat(chart.locator("canvas").first()).isVisible();
        assertThat(officer.evaluate("() => { const c = document.querySelector('#chart canvas');"
                        + " return new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size > 2; }"))
                .as("something is drawn")
                .isEqualTo(true);
        assertThat(officer.locator("#figures table")).containsText("42.00");
        told("D90001", "实时", 1, "43");
        assertThat(chart).hasAttribute("data-points", "3");
        readsChinese(officer);
        officer.setViewportSize(390, 844);
        fitsTheScreen(officer);

        Page duty = tasklistOf("武晨");
        duty.navigate("/monitoring/duty");
        assertThat(duty.locator("#screen")).containsText("D90001");
        outlet(engineer, "D90002");
        told("D90002", "小时", 120, "240.5");
        Locator alert = duty.locator(".alert", new Page.LocatorOptions().setHasText("D90002"));
        assertThat(alert).containsText("超标");
        assertThat(alert).hasClass(java.util.regex.Pattern.compile(".*\\bnew\\b.*"));
        assertThat(duty.locator("#news")).containsText("新的预警");
        // by the keyboard alone
        alert.locator("a").focus();
        duty.keyboard().press("Enter");
        assertThat(duty.locator("h1")).isVisible();
        assertThat(duty.url()).contains("/monitoring/episodes/");
        duty.navigate("/monitoring/duty?wall=dark");
        assertThat(duty.locator("header.top")).isHidden();
        duty.setViewportSize(390, 844);
        fitsTheScreen(duty);
    }
}
