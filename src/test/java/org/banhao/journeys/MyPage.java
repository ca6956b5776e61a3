package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The proposer's pages: list, draft, proposal. Also the draft that a clerk enters for somebody. */
record MyPage(Page page) {

    private static final Pattern NUMBER = Pattern.compile("TA-\\d{4}-\\d{6}");

    MyPage open() {
        page.navigate("/my");
        return this;
    }

    MyPage begin() {
        Journey.button(page, "新建提案").click();
        title().waitFor();
        return this;
    }

    Locator title() {
        return page.locator("#title");
    }

    /** Everything a proposal needs. */
    MyPage fill(String title) {
        title().fill(title);
        page.locator("#situation").fill("主城区三处医院周边每日缺车位四百余个，数据来自2026年3月的实地清点。");
        page.locator("#analysis").fill("配建不足，临时占道无人管理。");
        page.locator("#suggestion-1").fill("在三处医院周边新建停车楼。");
        page.getByLabel("社会建设", new Page.GetByLabelOptions().setExact(true)).check();
        page.getByLabel("主动公开").check();
        page.getByLabel("不含国家秘密").check();
        return this;
    }

    MyPage coSigner(String name) {
        page.locator("#cosigner-search").fill(name);
        page.locator("[data-hits] button").first().click();
        assertThat(page.locator("[data-chosen]")).containsText(name);
        return this;
    }

    /** Waits until the page says that everything typed is kept. */
    MyPage saved() {
        assertThat(page.locator("[data-saved]")).hasAttribute("data-state", "ok");
        assertThat(page.locator("[data-saved]")).hasText(Pattern.compile("已保存 \\d\\d:\\d\\d"));
        return this;
    }

    /** @return the proposal's number, read from the receipt */
    String handIn() {
        Journey.button(page, "提交提案").click();
        page.waitForURL("**/receipt**");
        Matcher number = NUMBER.matcher(page.locator("#content").innerText());
        if (!number.find()) throw new AssertionError("No number on the receipt");
        return number.group();
    }

    MyPage openProposal(String title) {
        open();
        page.locator("ul.lines a", new Page.LocatorOptions().setHasText(title)).click();
        page.locator("h1").waitFor();
        return this;
    }

    Locator line(String title) {
        return page.locator("ul.lines > li", new Page.LocatorOptions().setHasText(title));
    }

    Locator status() {
        return page.locator("#content .status").first();
    }

    Locator content() {
        return page.locator("#content");
    }
}
