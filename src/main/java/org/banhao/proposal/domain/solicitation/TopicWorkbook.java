package org.banhao.proposal.domain.solicitation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.banhao.base.Refusal;
import org.banhao.base.SafeWorkbook;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Texts;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first sheet of a table of topics: a heading row with 选题 and, in any order, 来源, 类别 and 说明; other columns (序号) are
 * passed over. Every bad cell is named; nothing is guessed: a formula, a merged cell or a number where words belong is an error.
 */
final class TopicWorkbook {

    private static final int MOST_PROBLEMS = 50;
    private static final int HEADING_WITHIN = 5;

    private static final List<String> COLUMNS = List.of("选题", "来源", "类别", "说明");
    private static final Map<String, String> OTHER_NAMES =
            Map.of("选题名称", "选题", "题目", "选题", "选题来源", "来源", "推荐单位", "来源", "备注", "说明");

    private TopicWorkbook() {}

    /** @param known titles that stand already @throws Refusal it is no .xlsx, too large, or has no heading */
    static Topics.DryRun read(InputStream xlsx, Set<String> known) {
        SafeWorkbook safe = SafeWorkbook.of(xlsx, "选题", Topics.MOST);
        Set<String> merged = safe.merged();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(safe.bytes()));
                Stream<Row> rows = book.getFirstSheet().openStream()) {
            return read(rows.iterator(), merged, known);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException e) {
            throw SafeWorkbook.notATable();
        }
    }

    private static Topics.DryRun read(Iterator<Row> rows, Set<String> merged, Set<String> known) {
        Map<String, Integer> columns = heading(rows);
        List<Topics.Entry> fresh = new ArrayList<>();
        List<Topics.Problem> problems = new ArrayList<>();
        Set<String> titles = new HashSet<>(known);
        int count = 0;
        while (rows.hasNext() && problems.size() < MOST_PROBLEMS) {
            Row row = rows.next();
            Map<String, String> values = new HashMap<>();
            int before = problems.size();
            columns.forEach((name, column) -> {
                Cell cell = row.getOptionalCell(column).orElse(null);
                String at = SafeWorkbook.address(column, row.getRowNum());
                if (merged.contains(at)) {
                    problems.add(new Topics.Problem(at, "「" + name + "」是合并单元格，请取消合并后逐行填写。"));
                } else if (cell != null) {
                    values.put(name, value(cell, name, at, problems));
                }
            });
            if (values.values().stream().allMatch(String::isBlank) && problems.size() == before) {
                continue;
            }
            if (++count > Topics.MOST) {
                throw new Refusal("file", "表格超过" + Topics.MOST + "行，请分开导入。");
            }
            if (problems.size() > before) {
                continue;
            }
            add(values, columns, row.getRowNum(), titles, fresh, problems);
        }
        if (count == 0) {
            throw new Refusal("file", "表格里没有选题，请在标题行下面逐行填写后再导入。");
        }
        return new Topics.DryRun(List.copyOf(fresh), List.copyOf(problems));
    }

    private static void add(
            Map<String, String> values,
            Map<String, Integer> columns,
            int rowNumber,
            Set<String> titles,
            List<Topics.Entry> fresh,
            List<Topics.Problem> problems) {
        String word = values.getOrDefault("类别", "").strip();
        Category category = null;
        if (!word.isEmpty()) {
            for (Category one : Category.values()) {
                if (one.label().equals(word)) {
                    category = one;
                }
            }
            if (category == null) {
                problems.add(new Topics.Problem(
                        SafeWorkbook.address(place(columns, "类别"), rowNumber),
                        "没有类别“" + cut(word) + "”，请填" + labels() + "之一，或者留空。"));
                return;
            }
        }
        try {
            Topics.Entry entry = Topics.entry(values.get("选题"), values.get("来源"), category, values.get("说明"));
            if (titles.add(entry.title())) {
                fresh.add(entry);
            } else {
                problems.add(new Topics.Problem(
                        SafeWorkbook.address(place(columns, "选题"), rowNumber),
                        "选题“" + cut(entry.title()) + "”已经有了，请删去这一行。"));
            }
        } catch (Refusal refusal) {
            String column = "source".equals(refusal.field()) ? "来源" : "note".equals(refusal.field()) ? "说明" : "选题";
            problems.add(
                    new Topics.Problem(SafeWorkbook.address(place(columns, column), rowNumber), refusal.sentence()));
        }
    }

    private static int place(Map<String, Integer> columns, String name) {
        return columns.getOrDefault(name, columns.getOrDefault("选题", 0));
    }

    private static String labels() {
        List<String> labels = new ArrayList<>();
        for (Category one : Category.values()) {
            labels.add(one.label());
        }
        return String.join("、", labels);
    }

    private static String value(Cell cell, String name, String at, List<Topics.Problem> problems) {
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            problems.add(new Topics.Problem(at, "「" + name + "」是公式，请改为文字（选择性粘贴为数值）。"));
            return "";
        }
        return switch (cell.getType()) {
            case EMPTY -> "";
            case STRING -> cell.asString();
            default -> {
                String what = cell.getType() == CellType.NUMBER ? "数字或者日期" : "不是文字";
                problems.add(new Topics.Problem(at, "「" + name + "」里是" + what + "，请写成文字。"));
                yield "";
            }
        };
    }

    /** Column of each name; the heading stands within the first rows, under a title. */
    private static Map<String, Integer> heading(Iterator<Row> rows) {
        for (int i = 0; i < HEADING_WITHIN && rows.hasNext(); i++) {
            Row row = rows.next();
            Map<String, Integer> columns = new HashMap<>();
            for (Cell cell : row) {
                String name = name(cell);
                if (name != null) {
                    if (columns.containsKey(name)) {
                        throw new Refusal("file", "标题行有两列「" + name + "」，请删去一列。");
                    }
                    columns.put(name, cell.getColumnIndex());
                }
            }
            if (columns.containsKey("选题")) {
                return columns;
            }
        }
        throw new Refusal("file", "没有找到标题行，请在表格前五行内写上列名：选题、来源、类别、说明。");
    }

    private static @Nullable String name(@Nullable Cell cell) {
        if (cell == null || cell.getType() != CellType.STRING) {
            return null;
        }
        String word =
                Texts.text(cell.asString(), Texts.LONGEST_TEXT, "file", "标题").strip();
        String name = OTHER_NAMES.getOrDefault(word, word);
        return COLUMNS.contains(name) ? name : null;
    }

    private static String cut(String words) {
        return words.length() > 30 ? words.substring(0, 30) + "…" : words;
    }
}
