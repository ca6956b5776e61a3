package org.banhao.paper.domain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.HeaderFooter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.banhao.base.ChineseTime;
import org.banhao.base.PrintedTable;
import org.jspecify.annotations.Nullable;

/**
 * Puts a table into a ledger's layout: the row that names columns in square brackets is written once for each line, what stands below it
 * moves down with its merged cells, {{标题}} and the like are replaced anywhere, page header and footer included. Lines are written as they
 * come: a long ledger takes no more memory than a short one. Every cell stays text.
 */
final class LedgerFilling {

    static final String NUMBER = "序号";

    static final Pattern COLUMN = Pattern.compile("\\[([^\\[\\]]{1,40})]");
    static final Pattern TAG = Pattern.compile("\\{\\{([^{}]{1,40})}}");

    private static final int IN_MEMORY = 200;

    private LedgerFilling() {}

    /** What the lines of a template say besides columns. */
    static Map<String, String> facts(PrintedTable table) {
        return Map.of(
                "标题", table.title(),
                "条数", String.valueOf(table.count()),
                "制表时间", ChineseTime.text(table.made()),
                "说明", table.note().isEmpty() ? "" : "；" + table.note());
    }

    /** Leaves the stream open. @param layout one that {@link LedgerTemplate#checked} has let through */
    static void write(byte[] layout, PrintedTable table, OutputStream out) throws IOException {
        XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(layout));
        try (SXSSFWorkbook streamed = new SXSSFWorkbook(book, IN_MEMORY, true)) {
            XSSFSheet sheet = book.getSheetAt(0);
            Map<String, String> facts = facts(table);
            int pattern = pattern(sheet);
            List<Kept> rows = new ArrayList<>();
            for (int at = pattern; at <= sheet.getLastRowNum(); at++) rows.add(Kept.of(sheet.getRow(at)));
            List<CellRangeAddress> moving = below(sheet, pattern);
            for (Row row : sheet) for (Cell cell : row) replace(cell, facts);
            replace(sheet.getHeader(), facts);
            replace(sheet.getFooter(), facts);
            for (int at = sheet.getLastRowNum(); at >= pattern; at--) {
                Row row = sheet.getRow(at);
                if (row != null) sheet.removeRow(row);
            }

            SXSSFSheet page = streamed.getSheetAt(0);
            Map<String, Integer> columns = new HashMap<>();
            for (int i = 0; i < table.columns().size(); i++)
                columns.put(table.columns().get(i), i);
            Kept line = rows.get(0);
            int at = pattern;
            for (List<String> values : table.lines()) {
                int number = at - pattern + 1;
                line.write(
                        page.createRow(at++),
                        text -> replaced(COLUMN, text, name -> {
                            Integer column = columns.get(name);
                            if (column == null) return "";
                            return column == 0 ? String.valueOf(number) : values.get(column - 1);
                        }));
            }
            int moved = at - pattern - 1;
            for (Kept below : rows.subList(1, rows.size())) {
                below.write(page.createRow(at++), text -> replaced(TAG, text, name -> facts.getOrDefault(name, "")));
            }
            for (CellRangeAddress merged : moving) {
                merged.setFirstRow(merged.getFirstRow() + moved);
                merged.setLastRow(merged.getLastRow() + moved);
                page.addMergedRegion(merged);
            }
            printed(book, sheet, at - 1);
            streamed.write(out);
        }
    }

    /** The row that names columns; -1: none does. */
    static int pattern(XSSFSheet sheet) {
        for (Row row : sheet)
            for (Cell cell : row) if (COLUMN.matcher(text(cell)).find()) return row.getRowNum();
        return -1;
    }

    /** Empty for what is no text. */
    static String text(Cell cell) {
        return cell.getCellType() == CellType.STRING ? cell.getStringCellValue() : "";
    }

    private static List<CellRangeAddress> below(XSSFSheet sheet, int pattern) {
        List<CellRangeAddress> found = new ArrayList<>();
        for (int i = sheet.getNumMergedRegions() - 1; i >= 0; i--) {
            CellRangeAddress merged = sheet.getMergedRegion(i);
            if (merged.getFirstRow() <= pattern) continue;
            found.add(merged.copy());
            sheet.removeMergedRegion(i);
        }
        return found;
    }

    private static void replace(Cell cell, Map<String, String> facts) {
        String text = text(cell);
        if (TAG.matcher(text).find())
            set(cell, PrintedTable.cell(replaced(TAG, text, name -> facts.getOrDefault(name, ""))));
    }

    /** A cell whose text stands in the sheet itself keeps it, unless it is emptied first. */
    static void set(Cell cell, String text) {
        cell.setBlank();
        cell.setCellValue(text);
    }

    /** An ampersand in a header begins a code. */
    private static void replace(HeaderFooter part, Map<String, String> facts) {
        part.setLeft(inHeader(part.getLeft(), facts));
        part.setCenter(inHeader(part.getCenter(), facts));
        part.setRight(inHeader(part.getRight(), facts));
    }

    private static String inHeader(@Nullable String text, Map<String, String> facts) {
        return replaced(
                TAG,
                Objects.requireNonNullElse(text, ""),
                name -> facts.getOrDefault(name, "").replace("&", "&&"));
    }

    private interface Values {
        String of(String name);
    }

    private static String replaced(Pattern pattern, String text, Values values) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(values.of(found.group(1))));
    }

    /** A print area ends where the rows do. */
    private static void printed(XSSFWorkbook book, XSSFSheet sheet, int last) {
        String area = book.getPrintArea(0);
        if (area == null || area.contains(",")) return;
        AreaReference was = new AreaReference(area, SpreadsheetVersion.EXCEL2007);
        book.setPrintArea(
                book.getSheetIndex(sheet),
                was.getFirstCell().getCol(),
                was.getLastCell().getCol(),
                was.getFirstCell().getRow(),
                Math.max(last, was.getFirstCell().getRow()));
    }

    /** A row of the layout, to be written again elsewhere. @param height in twentieths of a point; -1: as the text needs */
    private record Kept(short height, List<One> cells) {

        /** @param value null: of no text */
        private record One(
                int column, String text, @Nullable Double value, CellStyle style) {}

        private interface Words {
            String of(String text);
        }

        static Kept of(@Nullable Row row) {
            List<One> cells = new ArrayList<>();
            if (row == null) return new Kept((short) -1, cells);
            for (Cell cell : row) {
                Double value = cell.getCellType() == CellType.NUMERIC ? cell.getNumericCellValue() : null;
                cells.add(new One(cell.getColumnIndex(), text(cell), value, cell.getCellStyle()));
            }
            boolean own = row instanceof org.apache.poi.xssf.usermodel.XSSFRow kept
                    && kept.getCTRow().getCustomHeight();
            return new Kept(own ? row.getHeight() : -1, cells);
        }

        void write(Row row, Words words) {
            if (height >= 0) row.setHeight(height);
            for (One one : cells) {
                Cell cell = row.createCell(one.column());
                cell.setCellStyle(one.style());
                if (one.value() != null) cell.setCellValue(one.value());
                else if (!one.text().isEmpty()) cell.setCellValue(PrintedTable.cell(words.of(one.text())));
            }
        }
    }
}
