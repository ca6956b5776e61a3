package org.banhao.flow.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.banhao.flow.FlowTestApplication;
import org.banhao.flow.Processes;
import org.banhao.flow.TaskPages;
import org.banhao.testing.Databases;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.filter.OncePerRequestFilter;

/** The engine's REST application as module flow changes it, and drafts; over HTTP. */
@SpringBootTest(
        classes = {FlowTestApplication.class, FlowWebTest.Web.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("flowtest")
class FlowWebTest {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        Databases.H2.register(registry);
    }

    /** The doors are another module's: here a header says who calls. */
    static class Web {

        @Bean
        SecurityFilterChain open(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                    .build();
        }

        @Bean
        FilterRegistrationBean<OncePerRequestFilter> person(ObjectProvider<ProcessEngine> engine) {
            var registration = new FilterRegistrationBean<OncePerRequestFilter>(new OncePerRequestFilter() {
                @Override
                protected void doFilterInternal(
                        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                        throws ServletException, IOException {
                    IdentityService identity = engine.getObject().getIdentityService();
                    String person = request.getHeader("X-Person");
                    if (person != null) {
                        identity.setAuthentication(person, person.equals("sun") ? List.of() : List.of("clerk"));
                    }
                    try {
                        chain.doFilter(request, response);
                    } finally {
                        identity.clearAuthentication();
                    }
                }
            });
            registration.setOrder(Ordered.LOWEST_PRECEDENCE);
            return registration;
        }

        @Bean
        TaskPages pages() {
            return new TaskPages() {
                @Override
                public String filters(String person, List<String> groups, boolean withCounts) {
                    return "[{\"id\":\"mine\",\"name\":\"" + person + groups + withCounts + "\"}]";
                }

                @Override
                public String page(
                        String person, List<String> groups, String filter, String query, int first, int max) {
                    return "{\"count\":7,\"asked\":\"" + person + groups + filter + query.replace("\"", "'") + first
                            + "-" + max + "\"}";
                }

                @Override
                public long count(String person, List<String> groups, String filter, String query) {
                    return 7;
                }
            };
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    Processes processes;

    @Autowired
    TaskService tasks;

    @Autowired
    RepositoryService repository;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();
    private String instance;
    private String task;

    @BeforeEach
    void aTask() {
        jdbc.sql("delete from flow_draft").update();
        jdbc.sql("delete from test_answer").update();
        instance = processes.start("trial", "TA-1", Map.of());
        task = processes.openTask(instance, "userTask_review");
    }

    private HttpResponse<String> call(String person, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("X-Person", person)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String person, String path, String body) throws Exception {
        return call(person, "POST", "/engine-rest" + path, body);
    }

    private String assignee() {
        return tasks.createTaskQuery().taskId(task).singleResult().getAssignee();
    }

    @Test
    void aRefusalIs400WithOneSentenceAndItsField() throws Exception {
        assertThat(post("li", "/task/" + task + "/claim", "{}").statusCode()).isEqualTo(204);
        for (String door : List.of("submit-form", "complete")) {
            HttpResponse<String> answer =
                    post("li", "/task/" + task + "/" + door, "{\"variables\":{\"verdict\":{\"value\":\"perhaps\"}}}");
            assertThat(answer.statusCode()).as(door).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo("{\"type\":\"Refusal\",\"message\":\"「结论」选了不在可选范围内的一项，请重新选择。\",\"field\":\"verdict\"}");
        }
        HttpResponse<String> veto = post(
                "li",
                "/task/" + task + "/submit-form",
                "{\"variables\":{\"verdict\":{\"value\":\"fail\"},\"opinion\":{\"value\":\"veto\"}}}");
        assertThat(veto.body()).contains("「意见」不能是这个。", "\"field\":\"opinion\"");
        assertThat(post("li", "/task/" + task + "/submit-form", "{\"variables\":{\"verdict\":{\"value\":\"fail\"}}}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aFieldThatIsOnlyShownIsRefusedWhenItIsChangedAndTakenAsItWasShown() throws Exception {
        post("li", "/task/" + task + "/claim", "{}");
        for (String door : List.of("submit-form", "complete")) {
            HttpResponse<String> changed = post(
                    "li",
                    "/task/" + task + "/" + door,
                    "{\"variables\":{\"verdict\":{\"value\":\"fail\"},\"number\":{\"value\":\"第2号\"}}}");
            assertThat(changed.statusCode()).as(door).isEqualTo(400);
            assertThat(changed.body()).as(door).contains("「编号」", "\"field\":\"number\"");
        }
        assertThat(jdbc.sql("select count(*) from test_answer")
                        .query(Integer.class)
                        .single())
                .isZero();

        assertThat(post(
                                "li",
                                "/task/" + task + "/submit-form",
                                "{\"variables\":{\"verdict\":{\"value\":\"fail\"},\"number\":{\"value\":\"第1号\"}}}")
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(ints = {4_001, 60_000})
    void aLongTextIsStoredWholeWhateverTheEnginesColumnsHold(int length) throws Exception {
        post("li", "/task/" + task + "/claim", "{}");
        String text = "字".repeat(length - 1) + "终";
        HttpResponse<String> answer = post(
                "li",
                "/task/" + task + "/submit-form",
                "{\"variables\":{\"verdict\":{\"value\":\"fail\"},\"opinion\":{\"value\":\"" + text + "\"}}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(jdbc.sql("select json from test_answer").query(String.class).list())
                .singleElement()
                .satisfies(json -> assertThat(json).contains("\"opinion\":\"" + text + "\""));
    }

    @Test
    void startIsRefusedInTheSameWords() throws Exception {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("trial")
                .latestVersion()
                .singleResult()
                .getId();
        for (String door : List.of(
                "/process-definition/" + definition + "/submit-form", "/process-definition/" + definition + "/start")) {
            // without rights the engine answers first; the module is asked as nobody in particular
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/engine-rest" + door))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"variables\":{\"title\":{\"value\":\"\"}}}"))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(door).isEqualTo(400);
            assertThat(answer.body()).contains("「案由」必须填写。", "\"field\":\"title\"");
        }
    }

    @Test
    void claimIsForTheCallerWhateverTheBodySaysAndTakesNothingFromAColleague() throws Exception {
        assertThat(post("li", "/task/" + task + "/claim", "{\"userId\":\"sun\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(assignee()).isEqualTo("li");
        assertThat(post("li", "/engine/default/task/" + task + "/claim", "{}").statusCode())
                .isIn(204, 404);
        HttpResponse<String> slower = post("wang", "/task/" + task + "/claim", "{}");
        assertThat(slower.statusCode()).isEqualTo(409);
        assertThat(slower.body()).contains("这件待办已由同事签收");
        assertThat(post("wang", "/task/" + task + "/unclaim", "{}").statusCode())
                .isEqualTo(409);
        assertThat(assignee()).isEqualTo("li");
        assertThat(post("li", "/task/" + task + "/unclaim", "{}").statusCode()).isEqualTo(204);
        assertThat(assignee()).isNull();
    }

    @Test
    void strangersAreToldTheSameAsForATaskThatDoesNotExist() throws Exception {
        HttpResponse<String> stranger = post("sun", "/task/" + task + "/claim", "{}");
        HttpResponse<String> nothing = post("sun", "/task/11111111-1111-1111-1111-111111111111/claim", "{}");
        assertThat(stranger.statusCode()).isEqualTo(404);
        assertThat(stranger.body()).isEqualTo(nothing.body()).contains("这件待办不存在，或不归您办理。");
    }

    @Test
    void whoHasNotClaimedMayNotSubmit() throws Exception {
        HttpResponse<String> answer =
                post("li", "/task/" + task + "/submit-form", "{\"variables\":{\"verdict\":{\"value\":\"fail\"}}}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("请先签收这件待办。");
    }

    @Test
    void whatIsGivenToOnePersonCannotBeGivenBack() throws Exception {
        processes.answerFor(task, "li", "会议", Map.of("verdict", "fail"));
        task = processes.openTask(instance, "userTask_revise");
        HttpResponse<String> answer = post("author", "/task/" + task + "/unclaim", "{}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("只交给您一人");
    }

    @Test
    void filtersListAndCountComeFromTheTaskPages() throws Exception {
        assertThat(call("li", "GET", "/engine-rest/filter?itemCount=true", null).body())
                .isEqualTo("[{\"id\":\"mine\",\"name\":\"li[clerk]true\"}]");
        assertThat(call("li", "GET", "/engine-rest/filter/count", null).body()).isEqualTo("{\"count\":1}");
        HttpResponse<String> list = post("li", "/filter/mine/list?firstResult=15&maxResults=999", "{\"sorting\":[]}");
        assertThat(list.body()).contains("li[clerk]mine{'sorting':[]}15-200");
        assertThat(list.headers().firstValue("Content-Type").orElse("")).startsWith("application/hal+json");
        assertThat(call("li", "GET", "/engine-rest/filter/mine/count", null).body())
                .isEqualTo("{\"count\":7}");
        assertThat(call("li", "OPTIONS", "/engine-rest/filter", null).body())
                .contains("\"rel\":\"list\"")
                .doesNotContain("create");
        assertThat(post("li", "/filter/mine/list?maxResults=-1", "{}").statusCode())
                .isEqualTo(400);
        assertThat(post("li", "/filter/mine/list", "[1]").body()).contains("查询条件不是有效的 JSON");
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/engine-rest/filter"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"orQueries\":[{\"assigneeExpression\":\"${1}\"}]}",
                "{\"a\":[{\"b\":{\"candidateGroupExpression\":\"x\"}}]}",
                "{\"orQueries\":[{\"assignee\\u0045xpression\":\"${1}\"}]}",
                "{\"assigneeExpression\":"
            })
    void expressionsFromCallersAreRefused(String body) throws Exception {
        for (String path : List.of("/task", "/filter/mine/list")) {
            HttpResponse<String> answer = post("li", path, body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("不接受表达式");
        }
    }

    @Test
    void aMissingTaskAndAFailureAreSaidInChinese() throws Exception {
        HttpResponse<String> missing = call("li", "GET", "/engine-rest/task/nothing/form-variables", null);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("不存在或已办结");
        post("li", "/task/" + task + "/claim", "{}");
        HttpResponse<String> failed =
                post("li", "/task/" + task + "/submit-form", "{\"variables\":{\"verdict\":{\"value\":\"nowhere\"}}}");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("系统出错，操作没有生效").doesNotContain("gateway_verdict");
    }

    // ---- drafts

    private HttpResponse<String> draft(String person, String method, String body) throws Exception {
        return call(person, method, "/api/drafts/" + task, body);
    }

    @Test
    void aDraftBelongsToOnePersonAndGoesWithTheAnswer() throws Exception {
        assertThat(draft("li", "GET", null).body()).isEqualTo("{}");
        assertThat(draft("li", "PUT", "{\"opinion\":\"半\"}").statusCode()).isEqualTo(404);
        post("li", "/task/" + task + "/claim", "{}");
        String text = "{\"opinion\":\"" + "字".repeat(60_000) + "\"}";
        assertThat(draft("li", "PUT", "{\"opinion\":\"半\"}").statusCode()).isEqualTo(204);
        assertThat(draft("li", "PUT", text).statusCode()).isEqualTo(204);
        assertThat(draft("li", "GET", null).body()).isEqualTo(text);
        assertThat(draft("wang", "GET", null).body()).isEqualTo("{}");
        assertThat(draft("wang", "DELETE", null).statusCode()).isEqualTo(204);
        assertThat(draft("wang", "PUT", "{}").body()).contains("这件待办不存在，或不归您办理");
        assertThat(draft("li", "GET", null).body()).isEqualTo(text);
        post("li", "/task/" + task + "/submit-form", "{\"variables\":{\"verdict\":{\"value\":\"fail\"}}}");
        assertThat(draft("li", "GET", null).body()).isEqualTo("{}");
    }

    @Test
    void aDraftGoesWhenItsTaskIsWithdrawnAndStaysWhenTheAnswerIsRefused() throws Exception {
        post("li", "/task/" + task + "/claim", "{}");
        draft("li", "PUT", "{\"opinion\":\"半\"}");
        post("li", "/task/" + task + "/submit-form", "{\"variables\":{}}");
        assertThat(draft("li", "GET", null).body()).contains("半");
        processes.cancel(instance, "撤回");
        assertThat(draft("li", "GET", null).body()).isEqualTo("{}");
    }

    @Test
    void whatIsNoDraftIsRefused() throws Exception {
        post("li", "/task/" + task + "/claim", "{}");
        assertThat(draft("li", "PUT", "[1]").statusCode()).isEqualTo(400);
        assertThat(draft("li", "PUT", "{}x").statusCode()).isEqualTo(400);
        assertThat(draft("li", "PUT", "{\"a\":\"" + "x".repeat(1 << 20) + "\"}").statusCode())
                .isEqualTo(413);
        assertThat(call("li", "PUT", "/api/drafts/start:nothing", "{}").statusCode())
                .isEqualTo(404);
        assertThat(call("li", "PUT", "/api/drafts/start:trial", "{\"title\":\"桥\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(call("li", "GET", "/api/drafts/start:trial", null).body()).isEqualTo("{\"title\":\"桥\"}");
        assertThat(call("li", "GET", "/api/drafts/a%20b", null).statusCode()).isEqualTo(404);
    }
}
