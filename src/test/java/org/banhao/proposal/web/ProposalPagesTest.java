package org.banhao.proposal.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.banhao.proposal.Fakes.FakePeople;
import org.banhao.proposal.ProposalStories;
import org.banhao.proposal.ProposalWorld;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Chromium;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.HttpEncodingAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.MultipartAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.HtmlUtils;

/** The own pages in Chromium, over real use cases; signing in is a cookie with the person's id. */
class ProposalPagesTest {

    private static ServletWebServerApplicationContext server;
    private static ProposalWorld world;
    private static Browser browser;
    private ProposalStories stories;
    private BrowserContext window;

    @Configuration(proxyBeanMethods = false)
    @Import(ProposalWorld.Beans.class)
    // pages of one-time links need the real outbox: the whole application shows them
    @ComponentScan(
            basePackages = "org.banhao.proposal.web",
            excludeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = LinkPages.class))
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        MultipartAutoConfiguration.class,
        HttpEncodingAutoConfiguration.class,
        ThymeleafAutoConfiguration.class
    })
    static class Server {

        @Bean
        SignedIn signedIn(HttpServletRequest request, FakePeople people) {
            return new CookieSignedIn(request, people);
        }
    }

    private record CookieSignedIn(HttpServletRequest request, FakePeople people) implements SignedIn {
        @Override
        public Person person() {
            Person person = personOrNull();
            if (person == null) {
                throw new AccessDeniedException("nobody");
            }
            return person;
        }

        @Override
        public @Nullable Person personOrNull() {
            Cookie[] cookies = request.getCookies();
            return cookies == null
                    ? null
                    : Arrays.stream(cookies)
                            .filter(cookie -> cookie.getName().equals("person"))
                            .findFirst()
                            .flatMap(cookie -> people.find(cookie.getValue()))
                            .orElse(null);
        }

        @Override
        public List<String> groups() {
            return people.groupsOf(person().id());
        }

        @Override
        public boolean has(String groupId) {
            return groups().contains(groupId);
        }

        @Override
        public void require(String... anyOfGroups) {
            if (Arrays.stream(anyOfGroups).noneMatch(this::has)) {
                throw new AccessDeniedException("not in a group");
            }
        }
    }

    /** What the document module answers at this address; found by the scan above, ignored by that of the application. */
    @RestController
    static class Uploads {
        private final Documents documents;
        private final SignedIn signedIn;

        Uploads(Documents documents, SignedIn signedIn) {
            this.documents = documents;
            this.signedIn = signedIn;
        }

        @PostMapping(path = "/api/documents", produces = MediaType.APPLICATION_JSON_VALUE)
        Map<String, String> upload(@RequestParam String step, @RequestParam MultipartFile file) throws IOException {
            Person person = signedIn.person();
            StoredDocument stored = documents.store(
                    null,
                    step,
                    String.valueOf(file.getOriginalFilename()),
                    file.getInputStream(),
                    person.id(),
                    person.name());
            return Map.of("id", stored.id(), "name", stored.name());
        }
    }

    @BeforeAll
    static void start() {
        server = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Server.class)
                .properties(
                        "server.port=0",
                        "spring.config.location=optional:classpath:/none.yaml",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn")
                .run();
        world = new ProposalWorld(server);
        browser = Chromium.browser();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void empty() {
        world.reset();
        stories = new ProposalStories(world);
    }

    @AfterEach
    void closeWindow() {
        if (window != null) {
            window.close();
        }
    }

    private Page as(String person, int width) {
        if (window != null) {
            window.close();
        }
        window = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL("http://127.0.0.1:" + server.getWebServer().getPort())
                .setLocale("zh-CN")
                .setViewportSize(width, 850));
        window.addCookies(List.of(new com.microsoft.playwright.options.Cookie("person", person)
                .setDomain("127.0.0.1")
                .setPath("/")));
        Page page = window.newPage();
        page.setDefaultTimeout(Chromium.PATIENCE);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !message.text().contains("400")
                    && !message.text().contains("404")) {
                throw new AssertionError(message.text());
            }
        });
        return page;
    }

    /** For looking at: only when a folder is named. */
    private static void picture(Page page, String name) {
        String folder = System.getProperty("pictures");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder, name + ".png")));
        }
    }

    private static void noSidewaysScroll(Page page) {
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
    }

    private static Locator saved(Page page) {
        return page.locator("[data-saved]");
    }

    @Test
    void aMemberWritesOnThePhoneAndEverythingIsKeptWithoutAButton() {
        Page page = as("wei-linshu", 390);
        page.navigate("/my");
        assertThat(page.locator(".notice").first()).containsText("截止");
        picture(page, "my-empty-390");
        page.getByLabel("以谁的名义提出").selectOption("wei-linshu");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("新建提案"))
                .click();

        page.locator("#title").fill("关于规范主城区停车秩序的提案");
        page.getByLabel("情况").fill("停车难。");
        page.locator("#suggestion-1").fill("先一条。");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("再加一条建议"))
                .click();
        page.locator("#suggestion-2").fill("再一条。");
        page.locator("#suggestion-2").press("Alt+ArrowUp");
        // by the letters of 郜清远, as an input method leaves them behind
        page.locator("#cosigner-search").fill("ＧQY");
        page.locator("[data-hits] button").first().click();
        assertThat(saved(page)).hasText("已保存 09:00");

        page.reload();
        assertThat(page.locator("#title")).hasValue("关于规范主城区停车秩序的提案");
        assertThat(page.locator("#suggestion-1")).hasValue("再一条。");
        assertThat(page.locator("#suggestion-2")).hasValue("先一条。");
        assertThat(page.locator("[data-chosen]")).containsText("郜清远");
        picture(page, "draft-390");
        noSidewaysScroll(page);
    }

    @Test
    void nothingIsSavedWhileAPinyinCandidateIsOpen() {
        String number = stories.draft("wei-linshu", ProposalStories.GOOD);
        Page page = as("wei-linshu", 1280);
        page.navigate("/my/drafts/" + number);
        int[] saves = {0};
        page.onRequest(request -> saves[0] += request.method().equals("PUT") ? 1 : 0);
        page.clock().install();

        page.locator("#situation").dispatchEvent("compositionstart");
        page.locator("#situation").fill("nihao");
        page.clock().runFor(20_000);
        assertThat(saves[0]).isZero();

        page.locator("#situation").fill("你好");
        Request request = page.waitForRequest(r -> r.method().equals("PUT"), () -> {
            page.locator("#situation").dispatchEvent("compositionend");
            page.clock().runFor(5_000);
        });
        assertThat(request.postData()).contains("你好").doesNotContain("nihao");
    }

    @Test
    void aSecondTabIsToldThatTheFirstHasSaved() {
        String number = stories.draft("wei-linshu", ProposalStories.GOOD);
        Page first = as("wei-linshu", 1280);
        first.navigate("/my/drafts/" + number);
        Page second = window.newPage();
        second.navigate("/my/drafts/" + number);

        first.locator("#situation").fill("第一个窗口");
        assertThat(saved(first)).containsText("已保存");
        second.locator("#situation").fill("第二个窗口");

        assertThat(saved(second)).containsText("已在别处（09:00）保存过更新的内容");
        assertThat(second.locator("#situation")).hasValue("第二个窗口");
    }

    @Test
    void handingInListsWhatIsMissingWithEachErrorAtItsField() {
        Page page = as("wei-linshu", 1280);
        page.navigate("/my");
        page.getByLabel("以谁的名义提出").selectOption("wei-linshu");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("新建提案"))
                .click();
        page.locator("#title").fill("短");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("提交提案"))
                .click();

        assertThat(page.locator(".lacking li")).hasCount(7);
        assertThat(page.locator(".lacking")).isFocused();
        assertThat(page.locator("#title")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#situation")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator(".field:has(#situation) .wrong")).hasText("请填写情况。");
        assertThat(page.locator("[data-count-for=title]")).hasText("1/50");
        assertThat(page.locator("#situation-help")).containsText("至多1500字");
        assertThat(page.locator("#title")).hasValue("短");
        assertThat(page.locator("#suggestion-1")).hasAttribute("aria-invalid", "true");
        picture(page, "draft-missing");
    }

    @Test
    void aCompleteDraftIsHandedInAndGetsAReceipt() {
        String number = stories.draft("wei-linshu", ProposalStories.GOOD);
        Page page = as("wei-linshu", 1280);
        page.navigate("/my/drafts/" + number);
        page.locator("#attachment-file").setInputFiles(new FilePayload("数据.pdf", "application/pdf", new byte[3]));
        assertThat(page.locator("[data-files] a")).hasText("数据.pdf");
        page.locator("#analysis").fill("交出前一刻写的话。");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("提交提案"))
                .click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("提案回执")))
                .isVisible();
        assertThat(page.locator("dl.facts")).containsText("十四届五次大会提案");
        picture(page, "receipt");
        var handedIn = world.get(MyProposals.class).page(number, "wei-linshu");
        assertThat(handedIn.proposal().analysis()).isEqualTo("交出前一刻写的话。");
        assertThat(handedIn.attachments()).hasSize(1);
    }

    @Test
    void aCoSignerReadsAndConfirmsOnThePhone() {
        String number = stories.draft("wei-linshu", ProposalStories.coSigned("gao-qingyuan", "shen-yuhe"));
        world.get(Submission.class).handIn(number, "wei-linshu");
        Page page = as("gao-qingyuan", 390);
        page.navigate("/my");
        assertThat(page.locator("ul.lines").first()).containsText("等待2位联名人确认，截止2026年12月31日 18:00（周四）");
        picture(page, "my-invited-390");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("关于加快“公园经济”发展的提案"))
                .click();
        assertThat(page.locator("#content")).containsText("主城区公园游客多，配套消费少。");
        picture(page, "invitation-390");
        noSidewaysScroll(page);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("我已阅读，同意"))
                .click();

        assertThat(page.locator(".told")).hasText("已确认，谢谢。");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("谢绝")))
                .hasCount(0);
    }

    @Test
    void aReturnedProposalIsRevisedOnTheOwnPageAndARefusalKeepsWhatWasTyped() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.first(number, "return", Map.of("defects", List.of("noSuggestion"), "firstOpinion", "请写具体。"));
        Page page = as("wei-linshu", 390);
        page.navigate("/my/proposals/" + number);
        assertThat(page.locator("#revision")).containsText("请写具体。");
        page.locator("#suggestion-1").fill("长".repeat(501));
        page.locator("input[name=noSecret]").check();
        picture(page, "revision-390");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("重新提交"))
                .click();
        assertThat(page.locator(".lacking")).containsText("第1条建议最多500字（现501字）");
        assertThat(page.locator("#suggestion-1")).hasValue("长".repeat(501));
        page.locator("#suggestion-1").fill("在三处医院周边新建停车楼。");
        page.locator("input[name=noSecret]").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("重新提交"))
                .click();

        assertThat(page.locator(".told")).hasText("已重新提交，进入审查。");
        assertThat(world.cases.get(number).status()).isEqualTo("firstReview");
    }

    @Test
    void aClerkEntersForSomebodyWithTheScan() {
        Page page = as("bao-xiaolan", 1280);
        page.navigate("/proposals/on-behalf");
        page.getByLabel("提案者").selectOption("gao-qingyuan");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("开始录入"))
                .click();
        assertThat(page.locator("#content")).containsText("录入：暴晓岚（代 郜清远）");
        page.locator("#title").fill("关于规范主城区停车秩序的提案");
        page.getByLabel("情况").fill("停车难。");
        page.getByLabel("问题分析").fill("车位少。");
        page.locator("#suggestion-1").fill("建停车楼。");
        page.getByLabel("社会建设").check();
        page.getByLabel("主动公开").check();
        page.getByLabel("不含国家秘密").check();
        page.locator("#scan-file").setInputFiles(new FilePayload("原件.pdf", "application/pdf", new byte[3]));
        assertThat(page.locator("#scan [data-name]")).hasText("已上传：原件.pdf");
        picture(page, "on-behalf");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("提交提案"))
                .click();

        assertThat(page.locator("dl.facts")).containsText("暴晓岚（代 郜清远）");
        assertThat(world.get(MyProposals.class).own("gao-qingyuan"))
                .singleElement()
                .extracting("statusLine")
                .isEqualTo("审查中（初审）");
    }

    @Test
    void aSecretaryRecordsAMeetingAndAClerkNumbersThePile() {
        String first = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        world.clock.move(Duration.ofMinutes(1));
        String second = stories.handedIn("gao-qingyuan", "关于推广某品牌饮品的提案");
        for (String number : List.of(first, second)) {
            stories.first(number, "file", Map.of("category", "society"));
            stories.second(number, "file", Map.of("category", "society"));
        }
        Page page = as("yan-xiaoman", 1280);
        page.navigate("/proposals/meetings");
        page.getByLabel("会议名称").fill("提案委员会第二次会议");
        page.getByLabel("会议日期").fill("2026-11-20");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("建立"))
                .click();
        assertThat(page.locator("#meeting option:checked")).hasText("提案委员会第二次会议（2026年11月20日（周五））");
        page.locator("[name='verdict-" + second + "']").selectOption("notFile");
        assertThat(page.locator("[name='ground-" + second + "']")).isVisible();
        assertThat(page.locator("[name='ground-" + first + "']")).isHidden();
        assertThat(page.locator("[name='lead-" + second + "'] option")).hasCount(2);
        page.locator("[name='agenda-" + first + "']").fill("3");
        picture(page, "meetings");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("登记会议决定"))
                .click();
        assertThat(page.locator(".told")).hasText("已登记1件。");
        assertThat(page.locator(".refusals")).containsText(second);
        page.locator("[name='verdict-" + second + "']").selectOption("notFile");
        page.locator("[name='ground-" + second + "']").selectOption("promotion");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("登记会议决定"))
                .click();
        assertThat(page.locator(".told")).hasText("已登记1件。");

        page = as("bao-xiaolan", 1280);
        page.navigate("/proposals/register");
        assertThat(page.locator("table").first()).containsText("第001号");
        picture(page, "register");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("确认目录，编号1件"))
                .click();
        assertThat(page.locator(".told")).hasText("已编号1件。");
        assertThat(world.cases.get(first).fileNumber()).isEqualTo("第001号");
        picture(page, "registered");
        assertThat(world.cases.get(second).status()).isEqualTo("notFiled");
    }

    @Test
    void aMergedProposerObjectsOnThePhoneAndAClerkUndoesTheMerge() {
        String lead = stories.handedIn("wei-linshu", "关于加快老旧小区改造的提案");
        String minor = stories.handedIn("gao-qingyuan", "关于推进老旧小区改造的提案");
        stories.reviewed(stories.meeting(), minor, "merge", Map.of("leadCase", lead));
        Page page = as("gao-qingyuan", 390);
        page.navigate("/my/proposals/" + minor);
        page.getByText("对并案有不同意见").click();
        page.getByLabel("异议的理由").fill("主案没有说加装电梯。");
        picture(page, "objection-390");
        noSidewaysScroll(page);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("提出异议"))
                .click();
        assertThat(page.locator(".told")).containsText("异议已记录");
        assertThat(page.locator("#merge")).containsText("郜清远于");
        assertThat(page.getByText("对并案有不同意见")).hasCount(0);

        page = as("bao-xiaolan", 1280);
        page.navigate("/proposals/merged");
        assertThat(page.locator("#content")).containsText("主案没有说加装电梯。");
        page.getByText("撤销并案…").click();
        picture(page, "merged");
        page.getByLabel("撤销并案的理由").fill("内容不同。");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("撤销并案").setExact(true))
                .click();

        assertThat(page.locator(".told")).containsText("重新进入初审");
        assertThat(page.locator("#content")).containsText("没有并案的提案");
        assertThat(world.cases.get(minor).status()).isEqualTo("firstReview");
    }

    @Test
    void aClerkRevisesWhatAColleagueEnteredFromPaper() {
        var drafts = world.get(Drafts.class);
        String number = drafts.beginOnBehalf("bao-xiaolan", "gao-qingyuan");
        String scan = world.documents
                .store(
                        number,
                        Drafts.step(number),
                        "原件.pdf",
                        new ByteArrayInputStream(new byte[3]),
                        "bao-xiaolan",
                        "暴晓岚")
                .id();
        drafts.save(number, "bao-xiaolan", 1, ProposalStories.with(ProposalStories.GOOD, "scan", scan));
        world.get(Submission.class).handIn(number, "bao-xiaolan");
        stories.first(number, "return", Map.of("defects", List.of("noSuggestion")));

        Page page = as("su-ming", 1280);
        page.navigate("/proposals/on-behalf");
        assertThat(page.locator("ul.lines")).containsText("请修改后重新提交");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("关于加快“公园经济”发展的提案"))
                .click();
        page.locator("#suggestion-1").fill("在三处公园开放配套用房。");
        page.locator("input[name=noSecret]").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("重新提交"))
                .click();

        assertThat(world.cases.get(number).status()).isEqualTo("firstReview");
        assertThat(page.locator(".told")).hasText("已重新提交，进入审查。");
    }

    private void filed() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.reviewed(stories.meeting(), number, "file", Map.of("category", "society"));
        stories.numbered(number);
    }

    @Test
    void theNoticeListThatIsExportedIsTheOneOnTheScreen() throws IOException {
        filed();
        Page page = as("bao-xiaolan", 1280);
        page.navigate("/proposals/notices?reason=filed");
        assertThat(page.locator("tbody tr[data-key]")).hasCount(1);
        picture(page, "notices");
        List<String> cells = page.locator("tbody tr[data-key] td:not(.state)").allTextContents();

        Download file = page.waitForDownload(() -> page.getByText("导出Excel表格").click());

        assertThat(file.suggestedFilename()).isEqualTo("提案通知清单20261123.xlsx");
        StringBuilder text = new StringBuilder();
        try (var zip = new ZipFile(file.path().toFile())) {
            for (String part : List.of("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")) {
                text.append(new String(zip.getInputStream(zip.getEntry(part)).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        String strings = HtmlUtils.htmlUnescape(text.toString());
        assertThat(cells).contains("卫林书", "10000000001", "立案通知");
        for (String cell : cells) {
            // the number of the session and that of the case are two columns there
            String shown = cell.strip().replaceFirst("^(第\\d+号)(TA-.*)$", "$2");
            assertThat(strings).contains(">" + shown + "<");
        }
    }

    @Test
    void aNoticeIsMarkedAsHandedOverAndTakenBackByKeyboardAlone() {
        filed();
        Page page = as("bao-xiaolan", 1280);
        page.navigate("/proposals/notices?reason=filed");
        assertThat(page.locator("tbody input:focus")).hasCount(1);

        page.keyboard().press("a");
        page.keyboard().press("Control+Shift+Enter");
        assertThat(page.locator("dialog[open]")).containsText("选中的1条已转交");
        picture(page, "notices-ask");
        page.keyboard().press("Enter");

        assertThat(page.locator(".batch-told")).containsText("已转交1条");
        assertThat(page.locator("tr[data-key] .state")).containsText("已转交：暴晓岚");
        page.getByText("撤销刚才的转交").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("tr[data-key] .state")).hasText("未转交");
    }

    @Test
    void theNoticeListSaysWhatToDoWhenItIsEmptyAndIsReadOnAPhone() {
        Page page = as("bao-xiaolan", 390);
        for (String show : List.of("open", "handed", "all")) {
            page.navigate("/proposals/notices?show=" + show);
            assertThat(page.locator(".empty")).containsText(show.equals("handed") ? "标记为已转交" : "把「起始日期」改早");
        }
        filed();
        page.navigate("/proposals/notices");
        assertThat(page.locator("tr[data-key]").first()).containsText("卫林书");
        picture(page, "notices-390");
        noSidewaysScroll(page);
        assertThat(page.navigate("/proposals/notices?from=2026-12-01&to=2026-11-01")
                        .status())
                .isEqualTo(400);
        assertThat(page.locator(".refused")).containsText("「截止日期」不能早于「起始日期」");
    }

    @Test
    void anEmptyInstallationSaysInWordsThatNoSessionIsOpenAndWhoOpensOne() {
        world.jdbc.sql("delete from proposal_session").update();
        Map<String, String> readers = Map.of(
                "/my", "wei-linshu",
                "/proposals/on-behalf", "bao-xiaolan",
                "/proposals/register", "bao-xiaolan",
                "/proposals/sessions", "bao-xiaolan");
        readers.forEach((path, person) -> {
            Page page = as(person, 390);
            assertThat(page.navigate(path).status()).as(path).isEqualTo(200);
            assertThat(page.locator("#content")).containsText("还没有开启届次");
            assertThat(page.locator("#content")).containsText("提案委员会主任、副主任");
            assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("新建提案")))
                    .hasCount(0);
            picture(page, "no-session" + path.replace('/', '-'));
            noSidewaysScroll(page);
        });
    }
}
