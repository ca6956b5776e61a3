package org.banhao.paper.domain;

import com.deepoove.poi.XWPFTemplate;
import com.deepoove.poi.config.Configure;
import com.deepoove.poi.config.ConfigureBuilder;
import com.deepoove.poi.data.PictureType;
import com.deepoove.poi.data.Pictures;
import com.deepoove.poi.plugin.table.LoopRowTableRenderPolicy;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.poi.xwpf.usermodel.IBody;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFHeaderFooter;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.apache.xmlbeans.XmlCursor;
import org.banhao.paper.PaperKind;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTP;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTR;

/**
 * Fills a template. Expressions are not evaluated: a placeholder is a name and nothing else. Two habits of those who write templates are
 * kept: a paragraph in which every placeholder is empty is not printed, and a placeholder that stands alone in its paragraph becomes as
 * many paragraphs as its text has lines.
 */
final class Filling {

    /** Two braces around a name, with @ before that of a picture. */
    static final Pattern TAG = Pattern.compile("\\{\\{(@?)([\\w\\u4e00-\\u9fa5]+)}}");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
    private static final int QR_PIXELS = 240;

    /** Some 28 mm: read from paper by any phone. */
    private static final int QR_ON_PAPER = 106;

    private final PaperKind kind;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Object> model = new HashMap<>();

    private Filling(PaperKind kind) {
        this.kind = kind;
    }

    /**
     * @param texts by name; a name that is missing is empty
     * @param tables rows by table
     * @param code2d what the QR code says; null: its paragraph is left out
     */
    static byte[] fill(
            byte[] template,
            PaperKind kind,
            Map<String, String> texts,
            Map<String, List<Map<String, String>>> tables,
            @Nullable String code2d) {
        Filling filling = new Filling(kind);
        texts.forEach((name, text) -> filling.texts.put(
                name, CONTROL.matcher(text.replace("\r\n", "\n")).replaceAll("")));
        filling.model.putAll(filling.texts);
        if (code2d != null) {
            filling.texts.put(TemplateCheck.QR, code2d);
            filling.model.put(
                    TemplateCheck.QR,
                    Pictures.ofBytes(qr(code2d), PictureType.PNG)
                            .size(QR_ON_PAPER, QR_ON_PAPER)
                            .create());
        }
        try {
            return filling.rendered(filling.prepared(template), tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] prepared(byte[] template) throws IOException {
        try (XWPFDocument word = new XWPFDocument(new ByteArrayInputStream(template));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            Set<String> loops = new LinkedHashSet<>();
            kind.tables().forEach(table -> loops.add(table.name()));
            body(word, loops);
            for (XWPFHeaderFooter part : word.getHeaderList()) body(part, loops);
            for (XWPFHeaderFooter part : word.getFooterList()) body(part, loops);
            word.write(out);
            return out.toByteArray();
        }
    }

    private void body(IBody body, Set<String> loops) {
        for (XWPFParagraph paragraph : List.copyOf(body.getParagraphs())) {
            if (empty(paragraph, loops)) remove(body, paragraph);
            else split(body, paragraph);
        }
        for (XWPFTable table : body.getTables())
            for (XWPFTableRow row : table.getRows())
                for (XWPFTableCell cell : row.getTableCells())
                    for (XWPFParagraph paragraph : List.copyOf(cell.getParagraphs())) split(cell, paragraph);
    }

    private boolean empty(XWPFParagraph paragraph, Set<String> loops) {
        Matcher tags = TAG.matcher(paragraph.getText());
        boolean any = false;
        while (tags.find()) {
            any = true;
            if (loops.contains(tags.group(2))
                    || !texts.getOrDefault(tags.group(2), "").isBlank()) return false;
        }
        return any;
    }

    private static void remove(IBody body, XWPFParagraph paragraph) {
        if (body instanceof XWPFDocument word) {
            word.removeBodyElement(word.getPosOfParagraph(paragraph));
        } else if (body instanceof XWPFHeaderFooter part && part.getParagraphs().size() > 1) {
            part.removeParagraph(paragraph);
        } else {
            // the last paragraph of a header: Word wants one
            while (!paragraph.getRuns().isEmpty()) paragraph.removeRun(0);
        }
    }

    /** The copies name lines of their own, so that what somebody typed is never read as a placeholder. */
    private void split(IBody body, XWPFParagraph paragraph) {
        Matcher tag = TAG.matcher(paragraph.getText().strip());
        if (!tag.matches() || !tag.group(1).isEmpty()) return;
        List<String> lines = texts.getOrDefault(tag.group(2), "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() < 2) return;
        int last = lines.size() - 1;
        for (int i = 0; i <= last; i++) model.put(tag.group(2) + "__" + i, lines.get(i));
        CTP shape = paragraph.getCTP();
        for (int i = 0; i < last; i++) {
            try (XmlCursor before = shape.newCursor()) {
                CTP copy = body.insertNewParagraph(before).getCTP();
                copy.set(shape.copy());
                text(copy, "{{" + tag.group(2) + "__" + i + "}}");
            }
        }
        text(shape, "{{" + tag.group(2) + "__" + last + "}}");
    }

    /** All of the paragraph's text in its first run, which has its looks. */
    private static void text(CTP paragraph, String text) {
        boolean done = false;
        for (CTR run : paragraph.getRList()) {
            while (run.sizeOfTArray() > 0) run.removeT(0);
            if (!done) run.addNewT().setStringValue(text);
            done = true;
        }
    }

    private byte[] rendered(byte[] prepared, Map<String, List<Map<String, String>>> tables) throws IOException {
        ConfigureBuilder configure = Configure.builder();
        for (PaperKind.Table table : kind.tables()) {
            configure.bind(table.name(), new LoopRowTableRenderPolicy());
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Map<String, String> row : tables.getOrDefault(table.name(), List.of())) {
                Map<String, Object> cells = new HashMap<>();
                table.columns()
                        .forEach(column -> cells.put(
                                column.name(),
                                CONTROL.matcher(row.getOrDefault(column.name(), ""))
                                        .replaceAll("")));
                rows.add(cells);
            }
            model.put(table.name(), rows);
        }
        try (XWPFTemplate template = XWPFTemplate.compile(new ByteArrayInputStream(prepared), configure.build());
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            template.render(model);
            template.write(out);
            return out.toByteArray();
        }
    }

    /** Level Q: readable though a quarter of it is stained. */
    static byte[] qr(String content) {
        try {
            BitMatrix dots = new QRCodeWriter()
                    .encode(
                            content,
                            BarcodeFormat.QR_CODE,
                            QR_PIXELS,
                            QR_PIXELS,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.Q,
                                    EncodeHintType.CHARACTER_SET,
                                    "UTF-8",
                                    EncodeHintType.MARGIN,
                                    2));
            BufferedImage picture =
                    new BufferedImage(dots.getWidth(), dots.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
            for (int x = 0; x < dots.getWidth(); x++)
                for (int y = 0; y < dots.getHeight(); y++) picture.setRGB(x, y, dots.get(x, y) ? 0 : 0xFFFFFF);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", out);
            return out.toByteArray();
        } catch (WriterException e) {
            throw new IllegalStateException("No QR code of " + content.length() + " characters", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
