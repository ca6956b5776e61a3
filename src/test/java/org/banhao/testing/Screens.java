package org.banhao.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What was on the screens of a test when it went wrong, below target/journeys: a picture, and in words. */
public final class Screens implements AfterTestExecutionCallback {

    private final List<BrowserContext> profiles = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<Request, String> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** An answer of 401 or 403 is written to the console too, and is what some tests are about. */
    public BrowserContext watched(BrowserContext profile) {
        profiles.add(profile);
        profile.onRequest(requests::add);
        profile.onResponse(response -> answers.put(response.request(), response.status() + " begun"));
        profile.onRequestFinished(request -> answers.computeIfPresent(request, (same, state) -> state.substring(0, 3)));
        profile.onRequestFailed(request -> answers.put(request, String.valueOf(request.failure())));
        profile.onWebError(error -> complaints.add(error.page().url() + " " + error.error()));
        profile.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource"))
                complaints.add(message.page().url() + " " + message.text());
        });
        return profile;
    }

    /** What the browsers complained of: scripts that broke, and what a page's own policy forbids it. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public void close() {
        profiles.forEach(BrowserContext::close);
        profiles.clear();
        requests.clear();
        answers.clear();
        complaints.clear();
    }

    @Override
    public void afterTestExecution(ExtensionContext test) throws IOException {
        if (test.getExecutionException().isEmpty()) return;
        Path folder = Files.createDirectories(Path.of("target", "journeys"));
        int number = 0;
        for (BrowserContext profile : profiles) {
            for (Page page : profile.pages()) {
                String name = test.getRequiredTestMethod().getName() + "-" + number++;
                page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
                Files.writeString(folder.resolve(name + ".txt"), seen(page));
            }
        }
    }

    /** Where the page is, what it waits for, what it asked last, and the beginning of its text. */
    private String seen(Page page) {
        String text = page.locator("body").innerText().replaceAll("\\s+", " ");
        List<String> asked = requests.stream()
                .filter(request -> request.frame().page() == page)
                .map(request -> answers.getOrDefault(request, "WAITS") + " " + request.method() + " " + request.url())
                .toList();
        return Stream.of(
                        Stream.of(page.url()),
                        asked.stream().filter(line -> line.startsWith("WAITS")),
                        asked.stream().skip(Math.max(0, asked.size() - 25)),
                        complaints.stream(),
                        Stream.of(text.substring(0, Math.min(text.length(), 1500))))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
