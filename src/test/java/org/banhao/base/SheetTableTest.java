package org.banhao.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.banhao.base.SheetTable.Column;
import org.banhao.base.SheetTable.Kind;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as people really send them. */
class SheetTableTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("姓名", Kind.WORDS, true, List.of("名称")),
            new Column("证号", Kind.CODE, false, List.of()),
            new Column("任期", Kind.DAY, false, List.of()));

    private static byte[] sheet(Consumer<Worksheet> fill) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "test", "1.0")) {
            fill.accept(book.newWorksheet("名册"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void heading(Worksheet page) {
        page.value(0, 0, "长治市政协委员名册");
        page.value(1, 0, "序号");
        page.value(1, 1, "姓 名（必填）");
        page.value(1, 2, "证号");
        page.value(1, 3, "任期");
    }

    private static SheetTable.Content read(byte[] file) {
        return SheetTable.read(new ByteArrayInputStream(file), "名册", 100, COLUMNS);
    }

    @Test
    void columnsAreFoundUnderATitleAndDatesAreReadHoweverTheyAreWritten() {
        SheetTable.Content content = read(sheet(page -> {
            heading(page);
            List<String> days = List.of("2026-03-06", "2026/3/6", "2026.3.6", "2026年3月6日", "２０２６-０３-０６");
            for (int i = 0; i < days.size(); i++) {
                page.value(2 + i, 1, "委员" + i);
                page.value(2 + i, 2, 140101);
                page.value(2 + i, 3, days.get(i));
            }
            page.value(7, 1, "真日期");
            page.value(7, 3, LocalDate.of(2026, 3, 6));
            page.style(7, 3).format("yyyy-mm-dd").set();
        }));
        assertThat(content.problems()).isEmpty();
        assertThat(content.lines()).hasSize(6).allMatch(line -> line.get("任期").equals("2026-03-06"));
        assertThat(content.lines().get(0).get("证号")).isEqualTo("140101");
        assertThat(content.lines().get(0).place("证号")).isEqualTo("C3");
    }

    @Test
    void everyBadCellIsNamedAtOnce() {
        SheetTable.Content content = read(sheet(page -> {
            heading(page);
            page.formula(2, 1, "A1");
            page.value(3, 1, 12);
            page.value(4, 1, "甲");
            page.value(4, 3, "明年三月");
            page.value(5, 1, "乙");
            page.value(5, 3, "2026-02-30");
            page.value(6, 1, "合并");
            page.range(6, 1, 7, 1).merge();
            page.value(8, 1, "丙");
            page.value(8, 3, 20260306);
            page.value(9, 1, true);
            page.value(10, 1, "丁");
            page.value(10, 2, LocalDate.of(2026, 3, 6));
            page.style(10, 2).format("yyyy/m/d").set();
        }));
        assertThat(content.problems())
                .extracting(SheetTable.SheetTable.Problem::place)
                .containsExactly("B3", "B4", "D5", "D6", "B7", "D9", "B10", "C11");
        assertThat(content.problems()).allMatch(problem -> problem.sentence().matches(".*[\\u4e00-\\u9fff].*。"));
    }

    @Test
    void fiftyThousandRowsAreRefusedBeforeTheyAreKept() {
        byte[] file = sheet(page -> {
            heading(page);
            for (int i = 0; i < 50_000; i++) page.value(2 + i, 1, "委员" + i);
        });
        assertThatThrownBy(() -> read(file)).isInstanceOf(Refusal.class).hasMessage("表格超过100行，一次最多导入100行，请分开导入。");
    }

    /** The file with other words in its parts, as no spreadsheet program would write them. */
    private static byte[] with(byte[] file, String words, String others) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile in = ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(file))
                        .get();
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                String part = new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                zip.write(part.replace(words, others).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void aNumberThatWouldBeABillionNoughtsIsABadCell() throws IOException {
        byte[] file = sheet(page -> {
            heading(page);
            page.value(2, 1, "卫林书");
            page.value(2, 2, 7777);
        });
        assertThat(read(with(file, "<v>7777</v>", "<v>1E999999999</v>")).problems())
                .extracting(SheetTable.Problem::place)
                .containsExactly("C3");
    }

    @Test
    void aTextThatNoCellCanHoldIsRefusedBeforeItIsRead() throws IOException {
        byte[] file = sheet(page -> {
            heading(page);
            page.value(2, 1, "卫林书");
        });
        assertThat(read(with(file, "卫林书", "卫".repeat(32_767))).lines()).hasSize(1);
        byte[] longer = with(file, "卫林书", "卫".repeat(32_768));
        assertThatThrownBy(() -> read(longer)).isInstanceOf(Refusal.class).hasMessageContaining("超过32767字");
    }

    @Test
    void aTableWithMacrosIsRefused() throws IOException {
        byte[] plain = sheet(SheetTableTest::heading);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile in = ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(plain))
                        .get();
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                in.getInputStream(entry).transferTo(zip);
            }
            zip.putNextEntry(new ZipEntry("xl/vbaProject.bin"));
            zip.write(new byte[] {1, 2, 3});
        }
        assertThatThrownBy(() -> read(out.toByteArray()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("宏");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "UTF-16"})
    void textIsRefusedByItsNameInEveryEncoding(String charset) {
        byte[] csv = "姓名,证号\r\n卫林书,14-0101\r\n".getBytes(Charset.forName(charset));
        assertThatThrownBy(() -> read(csv)).isInstanceOf(Refusal.class).hasMessageContaining("CSV");
    }

    @Test
    void anOldOrLockedTableIsRefusedByItsName() {
        byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0};
        assertThatThrownBy(() -> read(old)).isInstanceOf(Refusal.class).hasMessageContaining(".xls");
        assertThatThrownBy(() -> read("PK nonsense".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(Refusal.class);
    }

    @Test
    void aTableWithoutHeadingOrLinesSaysWhatIsMissing() {
        assertThatThrownBy(() -> read(sheet(page -> page.value(0, 0, "别的"))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("姓名、证号、任期");
        assertThatThrownBy(() -> read(sheet(SheetTableTest::heading)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有名册");
        assertThatThrownBy(() -> read(sheet(page -> {
                    heading(page);
                    page.value(1, 4, "姓名");
                })))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("两列");
    }
}
