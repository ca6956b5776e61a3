package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.testing.Accounts;
import org.banhao.testing.Databases;
import org.banhao.testing.Desk;
import org.banhao.testing.RunningApp;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * An installation as a city gets it: PostgreSQL, empty, the application as a process of its own. Everything that is there
 * at the end was entered through pages.
 */
class FreshInstallationTest {

    private static final String TOKEN = "token-of-the-first-administrator-0815";
    private static final String PASSWORD = "青山 绿水 大桥 5 ";
    private static final Pattern ONCE = Pattern.compile("class=\"once\">([^<]+)<");

    private static RunningApp app;
    private static JdbcTemplate database;
    private static WebSession administrator;
    private static WebSession security;
    private static WebSession auditor;
    private static Desk clerk;
    private static final Map<String, Accounts.Account> MEMBERS = new LinkedHashMap<>();

    @BeforeAll
    static void theCitySetsItUp() throws Exception {
        Map<String, String> access = Databases.POSTGRESQL.properties();
        database = new JdbcTemplate(new DriverManagerDataSource(
                access.get("spring.datasource.url"),
                access.get("spring.datasource.username"),
                access.get("spring.datasource.password")));
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "fresh");
        app = RunningApp.start(
                data,
                Map.of(
                        "BANHAO_FIRST_TOKEN", TOKEN,
                        "BANHAO_DB_URL", access.get("spring.datasource.url"),
                        "BANHAO_DB_USER", access.get("spring.datasource.username"),
                        "BANHAO_DB_PASSWORD", access.get("spring.datasource.password")),
                "--spring.profiles.active=postgres");

        administrator = new WebSession(app.url(""));
        done(administrator.post(
                "/first-administrator?token=" + TOKEN,
                "/first-administrator",
                Map.of("token", TOKEN, "login", "jia", "name", "甲管", "password", PASSWORD + 1, "again", PASSWORD + 1)));
        administrator.signIn(new Accounts.Account("jia", PASSWORD + 1, "", "甲管"));

        Accounts.Account yi = account("yi", "乙安");
        Accounts.Account bing = account("bing", "丙审");
        Accounts.Account bao = account("bao", "暴晓岚");
        done(administrator.form("/admin/people/yi/groups", List.of(Map.entry("group", "security-administrator"))));
        security = entered(yi);
        done(security.form("/admin/people/bing/groups", List.of(Map.entry("group", "audit-administrator"))));
        auditor = entered(bing);
        done(security.form("/admin/people/bao/groups", List.of(Map.entry("group", "proposal-clerk"))));
        entered(bao);
        clerk = new Desk(app.url(""), changed(bao));

