package org.banhao.notice.domain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.banhao.notice.Notice;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Turns a notice into subject, text, HTML and short text. Three engines of its own: pages and mails never share templates. */
@Component
class NoticeTexts {

    private static final int SHORT = 70;
    private static final int LONGEST_SUBJECT = 200;
    /** Of a name in a short text. */
    private static final int LONGEST_VALUE = 20;
    /** A shorter piece of a title says nothing. */
    private static final int LEAST_TITLE = 6;
    /** In short texts never cut. */
    private static final Set<String> WHOLE = Set.of("oneTime", "caseNumber", "counts", "fileNumber");
    /** How addresses of one-time links begin. */
    private static final String LINK = "/l/";

    private static final Pattern TEMPLATE = Pattern.compile("[a-zA-Z]{1,60}");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/_.?=&%#-]{0,300}");
    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

    private final SpringTemplateEngine html = engine(TemplateMode.HTML, ".html");
    private final SpringTemplateEngine text = engine(TemplateMode.TEXT, ".txt");
    private final SpringTemplateEngine shortText = engine(TemplateMode.TEXT, ".sms");
    private final String address;

    NoticeTexts(NoticeProperties properties) {
        this.address = properties.address().replaceAll("/+$", "");
    }

    /**
     * @param linked the message carries a one-time link, with {@link StoredLinks#MASK} for its secret
     * @throws IllegalArgumentException no such template, or a link that leaves the application: mistakes of the caller
     */
    Rendered render(Notice notice, String personName, boolean linked) {
        if (!TEMPLATE.matcher(notice.template()).matches()) {
            throw new IllegalArgumentException("Not a template: " + notice.template());
        }
        if (NoticeTexts.class.getResource("/templates/notice/" + notice.template() + ".txt") == null) {
            throw new IllegalArgumentException("No template " + notice.template());
        }
        Map<String, Object> values = new HashMap<>();
        if (notice.caseNumber() != null) values.put("caseNumber", notice.caseNumber());
        notice.values().forEach((key, value) -> {
            String clean = CONTROLS.matcher(value).replaceAll(" ").strip();
            if (!clean.isEmpty()) values.put(key, clean);
        });
        values.putIfAbsent("caseNumber", "");
        values.put(
                "lines",
                notice.lines().stream()
                        .map(line -> CONTROLS.matcher(line).replaceAll(" ").strip())
                        .toList());
        if (values.containsKey("due")) values.putIfAbsent("dueText", values.get("due"));
        values.put("name", CONTROLS.matcher(personName).replaceAll(" "));
        values.put("link", address + path(notice));
        if (linked) values.put("oneTime", address + LINK + StoredLinks.MASK);
        Context context = new Context(Locale.SIMPLIFIED_CHINESE, values);
        String[] whole = text.process(notice.template(), context).strip().split("\n", 2);
        String subject = cut(whole[0].strip(), LONGEST_SUBJECT);
        context.setVariable("subject", subject);
        return new Rendered(
                subject,
                whole.length < 2 ? "" : whole[1].strip() + "\n",
                html.process(notice.template(), context),
                brief(notice.template(), values),
                plain(notice.template(), values));
    }

    private String plain(String template, Map<String, Object> values) {
        Map<String, Object> plain = new HashMap<>(values);
        plain.keySet().removeAll(Set.of("title", "oneTime"));
        return brief(template, plain);
    }

    /**
     * Says as much as fits: number and title, the title shortened; the number alone; neither, where a link needs the room; without the
     * link. Nothing that stands in it makes it longer than one short message.
     */
    private String brief(String template, Map<String, Object> values) {
        Map<String, Object> cut = new HashMap<>();
        values.forEach((key, value) -> cut.put(
                key, value instanceof String words && !WHOLE.contains(key) ? cut(words, LONGEST_VALUE) : value));
        String number = String.valueOf(values.get("caseNumber"));
        String brief = brief(template, cut, number);
        if (brief.length() > SHORT && cut.containsKey("oneTime")) {
            brief = brief(template, cut, "");
            if (brief.length() > SHORT) {
                cut.remove("oneTime");
                brief = brief(template, cut, number);
            }
        }
        // half a number is none
        if (brief.length() > SHORT && cut.remove("fileNumber") != null) brief = brief(template, cut, number);
        int room = SHORT - brief.length() - "《》".length();
        if (values.get("title") instanceof String title && room >= LEAST_TITLE && brief.contains(number)) {
            brief = brief(template, cut, number + "《" + cut(title, room) + "》");
        }
        return brief.length() > SHORT ? "【办好】您有提案事项需要查看，请登录系统。" : brief;
    }

    private String brief(String template, Map<String, Object> values, String matter) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("matter", matter);
        return shortText
                .process(template, new Context(Locale.SIMPLIFIED_CHINESE, all))
                .strip();
    }

    private static String path(Notice notice) {
        String given = notice.values().get("link");
        if (given == null || given.isBlank()) {
            // who is invited may not read the case yet
            if (notice.template().equals("coSignInvited")) return "/my";
            return notice.caseNumber() == null ? "/" : "/cases/" + notice.caseNumber();
        }
        if (!PATH.matcher(given).matches() || given.startsWith("//")) {
            throw new IllegalArgumentException("Not a path of this application: " + given);
        }
        return given;
    }

    private static String cut(String words, int most) {
        if (words.length() <= most) return words;
        int end = Character.isHighSurrogate(words.charAt(most - 2)) ? most - 2 : most - 1;
        return words.substring(0, end) + "…";
    }

    private static SpringTemplateEngine engine(TemplateMode mode, String suffix) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(NoticeTexts.class.getClassLoader());
        resolver.setPrefix("templates/notice/");
        resolver.setSuffix(suffix);
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        resolver.setCacheable(true);
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(resolver);
        return engine;
    }

    /**
     * @param brief at most 70 characters with signature, number and title; no content
     * @param plain the same without title and link, for lists that leave the house
     */
    record Rendered(String subject, String text, String html, String brief, String plain) {}
}
