package org.banhao.notice.domain;

import java.util.List;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.AnswerRetracted;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was to be told of an act is not told when the act is retracted. It has waited in the outbox for as long as that can happen; should
 * it have left all the same, the act stands.
 */
@Component
class RetractedNotices {

    private final JdbcClient jdbc;
    private final StoredLinks links;
    private final Audit audit;

    RetractedNotices(JdbcClient jdbc, StoredLinks links, Audit audit) {
        this.jdbc = jdbc;
        this.links = links;
        this.audit = audit;
    }

    /** @throws Refusal a message has left */
    @EventListener
    @Transactional
    public void on(AnswerRetracted event) {
        List<String> states = jdbc.sql("select state from notice_outbox where retraction_id = ? order by id for update")
                .param(event.retraction())
                .query(String.class)
                .list();
        if (states.contains("sent")) {
            throw new Refusal("通知已经发出，不能撤回；需要改正的，请联系下一环节的同志退回。");
        }
        if (states.isEmpty()) return;
        links.withdrawn(event.retraction());
        jdbc.sql("delete from notice_outbox where retraction_id = ?")
                .param(event.retraction())
                .update();
        audit.record("notice.withdraw", event.caseNumber(), states.size() + "封");
    }
}
