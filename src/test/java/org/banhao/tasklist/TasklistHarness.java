package org.banhao.tasklist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.people.web.ScriptNonces;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Tasklist alone, over a plain engine in memory, with stand-ins for what other modules serve. Signed in is who the
 * cookie {@code AS} names. No stereotype annotation on purpose: the application's component scan must not find it.
 */
@EnableAutoConfiguration(
        exclude = {
            SecurityAutoConfiguration.class,
            SecurityFilterAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            FlywayAutoConfiguration.class
        })
@Import(ScriptNonces.class)
public class TasklistHarness {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LIST =
            Pattern.compile("/camunda/api/engine/engine/default/filter/([a-z]+)/(list|count)");
    private static final Pattern SUBMIT =
            Pattern.compile("/camunda/api/engine/engine/default/(?:task|process-definition)/([^/]+)/submit-form");

    final Map<String, String> drafts = new ConcurrentHashMap<>();
    final List<JsonNode> submitted = new CopyOnWriteArrayList<>();
    final List<String> uploads = new CopyOnWriteArrayList<>();
    final List<String> discarded = new CopyOnWriteArrayList<>();
    final Set<String> large = ConcurrentHashMap.newKeySet();
    private ConfigurableApplicationContext context;

    /** Starts on a free port, or on the given one for a look by hand. */
    static TasklistHarness start(int port) {
        TasklistHarness harness = new TasklistHarness();
        harness.context = new SpringApplicationBuilder(TasklistHarness.class)
                .initializers(context -> ((org.springframework.context.support.GenericApplicationContext) context)
                        .registerBean("harnessState", State.class, () -> new State(harness)))
                .properties(Map.of())
                .run(
                        "--server.port=" + port,
                        "--spring.datasource.url=jdbc:h2:mem:tasklist" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                        "--spring.datasource.hikari.maximum-pool-size=5",
                        "--camunda.bpm.database.schema-update=true",
                        "--camunda.bpm.authorization.enabled=false",
                        "--camunda.bpm.admin-user.id=setup",
                        "--camunda.bpm.admin-user.password=never-used-" + UUID.randomUUID(),
                        "--camunda.bpm.job-execution.enabled=false",
                        "--spring.main.banner-mode=off");
        ProcessEngine engine = harness.engine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("org/banhao/tasklist/harness.bpmn")
                .addClasspathResource("org/banhao/tasklist/harness_start.form")
                .addClasspathResource("org/banhao/tasklist/harness_review.form")
                .deploy();
        harness.person("liming", "李明");
        harness.person("zhaoqing", "赵青");
        return harness;
    }

    public static void main(String[] args) {
        TasklistHarness harness = start(Integer.getInteger("port", 8106));
        for (int i = 0; i < 18; i++) harness.newTask();
        System.out.println("ready");
    }

    record State(TasklistHarness harness) {}

    void stop() {
        context.close();
    }

