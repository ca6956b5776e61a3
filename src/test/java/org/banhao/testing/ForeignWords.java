package org.banhao.testing;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** What a person can read on a page and cannot understand: English, and keys nobody translated. */
public final class ForeignWords {

    /** Numbers of cases and files, addresses of mails, file names, and marks everybody knows; fields of HJ 212 by the standard's own names. */
    private static final String KNOWN =
            "(TA|DB|WF|ZJ|MN|HY)-\\d{4}-\\d+|[\\w.-]+@[\\w.-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|https?://\\S+"
                    + "|\\S+\\.(pdf|jpg|jpeg|png|docx?|xlsx?|txt|tsv)|Ctrl|Alt|Shift|Enter|Tab|Esc|PDF|OFD|LibreOffice|CSV|xlsx|docx|Word|Excel|MB|KB|kB|API|SM4|CRC|Flag|Modbus|kPa";

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_]{2,}(?:[- ][A-Za-z]+)*");
    private static final Pattern UNREAD =
            Pattern.compile("(?is)<!--.*?-->|<(script|style|noscript)\\b.*?</\\1>|<head>.*?(?=<title)");
    /** Shown by the browser as words of their own. */
    private static final Pattern SPOKEN = Pattern.compile(
            "(?i)\\b(?:title|placeholder|aria-label|alt)=\"([^\"]*)\"|<input type=\"(?:submit|button)\"[^>]*\\bvalue=\"([^\"]*)\"");

    private ForeignWords() {}

    /**
     * What may stand on a page: a regular expression, the same in Java and in a browser.
     *
     * @param logins of the people of the demonstration: a login name is what its owner types, any other key is one nobody translated
     */
    public static String allowed(Collection<String> logins) {
        return KNOWN + "|"
                + logins.stream()
                        // the longest first, so that none is left over from another
                        .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                        .collect(Collectors.joining("|"));
    }

    /** In the HTML of a page, hidden parts included. */
    public static Set<String> inPage(String html, Collection<String> logins) {
        String read = UNREAD.matcher(html).replaceAll(" ");
        Set<String> found = new TreeSet<>();
        Matcher spoken = SPOKEN.matcher(read);
        while (spoken.find()) found.addAll(inText(spoken.group(1) == null ? spoken.group(2) : spoken.group(1), logins));
        found.addAll(inText(read.replaceAll("(?s)<[^>]*>", " "), logins));
        return found;
    }

    static Set<String> inText(String text, Collection<String> logins) {
        String rest = HtmlUtils.htmlUnescape(text)
                .replaceAll("(?<![A-Za-z0-9])(?:" + allowed(logins) + ")(?![A-Za-z0-9])", " ");
        Set<String> found = new TreeSet<>();
        Matcher words = WORD.matcher(rest);
        while (words.find()) found.add(words.group());
        return found;
    }
}
