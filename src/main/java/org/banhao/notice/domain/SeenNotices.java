package org.banhao.notice.domain;

import java.time.Clock;
import java.time.ZoneOffset;
import org.banhao.base.ByLink;
import org.banhao.casefile.CaseRead;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who has looked at a case has what was sent to him about it. */
@Component
class SeenNotices {

    private final JdbcClient jdbc;
    private final Clock clock;

    SeenNotices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener
    @Transactional
    public void on(CaseRead event) {
        // a link shows one thing to whoever holds it: that is told beside the link
        if (ByLink.present() != null) return;
        jdbc.sql(
                        "update notice_outbox set read_at = ? where case_number = ? and person_id = ? and state = 'sent' and read_at is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), event.caseNumber(), event.personId())
                .update();
    }
}
