package org.banhao.paper.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseColumn;
import org.banhao.casefile.Ledger;
import org.junit.jupiter.api.Test;

/** Ledgers in an office's own layout. */
class LedgerTemplateTest {

    private static final Ledger LEDGER =
            new Ledger("catalogue", "提案目录", "TA", false, Set.of(), List.of(CaseColumn.FILE_NUMBER, CaseColumn.TITLE));
    private static final LedgerTemplate TEMPLATE = new LedgerTemplate(LEDGER);

    private static PrintedTable table(String note, List<List<String>> lines) {
        return new PrintedTable(
                "提案目录",
                "十四届五次提案目录",
                note,
                lines.size(),
                Instant.parse("2026-03-26T01:00:00Z"),
                List.of("序号", "案号", "案由（标题）"),
                List.of(6, 12, 46),
                lines);
    }

    private static List<List<String>> lines(int count) {
        List<List<String>> lines = new ArrayList<>();
        for (int at = 1; at <= count; at++) lines.add(List.of("第" + at + "号", "关于第" + at + "件事的提案"));
        return lines;
    }

    private static byte[] changed(Consumer<XSSFSheet> change) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(TEMPLATE.shipped()));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            change.accept(book.getSheetAt(0));
            book.write(out);
            return out.toByteArray();
        }
    }

    private static XSSFWorkbook filled(byte[] layout, PrintedTable table) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LedgerFilling.write(TEMPLATE.checked(new ByteArrayInputStream(layout)), table, out);
        return new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()));
    }

    private static List<List<String>> texts(XSSFSheet sheet) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : sheet) {
            List<String> cells = new ArrayList<>();
            for (Cell cell : row)
                cells.add(
                        cell.getCellType() == CellType.NUMERIC
                                ? "" + (int) cell.getNumericCellValue()
                                : cell.toString());
            rows.add(cells);
        }
        return rows;
    }

    @Test
    void theLayoutThatComesWithTheApplicationSaysWhatEveryListSays() throws IOException {
        PrintedTable table = table("只看重点", lines(3));
        try (XSSFWorkbook ours = filled(TEMPLATE.shipped(), table);
                XSSFWorkbook usual = new XSSFWorkbook(
                        new ByteArrayInputStream(table("只看重点", lines(3)).xlsx()))) {
            XSSFSheet sheet = ours.getSheetAt(0);
            assertThat(texts(sheet)).isEqualTo(texts(usual.getSheetAt(0)));
            assertThat(sheet.getMergedRegions())
                    .hasSameElementsAs(usual.getSheetAt(0).getMergedRegions());
            assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
            assertThat(sheet.getRepeatingRows()).isEqualTo(usual.getSheetAt(0).getRepeatingRows());
            assertThat(sheet.getFooter().getCenter())
                    .isEqualTo(usual.getSheetAt(0).getFooter().getCenter());
            assertThat(ours.getPrintArea(0).replace("'", ""))
                    .isEqualTo(usual.getPrintArea(0).replace("'", ""));
        }
    }

    @Test
    void whatStandsBelowStaysBelowManyLinesAndNothingBecomesAFormula() throws IOException {
        byte[] layout = changed(sheet -> {
            Row below = sheet.createRow(4);
            below.createCell(0).setCellValue("填报单位（盖章）：　　共{{条数}}件");
            sheet.addMergedRegion(new CellRangeAddress(4, 4, 0, 2));
            sheet.getHeader().setRight("{{标题}}");
        });
        List<List<String>> lines = lines(700);
        lines.set(0, List.of("=1+1", "A&B"));
        try (XSSFWorkbook book = filled(layout, table("", lines))) {
            XSSFSheet sheet = book.getSheetAt(0);
            assertThat(sheet.getRow(3).getCell(1).getCellType()).isEqualTo(CellType.STRING);
            assertThat(sheet.getRow(3).getCell(1).toString()).isEqualTo("=1+1");
            assertThat(sheet.getRow(702).getCell(0).toString()).isEqualTo("700");
            assertThat(sheet.getRow(703).getCell(0).toString()).isEqualTo("填报单位（盖章）：　　共700件");
            assertThat(sheet.getMergedRegions()).contains(new CellRangeAddress(703, 703, 0, 2));
            assertThat(sheet.getHeader().getRight()).isEqualTo("十四届五次提案目录");
            assertThat(book.getPrintArea(0)).endsWith("$704");
        }
        try (XSSFWorkbook none = filled(layout, table("", List.of()))) {
            assertThat(none.getSheetAt(0).getRow(3).getCell(0).toString()).startsWith("填报单位");
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsCell() throws IOException {
        refused(changed(sheet -> sheet.getRow(3).getCell(1).setCellValue("[承办人]")), "不认识的占位符", "B4的[承办人]");
        refused(changed(sheet -> sheet.getRow(0).getCell(0).setCellValue("{{名称}}")), "A1的{{名称}}");
        refused(
                changed(sheet -> sheet.createRow(5).createCell(2).setCellFormula("COUNTA(B4:B9)")),
                "C6是公式（COUNTA(B4:B9)）");
        refused(changed(sheet -> sheet.createRow(5).createCell(2).setCellValue("[案号]")), "第4行、第6行", "只能有一行");
        refused(changed(sheet -> sheet.removeRow(sheet.getRow(3))), "没有写列名的一行");
        refused(changed(sheet -> sheet.addMergedRegion(new CellRangeAddress(3, 3, 1, 2))), "B4:C4是合并单元格");
        refused(
                changed(sheet -> {
                    var link = sheet.getWorkbook()
                            .getCreationHelper()
                            .createHyperlink(org.apache.poi.common.usermodel.HyperlinkType.URL);
                    link.setAddress("https://example.org/");
                    sheet.getRow(0).getCell(0).setHyperlink(link);
                }),
                "指向外部的链接");
        refused("不是表格".getBytes(java.nio.charset.StandardCharsets.UTF_8), "不是.xlsx表格");
    }

    private static void refused(byte[] file, String... words) {
        assertThatThrownBy(() -> TEMPLATE.checked(new ByteArrayInputStream(file)))
                .isInstanceOf(Refusal.class)
                .satisfies(refusal -> assertThat(((Refusal) refusal).sentence()).contains(words));
    }
}
