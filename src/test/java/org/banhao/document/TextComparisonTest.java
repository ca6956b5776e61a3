package org.banhao.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.banhao.document.TextComparison.Line;
import org.banhao.document.TextComparison.Mark;
import org.banhao.document.TextComparison.Piece;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class TextComparisonTest {

    private static String text(TextComparison comparison, Mark without) {
        return comparison.lines().stream()
                .filter(line ->
                        line.pieces().isEmpty() || line.pieces().stream().anyMatch(piece -> piece.mark() != without))
                .map(line -> line.pieces().stream()
                        .filter(piece -> piece.mark() != without)
                        .map(Piece::text)
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aRewrittenWordIsMarkedAndTheRestStays() {
        TextComparison comparison = TextComparison.of("每周开行三班助学公交。", "每周开行五班助学公交。");
        assertThat(comparison.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.pieces())
                        .contains(new Piece(Mark.REMOVED, "三班"), new Piece(Mark.ADDED, "五班"))
                        .anyMatch(piece ->
                                piece.mark() == Mark.SAME && piece.text().contains("公交")));
        assertThat(comparison.removals()).isEqualTo(1);
        assertThat(comparison.additions()).isEqualTo(1);
    }

    @Test
    void bothVersionsCanBeReadOutOfIt() {
        String before = "一、情况\n道路两侧停满车辆。\n公交无法靠站。\n\n建议\n错时放学。";
        String after = "一、情况\n上下学时段，道路两侧停满接送车辆。\n\n建议\n错时放学，间隔十五分钟。\n增开专线。";
        TextComparison comparison = TextComparison.of(before, after);
        assertThat(text(comparison, Mark.ADDED)).isEqualTo(before);
        assertThat(text(comparison, Mark.REMOVED)).isEqualTo(after);
    }

    @Test
    void aLineThatWentAndOneThatCameAreNotMixed() {
        TextComparison comparison = TextComparison.of("增设公交专用道。", "请市民政局牵头养老服务");
        assertThat(comparison.lines())
                .containsExactly(
                        new Line(List.of(new Piece(Mark.REMOVED, "增设公交专用道。"))),
                        new Line(List.of(new Piece(Mark.ADDED, "请市民政局牵头养老服务"))));
    }

    @Test
    void theSameTextHasNothingMarked() {
        assertThat(TextComparison.of("甲\n乙", "甲\n乙").same()).isTrue();
        assertThat(TextComparison.of("", "").same()).isTrue();
        assertThat(TextComparison.of("", "甲").same()).isFalse();
    }

    @Test
    void textsThatShareNothingDoNotTakeForEver() {
        String one = IntStream.range(0, 20_000).mapToObj(i -> "甲" + i).collect(Collectors.joining("\n"));
        String other = IntStream.range(0, 20_000).mapToObj(i -> "乙" + i + "丙").collect(Collectors.joining("\n"));
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> TextComparison.of(one, other));
        String line = "一二三四五六七八九十".repeat(10_000);
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> TextComparison.of(line, line.replace("五", "伍")));
    }
}
