package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.banhao.flow.time.EngineTime;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Axe;
import org.junit.jupiter.api.Test;

/** 催办 and 归档 as piles, by keyboard alone. */
class OtherPilesJourneyTest extends Journey {

    private static final List<String> MEMBERS =
            List.of("wei-linshu", "gao-qingyuan", "shen-yuhe", "jin-songnian", "yuan-zhixia");

    private List<String> handedIn(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String member = MEMBERS.get(i % MEMBERS.size());
            String number = bean(Drafts.class).begin(member, member);
            bean(Drafts.class)
                    .save(
                            number,
                            member,
                            1,
                            DraftContent.of(
                                    "关于在老旧小区增设便民服务点的第" + (i + 1) + "件提案",
                                    "群众反映比较集中。",
                                    "缺少统一的办法。",
                                    List.of("明确牵头单位。", "每季度公布进展。"),
                                    Category.SOCIETY));
            bean(Submission.class).handIn(number, member);
            numbers.add(number);
        }
        return numbers;
    }

    private static Page picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "journeys", name + ".png")));
        return page;
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.locator("#batch[aria-busy='true']")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            page.keyboard().press(key);
        }
    }

    private static Locator told(Page page) {
        return page.locator(".batch-told");
    }

    private static Locator dialog(Page page) {
        return page.locator("dialog[open]");
    }

    private long chases(String number) {
        return db().sql("select count(*) from notice_chase where case_number = ?")
                .param(number)
                .query(Long.class)
                .single();
    }

    private String archiveNumber(String number) {
        return db().sql(
                        "select coalesce(max(archive_number), '') from casefile_case where number = ? and archived is not null")
                .param(number)
                .query(String.class)
                .single();
    }

    @Test
    void aDirectorChasesAPileByKeyboardLosesTheConnectionAndTakesItBack() {
        List<String> numbers = handedIn(24);
        bean(EngineTime.class).advance(Duration.ofDays(30));
        Page page = tasklistOf("路守正");
        page.navigate(address() + "/camunda/app/tasklist/default/");
        page.locator(".bh-piles a", new Page.LocatorOptions().setHasText("催办")).click();
        page.waitForURL("**/chase");
        assertThat(page.locator("tbody input:focus")).hasCount(1);
        readsChinese(page);
        fitsTheScreen(page);
        picture(page, "chase-1280");
        assertThat(Axe.serious(page)).isEmpty();

        press(page, "?");
        assertThat(dialog(page)).containsText("连续选中");
        picture(page, "chase-keys");
        press(page, "Escape");
        // two by Shift, one by the space bar and not, then all
        press(page, "Shift+ArrowDown");
        assertThat(page.locator("[data-count]")).hasText("已选2项");
        press(page, "Space");
        assertThat(page.locator("[data-count]")).hasText("已选1项");
        press(page, "a");
        int all = page.locator("tr[data-key] input:checked").count();
        assertThat(all).isGreaterThanOrEqualTo(24);

        press(page, "Control+Shift+Enter");
        assertThat(dialog(page)).containsText("催办选中的" + all + "项");
        assertThat(dialog(page).locator("[data-preview]")).containsText("催办：");
        dialog(page).locator("#offered").focus();
        press(page, "ArrowDown", "Tab");
        page.keyboard().press("End");
        page.keyboard().type("请今天回复。");
        assertThat(dialog(page).locator("[data-preview]")).containsText("按期办结。请今天回复。");
        picture(page, "chase-preview");
        // the second part reaches the server, its answer does not reach the browser
        AtomicInteger sent = new AtomicInteger();
        page.route(Pattern.compile(".*/api/chases$"), route -> {
            if (sent.incrementAndGet() == 2) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        press(page, "Enter");
        assertThat(told(page)).containsText("网络中断，催办停在这里。已催办10项");
        picture(page, "chase-broken");
        press(page, "Control+Shift+Enter");
        assertThat(dialog(page)).containsText("催办选中的" + (all - 10) + "项");
        dialog(page).locator("#words").focus();
        press(page, "Enter");
        assertThat(told(page)).containsText("已催办" + (all - 10) + "项");
        picture(page, "chase-done");
        assertThat(numbers).allMatch(number -> chases(number) == 1);

        page.locator("[data-undoes]").focus();
        press(page, "Enter");
        assertThat(told(page)).containsText("已撤销" + all + "项");
        assertThat(numbers).allMatch(number -> chases(number) == 0);

        Page phone = phone("路守正");
        phone.navigate(address() + "/chase");
        assertThat(phone.locator("tr[data-key]").first()).isVisible();
        fitsTheScreen(phone);
        picture(phone, "chase-390");
    }

    @Test
    void aClerkArchivesAPileByKeyboardAndTakesOneOutAgain() {
        List<String> numbers = handedIn(13);
        for (int i = 0; i < numbers.size(); i++) {
            bean(Submission.class).withdraw(numbers.get(i), MEMBERS.get(i % MEMBERS.size()), "情况已经变化。");
        }
        db().sql(
                        "insert into paper_paper (kind, kind_name, subject, label, case_number, issuer, issuer_name, desk, inputs,"
                                + " state, made_by, made_name, made_at, version)"
                                + " values ('filing', '立案通知', 'x', '立案', ?, 'committee', '提案委', '', '{}', 'draft', 'x', '暴晓岚', current_timestamp, 1)")
                .param(numbers.get(2))
                .update();
        Page page = tasklistOf("暴晓岚");
        page.navigate(address() + "/camunda/app/tasklist/default/");
        page.locator(".bh-piles a", new Page.LocatorOptions().setHasText("归档")).click();
        page.waitForURL("**/archive");
        assertThat(page.locator("tbody input:focus")).hasCount(1);
        readsChinese(page);
        fitsTheScreen(page);
        picture(page, "archive-1280");
        assertThat(Axe.serious(page)).isEmpty();
        Locator lacking = page.locator("tr[data-key='" + numbers.get(2) + "']");
        assertThat(lacking).containsText("立案通知");

        // all that is complete
        press(page, "a");
        assertThat(lacking.locator("input")).not().isChecked();
        int all = page.locator("tr[data-key] input:checked").count();
        press(page, "Control+Shift+Enter");
        assertThat(dialog(page)).containsText("归档选中的" + all + "件");
        assertThat(dialog(page).locator("#note")).isHidden();
        picture(page, "archive-ask");
        // a colleague is faster with one
        db().sql("update casefile_case set closed = null where number = ?")
                .param(numbers.get(4))
                .update();
        press(page, "Tab", "Enter");
        assertThat(told(page)).containsText("已归档" + (all - 1) + "件，1件没有归档");
        assertThat(page.locator(".batch-failures")).containsText(numbers.get(4));
        assertThat(page.locator(".batch-failures")).containsText("办结以后才能归档");
        readsChinese(page);
        picture(page, "archive-done");
        db().sql("update casefile_case set closed = current_timestamp where number = ?")
                .param(numbers.get(4))
                .update();
        assertThat(archiveNumber(numbers.get(0))).startsWith("WS·");
        assertThat(archiveNumber(numbers.get(2))).isEmpty();

        // what lacks something needs a word
        lacking.locator("input").focus();
        press(page, "Space", "Control+Shift+Enter");
        assertThat(dialog(page)).containsText("其中1件案卷不齐全");
        dialog(page).locator("#note").focus();
        page.keyboard().type("该公文不再需要。");
        picture(page, "archive-lacking");
        press(page, "Tab", "Enter");
        assertThat(told(page)).containsText("已归档1件");
        assertThat(archiveNumber(numbers.get(2))).startsWith("WS·");

        // taken out again
        page.navigate(address() + "/archive?show=archived");
        Locator line = page.locator("tr[data-key='" + numbers.get(0) + "']");
        assertThat(line).containsText(archiveNumber(numbers.get(0)));
        picture(page, "archive-archived");
        line.locator("input").focus();
        press(page, "Space");
        var download = page.waitForDownload(
                () -> page.locator("button[data-packages=chosen]").press("Enter"));
        assertThat(download.suggestedFilename()).startsWith("案卷").endsWith(".zip");
        line.locator("input").focus();
        press(page, "Control+Shift+Enter");
        assertThat(dialog(page)).containsText("取消归档选中的1件");
        page.keyboard().type("补收原件。");
        press(page, "Tab", "Enter");
        assertThat(told(page)).containsText("已取消归档1件");
        assertThat(archiveNumber(numbers.get(0))).isEmpty();

        Page phone = phone("暴晓岚");
        phone.navigate(address() + "/archive");
        assertThat(phone.locator("tr[data-key]").first()).isVisible();
        fitsTheScreen(phone);
        picture(phone, "archive-390");
    }
}
