package org.banhao.proposal.web;

import java.util.List;
import org.banhao.base.PrintedTable;
import org.banhao.proposal.domain.NoticeList;

/** The notice list as a printed table. */
final class NoticeListSheet {

    static final List<String> COLUMNS = List.of("序号", "姓名", "手机", "通知内容", "事由", "案号", "流水号", "时间", "送达情况", "转交情况");

    private NoticeListSheet() {}

    static PrintedTable table(NoticeList.Sheet list) {
        return new PrintedTable(
                "通知清单",
                "提案通知清单",
                list.choice().words(),
                list.lines().size(),
                list.made(),
                COLUMNS,
                List.of(6, 14, 16, 48, 14, 10, 18, 20, 34, 20),
                list.lines().stream().map(NoticeListSheet::cells).toList());
    }

    private static List<String> cells(NoticeList.Line line) {
        return List.of(
                line.name(),
                line.phone(),
                line.text(),
                line.reason(),
                line.fileNumber(),
                line.caseNumber(),
                line.at(),
                line.delivery(),
                line.handed());
    }
}
