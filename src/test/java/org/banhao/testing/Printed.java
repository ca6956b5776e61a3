package org.banhao.testing;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** What the printer gets of a page: the text of each sheet, without blanks and in usual characters. */
public record Printed(List<String> sheets) {

    /** On the paper the page's own style asks for, as its print command does. */
    public static Printed of(Page page) {
        byte[] pdf = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            List<String> sheets = new ArrayList<>();
            for (int sheet = 1; sheet <= document.getNumberOfPages(); sheet++) {
                PDFTextStripper reader = new PDFTextStripper();
                reader.setStartPage(sheet);
                reader.setEndPage(sheet);
                // a font's glyph may stand for a radical of the same shape
                sheets.add(Normalizer.normalize(reader.getText(document), Normalizer.Form.NFKC)
                        .replaceAll("\\s+", ""));
            }
            return new Printed(sheets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return String.join("", sheets);
    }
}
