package org.banhao.people.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen: keeps cookies, follows nothing by itself. Cookies are plain, so that a test can steal them. */
final class Visitor {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" content=\"([^\"]+)\"");

    final Map<String, String> cookies = new LinkedHashMap<>();
    private final String base;
    private final Map<String, String> always = new LinkedHashMap<>();

    Visitor(int port) {
        base = "http://127.0.0.1:" + port;
    }

    Visitor basic(String login, String password) {
        always.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    HttpResponse<String> page(String path) {
        return get(path, "Accept", "text/html");
    }

    /** A form of our own pages, with the token of the page it stands on. */
    HttpResponse<String> submit(String from, String path, Map<String, String> fields) {
        Matcher token = TOKEN.matcher(page(from).body());
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (token.find()) all.put("_csrf", token.group(1));
        return send(
                "POST", path, form(all), "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html");
    }

    HttpResponse<String> signIn(String login, String password) {
        return submit("/login", "/login", Map.of("username", login, "password", password));
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        always.forEach(request::setHeader);
        for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        if (!cookies.isEmpty())
            request.setHeader(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            for (String set : answer.headers().allValues("Set-Cookie")) {
                String[] pair = set.split(";", 2)[0].split("=", 2);
                if (pair[1].isEmpty() || set.contains("Max-Age=0")) cookies.remove(pair[0]);
                else cookies.put(pair[0], pair[1]);
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .map(l -> l.replaceFirst("^https?://[^/]+", ""))
                .orElse("");
    }

    /** Login → password, as the demonstration wrote them. */
    static Map<String, String> cast(Path data) {
        try {
            return Files.readAllLines(data.resolve("demo-accounts.tsv")).stream()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .collect(Collectors.toMap(c -> c[0], c -> c[1]));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
