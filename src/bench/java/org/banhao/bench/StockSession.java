package org.banhao.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** One client of the bare application: over REST, or signed in at its web applications as Tasklist is. */
final class StockSession {

    private final String base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    StockSession(String base) {
        this.base = base;
    }

    StockSession signIn(String user, String password) throws IOException, InterruptedException {
        send("GET", "/camunda/app/tasklist/default/", "text/html", "");
        HttpResponse<String> answer = client.send(
                request("/camunda/api/admin/auth/user/default/login/tasklist", "application/json")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + user + "&password=" + password))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200)
            throw new IllegalStateException("Sign-in: " + answer.statusCode() + " " + answer.body());
        send("GET", "/camunda/app/tasklist/default/", "text/html", "");
        return this;
    }

    HttpResponse<String> send(String method, String path, String accept, String json)
            throws IOException, InterruptedException {
        return client.send(
                request(path, accept)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                json.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path, String accept) {
        String token = cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", accept)
                .header("X-XSRF-TOKEN", token);
    }
}
