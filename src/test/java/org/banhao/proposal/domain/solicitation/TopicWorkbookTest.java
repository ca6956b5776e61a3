package org.banhao.proposal.domain.solicitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.assertj.core.api.Assertions;
import org.banhao.base.Refusal;
import org.banhao.proposal.domain.Category;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

/** Tables as people send them, and as nobody should. */
class TopicWorkbookTest {

    private static byte[] table(Consumer<Worksheet> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = book.newWorksheet("选题");
            sheet.value(0, 0, "提案参考选题");
            sheet.value(1, 0, "序号");
            sheet.value(1, 1, "选题名称");
            sheet.value(1, 2, "来源");
            sheet.value(1, 3, "类别");
            sheet.value(1, 4, "备注");
            rows.accept(sheet);
        }
        return out.toByteArray();
    }

    private static Topics.DryRun read(byte[] table, String... known) {
        return TopicWorkbook.read(new ByteArrayInputStream(table), Set.of(known));
    }

    @Test
    void goodRowsAreReadUnderATitleAndOtherNamesOfColumns() throws IOException {
        Topics.DryRun run = read(table(sheet -> {
            sheet.value(2, 0, 1);
            sheet.value(2, 1, "加速“公园经济”发展");
            sheet.value(2, 2, "市城市管理局");
            sheet.value(2, 3, Category.SOCIETY.label());
            sheet.value(4, 1, "推进低空经济");
        }));

        assertThat(run.problems()).isEmpty();
        assertThat(run.fresh())
                .extracting(Topics.Entry::title, Topics.Entry::source, Topics.Entry::category)
                .containsExactly(tuple("加速“公园经济”发展", "市城市管理局", Category.SOCIETY), tuple("推进低空经济", "", null));
    }

    @Test
    void eachBadCellIsNamed() throws IOException {
        Topics.DryRun run = read(
                table(sheet -> {
                    sheet.formula(2, 1, "1+1");
                    sheet.value(3, 1, "合并的选题");
                    sheet.range(3, 2, 4, 2).merge();
                    sheet.value(5, 1, LocalDate.of(2026, 1, 5));
                    sheet.style(5, 1).format("yyyy-mm-dd").set();
                    sheet.value(6, 1, "没有这个类别的选题");
                    sheet.value(6, 3, "军事建设");
                    sheet.value(7, 2, "只有来源");
                    sheet.value(8, 1, "已经有的选题");
                    sheet.value(9, 1, "好的选题");
                    sheet.value(10, 1, "好的选题");
                    sheet.value(11, 1, true);
                }),
                "已经有的选题");

        assertThat(run.problems())
                .extracting(Topics.Problem::cell)
                .containsExactly("B3", "C4", "B6", "D7", "B8", "B9", "B11", "B12");
        assertThat(run.problems().get(0).sentence()).contains("公式");
        assertThat(run.problems().get(1).sentence()).contains("合并单元格");
        assertThat(run.problems().get(2).sentence()).contains("日期");
        assertThat(run.fresh()).extracting(Topics.Entry::title).containsExactly("好的选题");
    }

    @Test
    void fiftyThousandRowsAreRefusedInTime() throws IOException {
        byte[] table = table(sheet -> {
            for (int row = 2; row < 50_002; row++) {
                sheet.value(row, 1, "选题" + row);
            }
        });

        Assertions.setMaxStackTraceElementsDisplayed(5);
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> read(table))
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining("超过2000行"));
    }

    @Test
    void whatUnpacksWithoutBoundIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            byte[] nothing = new byte[1024 * 1024];
            for (int i = 0; i < 60; i++) {
                zip.write(nothing);
            }
            zip.closeEntry();
        }

        assertThatThrownBy(() -> read(out.toByteArray()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("内容太多");
    }

    /** The good table with one part replaced. */
    private static byte[] with(String part, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] good = table(sheet -> sheet.value(2, 1, "选题"));
        try (ZipFile in = ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(good))
                        .get();
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
                if (!entry.getName().equals(part)) {
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    in.getInputStream(entry).transferTo(zip);
                    zip.closeEntry();
                }
            }
            zip.putNextEntry(new ZipEntry(part));
            zip.write(content);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    @Test
    void aCellFarToTheRightIsRefusedBeforeItsRowIsFilledUp() throws IOException {
        String sheet = "<?xml version=\"1.0\" encoding=\"%s\"?>"
                + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                + "<row r=\"1\"><c r='%s' t=\"inlineStr\"><is><t>选题</t></is></c></row></sheetData></worksheet>";
        for (String place : List.of("ZZZZZZ1", "XFD1", "AAA1", "&#90;ZZZZ1", "a1", "")) {
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
                byte[] part = sheet.formatted(charset.name(), place).getBytes(charset);
                for (String name : List.of("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/other.bin")) {
                    byte[] table = with(name, part);
                    assertThatThrownBy(() -> read(table))
                            .as("%s in %s, %s", place, name, charset)
                            .isInstanceOf(Refusal.class)
                            .hasMessageContaining("ZZ列以外的单元格");
                }
            }
        }
        byte[] last =
                with("xl/worksheets/sheet2.xml", sheet.formatted("UTF-8", "ZZ1").getBytes(StandardCharsets.UTF_8));
        assertThat(read(last).fresh()).hasSize(1);
        assertThat(read(with("xl/media/image1.jpeg", new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2}))
                        .fresh())
                .hasSize(1);
        assertThatThrownBy(() -> read(with(
                        "xl/worksheets/sheet1.xml",
                        "<!DOCTYPE x [<!ENTITY a \"ZZZZZZ1\">]><worksheet><c r=\"&a;\"/></worksheet>"
                                .getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("读不出这个文件");
    }

    @Test
    void openTagsWithoutEndAreRefusedInTime() throws IOException {
        byte[] table = with(
                "xl/worksheets/sheet1.xml",
                ("<worksheet><mergeCells>" + "<mergeCell ".repeat(500_000)).getBytes(StandardCharsets.UTF_8));

        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> read(table)).hasMessageContaining("读不出这个文件"));
    }

    @Test
    void aFileThatIsNoTableOrHasNoHeadingIsRefused() throws IOException {
        assertThatThrownBy(() -> read("序号,选题".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("CSV");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "test", "1.0")) {
            book.newWorksheet("一").value(0, 0, "别的");
        }
        assertThatThrownBy(() -> read(out.toByteArray())).hasMessageContaining("没有找到标题行");
        assertThatThrownBy(() -> read(table(sheet -> {}))).hasMessageContaining("表格里没有选题");
    }
}
