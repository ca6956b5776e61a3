package org.banhao.notice.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.banhao.notice.Notice;
import org.banhao.notice.domain.NoticeTexts.Rendered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTextsTest {

    private final NoticeTexts texts = new NoticeTexts(new NoticeProperties(
            "https://ta.example.cn/",
            Path.of("unused"),
            new NoticeProperties.Outbox(List.of("mail")),
            new NoticeProperties.Mail("办好 <a@b.cn>")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coSignInvited",
                "coSignDropped",
                "submitted",
                "returned",
                "resubmissionOverdue",
                "filed",
                "notFiled",
                "converted",
                "merged",
                "deadlineMoved",
                "withdrawn",
                "assigned",
                "unitWordAsked",
                "assignmentDeemed",
                "returnRuled",
                "assignmentTakenOver",
                "assignmentWithdrawn",
                "unitsAssigned",
                "replyDelivered",
                "replyExtended",
                "feedbackOverdue",
                "secondHandling",
                "secondHandlingUnit",
                "coHandlingEnded",
                "unmerged",
                "mergeEnded",
                "mergeObjected",
                "consultationRecorded",
                "consultationDisputed",
                "consultationEntered",
                "keySelected",
                "keyRevoked",
                "solicitationCall",
                "solicitationReminder",
                "revisitBegun",
                "revisitReported",
                "revisitDone",
                "revisitEscalated",
                "seconded",
                "secondedChanged"
            })
    void every_template_has_subject_text_html_and_a_short_text_with_and_without_its_values(String template) {
        for (Map<String, String> values : List.of(Map.<String, String>of(), everything())) {
            Rendered rendered = texts.render(notice(template, values), "卫林书", false);
            assertThat(rendered.subject())
                    .contains("TA-2026-000001")
                    .doesNotContain("\n")
                    .doesNotContain("$");
            for (String body : List.of(rendered.text(), rendered.html())) {
                assertThat(body)
                        .contains("卫林书，您好", "TA-2026-000001", "本邮件不含提案正文", "https://ta.example.cn/")
                        .doesNotContain("${", "[(", "[[", "null", "th:", "[#");
            }
            assertThat(rendered.html())
                    .startsWith("<!DOCTYPE html>")
                    .doesNotContain("Values;")
                    .contains("</html>");
            assertThat(rendered.brief())
                    .startsWith("【办好】")
                    .contains("TA-2026-000001")
                    .hasSizeLessThanOrEqualTo(70);
            if (!values.isEmpty()) {
                String all = rendered.text();
                if (template.equals("notFiled")) assertThat(all).contains("理由：宣传、推介具体产品");
                if (template.equals("filed")) assertThat(all).contains("案号：第18号");
                if (template.equals("coSignInvited")) assertThat(all).contains("请在2026年3月26日 18:00（周四）前");
            }
        }
    }

    @Test
    void values_cannot_write_markup_or_a_second_header_line() {
        Map<String, String> values =
                Map.of("reason", "<script>alert(1)</script>\r\nBcc: x@y.cn", "caseNumber", "TA-1\r\nBcc: x@y.cn\u202e");
        Rendered rendered = texts.render(notice("returned", values), "<b>名</b>\n", false);
        assertThat(rendered.html())
                .doesNotContain("<script>")
                .doesNotContain("<b>")
                .contains("&lt;script&gt;");
        assertThat(rendered.subject()).isEqualTo("提案退回修改：TA-1 Bcc: x@y.cn");
        assertThat(rendered.text()).contains("<script>alert(1)</script> Bcc").doesNotContain("\nBcc");
    }

    @Test
    void expressions_in_values_stay_words() {
        Rendered rendered = texts.render(
                notice("returned", Map.of("reason", "[(${T(java.lang.Runtime)})] ${7*7} [[${7*7}]]")), "名", false);
        assertThat(rendered.text()).contains("[(${T(java.lang.Runtime)})] ${7*7}");
        assertThat(rendered.html()).contains("${7*7}").doesNotContain("49");
    }

    @Test
    void a_link_is_a_path_of_this_application_or_a_mistake() {
        assertThat(texts.render(notice("returned", Map.of("link", "/my/TA-2026-000001")), "名", false)
                        .text())
                .contains("https://ta.example.cn/my/TA-2026-000001");
        assertThat(texts.render(notice("returned", Map.of()), "名", false).text())
                .contains("https://ta.example.cn/cases/TA-2026-000001");
        assertThat(texts.render(notice("coSignInvited", Map.of()), "名", false).text())
                .contains("https://ta.example.cn/my");
        for (String link : List.of("https://evil.cn", "//evil.cn", "javascript:alert(1)", "/a\"onclick=")) {
            assertThatThrownBy(() -> texts.render(notice("returned", Map.of("link", link)), "名", false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "../layout", "", "_frame"})
    void an_unknown_template_is_a_mistake_of_the_caller(String template) {
        assertThatThrownBy(() -> texts.render(notice(template, Map.of()), "名", false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_very_long_case_number_never_makes_a_long_short_text() {
        assertThat(texts.render(notice("merged", Map.of("caseNumber", "长".repeat(200))), "名", false)
                        .brief())
                .hasSizeLessThanOrEqualTo(70);
    }

    /** The title is shortened for what else must be said; names too; nobody's message breaks in two, and none says nothing. */
    @ParameterizedTest
    @MethodSource("templates")
    void the_short_text_of_every_kind_is_one_message_with_the_longest_title_and_names(String template) {
        Map<String, String> values = everything();
        for (String key : List.copyOf(values.keySet())) values.put(key, "很长的名字或者单位名称".repeat(20));
        values.put("title", "关于" + "进一步完善城乡基层治理体系".repeat(10) + "的提案");
        values.put("state", "逾期1234个工作日");
        values.put("counts", "逾期999项，今日到期999项，3日内到期999项，新到999项");
        for (String key : List.of("absent", "substitute", "holder", "step")) values.put(key, "尼格买提·阿不都热合曼".repeat(9));
        for (boolean linked : List.of(false, true)) {
            String brief = texts.render(notice(template, values), "名", linked).brief();
            assertThat(brief).startsWith("【办好】").hasSizeLessThanOrEqualTo(70).doesNotContain("您有提案事项需要查看");
            boolean acts = Set.of("replyDelivered", "coSignInvited").contains(template);
            if (linked && acts) assertThat(brief).endsWith("https://ta.example.cn/l/" + StoredLinks.MASK);
            if (!Set.of("absence", "digest").contains(template))
                assertThat(brief).contains("TA-2026-000001");
            if (brief.contains("《")) assertThat(brief).contains("…》");
        }
    }

    /** It is read out and sent by others: no title, no content, and a link of one person's stays with him. */
    @ParameterizedTest
    @MethodSource("templates")
    void the_text_for_lists_is_one_message_with_the_number_and_neither_title_nor_link(String template) {
        for (boolean longest : List.of(false, true)) {
            Map<String, String> values = everything();
            if (longest) values.replaceAll((key, value) -> "很长的名字或者单位名称".repeat(20));
            values.put("title", "关于公园");
            String plain = texts.render(notice(template, values), "名", true).plain();
            assertThat(plain)
                    .startsWith("【办好】")
                    .hasSizeLessThanOrEqualTo(70)
                    .doesNotContain("公园", "《", "://", "您有提案事项需要查看");
            if (NoticeReasons.ALL.stream().anyMatch(reason -> reason.template().equals(template)))
                assertThat(plain).contains("TA-2026-000001");
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void every_notice_about_a_case_has_the_reason_with_which_its_subject_begins(String template) {
        if (Set.of("absence", "digest").contains(template)) return;
        String subject =
                texts.render(notice(template, everything()), "名", false).subject();
        assertThat(subject).startsWith(NoticeReasons.of(template).name().replaceFirst("（.*", ""));
    }

    @Test
    void the_short_text_of_what_is_filed_names_its_number_whole_or_not_at_all() {
        assertThat(texts.render(notice("filed", Map.of("fileNumber", "十四届五次第001号")), "名", false)
                        .brief())
                .isEqualTo("【办好】提案TA-2026-000001已立案，案号十四届五次第001号。");
        String session = "政协第十四届长治市委员会第五次会议".repeat(3);
        assertThat(texts.render(notice("filed", Map.of("fileNumber", session + "第001号")), "名", false)
                        .brief())
                .isEqualTo("【办好】提案TA-2026-000001已立案，请登录系统查看案号。");
    }

    static Stream<String> templates() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/templates/notice"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sms"))
                    .map(name -> name.substring(0, name.length() - ".sms".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void where_there_is_room_the_short_text_names_the_title() {
        String title = "关于加速“公园经济”发展的提案";
        assertThat(texts.render(notice("filed", Map.of("title", title)), "名", false)
                        .brief())
                .isEqualTo("【办好】提案TA-2026-000001《关于加速“公园经济”发展的提案》已立案，请登录系统查看案号。");
        assertThat(texts.render(notice("filed", Map.of("title", "关于" + "公园".repeat(60))), "名", false)
                        .brief())
                .hasSize(70)
                .contains("《关于公园公园", "…》已立案");
        assertThat(texts.render(notice("replyDelivered", Map.of("title", title)), "名", true)
                        .brief())
                .isEqualTo("【办好】请评价TA-2026-000001答复 https://ta.example.cn/l/" + StoredLinks.MASK);
    }

    @Test
    void a_long_address_costs_the_short_text_the_number_and_a_very_long_one_the_link() {
        assertThat(at("https://banhao.changzhi.gov.cn").brief())
                .isEqualTo("【办好】请评价答复 https://banhao.changzhi.gov.cn/l/" + StoredLinks.MASK);
        assertThat(at("https://banhao.zhengxie.changzhi.shanxi.gov.cn").brief())
                .isEqualTo("【办好】提案TA-2026-000001《关于公园的提案》的答复已送达，请登录系统查看并评价。");
    }

    private static Rendered at(String address) {
        return new NoticeTexts(new NoticeProperties(
                        address,
                        Path.of("unused"),
                        new NoticeProperties.Outbox(List.of("mail")),
                        new NoticeProperties.Mail("办好 <a@b.cn>")))
                .render(notice("replyDelivered", Map.of("title", "关于公园的提案")), "名", true);
    }

    private static Map<String, String> everything() {
        Map<String, String> values = new HashMap<>();
        values.put("title", "关于加速“公园经济”发展的提案");
        values.put("proposer", "卫林书");
        values.put("due", "2026年3月26日 18:00（周四）");
        values.put("names", "郜清远、申雨禾");
        values.put("period", "大会提案");
        values.put("reason", "建议不够具体");
        values.put("fileNumber", "第18号");
        values.put("ground", "宣传、推介具体产品");
        values.put("destination", "社情民意信息");
        values.put("leadCase", "TA-2026-000002");
        values.put("unit", "市教育局");
        values.put("before", "市城市管理局");
        values.put("role", "主办");
        values.put("kind", "电话联系");
        values.put("held", "2026年3月20日 09:30（周五）");
        values.put("units", "主办：市教育局；会办：市财政局");
        values.put("ruling", "维持，仍由市教育局办理");
        values.put("step", "退回修改后重提");
        return values;
    }

    private static Notice notice(String template, Map<String, String> values) {
        return new Notice("k", template, "wei", "TA-2026-000001", values);
    }
}
