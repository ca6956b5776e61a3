package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseColumn;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.Ledger;
import org.banhao.casefile.domain.CaseList;
import org.banhao.casefile.domain.CaseQuery;
import org.banhao.casefile.domain.Dossiers;
import org.banhao.casefile.domain.SavedViews;
import org.banhao.casefile.domain.Suspensions;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Accounts;
import org.banhao.testing.Desk;
import org.banhao.testing.Statements;
import org.junit.jupiter.api.Test;

/** The case list and its ledgers: who sees what, how it is found, and that paper shows what the screen shows. */
interface CaseLists extends EveryStep {

    private List<String> groups(String login) {
        List<String> groups = new ArrayList<>(bean(People.class).groupsOf(login));
        if (db().sql("select count(*) from people_membership m join people_group g on g.id = m.group_id"
                                + " where m.person_id = :p and g.staff = true")
                        .param("p", login)
                        .query(Long.class)
                        .single()
                > 0) {
            if (!groups.contains(Roles.STAFF)) groups.add(Roles.STAFF);
        }
        return groups;
    }

    private CaseList.Page page(CaseQuery query, String login) {
        return bean(CaseList.class).page(query, login, groups(login));
    }

    private List<CaseList.Line> all(CaseQuery query, String login) {
        List<CaseList.Line> lines = new ArrayList<>();
        CaseList.Page page = page(query, login);
        lines.addAll(page.lines());
        while (page.next() != null) {
            page = page(query.after(page.next()), login);
            lines.addAll(page.lines());
        }
        return lines;
    }

    private List<String> numbers(CaseQuery query, String login) {
        return all(query, login).stream().map(CaseList.Line::number).toList();
    }

    /** Of 卫林书 and 郜清远, under review. */
    private String signed() {
        String number = joint();
        bean(Submission.class).confirm(number, CO_SIGNER);
        return number;
    }

    private static CaseQuery ledger(String id) {
        return with("ledger", id);
    }

    private static CaseQuery with(String name, String value) {
        CaseQuery a = CaseQuery.ALL;
        return new CaseQuery(
                name.equals("ledger") ? value : "",
                name.equals("kind") ? value : "",
                name.equals("session") ? value : "",
                name.equals("status") ? value : "",
                name.equals("category") ? value : "",
                name.equals("unit") ? value : "",
                name.equals("class") ? value : "",
                name.equals("key"),
                name.equals("due") ? value : "",
                name.equals("state") ? value : "",
                name.equals("period") ? value : "",
                a.from(),
                a.until(),
                name.equals("q") ? value : "",
                name.equals("c")
                        ? Stream.of(value.split(","))
                                .flatMap(c -> CaseColumn.of(c).stream())
                                .toList()
                        : List.of(),
                "");
    }

    private HttpResponse<String> cases(Desk who, String query) {
        return who.web().get("/cases?" + query);
    }

    private static String q(String text) {
        return "q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    default void aTaskIsFoundByTheLettersOfItsTitleItsUnitAndItsProposer() {
        String number = until(signed(), "handle");
        Desk handler = desk("宋一鸣");
        cases(handler, "");
        String only = ",\"processVariables\":[{\"name\":\"number\",\"operator\":\"eq\",\"value\":\"" + number + "\"}]}";
        for (String typed : List.of("wls", "GYZXX", "jyj", "教育局")) {
            assertThat(handler.list(Desk.WAITING, "{\"nameLike\":\"%" + typed + "%\"" + only)
                            .toString())
                    .as(typed)
                    .contains(number);
        }
        for (String typed : List.of("wlz", "qqqq", "w")) {
            assertThat(handler.list(Desk.WAITING, "{\"nameLike\":\"%" + typed + "%\"" + only)
                            .toString())
                    .as(typed)
                    .doesNotContain(number);
        }
    }

