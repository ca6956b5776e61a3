package org.banhao.casefile.domain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.base.SheetTable;
import org.banhao.casefile.domain.Piles.Line;
import org.banhao.flow.ReadyAnswers;
import org.banhao.flow.ReadyAnswers.Field;
import org.banhao.flow.ReadyAnswers.Fields;
import org.banhao.flow.Shown;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * A pile as one Excel table: downloaded with a column for each field of the form, filled in, read again. What is read is checked row
 * by row against the form and only shown; to keep it is another act ({@link Piles#keep}). What no cell can hold ({@link PileCells}) is
 * no part of a table.
 */
@Service
public class PileTables {

    static final int MOST_ROWS = Piles.MOST_LINES;

    private static final int MOST_PROBLEMS = 200;

    private static final String NUMBER = "编号";
    private static final String TASK = "待办号（勿改）";
    private static final List<String> KNOWN = List.of("序号", NUMBER, "标题", "单位", "期限");

    private final Piles piles;
    private final ReadyAnswers ready;
    private final Audit audit;

    PileTables(Piles piles, ReadyAnswers ready, Audit audit) {
        this.piles = piles;
        this.ready = ready;
        this.audit = audit;
    }

    // ---- out

    /** @throws Refusal nothing of this kind waits for the person */
    public byte[] write(String step, String person, List<String> groups) {
        Piles.Lines pile = piles.lines(step, person, groups);
        List<Line> lines =
                pile.lines().stream().filter(line -> line.gone() == null).toList();
        if (lines.isEmpty()) throw new Refusal("没有等待您办理的这一类待办，没有可以下载的表格。");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Banhao", "1.0")) {
            book.setGlobalDefaultFont("宋体", 11);
            Worksheet page = book.newWorksheet("待办");
            Worksheet help = book.newWorksheet("填写说明");
            List<Field> columns = List.of();
            int row = 1;
            for (Line line : lines) {
                Fields fields = ready.open(line.taskId(), step, person);
                if (row == 1) {
                    columns = columns(fields);
                    heading(page, pile.name(), lines.size(), columns);
                    explain(book, page, help, fields.fields(), columns, lines.size());
                }
                row++;
                line(page, row, row - 1, line, fields, columns);
            }
            int last = KNOWN.size() + columns.size();
            page.range(2, 0, row, last)
                    .style()
                    .wrapText(true)
                    .verticalAlignment("center")
                    .borderStyle(BorderStyle.THIN)
                    .set();
            page.freezePane(3, 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        audit.record("casefile.writePileTable", null, step + "，" + lines.size() + "件");
        return out.toByteArray();
    }

    private static List<Field> columns(Fields fields) {
        return fields.fields().stream().filter(PileCells::holds).toList();
    }

    private static void heading(Worksheet page, String name, int count, List<Field> columns) {
        int last = KNOWN.size() + columns.size();
        page.value(0, 0, name + "（" + count + "件）：填好以后存盘，在“成批办理”里上传；不办的行不用填。");
        page.range(0, 0, 0, last).merge();
        page.range(0, 0, 0, last).style().bold().fontSize(14).set();
        int[] widths = {6, 18, 44, 24, 14};
        for (int column = 0; column < KNOWN.size(); column++) {
            page.value(1, column, KNOWN.get(column));
            page.width(column, widths[column]);
        }
        for (int i = 0; i < columns.size(); i++) {
            page.value(1, KNOWN.size() + i, columns.get(i).label());
            page.width(KNOWN.size() + i, columns.get(i).type().equals("textarea") ? 30 : 20);
        }
        page.value(1, last, TASK);
        page.width(last, 8);
        page.range(1, 0, 1, last)
                .style()
                .bold()
                .horizontalAlignment("center")
                .borderStyle(BorderStyle.THIN)
                .set();
        page.paperSize(PaperSize.A4_PAPER);
        page.pageOrientation("landscape");
        page.fitToWidth((short) 1);
        page.fitToHeight((short) 0);
        page.repeatRows(0, 1);
        page.footer("第&P页，共&N页", Position.CENTER);
    }

    /** The choices stand in a sheet of their own, from which the cells offer them. */
    private static void explain(
            Workbook book, Worksheet page, Worksheet help, List<Field> fields, List<Field> columns, int count) {
        help.value(0, 0, "列");
        help.value(0, 1, "怎样填");
        for (int i = 0; i < columns.size(); i++) {
            Field field = columns.get(i);
            help.value(i + 1, 0, field.label());
            help.value(i + 1, 1, PileCells.how(field));
        }
        int below = columns.size() + 1;
        for (Field field : fields) {
            if (columns.contains(field)) continue;
            help.value(below, 0, field.label());
            help.value(below++, 1, "不在表格里，请打开这一件，在表单里填写；上传表格不会改动它。");
        }
        help.width(0, 24);
        help.width(1, 80);
        Worksheet lists = book.newWorksheet("可选项");
        for (int i = 0; i < columns.size(); i++) {
            Field field = columns.get(i);
            List<Shown.Option> options = field.type().equals("dynamiclist")
                    ? field.parts().stream()
                            .filter(part -> !part.options().isEmpty())
                            .findFirst()
                            .map(Field::options)
                            .orElse(List.of())
                    : field.options();
            lists.value(0, i, field.label());
            lists.width(i, 24);
            for (int n = 0; n < options.size(); n++) {
                lists.value(n + 1, i, options.get(n).label());
            }
            // lists differ from case to case where they name cases: then only the form knows them
            if (PileCells.oneOf(field)) {
                int column = KNOWN.size() + i;
                page.range(2, column, count + 1, column)
                        .validateWithList(lists.range(1, i, options.size(), i))
                        .showErrorMessage(false);
            }
        }
    }

    private static void line(Worksheet page, int row, int number, Line line, Fields fields, List<Field> columns) {
        page.value(row, 0, number);
        page.value(row, 1, line.number());
        page.value(row, 2, line.title());
        page.value(row, 3, line.unit());
        page.value(row, 4, line.dueText());
        Map<String, Field> own =
                fields.fields().stream().collect(Collectors.toMap(Field::key, field -> field, (one, other) -> one));
        for (int i = 0; i < columns.size(); i++) {
            Field field = own.get(columns.get(i).key());
            if (field != null) page.value(row, KNOWN.size() + i, PileCells.text(field, present(fields, field)));
        }
        page.value(row, KNOWN.size() + columns.size(), line.taskId());
    }

    private static @Nullable Object present(Fields fields, Field field) {
        return fields.filled().isEmpty()
                ? fields.shown().get(field.key())
                : fields.filled().get(field.key());
    }

    // ---- in

    /** @param cell B7 */
    public record Problem(String cell, String number, String sentence) {}

    /** What a row says. @param draft fills the form again @param answer as it would be submitted */
    public record Read(
            String taskId, String number, String title, Map<String, Object> draft, Map<String, Object> answer) {}

    /** @param untouched rows that were not filled in, also those that would be a full answer as they were downloaded */
    public record Reading(List<Read> rows, List<Problem> problems, int untouched) {}

    /**
     * Nothing is kept. Rows that nobody changed are passed over, unless they are ready already; what is not in the table stays as the
     * form shows it.
     *
     * @throws Refusal it is no .xlsx, too large, has no heading, or nothing of this kind waits for the person
     */
    public Reading read(String step, InputStream xlsx, String person, List<String> groups) {
        List<Line> lines = piles.lines(step, person, groups).lines().stream()
                .filter(line -> line.gone() == null)
                .toList();
        if (lines.isEmpty()) throw new Refusal("file", "没有等待您办理的这一类待办，不需要上传表格。");
        List<SheetTable.Column> columns = new ArrayList<>();
        columns.add(new SheetTable.Column(NUMBER, SheetTable.Kind.CODE, true, List.of()));
        columns.add(new SheetTable.Column(TASK, SheetTable.Kind.CODE, false, List.of()));
        Set<String> names = new HashSet<>();
        for (Field field : columns(ready.fields(lines.get(0).taskId(), step, person))) {
            if (!names.add(field.label())) continue;
            SheetTable.Kind kind = field.type().equals("datetime") ? SheetTable.Kind.DAY : SheetTable.Kind.CODE;
            columns.add(new SheetTable.Column(
                    field.label(), kind, false, List.of(field.label().replaceAll("[\\s　*＊]|（必填）", ""))));
        }
        SheetTable.Content content = SheetTable.read(xlsx, "待办", MOST_ROWS, columns);
        Reading reading = new Reader(step, person, lines).read(content);
        audit.record(
                "casefile.readPileTable",
                null,
                step + "，" + reading.rows().size() + "件，有误" + reading.problems().size() + "处");
        return reading;
    }

    private final class Reader {

        private final String step;
        private final String person;
        private final Map<String, Line> byTask = new LinkedHashMap<>();
        private final Map<String, List<Line>> byNumber = new HashMap<>();
        private final List<Read> rows = new ArrayList<>();
        private final List<SheetTable.Problem> problems = new ArrayList<>();
        private final Map<Integer, String> numbers = new HashMap<>();
        private final Set<String> seen = new HashSet<>();
        private int untouched;

        Reader(String step, String person, List<Line> lines) {
            this.step = step;
            this.person = person;
            for (Line line : lines) {
                byTask.put(line.taskId(), line);
                byNumber.computeIfAbsent(line.number(), number -> new ArrayList<>())
                        .add(line);
            }
        }

        Reading read(SheetTable.Content content) {
            problems.addAll(content.problems());
            Set<Integer> unread =
                    content.problems().stream().map(SheetTable.Problem::row).collect(Collectors.toSet());
            for (SheetTable.Line row : content.lines()) {
                numbers.put(row.number(), PileCells.narrow(row.get(NUMBER)));
                if (problems.size() < MOST_PROBLEMS) read(row, unread.contains(row.number()));
            }
            return new Reading(
                    List.copyOf(rows),
                    problems.stream()
                            .sorted(Comparator.comparing(SheetTable.Problem::row))
                            .limit(MOST_PROBLEMS)
                            .map(one -> new Problem(one.place(), numbers.getOrDefault(one.row(), ""), one.sentence()))
                            .toList(),
                    untouched);
        }

        /** @param unread some of its cells could not be read, which is said already */
        private void read(SheetTable.Line row, boolean unread) {
            Line line = line(row);
            if (line == null) return;
            int before = problems.size();
            Fields fields = ready.fields(line.taskId(), step, person);
            Map<String, String> labels = new HashMap<>();
            Map<String, Object> draft = new LinkedHashMap<>();
            Map<String, Object> answer = new LinkedHashMap<>();
            Set<String> same = new HashSet<>();
            for (Field field : fields.fields()) {
                Object present = present(fields, field);
                boolean told = PileCells.holds(field)
                        && row.columns().containsKey(field.label())
                        && !labels.containsValue(field.label());
                if (told) labels.put(field.key(), field.label());
                String text = told ? row.get(field.label()) : "";
                if (!told || PileCells.same(text, PileCells.text(field, present))) {
                    same.add(field.key());
                    keep(field, present, draft, answer);
                    continue;
                }
                try {
                    keep(field, PileCells.value(field, text), draft, answer);
                } catch (Refusal refusal) {
                    problem(row, field.label(), refusal.sentence());
                }
            }
            if (unread || problems.size() > before) return;
            boolean touched = !same.containsAll(labels.keySet());
            // complete from the start is not yet entered: nobody has looked at it
            if (!touched && line.draft() == null) {
                untouched++;
                return;
            }
            Refusal refusal = against(line, answer, same);
            if (refusal == null) {
                draft.keySet().retainAll(answer.keySet());
                rows.add(new Read(line.taskId(), line.number(), line.title(), draft, answer));
            } else if (!touched) {
                untouched++;
            } else {
                String field = refusal.field();
                problem(row, field == null ? null : labels.get(field), refusal.sentence());
            }
        }

        private static void keep(
                Field field, @Nullable Object value, Map<String, Object> draft, Map<String, Object> answer) {
            Object submitted = PileCells.submitted(field, value);
            if (value == null || submitted == null) return;
            draft.put(field.key(), value);
            answer.put(field.key(), submitted);
        }

        /** What stands in a row from the start and is not asked for with this answer is left out, as the form leaves it out. */
        private @Nullable Refusal against(Line line, Map<String, Object> answer, Set<String> same) {
            while (true) {
                try {
                    ready.check(line.taskId(), step, person, answer);
                    return null;
                } catch (Refusal refusal) {
                    String field = refusal.field();
                    if (field == null
                            || !refusal.sentence().endsWith("当前不应填写。")
                            || !same.contains(field)
                            || answer.remove(field) == null) {
                        return refusal;
                    }
                }
            }
        }

        private @Nullable Line line(SheetTable.Line row) {
            String task = PileCells.narrow(row.get(TASK));
            String number = PileCells.narrow(row.get(NUMBER));
            Line line = byTask.get(task);
            List<Line> same = byNumber.getOrDefault(number, List.of());
            if (line == null && task.isEmpty() && same.size() == 1) line = same.get(0);
            if (line == null || !number.isEmpty() && !number.equals(line.number())) {
                problem(
                        row,
                        NUMBER,
                        line != null
                                ? "编号与「" + TASK + "」不是同一件，请从本页重新下载表格。"
                                : same.size() > 1
                                        ? "这一编号有" + same.size() + "件待办，请保留「" + TASK + "」一列。"
                                        : "“" + PileCells.cut(number) + "”不在您的这一类待办中，可能已经办理，请删去这一行。");
                return null;
            }
            if (!seen.add(line.taskId())) {
                problem(row, NUMBER, "这一件在表格里有两行，请删去一行。");
                return null;
            }
            return line;
        }

        private void problem(SheetTable.Line row, @Nullable String column, String sentence) {
            problems.add(new SheetTable.Problem(row.place(column), sentence));
        }
    }
}
