package org.banhao.proposal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.banhao.proposal.domain.NoticeList;
import org.banhao.proposal.domain.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.util.HtmlUtils;

/** The table as a spreadsheet program finds it in the file. */
class NoticeListSheetTest {

    private static final Session SESSION =
            new Session("14-5", "十四届五次", Instant.EPOCH, "meeting", 50, 1500, 500, 3, 1, false, null, false, null);

    @TempDir
    private Path folder;

    private Map<String, String> parts(NoticeList.Line... lines) throws IOException {
        byte[] file = NoticeListSheet.table(
                        new NoticeList.Sheet(SESSION, Instant.parse("2026-11-23T01:00:00Z"), List.of(lines)))
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

    private static NoticeList.Line line(int position, String phone) {
        return new NoticeList.Line(position, "第001号", "TA-2026-000001", "卫林书", "第一提案人", phone, "【办好】您提出的提案");
    }

    @Test
    void itPrintsOnA4LandscapeOnePageWideWithTitleAndHeadingOnEachPage() throws IOException {
        Map<String, String> parts = parts(line(1, "10000000001"));

        assertThat(parts.get("xl/worksheets/sheet1.xml"))
                .contains("paperSize=\"9\"", "orientation=\"landscape\"", "fitToWidth=\"1\"", "fitToHeight=\"0\"")
                .contains("fitToPage", "第&P页，共&N页");
        assertThat(parts.get("xl/workbook.xml")).contains("_xlnm.Print_Titles").contains("$1:$3");
    }

    @Test
    void everyLineOfTheScreenStandsInItAndAPhoneNumberIsText() throws IOException {
        Map<String, String> parts = parts(line(1, "03550000001"), line(2, ""));

        assertThat(parts.get("xl/sharedStrings.xml"))
                .contains("十四届五次提案立案通知清单", "共2条")
                .contains(NoticeListSheet.COLUMNS);
        assertThat(parts.get("xl/worksheets/sheet1.xml"))
                .contains("03550000001", "TA-2026-000001")
                .contains("r=\"A5\"")
                .doesNotContain("r=\"A6\"")
                .doesNotContain("<f>");
    }
}
