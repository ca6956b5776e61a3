package org.banhao.proposal.domain.solicitation;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.base.SheetTable;
import org.banhao.base.SheetTable.Column;
import org.banhao.base.SheetTable.Kind;
import org.banhao.base.SheetTable.Line;
import org.banhao.proposal.domain.Category;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first sheet of a table of topics: a heading row with 选题 and, in any order, 来源, 类别 and 说明; other columns (序号) are
 * passed over. Every bad cell is named.
 */
final class TopicWorkbook {

    private static final List<Column> COLUMNS = List.of(
            new Column("选题", Kind.WORDS, true, List.of("选题名称", "题目")),
            new Column("来源", Kind.WORDS, false, List.of("选题来源", "推荐单位")),
            new Column("类别", Kind.WORDS, false, List.of()),
            new Column("说明", Kind.WORDS, false, List.of("备注")));

    /** Field of a refusal → column. */
    private static final Map<String, String> OF_FIELD =
            Map.of("title", "选题", "source", "来源", "category", "类别", "note", "说明");

    private TopicWorkbook() {}

    /** @param known titles that stand already @throws Refusal it is no .xlsx, too large, or has no heading */
    static Topics.DryRun read(InputStream xlsx, Set<String> known) {
        SheetTable.Content content = SheetTable.read(xlsx, "选题", Topics.MOST, COLUMNS);
        List<SheetTable.Problem> problems = new ArrayList<>(content.problems());
        Set<Integer> bad =
                content.problems().stream().map(SheetTable.Problem::row).collect(Collectors.toSet());
        List<Topics.Entry> fresh = new ArrayList<>();
        Set<String> titles = new HashSet<>(known);
        for (Line line : content.lines()) {
            if (bad.contains(line.number())) {
                continue;
            }
            try {
                Topics.Entry entry =
                        Topics.entry(line.get("选题"), line.get("来源"), category(line.get("类别")), line.get("说明"));
                if (!titles.add(entry.title())) {
                    throw new Refusal("title", "选题“" + cut(entry.title()) + "”已经有了，请删去这一行。");
                }
                fresh.add(entry);
            } catch (Refusal refusal) {
                String column = refusal.field() == null ? "选题" : OF_FIELD.getOrDefault(refusal.field(), "选题");
                problems.add(new SheetTable.Problem(line.place(column), refusal.sentence()));
            }
        }
        return new Topics.DryRun(
                List.copyOf(fresh),
                problems.stream()
                        .sorted(Comparator.comparingInt(SheetTable.Problem::row))
                        .map(problem -> new Topics.Problem(problem.place(), problem.sentence()))
                        .toList());
    }

    private static @Nullable Category category(String typed) {
        String word = typed.strip();
        if (word.isEmpty()) {
            return null;
        }
        return Arrays.stream(Category.values())
                .filter(one -> one.label().equals(word))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "category",
                        "没有类别“" + cut(word) + "”，请填"
                                + Arrays.stream(Category.values())
                                        .map(Category::label)
                                        .collect(Collectors.joining("、"))
                                + "之一，或者留空。"));
    }

    private static String cut(String words) {
        return words.length() > 30 ? words.substring(0, 30) + "…" : words;
    }
}
