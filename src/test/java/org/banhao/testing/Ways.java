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
        // looked for inside of the menu: named from there
        Locator inside = page.locator("a").filter(new Locator.FilterOptions().setHasText(named(label)));
        Locator menu = page.locator(".ways details.ways-menu").filter(new Locator.FilterOptions().setHas(inside));
        if (menu.count() > 0 && menu.getAttribute("open") == null)
            menu.locator("summary").click();
        entry.click();
    }

    private static Locator entry(Page page, String label) {
        return page.locator(".ways a").filter(new Locator.FilterOptions().setHasText(named(label)));
    }

    private static Pattern named(String label) {
        return Pattern.compile("^" + label + "$");
    }
}
