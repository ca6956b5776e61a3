package org.banhao.testing;

import com.microsoft.playwright.options.Cookie;
import java.io.ByteArrayOutputStream;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One person's browser without the browser: cookies, sign-in, own pages with their CSRF field, Tasklist's calls with Camunda's token. */
public final class WebSession {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String base;
    private @Nullable String ownToken;
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

    /** For a browser that goes on with this session. */
    public List<Cookie> cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .map(one -> new Cookie(one.getName(), one.getValue())
                        .setUrl(base + (one.getPath() == null ? "/" : one.getPath())))
                .toList();
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

    /** Posts a form of an own page; names may occur several times. The token is fetched once for the session. */
    public HttpResponse<String> form(String path, List<Map.Entry<String, String>> fields) {
        String body = fields.stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&", "", "&_csrf=" + encode(ownToken())));
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The page an answer leads to, with what it is told once. */
    public HttpResponse<String> follow(HttpResponse<String> answer) {
        URI to = answer.request()
                .uri()
                .resolve(answer.headers().firstValue("Location").orElseThrow());
        return get(to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery()));
    }

    /** What a page's script sends, with our token. */
    public HttpResponse<String> script(String method, String path, String contentType, byte[] body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .header("Accept", "application/json")
                .header("X-BANHAO-CSRF", ownToken())
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A file chosen in a form. */
    public HttpResponse<String> upload(String step, String fileName, byte[] content) {
        return upload("/api/documents", Map.of("step", step), fileName, content);
    }

    /** The same in a form of an own page. */
    public HttpResponse<String> upload(String path, Map<String, String> fields, String fileName, byte[] content) {
        String edge = "----banhao" + Long.toHexString(content.length) + "x";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + edge + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return script("POST", path, "multipart/form-data; boundary=" + edge, body.toByteArray());
    }

    /** A file as it is downloaded. */
    public HttpResponse<byte[]> download(String path) {
        return send(HttpRequest.newBuilder(uri(path)), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A file that is there. */
    public byte[] bytes(String path) {
        HttpResponse<byte[]> answer = download(path);
        if (answer.statusCode() != 200)
            throw new AssertionError(path + " answered " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        return answer.body();
    }

    /** Each token of a session is good until its end, whatever page it stands on; the password page is everybody's. */
    private synchronized String ownToken() {
        if (ownToken == null) {
            Matcher token = CSRF.matcher(get("/password").body());
            if (!token.find()) throw new AssertionError("No CSRF field on the password page");
            ownToken = token.group(1);
        }
        return ownToken;
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
        return send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
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
