package org.banhao.paper.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.banhao.base.Refusal;
import org.junit.jupiter.api.Test;

class HandEditedTest {

    private static final Issuers.DocumentNumber NUMBER = new Issuers.DocumentNumber("长教函", 2026, 15);

    /** One paragraph a line, its runs between bars; a tab stands for one. */
    private static byte[] word(String... lines) throws IOException {
        try (XWPFDocument word = new XWPFDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            for (String line : lines) {
                XWPFParagraph paragraph = word.createParagraph();
                for (String piece : line.split("\\|")) {
                    XWPFRun run = paragraph.createRun();
                    if (piece.equals("\t")) run.addTab();
                    else run.setText(piece);
                }
            }
            word.write(out);
            return out.toByteArray();
        }
    }

    private static List<String> read(byte[] word) throws IOException {
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(word))) {
            return document.getParagraphs().stream().map(XWPFParagraph::getText).toList();
        }
    }

    @Test
    void placesAreFilledAcrossRunsAndTabsStayOnce() throws IOException {
        byte[] filled = HandEdited.filled(
                word("长教函〔20|26〕　|号", "长治市教育局|\t|2026年　月|　日印发", "签发人：|（待签发）"), NUMBER, "2026年3月6日", "冯远山");
        assertThat(read(filled)).containsExactly("长教函〔2026〕15号", "长治市教育局\t2026年3月6日印发", "签发人：冯远山");
    }

    @Test
    void aDraftOfLastYearGetsTheDayOfThisOne() throws IOException {
        assertThat(read(HandEdited.filled(word("2025年　月　日", "长教函〔2025〕　号"), NUMBER, "2026年1月5日", "冯远山")))
                .containsExactly("2026年1月5日", "长教函〔2026〕15号");
        assertThat(read(HandEdited.filled(word("催办日期：2025年　月　日"), null, "2026年1月5日", "")))
                .containsExactly("催办日期：2026年1月5日");
    }

    @Test
    void everyPlaceOfTheDraftMustBeInTheEditedText() throws IOException {
        byte[] draft = word("长教函〔2026〕　号", "2026年　月　日", "（待签发）");
        assertThatThrownBy(() -> HandEdited.requirePlaces(word("长教函〔2026〕　号", "（待签发）"), draft))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("成文日期");
        assertThatThrownBy(() -> HandEdited.requirePlaces(word("2026年　月　日", "（待签发）"), draft))
                .hasMessageContaining("长教函〔2026〕　号");
        assertThatThrownBy(() -> HandEdited.requirePlaces(word("2026年　月　日", "长教函〔2026〕　号"), draft))
                .hasMessageContaining("签发人");
        HandEdited.requirePlaces(word("2026年　月　日"), word("2026年　月　日"));
    }

    @Test
    void aBrokenWordFileIsNamedAsOne() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write("<a/>".getBytes(StandardCharsets.UTF_8));
        }
        byte[] broken = TemplateCheck.safe(new ByteArrayInputStream(out.toByteArray()));
        byte[] draft = word("2026年　月　日");
        assertThatThrownBy(() -> HandEdited.requirePlaces(broken, draft))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("另存为.docx");
    }
}
