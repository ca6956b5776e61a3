package org.banhao.proposal.domain.selection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.casefile.CaseView;
import org.banhao.proposal.domain.LaterStage;
import org.banhao.proposal.domain.UnitParts;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** That a proposal is key, by whose decision and in whose hands, on its page. Candidates are the committee's matter. */
@Component
@Order(50)
@Transactional(readOnly = true)
class KeyStage implements LaterStage {

    private final KeySelection selection;

    KeyStage(KeySelection selection) {
        this.selection = selection;
    }

    @Override
    public void summary(String caseNumber, Map<String, String> summary) {
        List<KeyTopic> topics = selection.selected(caseNumber);
        if (!topics.isEmpty()) {
            summary.put(
                    "重点提案",
                    topics.stream()
                            .map(topic -> topic.name() + "（" + topic.decidedLine() + "确定，督办：" + topic.chairName()
                                    + (topic.officialName() == null ? "" : "，领办：" + topic.officialName()) + "）")
                            .collect(Collectors.joining("；")));
        }
    }

    @Override
    public void listed(Collection<String> caseNumbers, UnitParts parts) {
        for (KeyTopic topic : selection.selected(caseNumbers)) {
            String line =
                    "督办：" + topic.chairName() + (topic.officialName() == null ? "" : "，领办：" + topic.officialName());
            topic.cases().forEach(number -> parts.supervised(number, line));
        }
    }

    @Override
    public List<CaseView.Section> sections(String caseNumber, List<String> groups) {
        return List.of();
    }
}
