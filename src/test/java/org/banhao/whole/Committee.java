package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;

/** The people who review, and the usual way of a proposal through their hands, over HTTP. */
final class Committee {

    private static final Pattern MEETING = Pattern.compile("[?&]meeting=(\\d+)");
    private static final Pattern EXPECTED = Pattern.compile("name=\"expected\"[^>]*value=\"(TA-\\d{4}-\\d{6})\"");

    final Desk clerk;
    final Desk reviewer;
    final Desk secretary;

    Committee(Whole whole) {
        clerk = whole.desk("暴晓岚");
        reviewer = whole.desk("苗正清");
        secretary = whole.desk("阎小满");
    }

    /** 初审. */
    void first(String number, String category) {
        clerk.answer(number, Map.of("firstVerdict", "file", "category", category));
    }

    /** 复审, with the category the form shows. @return that category */
    String second(String number) {
        String task = reviewer.task(number);
        Desk.ok(reviewer.claim(task), 204);
        String category = reviewer.shown(task).path("category").path("value").asText();
        Desk.ok(reviewer.submit(task, Map.of("secondVerdict", "file", "category", category)), 204);
        return category;
    }

    /** @return id of a meeting that has been held */
    String meeting(String name) {
        HttpResponse<String> answer = secretary
                .web()
                .form(
                        "/proposals/meetings",
                        List.of(
                                Map.entry("kind", "committee"),
                                Map.entry("name", name),
                                Map.entry("heldOn", "2026-01-15")));
        Matcher id = MEETING.matcher(answer.headers().firstValue("Location").orElse(""));
        assertThat(id.find()).as(answer.statusCode() + answer.body()).isTrue();
        // as a browser does: what is told once is told now
        assertThat(secretary.web().follow(answer).body()).contains("会议已建立");
        return id.group(1);
    }

    /** 终审: all of them in one table, put on file. */
    void decided(String meeting, List<String> numbers) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("meeting", meeting));
        for (String number : numbers) {
            fields.add(Map.entry("case", number));
            fields.add(Map.entry("verdict-" + number, "file"));
        }
        HttpResponse<String> answer = Desk.ok(secretary.web().form("/proposals/meetings/decisions", fields), 302);
        assertThat(secretary.web().follow(answer).body())
                .contains("已登记" + numbers.size() + "件")
                .doesNotContain("没有登记成的");
    }

    /** The list a clerk sees before he confirms it. */
    static List<String> waitingForNumbers(Desk clerk) {
        Matcher expected = EXPECTED.matcher(
                clerk.web().get("/proposals/register?order=bySubmission").body());
        List<String> numbers = new ArrayList<>();
        while (expected.find()) numbers.add(expected.group(1));
        return numbers;
    }

    /** @return the page that tells how it went */
    static String numberAll(Desk clerk, List<String> expected) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("order", "bySubmission"));
        expected.forEach(number -> fields.add(Map.entry("expected", number)));
        return clerk.web()
                .follow(Desk.ok(clerk.web().form("/proposals/register", fields), 302))
                .body();
    }

    /** From a member's page to where a clerk gives the number. @return the case numbers */
    List<String> upToTheNumber(Whole whole, String meeting, int count) {
        Desk member = whole.desk("郜清远");
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String number = member.propose("关于" + meeting + "第" + (i + 1) + "件事的提案", "society");
            first(number, "society");
            second(number);
            numbers.add(number);
        }
        decided(meeting(meeting), numbers);
        return numbers;
    }
}
