package org.banhao.base;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sheets of an uploaded table: a heading row within the first rows, the columns in any order, others passed over. Every
 * bad cell is named; nothing is guessed: a formula, a merged cell, or a number where words belong is a problem.
 */
public final class SheetTable {

    /** 五 in the sentence. */
    private static final int HEADING_WITHIN = 5;
    /** Digits, before and after the point, that a spreadsheet program keeps. */
    private static final int LONGEST_NUMBER = 15;
    /** Only by its format is a date told from a number. */
    private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, false);

    private static final Pattern DAY = Pattern.compile("(\\d{4})(?:年|[-/.])(\\d{1,2})(?:月|[-/.])(\\d{1,2})日?");

    private SheetTable() {}

    /** What a cell may hold besides words. */
    public enum Kind {
        WORDS,
        /** Digits too: a number of up to 15 digits is read as it is shown. */
        CODE,
        /** A cell formatted as a date, or 2026-03-26, 2026/3/26, 2026.3.26, 2026年3月26日; read as 2026-03-26. */
        DAY
    }

    /** @param others names that mean the same @param needed must stand in the heading */
    public record Column(String name, Kind kind, boolean needed, List<String> others) {}

    /** @param place B7 */
    public record Problem(String place, String sentence) {

        /** Row it is in, from 1. */
        public int row() {
            String digits = place.replaceAll("[^0-9]", "");
            return digits.isEmpty() ? 0 : Integer.parseInt(digits);
        }
    }

    /** @param number of the row in the sheet, from 1 */
    public record Line(int number, Map<String, String> values, Map<String, Integer> columns) {

        /** Empty when the cell is, or the sheet has no such column. */
        public String get(String column) {
            return values.getOrDefault(column, "");
        }

        /** Where a problem of that column is; of the row when the sheet has no such column. */
        public String place(@Nullable String column) {
            Integer at = column == null ? null : columns.get(column);
            return at == null ? "第" + number + "行" : SafeWorkbook.address(at, number);
        }
    }

    /**
     * @param lines those without problems, and those with
     * @param problems of cells, by row
     */
    public record Content(List<Line> lines, List<Problem> problems) {}

    /**
     * @param what the table is of, in sentences: 选题
     * @param most lines that may be imported at once
     * @throws Refusal it is no .xlsx, has macros, is too large, has no heading, or nothing under it
     */
    public static Content read(InputStream xlsx, String what, int most, List<Column> columns) {
        SafeWorkbook safe = SafeWorkbook.of(xlsx, what, most);
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(safe.bytes()), WITH_FORMATS)) {
            Content content = read(book.getFirstSheet(), safe.merged(), most, columns);
            if (content.lines().isEmpty()) throw new Refusal("file", "表格里没有" + what + "，请在标题行下面逐行填写后再导入。");
            return content;
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException e) {
            throw SafeWorkbook.notATable();
        }
    }

    /**
     * The same of several sheets by their names; one that is missing is left out, one may have no lines.
     *
     * @throws Refusal it is no .xlsx, has macros, is too large, has none of the sheets, or one without a heading
     */
    public static Map<String, Content> read(InputStream xlsx, String what, int most, Map<String, List<Column>> sheets) {
        SafeWorkbook safe = SafeWorkbook.of(xlsx, what, most);
        Map<String, Content> found = new LinkedHashMap<>();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(safe.bytes()), WITH_FORMATS)) {
            for (Map.Entry<String, List<Column>> one : sheets.entrySet()) {
                Sheet sheet = book.findSheet(one.getKey()).orElse(null);
                if (sheet != null)
                    found.put(one.getKey(), of(one.getKey(), sheet, safe.merged(), most, one.getValue()));
            }
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException e) {
            throw SafeWorkbook.notATable();
        }
        if (found.isEmpty()) {
            throw new Refusal("file", "没有找到工作表，请把工作表命名为" + String.join("、", sheets.keySet()) + "。");
        }
        return found;
    }

    private static Content of(String name, Sheet sheet, Set<String> merged, int most, List<Column> columns)
            throws IOException {
        try {
            return read(sheet, merged, most, columns);
        } catch (Refusal refusal) {
            throw new Refusal(refusal.field(), "工作表「" + name + "」：" + refusal.sentence());
        }
    }

    private static Content read(Sheet sheet, Set<String> merged, int most, List<Column> columns) throws IOException {
        try (Stream<Row> rows = sheet.openStream()) {
            return read(rows.iterator(), merged, most, columns);
        }
    }

    private static Content read(Iterator<Row> rows, Set<String> merged, int most, List<Column> columns) {
        Map<String, Integer> places = heading(rows, columns);
        List<Line> lines = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        while (rows.hasNext()) {
            Row row = rows.next();
            Map<String, String> values = new HashMap<>();
            List<Problem> found = new ArrayList<>();
            for (Column column : columns) {
                Integer place = places.get(column.name());
                if (place == null) continue;
                Cell cell = row.getOptionalCell(place).orElse(null);
                String at = SafeWorkbook.address(place, row.getRowNum());
                if (merged.contains(at)) {
                    found.add(new Problem(at, "「" + column.name() + "」是合并单元格，请取消合并后逐行填写。"));
                } else if (cell != null) {
                    String value = value(cell, column, at, found);
                    if (!value.isBlank()) values.put(column.name(), value);
                }
            }
            if (values.isEmpty() && found.isEmpty()) continue;
            if (lines.size() == most) {
                throw new Refusal("file", "表格超过" + most + "行，一次最多导入" + most + "行，请分开导入。");
            }
            lines.add(new Line(row.getRowNum(), values, places));
            problems.addAll(found);
        }
        return new Content(lines, problems);
    }

    private static String value(Cell cell, Column column, String at, List<Problem> problems) {
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            problems.add(new Problem(at, "「" + column.name() + "」是公式，请改为文字（选择性粘贴为数值）。"));
            return "";
        }
        return switch (cell.getType()) {
            case EMPTY -> "";
            case STRING -> column.kind() == Kind.DAY ? day(cell.asString(), column, at, problems) : cell.asString();
            case NUMBER -> number(cell, column, at, problems);
            default -> {
                problems.add(new Problem(at, "「" + column.name() + "」里不是文字，请写成文字。"));
                yield "";
            }
        };
    }

    private static String number(Cell cell, Column column, String at, List<Problem> problems) {
        boolean day = cell.getDataFormatString() != null
                && cell.getDataFormatString()
                        .replaceAll("\"[^\"]*\"|\\[[^]]*]", "")
                        .matches("(?i).*[yd].*");
        if (day && column.kind() == Kind.DAY) {
            LocalDateTime moment = cell.asDate();
            return moment.toLocalDate().toString();
        }
        BigDecimal number = cell.asNumber();
        // 1E999999999 has one digit and would be written with a billion noughts
        boolean plain = number.precision() <= LONGEST_NUMBER && Math.abs(number.scale()) <= LONGEST_NUMBER;
        if (!day && column.kind() == Kind.CODE && plain) return number.toPlainString();
        problems.add(new Problem(
                at,
                column.kind() == Kind.DAY
                        ? "「" + column.name() + "」不是日期，请写成2026-03-26这样。"
                        : "「" + column.name() + "」里是" + (day ? "日期" : "数字") + "，请先把单元格设为文本格式，再写成文字。"));
        return "";
    }

    private static String day(String typed, Column column, String at, List<Problem> problems) {
        String text = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("\\s", "");
        if (text.isEmpty()) return "";
        Matcher parts = DAY.matcher(text);
        try {
            if (parts.matches()) {
                return LocalDate.of(
                                Integer.parseInt(parts.group(1)),
                                Integer.parseInt(parts.group(2)),
                                Integer.parseInt(parts.group(3)))
                        .toString();
            }
        } catch (DateTimeException noSuchDay) {
            // said below
        }
        problems.add(new Problem(at, "「" + column.name() + "」里的“" + cut(typed) + "”不是日期，请写成2026-03-26这样。"));
        return "";
    }

    /** Column of each name; the heading stands within the first rows, under a title. */
    private static Map<String, Integer> heading(Iterator<Row> rows, List<Column> columns) {
        for (int i = 0; i < HEADING_WITHIN && rows.hasNext(); i++) {
            Map<String, Integer> found = new LinkedHashMap<>();
            for (Cell cell : rows.next()) {
                if (cell == null || cell.getType() != CellType.STRING) continue;
                String word = cell.asString().replaceAll("[\\s　*＊]|（必填）", "");
                for (Column column : columns) {
                    if (!column.name().equals(word) && !column.others().contains(word)) continue;
                    if (found.put(column.name(), cell.getColumnIndex()) != null) {
                        throw new Refusal("file", "标题行有两列「" + column.name() + "」，请删去一列。");
                    }
                }
            }
            if (columns.stream().filter(Column::needed).allMatch(column -> found.containsKey(column.name())))
                return found;
        }
        throw new Refusal(
                "file",
                "没有找到标题行，请在表格前五行内写上列名："
                        + String.join("、", columns.stream().map(Column::name).toList()) + "。");
    }

    private static String cut(String words) {
        return words.length() > 30 ? words.substring(0, words.offsetByCodePoints(0, 15)) + "…" : words;
    }
}
