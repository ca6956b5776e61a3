package org.banhao.proposal.domain.feedback;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.flow.Shown;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.handling.DeliveredReply;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.Handlings;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the forms of feedback show, by the names the forms use. */
@Service
@Transactional(readOnly = true)
public class FeedbackFacts {

    private final Feedbacks feedbacks;
    private final FeedbackRows rows;
    private final DissatisfiedFeedback dissatisfied;
    private final Handlings handlings;
    private final Proposals proposals;

    FeedbackFacts(
            Feedbacks feedbacks,
            FeedbackRows rows,
            DissatisfiedFeedback dissatisfied,
            Handlings handlings,
            Proposals proposals) {
        this.feedbacks = feedbacks;
        this.rows = rows;
        this.dissatisfied = dissatisfied;
        this.handlings = handlings;
        this.proposals = proposals;
    }

    public Shown give(String instance) {
        return Shown.lazily(() -> values(feedbacks.byInstance(instance)), Map.of());
    }

    public Shown examine(String instance) {
        return Shown.lazily(() -> values(feedbacks.byInstance(instance)), Map.of());
    }

    public Shown mediate(String instance) {
        return Shown.lazily(
                () -> {
                    Feedback row = feedbacks.byInstance(instance);
                    Map<String, Object> values = values(row);
                    List<String> held = dissatisfied.held(row).stream()
                            .map(one -> one.kind().label() + "，" + ChineseTime.text(one.heldAt())
                                    + (one.place().isEmpty() ? "" : "，" + one.place()))
                            .toList();
                    values.put("heldText", held.isEmpty() ? "还没有登记会商。" : String.join("\n\n", held));
                    return values;
                },
                Map.of());
    }

    private Map<String, Object> values(Feedback row) {
        Proposal proposal = proposals.get(row.caseNumber());
        Handling handling = handlings.get(row.handlingId());
        Map<String, Object> values = new TreeMap<>();
        values.put("title", proposal.title());
        values.put("fileNumber", proposals.numberLine(proposal));
        values.put("proposerLine", proposals.proposerLine(proposal));
        values.put("personName", row.name());
        values.put("unitName", handling.unitName());
        values.put("replyName", row.round() > 1 ? "再次答复" : "答复");
        values.put(
                "replyLine",
                handlings.repliesTo(row.caseNumber()).stream()
                        .filter(reply -> reply.handlingId() == row.handlingId())
                        .map(reply -> reply.documentNumber() + "，办理结果：" + reply.classLine())
                        .collect(Collectors.joining()));
        values.put(
                "replyText",
                handlings.repliesTo(row.caseNumber()).stream()
                        .filter(reply -> reply.handlingId() == row.handlingId())
                        .map(DeliveredReply::content)
                        .collect(Collectors.joining()));
        values.put(
                "dueText",
                feedbacks
                        .due(row)
                        .map(due -> "请在" + ChineseTime.text(due) + "前反馈。")
                        .orElse("反馈期限已过，现在反馈仍然有效。"));
        Feedback.Given given = row.given();
        values.put("ratingText", given == null ? "" : given.ratingLine());
        values.put(
                "opinionText",
                given == null || given.opinion().isEmpty()
                        ? "没有填写"
                        : Objects.requireNonNull(given).opinion());
        values.put(
                "othersText",
                rows.ofHandling(row.handlingId()).stream()
                        .filter(other -> other.id() != row.id())
                        .map(other -> other.name() + "：" + other.stateLine()
                                + (other.given() == null
                                        ? ""
                                        : "，办理结果" + other.given().result().label()))
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining("；"), text -> text.isEmpty() ? "没有" : text)));
        return values;
    }
}
