package org.banhao.base;

import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record in table {@code base_audit}; only ever inserted. */
@Component
class JdbcAudit implements Audit {

    private static final int LONGEST_DETAIL = 500;

    private final JdbcClient db;
    private final Clock clock;
    private final ObjectProvider<CurrentActor> actor;

    JdbcAudit(JdbcClient db, Clock clock, ObjectProvider<CurrentActor> actor) {
        this.db = db;
        this.clock = clock;
        this.actor = actor;
    }

    @Override
    public void record(String action, @Nullable String caseNumber, String detail) {
        CurrentActor current = actor.getIfAvailable();
        Actor who = current == null ? Actor.SYSTEM : current.get();
        db.sql("""
                        insert into base_audit (at, person_id, person_name, for_whom_id, for_whom_name, action, \
                        case_number, detail, address) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        clock.instant().atOffset(ZoneOffset.UTC),
                        who.id(),
                        who.name(),
                        who.forWhom(),
                        who.forWhomName(),
                        action,
                        caseNumber,
                        shortened(detail),
                        who.address())
                .update();
    }

    /** PostgreSQL refuses the character NUL in a text; a detail may quote what a caller sent. */
    private static String shortened(String detail) {
        String clean = detail.replace("\0", "");
        return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
