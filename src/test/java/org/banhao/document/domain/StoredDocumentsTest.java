package org.banhao.document.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.banhao.base.Refusal;
import org.banhao.casefile.CasefileDatabase;
import org.banhao.casefile.CasefileFakes;
import org.banhao.document.StoredDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

class StoredDocumentsTest {
    private static final byte[] OLE_HEAD = {
        (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };

    @TempDir
    Path folder;

    private StoredDocuments documents;

    @BeforeEach
    void onH2() {
        documents = on(CasefileDatabase.H2);
    }

    private StoredDocuments on(CasefileDatabase database) {
        DataSource source = database.source();
        JdbcClient jdbc = JdbcClient.create(source);
        jdbc.sql("delete from document_file").update();
        return new StoredDocuments(
                jdbc, new CasefileFakes.TestClock(), new CasefileFakes.TestAudit(), folder, DataSize.ofKilobytes(64));
    }

    private StoredDocument store(String name, byte[] content) {
        return documents.store(null, "task-1", name, new ByteArrayInputStream(content), "weilinshu", "卫林书");
    }

    @ParameterizedTest
    @EnumSource
    void the_same_content_lies_once_on_disk_and_comes_back_unchanged(CasefileDatabase database) throws IOException {
        documents = on(database);
        byte[] content = utf8("建议增设公交专用道。");
        StoredDocument one = store("一.txt", content);
        StoredDocument two = store("二.txt", content);
        assertThat(one.sha256()).isEqualTo(two.sha256()).matches("[0-9a-f]{64}");
        assertThat(one.id()).isNotEqualTo(two.id());
        assertThat(documents.find(one.id())).contains(one);
        try (InputStream in = documents.open(two.id())) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(files())
                .containsExactly(folder.resolve(one.sha256().substring(0, 2)).resolve(one.sha256()));
    }

    @ParameterizedTest
    @EnumSource
    void versions_go_back_and_forth_with_the_first_one(CasefileDatabase database) {
        documents = on(database);
        StoredDocument first = store("一.txt", utf8("甲"));
        documents.attach("TA-2026-000001", List.of(first.id()), "draft");
        StoredDocument second =
                documents.revise(first.id(), "二.txt", new ByteArrayInputStream(utf8("乙")), " 改字 ", "weilinshu", "卫林书");
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.first()).isEqualTo(first.id());
        assertThat(second.reason()).isEqualTo("改字");
        assertThat(documents.ofCase("TA-2026-000001"))
                .extracting(StoredDocument::version)
                .containsExactlyInAnyOrder(1, 2);
        documents.detach("TA-2026-000001", List.of(first.id()), "draft", "weilinshu", "task-1");
        assertThat(documents.ofCase("TA-2026-000001")).isEmpty();
        documents.attach("TA-2026-000001", List.of(first.id()), "draft");
        assertThat(documents.ofCase("TA-2026-000001")).hasSize(2).allMatch(one -> "draft".equals(one.origin()));
        assertThatThrownBy(() -> documents.revise(
                        second.id(), "三.txt", new ByteArrayInputStream(utf8("乙")), "再改", "weilinshu", "卫林书"))
                .hasMessage("选择的文件与第2版内容相同，没有更新。");
        assertThatThrownBy(() -> documents.revise(
                        store("未交.txt", utf8("丙")).id(),
                        "三.txt",
                        new ByteArrayInputStream(utf8("丁")),
                        "改",
                        "weilinshu",
                        "卫林书"))
                .hasMessage("没有这份文件，请刷新页面后重试。");
    }

