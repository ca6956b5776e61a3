package org.banhao.paper.domain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xwpf.model.XWPFHeaderFooterPolicy;
import org.apache.poi.xwpf.usermodel.BreakType;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFFooter;
import org.apache.poi.xwpf.usermodel.XWPFHeader;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.banhao.paper.PaperForm;
import org.banhao.paper.PaperKind;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.officeDocument.x2006.sharedTypes.STOnOff1;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTBorder;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTDocDefaults;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTFonts;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTInd;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageMar;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTRPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSectPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSpacing;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyles;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTTblPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STBorder;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STDocGrid;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STFldCharType;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STLineSpacingRule;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STTblWidth;

/**
 * The template that comes with the application, as a Word file laid out by GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22
 * lines of 28 characters in 3号仿宋. Fonts are named, never embedded. The same wording gives the same bytes.
 *
 * <p>A line of the wording is a paragraph of the body unless it begins with: {@code # } title · {@code ## } heading in 黑体 · {@code = }
 * without indent (主送) · {@code - } in the middle · {@code + } 附件说明 · {@code ! } attachment, on a page of its own · {@code | } a row of a
 * form, cells between bars · {@code || } a table filled by rows: its name, then its columns · {@code @ } the QR code · {@code %} here stand
 * organ, date and room for the seal, else at the end.
 */
final class DefaultTemplate {

    static final String SONG = "方正小标宋简体";
    static final String FANGSONG = "仿宋_GB2312";
    static final String KAITI = "楷体_GB2312";
    static final String HEITI = "黑体";
    static final String PAGE_NUMBER_FONT = "宋体";

    /** Half points: 2号 22 pt, 3号 16 pt, 4号 14 pt, 5号 10.5 pt. */
    private static final int TITLE = 44;

    private static final int BODY = 32;
    private static final int SMALL = 28;
    private static final int CELL = 24;

    /** Twips: a millimetre has 56.7. */
    private static final int TEXT_WIDTH = 8844;

    /** 22 of them are 225 mm. */
    static final int LINE = 579;

    static final int TIGHTER = -5;
    private static final int CHARACTER = 320;
    private static final String RED = "FF0000";

    /** What the module itself fills in, in every template. */
    static final String ORGAN = "发文机关";

    static final String NUMBER = "发文字号";
    static final String DAY = "成文日期";
    static final String MAIN_TO = "主送";
    static final String COPY_TO = "抄送";
    static final String PRINTED = "印发日期";
    static final String DEMONSTRATION = "演示";
    static final String CONTACT = "联系方式";
    static final String SIGNER = "签发人";

    private final PaperKind kind;
    private final XWPFDocument word = new XWPFDocument();
    private @Nullable XWPFTable formTable;
    private boolean signed;

    private DefaultTemplate(PaperKind kind) {
        this.kind = kind;
    }

