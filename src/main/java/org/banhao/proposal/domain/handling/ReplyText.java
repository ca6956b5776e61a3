package org.banhao.proposal.domain.handling;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.springframework.stereotype.Component;

/** A reply as one text, the way those read it who check and sign it. */
@Component
class ReplyText {

    private final Proposals proposals;

    ReplyText(Proposals proposals) {
        this.proposals = proposals;
    }

    String of(Handling row, Reply reply, List<Commitment> commitments) {
        Proposal proposal = proposals.get(row.caseNumber());
        StringBuilder text = new StringBuilder();
        text.append("关于市政协")
                .append(proposals.numberLine(proposal))
                .append(row.again() ? "提案的再次答复\n\n" : "提案的答复\n\n")
                .append("主送：")
                .append(reply.mainTo())
                .append("\n办理结果：")
                .append(reply.classLine())
                .append("　公开属性：")
                .append(reply.publicity().label())
                .append(reply.publicityReason().isEmpty() ? "" : "（" + reply.publicityReason() + "）")
                .append("\n\n");
        if (!reply.opening().isEmpty()) {
            text.append(reply.opening()).append("\n\n");
        }
        for (Map.Entry<Integer, Reply.Item> item : reply.items().entrySet()) {
            text.append("建议")
                    .append(item.getKey())
                    .append("：")
                    .append(suggestion(proposal, item.getKey()))
                    .append("\n答复（")
                    .append(item.getValue().resultClass())
                    .append("）：")
                    .append(item.getValue().answer())
                    .append("\n\n");
        }
        if (!commitments.isEmpty()) {
            text.append("承诺事项：\n")
                    .append(commitments.stream().map(Commitment::line).collect(Collectors.joining("\n")))
                    .append("\n\n");
        }
        text.append("联系人：")
                .append(reply.contactPerson())
                .append("　电话：")
                .append(reply.contactPhone())
                .append("\n抄送：")
                .append(reply.copyTo())
                .append("\n")
                .append(row.unitName());
        return text.toString();
    }

    static String suggestion(Proposal proposal, int number) {
        return number >= 1 && number <= proposal.suggestions().size()
                ? proposal.suggestions().get(number - 1)
                : "";
    }
}
