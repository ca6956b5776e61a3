package org.banhao.document.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.banhao.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script in the place of LibreOffice shows what is asked of it; the real one reads a file where it is installed. */
class LibreOfficeTest {

    @TempDir
    Path folder;

    private LibreOffice with(String script, Duration longest) throws IOException {
        Path program = Files.writeString(folder.resolve("soffice"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new LibreOffice(program.toString(), longest);
    }

    private static final String LAST_AS_PDF = "for file; do :; done\nwhile [ \"$1\" != --outdir ]; do shift; done\n";

    @Test
    void theFileIsReadUnderANameOfOursWithAnEmptyProfileThatRunsNoMacros() throws IOException {
        LibreOffice office = with(
                LAST_AS_PDF
                        + "{ echo \"$file\"; cat profile/user/registrymodifications.xcu; cat \"$file\"; } > \"$2/in.pdf\"",
                Duration.ofSeconds(20));
        String made = new String(
                office.convert("--help; rm -rf.DOCX", "内容".getBytes(StandardCharsets.UTF_8))
                        .bytes(),
                StandardCharsets.UTF_8);
        assertThat(made)
                .contains("/in.docx")
                .contains("DisableMacrosExecution\" oor:op=\"fuse\"><value>true")
                .endsWith("内容")
                .doesNotContain("rm -rf");
    }

    @Test
    void nothingOfOurEnvironmentIsHandedOn() throws IOException {
        LibreOffice office = with(LAST_AS_PDF + "env > \"$2/in.pdf\"", Duration.ofSeconds(20));
        assertThat(new String(office.convert("a.docx", new byte[] {1}).bytes(), StandardCharsets.UTF_8))
                .contains("TZ=Asia/Shanghai")
                .doesNotContain("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD");
    }

    @Test
    void aFileThatTakesTooLongIsGivenUpAndItsProcessesEnd() throws IOException {
        LibreOffice office = with("sleep 600 & echo $! > '" + folder + "/child'; wait", Duration.ofMillis(1500));
        assertThatThrownBy(() -> office.convert("a.docx", new byte[] {1}))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有在1秒内转为PDF，请下载文件查看");
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsSaid() throws IOException {
        LibreOffice office = with("exit 1", Duration.ofSeconds(20));
        assertThatThrownBy(() -> office.convert("a.docx", new byte[] {1}))
                .isInstanceOf(Refusal.class)
                .hasMessage("文件已损坏或设有密码，不能转为PDF，请下载文件查看。");
    }

    @Test
    void withoutItOnlyTheFileItselfIsThere() {
        LibreOffice office = new LibreOffice(folder.resolve("nothing").toString(), Duration.ofSeconds(1));
        assertThat(office.available()).isFalse();
        assertThatThrownBy(() -> office.convert("a.docx", new byte[] {1}))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有安装LibreOffice");
    }

    @Test
    void officeFilesAreReadAndOthersAreNot() {
        LibreOffice office = new LibreOffice("", Duration.ofSeconds(1));
        assertThat(office.reads("提案.DOCX")).isTrue();
        assertThat(office.reads("盖章件.pdf")).isFalse();
        assertThat(office.reads("没有扩展名")).isFalse();
    }

    @Test
    void aWordFileBecomesAPdfThatNamesReplacedFonts() throws IOException {
        LibreOffice office = new LibreOffice("", Duration.ofSeconds(120));
        assumeTrue(office.available(), "LibreOffice is not installed here");
        var pdf = office.convert("提案.docx", smallestDocx());
        assertThat(new String(pdf.bytes(), 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
        assertThat(pdf.note()).contains("没有的字体");
    }

    private static byte[] smallestDocx() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            part(zip, "[Content_Types].xml", """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
                    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
                    <Override PartName="/word/document.xml" \
                    ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""");
            part(zip, "_rels/.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
                    <Relationship Id="r1" \
                    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
                    Target="word/document.xml"/></Relationships>""");
            part(zip, "word/document.xml", """
                    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>\
                    <w:rPr><w:rFonts w:eastAsia="没有的字体"/></w:rPr><w:t>关于公交的提案</w:t></w:r></w:p></w:body></w:document>""");
        }
        return bytes.toByteArray();
    }

    private static void part(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