    static byte[] of(PaperKind kind) {
        try {
            return new DefaultTemplate(kind).made();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] made() throws IOException {
        defaults();
        page();
        switch (kind.form()) {
            case LETTER -> letterHead();
            case NOTICE -> noticeHead();
            case SHEET -> sheetHead();
        }
        kind.wording().strip().lines().forEach(this::line);
        if (!signed && kind.form() != PaperForm.SHEET) signature();
        // the number of pages an even one is a matter of the printer; §7.3.9.4: 版记 at the end
        if (kind.form() != PaperForm.SHEET) imprint();
        word.getProperties().getCoreProperties().setCreated(Optional.of(new Date(0)));
        word.getProperties().getCoreProperties().setTitle(kind.name());
        word.getProperties().getCoreProperties().setCreator("办好");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        word.write(out);
        return stable(out.toByteArray());
    }

    /** Entries by name and without their time. */
    static byte[] stable(byte[] zip) throws IOException {
        TreeMap<String, byte[]> parts = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry part = in.getNextEntry(); part != null; part = in.getNextEntry())
                parts.put(part.getName(), in.readAllBytes());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream to = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            // readers look for this one first
            List<String> names = new ArrayList<>(parts.keySet());
            names.remove("[Content_Types].xml");
            names.add(0, "[Content_Types].xml");
            for (String name : names) {
                byte[] content = parts.get(name);
                CRC32 crc = new CRC32();
                crc.update(content);
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
                entry.setCrc(crc.getValue());
                to.putNextEntry(entry);
                to.write(content);
                to.closeEntry();
            }
        }
        return out.toByteArray();
    }

    // ---- page

    private void defaults() {
        CTStyles styles = CTStyles.Factory.newInstance();
        CTDocDefaults defaults = styles.addNewDocDefaults();
        CTRPr run = defaults.addNewRPrDefault().addNewRPr();
        fonts(run.addNewRFonts(), FANGSONG);
        // 28 characters of 16 pt are wider than 156 mm by a quarter of a point each. Word's grid of characters would do
        // the same, and
        // LibreOffice draws it otherwise
        run.addNewSpacing().setVal(BigInteger.valueOf(TIGHTER));
        run.addNewSz().setVal(BigInteger.valueOf(BODY));
        run.addNewSzCs().setVal(BigInteger.valueOf(BODY));
        run.addNewLang().setEastAsia("zh-CN");
        CTStyle normal = styles.addNewStyle();
        normal.setType(STStyleType.PARAGRAPH);
        normal.setDefault(STOnOff1.ON);
        normal.setStyleId("a");
        normal.addNewName().setVal("Normal");
        CTPPr paragraph = CTPPr.Factory.newInstance();
        paragraph.addNewAutoSpaceDE().setVal(STOnOff1.OFF);
        paragraph.addNewAutoSpaceDN().setVal(STOnOff1.OFF);
        paragraph.addNewJc().setVal(org.openxmlformats.schemas.wordprocessingml.x2006.main.STJc.BOTH);
        normal.addNewPPr().set(paragraph);
        word.createStyles().setStyles(styles);
    }

    private void page() {
        CTSectPr section = word.getDocument().getBody().addNewSectPr();
        var size = section.addNewPgSz();
        size.setW(BigInteger.valueOf(11906));
        size.setH(BigInteger.valueOf(16838));
        CTPageMar margin = section.addNewPgMar();
        margin.setTop(BigInteger.valueOf(mm(37)));
        margin.setLeft(BigInteger.valueOf(mm(28)));
        margin.setRight(BigInteger.valueOf(11906 - mm(28) - TEXT_WIDTH));
        margin.setBottom(BigInteger.valueOf(mm(35)));
        // §10.1: upper edge of the organ's name 30 mm below that of the page, second red line 20 mm above the lower one
        margin.setHeader(BigInteger.valueOf(kind.form() == PaperForm.LETTER ? mm(30) : mm(15)));
        margin.setFooter(BigInteger.valueOf(kind.form() == PaperForm.LETTER ? mm(20) : mm(24)));
        margin.setGutter(BigInteger.ZERO);
        var grid = section.addNewDocGrid();
        grid.setType(STDocGrid.LINES);
        grid.setLinePitch(BigInteger.valueOf(LINE));
        if (kind.form() != PaperForm.SHEET) {
            XWPFHeaderFooterPolicy policy = word.createHeaderFooterPolicy();
            word.setEvenAndOddHeadings(true);
            pageNumber(policy.createFooter(XWPFHeaderFooterPolicy.DEFAULT), ParagraphAlignment.RIGHT);
            pageNumber(policy.createFooter(XWPFHeaderFooterPolicy.EVEN), ParagraphAlignment.LEFT);
            mark(policy.createHeader(XWPFHeaderFooterPolicy.DEFAULT));
            mark(policy.createHeader(XWPFHeaderFooterPolicy.EVEN));
        } else {
            mark(word.createHeaderFooterPolicy().createHeader(XWPFHeaderFooterPolicy.DEFAULT));
        }
    }

    /** Grey, for papers of invented cases; the line goes when nothing stands in it. */
    private static void mark(XWPFHeader header) {
        XWPFParagraph paragraph = header.createParagraph();
        XWPFRun run = run(paragraph, "{{" + DEMONSTRATION + "}}", HEITI, SMALL);
        run.setColor("808080");
    }

    /** §7.5: 4号半角宋体, a line at each side, on the outer side, one character from the edge. */
    private static void pageNumber(XWPFFooter footer, ParagraphAlignment side) {
        XWPFParagraph paragraph = footer.createParagraph();
        paragraph.setAlignment(side);
        if (side == ParagraphAlignment.LEFT) paragraph.setIndentationLeft(SMALL * 10);
        else paragraph.setIndentationRight(SMALL * 10);
        run(paragraph, "— ", PAGE_NUMBER_FONT, SMALL);
        XWPFRun number = run(paragraph, "", PAGE_NUMBER_FONT, SMALL);
        number.getCTR().addNewFldChar().setFldCharType(STFldCharType.BEGIN);
        XWPFRun code = run(paragraph, "", PAGE_NUMBER_FONT, SMALL);
        code.getCTR().addNewInstrText().setStringValue(" PAGE ");
        XWPFRun end = run(paragraph, "", PAGE_NUMBER_FONT, SMALL);
        end.getCTR().addNewFldChar().setFldCharType(STFldCharType.END);
        run(paragraph, " —", PAGE_NUMBER_FONT, SMALL);
    }

    // ---- heads

    private void letterHead() {
        XWPFHeaderFooterPolicy policy = word.getHeaderFooterPolicy();
        word.getDocument().getBody().getSectPr().addNewTitlePg();
        XWPFHeader header = policy.createHeader(XWPFHeaderFooterPolicy.FIRST);
        XWPFParagraph name = header.createParagraph();
        name.setAlignment(ParagraphAlignment.CENTER);
        redName(name, "{{" + ORGAN + "}}");
        redLine(name, STBorder.THICK_THIN_SMALL_GAP, true);
        mark(header);
        // a header pushes the text down: 发文字号 stands right under the line
        XWPFFooter footer = policy.createFooter(XWPFHeaderFooterPolicy.FIRST);
        XWPFParagraph line = footer.createParagraph();
        spacing(line, 0, 0, 60);
        redLine(line, STBorder.THIN_THICK_SMALL_GAP, false);
        XWPFParagraph number = word.createParagraph();
        number.setAlignment(ParagraphAlignment.RIGHT);
        run(number, "{{" + NUMBER + "}}", FANGSONG, BODY);
        blank();
    }

    private void noticeHead() {
        XWPFParagraph name = word.createParagraph();
        name.setAlignment(ParagraphAlignment.CENTER);
        // §7.2.4: 35 mm between the upper edges of name and text
        spacing(name, mm(35), 0, 0);
        redName(name, "{{" + ORGAN + "}}文件");
        blank();
        XWPFParagraph number = word.createParagraph();
        number.setAlignment(ParagraphAlignment.CENTER);
        run(number, "{{" + NUMBER + "}}", FANGSONG, BODY);
        spacing(number, 0, mm(4), 0);
        CTBorder line = borders(number).addNewBottom();
        border(line, STBorder.SINGLE, RED, 12, 4);
        blank();
    }

    private void sheetHead() {
        // begins with its title
    }

    /** As long as the name of any organ of a city fits into one line. */
    private static void redName(XWPFParagraph paragraph, String text) {
        XWPFRun run = run(paragraph, text, SONG, 52);
        run.setColor(RED);
    }

    /** §10.1: 170 mm long, in the middle, so wider than the text by 7 mm at each side. */
    private static void redLine(XWPFParagraph paragraph, STBorder.Enum shape, boolean below) {
        paragraph.setIndentationLeft(-mm(7));
        paragraph.setIndentationRight(-mm(7));
        border(
                below ? borders(paragraph).addNewBottom() : borders(paragraph).addNewTop(),
                shape,
                RED,
                24,
                below ? 11 : 1);
    }

    // ---- body

    private void line(String line) {
        boolean row = line.startsWith("| ");
        if (!row && formTable != null) {
            formTable = null;
        }
        if (row) formRow(line.substring(2));
        else if (line.startsWith("|| ")) loop(line.substring(3));
        else if (line.startsWith("## ")) paragraph(line.substring(3), HEITI, BODY, true);
        else if (line.startsWith("### ")) paragraph(line.substring(4), KAITI, BODY, true);
        else if (line.startsWith("# ")) title(line.substring(2));
        else if (line.startsWith("= ")) paragraph(line.substring(2), FANGSONG, BODY, false);
        else if (line.startsWith("> ")) aside(line.substring(2));
        else if (line.startsWith("+ ")) attachmentNote(line.substring(2));
        else if (line.startsWith("! ")) attachment(line.substring(2));
        else if (line.startsWith("- ")) centred(line.substring(2));
        else if (line.startsWith("@ ")) code(line.substring(2));
        else if (line.equals("%")) signature();
        else if (line.isBlank()) blank();
        else paragraph(line, FANGSONG, BODY, true);
    }

    private void title(String text) {
        XWPFParagraph paragraph = word.createParagraph();
        paragraph.setAlignment(ParagraphAlignment.CENTER);
        // text of the title does not stand in the grid of characters
        run(paragraph, text, SONG, TITLE);
        spacing(paragraph, 0, LINE, 0);
    }

    private void paragraph(String text, String font, int size, boolean indented) {
        XWPFParagraph paragraph = word.createParagraph();
        if (indented) {
            CTInd indent = CTInd.Factory.newInstance();
            indent.setFirstLineChars(BigInteger.valueOf(200));
            indent.setFirstLine(BigInteger.valueOf(2 * CHARACTER));
            properties(paragraph).setInd(indent);
        }
        run(paragraph, text, font, size);
    }

    private void aside(String text) {
        XWPFParagraph paragraph = word.createParagraph();
        paragraph.setAlignment(ParagraphAlignment.RIGHT);
        run(paragraph, text, FANGSONG, BODY);
    }

    private void centred(String text) {
        XWPFParagraph paragraph = word.createParagraph();
        paragraph.setAlignment(ParagraphAlignment.CENTER);
        run(paragraph, text, FANGSONG, BODY);
    }

    /** §7.3.6: a line below the text, two characters from the left. */
    private void attachmentNote(String text) {
        blank();
        paragraph(text, FANGSONG, BODY, true);
    }

    /** §7.3.12: 附件 in 3号黑体 at the upper left of a page of its own. */
    private void attachment(String text) {
        XWPFParagraph paragraph = word.createParagraph();
        paragraph.createRun().addBreak(BreakType.PAGE);
        run(paragraph, text, HEITI, BODY);
    }

    private void code(String name) {
        XWPFParagraph paragraph = word.createParagraph();
        paragraph.setAlignment(ParagraphAlignment.CENTER);
        run(paragraph, "{{@" + name + "}}", FANGSONG, BODY);
    }

    private void blank() {
        word.createParagraph();
    }

    /**
     * §7.3.5: the date four characters from the right, the organ above it in its middle, and enough room that a seal lies over both. A
     * table without lines holds them together.
     */
    private void signature() {
        signed = true;
        // §7.3.5.4: the seal's page has text on it, so the last of it goes there too
        List<XWPFParagraph> text = word.getParagraphs();
        if (!text.isEmpty()) keptWithNext(text.get(text.size() - 1));
        for (int i = 0; i < 2; i++) {
            keptWithNext(word.createParagraph());
        }
        XWPFTable table = word.createTable(1, 1);
        CTTblPr properties = table.getCTTbl().getTblPr();
        if (properties.isSetTblBorders()) properties.unsetTblBorders();
        properties.addNewJc().setVal(org.openxmlformats.schemas.wordprocessingml.x2006.main.STJcTable.RIGHT);
        width(table, List.of(4960));
        table.getRow(0).setCantSplitRow(true);
        XWPFTableCell cell = table.getRow(0).getCell(0);
        XWPFParagraph organ = cell.getParagraphs().get(0);
        organ.setAlignment(ParagraphAlignment.CENTER);
        keptWithNext(organ);
        run(organ, "{{" + ORGAN + "}}", FANGSONG, BODY);
        XWPFParagraph day = cell.addParagraph();
        day.setAlignment(ParagraphAlignment.CENTER);
        run(day, "{{" + DAY + "}}", FANGSONG, BODY);
    }

    private static void keptWithNext(XWPFParagraph paragraph) {
        properties(paragraph);
        paragraph.setKeepNext(true);
    }

    /** 版记. §10.1: in a letter without lines and without 印发; §7.4 otherwise. 4号仿宋, one character from each side. */
    private void imprint() {
        blank();
        boolean notice = kind.form() == PaperForm.NOTICE;
        XWPFParagraph copies = word.createParagraph();
        copies.setIndentationLeft(SMALL * 10);
        copies.setIndentationRight(SMALL * 10);
        if (notice) border(borders(copies).addNewTop(), STBorder.SINGLE, "000000", 8, 1);
        run(copies, "抄送：{{" + COPY_TO + "}}", FANGSONG, SMALL);
        if (!notice) return;
        XWPFParagraph printed = word.createParagraph();
        printed.setIndentationLeft(SMALL * 10);
        printed.setIndentationRight(SMALL * 10);
        border(borders(printed).addNewTop(), STBorder.SINGLE, "000000", 6, 1);
        border(borders(printed).addNewBottom(), STBorder.SINGLE, "000000", 8, 1);
        var tabs = properties(printed).addNewTabs().addNewTab();
        tabs.setVal(org.openxmlformats.schemas.wordprocessingml.x2006.main.STTabJc.RIGHT);
        tabs.setPos(BigInteger.valueOf(TEXT_WIDTH - SMALL * 10));
        run(printed, "{{" + ORGAN + "}}", FANGSONG, SMALL);
        XWPFRun tab = printed.createRun();
        tab.addTab();
        run(printed, "{{" + PRINTED + "}}印发", FANGSONG, SMALL);
    }

    // ---- tables

    /** Of two cells the first is a label; of more each odd one. */
    private void formRow(String cells) {
        List<String> texts =
                Arrays.stream(cells.split("\\|", -1)).map(String::strip).toList();
        XWPFTable table = formTable;
        XWPFTableRow row;
        if (table == null) {
            table = word.createTable(1, texts.size());
            formTable = table;
            width(table, widths(texts.size()));
            row = table.getRow(0);
        } else if (table.getRow(0).getTableCells().size() == texts.size()) {
            row = table.createRow();
        } else {
            // another number of cells: a table of its own, which Word draws as one with the table above
            formTable = null;
            formRow(cells);
            return;
        }
        row.setCantSplitRow(true);
        for (int i = 0; i < texts.size(); i++) {
            XWPFTableCell cell = row.getCell(i);
            cell.setVerticalAlignment(XWPFTableCell.XWPFVertAlign.CENTER);
            cell.setWidth(String.valueOf(widths(texts.size()).get(i)));
            cell(cell, texts.get(i), i % 2 == 0 && texts.size() > 1 ? HEITI : FANGSONG, i % 2 == 0 && texts.size() > 1);
        }
        // to be written into by hand
        boolean open =
                texts.size() == 2 && (texts.get(1).isEmpty() || texts.get(0).endsWith("意见"));
        row.setHeight(open ? 3 * LINE : LINE);
    }

    private static List<Integer> widths(int cells) {
        return switch (cells) {
            case 1 -> List.of(TEXT_WIDTH);
            case 2 -> List.of(1844, TEXT_WIDTH - 1844);
            case 4 -> List.of(1844, 2578, 1844, TEXT_WIDTH - 1844 - 2578 - 1844);
            default -> {
                List<Integer> same = new ArrayList<>();
                for (int i = 0; i < cells; i++) same.add(TEXT_WIDTH / cells);
                yield same;
            }
        };
    }

    /** 目录: 序号 700, 案号, 案由 … – a header that is repeated on each page, and the row that is filled. Numbers are widths in twips. */
    private void loop(String text) {
        String name = text.substring(0, text.indexOf(':')).strip();
        List<String> columns = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        int rest = TEXT_WIDTH;
        int open = 0;
        for (String column : text.substring(text.indexOf(':') + 1).split(",")) {
            String[] parts = column.strip().split(" ");
            columns.add(parts[0]);
            int width = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            widths.add(width);
            rest -= width;
            if (width == 0) open++;
        }
        for (int i = 0; i < widths.size(); i++) if (widths.get(i) == 0) widths.set(i, rest / open);
        XWPFTable table = word.createTable(2, columns.size());
        width(table, widths);
        table.getRow(0).setRepeatHeader(true);
        for (int i = 0; i < columns.size(); i++) {
            XWPFTableCell head = table.getRow(0).getCell(i);
            XWPFTableCell cell = table.getRow(1).getCell(i);
            head.setWidth(String.valueOf(widths.get(i)));
            cell.setWidth(String.valueOf(widths.get(i)));
            cell(head, (i == 0 ? "{{" + name + "}}" : "") + columns.get(i), HEITI, true);
            cell(cell, "[" + columns.get(i) + "]", FANGSONG, false);
        }
        table.getRow(1).setCantSplitRow(true);
    }

    private static void cell(XWPFTableCell cell, String text, String font, boolean centred) {
        XWPFParagraph paragraph = cell.getParagraphs().get(0);
        if (centred) paragraph.setAlignment(ParagraphAlignment.CENTER);
        // cells do not stand in the grid of the text
        properties(paragraph).addNewSnapToGrid().setVal(STOnOff1.OFF);
        run(paragraph, text, font, CELL);
    }

    private static void width(XWPFTable table, List<Integer> columns) {
        CTTblPr properties = table.getCTTbl().getTblPr();
        var width = properties.isSetTblW() ? properties.getTblW() : properties.addNewTblW();
        width.setType(STTblWidth.DXA);
        width.setW(
                BigInteger.valueOf(columns.stream().mapToInt(Integer::intValue).sum()));
        properties
                .addNewTblLayout()
                .setType(org.openxmlformats.schemas.wordprocessingml.x2006.main.STTblLayoutType.FIXED);
        var grid = table.getCTTbl().getTblGrid() == null
                ? table.getCTTbl().addNewTblGrid()
                : table.getCTTbl().getTblGrid();
        while (grid.sizeOfGridColArray() > 0) grid.removeGridCol(0);
        columns.forEach(column -> grid.addNewGridCol().setW(BigInteger.valueOf(column)));
    }

    // ---- small parts

    private static XWPFRun run(XWPFParagraph paragraph, String text, String font, int halfPoints) {
        XWPFRun run = paragraph.createRun();
        if (!text.isEmpty()) run.setText(text);
        CTRPr properties =
                run.getCTR().isSetRPr() ? run.getCTR().getRPr() : run.getCTR().addNewRPr();
        fonts(properties.addNewRFonts(), font);
        properties.addNewSz().setVal(BigInteger.valueOf(halfPoints));
        properties.addNewSzCs().setVal(BigInteger.valueOf(halfPoints));
        return run;
    }

    private static void fonts(CTFonts fonts, String name) {
        fonts.setAscii(name);
        fonts.setHAnsi(name);
        fonts.setEastAsia(name);
        fonts.setCs(name);
    }

    private static CTPPr properties(XWPFParagraph paragraph) {
        return paragraph.getCTP().isSetPPr()
                ? paragraph.getCTP().getPPr()
                : paragraph.getCTP().addNewPPr();
    }

    private static org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPBdr borders(XWPFParagraph paragraph) {
        CTPPr properties = properties(paragraph);
        return properties.isSetPBdr() ? properties.getPBdr() : properties.addNewPBdr();
    }

    /** @param eighths thickness in eighths of a point @param points distance from the text */
    private static void border(CTBorder border, STBorder.Enum shape, String colour, int eighths, int points) {
        border.setVal(shape);
        border.setColor(colour);
        border.setSz(BigInteger.valueOf(eighths));
        border.setSpace(BigInteger.valueOf(points));
    }

    /** @param exact height of the line in twips; 0: as the text needs it */
    private static void spacing(XWPFParagraph paragraph, int before, int after, int exact) {
        CTPPr properties = properties(paragraph);
        CTSpacing spacing = properties.isSetSpacing() ? properties.getSpacing() : properties.addNewSpacing();
        if (before > 0) spacing.setBefore(BigInteger.valueOf(before));
        if (after > 0) spacing.setAfter(BigInteger.valueOf(after));
        if (exact > 0) {
            spacing.setLine(BigInteger.valueOf(exact));
            spacing.setLineRule(STLineSpacingRule.EXACT);
        }
    }

    private static int mm(int millimetres) {
        return Math.round(millimetres * 56.693f);
    }
}