    @ParameterizedTest
    @EnumSource
    void only_ones_own_uploads_of_that_step_count_until_they_belong_to_a_case(CasefileDatabase database) {
        documents = on(database);
        StoredDocument mine = store("a.txt", utf8("a"));
        assertThat(documents.owned("task-1", "weilinshu", List.of(mine.id(), mine.id())))
                .isTrue();
        assertThat(documents.owned("task-2", "weilinshu", List.of(mine.id()))).isFalse();
        assertThat(documents.owned("task-1", "baoxiaolan", List.of(mine.id()))).isFalse();
        assertThat(documents.owned("task-1", "weilinshu", List.of(mine.id(), "other")))
                .isFalse();
        assertThat(documents.owned("task-1", "weilinshu", List.of())).isTrue();
        documents.attach("TA-2026-000001", List.of(mine.id()), "draft");
        assertThat(documents.owned("task-1", "weilinshu", List.of(mine.id()))).isFalse();
        assertThat(documents.ofCase("TA-2026-000001"))
                .extracting(StoredDocument::id)
                .containsExactly(mine.id());
        assertThat(documents.ofStep("task-1", "weilinshu")).isEmpty();
        assertThatThrownBy(() -> documents.attach("TA-2026-000002", List.of(mine.id()), "draft"))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void versions_leave_the_case_with_their_first_and_come_back_with_it(CasefileDatabase database) {
        documents = on(database);
        StoredDocument one = store("a.txt", utf8("a"));
        StoredDocument other = store("b.txt", utf8("b"));
        documents.attach("TA-2026-000001", List.of(one.id(), other.id()), "p/t");
        StoredDocument two =
                documents.revise(one.id(), "a.txt", new ByteArrayInputStream(utf8("aa")), "改", "weilinshu", "卫林书");
        documents.detach("TA-2026-000001", List.of(one.id()), "p/t", "weilinshu", "task-2");
        assertThat(documents.ofCase("TA-2026-000001"))
                .extracting(StoredDocument::id)
                .containsExactly(other.id());
        assertThat(documents.ofStep("task-2", "weilinshu"))
                .extracting(StoredDocument::id)
                .containsExactly(one.id());
        documents.attach("TA-2026-000001", List.of(one.id()), "p/t");
        assertThat(documents.ofCase("TA-2026-000001"))
                .extracting(StoredDocument::id)
                .containsExactlyInAnyOrder(one.id(), two.id(), other.id());
        documents.detach("TA-2026-000001", List.of(one.id()), "p/t", "weilinshu", "task-2");
        documents.discard(one.id(), "weilinshu");
        assertThat(documents.find(two.id())).isEmpty();
    }

    @Test
    void an_upload_can_be_taken_back_by_its_owner_until_it_is_handed_in() {
        StoredDocument one = store("a.txt", utf8("a"));
        StoredDocument two = store("b.txt", utf8("b"));
        assertThatThrownBy(() -> documents.discard(one.id(), "baoxiaolan")).isInstanceOf(Refusal.class);
        documents.discard(one.id(), "weilinshu");
        assertThat(documents.find(one.id())).isEmpty();
        documents.attach("TA-2026-000001", List.of(two.id()), "draft");
        assertThatThrownBy(() -> documents.discard(two.id(), "weilinshu")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> documents.open(one.id()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有这份文件");
    }

    @Test
    void empty_and_too_large_files_are_refused_and_leave_nothing_behind() throws IOException {
        assertRefused("a.txt", new byte[0], "空的");
        byte[] large = new byte[64 * 1024 + 1];
        Arrays.fill(large, (byte) 'a');
        assertRefused("a.txt", large, "上限");
        assertThat(store("a.txt", Arrays.copyOf(large, 64 * 1024)).bytes()).isEqualTo(64 * 1024);
        assertThat(files()).hasSize(1);
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing_behind() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection lost");
            }
        };
        assertThatThrownBy(() -> documents.store(null, "task-1", "a.txt", broken, "weilinshu", "卫林书"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(files()).isEmpty();
        assertThat(documents.ofStep("task-1", "weilinshu")).isEmpty();
    }

    @Test
    void nobody_fills_the_disk_through_one_step() {
        for (int i = 0; i < 60; i++) store(i + ".txt", utf8("" + i));
        assertRefused("60.txt", utf8("60"), "60个");
    }

    @Test
    void papers_of_an_office_are_taken_and_typed_by_content() throws IOException {
        assertThat(store("a.pdf", utf8("%PDF-1.7\n1 0 obj\n")).mediaType()).isEqualTo("application/pdf");
        assertThat(store("a.PNG", png()).mediaType()).isEqualTo("image/png");
        assertThat(store("a.jpeg", new byte[] {
                            (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0
                        })
                        .mediaType())
                .isEqualTo("image/jpeg");
        assertThat(store("a.webp", utf8("RIFF\1\1\1\1WEBPVP8 ")).mediaType()).isEqualTo("image/webp");
        assertThat(store("a.heic", utf8("\0\0\0\30ftypheic\0\0\0\0mif1heic")).mediaType())
                .isEqualTo("image/heic");
        assertThat(store("a.txt", utf8("你好，提案。")).mediaType()).isEqualTo("text/plain");
        assertThat(store("b.txt", "第一条　为了规范提案办理工作".getBytes(Charset.forName("GB18030")))
                        .mediaType())
                .isEqualTo("text/plain");
        assertThat(store("a.docx", zip("[Content_Types].xml", "word/document.xml"))
                        .mediaType())
                .endsWith("wordprocessingml.document");
        assertThat(store("a.xlsx", zip("[Content_Types].xml", "xl/workbook.xml"))
                        .mediaType())
                .endsWith("spreadsheetml.sheet");
        assertThat(store("a.pptx", zip("[Content_Types].xml", "ppt/presentation.xml"))
                        .mediaType())
                .endsWith("presentationml.presentation");
        assertThat(store("a.ofd", zip("OFD.xml", "Doc_0/Document.xml")).mediaType())
                .isEqualTo("application/ofd");
        assertThat(store("a.doc", ole("WordDocument")).mediaType()).isEqualTo("application/msword");
        assertThat(store("a.wps", ole("WordDocument")).mediaType()).isEqualTo("application/msword");
        assertThat(store("a.xls", ole("Workbook")).mediaType()).isEqualTo("application/vnd.ms-excel");
    }

    @Test
    void macros_are_refused_in_new_and_old_formats_whatever_the_name() throws IOException {
        assertRefused("a.docx", zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "宏");
        assertRefused("a.docm", zip("[Content_Types].xml", "word/document.xml", "word/VBAPROJECT.BIN"), "宏");
        assertRefused("a.xlsx", zip("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "宏");
        assertRefused("a.doc", ole("WordDocument", "_VBA_PROJECT"), "宏");
        assertRefused("a.xls", ole("Workbook", "_VBA_PROJECT_CUR"), "宏");
    }

    @Test
    void an_office_document_that_unpacks_without_bound_is_refused_though_all_its_parts_are_there() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            byte[] blanks = new byte[1 << 20];
            for (int i = 0; i < 201; i++) zip.write(blanks);
        }
        // 200 kB packed: less than any installation takes
        Path file = Files.write(folder.resolve("bomb"), bytes.toByteArray());
        assertThatThrownBy(() -> new FileKinds().recognise(file, "a.docx"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("展开后的内容太多");
    }

    @Test
    void archives_programs_and_pages_are_refused() throws IOException {
        assertRefused("a.zip", zip("a.txt"), "压缩包");
        assertRefused("a.docx", zip("a.txt"), "压缩包");
        assertRefused("a.ofd", zip("evil/OFD.html"), "压缩包");
        assertRefused("a.pdf", utf8("MZ\220\0\3\0\0\0\4\0\0\0\377\377"), "不接收");
        assertRefused("a.txt", utf8("<!DOCTYPE html><html><script>alert(1)</script></html>"), "网页");
        assertRefused("a.png", utf8("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"), "SVG");
        assertRefused("a.txt", utf8("#!/bin/sh\nrm -rf /\n"), "程序");
        assertRefused("a.doc", ole("EncryptedPackage"), "密码");
        assertRefused("a.doc", ole("MsiDigitalSignature"), "不接收");
        assertRefused("a.txt", new byte[] {1, 2, 3, 0, 5}, "不接收");
        assertRefused("a.docx", Arrays.copyOf(zip("[Content_Types].xml", "word/document.xml"), 60), "损坏");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.exe", "a.html", "a", "a.docx", "a.pdf.js"})
    void a_true_pdf_with_another_extension_is_refused(String name) {
        assertRefused(name, utf8("%PDF-1.7\n1 0 obj\n"), "扩展名");
    }

    @ParameterizedTest
    @CsvSource({"../../../x.txt", "..\\..\\x.txt", "/etc/x.txt"})
    void a_path_in_the_name_writes_nowhere_else(String name) throws IOException {
        assertThat(store(name, utf8("x")).name()).isEqualTo("x.txt");
        assertThat(files()).hasSize(1);
    }

    private void assertRefused(String name, byte[] content, String word) {
        assertThatThrownBy(() -> store(name, content))
                .as(name)
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.field()).isEqualTo("file"))
                .hasMessageContaining(word);
    }

    private List<Path> files() throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] utf8(String text) {
        return text.chars().anyMatch(c -> c > 255)
                ? text.getBytes(StandardCharsets.UTF_8)
                : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] png() {
        return utf8("\211PNG\r\n\32\n\0\0\0\15IHDR\0\0\0\1\0\0\0\1\10\2\0\0\0");
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(utf8("<x/>"));
            }
        }
        return bytes.toByteArray();
    }

    /** A compound file as far as its directory matters. */
    private static byte[] ole(String... entries) {
        byte[] file = new byte[512 + 128 * (entries.length + 1)];
        System.arraycopy(OLE_HEAD, 0, file, 0, OLE_HEAD.length);
        int at = 512;
        for (String entry : entries) {
            byte[] name = entry.getBytes(StandardCharsets.UTF_16LE);
            System.arraycopy(name, 0, file, at, name.length);
            at += 128;
        }
        return file;
    }

    @Test
    void nobodyFillsTheDiskByNamingEverNewSteps() {
        byte[] content = utf8("a");
        for (int i = 0; i < 600; i++) {
            documents.store(null, "start:s" + i, "a.txt", new ByteArrayInputStream(content), "weilinshu", "卫林书");
        }
        assertThatThrownBy(() -> documents.store(
                        null, "start:another", "a.txt", new ByteArrayInputStream(content), "weilinshu", "卫林书"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("600个");
    }
}
