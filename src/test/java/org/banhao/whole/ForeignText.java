package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.proposal.domain.Sessions;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** What people type, whatever it is: kept to the letter, shown as letters, and never longer than was said. */
interface ForeignText extends Whole {

    /** An emoji, an ideograph of plane 2, one of extension A, digits of full width. */
    String RARE = "😀𠮷㸚１２３";

    /** Another one for each field, so that the field that leaks is named. */
    private static String markup(String field) {
        return "<script>alert('" + field + "')</script><img src=x onerror=alert(1)>\"'&{{7*7}}${7*7}";
    }

    private static List<Map.Entry<String, String>> fields(Map<String, String> changed) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "version", "1",
                "title", "关于文字原样保存的提案",
                "situation", "情况。",
                "analysis", "分析。",
                "suggestions", "建议。",
                "category", "society",
                "consent", "full",
                "noSecret", "on"));
        fields.putAll(changed);
        return new ArrayList<>(fields.entrySet());
    }

    /** @return the answer, and the number in front of it */
    private Map.Entry<String, HttpResponse<String>> handIn(Desk member, Map<String, String> changed) {
        String number = member.begin();
        return Map.entry(number, member.web().form("/my/drafts/" + number + "/submit", fields(changed)));
    }

    private static void noMarkup(String where, String html) {
        assertThat(html)
                .as(where)
                .doesNotContain("<script>alert(", "<img src=x", "onerror=alert(1)>")
                .doesNotContain("49${");
    }

    @Test
    default void markupInAnyTextOfAProposalIsShownAsTextOnPagesInFormsOnCardsAndInMails() {
        Desk member = desk("申雨禾");
        Desk clerk = desk("暴晓岚");
        List<String> open = List.of("title", "situation", "analysis", "suggestions", "raisedBeforeNote");
        Map<String, String> changed = new LinkedHashMap<>();
        open.forEach(field -> changed.put(field, markup(field)));
        changed.put("title", "<script>alert('title')</script>");
        changed.put("raisedBefore", "on");
        var handedIn = handIn(member, changed);
        String number = handedIn.getKey();
        Desk.ok(handedIn.getValue(), 302);
        clerk.answer(
                number, Map.of("firstVerdict", "file", "category", "society", "firstOpinion", markup("firstOpinion")));
        Desk reviewer = desk("苗正清");
        String task = reviewer.task(number);

        Map<String, Desk> pages = new LinkedHashMap<>();
        for (String address : List.of("/my", "/my/proposals/" + number, "/my/proposals/" + number + "/receipt"))
            pages.put(address, member);
        pages.put("/cases/" + number, clerk);
        pages.put("/cases/" + number + "/fragment", reviewer);
        pages.put("/cases/by-task/" + task, reviewer);
        pages.forEach((address, reader) -> {
            String page = Desk.ok(reader.web().get(address), 200).body();
            noMarkup(address, page);
            assertThat(page).as(address).contains("&lt;script&gt;alert(&#39;title&#39;)");
        });
        assertThat(clerk.web().get("/cases/" + number).body())
                .contains(List.of("situation", "analysis", "suggestions", "raisedBeforeNote", "firstOpinion").stream()
                        .map(field -> "&lt;script&gt;alert(&#39;" + field + "&#39;)")
                        .toArray(String[]::new));

        // Tasklist's list and forms get data, which its own templates write as text
        String query =
                "{\"processVariables\":[{\"name\":\"number\",\"operator\":\"eq\",\"value\":\"" + number + "\"}]}";
        HttpResponse<String> list = Desk.ok(
                reviewer.engine("POST", "/filter/" + Desk.TODO + "/list?firstResult=0&maxResults=10", query), 200);
        assertThat(list.headers().firstValue("Content-Type").orElse("")).contains("json");
        assertThat(list.headers().firstValue("X-Content-Type-Options").orElse(""))
                .isEqualTo("nosniff");
        assertThat(Desk.json(list).toString()).contains("alert('title')");
        JsonNode shown = reviewer.shown(task);
        assertThat(shown.toString()).contains("alert('firstOpinion')");

        List<String> mails = db().sql("select html_body from notice_outbox where case_number = ?")
                .param(number)
                .query(String.class)
                .list();
        assertThat(mails).isNotEmpty().allSatisfy(mail -> {
            noMarkup("mail", mail);
            assertThat(mail).contains("&lt;script&gt;");
        });
    }

    @Test
    default void rareLettersAreKeptToTheByte() {
        Desk member = desk("申雨禾");
        Desk clerk = desk("暴晓岚");
        String title = "关于" + RARE + "的提案";
        var handedIn = handIn(
                member, Map.of("title", title, "situation", RARE + "情况", "analysis", "分析" + RARE, "suggestions", RARE));
        String number = handedIn.getKey();
        Desk.ok(handedIn.getValue(), 302);
        clerk.answer(number, Map.of("firstVerdict", "file", "category", "society", "firstOpinion", RARE + "可行"));

        List<String> kept = db().sql(
                        "select situation || analysis || title from proposal_proposal where case_number = ?")
                .param(number)
                .query(String.class)
                .list();
        assertThat(kept.get(0).getBytes(StandardCharsets.UTF_8))
                .isEqualTo((RARE + "情况分析" + RARE + title).getBytes(StandardCharsets.UTF_8));
        assertThat(clerk.web().get("/cases/" + number).body()).contains(title, RARE + "情况", RARE + "可行");
        assertThat(member.web().get("/my/proposals/" + number).body()).contains(title, "分析" + RARE);
        Desk reviewer = desk("苗正清");
        assertThat(reviewer.shown(reviewer.task(number)).toString()).contains(RARE);
        assertThat(reviewer.list(Desk.TODO, Desk.text(Map.of("nameLike", "%" + RARE + "%")))
                        .toString())
                .contains(title);
        assertThat(db().sql("select subject || text_body from notice_outbox where case_number = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .allMatch(mail -> mail.contains(RARE));
    }

    /** A draft may be too long; what is handed in may not, and says by how much. */
    @Test
    default void aTextOverTheSessionsLimitIsKeptInTheDraftAndRefusedWhenItIsHandedIn() {
        Desk member = desk("申雨禾");
        int most = bean(Sessions.class).open().orElseThrow().textLimit();
        String number = member.begin();
        String long4001 = "字".repeat(4_001);
        String body = Desk.text(Map.of(
                "version",
                1,
                "content",
                Map.of("title", "关于长文的提案", "situation", long4001, "suggestions", List.of("建议。"))));
        Desk.ok(
                member.web()
                        .script(
                                "PUT",
                                "/my/drafts/" + number,
                                "application/json",
                                body.getBytes(StandardCharsets.UTF_8)),
                200);
        assertThat(member.web().get("/my/drafts/" + number).body()).contains(long4001);

        HttpResponse<String> refused =
                handIn(member, Map.of("situation", "字".repeat(most + 1))).getValue();
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("情况最多" + most + "字（现" + (most + 1) + "字）");
        Desk.ok(handIn(member, Map.of("situation", "字".repeat(most))).getValue(), 302);
        assertThat(handIn(member, Map.of("analysis", "字".repeat(most + 1)))
                        .getValue()
                        .body())
                .contains("问题分析最多" + most + "字");
    }

    @Test
    default void aNumberOutOfItsRangeIsRefusedWithTheFieldsName() {
        Desk member = desk("申雨禾");
        Committee committee = new Committee(this);
        String number = member.propose("关于议程序号的提案", "society");
        committee.first(number, "society");
        committee.second(number);
        String meeting = committee.meeting("议程序号会议");
        Desk secretary = committee.secretary;
        String task = secretary.task(number);
        Desk.ok(secretary.claim(task), 204);
        Map<String, Object> good = new LinkedHashMap<>(Map.of("finalVerdict", "file", "meeting", meeting));
        for (Object agenda : List.of(0, -1, 10_000, 1.5, 99_999_999_999L, "x", true)) {
            Map<String, Object> bad = new LinkedHashMap<>(good);
            bad.put("agendaNumber", agenda);
            HttpResponse<String> answer = secretary.submit(task, bad);
            Sentences.refused(answer);
            assertThat(answer.body()).as("%s", agenda).contains("议程序号");
        }
        for (String typed : List.of("0", "10000", "1.5", "x")) {
            HttpResponse<String> answer = secretary
                    .web()
                    .form(
                            "/proposals/meetings/decisions",
                            List.of(
                                    Map.entry("meeting", meeting),
                                    Map.entry("case", number),
                                    Map.entry("verdict-" + number, "file"),
                                    Map.entry("agenda-" + number, typed)));
            String told =
                    answer.statusCode() == 302 ? secretary.web().follow(answer).body() : answer.body();
            assertThat(told).as(typed).contains("议程序号");
        }
        assertThat(secretary.task(number)).as("nothing is decided").isEqualTo(task);
        good.put("agendaNumber", 9_999);
        Desk.ok(secretary.submit(task, good), 204);
    }
}
