package org.banhao.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;

/**
 * A list as .xlsx that opens in WPS and Excel and prints as it is: A4, one page wide, title and heading on each page, page
 * numbers below. The first column is 序号; every other cell is text: a phone number keeps its zeros, nothing is a formula. Written as it
 * goes: a long list takes no more memory than a short one.
 *
 * @param sheet name of the sheet
 * @param note what was chosen, under the title; may be empty
 * @param count how many lines there are
 * @param columns headings, 序号 first
 * @param widths of the columns, in characters
 * @param lines cells without the first column; gone through once
 * @param upright portrait; otherwise landscape
 */
public record PrintedTable(
        String sheet,
        String title,
        String note,
        long count,
        Instant made,
        List<String> columns,
        List<Integer> widths,
        Iterable<List<String>> lines,
        boolean upright) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ChineseTime.ZONE);
    private static final int HEADING = 2;
    private static final int WRITTEN_AT_ONCE = 500;
    /** Of a cell in the file format. */
    private static final int LONGEST = 32_767;

    public PrintedTable(
            String sheet,
            String title,
            Instant made,
            List<String> columns,
            List<Integer> widths,
            List<List<String>> lines) {
        this(sheet, title, "", lines.size(), made, columns, widths, lines);
    }

    /** Landscape. */
    public PrintedTable(
            String sheet,
            String title,
            String note,
            long count,
            Instant made,
            List<String> columns,
            List<Integer> widths,
            Iterable<List<String>> lines) {
        this(sheet, title, note, count, made, columns, widths, lines, false);
    }

    /** To be downloaded under its title and day. */
    public ResponseEntity<InputStreamResource> download() {
        return FileAnswers.saved(fileName(), FileAnswers.XLSX, xlsx());
    }

    /** By its title and day: 立案公告20260326.xlsx */
    public String fileName() {
        return title + DAY.format(made) + ".xlsx";
    }

    public byte[] xlsx() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        Workbook book = new Workbook(out, "Banhao", "1.0");
        book.setGlobalDefaultFont("宋体", 11);
        Worksheet page = book.newWorksheet(sheet);
        print(page);
        int last = columns.size() - 1;
        page.value(0, 0, title);
        page.range(0, 0, 0, last).merge();
        page.range(0, 0, 0, last)
                .style()
                .bold()
                .fontSize(16)
                .horizontalAlignment("center")
                .set();
        page.value(1, 0, "共" + count + "条，制表时间：" + ChineseTime.text(made) + (note.isEmpty() ? "" : "；" + note));
        page.range(1, 0, 1, last).merge();
        page.range(1, 0, 1, last).style().wrapText(true).set();
        for (int column = 0; column <= last; column++) {
            page.value(HEADING, column, columns.get(column));
            page.width(column, widths.get(column));
        }
        page.range(HEADING, 0, HEADING, last)
                .style()
                .bold()
                .wrapText(true)
                .horizontalAlignment("center")
                .verticalAlignment("center")
                .borderStyle(BorderStyle.THIN)
                .set();
        page.freezePane(0, HEADING + 1);
        int row = HEADING;
        for (List<String> line : lines) {
            row++;
            page.value(row, 0, row - HEADING);
            for (int column = 1; column <= last; column++) {
                page.inlineString(row, column, cell(line.get(column - 1)));
            }
            page.range(row, 0, row, last)
                    .style()
                    .wrapText(true)
                    .verticalAlignment("center")
                    .borderStyle(BorderStyle.THIN)
                    .set();
            if ((row - HEADING) % WRITTEN_AT_ONCE == 0) page.flush();
        }
        page.addNamedRange(page.range(0, 0, row, last), "_xlnm.Print_Area");
        book.finish();
    }

    /** Without what the file format cannot hold; no half of a character beyond the basic plane. */
    public static String cell(String text) {
        String clean = text.codePoints()
                .filter(c -> c >= 0x20 && c != 0xFFFE && c != 0xFFFF || c == '\n' || c == '\t')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.length() <= LONGEST ? clean : clean.substring(0, clean.offsetByCodePoints(0, LONGEST / 2)) + "…";
    }

    private void print(Worksheet page) {
        page.paperSize(PaperSize.A4_PAPER);
        page.pageOrientation(upright ? "portrait" : "landscape");
        page.fitToWidth((short) 1);
        page.fitToHeight((short) 0);
        page.repeatRows(0, HEADING);
        page.footer("第&P页，共&N页", Position.CENTER);
    }
}
