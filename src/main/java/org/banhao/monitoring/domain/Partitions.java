package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.banhao.base.ChineseTime;
import org.banhao.base.Vendor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Months of readings and packets. PostgreSQL has a partition for each: made when the first row comes, dropped as a whole when the
 * month is older than what has to be kept. H2, which is for trying out, has none; there old rows are deleted.
 */
@Component
class Partitions {

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

    private final JdbcTemplate db;
    private final Vendor vendor;
    private final MonitoringProperties settings;
    private final Clock clock;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Partitions(JdbcTemplate db, Vendor vendor, MonitoringProperties settings, Clock clock) {
        this.db = db;
        this.vendor = vendor;
        this.settings = settings;
        this.clock = clock;
    }

    /** There is room for readings of these moments, and for packets that came at those. Outside of a transaction. */
    void ensure(Collection<Instant> times, Collection<Instant> arrivals) {
        if (!vendor.postgresql()) return;
        for (YearMonth month : months(times)) make("monitoring_reading", month, true);
        for (YearMonth month : months(arrivals)) make("monitoring_frame", month, false);
    }

    /** Of ten thousands of moments nearly all lie in the month of the one before. */
    private static Set<YearMonth> months(Collection<Instant> moments) {
        Set<YearMonth> months = new TreeSet<>();
        Instant begin = Instant.MAX;
        Instant end = Instant.MIN;
        for (Instant moment : moments) {
            if (!moment.isBefore(begin) && moment.isBefore(end)) continue;
            YearMonth month = YearMonth.from(ChineseTime.day(moment));
            months.add(month);
            begin = month.atDay(1).atStartOfDay(ChineseTime.ZONE).toInstant();
            end = month.plusMonths(1).atDay(1).atStartOfDay(ChineseTime.ZONE).toInstant();
        }
        return months;
    }

    private void make(String table, YearMonth month, boolean moments) {
        String name = name(table, month);
        if (known.contains(name)) return;
        String hour = moments ? " 00:00:00+08" : "";
        String sql = "create table if not exists " + name + " partition of " + table + " for values from ('"
                + month.atDay(1) + hour + "') to ('" + month.plusMonths(1).atDay(1) + hour + "')";
        try {
            db.execute(sql);
        } catch (DataAccessException another) {
            // of two nodes that make it at the same moment one fails; it is there then
            db.execute(sql);
        }
        known.add(name);
    }

    /** Forgets what it believes to be there, after a failure. */
    void forget() {
        known.clear();
    }

    /** Drops what is older than has to be kept. @return how many partitions, on H2 rows, are gone */
    int drop() {
        YearMonth first = YearMonth.from(ChineseTime.day(clock.instant())).minusMonths(settings.keepMonths());
        if (!vendor.postgresql()) {
            Instant until = first.atDay(1).atStartOfDay(ChineseTime.ZONE).toInstant();
            return db.update("delete from monitoring_reading where measured_at < ?", Moments.sql(until))
                    + db.update("delete from monitoring_frame where arrived_month < ?", first.atDay(1));
        }
        int dropped = 0;
        for (String table : List.of("monitoring_reading", "monitoring_frame")) {
            List<String> names = db.queryForList(
                    "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                            + " join pg_class p on p.oid = i.inhparent where p.relname = '" + table + "'",
                    String.class);
            for (String name : names) {
                if (name.compareTo(name(table, first)) >= 0) continue;
                db.execute("drop table if exists " + name);
                known.remove(name);
                LOG.info("Readings older than {} months are dropped: {}", settings.keepMonths(), name);
                dropped++;
            }
        }
        return dropped;
    }

    private static String name(String table, YearMonth month) {
        return String.format(Locale.ROOT, "%s_%04d_%02d", table, month.getYear(), month.getMonthValue());
    }
}
