package org.banhao.calendar.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Actor;
import org.banhao.calendar.CalendarDay;
import org.banhao.calendar.HolidayNotice;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/**
 * The shipped years and the notices entered since, as one table of days. The table is kept as long as no newer notice is
 * visible to the caller's transaction: one cheap query per use, and right with two nodes and after a rollback, because the
 * number of a notice is never given twice.
 */
@Repository
class CalendarStore {

    private final JdbcClient jdbc;
    private final List<HolidayNotice> shipped = DayTable.shipped();
    private volatile @Nullable Kept kept;

    CalendarStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of the newest notice, 0 when there is none; a scalar query that others may ask together with their own. */
    static final String NEWEST = "select coalesce(max(id), 0) from calendar_notice";

    DayTable days() {
        return days(jdbc.sql(NEWEST).query(Long.class).single());
    }

    /** @param newest what {@link #NEWEST} answered in the caller's transaction */
    DayTable days(long newest) {
        Kept present = kept;
        if (present == null || present.newest() != newest) {
            present = new Kept(newest, read(newest));
            kept = present;
        }
        return present.days();
    }

    private DayTable read(long newest) {
        Map<Integer, HolidayNotice> years = new LinkedHashMap<>();
        for (HolidayNotice notice : shipped) years.put(notice.year(), notice);
        for (Entered entered : inForce(newest)) {
            List<CalendarDay> days = jdbc.sql(
                            "select exceptional_day, working, name from calendar_day where notice_id = ? order by exceptional_day")
                    .param(entered.id())
                    .query((rs, n) ->
                            new CalendarDay(rs.getObject(1, LocalDate.class), rs.getBoolean(2), rs.getString(3)))
                    .list();
            years.put(entered.year(), new HolidayNotice(entered.year(), entered.source(), days));
        }
        return new DayTable(years.values());
    }

    /** The newest notice of each entered year. */
    private List<Entered> inForce(long newest) {
        return jdbc.sql(
                        "select id, notice_year, source, entered_by_name, entered_at from calendar_notice n where id <= ? and id = "
                                + "(select max(m.id) from calendar_notice m where m.notice_year = n.notice_year and m.id <= ?)")
                .params(newest, newest)
                .query((rs, n) -> new Entered(
                        rs.getLong(1),
                        rs.getInt(2),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getObject(5, OffsetDateTime.class)))
                .list();
    }

    @Nullable
    Entered entered(int year) {
        return inForce(Long.MAX_VALUE).stream()
                .filter(entered -> entered.year() == year)
                .findFirst()
                .orElse(null);
    }

    void add(HolidayNotice notice, Actor actor, Instant at) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        "insert into calendar_notice (notice_year, source, entered_by, entered_by_name, entered_at) values (?, ?, ?, ?, ?)")
                .params(List.of(notice.year(), notice.source(), actor.id(), actor.line(), at.atOffset(ZoneOffset.UTC)))
                .update(key, "id");
        long id = Rows.key(key);
        for (CalendarDay day : notice.days()) {
            jdbc.sql("insert into calendar_day (notice_id, exceptional_day, working, name) values (?, ?, ?, ?)")
                    .params(id, day.day(), day.working(), day.name())
                    .update();
        }
    }

    record Entered(long id, int year, String source, String by, OffsetDateTime at) {}

    private record Kept(long newest, DayTable days) {}
}
