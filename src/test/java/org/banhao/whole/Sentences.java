package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.banhao.testing.Desk;

/** What people are told when something is refused. */
final class Sentences {

    private static final Pattern SOFTWARE = Pattern.compile(
            "Exception|ENGINE-\\d|org\\.(?:camunda|banhao|springframework|h2|postgresql)|java\\.|\\bat [a-z]+\\.|\\bSQL|Whitelabel");

    private Sentences() {}

    /** A call refused with one Chinese sentence and no word of the software. */
    static void refused(HttpResponse<String> answer) {
        String where = answer.request().method() + " " + answer.request().uri() + " → " + answer.statusCode() + " "
                + answer.body();
        assertThat(answer.statusCode()).as(where).isBetween(400, 499);
        if (answer.headers().firstValue("Content-Type").orElse("").contains("json")) {
            assertThat(Desk.json(answer).path("message").asText()).as(where).matches(".*\\p{IsHan}.*[。！？].*");
            // the name of an engine's class may stand in the type, for scripts; people read the message
            told(Desk.json(answer).path("message").asText(), where);
        } else {
            assertThat(answer.body()).as(where).containsPattern("\\p{IsHan}");
            told(answer.body(), where);
        }
    }

    /** A page that may say what it likes, in Chinese and without a word of the software. */
    static void told(String page) {
        assertThat(page).containsPattern("\\p{IsHan}");
        told(page, page);
    }

    private static void told(String text, String where) {
        assertThat(SOFTWARE.matcher(text.replaceAll("<[^>]*>", " ")).find())
                .as(where)
                .isFalse();
    }
}
