package org.banhao.base;

import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The record in table {@code base_audit}; only ever inserted, as one of the {@link LastWrites}: nobody reads what his own act records. */
@Component
class JdbcAudit implements Audit {

    private static final int LONGEST_DETAIL = 500;

    private static final String INSERT = """
            insert into base_audit (at, person_id, person_name, for_whom_id, for_whom_name, action, case_number, detail, address) \
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final LastWrites writes;
    private final Clock clock;
    private final ObjectProvider<CurrentActor> actor;

    JdbcAudit(LastWrites writes, Clock clock, ObjectProvider<CurrentActor> actor) {
        this.writes = writes;
        this.clock = clock;
        this.actor = actor;
    }

    @Override
    public void record(String action, @Nullable String caseNumber, String detail) {
        CurrentActor current = actor.getIfAvailable();
        Actor who = current == null ? Actor.SYSTEM : current.get();
        writes.add(
                INSERT,
                clock.instant().atOffset(ZoneOffset.UTC),
                who.id(),
                who.name(),
                who.forWhom(),
                who.forWhomName(),
                action,
                caseNumber,
                shortened(said(who.way(), detail)),
                who.address());
    }

    private static String said(String way, String detail) {
        return way.isEmpty() || detail.isEmpty() ? way + detail : way + "，" + detail;
    }

    /** PostgreSQL refuses the character NUL in a text; a detail may quote what a caller sent. */
    private static String shortened(String detail) {
        String clean = detail.replace("\0", "");
        return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
