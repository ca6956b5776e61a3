package org.banhao.flow.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.Shown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormContractTest {

    private static final Shown NOTHING = Shown.NOTHING;

    private static FormSchema form(String... components) {
        return FormSchema.parse(("{\"id\":\"t\",\"components\":[" + String.join(",", components) + "]}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String field(String type, String rest) {
        return "{\"type\":\"" + type + "\",\"key\":\"x\",\"label\":\"事由\"" + (rest.isEmpty() ? "" : "," + rest) + "}";
    }

    private static Answer check(FormSchema form, Map<String, Object> raw, Shown shown) {
        return FormContract.check(form, raw, shown, ids -> ids.stream().allMatch("mine"::equals));
    }

    private static Answer check(String field, Object value) {
        Map<String, Object> raw = new HashMap<>();
        raw.put("x", value);
        return check(form(field), raw, NOTHING);
    }

    private static void refused(String field, Object value, String sentence) {
        assertThatThrownBy(() -> check(field, value))
                .isExactlyInstanceOf(Refusal.class)
                .hasMessage(sentence)
                .extracting(refusal -> ((Refusal) refusal).field())
                .isEqualTo("x");
    }

    @Test
    void requiredTextIsMissingWhenEmptyNullOrAbsent() {
        String required = field("textfield", "\"validate\":{\"required\":true}");
        refused(required, "", "「事由」必须填写。");
        refused(required, null, "「事由」必须填写。");
        assertThatThrownBy(() -> check(form(required), Map.of(), NOTHING)).hasMessage("「事由」必须填写。");
        assertThat(check(required, "a").text("x")).isEqualTo("a");
    }

    @Test
    void lengthsAreCountedAsTheBrowserCountsThem() {
        refused(field("textarea", "\"validate\":{\"maxLength\":3}"), "政协提案", "「事由」最多 3 个字（现 4 个）。");
        refused(field("textarea", "\"validate\":{\"maxLength\":3}"), "😀😀", "「事由」最多 3 个字（现 4 个）。");
        refused(field("textarea", "\"validate\":{\"minLength\":3}"), "ab", "「事由」至少 3 个字（现 2 个）。");
        assertThat(check(field("textarea", "\"validate\":{\"minLength\":3}"), "")
                        .values())
                .isEmpty();
    }

    @Test
    void patternIsSearchedForAndSaysItsOwnSentence() {
        String phone =
                field("textfield", "\"validate\":{\"pattern\":\"^1\\\\d{10}$\",\"patternErrorMessage\":\"须是手机号\"}");
        refused(phone, "138", "「事由」格式不正确：须是手机号。");
        refused(field("textfield", "\"validate\":{\"pattern\":\"\\\\d{3}\"}"), "ab", "「事由」格式不正确。");
        assertThat(check(field("textfield", "\"validate\":{\"pattern\":\"\\\\d{3}\"}"), "ab123")
                        .text("x"))
                .isEqualTo("ab123");
        assertThat(check(phone, "１３８００００００００").text("x")).isEqualTo("13800000000");
    }

    @Test
    void aTextFieldIsOneLine() {
        refused(field("textfield", ""), "a\nb", "「事由」只能是一行。");
        assertThat(check(field("textarea", ""), "a\nb").text("x")).isEqualTo("a\nb");
    }

    @Test
    void charactersADatabaseCannotHoldAreRefused() {
        refused(field("textarea", ""), "a\u0000b", "「事由」含有不可见的控制字符，请删除后重新填写。");
        refused(field("textarea", ""), "a\uD83D", "「事由」含有残缺的字符，请删除后重新填写。");
        assertThat(check(field("textarea", ""), "😀\t\r\n").text("x")).isEqualTo("😀\t\r\n");
        assertThatThrownBy(() -> check(field("textarea", ""), "字".repeat(200_001)))
                .hasMessageContaining("最多 200000 个字");
    }

    @ParameterizedTest
    @CsvSource({"12,12", "１２．５,12.5", "-3,-3", "1e3,1E+3"})
    void numbersAreReadAlsoAsTextAndInFullWidth(String given, String number) {
        assertThat(check(field("number", ""), given).number("x")).isEqualByComparingTo(new BigDecimal(number));
    }

    @Test
    void numbersStayInTheirBounds() {
        String bounded = field("number", "\"decimalDigits\":1,\"validate\":{\"min\":1,\"max\":180}");
        refused(bounded, 0, "「事由」不能小于 1。");
        refused(bounded, 180.5, "「事由」不能大于 180。");
        refused(bounded, 1.55, "「事由」最多 1 位小数。");
        refused(field("number", "\"decimalDigits\":0"), 1.5, "「事由」须是整数。");
        refused(bounded, "十二", "「事由」须是数字。");
        refused(bounded, true, "「事由」须是数字。");
        refused(bounded, "1e999999999", "「事由」须是数字。");
        refused(bounded, Double.NaN, "「事由」须是数字。");
        assertThat(check(bounded, 1L).number("x")).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void checkboxesAreTickedOrNot() {
        String required = field("checkbox", "\"validate\":{\"required\":true}");
        refused(required, false, "「事由」须勾选。");
        refused(required, null, "「事由」须勾选。");
        refused(required, "true", "「事由」须是“是”或“否”。");
        assertThat(check(field("checkbox", ""), false).yes("x")).isFalse();
        assertThat(check(required, true).yes("x")).isTrue();
    }

    @Test
    void onlyWhatIsOfferedAtThisMomentMayBeChosen() {
        String radio = field("radio", "\"values\":[{\"label\":\"A\",\"value\":\"a\"}]");
        refused(radio, "c", "「事由」选了不在可选范围内的一项，请重新选择。");
        refused(radio, 1, "「事由」须是文字。");
        FormSchema asked = form(field("select", "\"valuesKey\":\"units\""));
        Shown units = new Shown(Map.of(), Map.of("units", List.of(new Shown.Option("教育局", "edu"))));
        assertThat(check(asked, Map.of("x", "edu"), units).text("x")).isEqualTo("edu");
        assertThatThrownBy(() -> check(asked, Map.of("x", "health"), units)).hasMessageContaining("可选范围");
        assertThatThrownBy(() -> check(asked, Map.of("x", "edu"), NOTHING)).hasMessageContaining("可选范围");
    }

    @Test
    void severalChoicesAreAListWithoutDoubles() {
        String list =
                field("checklist", "\"values\":[{\"value\":\"a\"},{\"value\":\"b\"}],\"validate\":{\"required\":true}");
        assertThat(check(list, List.of("a", "b")).texts("x")).containsExactly("a", "b");
        refused(list, List.of(), "「事由」必须填写。");
        refused(list, List.of("a", "c"), "「事由」选了不在可选范围内的一项，请重新选择。");
        refused(list, List.of("a", "a"), "「事由」有重复的选项。");
        refused(list, "a", "「事由」须是多选。");
        refused(list, List.of(1), "「事由」须是多选。");
        refused(list, IntStream.range(0, 1001).mapToObj(String::valueOf).toList(), "「事由」最多 1000 项。");
    }

    @Test
    void datesExist() {
        String date = field("datetime", "\"subtype\":\"date\"");
        assertThat(check(date, "２０２６－０３－２６").date("x")).isEqualTo(LocalDate.of(2026, 3, 26));
        refused(date, "2026-02-30", "「事由」须是日期，如 2026-03-26。");
        refused(date, "26.3.2026", "「事由」须是日期，如 2026-03-26。");
        refused(date, "+999999999-01-01", "「事由」须是日期，如 2026-03-26。");
        refused(date, 20260326, "「事由」须是日期，如 2026-03-26。");
        String time = field("datetime", "\"subtype\":\"time\",\"timeSerializingFormat\":\"no_timezone\"");
        refused(time, "25:00", "「事由」须是时间，如 09:30。");
        assertThat(check(time, "09：30").text("x")).isEqualTo("09:30");
    }

    @Test
    void aFileMustBeOnesOwn() {
        String files = field("filepicker", "\"validate\":{\"required\":true}");
        assertThat(check(files, List.of("mine")).texts("x")).containsExactly("mine");
        refused(files, List.of("mine", "theirs"), "「事由」有不属于您本次办理的附件，请删除后重新上传。");
        refused(files, List.of(), "「事由」必须填写。");
    }

    @Test
    void aHiddenFieldMustBeAbsentAndIsNotRequired() {
        FormSchema form = form(
                "{\"type\":\"radio\",\"key\":\"d\",\"values\":[{\"value\":\"a\"},{\"value\":\"b\"}]}",
                field("textfield", "\"validate\":{\"required\":true},\"conditional\":{\"hide\":\"=d = \\\"a\\\"\"}"));
        assertThat(check(form, Map.of("d", "a"), NOTHING).values()).containsOnlyKeys("d");
        assertThatThrownBy(() -> check(form, Map.of("d", "b"), NOTHING)).hasMessage("「事由」必须填写。");
        assertThatThrownBy(() -> check(form, Map.of("d", "a", "x", "1"), NOTHING))
                .hasMessage("「事由」当前不应填写。");
    }

    @Test
    void aConditionMayAskWhatTheProviderShowsAndNobodyCanAnswerThat() {
        FormSchema form = form(field(
                "textfield", "\"validate\":{\"required\":true},\"conditional\":{\"hide\":\"=similarCount = 0\"}"));
        assertThat(check(form, Map.of(), new Shown(Map.of("similarCount", 0), Map.of()))
                        .values())
                .isEmpty();
        assertThatThrownBy(() -> check(form, Map.of(), new Shown(Map.of("similarCount", 2L), Map.of())))
                .hasMessage("「事由」必须填写。");
        assertThatThrownBy(() -> check(form, Map.of("similarCount", 0), NOTHING))
                .hasMessageContaining("没有字段「similarCount」");
    }

    @Test
    void whatNoRuleOfTheAnswerAsksForIsNotFoundOut() {
        FormSchema form = form(
                field("textfield", "\"conditional\":{\"hide\":\"=kind = \\\"b\\\"\"}"),
                "{\"type\":\"textfield\",\"key\":\"kind\"}",
                "{\"type\":\"select\",\"key\":\"unit\",\"valuesKey\":\"units\"}",
                "{\"type\":\"select\",\"key\":\"lead\",\"valuesKey\":\"leads\"}");
        java.util.function.Supplier<List<Shown.Option>> dear = () -> {
            throw new AssertionError("nobody asked");
        };
        Shown shown = Shown.lazily(
                () -> {
                    throw new AssertionError("nobody asked");
                },
                Map.of("units", () -> List.of(new Shown.Option("教育局", "edu")), "leads", dear));
        assertThat(check(form, Map.of("kind", "a", "unit", "edu"), shown).text("unit"))
                .isEqualTo("edu");
        assertThatThrownBy(() -> check(form, Map.of("lead", "1"), shown)).hasMessage("nobody asked");
    }

    @Test
    void aConditionOnAFieldThatIsOnlyShownAsksWhatIsShown() {
        FormSchema form = form(
                "{\"type\":\"textfield\",\"key\":\"kind\",\"disabled\":true}",
                field(
                        "textfield",
                        "\"validate\":{\"required\":true},\"conditional\":{\"hide\":\"=kind = \\\"key\\\"\"}"));
        assertThat(check(form, Map.of(), new Shown(Map.of("kind", "key"), Map.of()))
                        .values())
                .containsOnlyKeys("kind");
        assertThatThrownBy(() -> check(form, Map.of(), NOTHING)).hasMessage("「事由」必须填写。");
    }

    @Test
    void whatIsOnlyShownComesBackAsShown() {
        String readonly = field("number", "\"readonly\":true");
        Shown shown = new Shown(Map.of("x", 5), Map.of());
        assertThat(check(form(readonly), Map.of("x", 5.0), shown).number("x")).isEqualByComparingTo("5");
        assertThat(check(form(readonly), Map.of(), shown).number("x")).isEqualByComparingTo("5");
        assertThatThrownBy(() -> check(form(readonly), Map.of("x", 6), shown)).hasMessage("「事由」不可修改（内容可能已更新，请刷新页面）。");
        assertThatThrownBy(() -> check(readonly, 6)).hasMessageContaining("不可修改");
    }

    @Test
    void unknownFieldsAreRefused() {
        assertThatThrownBy(() -> check(form(field("textfield", "")), Map.of("y", 1), NOTHING))
                .hasMessage("表单中没有字段「y」，请刷新页面后重试。");
    }

    private static final String LIST = "{\"type\":\"dynamiclist\",\"path\":\"rows\",\"label\":\"建议\",\"components\":["
            + "{\"type\":\"textarea\",\"key\":\"text\",\"label\":\"建议内容\",\"validate\":{\"required\":true,\"maxLength\":5}},"
            + "{\"type\":\"number\",\"key\":\"cost\",\"label\":\"费用\"}]}";

    private static void rowsRefused(Object rows, String sentence) {
        assertThatThrownBy(() -> check(form(LIST), Map.of("rows", rows), NOTHING))
                .isExactlyInstanceOf(Refusal.class)
                .hasMessage(sentence)
                .extracting(refusal -> ((Refusal) refusal).field())
                .isEqualTo("rows");
    }

    @Test
    void eachRowOfAListIsCheckedAndNamed() {
        Answer answer = check(
                form(LIST), Map.of("rows", List.of(Map.of("text", "修路", "cost", 3), Map.of("text", "架桥"))), NOTHING);
        assertThat(answer.rows("rows"))
                .containsExactly(Map.of("text", "修路", "cost", new BigDecimal("3")), Map.of("text", "架桥"));
        rowsRefused(List.of(Map.of("text", "修路"), Map.of("text", "")), "「建议」第 2 行「建议内容」必须填写。");
        rowsRefused(List.of(Map.of("text", "修路修路修路")), "「建议」第 1 行「建议内容」最多 5 个字（现 6 个）。");
        rowsRefused(List.of(Map.of("text", "修路", "cost", "贵")), "「建议」第 1 行「费用」须是数字。");
        rowsRefused(List.of(Map.of("text", "修路", "evil", 1)), "「建议」第 1 行没有字段「evil」，请刷新页面后重试。");
        rowsRefused("修路", "「建议」须是逐行填写的列表。");
        rowsRefused(List.of("修路"), "「建议」须是逐行填写的列表。");
        rowsRefused(IntStream.range(0, 201).mapToObj(i -> Map.of("text", "修路")).toList(), "「建议」最多 200 行。");
    }

    @Test
    void rowsWithNothingInThemAreLeftOut() {
        String optional = LIST.replace("\"required\":true,", "");
        assertThat(check(form(optional), Map.of("rows", List.of(Map.of("text", ""), Map.of("text", "修路"))), NOTHING)
                        .rows("rows"))
                .containsExactly(Map.of("text", "修路"));
        assertThat(check(form(optional), Map.of("rows", List.of(Map.of("text", ""))), NOTHING)
                        .values())
                .isEmpty();
    }

    @Test
    void aFixedListTakesNoMoreRowsThanItShows() {
        FormSchema fixed = form(LIST.replace("\"components\"", "\"allowAddRemove\":false,\"components\""));
        List<Map<String, Object>> two = List.of(Map.of("text", "甲"), Map.of("text", "乙"));
        assertThatThrownBy(() -> check(fixed, Map.of("rows", two), NOTHING)).hasMessage("「建议」不能增加行。");
        assertThat(check(fixed, Map.of("rows", two), new Shown(Map.of("rows", two), Map.of()))
                        .rows("rows"))
                .hasSize(2);
    }
}
