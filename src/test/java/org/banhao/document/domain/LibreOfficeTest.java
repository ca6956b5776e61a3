package org.banhao.document.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.banhao.base.Refusal;
import org.banhao.casefile.CasefileDatabase;
import org.banhao.casefile.CasefileFakes;
import org.banhao.casefile.CasefileFakes.TestClock;
import org.banhao.document.Docx;
import org.banhao.document.PdfConversion;
import org.banhao.document.StoredDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** A script in the place of LibreOffice shows what is asked of it; the real one reads a file where it is installed. */
class LibreOfficeTest {

    @TempDir
    Path folder;

    private LibreOffice with(String script, Duration longest) throws IOException {
        Path program = Files.writeString(folder.resolve("soffice"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new LibreOffice(program.toString(), longest, folder.resolve("fonts"));
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
    void aFontLaidIntoTheFolderIsThereForTheNextConversionWithoutARestart() throws Exception {
        LibreOffice office =
                with(LAST_AS_PDF + "cat \"$FONTCONFIG_FILE\" > \"$2/in.pdf\" || true", Duration.ofSeconds(20));
        byte[] paper = docxIn(OWN_FONT);
        PdfConversion.Pdf before = office.convert("a.docx", paper);
        assumeTrue(!before.replacedFonts().isEmpty(), "this machine does not tell its fonts");
        assertThat(before.note()).isEqualTo("预览字体已替代：" + OWN_FONT + "。版面以Word文件为准。");
        assertThat(office.outdated(before)).isFalse();

        layOwnFont(Files.createDirectories(folder.resolve("fonts")));

        assertThat(office.outdated(before)).isTrue();
        PdfConversion.Pdf after = office.convert("a.docx", paper);
        assertThat(after.note()).isEmpty();
        assertThat(new String(after.bytes(), StandardCharsets.UTF_8))
                .contains("<dir>" + folder.resolve("fonts") + "</dir>");
    }

    /** A family no machine has; as long as the one it is made from. */
    private static final String OWN_FONT = "Banhao Test";

    /** A font of this machine under another name: both ways a font file writes its family are replaced. */
    private static void layOwnFont(Path fonts) throws IOException, InterruptedException {
        String family = "DejaVu Sans";
        Process asked = new ProcessBuilder("fc-match", "-f", "%{family}|%{file}", family + ":style=Book").start();
        String[] found = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\\|");
        assumeTrue(asked.waitFor() == 0 && found[0].equals(family), "the font this test changes is not here");
        String font = Files.readString(Path.of(found[1]), StandardCharsets.ISO_8859_1);
        for (Charset written : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE)) {
            font = font.replace(latin(family, written), latin(OWN_FONT, written));
        }
        Files.writeString(fonts.resolve("own.ttf"), font, StandardCharsets.ISO_8859_1);
    }

    private static String latin(String text, Charset written) {
        return new String(text.getBytes(written), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aPdfMadeWithoutAFontIsMadeAnewWhenTheFontIsThere() {
        TestClock clock = new TestClock();
        StoredDocuments documents = documents(clock);
        StoredDocument paper = paper(documents);
        AtomicBoolean laid = new AtomicBoolean();
        AtomicInteger made = new AtomicInteger();
        StoredPdfs pdfs = new StoredPdfs(
                documents,
                converting(
                        () -> {
                            made.incrementAndGet();
                            return new PdfConversion.Pdf(new byte[] {7}, laid.get() ? List.of() : List.of("楷体"));
                        },
                        before -> laid.get() && !before.replacedFonts().isEmpty()),
                clock,
                folder);
        for (int i = 0; i < 2; i++) assertThat(pdfs.of(paper).note()).contains("楷体");
        assertThat(made).hasValue(1);
        laid.set(true);
        for (int i = 0; i < 2; i++) assertThat(pdfs.of(paper).note()).isEmpty();
        assertThat(made).hasValue(2);
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
    void whatUnpacksWithoutBoundIsRefusedBeforeTheOfficeStarts() throws IOException {
        LibreOffice office = with("touch '" + folder + "/started'", Duration.ofSeconds(20));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            byte[] blanks = new byte[1 << 20];
            for (int i = 0; i < 201; i++) zip.write(blanks);
        }
        for (byte[] content : new byte[][] {bytes.toByteArray(), {'P', 'K', 3, 4, 0}}) {
            assertThatThrownBy(() -> office.convert("表.xlsx", content))
                    .isInstanceOf(PdfConversion.Unconvertible.class)
                    .hasMessageContaining("展开后的内容太多");
        }
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void aPdfLargerThanAReaderShowsIsRefused() throws IOException {
        LibreOffice office = with(LAST_AS_PDF + "truncate -s 61M \"$2/in.pdf\"", Duration.ofSeconds(20));
        assertThatThrownBy(() -> office.convert("a.docx", new byte[] {1}))
                .isInstanceOf(PdfConversion.Unconvertible.class)
                .hasMessageContaining("超过60 MB");
    }

    @Test
    void whatCannotBeConvertedIsNotTriedAgainForADay() {
        TestClock clock = new TestClock();
        StoredDocuments documents = documents(clock);
        StoredDocument paper = paper(documents);
        AtomicInteger tried = new AtomicInteger();
        StoredPdfs pdfs = new StoredPdfs(
                documents,
                converting(() -> {
                    tried.incrementAndGet();
                    throw new PdfConversion.Unconvertible("文件太大或太复杂。");
                }),
                clock,
                folder);
        for (int i = 0; i < 3; i++) assertThatThrownBy(() -> pdfs.of(paper)).hasMessage("文件太大或太复杂。");
        assertThat(tried).hasValue(1);
        clock.now = clock.now.plus(Duration.ofHours(25));
        assertThatThrownBy(() -> pdfs.of(paper)).isInstanceOf(Refusal.class);
        assertThat(tried).hasValue(2);
    }

    @Test
    void whoAsksWhileTheSameIsMadeIsToldAndAFullHouseIsNoFailureOfTheFile() {
        TestClock clock = new TestClock();
        StoredDocuments documents = documents(clock);
        StoredDocument paper = paper(documents);
        AtomicReference<StoredPdfs> pdfs = new AtomicReference<>();
        AtomicBoolean full = new AtomicBoolean(true);
        pdfs.set(new StoredPdfs(
                documents,
                converting(() -> {
                    if (full.getAndSet(false)) throw new Refusal("file", "正在转换的文件较多。");
                    assertThatThrownBy(() -> pdfs.get().of(paper)).hasMessageContaining("正在转为PDF，请稍后再打开");
                    return new PdfConversion.Pdf(new byte[] {7}, List.of());
                }),
                clock,
                folder));
        assertThatThrownBy(() -> pdfs.get().of(paper)).hasMessage("正在转换的文件较多。");
        assertThat(pdfs.get().of(paper).bytes()).containsExactly(7);
        assertThat(pdfs.get().of(paper).bytes()).as("kept").containsExactly(7);
    }

    private StoredDocuments documents(TestClock clock) {
        return new StoredDocuments(
                JdbcClient.create(CasefileDatabase.H2.source()),
                clock,
                new CasefileFakes.TestAudit(),
                folder,
                DataSize.ofMegabytes(1));
    }

    private static StoredDocument paper(StoredDocuments documents) {
        byte[] file = new Docx().p("公交").bytes();
        return documents.store(null, "task-pdf", "a.docx", new ByteArrayInputStream(file), "weilinshu", "卫林书");
    }

    private static PdfConversion converting(Supplier<PdfConversion.Pdf> way) {
        return converting(way, made -> false);
    }

    private static PdfConversion converting(Supplier<PdfConversion.Pdf> way, Predicate<PdfConversion.Pdf> outdated) {
        return new PdfConversion() {
            @Override
            public boolean available() {
                return true;
            }

            @Override
            public boolean reads(String name) {
                return true;
            }

            @Override
            public boolean outdated(Pdf made) {
                return outdated.test(made);
            }

            @Override
            public Pdf convert(String name, byte[] content) {
                return way.get();
            }
        };
    }

    @Test
    void withoutItOnlyTheFileItselfIsThere() {
        LibreOffice office = new LibreOffice(folder.resolve("nothing").toString(), Duration.ofSeconds(1), folder);
        assertThat(office.available()).isFalse();
        assertThatThrownBy(() -> office.convert("a.docx", new byte[] {1}))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有安装LibreOffice");
    }

    @Test
    void officeFilesAreReadAndOthersAreNot() {
        LibreOffice office = new LibreOffice("", Duration.ofSeconds(1), folder);
        assertThat(office.reads("提案.DOCX")).isTrue();
        assertThat(office.reads("盖章件.pdf")).isFalse();
        assertThat(office.reads("没有扩展名")).isFalse();
    }

    @Test
    void aWordFileBecomesAPdfThatNamesReplacedFonts() throws IOException {
        LibreOffice office = new LibreOffice("", Duration.ofSeconds(120), folder);
        assumeTrue(office.available(), "LibreOffice is not installed here");
        var pdf = office.convert("提案.docx", docxIn("没有的字体"));
        assertThat(new String(pdf.bytes(), 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
        assertThat(pdf.note()).contains("没有的字体");
    }

    private static byte[] docxIn(String font) throws IOException {
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
                    <w:rPr><w:rFonts w:eastAsia="%s"/></w:rPr><w:t>关于公交的提案</w:t></w:r></w:p></w:body></w:document>""".formatted(font));
        }
        return bytes.toByteArray();
    }

    private static void part(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
