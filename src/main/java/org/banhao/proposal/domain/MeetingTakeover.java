package org.banhao.proposal.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.MeetingKind;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Meetings that were recorded before {@code casefile} knew meetings go over to it, once: the rows that point to them are negative until
 * then. Of two nodes that start together the second finds nothing left.
 */
@Component
class MeetingTakeover {

    private final JdbcClient jdbc;
    private final CaseMeetings meetings;
    private final Audit audit;

    MeetingTakeover(JdbcClient jdbc, CaseMeetings meetings, Audit audit) {
        this.jdbc = jdbc;
        this.meetings = meetings;
        this.audit = audit;
    }

    private record Old(long id, String kind, String name, LocalDate heldOn, String createdBy) {}

    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void takeOver() {
        List<Old> all = jdbc.sql("select * from proposal_meeting order by id for update")
                .query((row, i) -> new Old(
                        row.getLong("id"),
                        row.getString("kind"),
                        row.getString("name"),
                        Objects.requireNonNull(row.getObject("held_on", LocalDate.class)),
                        row.getString("created_by")))
                .list();
        for (Old old : all) {
            long id = meetings.takeOver(
                    MeetingKind.find(old.kind()).orElse(MeetingKind.COMMITTEE),
                    old.name(),
                    old.heldOn(),
                    old.createdBy());
            point("update proposal_review set held_meeting = :new where held_meeting = :old", old, id);
            point("update proposal_key_topic set passed_at_meeting = :new where passed_at_meeting = :old", old, id);
            point("update proposal_key_topic set decided_at_meeting = :new where decided_at_meeting = :old", old, id);
            jdbc.sql("delete from proposal_meeting where id = :id")
                    .param("id", old.id())
                    .update();
        }
        if (!all.isEmpty()) {
            audit.record("proposal.takeOverMeetings", null, all.size() + "次");
        }
    }

    private void point(String sql, Old old, long id) {
        jdbc.sql(sql).param("new", id).param("old", -old.id()).update();
    }
}
