package org.banhao.paper.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFHeader;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.banhao.base.Refusal;
import org.banhao.paper.PaperForm;
import org.banhao.paper.PaperKind;
import org.banhao.paper.PaperKind.Field;
import org.banhao.paper.PaperKind.Input;
import org.banhao.paper.PaperKind.Table;
import org.banhao.paper.PaperSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSectPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STDocGrid;

/** Templates as Word files: how they are laid out, what is put into them, and what is never taken for one. */
class WordTemplatesTest {

    private static final PaperKind LETTER = kind(PaperForm.LETTER, """
            # 关于某事的函
            = {{主送}}：
            《{{案由}}》收悉。
            {{正文}}
            联系方式：{{联系方式}}
            """);

    private static final PaperKind NOTICE = kind(PaperForm.NOTICE, """
            # 关于交办的通知
            = {{主送}}：
            现将提案交给你们。
            + 附件：目录
            %
            ! 附件
            || 目录: 序号 700, 案由
            @ 二维码
            """);

    private static PaperKind kind(PaperForm form, String wording) {
        return new PaperKind(
                "test",
                "试验函",
                form,
                PaperSeries.LETTER,
                true,
                List.of(new Field("案由", "关于某事的提案"), new Field("正文", "第一段。")),
                List.of(new Table("目录", List.of(new Field("序号", "1"), new Field("案由", "关于某事的提案")))),
                List.of(new Input("主送", true, 1, 100, "某单位"), new Input("抄送", false, 1, 100, "某办公室。")),
                true,
                wording);
    }

