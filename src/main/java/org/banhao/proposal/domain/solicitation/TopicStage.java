package org.banhao.proposal.domain.solicitation;

import java.util.List;
import java.util.Map;
import org.banhao.casefile.CaseView;
import org.banhao.proposal.domain.LaterStage;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The reference topic a proposal answers, on its page. */
@Component
@Order(40)
class TopicStage implements LaterStage {

    private final Topics topics;

    TopicStage(Topics topics) {
        this.topics = topics;
    }

    @Override
    public void summary(String caseNumber, Map<String, String> summary) {
        topics.chosen(caseNumber).ifPresent(topic -> summary.put("参考选题", topic.line()));
    }

    @Override
    public List<CaseView.Section> sections(String caseNumber, List<String> groups) {
        return List.of();
    }
}
