package org.banhao.proposal.web;

import java.util.List;
import org.banhao.base.PrintedTable;
import org.banhao.proposal.domain.NoticeList;

/** The notice list as a printed table. */
final class NoticeListSheet {

    static final List<String> COLUMNS = List.of("序号", "案号", "流水号", "姓名", "身份", "手机", "通知内容");

    private NoticeListSheet() {}

    static PrintedTable table(NoticeList.Sheet list) {
        return new PrintedTable(
                "通知清单",
                list.title(),
                list.made(),
                COLUMNS,
                List.of(6, 12, 18, 26, 12, 16, 62),
                list.lines().stream().map(NoticeListSheet::cells).toList());
    }

    private static List<String> cells(NoticeList.Line line) {
        return List.of(line.fileNumber(), line.caseNumber(), line.name(), line.role(), line.phone(), line.text());
    }
}
