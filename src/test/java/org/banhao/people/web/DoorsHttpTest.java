package org.banhao.people.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.BanhaoApplication;
import org.banhao.base.MovableClock;
import org.banhao.people.DemonstrationCast;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.domain.Accounts;
import org.banhao.testing.Chromium;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The doors of the running application, from outside. */
@SpringBootTest(
        classes = BanhaoApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:doors;DB_CLOSE_DELAY=-1",
            "banhao.data=target/doors-data",
            "banhao.demonstration=true",
            "banhao.people.password-cost=4",
            "banhao.session.idle=30m",
            "banhao.session.absolute=12h",
            "camunda.bpm.database.schema-update=true",
            "camunda.bpm.job-execution.enabled=false"
        })
class DoorsHttpTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final String CLERK = "bao-xiaolan";
    private static final String ADMINISTRATOR = "jia-guan";
    private static final String SECURITY = "yi-an";
    private static final String MEMBER = "wei-linshu";

    @LocalServerPort
    private int port;

    @Value("${banhao.data}")
    private Path data;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient db;

    @Autowired
    private People people;

    @Autowired
    private Accounts accounts;

    @Autowired
    private DemonstrationCast cast;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private IdentityService identity;

    @Autowired
    private AuthorizationService authorizations;

    private Map<String, String> passwords;

    @BeforeEach
    void know() {
        passwords = Visitor.cast(data);
        db.sql("delete from people_sign_in_failure").update();
    }

    @AfterEach
    void back() {
        clock.offset(Duration.ZERO);
        identity.clearAuthentication();
    }

    private Visitor visitor() {
        return new Visitor(port);
    }

    private Visitor in(String login) {
        Visitor visitor = visitor();
        assertThat(visitor.signIn(login, passwords.get(login)).statusCode()).isEqualTo(302);
        return visitor;
    }

    /** As Tasklist does: its page brings the token. */
    private String camundaToken(Visitor visitor) {
        assertThat(visitor.page("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
        return visitor.cookies.get("XSRF-TOKEN");
    }

    private static boolean refusedByDoor(HttpResponse<String> answer) {
        return answer.statusCode() == 401
                || answer.statusCode() == 403 && answer.body().contains("\"type\":\"Forbidden\"");
    }

    // ---- signing in and where one lands

    @Test
    void each_role_lands_where_its_work_is() {
        assertThat(Visitor.location(in(CLERK).page("/"))).isEqualTo("/camunda/app/tasklist/default/");
        assertThat(Visitor.location(in(MEMBER).page("/"))).isEqualTo("/my");
        assertThat(Visitor.location(in(ADMINISTRATOR).page("/"))).isEqualTo("/admin");
        assertThat(in("wang-xiaochuan").page("/").body()).contains("还没有分配岗位");
    }

    @Test
    void the_sign_in_page_is_Chinese_begins_no_session_and_warns_of_classified_content() {
        Visitor visitor = visitor();
        HttpResponse<String> page = visitor.page("/login");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("登录名", "本系统不得处理涉密信息").doesNotContain("${", "th:");
        assertThat(visitor.cookies).containsOnlyKeys("BANHAO-CSRF");
        assertThat(page.headers().allValues("Set-Cookie")).allMatch(c -> c.contains("HttpOnly") && c.contains("Lax"));
    }

    @Test
    void a_wrong_password_an_unknown_login_and_a_closed_account_are_told_the_same() {
        for (String login : List.of(CLERK, "nobody-here", "A'; drop table people_person --", "暴晓岚"))
            assertThat(Visitor.location(visitor().signIn(login, "wrong"))).isEqualTo("/login?wrong");
        assertThat(visitor().page("/login?wrong").body()).contains("登录名或密码不正确");
    }

    @Test
    void after_signing_in_one_is_where_one_wanted_to_go() {
        Visitor visitor = visitor();
        HttpResponse<String> asked = visitor.page("/camunda/app/tasklist/default/");
        assertThat(Visitor.location(asked)).isEqualTo("/login");
        assertThat(Visitor.location(visitor.signIn(CLERK, passwords.get(CLERK))))
                .isEqualTo("/camunda/app/tasklist/default/");
    }

    @Test
    void a_script_without_a_session_gets_no_page_in_place_of_what_it_asked() {
        for (String path : List.of(ENGINE + "/task", "/api/drafts/x", "/cases/x", "/camunda/app/tasklist/x.js")) {
            HttpResponse<String> answer = visitor().get(path, "Accept", "*/*");
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).isEmpty();
        }
        HttpResponse<String> htmx = visitor().get("/cases/x", "Accept", "text/html", "HX-Request", "true");
        assertThat(htmx.statusCode()).isEqualTo(401);
        assertThat(htmx.headers().firstValue("HX-Redirect")).hasValue("/login?expired");
    }

    @Test
    void a_stale_sign_in_form_is_shown_again_with_a_sentence() {
        Visitor visitor = visitor();
        HttpResponse<String> answer = visitor.send(
                "POST",
                "/login",
                Visitor.form(Map.of("username", CLERK, "password", passwords.get(CLERK))),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "text/html");
        assertThat(Visitor.location(answer)).isEqualTo("/login?stale");
    }

    // ---- traps of single sign-on: (a) to (g)

    @Test
    void a_signing_out_in_Tasklist_ends_the_whole_session() {
        Visitor clerk = in(CLERK);
        String token = camundaToken(clerk);
        String stolen = clerk.cookies.get("BANHAO");
        HttpResponse<String> out =
                clerk.send("POST", "/camunda/api/admin/auth/user/default/logout", "", "X-XSRF-TOKEN", token);
        assertThat(out.statusCode()).isEqualTo(200);
        Visitor thief = visitor();
        thief.cookies.put("BANHAO", stolen);
        assertThat(thief.get(ENGINE + "/task").statusCode()).isEqualTo(401);
        assertThat(Visitor.location(thief.page("/password"))).isEqualTo("/login");
        assertThat(thief.get("/camunda/api/admin/auth/user/default").statusCode())
                .as("trap f")
                .isEqualTo(401);
    }

    @Test
    void b_a_missing_or_wrong_token_of_the_engine_is_refused_and_the_session_lives() {
        Visitor clerk = in(CLERK);
        camundaToken(clerk);
        for (String[] headers : new String[][] {{}, {"X-XSRF-TOKEN", "0123456789ABCDEF"}}) {
            HttpResponse<String> answer =
                    clerk.send("POST", ENGINE + "/filter/" + EngineCalls.ID + "/list", "{}", headers);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("页面已过期");
        }
        assertThat(clerk.page("/password").statusCode()).isEqualTo(200);
        assertThat(clerk.get(ENGINE + "/task").statusCode()).isEqualTo(200);
    }

    @Test
    void c_the_two_tokens_have_two_names_and_two_paths() {
        Visitor clerk = in(CLERK);
        HttpResponse<String> page = clerk.page("/camunda/app/tasklist/default/");
        assertThat(page.headers().allValues("Set-Cookie"))
                .anyMatch(c -> c.startsWith("XSRF-TOKEN=") && c.contains("Path=/camunda"));
        clerk.page("/password");
        assertThat(clerk.cookies).containsKeys("XSRF-TOKEN", "BANHAO-CSRF");
    }

    @Test
    void d_own_pages_take_no_form_without_their_token_and_the_session_lives() {
        Visitor clerk = in(CLERK);
        HttpResponse<String> answer = clerk.send(
                "POST",
                "/password",
                "present=x",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "text/html");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("页面已过期", "<header");
        assertThat(clerk.page("/password").statusCode()).isEqualTo(200);
        assertThat(clerk.send("POST", "/logout", "").statusCode()).isEqualTo(403);
    }

    @Test
    void d_calls_of_Tasklist_to_our_interface_need_the_engines_token_or_ours() {
        Visitor clerk = in(CLERK);
        String token = camundaToken(clerk);
        String path = "/api/drafts/" + EngineCalls.ID;
        assertThat(clerk.send("PUT", path, "{}").statusCode()).isEqualTo(403);
        assertThat(clerk.send("PUT", path, "{}", "X-XSRF-TOKEN", "wrong").statusCode())
                .isEqualTo(403);
        assertThat(clerk.send("PUT", path, "{}", "X-XSRF-TOKEN", token, "Content-Type", "application/json")
                        .statusCode())
                .isNotIn(401, 403);
        Matcher own = Pattern.compile("name=\"csrf-token\" content=\"([^\"]+)\"")
                .matcher(clerk.page("/password").body());
        assertThat(own.find()).isTrue();
        assertThat(clerk.send("PUT", path, "{}", "X-BANHAO-CSRF", own.group(1), "Content-Type", "application/json")
                        .statusCode())
                .isNotIn(401, 403);
        assertThat(clerk.send("POST", "/password", "", "X-XSRF-TOKEN", token).statusCode())
                .as("the engine's token opens no page of ours")
                .isEqualTo(403);
    }

    @Test
    void e_machine_calls_ignore_the_session_cookie_and_make_none() {
        Visitor clerk = in(CLERK);
        assertThat(clerk.get("/engine-rest/task").statusCode()).isEqualTo(401);
        assertThat(clerk.get("/api/anything").statusCode()).isEqualTo(401);
        Visitor machine = visitor().basic(ADMINISTRATOR, passwords.get(ADMINISTRATOR));
        machine.cookies.put("BANHAO", clerk.cookies.get("BANHAO"));
        HttpResponse<String> answer = machine.get("/engine-rest/user/count");
        assertThat(answer.statusCode())
                .as("the caller of the header, not of the cookie")
                .isEqualTo(200);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(machine.get("/api/anything").statusCode())
                .as("no rule names it")
                .isEqualTo(403);
    }

    @Test
    void e_only_accounts_with_the_right_may_make_machine_calls_and_pages_take_no_passwords_in_headers() {
        Visitor clerk = visitor().basic(CLERK, passwords.get(CLERK));
        assertThat(clerk.get("/engine-rest/task").statusCode()).isEqualTo(403);
        assertThat(visitor()
                        .basic(ADMINISTRATOR, "wrong")
                        .get("/engine-rest/user")
                        .statusCode())
                .isEqualTo(401);
        Visitor machine = visitor().basic(ADMINISTRATOR, passwords.get(ADMINISTRATOR));
        assertThat(Visitor.location(machine.page("/password"))).isEqualTo("/login");
        assertThat(machine.get(ENGINE + "/task").statusCode()).isEqualTo(401);
        assertThat(visitor().get("/engine-rest/engine").statusCode()).isEqualTo(401);
    }

    @Test
    void f_a_second_person_signing_in_over_the_first_is_the_second_everywhere() {
        Visitor desk = in(CLERK);
        String token = camundaToken(desk);
        String session = desk.cookies.get("BANHAO");
        assertThat(desk.get("/camunda/api/admin/auth/user/default").body()).contains(CLERK);
        desk.signIn("su-ming", passwords.get("su-ming"));
        assertThat(desk.cookies.get("BANHAO")).isNotEqualTo(session);
        assertThat(camundaToken(desk)).isNotEqualTo(token);
        assertThat(desk.get("/camunda/api/admin/auth/user/default").body())
                .contains("su-ming")
                .doesNotContain(CLERK);
    }

    @Test
    void g_the_engine_knows_the_name_and_the_groups_of_who_signed_in() {
        Visitor clerk = in(CLERK);
        assertThat(clerk.get(ENGINE + "/user/" + CLERK + "/profile").body()).contains("暴晓岚");
        assertThat(clerk.get("/camunda/api/admin/auth/user/default").body())
                .contains("tasklist")
                .doesNotContain("cockpit", "\"admin\"");
    }

    // ---- what is open

    @Test
    void every_call_of_the_engine_outside_the_list_is_refused_to_staff_over_HTTP() {
        Visitor clerk = in(CLERK);
        String token = camundaToken(clerk);
        EngineDoor door = new EngineDoor();
        List<String> wrong = new ArrayList<>();
        for (EngineCalls.Call call : EngineCalls.all()) {
            HttpResponse<String> answer = clerk.send(
                    call.method(),
                    ENGINE + call.path(),
                    call.method().equals("GET") ? null : "{}",
                    "X-XSRF-TOKEN",
                    token,
                    "Content-Type",
                    "application/json");
            boolean listed = door.open(List.of(Roles.STAFF), call.method(), ENGINE + call.path());
            if (listed == refusedByDoor(answer)) wrong.add(call + " " + answer.statusCode());
        }
        assertThat(wrong).isEmpty();
        assertThat(clerk.page("/password").statusCode())
                .as("and the session is alive")
                .isEqualTo(200);
    }

    /** Every group of the house, those of all units too: with it the common one of staff where the house gives that. */
    @Test
    void of_all_groups_there_are_only_staff_and_the_system_administrator_reach_the_engine() {
        EngineDoor door = new EngineDoor();
        List<EngineCalls.Call> calls = EngineCalls.all();
        record Group(String id, boolean staff) {}
        List<Group> all = db.sql("select id, staff from people_group")
                .query((row, n) -> new Group(row.getString(1), row.getBoolean(2)))
                .list();
        assertThat(all).hasSizeGreaterThan(250).extracting(Group::id).contains("member", "education-bureau.liaison");
        TreeSet<String> journey = open(door, List.of(Roles.STAFF), calls);
        for (Group group : all) {
            if (group.id().equals(Roles.SYSTEM_ADMINISTRATOR) || group.id().equals(Roles.STAFF)) continue;
            assertThat(open(door, List.of(group.id()), calls)).as(group.id()).isEmpty();
            if (group.staff())
                assertThat(open(door, List.of(group.id(), Roles.STAFF), calls))
                        .as(group.id())
                        .isEqualTo(journey);
        }
        assertThat(all)
                .filteredOn(Group::staff)
                .extracting(Group::id)
                .doesNotContain(
                        Roles.MEMBER,
                        Roles.ORGANIZATION_CONTACT,
                        Roles.SECTOR_CONVENER,
                        Roles.SYSTEM_ADMINISTRATOR,
                        Roles.SECURITY_ADMINISTRATOR,
                        Roles.AUDIT_ADMINISTRATOR,
                        "enterprise-manager",
                        "machine-owner",
                        "maintenance-contractor");
    }

    private static TreeSet<String> open(EngineDoor door, List<String> groups, List<EngineCalls.Call> calls) {
        TreeSet<String> open = new TreeSet<>();
        for (EngineCalls.Call call : calls)
            if (door.open(groups, call.method(), ENGINE + call.path())) open.add(call.toString());
        return open;
    }

    @Test
    void a_member_gets_no_call_of_the_engine_through_and_the_system_administrator_only_what_looks() {
        EngineDoor door = new EngineDoor();
        List<String> wrong = new ArrayList<>();
        for (String login : List.of(MEMBER, ADMINISTRATOR)) {
            Visitor visitor = in(login);
            visitor.page(login.equals(MEMBER) ? "/my" : "/camunda/app/cockpit/default/");
            String token = visitor.cookies.getOrDefault("XSRF-TOKEN", "");
            List<String> groups = login.equals(MEMBER) ? List.of(Roles.MEMBER) : List.of(Roles.SYSTEM_ADMINISTRATOR);
            for (EngineCalls.Call call : EngineCalls.all()) {
                // through the door to what changes something only a test of its own may go
                boolean listed = door.open(groups, call.method(), ENGINE + call.path());
                HttpResponse<String> answer = visitor.send(
                        call.method(),
                        ENGINE + call.path(),
                        call.method().equals("GET") ? null : "{}",
                        "X-XSRF-TOKEN",
                        token,
                        "Content-Type",
                        "application/json");
                boolean changes = !call.method().equals("GET")
                        && !call.method().equals("OPTIONS")
                        && !call.template().matches("/(history/)?[a-z-]+(/count)?");
                if (!listed && answer.statusCode() != 403
                        || changes && !call.template().contains("/annotation") && answer.statusCode() != 403)
                    wrong.add(login + " " + call + " " + answer.statusCode());
            }
            assertThat(visitor.page("/password").statusCode())
                    .as("and the session is alive")
                    .isEqualTo(200);
        }
        assertThat(wrong).isEmpty();
    }

    /** Machine calls have a chain of their own, which a matcher inside the dispatcher servlet would skip without a word. */
    @Test
    void below_engine_rest_too_every_call_outside_the_list_is_refused_whoever_makes_it_by_header() {
        EngineDoor door = new EngineDoor();
        List<String> wrong = new ArrayList<>();
        String clerkWithTheRight = "su-ming";
        accounts.api(ADMINISTRATOR, clerkWithTheRight, true);
        for (String login : List.of(ADMINISTRATOR, clerkWithTheRight, CLERK)) {
            List<String> groups = List.of(login.equals(ADMINISTRATOR) ? Roles.SYSTEM_ADMINISTRATOR : Roles.STAFF);
            Visitor machine = visitor().basic(login, passwords.get(login));
            for (String prefix : List.of("/engine-rest", "/engine-rest/engine/default")) {
                for (EngineCalls.Call call : EngineCalls.all()) {
                    HttpResponse<String> answer = machine.send(
                            call.method(),
                            prefix + call.path(),
                            call.method().equals("GET") ? null : "{}",
                            "Content-Type",
                            "application/json");
                    boolean listed = !login.equals(CLERK) && door.open(groups, call.method(), prefix + call.path());
                    if (answer.statusCode() == 401 || listed == refusedByDoor(answer))
                        wrong.add(login + " " + prefix + " " + call + " " + answer.statusCode());
                }
            }
        }
        accounts.api(ADMINISTRATOR, clerkWithTheRight, false);
        assertThat(wrong).isEmpty();
    }

    @Test
    void members_and_security_administrators_do_not_get_into_the_web_applications() {
        for (String login : List.of(MEMBER, "niu-peiwen", SECURITY, "bing-shen")) {
            Visitor visitor = in(login);
            for (String path : List.of(
                    "/camunda/app/tasklist/default/",
                    "/camunda/app/cockpit/default/",
                    "/camunda/app/admin/default/",
                    ENGINE + "/task",
                    "/camunda/api/engine/engine/"))
                assertThat(visitor.page(path).statusCode())
                        .as("%s %s", login, path)
                        .isEqualTo(403);
        }
    }

    @Test
    void the_engines_own_sign_in_and_set_up_are_shut() {
        String own = "/camunda/api/admin/auth/user/default/login/tasklist";
        String body = Visitor.form(Map.of("username", CLERK, "password", passwords.get(CLERK)));
        String form = "application/x-www-form-urlencoded";
        assertThat(visitor().send("POST", own, body, "Content-Type", form).statusCode())
                .isEqualTo(401);
        for (String login : List.of(CLERK, ADMINISTRATOR)) {
            Visitor visitor = in(login);
            visitor.page(login.equals(CLERK) ? "/camunda/app/tasklist/default/" : "/camunda/app/cockpit/default/");
            String token = visitor.cookies.get("XSRF-TOKEN");
            for (String path : List.of(own, "/camunda/api/admin/setup/default/user/create"))
                assertThat(visitor.send("POST", path, body, "Content-Type", form, "X-XSRF-TOKEN", token)
                                .statusCode())
                        .isEqualTo(403);
        }
    }

    @Test
    void hostile_addresses_are_refused_before_anything_reads_them() {
        Visitor clerk = in(CLERK);
        for (String path : List.of(
                "/camunda/app/tasklist/..;/cockpit/default/",
                "/camunda//api/engine/engine/default/task",
                "/password;x=1",
                "/cases/a%2Fb",
                "/cases/%2e%2e/admin"))
            assertThat(clerk.page(path).statusCode()).as(path).isIn(400, 403);
    }

    @Test
    void a_page_no_rule_names_is_refused_even_to_administrators() {
        for (String path : List.of("/actuator", "/actuator/health", "/h2-console", "/nothing", "/admin/nothing"))
            assertThat(in(ADMINISTRATOR).page(path).statusCode()).as(path).isEqualTo(403);
        assertThat(visitor().get("/site.css").statusCode()).isEqualTo(200);
    }

    @Test
    void own_pages_have_a_strict_policy_and_nothing_private_is_kept_by_caches() {
        HttpResponse<String> page = in(SECURITY).page("/admin/people");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "object-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.body()).doesNotContain(" style=", "onclick", "<script>");
        Visitor clerk = in(CLERK);
        HttpResponse<String> tasklist = clerk.page("/camunda/app/tasklist/default/");
        assertThat(tasklist.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("allow-popups-to-escape-sandbox");
        assertThat(tasklist.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(clerk.get("/camunda/app/tasklist/scripts/config.js")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElse(""))
                .contains("no-cache")
                .doesNotContain("no-store");
    }

    @Test
    void pages_of_tasklist_fetched_at_the_same_time_carry_the_nonce_of_their_own_header() throws Exception {
        Pattern inHeader = Pattern.compile("'nonce-([^']+)'");
        Pattern inPage = Pattern.compile("nonce=\"([^\"]+)\"");
        Visitor clerk = in(CLERK);
        Map<String, String> cookies = Map.copyOf(clerk.cookies);
        Callable<List<String>> twenty = () -> {
            Visitor same = visitor();
            same.cookies.putAll(cookies);
            List<String> differing = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> page = same.page("/camunda/app/tasklist/default/");
                Matcher header = inHeader.matcher(
                        page.headers().firstValue("Content-Security-Policy").orElse(""));
                Matcher script = inPage.matcher(page.body());
                assertThat(header.find() && script.find()).isTrue();
                do {
                    if (!script.group(1).equals(header.group(1)))
                        differing.add(header.group(1) + " ≠ " + script.group(1));
                } while (script.find());
            }
            return differing;
        };
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<String> differing = new ArrayList<>();
            for (Future<List<String>> one : many.invokeAll(Collections.nCopies(8, twenty))) differing.addAll(one.get());
            assertThat(differing).isEmpty();
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void what_goes_wrong_is_told_in_Chinese_and_without_a_word_of_the_software() {
        Visitor clerk = in(CLERK);
        assertThat(clerk.page("/cases/none").body()).contains("没有找到", "暴晓岚").doesNotContain("Exception", "org.");
        assertThat(clerk.page("/admin/people").body()).contains("无权访问");
        assertThat(clerk.get("/cases/no/such/page", "Accept", "application/json")
                        .body())
                .contains("\"message\":\"页面或案件不存在");
    }

    // ---- sessions

    @Test
    void an_idle_session_ends_although_Tasklist_goes_on_asking_for_its_task() {
        Visitor clerk = in(CLERK);
        camundaToken(clerk);
        String poll = ENGINE + "/task/" + EngineCalls.ID;
        clock.offset(Duration.ofMinutes(29));
        assertThat(clerk.get(poll).statusCode()).isEqualTo(404);
        clock.offset(Duration.ofMinutes(31));
        assertThat(clerk.get(poll).statusCode()).isEqualTo(401);
    }

    @Test
    void an_act_keeps_the_session_but_not_beyond_its_whole_length() {
        Visitor clerk = in(CLERK);
        for (int minutes = 25; minutes < 720; minutes += 25) {
            clock.offset(Duration.ofMinutes(minutes));
            assertThat(clerk.page("/password").statusCode())
                    .as("%d minutes", minutes)
                    .isEqualTo(200);
        }
        clock.offset(Duration.ofMinutes(721));
        assertThat(Visitor.location(clerk.page("/password"))).isEqualTo("/login");
    }

    @Test
    void changed_groups_and_a_closed_account_bite_at_the_next_call() {
        accounts.create(new Accounts.NewAccount("lin-shi", "临时", "", null, null));
        db.sql("update people_person set must_change_password = false, password_hash ="
                        + " (select password_hash from people_person where id = ?) where id = 'lin-shi'")
                .param(CLERK)
                .update();
        accounts.join("yi-an", "lin-shi", Roles.PROPOSAL_CLERK);
        Visitor visitor = visitor();
        visitor.signIn("lin-shi", passwords.get(CLERK));
        assertThat(visitor.get(ENGINE + "/task").statusCode()).isEqualTo(200);
        accounts.leave("yi-an", "lin-shi", Roles.PROPOSAL_CLERK);
        assertThat(visitor.get(ENGINE + "/task").statusCode()).isEqualTo(403);
        accounts.deactivate(ADMINISTRATOR, "lin-shi");
        assertThat(visitor.get(ENGINE + "/task").statusCode()).isEqualTo(401);
        assertThat(identity.createUserQuery().userId("lin-shi").singleResult().getFirstName())
                .as("the name stays on what he did")
                .isEqualTo("临时");
    }

    @Test
    void guessing_makes_the_guesser_wait_by_form_and_by_header_alike() {
        Visitor guesser = visitor();
        for (int i = 0; i < 5; i++) guesser.signIn("su-ming", "wrong");
        assertThat(Visitor.location(guesser.signIn("su-ming", passwords.get("su-ming"))))
                .isEqualTo("/login?wait");
        assertThat(visitor()
                        .basic("su-ming", passwords.get("su-ming"))
                        .get("/engine-rest/task")
                        .statusCode())
                .isEqualTo(401);
        assertThat(Visitor.location(in(CLERK).page("/")))
                .as("a colleague at the same desk")
                .isNotEmpty();
        clock.offset(Duration.ofSeconds(3));
        assertThat(Visitor.location(guesser.signIn("su-ming", passwords.get("su-ming"))))
                .isEqualTo("/");
    }

    @Test
    void guessing_the_present_password_at_an_open_session_waits_and_then_ends_the_session() {
        Visitor clerk = in(CLERK);
        Map<String, String> wrong =
                Map.of("present", "wrong", "password", "qingshan lvshui 7", "again", "qingshan lvshui 7");
        Map<String, String> right = Map.of(
                "present", passwords.get(CLERK), "password", passwords.get(CLERK), "again", passwords.get(CLERK));
        for (int i = 0; i < 5; i++)
            assertThat(clerk.submit("/password", "/password", wrong).body()).contains("「当前密码」不正确");
        assertThat(clerk.submit("/password", "/password", right).body())
                .as("nothing is compared while it waits")
                .contains("请稍候再试");
        assertThat(Visitor.location(in(CLERK).page("/")))
                .as("signing in is not kept from anybody")
                .isNotEmpty();
        HttpResponse<String> last = null;
        for (int i = 5; i < 10; i++) {
            clock.offset(Duration.ofMinutes(i - 4));
            last = clerk.submit("/password", "/password", wrong);
        }
        assertThat(Visitor.location(last)).isEqualTo("/login?guessed");
        assertThat(Visitor.location(clerk.page("/password"))).isEqualTo("/login");
        assertThat(visitor().page("/login?guessed").body()).contains("当前密码错误次数过多");
        assertThat(db.sql("select count(*) from base_audit where action = 'people.changePasswordRefused'")
                        .query(Long.class)
                        .single())
                .isEqualTo(10);
    }

    // ---- accounts

    @Test
    void a_new_account_is_led_to_its_password_and_nowhere_else_until_it_is_changed() {
        Visitor administrator = in(ADMINISTRATOR);
        HttpResponse<String> made = administrator.submit(
                "/admin/people", "/admin/people", Map.of("login", "xin-ren", "name", "新人", "post", "提案委"));
        assertThat(Visitor.location(made)).isEqualTo("/admin/people?q=xin-ren");
        Matcher shown = Pattern.compile("class=\"once\">([^<]+)<")
                .matcher(administrator.page("/admin/people?q=xin-ren").body());
        assertThat(shown.find()).isTrue();
        assertThat(administrator.page("/admin/people?q=xin-ren").body())
                .as("shown once")
                .doesNotContain("class=\"once\"");
        Visitor person = visitor();
        person.signIn("xin-ren", shown.group(1));
        assertThat(Visitor.location(person.page("/"))).isEqualTo("/password");
        assertThat(person.get("/cases/x", "Accept", "application/json").statusCode())
                .isEqualTo(403);
        HttpResponse<String> easy = person.submit(
                "/password",
                "/password",
                Map.of("present", shown.group(1), "password", "1234567890", "again", "1234567890"));
        assertThat(easy.statusCode()).isEqualTo(400);
        assertThat(easy.body()).contains("过于简单");
        String next = "qingshan lvshui 7";
        HttpResponse<String> changed = person.submit(
                "/password", "/password", Map.of("present", shown.group(1), "password", next, "again", next));
        assertThat(changed.statusCode()).isEqualTo(302);
        assertThat(person.page("/").body()).contains("还没有分配岗位");
    }

    @Test
    void the_system_administrator_gives_no_groups_and_the_security_administrator_makes_no_accounts() {
        Visitor system = in(ADMINISTRATOR);
        HttpResponse<String> join = system.submit(
                "/admin/people", "/admin/people/su-ming/groups", Map.of("group", Roles.COMMITTEE_DIRECTOR));
        assertThat(join.statusCode()).isEqualTo(400);
        assertThat(join.body()).contains("请由安全保密管理员办理");
        Visitor security = in(SECURITY);
        assertThat(security.submit("/admin/people", "/admin/people", Map.of("login", "x", "name", "y"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(security.submit(
                                "/admin/people",
                                "/admin/people/" + SECURITY + "/groups",
                                Map.of("group", Roles.PROPOSAL_CLERK))
                        .statusCode())
                .isEqualTo(400);
        assertThat(people.groupsOf("su-ming")).containsExactly(Roles.PROPOSAL_CLERK);
        assertThat(in(CLERK)
                        .submit("/password", "/admin/people", Map.of("login", "x", "name", "y"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_page_of_the_first_administrator_is_gone_once_there_are_people() {
        assertThat(visitor().page("/first-administrator?token=x").statusCode()).isEqualTo(404);
        assertThat(visitor()
                        .submit("/login", "/first-administrator", Map.of("token", "x"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_happens_at_the_door_is_on_record_with_the_address() {
        visitor().signIn(CLERK, "wrong");
        in(CLERK);
        assertThat(db.sql("select person_id || ' ' || action || ' ' || detail || ' ' || address from base_audit"
                                + " where action like 'people.signIn%' order by id desc fetch first 2 rows only")
                        .query(String.class)
                        .list())
                .containsExactly(
                        CLERK + " people.signIn  127.0.0.1", "anonymous people.signInRefused " + CLERK + " 127.0.0.1");
    }

    // ---- the cast

    @Test
    void the_cast_has_everybody_the_cases_need_and_its_file_is_its_owners() throws Exception {
        assertThat(cast.loaded()).isTrue();
        assertThat(passwords).hasSize(85).allSatisfy((login, password) -> {
            assertThat(login).matches("[a-z-]+");
            assertThat(password).hasSizeGreaterThanOrEqualTo(12);
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("demo-accounts.tsv"))))
                .isEqualTo("rw-------");
        assertThat(people.members()).extracting(Member::name).contains("卫林书", "郜清远", "申雨禾", "靳松年", "原知夏", "市工商联");
        assertThat(people.members())
                .extracting(Member::kind)
                .contains("member", "party", "organization", "committee", "sector", "group");
        assertThat(people.membershipsOf("niu-peiwen")).extracting(Member::kind).containsExactly("organization");
        for (String role : List.of("liaison", "handler", "checker", "deputy", "head"))
            assertThat(people.membersOf("education-bureau." + role)).as(role).hasSize(1);
        assertThat(people.units())
                .hasSizeGreaterThan(50)
                .allMatch(u -> List.of("党委", "政府", "法检", "群团", "县区", "中省驻长单位").contains(u.system()));
        assertThat(people.groupName("environment-bureau-shangdang.brigade-leader"))
                .isEqualTo("市生态环境局上党分局·执法大队长");
    }

    // ---- the engine's view

    @Test
    void the_engine_finds_people_by_what_its_applications_ask() {
        assertThat(identity.isReadOnly()).isTrue();
        assertThat(identity.checkPassword(CLERK, passwords.get(CLERK))).isFalse();
        User clerk = identity.createUserQuery().userId(CLERK).singleResult();
        assertThat(clerk.getFirstName() + "|" + clerk.getLastName()).isEqualTo("暴晓岚|");
        assertThat(identity.createUserQuery()
                        .userIdIn(CLERK, "su-ming", "none")
                        .orderByUserId()
                        .desc()
                        .list())
                .extracting(User::getId)
                .containsExactly("su-ming", CLERK);
        assertThat(identity.createUserQuery()
                        .memberOfGroup(Roles.PROPOSAL_CLERK)
                        .count())
                .isEqualTo(2);
        assertThat(identity.createUserQuery().memberOfGroup(Roles.STAFF).count())
                .isGreaterThan(15);
        assertThat(identity.createUserQuery().userFirstNameLike("%晓%").list())
                .extracting(User::getId)
                .contains(CLERK);
        assertThat(identity.createUserQuery().orderByUserId().asc().listPage(1, 2))
                .hasSize(2);
        assertThat(identity.createUserQuery().userId("' or 1=1 --").count()).isZero();
        assertThat(identity.createGroupQuery().groupMember(CLERK).list())
                .extracting(Group::getId)
                .containsExactlyInAnyOrder(Roles.PROPOSAL_CLERK, Roles.STAFF);
        assertThat(identity.createGroupQuery()
                        .groupIdIn("education-bureau.liaison")
                        .singleResult()
                        .getName())
                .isEqualTo("市教育局·联络员");
        assertThat(identity.createGroupQuery().groupType("WORKFLOW").count())
                .isEqualTo(identity.createGroupQuery().count())
                .isGreaterThan(200);
        assertThat(identity.createTenantQuery().userMember(CLERK).list()).isEmpty();
        assertThatThrownBy(() -> identity.saveUser(clerk)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void rolling_through_people_needs_a_right_a_name_by_id_does_not() {
        identity.setAuthentication(CLERK, List.of(Roles.PROPOSAL_CLERK, Roles.STAFF), List.of());
        assertThat(identity.createUserQuery().list()).isEmpty();
        assertThat(identity.createUserQuery()
                        .memberOfGroup(Roles.PROPOSAL_CLERK)
                        .list())
                .isEmpty();
        assertThat(identity.createGroupQuery().groupMember("su-ming").list()).isEmpty();
        assertThat(identity.createGroupQuery().groupMember(CLERK).list()).hasSize(2);
        assertThat(identity.createUserQuery().userId("su-ming").singleResult().getFirstName())
                .isEqualTo("宿明");
        identity.setAuthentication(ADMINISTRATOR, List.of(Roles.SYSTEM_ADMINISTRATOR), List.of());
        assertThat(identity.createUserQuery().count()).isGreaterThan(30);
    }

    @Test
    void nobody_is_almighty_in_the_engine() {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        assertThat(configuration.getAdminGroups()).isEmpty();
        assertThat(configuration.getAdminUsers()).isEmpty();
        assertThat(authorizations
                        .createAuthorizationQuery()
                        .groupIdIn(Roles.STAFF)
                        .list())
                .isNotEmpty()
                .noneMatch(a -> a.getResourceId().equals("cockpit"));
    }

    // ---- with a real browser

    @Test
    void a_mailed_link_to_a_task_survives_signing_in_and_nothing_stays_in_the_browser() {
        try (Page page = Chromium.browser().newPage()) {
            String base = "http://127.0.0.1:" + port;
            page.navigate(base + "/camunda/app/tasklist/default/#/?task=" + EngineCalls.ID);
            assertThat(page.url()).contains("/login#/?task=");
            page.evaluate("localStorage.setItem('camunda-form:" + EngineCalls.ID + "', 'half an answer')");
            page.reload();
            assertThat(page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('camunda-form:')).length"))
                    .isEqualTo(0);
            page.fill("#username", CLERK);
            page.fill("#password", "wrong");
            page.click("#login button");
            assertThat(page.textContent("[role=alert]")).contains("不正确");
            page.fill("#username", CLERK);
            page.fill("#password", passwords.get(CLERK));
            page.click("#login button");
            page.waitForURL(url -> url.contains("/camunda/app/tasklist/default/"));
            assertThat(page.url()).contains("task=" + EngineCalls.ID);
            page.waitForSelector("text=暴晓岚");
            Object status = page.evaluate("fetch('/camunda/api/admin/auth/user/default/logout', {method: 'POST',"
                    + " headers: {'X-XSRF-TOKEN': document.cookie.match(/XSRF-TOKEN=([^;]+)/)[1]}})"
                    + ".then(r => { setTimeout(() => location.reload()); return r.status; })");
            assertThat(status).isEqualTo(200);
            // loaded anew, or sent there by the answer to its own next call: until then it would cut off what is asked
            // of it
            page.waitForURL(url -> url.contains("/login"));
            page.navigate(base + "/password");
            assertThat(page.url()).endsWith("/login");
            page.goBack();
            page.reload();
            assertThat(page.url()).as("the back button shows nothing").contains("/login");
        }
    }
}
