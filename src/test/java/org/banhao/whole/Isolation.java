package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.banhao.people.People;
import org.banhao.testing.Accounts;
import org.banhao.testing.Desk;
import org.banhao.testing.WebSession;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** Who does not take part does not read: drafts, cases before assignment, what reviewers wrote to each other, other people's tasks. */
interface Isolation extends Whole {

    String NEVER_GIVEN = "TA-2026-999999";

    @Test
    default void aDraftIsItsWritersAloneAtEveryAddressAndForEveryRole() {
        String secret = "只给自己看的草稿内容";
        Desk writer = desk("卫林书");
        String number = writer.begin();
        Desk.ok(
                writer.web()
                        .script(
                                "PUT",
                                "/my/drafts/" + number,
                                "application/json",
                                Desk.text(Map.of(
                                                "version",
                                                1,
                                                "content",
                                                Map.of(
                                                        "title",
                                                        "关于" + secret + "的提案",
                                                        "situation",
                                                        secret,
                                                        "suggestions",
                                                        List.of(secret))))
                                        .getBytes(StandardCharsets.UTF_8)),
                200);
        String file = Desk.json(Desk.ok(
                        writer.web()
                                .upload("draft:" + number, secret + ".txt", secret.getBytes(StandardCharsets.UTF_8)),
                        200))
                .path("id")
                .asText();
        assertThat(writer.web().get("/my/drafts/" + number).body()).contains(secret);
        Map<String, Object> before = draftRow(number);

        for (String name : List.of("郜清远", "靳松年", "牛培文", "暴晓岚", "苗正清", "路守正", "阎小满", "平立川", "田禾", "秦怀远", "甲管", "丙审")) {
            WebSession other = desk(name).web();
            List<BiFunction<String, String, HttpResponse<String>>> calls = new ArrayList<>();
            for (String address : List.of(
                    "/my/drafts/{n}",
                    "/my/proposals/{n}",
                    "/my/proposals/{n}/receipt",
                    "/cases/{n}",
                    "/cases/{n}/fragment",
                    "/proposals/on-behalf/drafts/{n}",
                    "/proposals/on-behalf/proposals/{n}",
                    "/proposals/on-behalf/proposals/{n}/receipt",
                    "/api/documents/{f}",
                    "/api/documents/{f}?inline")) {
                calls.add((n, f) -> other.get(address.replace("{n}", n).replace("{f}", f)));
            }
            for (String base : List.of("/my", "/proposals/on-behalf")) {
                for (String address : List.of(
                        "/drafts/{n}/submit",
                        "/drafts/{n}/delete",
                        "/drafts/{n}/attachments/{f}/discard",
                        "/proposals/{n}/confirm",
                        "/proposals/{n}/decline",
                        "/proposals/{n}/back-to-draft",
                        "/proposals/{n}/withdraw",
                        "/proposals/{n}/revision",
                        "/proposals/{n}/invitations/gao-qingyuan/recall")) {
                    calls.add((n, f) -> other.form(
                            base + address.replace("{n}", n).replace("{f}", f),
                            List.of(Map.entry("version", "2"), Map.entry("reason", "不该成功"))));
                }
                calls.add((n, f) -> other.script(
                        "PUT",
                        base + "/drafts/" + n,
                        "application/json",
                        "{\"version\":2,\"content\":{\"title\":\"不该成功\"}}".getBytes(StandardCharsets.UTF_8)));
            }
            calls.add((n, f) -> other.script("DELETE", "/api/documents/" + f, "application/json", new byte[0]));
            calls.add((n, f) -> other.upload("draft:" + n, "不该成功.txt", "x".getBytes(StandardCharsets.UTF_8)));

            for (BiFunction<String, String, HttpResponse<String>> call : calls) {
                HttpResponse<String> answer = call.apply(number, file);
                HttpResponse<String> none = call.apply(NEVER_GIVEN, "00000000-0000-4000-8000-000000000000");
                String where = name + " " + answer.request().method() + " "
                        + answer.request().uri();
                assertThat(answer.body()).as(where).doesNotContain(secret);
                if (answer.statusCode() == 302) {
                    // a page that tells its refusal after a redirect
                    HttpResponse<String> told = other.follow(answer);
                    assertThat(told.body()).as(where).doesNotContain(secret);
                    assertThat(none.statusCode()).as(where).isEqualTo(302);
                } else {
                    assertThat(answer.statusCode()).as(where + answer.body()).isIn(400, 403, 404);
                    assertThat(answer.statusCode())
                            .as("told apart from what was never there: " + where)
                            .isEqualTo(none.statusCode());
                    assertThat(neutral(answer))
                            .as("told apart from what was never there: " + where)
                            .isEqualTo(neutral(none));
                }
            }
            assertThat(other.get("/api/drafts/draft:" + number).body()).isEqualTo("{}");
        }
        assertThat(draftRow(number)).isEqualTo(before);
        assertThat(writer.web().get("/my/drafts/" + number).body()).contains(secret);
        assertThat(writer.web().get("/api/documents/" + file).body()).isEqualTo(secret);
    }

