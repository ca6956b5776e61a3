package org.banhao.casefile.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.casefile.RetractionWindows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The dated rows of the time for 撤回. */
@Component
class StoredRetractionWindows implements RetractionWindows {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final CurrentActor actor;
    private final Audit audit;
    private final AtomicReference<@Nullable Today> known = new AtomicReference<>();

    StoredRetractionWindows(JdbcClient jdbc, Clock clock, CurrentActor actor, Audit audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.actor = actor;
        this.audit = audit;
    }

    private record Today(LocalDate day, Duration window) {}

    /** Of acts of today. Read once a day: a row begins on a later day than it is entered, whichever node it is entered on. */
    Duration today() {
        LocalDate day = ChineseTime.day(clock.instant());
        Today last = known.get();
        if (last == null || !last.day().equals(day)) {
            int minutes = jdbc.sql("select minutes from casefile_retraction_window where valid_from <= ?"
                            + " order by valid_from desc fetch first 1 rows only")
                    .param(day)
                    .query(Integer.class)
                    .single();
            last = new Today(day, Duration.ofMinutes(minutes));
            known.set(last);
        }
        return last.window();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Window> all() {
        return jdbc.sql("select * from casefile_retraction_window order by valid_from desc")
                .query((row, n) -> new Window(
                        row.getInt("minutes"),
                        row.getString("basis"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getString("entered_by_name")))
                .list();
    }

    @Override
    @Transactional
    public void add(int minutes, String basis, LocalDate validFrom) {
        String why = basis.strip();
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw new Refusal("minutes", "撤回时限须在1至" + MOST_MINUTES + "分钟之间：这段时间里相应的通知不发出。");
        }
        if (why.length() < 4 || why.length() > 200) {
            throw new Refusal("windowBasis", "撤回时限的依据须写明文件或者决定，4至200字，例如“提案委员会主任会议第三次会议决定”。");
        }
        // of two who enter one at once the second sees what the first has entered
        jdbc.sql("select id from casefile_retraction_window for update")
                .query(Long.class)
                .list();
        LocalDate last = jdbc.sql("select max(valid_from) from casefile_retraction_window")
                .query(LocalDate.class)
                .single();
        if (!validFrom.isAfter(ChineseTime.day(clock.instant())) || validFrom.getYear() > 2099) {
            throw new Refusal("windowFrom", "撤回时限的生效日期须晚于今天、在2099年以前；此前提交的仍按原规定。");
        }
        if (!validFrom.isAfter(last)) {
            throw new Refusal("windowFrom", "撤回时限已有自" + ChineseTime.text(last) + "起的规定，新规定的生效日期须晚于这一天。");
        }
        Actor who = actor.get();
        jdbc.sql(
                        "insert into casefile_retraction_window"
                                + " (minutes, basis, valid_from, entered_by, entered_by_name, entered_at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        minutes,
                        why,
                        validFrom,
                        who.id(),
                        who.line(),
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        audit.record("casefile.retractionWindow", null, minutes + "分钟，自" + ChineseTime.text(validFrom) + "起");
    }
}
