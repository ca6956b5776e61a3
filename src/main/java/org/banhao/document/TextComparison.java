package org.banhao.document;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two versions of a text, line by line, with the words marked that went and that came. What is compared has bounds: beyond them whole
 * lines are told to differ.
 *
 * @param lines of both, in reading order
 */
public record TextComparison(List<Line> lines) {

    /** Cells of a table of two texts: 2,000 lines or words on each side. */
    private static final long MOST_CELLS = 4_000_000;

    /** The same over all rewritten lines together. */
    private static final long MOST_CELLS_OF_WORDS = 40_000_000;

    /** Below this two lines are not one that was rewritten but one that went and one that came. */
    private static final double ALIKE = 0.35;

    /** How many lines may have been put in before a rewritten one. */
    private static final int AHEAD = 8;

    public enum Mark {
        SAME,
        REMOVED,
        ADDED
    }

    /** @param text never empty */
    public record Piece(Mark mark, String text) {}

    /** @param pieces none for an empty line that stayed */
    public record Line(List<Piece> pieces) {

        public boolean changed() {
            return pieces.stream().anyMatch(piece -> piece.mark() != Mark.SAME);
        }
    }

    public static TextComparison of(String before, String after) {
        List<Line> lines = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> added = new ArrayList<>();
        AtomicLong left = new AtomicLong(MOST_CELLS_OF_WORDS);
        for (Step<String> step : steps(split(before), split(after))) {
            switch (step.mark()) {
                case REMOVED -> removed.add(step.item());
                case ADDED -> added.add(step.item());
                case SAME -> {
                    rewritten(removed, added, lines, left);
                    lines.add(whole(Mark.SAME, step.item()));
                }
            }
        }
        rewritten(removed, added, lines, left);
        return new TextComparison(List.copyOf(lines));
    }

    /** Passages that went: neighbours count as one. */
    public long removals() {
        return count(Mark.REMOVED);
    }

    public long additions() {
        return count(Mark.ADDED);
    }

    private long count(Mark mark) {
        return lines.stream()
                .flatMap(line -> line.pieces().stream())
                .filter(piece -> piece.mark() == mark)
                .count();
    }

    public boolean same() {
        return lines.stream().noneMatch(Line::changed);
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.replace("\r\n", "\n").split("\n", -1));
    }

    private static Line whole(Mark mark, String text) {
        return new Line(text.isEmpty() ? List.of() : List.of(new Piece(mark, text)));
    }

    /** What went and what came at the same place: line against line as long as they are alike. */
    private static void rewritten(List<String> removed, List<String> added, List<Line> lines, AtomicLong left) {
        int next = 0;
        for (String old : removed) {
            int found = -1;
            for (int i = next; i < Math.min(added.size(), next + AHEAD) && found < 0; i++) {
                if (alike(old, added.get(i))) found = i;
            }
            if (found < 0) {
                lines.add(whole(Mark.REMOVED, old));
                continue;
            }
            while (next < found) lines.add(whole(Mark.ADDED, added.get(next++)));
            lines.add(words(old, added.get(next++), left));
        }
        while (next < added.size()) lines.add(whole(Mark.ADDED, added.get(next++)));
        removed.clear();
        added.clear();
    }

    private static boolean alike(String one, String other) {
        Map<Integer, Integer> seen = new HashMap<>();
        one.chars().forEach(c -> seen.merge(c, 1, Integer::sum));
        long shared =
                other.chars().filter(c -> seen.merge(c, -1, Integer::sum) >= 0).count();
        return shared >= ALIKE * Math.max(one.length(), other.length());
    }

    private static Line words(String before, String after, AtomicLong left) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder removed = new StringBuilder();
        StringBuilder added = new StringBuilder();
        StringBuilder same = new StringBuilder();
        List<String> old = words(before);
        List<String> young = words(after);
        if (left.addAndGet(-(long) old.size() * young.size()) < 0) {
            return new Line(List.of(new Piece(Mark.REMOVED, before), new Piece(Mark.ADDED, after)));
        }
        for (Step<String> step : steps(old, young)) {
            if (step.mark() == Mark.SAME) {
                flush(removed, Mark.REMOVED, pieces);
                flush(added, Mark.ADDED, pieces);
                same.append(step.item());
            } else {
                flush(same, Mark.SAME, pieces);
                (step.mark() == Mark.REMOVED ? removed : added).append(step.item());
            }
        }
        flush(same, Mark.SAME, pieces);
        flush(removed, Mark.REMOVED, pieces);
        flush(added, Mark.ADDED, pieces);
        return new Line(List.copyOf(pieces));
    }

    private static void flush(StringBuilder text, Mark mark, List<Piece> pieces) {
        if (text.length() > 0) pieces.add(new Piece(mark, text.toString()));
        text.setLength(0);
    }

    /** Chinese words by dictionary; a change inside of one marks the word, as a reader would. */
    private static List<String> words(String text) {
        BreakIterator breaks = BreakIterator.getWordInstance(ULocale.SIMPLIFIED_CHINESE);
        breaks.setText(text);
        List<String> words = new ArrayList<>();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            words.add(text.substring(from, to));
            from = to;
        }
        return words;
    }

    private record Step<T>(Mark mark, T item) {}

    /** The longest common part, after what is the same at both ends. */
    private static <T> List<Step<T>> steps(List<T> before, List<T> after) {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) head++;
        int tail = 0;
        while (tail < shorter - head && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail)))
            tail++;
        List<Step<T>> steps = new ArrayList<>();
        before.subList(0, head).forEach(item -> steps.add(new Step<>(Mark.SAME, item)));
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), steps);
        before.subList(before.size() - tail, before.size()).forEach(item -> steps.add(new Step<>(Mark.SAME, item)));
        return steps;
    }

    private static <T> void middle(List<T> before, List<T> after, List<Step<T>> steps) {
        int n = before.size();
        int m = after.size();
        if ((n + 1L) * (m + 1L) > MOST_CELLS) {
            before.forEach(item -> steps.add(new Step<>(Mark.REMOVED, item)));
            after.forEach(item -> steps.add(new Step<>(Mark.ADDED, item)));
            return;
        }
        int[][] longest = new int[n + 1][m + 1];
        for (int i = n - 1; i >= 0; i--) {
            for (int j = m - 1; j >= 0; j--) {
                longest[i][j] = before.get(i).equals(after.get(j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < n || j < m) {
            if (i < n && j < m && before.get(i).equals(after.get(j))) {
                steps.add(new Step<>(Mark.SAME, before.get(i)));
                i++;
                j++;
            } else if (j >= m || i < n && longest[i + 1][j] >= longest[i][j + 1]) {
                steps.add(new Step<>(Mark.REMOVED, before.get(i++)));
            } else {
                steps.add(new Step<>(Mark.ADDED, after.get(j++)));
            }
        }
    }
}
