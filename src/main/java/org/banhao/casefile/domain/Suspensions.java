package org.banhao.casefile.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseResumed;
import org.banhao.casefile.CaseRow;
import org.banhao.flow.Processes;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 暂停办理, 恢复办理: a case rests whole, with every process of it, because something outside has to be settled first or something went
 * wrong inside. Its steps leave the lists and nobody can answer one; its timers do not fire until it goes on, and then at once those
 * whose time has come. Deadlines stay as they are: a rest gives nobody more time, that is what moving a deadline is for. The system
 * administrator does it without reading the case.
 */
@Component
@Transactional
public class Suspensions {
    private static final int LONGEST_REASON = 200;

    private final JdbcClient jdbc;
    private final CaseFiles cases;
    private final Processes processes;
    private final CurrentActor actor;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Suspensions(
            JdbcClient jdbc,
            CaseFiles cases,
            Processes processes,
            CurrentActor actor,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.processes = processes;
        this.actor = actor;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @param by who suspended it, with the name of that day */
    public record Suspension(String number, Instant since, String by, String reason) {}

    /** Cases that rest now, the latest first. */
    @Transactional(readOnly = true)
    public List<Suspension> present() {
        return jdbc.sql("select * from casefile_suspension where until is null order by since desc, id desc")
                .query(Suspensions::suspension)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Suspension> of(String number) {
        return jdbc.sql("select * from casefile_suspension where case_number = ? and until is null")
                .param(number)
                .query(Suspensions::suspension)
                .optional();
    }

    /** @throws Refusal no such case, closed, resting already, or no reason given */
    public void suspend(String number, String reason) {
        CaseRow row = locked(number);
        String why = reason(reason);
        if (row.closed() != null) throw new Refusal("number", "案件" + row.number() + "已办结，不需要暂停办理。");
        if (of(row.number()).isPresent()) throw new Refusal("number", "案件" + row.number() + "已在暂停中，请先恢复办理。");
        jdbc.sql("insert into casefile_suspension (case_number, since, suspended_by, reason) values (?, ?, ?, ?)")
                .params(row.number(), now(), actor.get().line(), why)
                .update();
        processes.suspend(row.number());
        cases.happened(row.number(), "暂停办理", why);
        audit.record("casefile.suspend", row.number(), why);
    }

    /** @throws Refusal no such case, it does not rest, or no reason given */
    public void resume(String number, String reason) {
        CaseRow row = locked(number);
        String why = reason(reason);
        int ended = jdbc.sql("update casefile_suspension set until = ?, resumed_by = ?, resumed_reason = ?"
                        + " where case_number = ? and until is null")
                .params(now(), actor.get().line(), why, row.number())
                .update();
        if (ended == 0) throw new Refusal("number", "案件" + row.number() + "没有暂停，不需要恢复办理。");
        processes.resume(row.number());
        cases.happened(row.number(), "恢复办理", why);
        audit.record("casefile.resume", row.number(), why);
        events.publishEvent(new CaseResumed(row.number()));
    }

    /** Of two who suspend or resume at once the second sees what the first did. */
    private CaseRow locked(String number) {
        String clean = number.replace("\0", "").strip();
        boolean found = jdbc.sql("select number from casefile_case where number = ? for update")
                .param(clean)
                .query(String.class)
                .optional()
                .isPresent();
        if (!found) throw new Refusal("number", "没有编号为「" + clean + "」的案件，请核对案件编号，如 TA-2026-000123。");
        return cases.get(clean);
    }

    private static String reason(String typed) {
        String reason = typed.replace("\0", "").strip();
        if (reason.isEmpty()) throw new Refusal("reason", "请填写「原因」，它会写入办理经过。");
        if (reason.length() > LONGEST_REASON) throw new Refusal("reason", "「原因」最多" + LONGEST_REASON + "个字，请缩短。");
        return reason;
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static Suspension suspension(ResultSet row, int n) throws SQLException {
        return new Suspension(
                row.getString("case_number"),
                Objects.requireNonNull(OpenStepRows.instant(row, "since")),
                row.getString("suspended_by"),
                row.getString("reason"));
    }
}