    @Test
    default void theListOfEveryAccountShowsWhatTheRowsShowItAndCountsThem() {
        // one that is handled, one that waits for co-signers, a draft
        until(signed(), "handle");
        joint();
        desk("申雨禾").begin();
        List<String> everything = db().sql("select number from casefile_case order by number")
                .query(String.class)
                .list();
        Dossiers dossiers = bean(Dossiers.class);
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Accounts.Account account : accounts().all()) {
            List<String> groups = groups(account.login());
            Set<String> may = new TreeSet<>();
            for (String number : everything) if (dossiers.mayRead(number, account.login(), groups)) may.add(number);
            List<String> listed = numbers(CaseQuery.ALL, account.login());
            assertThat(listed).as(account.name()).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(listed)).as(account.name()).isEqualTo(may);
            assertThat(page(CaseQuery.ALL, account.login()).count())
                    .as(account.name())
                    .isEqualTo(may.size());
            seen.put(account.name(), may.size());
        }
        assertThat(seen.get("暴晓岚")).as("%s", seen).isPositive();
        assertThat(seen.get("田禾")).as("%s", seen).isPositive();
        assertThat(seen.get("卫林书")).as("%s", seen).isPositive();
        assertThat(seen.get("甲管")).as("the system administrator reads no case").isZero();
    }

    @Test
    default void casesThatComeInMeanwhileNeitherRepeatNorHideALine() {
        CaseFiles cases = bean(CaseFiles.class);
        String reader = "yi-an";
        Set<String> before = new LinkedHashSet<>();
        for (int i = 0; i < CaseList.PAGE * 2 + 7; i++) before.add(meeting(cases, reader, "第" + i + "次会议"));
        List<String> seen = new ArrayList<>();
        CaseList.Page page = page(CaseQuery.ALL, reader);
        assertThat(page.count()).isEqualTo(before.size());
        page.lines().forEach(line -> seen.add(line.number()));
        while (page.next() != null) {
            meeting(cases, reader, "中途新开的会议");
            page = page(CaseQuery.ALL.after(page.next()), reader);
            page.lines().forEach(line -> seen.add(line.number()));
        }
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(before);
        // who takes no part any more sees it no more
        for (String number : numbers(CaseQuery.ALL, reader)) cases.partyEnds(number, "reader", reader);
        assertThat(page(CaseQuery.ALL, reader).count()).isZero();
    }

    @Test
    default void aFullPageAsksNoMoreOfTheDatabaseThanAnEmptyOne() {
        CaseFiles cases = bean(CaseFiles.class);
        String reader = "bing-shen";
        page(CaseQuery.ALL, reader);
        int empty = Statements.of(() -> page(CaseQuery.ALL, reader));
        for (int i = 0; i < CaseList.PAGE + 3; i++) meeting(cases, reader, "第" + i + "次会议");
        assertThat(page(CaseQuery.ALL, reader).lines()).hasSize(CaseList.PAGE);
        int full = Statements.of(() -> page(CaseQuery.ALL, reader));
        // units and dates of the lines, for all of them at once
        assertThat(full).isEqualTo(empty + 2);
        for (String number : numbers(CaseQuery.ALL, reader)) cases.partyEnds(number, "reader", reader);
    }

    private static String meeting(CaseFiles cases, String reader, String title) {
        String number = cases.open("HY", title, null, "open", "进行中", "测试").number();
        cases.party(number, "reader", reader, false);
        return number;
    }

    @Test
    default void everyFilterAndLedgerIsOnPaperWhatItIsOnTheScreen() {
        toTheEnd(signed());
        until(signed(), "handle");
        CaseList list = bean(CaseList.class);
        List<String> groups = groups(CLERK);
        CaseList.Offer offer = list.offer(groups, "");
        List<CaseQuery> queries = new ArrayList<>(List.of(CaseQuery.ALL));
        offer.kinds().keySet().forEach(kind -> queries.add(with("kind", kind)));
        offer.sessions().keySet().forEach(session -> queries.add(with("session", session)));
        offer.statuses().forEach(status -> queries.add(with("status", status)));
        offer.categories().forEach(category -> queries.add(with("category", category)));
        offer.periods().forEach(period -> queries.add(with("period", period)));
        offer.resultClasses().keySet().forEach(code -> queries.add(with("class", code)));
        queries.add(with("unit", EDUCATION));
        queries.add(with("key", "yes"));
        List.of("late", "soon").forEach(due -> queries.add(with("due", due)));
        List.of("open", "closed").forEach(state -> queries.add(with("state", state)));
        queries.add(with("c", "title,number,due,result"));
        offer.ledgers().forEach(ledger -> queries.add(ledger(ledger.id())));
        int total = list.page(CaseQuery.ALL, CLERK, groups).lines().size();
        Set<String> some = new HashSet<>();
        for (CaseQuery query : queries) {
            List<CaseList.Line> screen = all(query, CLERK);
            List<CaseColumn> columns = page(query, CLERK).columns();
            PrintedTable table = list.table(query, CLERK, groups);
            List<List<String>> paper = new ArrayList<>();
            table.lines().forEach(paper::add);
            String asked = query.parameters().stream()
                    .map(p -> p[0] + "=" + p[1])
                    .toList()
                    .toString();
            assertThat(paper)
                    .as(asked)
                    .isEqualTo(screen.stream()
                            .map(line -> columns.stream()
                                    .map(column -> String.valueOf(line.cells().get(column)))
                                    .toList())
                            .toList());
            assertThat(table.count()).as(asked).isEqualTo(paper.size());
            assertThat(table.columns()).as(asked).hasSize(columns.size() + 1);
            if (!screen.isEmpty() && screen.size() != total) some.add(asked);
        }
        assertThat(some)
                .as("filters that chose some and left others out")
                .contains(
                        "[unit=education-bureau]",
                        "[state=closed]",
                        "[state=open]",
                        "[ledger=catalogue]",
                        "[ledger=assigned]",
                        "[ledger=progress]",
                        "[ledger=unanswered]");
        for (Ledger ledger : offer.ledgers()) {
            HttpResponse<String> page = cases(desk("暴晓岚"), "ledger=" + ledger.id());
            assertThat(page.statusCode()).as(ledger.name()).isEqualTo(200);
            assertThat(page.body()).contains(ledger.name());
        }
        assertThat(desk("卫林书").web().get("/cases?ledger=unanswered").statusCode())
                .as("no ledger of those who propose")
                .isEqualTo(400);
    }

    @Test
    default void aCaseIsFoundByTitleTextNumberNameAndLettersInAnyWidth() {
        Desk member = desk("卫林书");
        String number = member.propose("关于推动长治商务区夜间共享停车位的提案", "society");
        Desk clerk = desk("暴晓岚");
        for (String typed : List.of(
                "共享停车",
                "停车 长治",
                "czsw",
                "ＣＺＳＷ",
                "现状摘自走访",
                number,
                number.toLowerCase(java.util.Locale.ROOT),
                number.substring(8),
                "卫林书 停车位",
                "wls 共享停车位",
                "位")) {
            assertThat(cases(clerk, q(typed)).body()).as(typed).contains(number);
        }
        assertThat(cases(clerk, q("共享停车 不在这里")).body()).doesNotContain(number);
        assertThat(cases(clerk, q("停车共享")).body())
                .as("another order of the words")
                .doesNotContain(number);
        assertThat(cases(desk("田禾"), q("共享停车")).body())
                .as("nobody finds what he may not read")
                .doesNotContain(number);
        assertThat(cases(member, q("共享停车")).body()).contains(number);
    }

    @Test
    default void aCaseWithAnotherTitleIsFoundByTheLettersOfThatOneAlone() {
        String number = desk("卫林书").propose("关于推动漳泽湖湿地鹤鹬越冬地保护的提案", "society");
        Desk clerk = desk("暴晓岚");
        assertThat(cases(clerk, q("zzhsd")).body()).contains(number);
        CaseRow row = bean(CaseFiles.class).find(number).orElseThrow();
        bean(CaseFiles.class)
                .change(number, row.version(), "关于修缮潞州区老顶山步道的提案", row.status(), row.statusName(), row.unit());
        assertThat(cases(clerk, q("lds")).body()).contains(number);
        assertThat(cases(clerk, q("zzhsd")).body()).doesNotContain(number);
    }

    @Test
    default void whatAnybodyTypesIsTextAndNothingElse() {
        Desk clerk = desk("暴晓岚");
        String number = desk("卫林书").propose("关于把_道路%口\"示范'线!延长㸚里\\的提案", "society");
        for (String typed : List.of("_道路%口", "\"示范'线", "线!延", "㸚里", "里\\的", "%口")) {
            HttpResponse<String> found = cases(clerk, q(typed));
            assertThat(found.statusCode()).as(typed).isEqualTo(200);
            assertThat(found.body()).as(typed).contains(number);
        }
        for (String typed : List.of(
                "道_路",
                "%道",
                "' or '1'='1",
                "\0",
                "\u202e",
                "{\"a\",b}",
                "𠮷𠮷",
                "<script>alert(1)</script>",
                "\\",
                "a\\",
                "--",
                "  ")) {
            HttpResponse<String> found = cases(clerk, q(typed));
            assertThat(found.statusCode()).as(typed).isEqualTo(200);
            assertThat(found.body()).as(typed).doesNotContain("<script>alert");
        }
        assertThat(cases(clerk, q("道_路")).body()).doesNotContain(number);
        HttpResponse<String> long4000 = cases(clerk, q("停".repeat(4000)));
        assertThat(long4000.statusCode()).isEqualTo(400);
        assertThat(long4000.body()).contains("检索词超过200字，请缩短后再查。");
        for (String bad : List.of(
                "after=x",
                "after=" + "A".repeat(3000),
                "kind=XX",
                "status=无此状态",
                "from=2026-13-01",
                "until=%2B999999999-12-31",
                "from=-999999999-01-01",
                "after=" + place("2026-11-23T00:00:00Z", "TA\0"),
                "after=" + place("+1000000000-12-31T23:59:59Z", "TA-2026-000001"),
                "due=x",
                "ledger=x")) {
            HttpResponse<String> refused = cases(clerk, bad);
            assertThat(refused.statusCode()).as(bad).isEqualTo(400);
            assertThat(refused.body()).as(bad).contains("class=\"refused\"");
        }
        String kept = cases(clerk, "state=closed&from=2026-13-01&" + q("停车")).body();
        assertThat(kept)
                .as("what else was chosen")
                .contains("value=\"停车\"")
                .containsPattern("value=\"closed\"[^>]* selected");
        assertThat(clerk.web().get("/cases/list.xlsx?until=2026-13-01").statusCode())
                .isEqualTo(400);
    }

    private static String place(String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    default void whatIsOnlyPlannedIsNeitherShownNorOfferedToThoseWhoPropose() {
        String number = until(signed(), "decideInMeeting");
        assertThat(numbers(with("status", "拟立案"), CLERK)).contains(number);
        assertThat(all(CaseQuery.ALL, PROPOSER).stream()
                        .filter(line -> line.number().equals(number))
                        .map(line -> line.cells().get(CaseColumn.STATUS)))
                .containsExactly("审查中（终审）");
        assertThat(bean(CaseList.class).offer(groups(PROPOSER), "").statuses()).doesNotContain("拟立案");
        assertThatThrownBy(() -> page(with("status", "拟立案"), PROPOSER)).isInstanceOf(Refusal.class);
        assertThat(numbers(with("status", "审查中（终审）"), PROPOSER)).contains(number);
    }

    @Test
    default void aViewIsKeptForThePersonAloneAndOneMayComeFirst() {
        Desk clerk = desk("宿明");
        HttpResponse<String> saved = clerk.web()
                .form(
                        "/cases/views",
                        List.of(Map.entry("name", "逾期的"), Map.entry("query", "due=late&c=title&c=due&x=1")));
        assertThat(saved.statusCode()).isEqualTo(302);
        SavedViews.SavedView view = bean(SavedViews.class).of("su-ming").get(0);
        assertThat(view.query()).isEqualTo("due=late&c=title&c=due");
        assertThat(desk("暴晓岚")
                        .web()
                        .form("/cases/views/" + view.id() + "/delete", List.of())
                        .statusCode())
                .isEqualTo(400);
        clerk.web().form("/cases/views/" + view.id() + "/first", List.of());
        HttpResponse<String> first = clerk.web().get("/cases");
        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(first.headers().firstValue("Location").orElse("")).endsWith("/cases?due=late&c=title&c=due");
        assertThat(clerk.web().get("/cases?all=yes").statusCode()).isEqualTo(200);
        clerk.web().form("/cases/views/" + view.id() + "/delete", List.of());
        assertThat(clerk.web().get("/cases").statusCode()).isEqualTo(200);
        assertThat(bean(SavedViews.class).of("su-ming")).isEmpty();
    }

    @Test
    default void manyAreChasedAtOnceEachByItselfAndWhoCannotBeIsNamed() {
        String waits = until(signed(), "firstReview");
        String own = until(signed(), "handle");
        Desk director = desk("路守正");
        HttpResponse<String> answer = director.web()
                .form(
                        "/cases/chase",
                        List.of(
                                Map.entry("number", waits),
                                Map.entry("number", "TA-2026-999999"),
                                Map.entry("number", own),
                                Map.entry("query", "kind=TA")));
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/cases?kind=TA");
        String page = director.web().follow(answer).body();
        assertThat(page).contains("已催办1件").contains("没有催办的案件", "已不能查看", "不归您催办");
        assertThat(db().sql("select count(*) from notice_outbox where case_number = :n and notice_key like 'chase:%'")
                        .param("n", waits)
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(director.web()
                        .follow(director.web().form("/cases/chase", List.of(Map.entry("number", waits))))
                        .body())
                .contains("今天已经催办过");
        String rests = until(signed(), "firstReview");
        bean(Suspensions.class).suspend(rests, "等待司法程序");
        assertThat(director.web()
                        .follow(director.web().form("/cases/chase", List.of(Map.entry("number", rests))))
                        .body())
                .contains("已暂停办理");
        assertThat(desk("卫林书")
                        .web()
                        .form("/cases/chase", List.of(Map.entry("number", waits)))
                        .statusCode())
                .isEqualTo(400);
    }
}