        for (String[] unit : new String[][] {{"education-bureau", "市教育局", "政府"}, {"court", "市中级人民法院", "法检"}}) {
            done(administrator.form(
                    "/admin/units",
                    List.of(Map.entry("id", unit[0]), Map.entry("name", unit[1]), Map.entry("system", unit[2]))));
        }
        for (String path : List.of("/proposals/on-behalf", "/proposals/register", "/proposals/sessions")) {
            noSessionIsOpen(clerk.web(), path);
        }
        for (String[] member : new String[][] {{"wei-linshu", "卫林书"}, {"gao-qingyuan", "郜清远"}}) {
            HttpResponse<String> added = done(clerk.web()
                    .form(
                            "/admin/members",
                            List.of(
                                    Map.entry("kind", "member"),
                                    Map.entry("name", member[1]),
                                    Map.entry("with", "new"),
                                    Map.entry("login", member[0]))));
            Accounts.Account account =
                    new Accounts.Account(member[0], once(clerk.web().follow(added)), "", member[1]);
            entered(account);
            MEMBERS.put(member[1], changed(account));
        }
        noSessionIsOpen(member("卫林书").web(), "/my");
        done(clerk.web().form("/proposals/sessions", session("15-1", "十五届一次")));
    }

    @AfterAll
    static void stop() {
        if (app != null) app.close();
    }

    @Test
    void whoIsNotSignedInIsToldThatTheApplicationIsUpAndNothingElse() {
        assertThat(new WebSession(app.url("")).get("/health").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    /** The engine looks for due jobs as soon as it runs; no other test lets it. */
    @Test
    void nothingFailsBehindThePages() {
        assertThat(app.log()).contains("Started BanhaoApplication").doesNotContain(" ERROR ");
    }

    @Test
    void aMemberHandsInAndTheClerkSeesIt() {
        String number = member("卫林书").propose("关于老旧小区加装电梯的提案", "society");
        assertThat(clerk.sees(number)).isPresent();
        assertThat(member("卫林书").web().get("/my").body()).contains("关于老旧小区加装电梯的提案");
        assertThat(database.queryForObject(
                        "select session_id from proposal_proposal where case_number = ?", String.class, number))
                .isEqualTo("15-1");
    }

    @Test
    void theClosingHourMovesWithTheSignaturesThatAreStillCollectedAndTheirTimer() {
        Desk wei = member("卫林书");
        String number = wei.begin();
        HttpResponse<String> sent = wei.web()
                .form(
                        "/my/drafts/" + number + "/submit",
                        List.of(
                                Map.entry("version", "1"),
                                Map.entry("title", "关于联名的提案"),
                                Map.entry("situation", "现状摘自走访记录。"),
                                Map.entry("analysis", "职责分散。"),
                                Map.entry("suggestions", "明确牵头单位。"),
                                Map.entry("category", "society"),
                                Map.entry("consent", "full"),
                                Map.entry("coSigners", "gao-qingyuan"),
                                Map.entry("noSecret", "on")));
        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(clerk.web().get("/proposals/sessions").body()).contains("等待联名或召集人确认");
        HttpResponse<String> moved = clerk.web()
                .form(
                        "/proposals/sessions/15-1/closing",
                        List.of(Map.entry("closesAt", "2038-03-02T17:30"), Map.entry("reason", "会期顺延")));
        assertThat(clerk.web().follow(done(moved)).body()).contains("1件提案的联名确认期限随之调整");
        Timestamp due = Timestamp.valueOf("2038-03-02 17:30:00");
        assertThat(text(
                        "select due_at at time zone 'Asia/Shanghai' from calendar_deadline"
                                + " where case_number = ? and rule_key = 'coSignature' and state = 'open'",
                        number))
                .isEqualTo(due.toString());
        assertThat(text(
                        "select j.duedate_ from act_ru_job j join proposal_proposal p"
                                + " on p.instance_id = j.process_instance_id_ where p.case_number = ?",
                        number))
                .as("the engine writes Beijing time")
                .isEqualTo(due.toString());
        assertThat(member("郜清远").web().get("/my").body()).contains("2038年3月2日 17:30");
        assertThat(clerk.web()
                        .form(
                                "/proposals/sessions/15-1/closing",
                                List.of(Map.entry("closesAt", "2020-01-01T18:00"), Map.entry("reason", "写错")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theAuditAdministratorReadsTheRecordAndNothingElse() {
        HttpResponse<String> page = auditor.get("/admin/audit?action=people.addUnit");
        assertThat(page.body()).contains("新增单位", "甲管（jia）", "市教育局").doesNotContain("登记委员或提案单位</td>");
        HttpResponse<String> csv = auditor.get("/admin/audit/audit.csv?who=jia");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.body())
                .startsWith("\uFEFF\"编号\"")
                .contains("\"people.addUnit\"")
                .doesNotContain("\"暴晓岚\"");
        assertThat(auditor.get("/admin/audit?action=audit.read").body())
                .as("reading is recorded")
                .contains("查看审计记录", "操作 新增单位", "丙审（bing）");
        for (String path : List.of(
                "/admin/people",
                "/admin/units",
                "/admin/members",
                "/admin/mailbox",
                "/proposals/sessions",
                "/my",
                "/camunda/app/cockpit/default/")) {
            assertThat(auditor.get(path).statusCode()).as(path).isEqualTo(403);
        }
        for (WebSession other :
                List.of(administrator, security, clerk.web(), member("卫林书").web())) {
            assertThat(other.get("/admin/audit").statusCode()).isEqualTo(403);
            assertThat(other.get("/admin/audit/audit.csv").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void theRosterIsOpenToTheClerkAndTheSystemAdministratorOnly() {
        assertThat(clerk.web().get("/admin/members?q=wls").body())
                .contains("卫林书")
                .doesNotContain("郜清远");
        assertThat(administrator.get("/admin/members").body()).contains("郜清远");
        assertThat(security.get("/admin/members").statusCode()).isEqualTo(403);
        assertThat(member("卫林书").web().get("/admin/members").statusCode()).isEqualTo(403);
        assertThat(clerk.web().get("/admin/units").statusCode()).isEqualTo(403);
        assertThat(clerk.web().get("/admin/people").statusCode()).isEqualTo(403);
    }

    @Test
    void refusalsStandAtTheirFieldWithWhatWasTyped() {
        HttpResponse<String> unit = administrator.form(
                "/admin/units", List.of(Map.entry("id", "市财政局"), Map.entry("name", "市财政局"), Map.entry("system", "政府")));
        assertThat(unit.statusCode()).isEqualTo(400);
        assertThat(unit.body()).contains("单位代码「市财政局」不合规", "aria-invalid=\"true\"", "value=\"市财政局\"");
        HttpResponse<String> member = clerk.web()
                .form(
                        "/admin/members",
                        List.of(
                                Map.entry("kind", "member"),
                                Map.entry("name", "申雨禾"),
                                Map.entry("with", "new"),
                                Map.entry("login", "申")));
        assertThat(member.statusCode()).isEqualTo(400);
        assertThat(member.body()).contains("「登录名」只能用", "value=\"申雨禾\"");
        HttpResponse<String> session = clerk.web().form("/proposals/sessions", session("15-1", "十五届一次"));
        assertThat(session.statusCode()).isEqualTo(400);
        assertThat(session.body()).contains("届次代码「15-1」已被使用");
    }

    @Test
    void pagesAreWholeAndSayHowLongTheSessionLasts() {
        for (String path :
                List.of("/admin", "/admin/people", "/admin/people?state=closed", "/admin/units", "/admin/members")) {
            HttpResponse<String> page = administrator.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).contains("</html>").containsPattern("data-session=\"1[78]\\d\\d\"");
        }
        for (String path : List.of(
                "/admin/members/new",
                "/admin/members/new?kind=party",
                "/admin/members/wei-linshu",
                "/proposals/sessions")) {
            assertThat(clerk.web().get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(administrator.get("/api/session").body()).containsPattern("\\{\"seconds\":1[78]\\d\\d}");
    }

    // ---- steps

    /** Words, not an error: nobody has done anything wrong yet. */
    private static void noSessionIsOpen(WebSession web, String path) {
        HttpResponse<String> page = web.get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body()).as(path).contains("还没有开启届次", "由提案委员会办公室工作人员或者提案委员会主任、副主任在");
    }

    private static Accounts.Account account(String login, String name) {
        HttpResponse<String> made =
                done(administrator.form("/admin/people", List.of(Map.entry("login", login), Map.entry("name", name))));
        return new Accounts.Account(login, once(administrator.follow(made)), "", name);
    }

    /** Signs in with the password shown once and changes it, as he must. */
    private static WebSession entered(Accounts.Account account) {
        WebSession web = new WebSession(app.url("")).signIn(account);
        assertThat(web.get("/").headers().firstValue("Location").orElse("")).endsWith("/password");
        String next = changed(account).password();
        done(web.post(
                "/password", "/password", Map.of("present", account.password(), "password", next, "again", next)));
        return new WebSession(app.url("")).signIn(changed(account));
    }

    private static Accounts.Account changed(Accounts.Account account) {
        return new Accounts.Account(account.login(), PASSWORD + 7, account.role(), account.name());
    }

    private static Desk member(String name) {
        return new Desk(app.url(""), MEMBERS.get(name));
    }

    private static List<Map.Entry<String, String>> session(String id, String name) {
        return List.of(
                Map.entry("id", id),
                Map.entry("name", name),
                Map.entry("closesAt", "2038-03-01T18:00"),
                Map.entry("finalDecider", "meeting"),
                Map.entry("titleLimit", "50"),
                Map.entry("textLimit", "1500"),
                Map.entry("suggestionLimit", "500"),
                Map.entry("wishLimit", "3"),
                Map.entry("coSignLeastDays", "1"));
    }

    private static String text(String sql, String number) {
        return String.valueOf(database.queryForObject(sql, Timestamp.class, number));
    }

    private static HttpResponse<String> done(HttpResponse<String> answer) {
        return Desk.ok(answer, 302);
    }

    private static String once(HttpResponse<String> page) {
        Matcher shown = ONCE.matcher(page.body());
        if (!shown.find()) throw new AssertionError("No password on\n" + page.body());
        return shown.group(1);
    }
}
