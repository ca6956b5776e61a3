package org.banhao.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One person at work over HTTP: own pages as a browser sends them, and the calls Tasklist makes. */
public final class Desk {

    /** The list that shows all a person may work on. */
    public static final String WAITING = "ba9a0000-0000-4000-8000-000000000001";

    public static final List<String> MEMBERS = List.of("卫林书", "郜清远", "申雨禾", "靳松年", "原知夏");

    private static final Pattern NUMBER = Pattern.compile("TA-\\d{4}-\\d{6}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebSession web;
    private final Accounts.Account account;
    private boolean tasklist;

    public Desk(String base, Accounts.Account account) {
        this.account = account;
        this.web = new WebSession(base).signIn(account);
    }

    public WebSession web() {
        return web;
    }

    public Accounts.Account account() {
        return account;
    }

    // ---- a member at his own pages

    /** @return the case number of a new, empty draft */
    public String begin() {
        HttpResponse<String> answer = web.form("/my/drafts", List.of(Map.entry("member", account.login())));
        return numberIn(answer, 302);
    }

    public HttpResponse<String> handIn(String number, String title, String category) {
        return web.form(
                "/my/drafts/" + number + "/submit",
                List.of(
                        Map.entry("version", "1"),
                        Map.entry("title", title),
                        Map.entry("situation", "群众反映比较集中，现状摘自走访记录。"),
                        Map.entry("analysis", "职责分散，缺少统一的办法。"),
                        Map.entry("suggestions", "明确牵头单位，列出时间表。"),
                        Map.entry("suggestions", "每季度公布一次进展。"),
                        Map.entry("category", category),
                        Map.entry("consent", "full"),
                        Map.entry("noSecret", "on")));
    }

    /** Writes a proposal and hands it in. @return its case number */
    public String propose(String title, String category) {
        String number = begin();
        numberIn(handIn(number, title, category), 302);
        return number;
    }

    private static String numberIn(HttpResponse<String> answer, int status) {
        Matcher number = NUMBER.matcher(answer.headers().firstValue("Location").orElse(""));
        if (answer.statusCode() != status || !number.find())
            throw new AssertionError(
                    "Answered " + answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body());
        return number.group();
    }

    // ---- staff at Tasklist

    public HttpResponse<String> engine(String method, String path, String json) {
        synchronized (this) {
            if (!tasklist) {
                web.openTasklist();
                tasklist = true;
            }
        }
        return web.engine(method, path, json);
    }

    /** A page of a filter. */
    public JsonNode list(String filter, String query) {
        return json(ok(engine("POST", "/filter/" + filter + "/list?firstResult=0&maxResults=200", query), 200));
    }

    /** The task this person sees of a case. */
    public Optional<String> sees(String number) {
        JsonNode page = list(
                WAITING,
                "{\"processVariables\":[{\"name\":\"number\",\"operator\":\"eq\",\"value\":\"" + number + "\"}]}");
        JsonNode tasks = page.path("_embedded").path("task");
        if (tasks.size() > 1) throw new AssertionError(number + " has " + tasks);
        return tasks.isEmpty()
                ? Optional.empty()
                : Optional.of(tasks.get(0).path("id").asText());
    }

    public String task(String number) {
        return sees(number).orElseThrow(() -> new AssertionError(account.name() + " sees no task of " + number));
    }

    public HttpResponse<String> claim(String task) {
        return engine("POST", "/task/" + task + "/claim", "{\"userId\":\"" + account.login() + "\"}");
    }

    public HttpResponse<String> submit(String task, Map<String, ?> answer) {
        Map<String, Object> variables = new LinkedHashMap<>();
        answer.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return engine("POST", "/task/" + task + "/submit-form", text(Map.of("variables", variables)));
    }

    /** What the form shows: name → value. */
    public JsonNode shown(String task) {
        return json(ok(engine("GET", "/task/" + task + "/form-variables", ""), 200));
    }

    /** Takes the open task of a case and answers it. */
    public void answer(String number, Map<String, ?> answer) {
        String task = task(number);
        ok(claim(task), 204);
        ok(submit(task, answer), 204);
    }

    public static HttpResponse<String> ok(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status)
            throw new AssertionError(
                    answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
        return answer;
    }

    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    public static String text(Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
