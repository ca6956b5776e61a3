package org.banhao.proposal.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.document.WordText;
import org.jspecify.annotations.Nullable;

/**
 * A proposal's text as it was found in a Word file or in pasted text, for its writer to correct. A guess by headings and the phrases
 * proposals are written with; what could not be placed is not dropped but told.
 *
 * @param leftOut lines that belong to no field of the text, such as 提案人：某某, in their order
 * @param remarks what the writer has to look at, each a Chinese sentence
 */
public record TakenText(
        String title,
        String situation,
        String analysis,
        List<String> suggestions,
        List<String> leftOut,
        List<String> remarks) {

    public static TakenText of(WordText word) {
        List<Line> lines = new ArrayList<>();
        for (WordText.Paragraph paragraph : word.paragraphs()) {
            for (String part : paragraph.text().split("\n")) {
                lines.add(new Line(clean(part), paragraph.heading() > 0));
            }
        }
        return new Splitter(lines, word.remarks()).split();
    }

    /** @param text as it comes out of a browser's field */
    public static TakenText of(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : Texts.text(text, Integer.MAX_VALUE, "text", "全文").split("\n")) {
            lines.add(new Line(clean(line), false));
        }
        return new Splitter(lines, List.of()).split();
    }

    /** @param heading by its style in Word */
    private record Line(String text, boolean heading) {}

    private static final Pattern SPACES = Pattern.compile("[\\u0020\\u00A0\\u2000-\\u200A\\u202F\\u3000\\t]+");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\uFEFF]");

    /** Symbols of Word's own fonts: bullets that no other font draws. */
    private static final Pattern PRIVATE = Pattern.compile("[\\uE000-\\uF8FF]");

    /** 案　　由, 提 案 表: letters that were spread over the line. */
    private static final Pattern SPREAD = Pattern.compile("\\p{IsHan}(?: \\p{IsHan}){1,7}[:：]?");

    /** What formatting leaves behind: spaces that indent or spread, bullets, marks of direction. */
    static String clean(String line) {
        String text = PRIVATE.matcher(INVISIBLE.matcher(line).replaceAll("")).replaceAll("");
        text = SPACES.matcher(text).replaceAll(" ").strip();
        return SPREAD.matcher(text).matches() ? text.replace(" ", "") : text;
    }

    /** The three parts, in the order in which a proposal is written. */
    private enum Part {
        SITUATION("情况|现状|背景|概况|事由|案由说明|正文|提案内容|内容"),
        ANALYSIS("问题|分析|原因|不足|困难|短板|影响|必要性|瓶颈"),
        SUGGESTIONS("建议|办法|对策|措施|解决方案|意见和建议");

        private final Pattern words;

        Part(String words) {
            this.words = Pattern.compile(words);
        }
    }

    /** How a list is numbered; whoever numbers 一、 above and 1. below means the suggestions by one of them. */
    private enum Mark {
        CHINESE("[一二三四五六七八九十]{1,3}、\\s*"),
        CHINESE_BRACKETS("[（(][一二三四五六七八九十]{1,3}[）)]、?\\s*"),
        FIGURE("\\d{1,2}(?:[.．](?!\\d)|、)\\s*"),
        FIGURE_BRACKETS("(?:[（(]\\d{1,2}[）)]|\\d{1,2}[）)])\\s*"),
        CIRCLE("[①-⑳]\\s*"),
        ORDINAL("第[一二三四五六七八九十]{1,3}[，、,：:]\\s*"),
        FIRSTLY("[一二三四五六七八九十]是(?=[^否])\\s*"),
        SECTION("第[一二三四五六七八九十]{1,3}(?:部分|章|节)[，、：:\\s]*"),
        BULLET("[•●○◆◇■□▪·\\-—*]\\s+");

        private final Pattern pattern;

        Mark(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        static @Nullable Mark of(String line) {
            for (Mark mark : values()) {
                if (mark.pattern.matcher(line).lookingAt()) {
                    return mark;
                }
            }
            return null;
        }

        static String without(String line) {
            Mark mark = of(line);
            return mark == null ? line : mark.pattern.matcher(line).replaceFirst("");
        }
    }

    private static final int LONGEST_HEADING = 24;
    private static final int LONGEST_TITLE = 80;
    private static final int LONGEST_LEAD_IN = 45;

    private static final class Splitter {
        private static final Pattern NAMED_TITLE =
                Pattern.compile("(?:案\\s?由|题\\s?目|标\\s?题|提案名称|提案题目|提案标题)(?:\\s?(?:[:：|]\\s?)+|\\s?(?=[《“]?关于))(.+)");
        private static final Pattern ENDS_LIKE_A_TITLE = Pattern.compile(".*(?:提案|建议案|议案|建议|意见)[》”]?");
        private static final Pattern ABOUT = Pattern.compile("[《“]?关于.+");

        /** Fields of the form that stand elsewhere on the page, and the heads of printed forms. */
        private static final Pattern FORM =
                Pattern.compile("(?:第一提案人|提案人|提案者|提案单位|提案委员|联名人|附议人|委员姓名|姓名|界别|党派|委员证号|工作单位|单位及职务|单位职务|单位|职务|职称|"
                        + "联系人|联系电话|联系方式|电话|手机|通讯地址|通信地址|地址|邮编|邮政编码|类别|提案类别|提案分类|编号|案号|提案号|日期|提交日期|提交时间|"
                        + "建议承办单位|拟办单位|承办单位|主题词|关键词|审查意见)\\s?[:：|].*");

        private static final Pattern HEAD_OF_FORM =
                Pattern.compile("(?:中国人民)?政(?:治)?协(?:商会议)?.{0,30}(?:提案|提案表|提案纸|会议|委员会)|提\\s?案(?:表|纸)?");
        private static final Pattern DAY = Pattern.compile("(?:\\d{4}|[〇○零一二三四五六七八九]{4})\\s?年.{1,6}月(?:.{1,4}日)?");
        private static final Pattern LEAD_IN =
                Pattern.compile(".*(?:建议|对策|措施|办法|意见)(?:如下|有以下.{0,6}|包括)?[，,]?(?:具体)?(?:如下)?[:：。]");
        private static final Pattern COLON = Pattern.compile("([^:：]{1,26}?)[:：]\\s?(.*)");

        private final List<Line> lines;
        private final List<String> remarks;
        private final List<String> leftOut = new ArrayList<>();
        private final List<String> below = new ArrayList<>();
        private final List<String> situation = new ArrayList<>();
        private final List<String> analysis = new ArrayList<>();
        private final List<StringBuilder> suggestions = new ArrayList<>();
        private String title = "";

        /** The mark of the headings of the parts. */
        private @Nullable Mark headings;

        /** The mark by which suggestions are told apart, once one was seen. */
        private @Nullable Mark items;

        Splitter(List<Line> lines, List<String> remarks) {
            this.lines = new ArrayList<>(
                    lines.stream().filter(line -> !line.text().isEmpty()).toList());
            this.remarks = new ArrayList<>(remarks);
        }

        TakenText split() {
            tail();
            title();
            if (!body()) {
                remarks.add(0, "没有认出“情况”“问题”“建议”等小标题，全文都放在“情况”里，请剪切到相应栏目。");
            } else {
                tellMissing();
            }
            if (title.isEmpty()) {
                remarks.add("没有认出案由，请填写。");
            }
            leftOut.addAll(below);
            return new TakenText(
                    title,
                    String.join("\n", situation),
                    String.join("\n", analysis),
                    suggestions.stream().map(StringBuilder::toString).toList(),
                    List.copyOf(leftOut),
                    List.copyOf(remarks));
        }

        private void tellMissing() {
            List<String> missing = new ArrayList<>();
            if (situation.isEmpty()) missing.add("情况");
            if (analysis.isEmpty()) missing.add("问题分析");
            if (suggestions.isEmpty()) missing.add("建议");
            if (!missing.isEmpty()) {
                remarks.add("没有认出“" + String.join("”“", missing) + "”，请核对各栏的内容。");
            }
        }

        /** Signature and date below the text. */
        private void tail() {
            while (lines.size() > 1) {
                String last = lines.get(lines.size() - 1).text();
                boolean day = DAY.matcher(last).matches();
                boolean signed = last.length() <= 20 && last.matches("(?:市?政协)?委员[:： ]?.{2,8}");
                if (!day && !signed && !FORM.matcher(last).matches()) break;
                below.add(0, last);
                lines.remove(lines.size() - 1);
            }
        }

        private void title() {
            List<String> before = new ArrayList<>();
            int at = 0;
            for (; at < lines.size() && at < 12; at++) {
                String line = lines.get(at).text();
                Matcher named = NAMED_TITLE.matcher(line);
                if (named.matches()) {
                    title = bare(named.group(1));
                    at++;
                    break;
                }
                if (line.matches("(?:案\\s?由|题\\s?目|标\\s?题)[:：]?") && at + 1 < lines.size()) {
                    title = bare(lines.get(at + 1).text());
                    at += 2;
                    break;
                }
                if (FORM.matcher(line).matches()
                        || HEAD_OF_FORM.matcher(line).matches()
                        || DAY.matcher(line).matches()) {
                    before.add(line);
                    continue;
                }
                int taken = titleAt(at);
                if (taken > 0) {
                    at += taken;
                    break;
                }
                // the text has begun: what stands before it may still be named further down
                at = 0;
                before.clear();
                break;
            }
            if (title.isEmpty()) {
                return;
            }
            leftOut.addAll(0, before);
            lines.subList(0, at).clear();
            while (!lines.isEmpty() && FORM.matcher(lines.get(0).text()).matches()) {
                leftOut.add(lines.remove(0).text());
            }
        }

        /** @return how many lines the title takes; 0: no title stands here */
        private int titleAt(int at) {
            Line line = lines.get(at);
            String next = at + 1 < lines.size() ? lines.get(at + 1).text() : "";
            if (ABOUT.matcher(line.text()).matches() && line.text().length() <= LONGEST_TITLE) {
                if (ENDS_LIKE_A_TITLE.matcher(line.text()).matches()) {
                    title = bare(line.text());
                    return 1;
                }
                boolean goesOn = line.text().length() + next.length() <= LONGEST_TITLE
                        && ENDS_LIKE_A_TITLE.matcher(next).matches()
                        && part(next) == null;
                if (goesOn) {
                    title = bare(line.text() + next);
                    return 2;
                }
            }
            boolean short1 =
                    line.text().length() <= LONGEST_TITLE && !line.text().matches(".*[。；，：:]");
            boolean alone = line.heading() && part(line.text()) == null && Mark.of(line.text()) == null;
            if (short1 && (alone || ENDS_LIKE_A_TITLE.matcher(line.text()).matches() && part(line.text()) == null)) {
                title = bare(line.text());
                return 1;
            }
            return 0;
        }

        /** Without the brackets and quotes around it. */
        private static String bare(String text) {
            return text.replaceAll("^[《“\"]+|(?<![》”\"])[》”\"]+$", "").strip();
        }

        /** A heading and, after its colon, what already is text. */
        private record Heading(Part part, String rest) {}

        private static @Nullable Part part(String line) {
            Heading heading = heading(line, false);
            return heading == null ? null : heading.part();
        }

        private static @Nullable Heading heading(String line, boolean styled) {
            boolean marked = Mark.of(line) != null;
            String text = bracketless(Mark.without(line)).replace(" | ", "：");
            Matcher colon = COLON.matcher(text);
            String head = text;
            String rest = "";
            if (colon.matches()) {
                head = colon.group(1);
                rest = colon.group(2);
            }
            String packed = head.replaceAll("\\s", "");
            if (packed.isEmpty() || packed.length() > LONGEST_HEADING || packed.matches(".*[。；！？，,].*")) {
                return null;
            }
            Part found = named(packed);
            if (found == null) {
                return null;
            }
            // 交通问题突出 as a line of its own, without number, style or colon, is a sentence unless it is a phrase of the
            // field
            boolean phrase = packed.length() <= 8;
            return marked || styled || phrase || colon.matches() ? new Heading(found, rest) : null;
        }

        private static String bracketless(String text) {
            return text.replaceAll("^[【\\[]([^】\\]]*)[】\\]]", "$1：").replaceAll("：：|：:", "：");
        }

        /** The word that stands last decides: 存在问题的对策建议 are suggestions, 建议背景 is a situation. */
        private static @Nullable Part named(String head) {
            Part found = null;
            int last = -1;
            for (Part part : Part.values()) {
                Matcher word = part.words.matcher(head);
                while (word.find()) {
                    if (word.end() > last) {
                        last = word.end();
                        found = part;
                    }
                }
            }
            // 现状及存在的问题 tells of both; 问题分析 of one
            return found;
        }

        private boolean body() {
            Part now = Part.SITUATION;
            boolean any = false;
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                Mark mark = Mark.of(line.text());
                Heading heading = heading(line.text(), line.heading());
                if (heading != null && begins(heading, mark, now, line, any)) {
                    any = true;
                    now = heading.part();
                    if (mark != null) headings = mark;
                    if (!heading.rest().isEmpty()) add(now, heading.rest());
                    continue;
                }
                if (now != Part.SUGGESTIONS && leadsIn(line.text())) {
                    any = true;
                    now = Part.SUGGESTIONS;
                    leadIn(line.text());
                    continue;
                }
                add(now, line.text());
            }
            return any;
        }

        /** A numbered line of the list within a part is no heading of another part, though it has its words: 1.办法不多。 */
        private boolean begins(Heading heading, @Nullable Mark mark, Part now, Line line, boolean any) {
            if (!any) return true;
            if (now == Part.SUGGESTIONS) {
                // after suggestions nothing else begins but by a heading of the same kind
                boolean sameKind = headings != null && mark == headings && mark != items;
                return heading.part() != Part.SUGGESTIONS && (line.heading() || sameKind);
            }
            if (heading.part() == now) return heading.rest().isEmpty() && mark == headings;
            return mark == null || mark == headings || headings == null && line.heading();
        }

        /** 为此，提出以下建议： */
        private static boolean leadsIn(String line) {
            return line.length() <= 120
                    && LEAD_IN.matcher(line).matches()
                    && line.matches(".*(?:为此|因此|对此|综上|建议如下|以下.{0,4}(?:建议|对策|措施)|特?提出|几点).*");
        }

        /** 为此，建议如下： says nothing beside the numbered suggestions; what is longer may say something. */
        private void leadIn(String text) {
            if (text.length() > LONGEST_LEAD_IN) {
                analysis.add(text);
            } else if (text.length() > 20) {
                leftOut.add(text);
            }
        }

        private void add(Part part, String text) {
            switch (part) {
                case SITUATION -> situation.add(text);
                case ANALYSIS -> analysis.add(text);
                case SUGGESTIONS -> suggestion(text);
            }
        }

        private void suggestion(String text) {
            Mark mark = Mark.of(text);
            boolean leads = text.endsWith("：") || text.endsWith(":");
            if (mark == null
                    && suggestions.isEmpty()
                    && leads
                    && LEAD_IN.matcher(text).matches()) {
                leadIn(text);
                return;
            }
            if (items == null && mark != null) {
                items = mark;
            }
            boolean begins =
                    mark != null && (mark == items || mark == headings) || items == null || suggestions.isEmpty();
            if (begins) {
                suggestions.add(new StringBuilder(Mark.without(text)));
            } else {
                suggestions.get(suggestions.size() - 1).append('\n').append(text);
            }
        }
    }
}
