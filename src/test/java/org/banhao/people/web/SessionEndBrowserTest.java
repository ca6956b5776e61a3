package org.banhao.people.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.banhao.testing.Chromium;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The warning before a session ends, in own pages and in Tasklist; the server is played, the browser's clock moved. */
class SessionEndBrowserTest {

    private static final Path PLUGINS =
            Path.of("src/main/resources/META-INF/resources/webjars/camunda/app/tasklist/plugins");
    private static final String WARNING = "您已有一段时间没有操作，约5分钟后自动退出。";
    private static Browser browser;

    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger posts = new AtomicInteger();

    @BeforeAll
    static void start() {
        browser = Chromium.browser();
    }

    @Test
    void anOwnPageWarnsFiveMinutesBeforeAndKeepsWhatIsTyped() {
        Page page = page("""
                <!doctype html><body data-session="1800"><form><input name="_csrf" value="t"></form>
                <textarea></textarea><script src="/site.js"></script>""");
        page.locator("textarea").fill("写到一半的建议");
        warns(page);
        assertThat(page.locator("textarea")).hasValue("写到一半的建议");
        left.set(0);
        page.clock().runFor(1_800_000);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("登录已过期");
        assertThat(page.locator("textarea")).hasValue("写到一半的建议");
    }

    @Test
    void tasklistWarnsToo() {
        warns(page("""
                <!doctype html><base app-root="/camunda" engine-api="/camunda/api/engine/"><body>
                <script type="module">import part from '/plugins/session.js'; part.run[part.run.length - 1]();</script>"""));
    }

    @Test
    void aPageOfAnotherTabThatWentOnKeepsQuiet() {
        Page page = page("<!doctype html><body data-session=\"1800\"><script src=\"/site.js\"></script>");
        left.set(1700);
        page.clock().runFor(1_520_000);
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    private void warns(Page page) {
        page.clock().runFor(60_000);
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        left.set(295);
        page.clock().runFor(1_450_000);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText(WARNING);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("继续使用"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        org.assertj.core.api.Assertions.assertThat(posts).hasValue(1);
    }

    private Page page(String html) {
        left.set(1800);
        Page page = browser.newContext().newPage();
        page.clock().install();
        page.route("http://banhao.test/**", route -> answer(route, html));
        page.navigate("http://banhao.test/");
        return page;
    }

    private void answer(Route route, String html) {
        String path = route.request().url().replaceFirst("^http://banhao.test", "");
        Route.FulfillOptions answer = new Route.FulfillOptions();
        if (path.equals("/api/session")) {
            if (route.request().method().equals("POST")) {
                posts.incrementAndGet();
                left.set(1800);
            }
            answer.setContentType("application/json").setBody("{\"seconds\":" + left + "}");
        } else if (path.equals("/")) {
            answer.setContentType("text/html;charset=UTF-8").setBody(html);
        } else if (path.startsWith("/plugins/")) {
            answer.setContentType("text/javascript").setBody(text(PLUGINS.resolve(path.substring(9))));
        } else if (path.equals("/site.js")) {
            answer.setContentType("text/javascript").setBody(text(Path.of("src/main/resources/static/site.js")));
        } else {
            answer.setStatus(404);
        }
        route.fulfill(answer);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
