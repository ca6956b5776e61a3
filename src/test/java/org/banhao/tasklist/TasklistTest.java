package org.banhao.tasklist;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.banhao.journeys.TasklistPage;
import org.banhao.testing.Axe;
import org.banhao.testing.Chromium;
import org.banhao.testing.Screens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tasklist with our configuration, theme and parts in Chromium, over a plain engine and stand-ins for the rest. */
class TasklistTest {

    private static TasklistHarness harness;
    private static Browser browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        harness = TasklistHarness.start(0);
        browser = Chromium.browser();
    }

    @AfterAll
    static void stop() {
        harness.stop();
    }

    @RegisterExtension
    final Screens screens = new Screens();

    @AfterEach
    void close() {
        screens.close();
    }

    private TasklistPage tasklist(String person) {
        return tasklist(person, 1366, 768);
    }

    private TasklistPage tasklist(String person, int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale("zh-CN")
                .setTimezoneId("Asia/Shanghai"));
        context.addCookies(List.of(new Cookie("AS", person).setUrl(harness.address())));
        Page page = screens.watched(context).newPage();
        page.setDefaultTimeout(Chromium.PATIENCE);
        return new TasklistPage(page, harness.address());
    }

    private static String claimed(String person) {
        String task = harness.newTask();
        harness.engine().getTaskService().claim(task, person);
        return task;
    }

    private static void fill(TasklistPage tasklist) {
        tasklist.radio("拟立案");
        tasklist.field("reason").fill("符合立案条件");
        tasklist.field("point").fill("第一条意见");
    }

    private static JsonNode lastAnswer() {
        return harness.submitted.get(harness.submitted.size() - 1);
    }

    @Test
    void what_a_person_wrote_stands_as_text_in_a_form_never_as_markdown() {
        String said =
                "# 大 [点此](https://evil.example) ![图](https://evil.example/p.png) <h1>甲</h1> **乙** www.evil.example";
        String task = claimed("liming");
        harness.engine().getTaskService().setVariable(task, "said", said);
        harness.engine().getTaskService().setVariable(task, "lines", List.of("[丙](https://evil.example)"));
        TasklistPage tasklist = tasklist("liming").openAt("#/?filter=open&task=" + task);
        tasklist.form().waitFor();

        assertThat(tasklist.form().getByText(said)).isVisible();
        assertThat(tasklist.form().getByText("[丙](https://evil.example)")).isVisible();
        assertThat(tasklist.form().locator(".fjs-form-field-text").locator("a, img, h1"))
                .hasCount(0);
        assertThat(tasklist.form().locator("strong")).hasText("提案者");
    }

    @Test
    void a_step_is_claimed_filled_and_handed_in_by_keyboard_alone_with_the_focus_always_visible() {
        String task = harness.newTask();
        TasklistPage tasklist = tasklist("liming").openAt("#/?filter=open&task=" + task);
        tasklist.form().waitFor();
        Page page = tasklist.page();
        page.keyboard().press("Control+Alt+c");
        tasklist.unclaim().waitFor();
        assertThat(tasklist.field("reason")).isEditable();
        List<String> invisible = new ArrayList<>();
        boolean done = false;
        for (int stop = 0; stop < 120 && !done; stop++) {
            page.keyboard().press("Tab");
            String at = (String) page.evaluate("""
                    () => {
                      const part = document.activeElement, style = getComputedStyle(part);
                      const visible = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                      return (visible ? '' : '!') + part.tagName + ' ' + (part.id || part.className) + ' ' + (part.textContent || '').trim().slice(0, 20);
                    }""");
            if (at.startsWith("!") && !at.contains("BODY")) invisible.add(at);
            if (at.matches("(?s).*INPUT.*-decision-.*")) page.keyboard().press("Space");
            if (at.matches("(?s).*TEXTAREA.*-reason.*")) page.keyboard().type("符合立案条件");
            if (at.matches("(?s).*INPUT.*-point.*")) page.keyboard().type("第一条意见");
            if (at.matches("(?s)!?BUTTON btn btn-primary.*提交.*")) {
                page.keyboard().press("Enter");
                done = true;
            }
        }
        assertThat(done).as("the Tab key reaches 提交").isTrue();
        assertThat(page.locator(".no-task")).isVisible();
        assertThat(harness.isOpen(task)).isFalse();
        assertThat(invisible).isEmpty();
    }

    @Test
    void what_is_missing_is_said_in_chinese_and_the_first_wrong_field_has_the_focus() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        assertThat(tasklist.complete()).isEnabled();
        tasklist.complete().click();
        assertThat(tasklist.errors().first()).hasText("此项必填。");
        assertThat(tasklist.notifications()).containsText("有 3 项需要更正");
        assertThat(tasklist.page().locator("[id$='-decision-0']")).isFocused();
        tasklist.field("reason").fill("短");
        tasklist.field("days").fill("999");
        tasklist.complete().click();
        assertThat(tasklist.errors().filter(new Locator.FilterOptions().setHasText("至少填写 4 个字。")))
                .hasCount(1);
        assertThat(tasklist.errors().filter(new Locator.FilterOptions().setHasText("不能大于 180。")))
                .hasCount(1);
        fill(tasklist);
        tasklist.field("days").fill("90");
        assertThat(tasklist.submit().status()).isBetween(200, 204);
        assertThat(lastAnswer().path("days").path("value").asInt()).isEqualTo(90);
    }

    @Test
    void a_draft_is_found_in_another_browser_with_text_choice_date_rows_and_files() throws IOException {
        String task = claimed("liming");
        TasklistPage first = tasklist("liming").openTask(task);
        first.field("reason").fill("写了一半的理由");
        first.radio("退回修改");
        first.select("unit", "市教育局");
        first.field("point").fill("第一条");
        first.addRow().click();
        first.page().locator(".fjs-repeat-row-container input").nth(1).fill("第二条");
        first.saved(() -> first.attach(file("佐证.txt")));
        assertThat(first.draftState()).containsText("草稿已保存");

        TasklistPage second = tasklist("liming").openTask(task);
        assertThat(second.draftState()).containsText("已恢复上次保存的草稿");
        assertThat(second.field("reason")).hasValue("写了一半的理由");
        assertThat(second.page().locator("[id$='-decision-2']")).isChecked();
        assertThat(second.attached()).hasText("佐证.txt");
        assertThat(second.page().locator(".fjs-repeat-row-container input")).hasCount(2);
        assertThat(second.page().locator(".fjs-repeat-row-container input").nth(1))
                .hasValue("第二条");
        assertThat(second.submit().status()).isBetween(200, 204);
        assertThat(lastAnswer().path("papers").path("value").asText()).matches("\\[\"d\\d+\"]");
        assertThat(lastAnswer().path("points").path("value").asText())
                .isEqualTo("[{\"point\":\"第一条\"},{\"point\":\"第二条\"}]");
        assertThat(lastAnswer().path("unit").path("value").asText()).isEqualTo("edu");
    }

    @Test
    void nothing_of_a_form_stays_in_the_browser_not_even_when_the_session_ends() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        tasklist.saved(() -> tasklist.field("reason").fill("不能留在共用电脑上的话"));
        assertThat(tasklist.storedByForms()).isEmpty();
        tasklist.page().context().clearCookies();
        tasklist.page()
                .waitForURL(url -> url.contains("/login?expired"), new Page.WaitForURLOptions().setTimeout(30_000));
        assertThat(tasklist.storedByForms()).noneMatch(kept -> kept.contains("共用电脑"));
    }

    @Test
    void files_are_stored_when_chosen_can_be_taken_back_and_a_refused_one_says_why() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        tasklist.attach(file("甲.txt"), file("乙.txt"));
        assertThat(tasklist.attached()).hasText(new String[] {"甲.txt", "乙.txt"});
        tasklist.page().waitForCondition(() -> harness.uploads.containsAll(List.of("甲.txt", "乙.txt")));
        int before = harness.discarded.size();
        tasklist.page()
                .waitForResponse(
                        r -> r.request().method().equals("DELETE"),
                        () -> tasklist.page().locator(".bh-file-remove").first().click());
        assertThat(tasklist.attached()).hasText("乙.txt");
        assertThat(harness.discarded).hasSize(before + 1);
        tasklist.attach(file("程序.exe"));
        assertThat(tasklist.page().locator(".bh-file-refused")).hasText("“程序.exe”未能上传：不接收程序文件，请改为文档或图片。");
        fill(tasklist);
        assertThat(tasklist.submit().status()).isBetween(200, 204);
        assertThat(lastAnswer().path("papers").path("value").asText()).matches("\\[\"d\\d+\"]");
    }

    @Test
    void rows_of_a_list_are_added_and_removed_and_the_button_stays_usable() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        fill(tasklist);
        tasklist.addRow().click();
        tasklist.addRow().click();
        tasklist.complete().click();
        assertThat(tasklist.notifications()).containsText("需要更正");
        tasklist.removeRow(1).click();
        tasklist.page().locator(".fjs-repeat-row-container input").nth(1).fill("最后一条");
        assertThat(tasklist.complete()).isEnabled();
        assertThat(tasklist.submit().status()).isBetween(200, 204);
        assertThat(lastAnswer().path("points").path("value").asText())
                .isEqualTo("[{\"point\":\"第一条意见\"},{\"point\":\"最后一条\"}]");
    }

    @Test
    void a_refusal_stands_at_its_field_and_as_a_message_that_is_no_markup_and_a_better_answer_is_taken() {
        String task = claimed("liming");
        TasklistPage tasklist = tasklist("liming").openTask(task);
        fill(tasklist);
        tasklist.field("reason").fill("拒绝这一条");
        assertThat(tasklist.submit().status()).isEqualTo(400);
        assertThat(tasklist.errors()).hasText("「理由」写得不清楚，<b>请</b>写明依据的条款。");
        assertThat(tasklist.notifications()).containsText("「理由」写得不清楚");
        assertThat(tasklist.page().locator(".page-notifications b")).hasCount(0);
        assertThat(tasklist.field("reason")).isFocused();
        // the message does not lie over the button
        tasklist.field("reason").fill("符合条例第十五条");
        assertThat(tasklist.submit().status()).isBetween(200, 204);
        assertThat(harness.isOpen(task)).isFalse();
    }

    @Test
    void a_conflict_is_told_in_the_servers_sentence() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        fill(tasklist);
        tasklist.field("reason").fill("冲突的情形");
        assertThat(tasklist.submit().status()).isEqualTo(409);
        assertThat(tasklist.notifications()).containsText("此件刚刚被他人办理，请刷新页面。");
    }

    @Test
    void while_pinyin_is_composed_nothing_is_saved_checked_or_sent_and_the_text_arrives_whole() {
        String task = claimed("liming");
        TasklistPage tasklist = tasklist("liming");
        tasklist.page().clock().install();
        tasklist.openTask(task);
        AtomicInteger calls = new AtomicInteger();
        tasklist.page().onRequest(request -> {
            if (request.url().contains("/api/drafts/") && request.method().equals("PUT")
                    || request.url().endsWith("/submit-form")) calls.incrementAndGet();
        });
        fill(tasklist);
        tasklist.saved(() -> tasklist.field("reason").fill(""));
        assertThat(tasklist.errors()).hasCount(1);
        int before = calls.get();
        tasklist.field("point").fill("");
        tasklist.saved(() -> tasklist.page().keyboard().press("Tab"));
        before = calls.get();
        tasklist.field("point").focus();
        tasklist.compose(List.of("f", "fu", "fu h", "fu he"), "");
        tasklist.page().clock().fastForward(60_000);
        assertThat(calls.get()).as("calls while composing").isEqualTo(before);
        tasklist.page().keyboard().press("Enter");
        assertThat(harness.isOpen(task)).isTrue();
        tasklist.saved(() -> tasklist.compose(List.of(), "符合立案条件"));
        assertThat(tasklist.field("point")).hasValue("符合立案条件");
        tasklist.page().keyboard().press("Enter");
        tasklist.field("reason").focus();
        tasklist.compose(List.of("t", "ti", "ti an"), "提案");
        tasklist.compose(List.of("b", "bao zhang"), "内容保障充分");
        assertThat(tasklist.field("reason")).hasValue("提案内容保障充分");
        assertThat(harness.isOpen(task))
                .as("Enter in a line of text hands nothing in")
                .isTrue();
        assertThat(tasklist.submit().status()).isBetween(200, 204);
        assertThat(lastAnswer().path("reason").path("value").asText()).isEqualTo("提案内容保障充分");
        assertThat(lastAnswer().path("points").path("value").asText()).contains("符合立案条件");
    }

    @Test
    void text_typed_without_a_pause_is_handed_in_whole() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        fill(tasklist);
        tasklist.field("reason").fill("");
        tasklist.field("reason").focus();
        tasklist.page()
                .keyboard()
                .type("一口气写完的理由，没有任何停顿。", new com.microsoft.playwright.Keyboard.TypeOptions().setDelay(5));
        tasklist.attach(file("同时.txt"));
        tasklist.submit();
        assertThat(lastAnswer().path("reason").path("value").asText()).isEqualTo("一口气写完的理由，没有任何停顿。");
    }

    @Test
    void a_double_click_hands_in_once() {
        String task = claimed("liming");
        TasklistPage tasklist = tasklist("liming").openTask(task);
        fill(tasklist);
        int before = harness.submitted.size();
        tasklist.complete().dblclick();
        assertThat(tasklist.page().locator(".no-task")).isVisible();
        assertThat(harness.submitted).hasSize(before + 1);
    }

    @Test
    void when_the_answer_was_lost_on_the_way_a_second_press_ends_well_and_hands_in_once() {
        String task = claimed("liming");
        TasklistPage tasklist = tasklist("liming").openTask(task);
        fill(tasklist);
        AtomicInteger attempts = new AtomicInteger();
        tasklist.page().route("**/submit-form", route -> {
            if (attempts.getAndIncrement() == 0) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        tasklist.complete().click();
        assertThat(tasklist.notifications()).containsText("网络中断，不知道是否已提交");
        assertThat(harness.isOpen(task)).isFalse();
        assertThat(tasklist.field("reason")).hasValue("符合立案条件");
        tasklist.complete().click(new Locator.ClickOptions().setForce(true));
        assertThat(tasklist.page().locator(".no-task").or(tasklist.page().locator(".task-removed")))
                .isVisible();
    }

    @Test
    void an_unclaimed_step_cannot_be_filled_until_it_is_claimed_and_a_colleagues_never() {
        TasklistPage tasklist = tasklist("liming").openTask(harness.newTask());
        assertThat(tasklist.field("reason")).not().isEditable();
        assertThat(tasklist.complete()).isDisabled();
        tasklist.page().locator(".bh-claim").click();
        assertThat(tasklist.field("reason")).isEditable();
        assertThat(tasklist.complete()).isEnabled();
        tasklist.unclaim().click();
        assertThat(tasklist.claim()).isVisible();
        assertThat(tasklist.field("reason")).not().isEditable();
        tasklist.openTask(claimed("zhaoqing"));
        assertThat(tasklist.page().locator(".bh-hint")).containsText("已由他人签收");
        assertThat(tasklist.field("reason")).not().isEditable();
    }

    @Test
    void a_broken_part_is_named_and_never_blanks_the_page() {
        for (String broken : List.of(
                "throw new Error('broken')",
                "this is no script",
                "export default { config: ['none', () => {}] }",
                "export default { plugins: [{ id: 'x', pluginPoint: 'tasklist.list', render() { throw new Error('late'); } }] }")) {
            TasklistPage tasklist = tasklist("liming");
            tasklist.page()
                    .route(
                            "**/plugins/card.js*",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setContentType("text/javascript")
                                    .setBody(broken)));
            tasklist.page()
                    .route("**/plugins/dossier.js*", route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
            String task = claimed("liming");
            tasklist.openTask(task);
            assertThat(tasklist.partFailed()).containsText("卷宗");
            assertThat(tasklist.partFailed()).containsText("待办卡片");
            assertThat(tasklist.cards().first()).isVisible();
            fill(tasklist);
            assertThat(tasklist.submit().status()).isBetween(200, 204);
        }
    }

    @Test
    void without_the_script_that_loads_the_parts_the_list_opens_and_a_sentence_says_what_to_do() {
        for (Route.FulfillOptions broken : List.of(
                new Route.FulfillOptions().setStatus(404),
                script("throw new Error('broken')"),
                script("this is no script"),
                script("import './nowhere.js'; export default [];"))) {
            TasklistPage tasklist = tasklist("liming");
            tasklist.page().route("**/plugins/all.js*", route -> route.fulfill(broken));
            tasklist.page().navigate(harness.address() + "/camunda/app/tasklist/default/");
            assertThat(tasklist.partFailed()).containsText("请先不要填写。请按 F5 刷新");
            assertThat(tasklist.page().locator(".task-filter").first()).isVisible();
        }
    }

    private static Route.FulfillOptions script(String body) {
        return new Route.FulfillOptions().setContentType("text/javascript").setBody(body);
    }

    @Test
    void without_the_form_viewer_the_page_says_so_and_the_rest_works() {
        TasklistPage tasklist = tasklist("liming");
        tasklist.page()
                .route("**/vendor/form-viewer.js", route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
        tasklist.openAt("#/?task=" + claimed("liming"));
        assertThat(tasklist.page()
                        .locator(".task-details .alert-danger .message")
                        .first())
                .containsText("表单组件未能读取");
        tasklist.tab("卷宗").click();
        assertThat(tasklist.dossier()).containsText("案情");
    }

    @Test
    void no_screen_shows_a_raw_key_or_english() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        List<String> found = new ArrayList<>();
        Runnable look = () -> {
            found.addAll(tasklist.rawKeys());
            tasklist.english().stream()
                    .filter(word -> !word.matches("proposal|clerk"))
                    .forEach(found::add);
        };
        look.run();
        tasklist.complete().click();
        assertThat(tasklist.errors().first()).isVisible();
        look.run();
        tasklist.field("due").click();
        assertThat(tasklist.page().locator(".flatpickr-calendar.open")).isVisible();
        look.run();
        tasklist.page().keyboard().press("Escape");
        tasklist.tab("卷宗").click();
        assertThat(tasklist.dossier()).containsText("案情");
        look.run();
        tasklist.tab("流程图").click();
        assertThat(tasklist.page().locator(".djs-container .djs-shape").first()).isVisible();
        look.run();
        tasklist.tab("说明").click();
        assertThat(tasklist.page().getByText("对照《提案工作条例》第十五条").last()).isVisible();
        look.run();
        tasklist.choose("临近期限");
        assertThat(tasklist.page().locator("[cam-tasks] .well")).containsText("这里没有待办");
        look.run();
        tasklist.page().locator(".account > a").click();
        look.run();
        tasklist.page().keyboard().press("Escape");
        tasklist.page().locator(".tasks-list .dropdown-toggle").first().click();
        look.run();
        Locator dialog = tasklist.startDialog();
        look.run();
        dialog.locator("ul.processes a").first().click();
        tasklist.form().waitFor();
        look.run();
        dialog.locator(".modal-footer .btn-link").last().click();
        assertThat(dialog).hasCount(0);
        tasklist.page().locator("a.showShortcutHelp").click();
        assertThat(tasklist.page().locator(".modal-body")).containsText("签收打开的这件待办");
        found.addAll(tasklist.rawKeys());
        assertThat(found).isEmpty();
        assertThat(tasklist.page().title()).isEqualTo("办好 我的待办");
    }

    @Test
    void a_phone_shows_one_thing_at_a_time_without_scrolling_sideways() {
        TasklistPage tasklist = tasklist("liming", 390, 844).open();
        String task = claimed("liming");
        tasklist.choose("我的待办");
        assertThat(tasklist.cards().first()).isVisible();
        assertThat(tasklist.sideways()).isLessThanOrEqualTo(0);
        tasklist.openTask(task);
        assertThat(tasklist.cards().first()).not().isVisible();
        assertThat(tasklist.sideways()).isLessThanOrEqualTo(0);
        tasklist.complete().click();
        assertThat(tasklist.errors().first()).isVisible();
        assertThat(tasklist.sideways()).isLessThanOrEqualTo(0);
        tasklist.tab("卷宗").click();
        assertThat(tasklist.dossier()).containsText("案情");
        assertThat(tasklist.sideways()).isLessThanOrEqualTo(0);
        tasklist.page().locator(".bh-back").click();
        assertThat(tasklist.cards().first()).isVisible();
    }

    @Test
    void a_card_shows_number_title_unit_and_a_light_of_colour_shape_and_word() {
        harness.newTask();
        TasklistPage tasklist = tasklist("liming").open().choose("待签收");
        Locator card = tasklist.cards().first();
        assertThat(card.locator(".bh-card-number")).containsText("TA-2026-000101");
        assertThat(card.locator(".bh-card-title")).containsText("关于");
        assertThat(card.locator(".bh-due-word")).hasText(java.util.regex.Pattern.compile("正常|临近|逾期|无期限"));
        String shape =
                (String) card.locator(".bh-due-word").evaluate("part => getComputedStyle(part, '::before').content");
        assertThat(shape).matches("\"[●▲■○]\"");
    }

    @Test
    void the_dossier_opens_in_its_tab_runs_no_script_and_leads_to_a_page_that_prints() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        tasklist.tab("卷宗").click();
        Locator link = tasklist.dossier().locator("a.button");
        assertThat(link).hasAttribute("href", "/cases/TA-2026-000101");
        assertThat(link).hasAttribute("target", "_blank");
        assertThat(link).hasAttribute("rel", "noopener");
        assertThat(tasklist.page().evaluate("() => window.dossierScriptRan === undefined"))
                .isEqualTo(true);
        Page opened = tasklist.page().context().waitForPage(link::click);
        assertThat(opened.locator("h1")).hasText("TA-2026-000101");
    }

    @Test
    void the_search_box_narrows_the_list_and_can_be_cleared() {
        for (int i = 0; i < 6; i++) harness.newTask();
        TasklistPage tasklist = tasklist("liming").open().choose("待签收");
        tasklist.cards().first().waitFor();
        tasklist.page().waitForResponse(r -> r.url().contains("/list"), () -> tasklist.search("没有这样的题目"));
        assertThat(tasklist.cards()).hasCount(0);
        tasklist.page().locator(".bh-search-clear").click();
        assertThat(tasklist.cards().first()).isVisible();
    }

    @Test
    void a_matter_is_started_from_the_dialog_and_a_half_filled_one_is_a_draft_of_its_own() {
        TasklistPage tasklist = tasklist("zhaoqing").open();
        List<String> asked = new CopyOnWriteArrayList<>();
        tasklist.page().onRequest(request -> asked.add(request.url()));
        Locator dialog = tasklist.startDialog();
        dialog.locator("ul.processes a").first().click();
        tasklist.form().waitFor();
        tasklist.saved(() -> tasklist.field("title").fill("关于改善公交线路的提案"));
        assertThat(harness.drafts).containsKey("zhaoqing/start:harness");
        tasklist.select("kind", "个人提案");
        tasklist.page()
                .waitForResponse(
                        r -> r.url().endsWith("/submit-form"),
                        () -> dialog.locator(".modal-footer .btn-primary").click());
        assertThat(dialog).hasCount(0);
        assertThat(lastAnswer().path("title").path("value").asText()).isEqualTo("关于改善公交线路的提案");
        assertThat(asked)
                .as("a start has no way back, and what was done before is not offered in its place")
                .noneMatch(url -> url.contains("/api/retractions"));
    }

    @Test
    void signing_out_leads_to_our_own_sign_in_page() {
        TasklistPage tasklist = tasklist("liming").open();
        tasklist.page().locator(".account > a").click();
        tasklist.page().locator(".logout a").click();
        tasklist.page().waitForURL(url -> url.contains("/login?out"));
    }

    @Test
    void dead_parts_of_the_stock_page_are_not_there() {
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        Page page = tasklist.page();
        assertThat(page.locator(".create-task-action")).hasCount(0);
        assertThat(tasklist.tab("办理经过")).hasCount(0);
        for (String dead : List.of(
                ".task-filter .actions",
                ".ce-eol-banner",
                ".followup-date",
                ".reset-due-date",
                ".instance-link",
                ".new-sort",
                ".app-switch",
                ".account .profile",
                ".form-actions button[ng-click^='save']")) {
            for (Locator part : page.locator(dead).all()) assertThat(part).not().isVisible();
        }
        // stock Tasklist shows its pencil only under the pointer
        for (Locator filter : page.locator(".task-filter").all()) {
            filter.hover();
            for (Locator pencil : filter.locator(".actions").all())
                assertThat(pencil).not().isVisible();
        }
        // the date is a text, with nothing to click and no pencil beside it, at rest and under the pointer
        Locator due = page.locator("[cam-tasklist-task-meta] .due-date");
        assertThat(due).isVisible();
        due.hover(new Locator.HoverOptions().setForce(true));
        assertThat(page.locator("[cam-tasklist-task-meta] .due-date > a")).hasCount(0);
        for (String pencil : List.of(".glyphicon-pencil", ".edit-toggle"))
            for (Locator part :
                    page.locator("[cam-tasklist-task-meta] " + pencil).all())
                assertThat(part).not().isVisible();
    }

    @Test
    void axe_finds_nothing_serious_but_the_written_stock_defects() {
        // kept in docs/tasklist-accessibility.md
        List<String> stock = List.of();
        TasklistPage tasklist = tasklist("liming").openTask(claimed("liming"));
        List<String> found = new ArrayList<>(serious(tasklist, "form"));
        tasklist.complete().click();
        assertThat(tasklist.errors().first()).isVisible();
        found.addAll(serious(tasklist, "errors"));
        tasklist.tab("卷宗").click();
        assertThat(tasklist.dossier()).containsText("案情");
        found.addAll(serious(tasklist, "dossier"));
        tasklist.choose("待签收");
        found.addAll(serious(tasklist, "list"));
        tasklist.startDialog();
        found.addAll(serious(tasklist, "dialog"));
        found.removeIf(finding -> stock.stream().anyMatch(finding::contains));
        assertThat(found).isEmpty();
    }

    @Test
    void axe_finds_nothing_serious_in_the_header_and_its_menus_wide_and_narrow_in_either_size_of_text() {
        String task = claimed("zhaoqing");
        List<String> found = new ArrayList<>();
        for (int width : List.of(1280, 390)) {
            TasklistPage tasklist = tasklist("zhaoqing", width, 844).openTask(task);
            for (String size : List.of("大字", "标准字")) {
                found.addAll(serious(tasklist, width + " before " + size));
                if (width < 768) tasklist.menu().click();
                Locator menu = tasklist.header().locator("summary").first();
                menu.click();
                assertThat(menu).hasAttribute("aria-expanded", "true");
                assertThat(tasklist.header().getByText("立案编号")).isVisible();
                assertThat(tasklist.sideways()).isLessThanOrEqualTo(0);
                found.addAll(serious(tasklist, width + " menu before " + size));
                menu.click();
                tasklist.header()
                        .getByText(size, new Locator.GetByTextOptions().setExact(true))
                        .click();
                assertThat(tasklist.header()
                                .getByText(
                                        size.equals("大字") ? "标准字" : "大字",
                                        new Locator.GetByTextOptions().setExact(true)))
                        .isVisible();
                if (width < 768) tasklist.menu().click();
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<String> serious(TasklistPage tasklist, String screen) {
        return Axe.serious(tasklist.page()).stream()
                .map(finding -> screen + ": " + finding)
                .toList();
    }

    private Path file(String name) {
        try {
            return Files.writeString(folder.resolve(name), "内容");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