    private static XWPFDocument open(byte[] word) {
        try {
            return new XWPFDocument(new ByteArrayInputStream(word));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> paragraphs(XWPFDocument word) {
        return word.getParagraphs().stream()
                .map(XWPFParagraph::getText)
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static byte[] fill(PaperKind kind, Map<String, String> texts) {
        return Filling.fill(
                DefaultTemplate.of(kind),
                kind,
                texts,
                Map.of("目录", List.of(Map.of("序号", "1", "案由", "甲"), Map.of("序号", "2", "案由", "乙"))),
                "https://example.org/my/feedback/12");
    }

    // ---- layout by GB/T 9704-2012

    @Test
    void aPageHasTheMarginsLinesAndCharactersOfTheStandard() {
        CTSectPr section =
                open(DefaultTemplate.of(NOTICE)).getDocument().getBody().getSectPr();
        assertThat(List.of(section.getPgSz().getW(), section.getPgSz().getH()))
                .isEqualTo(List.of(BigInteger.valueOf(11906), BigInteger.valueOf(16838)));
        double top = millimetres(section.getPgMar().getTop());
        double left = millimetres(section.getPgMar().getLeft());
        assertThat(top).isBetween(36.0, 38.0);
        assertThat(left).isBetween(27.0, 29.0);
        assertThat(210 - left - millimetres(section.getPgMar().getRight())).isBetween(155.9, 156.1);
        assertThat(297 - top - millimetres(section.getPgMar().getBottom())).isBetween(224.5, 225.5);
        assertThat(section.getDocGrid().getType()).isEqualTo(STDocGrid.LINES);
        double line = section.getDocGrid().getLinePitch().doubleValue() / 56.693;
        assertThat(225 / line).isBetween(21.9, 22.1);
        // 16 pt and what is taken away between two of them
        double character = (16 + DefaultTemplate.TIGHTER / 20.0) * 25.4 / 72;
        assertThat((int) (156 / character)).isEqualTo(28);
    }

    private static double millimetres(Object twips) {
        return ((BigInteger) twips).doubleValue() / 56.693;
    }

    @Test
    void aLetterHasTheRedNameAndTwoDoubleLinesAndNoNumberOnItsFirstPage() {
        XWPFDocument word = open(DefaultTemplate.of(LETTER));
        assertThat(word.getDocument().getBody().getSectPr().isSetTitlePg()).isTrue();
        XWPFHeader first = word.getHeaderFooterPolicy().getFirstPageHeader();
        XWPFParagraph name = first.getParagraphs().get(0);
        assertThat(name.getText()).isEqualTo("{{发文机关}}");
        assertThat(name.getRuns().get(0).getColor()).isEqualTo("FF0000");
        assertThat(name.getCTP().getPPr().getPBdr().getBottom().getVal().toString())
                .isEqualTo("thickThinSmallGap");
        XWPFParagraph last = word.getHeaderFooterPolicy()
                .getFirstPageFooter()
                .getParagraphs()
                .get(0);
        assertThat(last.getText()).isEmpty();
        assertThat(last.getCTP().getPPr().getPBdr().getTop().getVal().toString())
                .isEqualTo("thinThickSmallGap");
        assertThat(word.getParagraphs().get(0).getText()).isEqualTo("{{发文字号}}");
        assertThat(paragraphs(word)).noneMatch(text -> text.endsWith("印发"));
    }

    @Test
    void aNoticeHasTheRedHeadAndCopiesAndPrintingAtItsEnd() {
        XWPFDocument word = open(DefaultTemplate.of(NOTICE));
        List<String> all = paragraphs(word);
        assertThat(all.get(0)).isEqualTo("{{发文机关}}文件");
        assertThat(all.get(1)).isEqualTo("{{发文字号}}");
        assertThat(all.subList(all.size() - 2, all.size())).containsExactly("抄送：{{抄送}}", "{{发文机关}}\t{{印发日期}}印发");
        assertThat(word.getTables().get(1).getRow(0).isRepeatHeader()).isTrue();
    }

    @Test
    void theSameWordingGivesTheSameBytes() {
        assertThat(DefaultTemplate.of(LETTER)).isEqualTo(DefaultTemplate.of(LETTER));
    }

    // ---- filling

    @Test
    void whatIsFilledInStandsInTheWordFile() {
        XWPFDocument word = open(fill(
                LETTER,
                Map.of("发文机关", "长治市教育局", "发文字号", "长教函〔2026〕15号", "主送", "卫林书委员", "案由", "关于某事的提案", "成文日期", "2026年3月6日")));
        assertThat(paragraphs(word)).contains("长教函〔2026〕15号", "卫林书委员：", "《关于某事的提案》收悉。");
        assertThat(word.getTables().get(0).getText()).contains("长治市教育局", "2026年3月6日");
        assertThat(word.getHeaderFooterPolicy().getFirstPageHeader().getText()).contains("长治市教育局");
    }

    @Test
    void aParagraphWhosePlaceholdersAreAllEmptyIsNotPrinted() {
        List<String> all = paragraphs(open(fill(LETTER, Map.of("主送", "甲", "案由", "乙"))));
        assertThat(all).noneMatch(text -> text.startsWith("抄送") || text.startsWith("联系方式"));
        assertThat(all).noneMatch(text -> text.contains("{{"));
    }

    @Test
    void aTextOfSeveralLinesBecomesParagraphsThatLookLikeTheFirst() {
        XWPFDocument word = open(fill(LETTER, Map.of("正文", "第一段。\n第二段。\r\n\n第三段。")));
        List<XWPFParagraph> body = word.getParagraphs().stream()
                .filter(paragraph -> paragraph.getText().endsWith("段。"))
                .toList();
        assertThat(body).extracting(XWPFParagraph::getText).containsExactly("第一段。", "第二段。", "第三段。");
        assertThat(body)
                .allSatisfy(paragraph -> assertThat(
                                paragraph.getCTP().getPPr().getInd().getFirstLineChars())
                        .isEqualTo(BigInteger.valueOf(200)));
    }

    @Test
    void whatSomebodyTypedIsNeverReadAsAPlaceholder() {
        List<String> all = paragraphs(
                open(fill(LETTER, Map.of("案由", "{{发文机关}}{{@二维码}}", "正文", "{{案由}}\n{{正文}}\u0001", "发文机关", "机关"))));
        assertThat(all).contains("《{{发文机关}}{{@二维码}}》收悉。", "{{案由}}", "{{正文}}");
    }

    @Test
    void aTableHasARowForEachFact() {
        XWPFTable table = open(fill(NOTICE, Map.of("主送", "甲"))).getTables().get(1);
        assertThat(table.getRows()).hasSize(3);
        assertThat(table.getRow(0).getCell(0).getText()).isEqualTo("序号");
        assertThat(table.getRow(2).getCell(1).getText()).isEqualTo("乙");
    }

    @Test
    void theCodeCanBeReadAgain() throws Exception {
        byte[] png = open(fill(NOTICE, Map.of())).getAllPictures().get(0).getData();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        int[] dots = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        assertThat(new QRCodeReader()
                        .decode(new BinaryBitmap(new HybridBinarizer(
                                new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), dots))))
                        .getText())
                .isEqualTo("https://example.org/my/feedback/12");
    }

    // ---- what is taken for a template

    private static byte[] with(String part, String before, String after) throws IOException {
        return changed(Map.of(part, new String[] {before, after}), Map.of());
    }

    private static byte[] changed(Map<String, String[]> edits, Map<String, byte[]> more) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(DefaultTemplate.of(NOTICE)))) {
            for (ZipEntry part = in.getNextEntry(); part != null; part = in.getNextEntry())
                parts.put(part.getName(), in.readAllBytes());
        }
        edits.forEach((part, edit) -> {
            String text = new String(parts.get(part), StandardCharsets.UTF_8);
            assertThat(text).contains(edit[0]);
            parts.put(part, text.replace(edit[0], edit[1]).getBytes(StandardCharsets.UTF_8));
        });
        parts.putAll(more);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        }
        return out.toByteArray();
    }

    private static void take(byte[] file) {
        TemplateCheck.template(TemplateCheck.safe(new ByteArrayInputStream(file)), NOTICE);
    }

    private static String refused(byte[] file) {
        try {
            take(file);
        } catch (Refusal refusal) {
            return refusal.sentence();
        }
        return "";
    }

    @Test
    void itsOwnTemplateIsTaken() {
        take(DefaultTemplate.of(NOTICE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <w:t>现将提案交给你们。</w:t>                    | <w:t>{{提案人手机}}</w:t>                                            | {{提案人手机}}
                    <w:t>现将提案交给你们。</w:t>                    | <w:t>{{案由</w:t>                                                  | 没有写完整
                    <w:t>现将提案交给你们。</w:t>                    | <w:t>{{?案由}}甲{{/案由}}</w:t>                                     | 没有写完整
                    <w:t>现将提案交给你们。</w:t>                    | <w:t>{{#案由}}</w:t>                                               | 没有写完整
                    <w:t>现将提案交给你们。</w:t>                    | <w:t>{{@案由}}</w:t>                                               | {{@案由}}
                    [案由]                                          | [手机]                                                             | [手机]
                    {{发文字号}}                                     | 号                                                                 | 没有{{发文字号}}
                    <w:t>现将提案交给你们。</w:t>                    | <w:fldSimple w:instr="INCLUDETEXT c:/a"/><w:t>甲</w:t>              | INCLUDETEXT
                    <w:t>现将提案交给你们。</w:t>                    | <w:fldChar w:fldCharType="begin"/><w:instrText>DDE</w:instrText><w:instrText>AUTO c</w:instrText><w:fldChar w:fldCharType="end"/> | DDEAUTO
                    <w:t>现将提案交给你们。</w:t>                    | <w:object/><w:t>甲</w:t>                                            | 嵌有
                    <w:t>现将提案交给你们。</w:t>                    | <w:ins w:id="1" w:author="a"/><w:t>甲</w:t>                         | 修订痕迹
                    <w:t>现将提案交给你们。</w:t>                    | <w:commentReference w:id="1"/><w:t>甲</w:t>                         | 批注
                    """)
    void aTemplateThatIsWrongIsRefusedByName(String before, String after, String why) throws IOException {
        assertThat(refused(with("word/document.xml", before, after)))
                .contains(why)
                .endsWith("。");
    }

    @Test
    void aFileWithMacrosOrLinksOrOtherFilesIsRefused() throws IOException {
        assertThat(refused(changed(Map.of(), Map.of("word/vbaProject.bin", new byte[] {1}))))
                .contains("有宏");
        assertThat(refused(changed(Map.of(), Map.of("word/embeddings/a.bin", new byte[] {1}))))
                .contains("嵌有");
        assertThat(refused(with(
                        "[Content_Types].xml", "wordprocessingml.document.main+xml", "macroEnabledTemplate.main+xml")))
                .contains("有宏");
        assertThat(
                        refused(
                                with(
                                        "word/_rels/document.xml.rels",
                                        "</Relationships>",
                                        "<Relationship Id=\"x\" Type=\"image\" TargetMode=\"External\" Target=\"http://10.0.0.1/a.png\"/></Relationships>")))
                .contains("指向外部", "http://10.0.0.1/a.png");
        assertThat(refused(with("word/document.xml", "<w:document", "<!DOCTYPE a [<!ENTITY b \"c\">]><w:document")))
                .contains("读不出");
    }

    @Test
    void aFileThatUnpacksToTooMuchOrIsNoWordFileIsRefused() throws IOException {
        assertThat(refused(changed(Map.of(), Map.of("word/media/a.bmp", new byte[45 << 20]))))
                .contains("太大");
        assertThat(refused(new byte[0])).contains("空的");
        assertThat(refused("PK你好".getBytes(StandardCharsets.UTF_8))).contains("读不出");
        assertThat(refused(new byte[6 << 20])).contains("超过5兆");
    }

    @Test
    void aRefusalNamesTheWayOut() {
        assertThatThrownBy(() -> take(with("word/document.xml", "现将提案交给你们。", "{{某某}}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("请对照本页列出的占位符");
    }
}
