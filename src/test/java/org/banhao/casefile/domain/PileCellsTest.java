package org.banhao.casefile.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.banhao.base.Refusal;
import org.banhao.flow.ReadyAnswers.Field;
import org.banhao.flow.Shown.Option;
import org.junit.jupiter.api.Test;

/** Cells of the table of a pile. */
class PileCellsTest {

    private static Field field(String type, List<Option> options, List<Field> parts) {
        return new Field("key", "标签", type, false, options, parts);
    }

    private static Field part(String key, String type, Option... options) {
        return new Field(key, key, type, false, List.of(options), List.of());
    }

    private static final Field WRONG = field(
            "checklist",
            List.of(
                    new Option("其他", "other"),
                    new Option("其他，见意见", "opinion"),
                    new Option("一案多事，请拆分", "several"),
                    new Option("署名：联名不全", "names")),
            List.of());

    private static final Field SEPARATE = field(
            "dynamiclist",
            List.of(),
            List.of(
                    part("unit", "select", new Option("市水利局", "water"), new Option("园区：管委会", "park")),
                    part("numbers", "textfield")));

    @Test
    void choicesWhoseNamesHoldSeparatorsAreReadBackAsTheyWereWritten() {
        for (List<String> chosen : List.of(
                List.of("several"), List.of("opinion", "other"), List.of("other", "opinion", "names", "several"))) {
            assertThat(PileCells.value(WRONG, PileCells.text(WRONG, chosen))).isEqualTo(chosen);
        }
        assertThat(PileCells.value(WRONG, " 其他,见意见；一案多事，请拆分 ， 其他 ")).isEqualTo(List.of("opinion", "several", "other"));
        assertThatThrownBy(() -> PileCells.value(WRONG, "其他，见批示"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有“见批示”");
    }

    @Test
    void aCellFullOfSeparatorsIsReadInNoTime() {
        String many = "其他、".repeat(10_000);
        assertThatThrownBy(() -> PileCells.value(WRONG, many))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("超过1000项");
        assertThat(PileCells.value(WRONG, "、".repeat(32_000))).isEqualTo(List.of());
    }

    @Test
    void twoChoicesOfOneNameAreToldApartByNobody() {
        Field field = field(
                "select",
                List.of(
                        new Option("住建局", "a"),
                        new Option("住建局", "b"),
                        new Option("交通局（１）", "c"),
                        new Option("交通局（1）", "d")),
                List.of());
        assertThatThrownBy(() -> PileCells.value(field, "住建局"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("有2项都叫“住建局”");
        assertThat(PileCells.value(field, "交通局（１）")).as("as it is written").isEqualTo("c");
        assertThatThrownBy(() -> PileCells.value(field, "交通局(1)")).isInstanceOf(Refusal.class);
        assertThat(PileCells.value(field, "b")).isEqualTo("b");
    }

    @Test
    void rowsOfAListAreReadBackAlsoWhenAUnitsNameHoldsAColon() {
        List<Map<String, Object>> rows = List.of(
                Map.of("unit", "park", "numbers", "1：前半"),
                Map.of("unit", "water"),
                Map.of("unit", "water", "numbers", "3"));
        String text = PileCells.text(SEPARATE, rows);
        assertThat(text).isEqualTo("园区：管委会：1：前半；市水利局：；市水利局：3");
        assertThat(PileCells.value(SEPARATE, text)).isEqualTo(rows);
        assertThatThrownBy(() -> PileCells.value(SEPARATE, "市水利局"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("unit：numbers");
    }

    @Test
    void listsWithLongTextsAndFilesHaveNoCell() {
        assertThat(PileCells.holds(SEPARATE)).isTrue();
        assertThat(PileCells.holds(field("dynamiclist", List.of(), List.of(part("text", "textarea")))))
                .isFalse();
        assertThat(PileCells.holds(field("filepicker", List.of(), List.of()))).isFalse();
        assertThat(PileCells.holds(field("textarea", List.of(), List.of()))).isTrue();
    }

    @Test
    void whatNobodyChangedIsSubmittedAsTheFormWouldSubmitIt() {
        Field files = field("filepicker", List.of(), List.of());
        assertThat(PileCells.submitted(files, List.of(Map.of("id", "f1", "name", "来函.pdf"))))
                .isEqualTo(List.of("f1"));
        assertThat(PileCells.submitted(SEPARATE, List.of(Map.of("unit", "park", "proposer", "卫林书"))))
                .isEqualTo(List.of(Map.of("unit", "park")));
        assertThat(PileCells.submitted(part("day", "datetime"), LocalDate.of(2026, 3, 26)))
                .isEqualTo("2026-03-26");
        assertThat(PileCells.submitted(part("code", "textfield"), 12)).isEqualTo("12");
        assertThat(PileCells.same("甲\r\n乙 ", "甲\n乙")).isTrue();
        assertThat(PileCells.same("第１条", "第1条")).as("a correction").isFalse();
    }

    @Test
    void aLongMistakeIsCutWhereItIsShown() {
        String wide = IntStream.range(0, 40).mapToObj(n -> "𠮷").reduce("", String::concat);
        assertThat(PileCells.cut(wide)).isEqualTo("𠮷".repeat(30) + "…");
    }
}
