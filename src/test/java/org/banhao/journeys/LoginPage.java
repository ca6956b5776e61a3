package org.banhao.journeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.banhao.testing.Accounts;

/** Our own sign-in page. */
record LoginPage(Page page) {

    LoginPage open() {
        page.navigate("/login");
        return this;
    }

    /** Signs in and waits until another page has come. */
    void signIn(Accounts.Account account) {
        name().fill(account.login());
        page.locator("#password").fill(account.password());
        page.locator("#password").press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }

    Locator name() {
        return page.locator("#username");
    }

    Locator notice() {
        return page.locator(".notice");
    }

    /** Waits until the application has led here by itself. */
    LoginPage arrived() {
        name().waitFor();
        return this;
    }
}
