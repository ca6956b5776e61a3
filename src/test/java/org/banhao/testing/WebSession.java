package org.banhao.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One person's browser without the browser: cookies, sign-in, own pages with their CSRF field, Tasklist's calls with Camunda's token. */
public final class WebSession {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param base {@code http://127.0.0.1:port} */
    public WebSession(String base) {
        this.base = base;
    }

    public WebSession signIn(Accounts.Account account) {
        HttpResponse<String> answer =
                post("/login", "/login", Map.of("username", account.login(), "password", account.password()));
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("").contains("/login"))
            throw new AssertionError("Sign-in of " + account.login() + " answered " + answer.statusCode() + " "
                    + answer.headers().firstValue("Location").orElse(""));
        return this;
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).header("Accept", "text/html,application/json"));
    }

    /** Posts a form of an own page, with the token found on {@code page}. */
    public HttpResponse<String> post(String page, String path, Map<String, String> fields) {
        Matcher token = CSRF.matcher(get(page).body());
        if (!token.find()) throw new AssertionError("No CSRF field on " + page);
        String body = fields.entrySet().stream()
                        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                        .collect(Collectors.joining("&"))
                + "&_csrf=" + encode(token.group(1));
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Opens Tasklist's page, so that Camunda's token is there. */
    public WebSession openTasklist() {
        HttpResponse<String> page = get("/camunda/app/tasklist/default/");
        if (page.statusCode() != 200) throw new AssertionError("Tasklist answered " + page.statusCode());
        return this;
    }

    /** One of Tasklist's calls below {@code /camunda/api/engine/engine/default}. */
    public HttpResponse<String> engine(String method, String path, String json) {
        String token = cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
        return send(HttpRequest.newBuilder(uri("/camunda/api/engine/engine/default" + path))
                .header("X-XSRF-TOKEN", token)
                .header("Accept", "application/hal+json,application/json")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        json.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create(base + path);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
