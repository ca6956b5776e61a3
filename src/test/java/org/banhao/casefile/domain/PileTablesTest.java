package org.banhao.casefile.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.banhao.base.Refusal;
import org.banhao.flow.ReadyAnswers;
import org.banhao.flow.ReadyAnswers.Field;
import org.banhao.flow.ReadyAnswers.Fields;
import org.banhao.flow.Shown.Option;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of a pile, and its cells. */
class PileTablesTest {

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

    // ---- the table

    private static final String STEP = "proposalReview/userTask_firstReview";

    private static final List<Field> FORM = List.of(
            new Field(
                    "verdict",
                    "结论",
                    "radio",
                    true,
                    List.of(new Option("立案", "file"), new Option("不立案", "not")),
                    List.of()),
            new Field("note", "意见", "textarea", false, List.of(), List.of()),
            new Field("items", "逐条答复", "dynamiclist", false, List.of(), List.of(part("text", "textarea"))),
            new Field("papers", "附件", "filepicker", false, List.of(), List.of()));

    private static final Map<String, Object> SHOWN =
            Map.of("verdict", "file", "note", "原话\n第二行", "items", List.of(Map.of("text", "一：甲；二：乙")));

    private static Piles.Line line(String task, @Nullable String draft) {
        return new Piles.Line(task, "d", "TA-" + task, "标题", "卫林书", false, "none", "", true, draft, null);
    }

    /** Of three: one nobody touched, one that is ready, one that is half filled. */
    private static PileTables tables() {
        Piles piles = mock(Piles.class);
        when(piles.lines(any(), any(), any()))
                .thenReturn(new Piles.Lines(
                        STEP, "初审提案", 3, List.of(line("t1", null), line("t2", "{}"), line("t3", null))));
        ReadyAnswers ready = mock(ReadyAnswers.class);
        Fields empty = new Fields(FORM, SHOWN, Map.of());
        Fields begun = new Fields(
                FORM,
                SHOWN,
                Map.of("verdict", "not", "papers", List.of(Map.of("id", "f1", "name", "来函.pdf", "size", 7))));
        for (String task : List.of("t1", "t2", "t3")) {
            Fields fields = task.equals("t3") ? begun : empty;
            when(ready.open(eq(task), any(), any())).thenReturn(fields);
            when(ready.fields(eq(task), any(), any())).thenReturn(fields);
        }
        return new PileTables(piles, ready, (action, number, detail) -> {});
    }

    private static PileTables.Reading read(byte[] xlsx) {
        return tables().read(STEP, new ByteArrayInputStream(xlsx), "bao-xiaolan", List.of());
    }

    @Test
    void rowsNobodyChangedAreNotEnteredThoughTheyWouldBeAFullAnswer() {
        PileTables.Reading reading = read(tables().write(STEP, "bao-xiaolan", List.of()));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.untouched()).isEqualTo(2);
        assertThat(reading.rows()).extracting(PileTables.Read::taskId).containsExactly("t2");
        assertThat(reading.rows().get(0).answer()).isEqualTo(SHOWN);
    }

    @Test
    void whatTheTableDoesNotHoldStaysAsTheFormShowsIt() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "WPS", "1.0")) {
            Worksheet page = book.newWorksheet("待办");
            page.value(0, 0, "编号");
            page.value(0, 1, "结论");
            page.value(1, 0, "TA-t1");
            page.value(1, 1, "不立案");
            page.value(2, 0, "TA-t3");
            page.value(2, 1, "立案");
        }
        List<PileTables.Read> rows = read(out.toByteArray()).rows();
        assertThat(rows.get(0).answer())
                .isEqualTo(Map.of("verdict", "not", "note", SHOWN.get("note"), "items", SHOWN.get("items")));
        assertThat(rows.get(1).answer()).isEqualTo(Map.of("verdict", "file", "papers", List.of("f1")));
        assertThat(rows.get(1).draft())
                .as("a form shows a file by its name")
                .containsEntry("papers", List.of(Map.of("id", "f1", "name", "来函.pdf", "size", 7)));
    }
}
