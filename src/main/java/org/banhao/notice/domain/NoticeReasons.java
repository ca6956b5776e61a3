package org.banhao.notice.domain;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.notice.NoticeLists.Reason;

/** Why people are told of cases, in the order of a case's life; the words are those with which the message's subject begins. */
final class NoticeReasons {

    static final List<Reason> ALL = Stream.of(
                    "solicitationCall 提案征集通知",
                    "solicitationReminder 提案征集提醒",
                    "coSignInvited 请确认联名",
                    "coSignDropped 联名未确认",
                    "submitted 收到提案回执",
                    "seconded 有委员附议",
                    "secondedChanged 附议的提案有变动",
                    "returned 提案退回修改",
                    "resubmissionOverdue 尚未重新提交",
                    "filed 立案通知",
                    "notFiled 不予立案告知",
                    "converted 转办告知",
                    "merged 并案告知",
                    "mergeObjected 并案异议",
                    "unmerged 撤销并案告知",
                    "withdrawn 撤案告知",
                    "keySelected 重点提案",
                    "keyRevoked 撤销重点提案",
                    "unitWordAsked 征求意见",
                    "assigned 交办通知",
                    "unitsAssigned 交办告知",
                    "assignmentDeemed 视为接受交办",
                    "returnRuled 裁定结果",
                    "assignmentTakenOver 承接办理",
                    "assignmentWithdrawn 停止办理",
                    "mergeEnded 并案提案不再随本件办理",
                    "consultationEntered 提案者登记了联系",
                    "consultationRecorded 请确认沟通记录",
                    "consultationDisputed 沟通记录有异议",
                    "coHandlingEnded 会办结束",
                    "replyExtended 延期告知",
                    "deadlineMoved 时限调整",
                    "reminder 催办",
                    "replyDelivered 答复送达",
                    "feedbackOverdue 反馈期限已过",
                    "secondHandling 再次办理",
                    "secondHandlingUnit 再次办理（承办单位）",
                    "revisitBegun 回头看",
                    "revisitReported 落实情况报告",
                    "revisitDone 回头看结果",
                    "revisitEscalated 承诺未兑现")
            .map(line -> line.split(" ", 2))
            .map(line -> new Reason(line[0], line[1]))
            .toList();

    private static final Map<String, Reason> BY_TEMPLATE =
            ALL.stream().collect(Collectors.toMap(Reason::template, Function.identity()));

    private NoticeReasons() {}

    /** @throws IllegalArgumentException it is about no case */
    static Reason of(String template) {
        Reason reason = BY_TEMPLATE.get(template);
        if (reason == null) throw new IllegalArgumentException("Not about a case: " + template);
        return reason;
    }

    /** Whether a later one makes an earlier one untrue: a number that was dealt again. Others stand beside each other when they differ. */
    static boolean replaced(String template) {
        return template.equals("filed");
    }
}
