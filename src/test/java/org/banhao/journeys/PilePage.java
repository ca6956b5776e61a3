package org.banhao.journeys;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;

/** 成批办理 as a person sees it: selectors and keys stand here and nowhere else. */
final class PilePage {

    private final Page page;
    private final String address;
    private final int pause;

    /** @param pause milliseconds between two keys */
    PilePage(Page page, String address, int pause) {
        this.page = page;
        this.address = address;
        this.pause = pause;
    }

    Page page() {
        return page;
    }

    /** Opens the pile and waits until the first form stands and has the focus. */
    PilePage open(String step) {
        page.navigate(address + "/camunda/app/tasklist/default/#/pile?step=" + step.replace("/", "%2F"));
        form().waitFor();
        page.locator(".bh-pile-right :focus")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        return this;
    }

    Locator lines() {
        return page.locator(".bh-pile-line");
    }

    Locator chosen() {
        return page.locator(".bh-pile-line.active");
    }

    Locator line(String text) {
        return lines().filter(new Locator.FilterOptions().setHasText(text));
    }

    Locator entered() {
        return page.locator(".bh-pile-ready");
    }

    Locator form() {
        return page.locator(".bh-pile-right .fjs-form");
    }

    Locator text() {
        return page.locator(".bh-pile-text .dossier");
    }

    Locator count() {
        return page.locator(".bh-pile-count");
    }

    Locator told() {
        return page.locator(".bh-pile-told");
    }

    Locator hint() {
        return page.locator(".bh-pile-right .bh-draft");
    }

    Locator failures() {
        return page.locator(".bh-pile-failures");
    }

    Locator dialog() {
        return page.locator("dialog[open]");
    }

    Locator field(String id) {
        return page.locator(".bh-pile-right [id$='-" + id + "']:is(input, textarea)");
    }

    /** As fast as a person types. */
    PilePage press(String... keys) {
        for (String key : keys) {
            // nobody answers what he does not see yet
            page.locator(".bh-pile[aria-busy='true']")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            page.keyboard().press(key);
            page.waitForTimeout(pause);
        }
        return this;
    }

    PilePage type(String text) {
        page.keyboard().type(text, new Keyboard.TypeOptions().setDelay(pause));
        return this;
    }

    PilePage picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "journeys", name + ".png")));
        return this;
    }
}