    private Map<String, Object> draftRow(String number) {
        Map<String, Object> row = new HashMap<>(
                db().sql("select version, title, situation, handed_in_at from proposal_proposal where case_number = ?")
                        .param(number)
                        .query()
                        .singleRow());
        row.put(
                "status",
                db().sql("select status from casefile_case where number = ?")
                        .param(number)
                        .query(String.class)
                        .single());
        row.put(
                "files",
                db().sql("select count(*) from document_file where step = ?")
                        .param("draft:" + number)
                        .query(Integer.class)
                        .single());
        return row;
    }

    /** Without what differs at every call: tokens, and the asked number itself. */
    private static String neutral(HttpResponse<String> answer) {
        return answer.body()
                .replaceAll("(content|value)=\"[A-Za-z0-9_-]{60,}\"", "token")
                .replaceAll("TA-\\d{4}-\\d{6}", "number");
    }

    private String ticked(Desk member, String title, String situation, String consent, boolean secondable) {
        String number = member.begin();
        List<Map.Entry<String, String>> fields = new ArrayList<>(List.of(
                Map.entry("version", "1"),
                Map.entry("title", title),
                Map.entry("situation", situation),
                Map.entry("analysis", situation),
                Map.entry("suggestions", situation),
                Map.entry("category", "society"),
                Map.entry("consent", consent),
                Map.entry("noSecret", "on")));
        if (secondable) fields.add(Map.entry("secondable", "true"));
        Desk.ok(member.web().form("/my/drafts/" + number + "/submit", fields), 302);
        return number;
    }

    @Test
    default void whoMaySecondReadsOfOtherProposalsOnlyWhatTheirProposersAllowAndNoMoreOnceHeHas() {
        Desk writer = desk("卫林书");
        String whole = ticked(writer, "关于附议能读摘要的提案", "全文公开的摘要", "full", true);
        String bare = ticked(writer, "关于附议只读案由的提案", "仅公开案由的正文", "titleOnly", true);
        String internal = ticked(writer, "关于附议不能读的内部提案", "内部的正文", "internal", true);
        String unticked = ticked(writer, "关于没有勾选附议的提案", "没有勾选的正文", "full", false);
        String draft = writer.begin();
        Desk.ok(
                writer.web()
                        .script(
                                "PUT",
                                "/my/drafts/" + draft,
                                "application/json",
                                Desk.text(Map.of(
                                                "version",
                                                1,
                                                "content",
                                                Map.of(
                                                        "title",
                                                        "关于附议读不到的草稿",
                                                        "situation",
                                                        "草稿的正文",
                                                        "secondable",
                                                        true,
                                                        "consent",
                                                        "full")))
                                        .getBytes(StandardCharsets.UTF_8)),
                200);
        String[] hidden = {"仅公开案由的正文", "关于附议不能读的内部提案", "内部的正文", "关于没有勾选附议的提案", "没有勾选的正文", "关于附议读不到的草稿", "草稿的正文"};
        WebSession member = desk("郜清远").web();
        assertThat(member.get("/my/seconding").body())
                .contains("关于附议能读摘要的提案", "全文公开的摘要", "关于附议只读案由的提案", "提案者只公开案由")
                .doesNotContain(hidden);
        HttpResponse<String> contact = desk("牛培文").web().get("/my/seconding");
        assertThat(contact.body()).contains("只有在任的委员可以附议").doesNotContain("关于附议能读摘要的提案");

        for (String act : List.of("", "/withdraw")) {
            String none = told(member, NEVER_GIVEN + act);
            for (String number : List.of(internal, unticked, draft)) {
                assertThat(told(member, number + act))
                        .as("told apart from what was never there: " + number + act)
                        .isEqualTo(none)
                        .isNotEmpty();
            }
        }
        assertThat(db().sql("select count(*) from proposal_second where case_number in (:n)")
                        .param("n", List.of(internal, unticked, draft))
                        .query(Integer.class)
                        .single())
                .isZero();

        for (String number : List.of(whole, bare)) {
            Desk.ok(member.form("/my/seconding/" + number, List.of()), 302);
            for (String address : List.of(
                    "/cases/{n}",
                    "/cases/{n}/fragment",
                    "/my/proposals/{n}",
                    "/my/proposals/{n}/receipt",
                    "/my/drafts/{n}")) {
                HttpResponse<String> answer = member.get(address.replace("{n}", number));
                HttpResponse<String> none = member.get(address.replace("{n}", NEVER_GIVEN));
                assertThat(answer.statusCode()).as(address).isIn(400, 403, 404).isEqualTo(none.statusCode());
                assertThat(neutral(answer)).as(address).isEqualTo(neutral(none));
            }
        }
        assertThat(member.get("/my/seconding").body()).doesNotContain(hidden);
    }