    String address() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    }

    ProcessEngine engine() {
        return context.getBean(ProcessEngine.class);
    }

    /** @return the id of its first task */
    String newTask() {
        String instance = engine().getRuntimeService()
                .startProcessInstanceByKey(
                        "harness",
                        "TA-2026-000"
                                + (101
                                        + (int) engine().getTaskService()
                                                .createTaskQuery()
                                                .count()))
                .getId();
        Task task = engine().getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult();
        task.setDueDate(java.util.Date.from(java.time.Instant.parse("2026-11-27T10:00:00Z")));
        engine().getTaskService().saveTask(task);
        return task.getId();
    }

    boolean isOpen(String task) {
        return engine().getTaskService().createTaskQuery().taskId(task).count() == 1;
    }

    private void person(String id, String name) {
        IdentityService identity = engine().getIdentityService();
        User user = identity.newUser(id);
        user.setFirstName(name);
        user.setLastName("");
        identity.saveUser(user);
    }

    /** The cookie is the sign-in of the harness. */
    public static final class ByCookie extends ContainerBasedAuthenticationProvider {
        @Override
        public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
            String person = person(request);
            return person.isEmpty() ? AuthenticationResult.unsuccessful() : AuthenticationResult.successful(person);
        }
    }

    static String person(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) return "";
        return Arrays.stream(cookies)
                .filter(c -> c.getName().equals("AS"))
                .map(Cookie::getValue)
                .findFirst()
                .orElse("");
    }

    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> signIn() {
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> filter =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        filter.addInitParameter("authentication-provider", ByCookie.class.getName());
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        filter.setOrder(200);
        return filter;
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> standIns(
            State state, org.springframework.beans.factory.ObjectProvider<ProcessEngine> engine) {
        TasklistHarness harness = state.harness();
        FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                String path = request.getRequestURI();
                if (path.startsWith("/camunda/api/engine") && person(request).isEmpty()) {
                    response.setStatus(401);
                    return;
                }
                if (path.endsWith("/engine/default/filter")
                        && request.getMethod().equals("GET")) {
                    answer(response, 200, FILTERS);
                    return;
                }
                if (path.endsWith("/engine/default/filter")
                        && request.getMethod().equals("OPTIONS")) {
                    answer(response, 200, "{\"links\":[]}");
                    return;
                }
                if (path.endsWith("/engine/default/filter/count")) {
                    answer(response, 200, "{\"count\":3}");
                    return;
                }
                Matcher list = LIST.matcher(path);
                if (list.matches()) {
                    JsonNode query = request.getMethod().equals("POST")
                            ? JSON.readTree(request.getInputStream())
                            : JSON.createObjectNode();
                    answer(response, 200, page(engine.getObject(), list.group(1), person(request), query, request));
                    return;
                }
                if (SUBMIT.matcher(path).matches()) {
                    byte[] body = request.getInputStream().readAllBytes();
                    JsonNode variables = JSON.readTree(body).path("variables");
                    harness.submitted.add(variables);
                    String reason = variables.path("reason").path("value").asText();
                    if (reason.contains("拒绝")) {
                        answer(
                                response,
                                400,
                                "{\"type\":\"Refusal\",\"message\":\"「理由」写得不清楚，<b>请</b>写明依据的条款。\",\"field\":\"reason\"}");
                        return;
                    }
                    if (reason.contains("冲突")) {
                        answer(response, 409, "{\"type\":\"Refusal\",\"message\":\"此件刚刚被他人办理，请刷新页面。\"}");
                        return;
                    }
                    chain.doFilter(new Repeated(request, body), response);
                    return;
                }
                chain.doFilter(request, response);
            }
        });
        filter.addUrlPatterns("/camunda/api/*");
        filter.setOrder(-1000);
        return filter;
    }

    private static final class Repeated extends HttpServletRequestWrapper {
        private final byte[] body;

        Repeated(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            ByteArrayInputStream in = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {}

                @Override
                public int read() {
                    return in.read();
                }
            };
        }
    }

    private static void answer(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }

    private static final String FILTERS = """
            [{"id":"mine","itemCount":1,"resourceType":"Task","name":"我的待办","query":{},"properties":{"priority":10,"color":"#1b4f8f","refresh":true,"description":"已由我签收"}},
             {"id":"open","itemCount":18,"resourceType":"Task","name":"待签收","query":{},"properties":{"priority":20,"color":"#1b4f8f","refresh":true,"description":"本科室可办，还没有人签收"}},
             {"id":"none","itemCount":0,"resourceType":"Task","name":"临近期限","query":{},"properties":{"priority":30,"color":"#8a5300","refresh":true,"description":"七天内到期"}}]""";

    private static final String[][] CASES = {
        {"关于在老旧小区加装电梯的建议", "市住房和城乡建设局", "true", "late", "逾期 2 天"},
        {"关于完善中小学课后服务保障机制、减轻教师负担、提高服务质量的提案", "市教育局", "", "soon", "还剩 1 天（3月27日 18:00）"},
        {"关于加强浊漳河流域水生态修复的提案", "市生态环境局", "", "ok", "还剩 12 天（4月7日）"},
        {"关于推进城区公共充电桩建设的提案", "", "", "none", ""}
    };

    private static String page(
            ProcessEngine engine, String filter, String person, JsonNode query, HttpServletRequest request) {
        TaskQuery tasks = engine.getTaskService()
                .createTaskQuery()
                .initializeFormKeys()
                .orderByTaskCreateTime()
                .asc();
        if (filter.equals("mine")) tasks = tasks.taskAssignee(person);
        if (filter.equals("open")) tasks = tasks.taskUnassigned();
        if (filter.equals("none")) tasks = tasks.taskName("-");
        List<Task> all = new ArrayList<>(tasks.list());
        String like = query.path("nameLike").asText().replace("%", "");
        ObjectNode page = JSON.createObjectNode();
        ObjectNode embedded = page.putObject("_embedded");
        ArrayNode rows = JSON.createArrayNode();
        int first =
                request.getParameter("firstResult") == null ? 0 : Integer.parseInt(request.getParameter("firstResult"));
        int count = 0;
        for (Task task : all) {
            int kind = Math.floorMod(task.getId().hashCode(), CASES.length);
            String[] facts = CASES[kind];
            if (!like.isEmpty() && !facts[0].contains(like) && !facts[1].contains(like)) continue;
            count++;
            if (count <= first || rows.size() >= 15) continue;
            ObjectNode row = rows.addObject();
            row.put("id", task.getId()).put("name", task.getName()).put("assignee", task.getAssignee());
            row.put("created", "2026-11-20T09:00:00.000+0800")
                    .put("due", task.getDueDate() == null ? null : "2026-11-27T18:00:00.000+0800")
                    .put("priority", 50);
            row.put("processDefinitionId", task.getProcessDefinitionId())
                    .put("processInstanceId", task.getProcessInstanceId());
            row.put("taskDefinitionKey", task.getTaskDefinitionKey());
            row.put("caseNumber", "TA-2026-000" + (100 + count))
                    .put("caseTitle", facts[0])
                    .put("unit", facts[1]);
            row.put("key", !facts[2].isEmpty()).put("dueLight", facts[3]).put("dueText", facts[4]);
            row.putObject("_links");
        }
        page.putObject("_links");
        page.put("count", count);
        if (!rows.isEmpty()) {
            embedded.set("task", rows);
            ObjectNode definition = embedded.putArray("processDefinition").addObject();
            definition
                    .put("id", all.get(0).getProcessDefinitionId())
                    .put("key", "harness")
                    .put("name", "提案审查");
            ArrayNode people = embedded.putArray("assignee");
            people.addObject().put("id", "liming").put("firstName", "李明").put("lastName", "");
            people.addObject().put("id", "zhaoqing").put("firstName", "赵青").put("lastName", "");
        }
        return page.toString();
    }

    @Bean
    RouterFunction<ServerResponse> others(State state) {
        TasklistHarness harness = state.harness();
        return RouterFunctions.route()
                .GET(
                        "/api/navigation",
                        request -> json(NAVIGATION.formatted(harness.large.contains(person(request.servletRequest())))))
                .POST("/api/text-size", request -> {
                    String person = person(request.servletRequest());
                    if (request.param("large").map(Boolean::valueOf).orElse(false)) harness.large.add(person);
                    else harness.large.remove(person);
                    return ServerResponse.noContent().build();
                })
                .GET("/api/drafts/{step}", request -> json(harness.drafts.getOrDefault(key(request), "{}")))
                .PUT("/api/drafts/{step}", request -> {
                    if (!token(request))
                        return ServerResponse.status(HttpStatus.FORBIDDEN).build();
                    harness.drafts.put(key(request), request.body(String.class));
                    return ServerResponse.noContent().build();
                })
                .POST("/api/documents", request -> {
                    if (!token(request))
                        return ServerResponse.status(HttpStatus.FORBIDDEN).build();
                    var part = request.multipartData().getFirst("file");
                    String name = part.getSubmittedFileName();
                    if (name.endsWith(".exe")) {
                        return ServerResponse.badRequest()
                                .contentType(MediaType.APPLICATION_JSON)
                                .body("{\"message\":\"不接收程序文件，请改为文档或图片。\",\"field\":null}");
                    }
                    harness.uploads.add(name);
                    return json("{\"id\":\"d" + harness.uploads.size() + "\",\"name\":" + JSON.writeValueAsString(name)
                            + ",\"size\":" + part.getSize() + "}");
                })
                .DELETE("/api/documents/{id}", request -> {
                    harness.discarded.add(request.pathVariable("id"));
                    return ServerResponse.noContent().build();
                })
                .GET("/cases/by-task/{task}", request -> html(DOSSIER))
                .GET(
                        "/cases/{number}",
                        request -> html("<h1>" + request.pathVariable("number").replace("<", "") + "</h1>"))
                .GET("/login", request -> html("<h1>登录</h1>"))
                .build();
    }

    private static final String NAVIGATION = """
            {"items":[{"href":"/camunda/app/tasklist/default/","label":"我的待办","links":[]},
              {"href":"/cases","label":"案件","links":[]},
              {"href":null,"label":"提案","links":[{"href":"/proposals/register","label":"立案编号"},{"href":"/proposals/meetings","label":"提案会议"}]},
              {"href":null,"label":"我的","links":[{"href":"/settings","label":"通知设置"},{"href":"/password","label":"修改密码"}]}],
             "large":%s}""";

    private static final String DOSSIER = """
            <article data-case-number="TA-2026-000101">
              <h2>案情</h2>
              <dl class="facts"><dt>题目</dt><dd>关于在老旧小区加装电梯的建议</dd><dt>提案者</dt><dd>王芳等 3 人</dd><dt>期限</dt><dd><span class="due soon">还剩 1 天</span> 2026年3月27日 18:00（周五）</dd></dl>
              <h2>经过</h2>
              <ol class="timeline"><li>2026年3月20日 09:12 王芳 提交</li><li>2026年3月21日 10:00 李明 签收</li></ol>
              <p><a href="/cases/TA-2026-000102">TA-2026-000102 相似提案</a></p>
              <script>window.dossierScriptRan = true</script>
            </article>""";

    private static String key(ServerRequest request) {
        return person(request.servletRequest()) + "/" + request.pathVariable("step");
    }

    private static boolean token(ServerRequest request) {
        Object expected = request.servletRequest().getSession().getAttribute("CAMUNDA_CSRF_TOKEN");
        return expected != null && expected.equals(request.servletRequest().getHeader("X-XSRF-TOKEN"));
    }

    private static ServerResponse json(String text) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(text);
    }

    private static ServerResponse html(String text) {
        return ServerResponse.ok()
                .contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .body(text);
    }
}
