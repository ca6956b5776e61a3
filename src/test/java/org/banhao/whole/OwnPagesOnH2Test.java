package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.testing.Axe;
import org.banhao.testing.Chromium;
import org.junit.jupiter.api.Test;

class OwnPagesOnH2Test extends OnH2 implements OwnPages, Dossier, MonitoringFigures {

    private static final String COMPATIBILITY =
            "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; .NET4.0C; .NET4.0E)";
    private static final String SPEED =
            "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36";
    private static final Pattern TAG = Pattern.compile("<([a-z][a-z0-9]*)([^>]*)>");

    /** What matters to who cannot see or read it well: kinds of elements and their attributes, however often, whatever they say. */
    private static Set<String> shape(String html) {
        Set<String> tags = new TreeSet<>();
        Matcher tag = TAG.matcher(html);
        while (tag.find())
            tags.add(tag.group(1)
                    + tag.group(2)
                            .replaceAll(" (href|value|content|title|placeholder|data-[a-z-]+)=\"[^\"]*\"", "")
                            .replaceAll("[0-9\\p{IsHan}]+", ""));
        return tags;
    }

    /** Each page of a shape not yet seen, on a wide and a narrow screen, in both sizes of text. */
    @Test
    void axeFindsNothingSeriousOnAnyOwnPageAndNothingIsTooWideInEitherSizeOfText() {
        Set<Set<String>> shapes = new HashSet<>();
        Set<String> seen = new HashSet<>();
        List<String> found = new ArrayList<>();
        try (BrowserContext browser = Chromium.browser()
                .newContext(new Browser.NewContextOptions().setLocale("zh-CN").setTimezoneId("Asia/Shanghai"))) {
            Page page = browser.newPage();
            everyPage((session, own, address, html) -> {
                if (!html.contains("<main") || !shapes.add(shape(html))) return;
                // what else differs from reader to reader has been looked at where it was seen first
                if (!seen.add(own.pattern()) && shapes.size() % 4 != 0) return;
                browser.clearCookies();
                browser.addCookies(session.cookies());
                page.setViewportSize(1280, 900);
                page.navigate(address() + address);
                Axe.serious(page).forEach(one -> found.add(own.pattern() + ": " + one));
                for (String size : List.of("", "large")) {
                    page.evaluate("size => document.documentElement.className = size", size);
                    for (int width : new int[] {1280, 390}) {
                        page.setViewportSize(width, 900);
                        Object over = page.evaluate(
                                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
                        if (!Integer.valueOf(0).equals(over))
                            found.add(own.pattern() + ": " + over + " px too wide at " + width + " " + size);
                    }
                }
            });
        }
        assertThat(seen).hasSizeGreaterThan(50);
        assertThat(new TreeSet<>(found)).isEmpty();
    }

    private HttpResponse<String> askedBy(String browser, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address() + path))
                                .header("User-Agent", browser)
                                .header("Accept", "text/html, application/xhtml+xml, */*")
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    @Test
    void aBrowserInCompatibilityModeIsToldHowToSwitchInAPageThatNeedsNoScript() throws Exception {
        for (String path : List.of("/", "/login", "/cases", "/camunda/app/tasklist/default/")) {
            HttpResponse<String> answer = askedBy(COMPATIBILITY, path);
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/old-browser");
        }
        String page = askedBy(COMPATIBILITY, "/old-browser").body();
        assertThat(page).contains("浏览器正处于兼容模式", "极速模式").doesNotContain("<script");
        assertThat(askedBy(COMPATIBILITY, "/old-browser.css").statusCode()).isEqualTo(200);
        assertThat(askedBy(COMPATIBILITY, "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aKernelOlderThanTheBundlesAreBuiltForIsToldSoAndTheOldestTheyAreBuiltForIsLetIn() throws Exception {
        assertThat(askedBy(SPEED.formatted(101), "/login").statusCode()).isEqualTo(302);
        assertThat(askedBy(SPEED.formatted(86), "/old-browser").body()).contains("浏览器版本过低", "Chromium 102");
        assertThat(askedBy(SPEED.formatted(102), "/login").statusCode()).isEqualTo(200);
    }
}
