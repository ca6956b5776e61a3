package org.banhao.proposal.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.banhao.base.ChineseTime;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * A list as .xlsx that opens in WPS and Excel and prints as it is: A4 landscape, one page wide, title and heading on each page, page
 * numbers below. The first column is 序号; every other cell is text: a phone number keeps its zeros, nothing is a formula.
 *
 * @param sheet name of the sheet
 * @param columns headings, 序号 first
 * @param widths of the columns, in characters
 * @param lines cells without the first column
 */
record PrintedTable(
        String sheet,
        String title,
        Instant made,
        List<String> columns,
        List<Integer> widths,
        List<List<String>> lines) {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ChineseTime.ZONE);
    private static final int HEADING = 2;

    /** To be downloaded under its title and day. */
    ResponseEntity<byte[]> download() {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, XLSX)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(title + DAY.format(made) + ".xlsx", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .cacheControl(CacheControl.noStore())
                .body(xlsx());
    }

    byte[] xlsx() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Banhao", "1.0")) {
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
            page.value(1, 0, "共" + lines.size() + "条，制表时间：" + ChineseTime.text(made));
            page.range(1, 0, 1, last).merge();
            for (int column = 0; column <= last; column++) {
                page.value(HEADING, column, columns.get(column));
                page.width(column, widths.get(column));
            }
            page.range(HEADING, 0, HEADING, last)
                    .style()
                    .bold()
                    .horizontalAlignment("center")
                    .borderStyle(BorderStyle.THIN)
                    .set();
            int row = HEADING;
            for (List<String> line : lines) {
                row++;
                page.value(row, 0, row - HEADING);
                for (int column = 1; column <= last; column++) {
                    page.value(row, column, line.get(column - 1));
                }
            }
            if (row > HEADING) {
                page.range(HEADING + 1, 0, row, last)
                        .style()
                        .wrapText(true)
                        .verticalAlignment("center")
                        .borderStyle(BorderStyle.THIN)
                        .set();
            }
            page.freezePane(0, HEADING + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void print(Worksheet page) {
        page.paperSize(PaperSize.A4_PAPER);
        page.pageOrientation("landscape");
        page.fitToWidth((short) 1);
        page.fitToHeight((short) 0);
        page.repeatRows(0, HEADING);
        page.footer("第&P页，共&N页", Position.CENTER);
    }
}
