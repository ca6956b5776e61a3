package org.banhao.proposal.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.banhao.base.ChineseTime;
import org.banhao.proposal.domain.NoticeList;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * The notice list as .xlsx that opens in WPS and Excel and prints as it is: A4 landscape, one page wide, title and heading
 * on each page, page numbers below. Every cell but the position is text: a phone number keeps its zeros, nothing is a formula.
 */
final class NoticeListSheet {

    static final List<String> COLUMNS = List.of("序号", "案号", "流水号", "姓名", "身份", "手机", "通知内容");

    private static final double[] WIDTHS = {6, 12, 18, 26, 12, 16, 62};
    private static final int HEADING = 2;

    private NoticeListSheet() {}

    static byte[] xlsx(NoticeList.Sheet list) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Banhao", "1.0")) {
            book.setGlobalDefaultFont("宋体", 11);
            Worksheet sheet = book.newWorksheet("通知清单");
            print(sheet);
            int last = COLUMNS.size() - 1;
            sheet.value(0, 0, list.title());
            sheet.range(0, 0, 0, last).merge();
            sheet.range(0, 0, 0, last)
                    .style()
                    .bold()
                    .fontSize(16)
                    .horizontalAlignment("center")
                    .set();
            sheet.value(1, 0, "共" + list.lines().size() + "条，制表时间：" + ChineseTime.text(list.made()));
            sheet.range(1, 0, 1, last).merge();
            for (int column = 0; column <= last; column++) {
                sheet.value(HEADING, column, COLUMNS.get(column));
                sheet.width(column, WIDTHS[column]);
            }
            sheet.range(HEADING, 0, HEADING, last)
                    .style()
                    .bold()
                    .horizontalAlignment("center")
                    .borderStyle(BorderStyle.THIN)
                    .set();
            int row = HEADING;
            for (NoticeList.Line line : list.lines()) {
                row++;
                sheet.value(row, 0, line.position());
                List<String> cells = cells(line);
                for (int column = 1; column <= last; column++) {
                    sheet.value(row, column, cells.get(column - 1));
                }
            }
            if (row > HEADING) {
                sheet.range(HEADING + 1, 0, row, last)
                        .style()
                        .wrapText(true)
                        .verticalAlignment("center")
                        .borderStyle(BorderStyle.THIN)
                        .set();
            }
            sheet.freezePane(0, HEADING + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void print(Worksheet sheet) {
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.pageOrientation("landscape");
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
        sheet.repeatRows(0, HEADING);
        sheet.footer("第&P页，共&N页", Position.CENTER);
    }

    private static List<String> cells(NoticeList.Line line) {
        return List.of(line.fileNumber(), line.caseNumber(), line.name(), line.role(), line.phone(), line.text());
    }
}
