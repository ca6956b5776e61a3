package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.banhao.testing.Chromium;
import org.banhao.testing.Screens;
import org.banhao.whole.OnH2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A journey through the whole application. Every person has a browser profile of his own and does what a person can do:
 * click, type, press keys, and wait until something is seen.
 */
abstract class Journey extends OnH2 {

    @RegisterExtension
    final Screens screens = new Screens();

    @AfterEach
    void noBrowserComplained() {
        List<String> complaints = screens.complaints();
        screens.close();
        assertThat(complaints).isEmpty();
    }

    /** A browser nobody has used, {@code width} pixels wide; up to 500 it is a phone. */
    Page newProfile(int width) {
        boolean phone = width <= 500;
        BrowserContext profile = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(address())
                        .setLocale("zh-CN")
                        .setTimezoneId("Asia/Shanghai")
                        .setViewportSize(width, phone ? 844 : 900)
                        .setIsMobile(phone)
                        .setHasTouch(phone));
        profile.setDefaultTimeout(Chromium.PATIENCE);
        return screens.watched(profile).newPage();
    }

    /** A person at a desk, signed in in a new profile, on the page where he lands. */
    Page tasklistOf(String name) {
        return signIn(newProfile(1280), name);
    }

    Page phone(String name) {
        return signIn(newProfile(390), name);
    }

    Page signIn(Page page, String name) {
        new LoginPage(page).open().signIn(accounts().named(name));
        return page;
    }

    TasklistPage tasklist(String name) {
        return new TasklistPage(tasklistOf(name), address()).open();
    }

    MyPage my(String name) {
        return new MyPage(tasklistOf(name)).open();
    }

    /** Finds the step of a case in the list, opens it and signs for it. */
    static TasklistPage sign(TasklistPage tasklist, String caseNumber) {
        find(tasklist, caseNumber);
        tasklist.claim().or(tasklist.unclaim()).first().waitFor();
        if (tasklist.claim().isVisible()) tasklist.claim().click();
        assertThat(tasklist.unclaim()).isVisible();
        return tasklist;
    }

    static TasklistPage find(TasklistPage tasklist, String caseNumber) {
        // the counts come after the first list
        tasklist.page().locator(".bh-count").first().waitFor();
        tasklist.search(caseNumber);
        assertThat(tasklist.cards()).hasCount(1);
        tasklist.card(caseNumber).click();
        tasklist.form().waitFor();
        return tasklist;
    }

    /** Hands the open step in and waits until it has left the screen. */
    static void handIn(TasklistPage tasklist) {
        assertThat(tasklist.submit().status()).isBetween(200, 204);
        assertThat(tasklist.form()).hasCount(0);
    }

    /** @return the number of a proposal handed in by this member, one of its kind among all tests */
    String handedIn(String member, String title) {
        return my(member).begin().fill(title).handIn();
    }

    /** First and second review with one conclusion; what that conclusion asks for is filled by {@code details}. */
    void reviewed(String number, String conclusion, Details details) {
        TasklistPage clerk = sign(tasklist("暴晓岚"), number);
        clerk.choice(conclusion);
        details.fill(clerk);
        handIn(clerk);
        TasklistPage reviewer = sign(tasklist("苗正清"), number);
        reviewer.choice(conclusion);
        details.fill(reviewer);
        handIn(reviewer);
    }

    interface Details {
        void fill(TasklistPage tasklist);
    }

    /** The meeting's decision as the second review proposed it. */
    Page decidedInMeeting(String number) {
        Page secretary = tasklistOf("阎小满");
        secretary.navigate("/proposals/meetings");
        if (secretary.locator("#meeting option").count() <= 1) {
            if (!secretary.locator("#name").isVisible())
                secretary
                        .getByText("建立会议", new Page.GetByTextOptions().setExact(true))
                        .click();
            secretary.locator("#name").fill("提案委员会第二次会议");
            secretary.locator("#heldOn").fill("2026-11-20");
            button(secretary, "建立").click();
        }
        secretary.locator("#meeting").selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
        button(secretary, "全不选").click();
        secretary.getByLabel("登记" + number).check();
        button(secretary, "登记会议决定").click();
        assertThat(secretary.locator(".told")).hasText("已登记1件。");
        return secretary;
    }

    static Locator button(Page page, String label) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    static FilePayload scan(String name) {
        return new FilePayload(name, "application/pdf", "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Nothing on the page is a key nobody translated, or English. */
    void readsChinese(Page page) {
        assertThat(Words.foreign(page, accounts().logins()))
                .as("words on " + page.url())
                .isEmpty();
    }

    static void fitsTheScreen(Page page) {
        assertThat(page.evaluate("""
                                () => {
                                  const wide = document.documentElement.clientWidth;
                                  if (document.documentElement.scrollWidth <= wide) return '';
                                  return [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > wide + 0.5)
                                    .slice(0, 12).map(one => `${one.tagName}.${one.getAttribute('class')} ${Math.round(one.getBoundingClientRect().right)}`).join(' | ') || 'too wide';
                                }"""))
                .as("wider than the screen: " + page.url())
                .isEqualTo("");
    }
}
