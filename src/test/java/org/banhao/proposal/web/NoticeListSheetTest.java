package org.banhao.proposal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.banhao.notice.NoticeLists;
import org.banhao.proposal.domain.NoticeList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.util.HtmlUtils;

/** The table as a spreadsheet program finds it in the file. */
class NoticeListSheetTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final NoticeList.Choice CHOICE =
            new NoticeList.Choice(new NoticeLists.Reason("filed", "立案通知"), DAY.minusDays(1), DAY, NoticeList.Show.OPEN);

    @TempDir
    private Path folder;

    private Map<String, String> parts(NoticeList.Line... lines) throws IOException {
        byte[] file = NoticeListSheet.table(
                        new NoticeList.Sheet(CHOICE, Instant.parse("2026-11-23T01:00:00Z"), 2, List.of(lines), false))
                .xlsx();
        Map<String, String> parts = new HashMap<>();
        Path written = Files.write(folder.resolve("list.xlsx"), file);
        // by its table of contents, as spreadsheet programs read it
        try (ZipFile zip = new ZipFile(written.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.put(
                        entry.getName(),
                        HtmlUtils.htmlUnescape(
                                new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return parts;
    }

    private static NoticeList.Line line(String name, String phone) {
        return new NoticeList.Line(
                1,
                name,
                phone,
                "【办好】提案TA-2026-000001已立案，案号第001号。",
                "立案通知",
                "第001号",
                "TA-2026-000001",
                "2026年11月23日 09:00（周一）",
                List.of(),
                "暴晓岚，2026年11月23日 09:30（周一）",
                null);
    }

    @Test
    void itPrintsOnA4LandscapeOnePageWideWithTitleAndHeadingOnEachPage() throws IOException {
        Map<String, String> parts = parts(line("卫林书", "10000000001"));

        assertThat(parts.get("xl/worksheets/sheet1.xml"))
                .contains("paperSize=\"9\"", "orientation=\"landscape\"", "fitToWidth=\"1\"", "fitToHeight=\"0\"")
                .contains("fitToPage", "第&P页，共&N页");
        assertThat(parts.get("xl/workbook.xml")).contains("_xlnm.Print_Titles").contains("$1:$3");
    }

    @Test
    void everyLineOfTheScreenStandsInItAndAPhoneNumberIsText() throws IOException {
        Map<String, String> parts = parts(line("卫林书", "03550000001"), line("郜清远", ""));

        assertThat(parts.get("xl/sharedStrings.xml"))
                .contains("提案通知清单", "共2条", "立案通知，2026年11月22日（周日）至2026年11月23日（周一），尚未通知到")
                .contains(NoticeListSheet.COLUMNS);
        assertThat(parts.get("xl/worksheets/sheet1.xml"))
                .contains("03550000001", "TA-2026-000001", "案号第001号。", "暴晓岚，2026年11月23日 09:30（周一）")
                .contains("r=\"A5\"")
                .doesNotContain("r=\"A6\"")
                .doesNotContain("<f>");
    }

    @Test
    void aNameThatLooksLikeAFormulaStaysAName() throws IOException {
        Map<String, String> parts = parts(line("=HYPERLINK(\"https://evil.cn\",\"点我\")", "+1-1|cmd"));

        assertThat(parts.get("xl/worksheets/sheet1.xml"))
                .contains("t=\"inlineStr\"", "=HYPERLINK(\"https://evil.cn\",\"点我\")", "+1-1|cmd")
                .doesNotContain("<f>", "<hyperlink");
    }
}
