package org.banhao.document.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.banhao.base.Refusal;
import org.banhao.document.Docx;
import org.banhao.document.WordFiles;
import org.banhao.document.WordText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordReaderTest {

    @TempDir
    Path folder;

    private WordReader reader;

    @BeforeEach
    void reader() {
        reader = new WordReader(folder);
    }

    private WordText read(Docx docx) {
        return reader.read("提案.docx", new ByteArrayInputStream(docx.bytes()));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String name, byte[] content) {
        return assertThatThrownBy(() -> reader.read(name, new ByteArrayInputStream(content)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void headingsAndAutomaticNumbersStandInTheText() {
        WordText text = read(new Docx()
                .heading(1, "关于缓解学校门口拥堵的提案")
                .listed(0, "基本情况")
                .p("每天上下学时段拥堵。")
                .listed(0, "意见建议")
                .listed(1, "错时放学。")
                .listed(1, "增开专线。"));
        assertThat(text.text()).isEqualTo("关于缓解学校门口拥堵的提案\n一、基本情况\n每天上下学时段拥堵。\n二、意见建议\n（一）错时放学。\n（二）增开专线。");
        assertThat(text.paragraphs().get(0).heading()).isEqualTo(1);
        assertThat(text.remarks()).isEmpty();
    }

    @Test
    void trackedChangesAreTakenAsAcceptedAndThatIsSaid() {
        WordText text = read(new Docx()
                .xml("<w:p>" + Docx.run("每周") + "<w:del><w:r><w:delText>三</w:delText></w:r></w:del><w:ins>"
                        + Docx.run("五") + "</w:ins>" + Docx.run("次。") + "</w:p>")
                .xml("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + Docx.run("前半") + "</w:p>")
                .p("后半。")
                .xml("<w:moveFrom>" + "<w:p>" + Docx.run("搬走") + "</w:p></w:moveFrom>"));
        assertThat(text.text()).isEqualTo("每周五次。\n前半后半。");
        assertThat(text.remarks()).containsExactly("文件里有修订痕迹，已按“接受全部修订”读入，请核对。");
    }

    @Test
    void aTableBecomesRowsAndAPrintedFormBecomesItsFields() {
        WordText text = read(new Docx()
                .xml("<w:tbl><w:tr>" + cell("年份") + cell("学生数") + "</w:tr><w:tr>" + cell("2025") + cell("1200人")
                        + "</w:tr></w:tbl>")
                .xml("<w:tbl><w:tr>" + cell("建　议") + "<w:tc><w:p>" + Docx.run("1.错时放学，分年级间隔十五分钟。") + "</w:p><w:p>"
                        + Docx.run("2.增开专线。") + "</w:p></w:tc></w:tr></w:tbl>"));
        assertThat(text.paragraphs())
                .extracting(WordText.Paragraph::text)
                .containsExactly("年份 | 学生数", "2025 | 1200人", "建　议：", "1.错时放学，分年级间隔十五分钟。", "2.增开专线。");
        assertThat(text.remarks()).containsExactly("文件里的表格已转成文字，每行一行，请核对。");
    }

    private static String cell(String text) {
        return "<w:tc><w:p>" + Docx.run(text) + "</w:p></w:tc>";
    }

    @Test
    void picturesAreNamedMarkedAndHandedOutOnDemand() {
        byte[] file = new Docx()
                .p("校门口的照片：")
                .picture("image1.png", new byte[] {1, 2, 3})
                .picture("image2.emf", new byte[] {4})
                .bytes();
        WordText text = reader.read("提案.docx", new ByteArrayInputStream(file));
        assertThat(text.text()).isEqualTo("校门口的照片：\n〔图1〕\n〔图2〕");
        assertThat(text.pictures())
                .containsExactly(
                        new WordText.Picture(1, "图1.png", 3, true), new WordText.Picture(2, "图2.emf", 1, false));
        assertThat(text.remarks()).singleElement().asString().contains("图2是EMF格式");
        List<WordFiles.TakenPicture> taken = new ArrayList<>();
        reader.pictures("提案.docx", new ByteArrayInputStream(file), Set.of(1, 2, 9), taken::add);
        assertThat(taken).singleElement().satisfies(picture -> {
            assertThat(picture.name()).isEqualTo("图1.png");
            assertThat(picture.content()).containsExactly(1, 2, 3);
        });
    }

    @Test
    void hiddenTextAndCommentsAreLeftOutAndThatIsSaidWhileNotesStandInTheText() {
        WordText text = read(new Docx()
                .xml(
                        "<w:p>" + Docx.run("正文") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗记</w:t></w:r>"
                                + "<w:r><w:commentReference w:id=\"1\"/></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>")
                .part(
                        "word/footnotes.xml",
                        "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                                + "<w:footnote w:id=\"2\"><w:p>" + Docx.run("市统计局")
                                + "</w:p></w:footnote></w:footnotes>"));
        assertThat(text.text()).isEqualTo("正文（注：市统计局）");
        assertThat(text.remarks()).containsExactly("文件里的批注没有读入。", "文件里有隐藏文字，没有读入。");
    }

    @Test
    void aTextBoxIsAParagraphOfItsOwnAndReadOnce() {
        String box = "<w:txbxContent><w:p>" + Docx.run("框内") + "</w:p></w:txbxContent>";
        WordText text = read(new Docx()
                .xml("<w:p>" + Docx.run("框外") + "<w:r><mc:AlternateContent><mc:Choice><w:drawing>" + box
                        + "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + box
                        + "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"));
        assertThat(text.text()).isEqualTo("框外\n框内");
    }

    // ---- hostile and mistaken files

    @Test
    void anOldWordFileIsToldHowToBeSavedAnew() {
        byte[] doc = new byte[1024];
        byte[] head = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
        System.arraycopy(head, 0, doc, 0, head.length);
        byte[] name = "WordDocument".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, doc, 512, name.length);
        refused("提案.doc", doc).hasMessageContaining("选“另存为”，类型选“.docx”");
    }

    @Test
    void aLockedFileIsToldToBeUnlocked() {
        byte[] locked = new byte[1024];
        byte[] head = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
        System.arraycopy(head, 0, locked, 0, head.length);
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, locked, 512, name.length);
        refused("提案.docx", locked).hasMessage("文件设有打开密码，请取消密码后再上传。");
    }

    @Test
    void macrosProgramsArchivesAndEmptyFilesAreRefused() {
        refused("提案.docx", new Docx().p("x").part("word/vbaProject.bin", "x").bytes())
                .hasMessageContaining("宏");
        refused("提案.docm", new Docx().p("x").bytes()).hasMessageContaining("扩展名与内容不符");
        refused("提案.docx", "MZ\u0090\u0000\u0003".getBytes(StandardCharsets.ISO_8859_1))
                .isInstanceOf(Refusal.class);
        refused("提案.docx", new byte[0]).hasMessageContaining("文件是空的");
        refused("提案.txt", "只是文字".getBytes(StandardCharsets.UTF_8)).hasMessageContaining("不是Word文件");
    }

    @Test
    void aFileThatUnpacksWithoutBoundIsGivenUpEarly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 20; i++) zip.write(blanks);
        }
        assertThat(bytes.size()).isLessThan(100_000);
        refused("提案.docx", bytes.toByteArray()).hasMessage("文件展开后的内容太多，请把内容复制到新的文件里再试。");
    }

    @Test
    void entitiesAndEndlessNestingAreRefused() {
        refused(
                        "提案.docx",
                        new Docx()
                                .part(
                                        "word/document.xml",
                                        "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:document"
                                                + " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
                                                + "<w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>")
                                .bytes())
                .hasMessageContaining("文件已损坏");
        String deep = "<w:tbl><w:tr><w:tc>".repeat(3000) + "<w:p/>" + "</w:tc></w:tr></w:tbl>".repeat(3000);
        refused("提案.docx", new Docx().xml(deep).bytes()).hasMessageContaining("文件已损坏");
    }

    private static String notes(String content) {
        return "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" + content
                + "</w:footnotes>";
    }

    private static String reference(int note) {
        return "<w:r><w:footnoteReference w:id=\"" + note + "\"/></w:r>";
    }

    @Test
    void notesThatNameEachOtherSayWhatStandsInThemOnce() {
        StringBuilder notes = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            notes.append("<w:footnote w:id=\"")
                    .append(i)
                    .append("\"><w:p>")
                    .append(Docx.run("注" + i))
                    .append(reference(i % 40 + 1).repeat(2))
                    .append("</w:p></w:footnote>");
        }
        Docx docx = new Docx()
                .xml("<w:p>" + Docx.run("正文") + reference(1) + "</w:p>")
                .part("word/footnotes.xml", notes(notes.toString()));
        assertThat(assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> read(docx).text()))
                .isEqualTo("正文（注：注1）");
    }

    @Test
    void whatAFileSaysIsBoundedHoweverOftenItSaysTheSame() {
        Docx long1 = new Docx()
                .xml("<w:p>" + reference(1).repeat(1000) + "</w:p>")
                .part(
                        "word/footnotes.xml",
                        notes("<w:footnote w:id=\"1\"><w:p>" + Docx.run("长".repeat(1000)) + "</w:p></w:footnote>"));
        refused("提案.docx", long1.bytes()).hasMessage("文件的文字超过50万字，请只留提案的内容后再试。");
        refused("提案.docx", new Docx().p("字".repeat(500_001)).bytes()).hasMessageContaining("超过50万字");
        refused(
                        "提案.docx",
                        new Docx()
                                .xml(("<w:p>" + Docx.run("段") + "</w:p>").repeat(20_001))
                                .bytes())
                .hasMessageContaining("超过20000段");
    }

    @Test
    void theNumberOfAListIsAsShortAsWordMakesItAndNoStartBreaksIt() {
        String list = "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                + "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"-7\"/>"
                + "<w:numFmt w:val=\"FORMAT\"/><w:lvlText w:val=\"%1、" + "长".repeat(100_000) + "\"/></w:lvl>"
                + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
        for (String format : List.of("ideographDigital", "chineseCounting", "lowerLetter", "decimalEnclosedCircle")) {
            Docx docx = new Docx().listed(0, "条").part("word/numbering.xml", list.replace("FORMAT", format));
            assertThat(read(docx).text()).as(format).startsWith("-7、长").hasSizeLessThan(60);
        }
    }

    @Test
    void aPictureThatIsShownOftenIsOneAndManyLargeOnesAreNotTakenTogether() {
        byte[] file = new Docx()
                .picture("image1.png", new byte[] {1})
                .xml("<w:p><w:r><w:drawing><a:blip r:embed=\"p0\"/></w:drawing></w:r></w:p>".repeat(99))
                .bytes();
        assertThat(reader.read("提案.docx", new ByteArrayInputStream(file)).pictures())
                .hasSize(1);
        Docx large = new Docx();
        for (int i = 1; i <= 4; i++) large.picture("image" + i + ".png", new byte[16 << 20]);
        List<WordFiles.TakenPicture> taken = new ArrayList<>();
        assertThatThrownBy(() -> reader.pictures(
                        "提案.docx", new ByteArrayInputStream(large.bytes()), Set.of(1, 2, 3, 4), taken::add))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("选中的图片合计超过60 MB");
        assertThat(taken).isEmpty();
    }

    @Test
    void aPartOfMoreElementsThanAnyPaperIsRefusedBeforeItIsRead() {
        refused("提案.docx", new Docx().xml("<w:a/>".repeat(1_500_001)).bytes()).hasMessageContaining("展开后的内容太多");
    }

    @Test
    void wrapsWithinWrapsDoNotExhaustTheStack() {
        for (String wrap : List.of("sdt", "t", "ins", "customXml")) {
            String deep = ("<w:" + wrap + ">").repeat(50_000) + ("</w:" + wrap + ">").repeat(50_000);
            refused(
                            "提案.docx",
                            new Docx()
                                    .xml("<w:tbl><w:tr>" + deep + "</w:tr></w:tbl><w:p><w:r>" + deep + "</w:r></w:p>")
                                    .bytes())
                    .as(wrap)
                    .hasMessageContaining("文件已损坏");
        }
    }

    @Test
    void anotherRootElementAndCharactersThatAreNoneAreTold() {
        refused(
                        "提案.docx",
                        new Docx()
                                .part("word/document.xml", "<html><p>x</p></html>")
                                .bytes())
                .hasMessageContaining("文件已损坏");
        byte[] file = new Docx().part("word/document.xml", "").bytes();
        refused("提案.docx", file).hasMessageContaining("文件已损坏");
        refused(
                        "提案.docx",
                        new Docx()
                                .part("word/document.xml", "<?xml version=\"1.0\" encoding=\"nothing\"?><w/>")
                                .bytes())
                .hasMessageContaining("文件已损坏");
    }

    @Test
    void whateverOfAFileIsLostOrChangedItGivesTextOrASentence() {
        byte[] whole = new Docx()
                .heading(1, "关于缓解学校门口拥堵的提案")
                .listed(0, "基本情况")
                .xml("<w:p>" + Docx.run("每天拥堵。") + reference(1) + "</w:p>")
                .xml("<w:tbl><w:tr>" + cell("年份") + cell("学生数") + "</w:tr></w:tbl>")
                .picture("image1.png", new byte[] {1, 2, 3})
                .part(
                        "word/footnotes.xml",
                        notes("<w:footnote w:id=\"1\"><w:p>" + Docx.run("市统计局") + "</w:p></w:footnote>"))
                .bytes();
        assertThat(reader.read("提案.docx", new ByteArrayInputStream(whole)).text())
                .contains("（注：市统计局）");
        for (int length = 0; length < whole.length; length += 97) tried(Arrays.copyOf(whole, length));
        Random random = new Random(20261123);
        for (int i = 0; i < 200; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            tried(changed);
        }
    }

    /** A second of the processor: others may be at work on this machine. */
    private void tried(byte[] file) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        try {
            assertThat(reader.read("提案.docx", new ByteArrayInputStream(file)).text())
                    .isNotNull();
        } catch (Refusal refusal) {
            assertThat(refusal.sentence()).isNotBlank();
        }
        assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void nothingOfWhatWasReadStaysOnDisk() throws IOException {
        read(new Docx().p("一"));
        refused("提案.docx", new byte[] {'P', 'K', 3, 4, 0});
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