    /** The sentence of a refusal. */
    private static String told(WebSession member, String act) {
        String page = member.follow(Desk.ok(member.form("/my/seconding/" + act, List.of()), 302))
                .body();
        Matcher refused =
                Pattern.compile("<p class=\"refused\"[^>]*>([^<]+)</p>").matcher(page);
        return refused.find() ? refused.group(1) : "";
    }

    @Test
    default void aUnitSeesNothingOfAProposalBeforeItIsAssignedThoughItWasWishedFor() {
        Desk member = desk("原知夏");
        String title = "关于尚未交办时承办单位看不到的提案";
        String number = member.begin();
        Desk.ok(
                member.web()
                        .form(
                                "/my/drafts/" + number + "/submit",
                                List.of(
                                        Map.entry("version", "1"),
                                        Map.entry("title", title),
                                        Map.entry("situation", "情况。"),
                                        Map.entry("analysis", "分析。"),
                                        Map.entry("suggestions", "建议。"),
                                        Map.entry("category", "society"),
                                        Map.entry("wish", "education-bureau"),
                                        Map.entry("consent", "full"),
                                        Map.entry("noSecret", "on"))),
                302);
        String task = desk("暴晓岚").task(number);

        for (String name : List.of("田禾", "宋一鸣", "牛莉", "冯远山", "赵知行")) {
            Desk unit = desk(name);
            assertThat(unit.sees(number)).as(name).isEmpty();
            for (String address :
                    List.of("/cases/" + number, "/cases/" + number + "/fragment", "/cases/by-task/" + task)) {
                HttpResponse<String> answer = unit.web().get(address);
                assertThat(answer.statusCode()).as(name + address).isEqualTo(404);
                assertThat(answer.body()).as(name + address).doesNotContain(title);
            }
            for (String call : List.of("", "/form", "/deployed-form", "/form-variables")) {
                HttpResponse<String> answer = unit.engine("GET", "/task/" + task + call, "");
                assertThat(answer.statusCode()).as(name + call + answer.body()).isIn(403, 404);
                assertThat(answer.body()).as(name + call).doesNotContain(title);
            }
            for (HttpResponse<String> answer : List.of(
                    unit.claim(task),
                    unit.engine("POST", "/task/" + task + "/unclaim", "{}"),
                    unit.submit(task, Map.of("firstVerdict", "file", "category", "society")))) {
                assertThat(answer.statusCode()).as(name).isIn(403, 404);
                Sentences.refused(answer);
            }
            assertThat(unit.engine("GET", "/task?caseInstanceBusinessKey=" + number, "")
                            .body())
                    .doesNotContain(title);
            assertThat(unit.web()
                            .script(
                                    "PUT",
                                    "/api/drafts/" + task,
                                    "application/json",
                                    "{}".getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(unit.web()
                            .upload(task, "不该成功.txt", "x".getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(Consistency.faults(db())).isEmpty();
    }

    @Test
    default void whatReviewersWriteToEachOtherIsReadByTheCommitteeAndNotByTheProposer() {
        String first = "初审内部意见甲乙丙";
        String second = "复审内部意见丁戊己";
        Desk member = desk("郜清远");
        Committee committee = new Committee(this);
        String number = member.propose("关于审查意见只给审查人看的提案", "society");
        committee.clerk.answer(number, Map.of("firstVerdict", "file", "category", "society", "firstOpinion", first));
        String task = committee.reviewer.task(number);
        assertThat(committee.reviewer.shown(task).toString()).contains(first);
        committee.reviewer.answer(
                number, Map.of("secondVerdict", "file", "category", "society", "secondOpinion", second));

        for (Desk staff : List.of(committee.clerk, committee.reviewer, committee.secretary, desk("路守正"))) {
            HttpResponse<String> page = staff.web().get("/cases/" + number);
            if (page.statusCode() == 200)
                assertThat(page.body()).as(staff.account().name()).contains(first, second);
        }
        assertThat(committee.clerk.web().get("/cases/" + number).statusCode()).isEqualTo(200);
        for (String address : List.of(
                "/my",
                "/my/proposals/" + number,
                "/my/proposals/" + number + "/receipt",
                "/cases/" + number,
                "/cases/" + number + "/fragment")) {
            HttpResponse<String> page = Desk.ok(member.web().get(address), 200);
            assertThat(page.body()).as(address).doesNotContain(first, second);
        }
        assertThat(member.web()
                        .get("/cases/by-task/" + committee.secretary.task(number))
                        .body())
                .doesNotContain(first, second);
        assertThat(db().sql("select text_body from notice_outbox where case_number = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .noneMatch(text -> text.contains(first) || text.contains(second));
        assertThat(db().sql("select coalesce(text_, '') || coalesce(text2_, '') from act_ru_variable")
                        .query(String.class)
                        .list())
                .noneMatch(text -> text.contains(first) || text.contains(second));
    }

    /** Counts at the filters, the list, and the rows themselves checked one by one by the rule: three ways to the same tasks. */
    @Test
    default void countsListsAndRowsAgreeForAllDemonstrationStaffAndAllFilters() {
        Desk member = desk("靳松年");
        Desk clerk = desk("暴晓岚");
        Committee committee = new Committee(this);
        for (int i = 0; i < 4; i++) {
            String number = member.propose("关于列表与权限一致第" + i + "件的提案", "politics");
            if (i > 0) Desk.ok(clerk.claim(clerk.task(number)), 204);
            if (i > 1)
                Desk.ok(clerk.submit(clerk.task(number), Map.of("firstVerdict", "file", "category", "politics")), 204);
            if (i > 2) committee.second(number);
        }
        // a case that rests is in nobody's list
        List<OpenRow> rows = db().sql(
                        "select task_id, group_id, assignee, due, important from casefile_open_step where suspended = false order by task_id")
                .query((row, n) -> new OpenRow(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class) == null
                                ? null
                                : row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getBoolean(5)))
                .list();
        Instant now = bean(Clock.class).instant();
        int compared = 0;
        int lists = 0;
        for (Accounts.Account account : accounts().all()) {
            List<String> groups = bean(People.class).groupsOf(account.login());
            Desk desk = new Desk(address(), account);
            if (desk.web().get("/camunda/app/tasklist/default/").statusCode() != 200) continue;
            JsonNode filters = Desk.json(Desk.ok(desk.engine("GET", "/filter?itemCount=true", ""), 200));
            assertThat(filters.size()).as(account.name()).isGreaterThanOrEqualTo(4);
            for (JsonNode filter : filters) {
                String id = filter.path("id").asText();
                Set<String> wanted = rows.stream()
                        .filter(row ->
                                row.isIn(Integer.parseInt(id.substring(id.length() - 1)), account.login(), groups, now))
                        .map(OpenRow::task)
                        .collect(Collectors.toCollection(TreeSet::new));
                Set<String> listed = new TreeSet<>();
                int count = -1;
                for (int first = 0; first == 0 || first < count; first += 200) {
                    JsonNode page = Desk.json(Desk.ok(
                            desk.engine(
                                    "POST", "/filter/" + id + "/list?firstResult=" + first + "&maxResults=200", "{}"),
                            200));
                    count = page.path("count").asInt();
                    page.path("_embedded")
                            .path("task")
                            .forEach(task -> listed.add(task.path("id").asText()));
                }
                String where = account.name() + " " + filter.path("name").asText();
                assertThat(listed).as(where).isEqualTo(wanted);
                assertThat(count).as(where).isEqualTo(wanted.size());
                assertThat(filter.path("itemCount").asInt()).as(where).isEqualTo(wanted.size());
                lists++;
            }
            // the engine's own authorization says the same of the rows
            List<OpenRow> sample = rows.stream()
                    .sorted(Comparator.comparing(
                            row -> Integer.toHexString(row.task().hashCode())))
                    .limit(12)
                    .toList();
            for (OpenRow row : sample) {
                boolean concerned = account.login().equals(row.assignee()) || groups.contains(row.group());
                HttpResponse<String> answer = desk.engine("GET", "/task/" + row.task(), "");
                if (concerned || !groups.contains("system-administrator"))
                    assertThat(answer.statusCode() == 200)
                            .as(account.name() + " " + row + " " + answer.statusCode())
                            .isEqualTo(concerned);
                compared++;
            }
        }
        assertThat(lists).isGreaterThan(60);
        assertThat(compared).isGreaterThan(100);
    }

    record OpenRow(String task, String group, String assignee, Instant due, boolean important) {

        boolean isIn(int filter, String person, List<String> groups, Instant now) {
            boolean held = person.equals(assignee);
            boolean offered = assignee == null && groups.contains(group);
            return switch (filter) {
                case 1 -> held || offered;
                case 2 -> offered;
                case 3 -> held;
                case 4 ->
                    (held || offered)
                            && due != null
                            && !due.isBefore(now)
                            && due.isBefore(now.plus(Duration.ofDays(7)));
                case 5 -> (held || offered) && due != null && due.isBefore(now);
                case 6 -> (held || offered) && important;
                default -> throw new AssertionError("A filter this check does not know: " + filter);
            };
        }
    }
}
