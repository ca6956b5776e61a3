package org.banhao.testing;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.regex.Pattern;

/** The header's ways to other pages, on own pages and in Tasklist; some of them lie in a menu. */
public final class Ways {

    private Ways() {}

    /** Presses an entry, after the menus it lies in. */
    public static void go(Page page, String label) {
        Locator entry = entry(page, label);
        entry.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        Locator whole = page.locator(".ways-open > summary");
        if (whole.count() > 0 && whole.isVisible() && !page.locator(".ways").isVisible()) whole.click();
        Locator menu = page.locator(".ways details.ways-menu").filter(new Locator.FilterOptions().setHas(entry));
        if (menu.count() > 0 && menu.getAttribute("open") == null)
            menu.locator("summary").click();
        entry.click();
    }

    private static Locator entry(Page page, String label) {
        return page.locator(".ways a")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + Pattern.quote(label) + "$")));
    }
}
