package org.banhao.monitoring.rules.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.Moments;
import org.banhao.monitoring.domain.Typed;
import org.banhao.monitoring.rules.Finding;
import org.banhao.monitoring.rules.Threshold;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Trials of thresholds over several outlets, computed one after the other in the background. How far one is and what it led to stand in the
 * database, so every node can show it; a node that stops in the middle leaves it interrupted.
 */
@Component
public class Trials implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

    private static final int MOST_OUTLETS = 50;
    private static final int LISTED = 20;
    private static final Duration KEPT = Duration.ofDays(30);

    /** One outlet takes seconds: who has said nothing for so long is not there any more. */
    private static final Duration SILENT = Duration.ofMinutes(5);

    private final TryOut tryOut;
    private final JdbcClient db;
    private final Registry registry;
    private final SignedIn signedIn;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate reading;
    private final Executor worker;
    /** Asked for here and not begun: they are not given up while another one is computed. */
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();

    @Autowired
    Trials(
            TryOut tryOut,
            JdbcClient db,
            Registry registry,
            SignedIn signedIn,
            CurrentActor actor,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this(
                tryOut,
                db,
                registry,
                signedIn,
                actor,
                audit,
                clock,
                transactions,
                Executors.newSingleThreadExecutor(work -> {
                    Thread thread = new Thread(work, "monitoring-trials");
                    thread.setDaemon(true);
                    return thread;
                }));
    }

    Trials(
            TryOut tryOut,
            JdbcClient db,
            Registry registry,
            SignedIn signedIn,
            CurrentActor actor,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions,
            Executor worker) {
        this.tryOut = tryOut;
        this.db = db;
        this.registry = registry;
        this.signedIn = signedIn;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.worker = worker;
    }

    @Override
    public void destroy() {
        if (worker instanceof ExecutorService service) service.shutdownNow();
    }

    /**
     * @param heardAt when the node that computes it said how far it is
     * @param failure null: finished, or goes on
     */
    public record Trial(
            long id,
            Map<Threshold, Double> figures,
            List<Long> outlets,
            LocalDate first,
            LocalDate last,
            Instant askedAt,
            String askedBy,
            int done,
            Instant heardAt,
            @Nullable Instant endedAt,
            @Nullable String failure) {

        public boolean running(Instant now) {
            return endedAt == null && heardAt.plus(SILENT).isAfter(now);
        }
    }

    /**
     * One alert, as it was and as it would have been.
     *
     * @param subject name of the factor, or 全部
     * @param wasBegan null: it was not
     * @param wouldBegin null: it would not have been
     */
    public record Line(
            Outlet outlet,
            TrialVerdict verdict,
            MonitoringRule rule,
            String subject,
            @Nullable Instant wasBegan,
            @Nullable AlertLevel wasLevel,
            @Nullable String wasSentence,
            @Nullable Instant wouldBegin,
            @Nullable AlertLevel wouldLevel,
            @Nullable String wouldSentence) {}

    /**
     * As typed on one page. Comes back at once; not within a transaction.
     *
     * @param amounts by name of the threshold; empty ones are not tried
     * @param first in China
     * @param last included
     * @return its number
     */
    public long start(Map<String, String> amounts, List<Long> outlets, @Nullable String first, @Nullable String last) {
        Map<Threshold, Double> figures = ThresholdBooks.figures(amounts);
        LocalDate from = Typed.day("first", "开始日", first);
        LocalDate until = Typed.day("last", "结束日", last);
        tryOut.check(from, until, figures);
        List<Long> wanted = List.copyOf(new LinkedHashSet<>(outlets));
        if (wanted.isEmpty()) throw new Refusal("outlet", "请至少选择一个排放口。");
        if (wanted.size() > MOST_OUTLETS) throw new Refusal("outlet", "一次最多试算" + MOST_OUTLETS + "个排放口，请分次试算。");
        for (long id : wanted) if (registry.outlet(id).isEmpty()) throw new Refusal("outlet", "没有这个排放口，请从列表中重新选择。");
        Instant now = now();
        Actor who = actor.get();
        Long id = transaction.execute(status -> {
            if (mine(who.id()).stream().anyMatch(one -> one.running(now))) throw new Refusal("您有一项试算还在进行，请等它结束后再试。");
            db.sql("delete from monitoring_trial where asked_at < ?")
                    .param(Moments.sql(now.minus(KEPT)))
                    .update();
            GeneratedKeyHolder key = new GeneratedKeyHolder();
            db.sql("""
                insert into monitoring_trial (figures, outlets, first_day, last_day, asked_at, asked_by, asked_by_name, heard_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)\
                """)
                    .params(
                            text(figures),
                            wanted.stream().map(String::valueOf).collect(Collectors.joining(",")),
                            from,
                            until,
                            Moments.sql(now),
                            who.id(),
                            who.line(),
                            Moments.sql(now))
                    .update(key, "id");
            audit.record(
                    "monitoring.tryThresholds",
                    null,
                    wanted.size() + "个排放口 " + from + "至" + until + " " + figures.keySet());
            return key.getKeyAs(Long.class);
        });
        long number = Objects.requireNonNull(id);
        waiting.add(number);
        worker.execute(() -> compute(number, figures, wanted, from, until));
        return number;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    // ---- in the background

    private void compute(long id, Map<Threshold, Double> figures, List<Long> outlets, LocalDate first, LocalDate last) {
        waiting.remove(id);
        try {
            int place = 0;
            for (int i = 0; i < outlets.size(); i++) {
                if (Thread.currentThread().isInterrupted()) return;
                long outletId = outlets.get(i);
                TryOut.Result result = Objects.requireNonNull(
                        reading.execute(status -> tryOut.compute(outletId, first, last, figures)));
                int from = place;
                int done = i + 1;
                transaction.executeWithoutResult(status -> {
                    int at = from;
                    for (TryOut.Difference one : result.differences()) insert(id, at++, outletId, one);
                    db.sql("update monitoring_trial set done = ?, heard_at = ? where id = ?")
                            .params(done, Moments.sql(now()), id)
                            .update();
                    List<Long> next = List.copyOf(waiting);
                    if (!next.isEmpty())
                        db.sql("update monitoring_trial set heard_at = :at where id in (:ids) and ended_at is null")
                                .param("at", Moments.sql(now()))
                                .param("ids", next)
                                .update();
                });
                place += result.differences().size();
            }
            end(id, null);
        } catch (RuntimeException e) {
            LOG.error("Trial {} failed", id, e);
            end(id, "试算没有完成，请缩短时间或者减少排放口后重新试算。");
        }
    }

    private void end(long id, @Nullable String failure) {
        try {
            transaction.executeWithoutResult(
                    status -> db.sql("update monitoring_trial set ended_at = ?, failure = ? where id = ?")
                            .param(Moments.sql(now()))
                            .param(new SqlParameterValue(java.sql.Types.VARCHAR, failure))
                            .param(id)
                            .update());
        } catch (RuntimeException e) {
            // it is shown as interrupted after a while
            LOG.error("Trial {} could not be ended", id, e);
        }
    }

    private void insert(long id, int place, long outletId, TryOut.Difference one) {
        Finding was = one.was();
        Finding would = one.would();
        Finding any = was != null ? was : Objects.requireNonNull(would);
        List<Object> values = new ArrayList<>(
                List.of(id, place, outletId, one.verdict().code(), any.rule().name(), any.subject()));
        values.addAll(side(was));
        values.addAll(side(would));
        db.sql("""
            insert into monitoring_trial_line (trial_id, place, outlet_id, verdict, rule, subject, was_began_at, was_level,
              was_sentence, would_begin_at, would_level, would_sentence)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """).params(values).update();
    }

    private static List<SqlParameterValue> side(@Nullable Finding one) {
        return List.of(
                new SqlParameterValue(
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE, one == null ? null : Moments.sql(one.beganAt())),
                new SqlParameterValue(
                        java.sql.Types.SMALLINT,
                        one == null ? null : one.level().rank()),
                new SqlParameterValue(java.sql.Types.VARCHAR, one == null ? null : one.sentence()));
    }

    // ---- reading

    /** Latest first, at most {@value #LISTED}, of everybody. */
    @Transactional(readOnly = true)
    public List<Trial> latest() {
        ThresholdBooks.requireReader(signedIn);
        return db.sql("select * from monitoring_trial order by id desc fetch first " + LISTED + " rows only")
                .query((row, n) -> trial(row))
                .list();
    }

    private List<Trial> mine(String personId) {
        return db.sql("select * from monitoring_trial where asked_by = ? and ended_at is null")
                .param(personId)
                .query((row, n) -> trial(row))
                .list();
    }

    @Transactional(readOnly = true)
    public Trial one(long id) {
        ThresholdBooks.requireReader(signedIn);
        return db.sql("select * from monitoring_trial where id = ?")
                .param(id)
                .query((row, n) -> trial(row))
                .optional()
                .orElseThrow(() -> new Refusal("没有这项试算，可能已过30天保存期，请重新试算。"));
    }

    /** In the order of outlets and time. */
    @Transactional(readOnly = true)
    public List<Line> lines(long id) {
        ThresholdBooks.requireReader(signedIn);
        Map<String, String> factors = registry.factors().stream().collect(Collectors.toMap(Factor::code, Factor::name));
        Map<Long, Outlet> outlets = new HashMap<>();
        return db.sql("select * from monitoring_trial_line where trial_id = ? order by place")
                .param(id)
                .query((row, n) -> {
                    Outlet outlet = outlets.computeIfAbsent(
                            row.getLong("outlet_id"),
                            one -> registry.outlet(one).orElseThrow());
                    String subject = row.getString("subject");
                    return new Line(
                            outlet,
                            TrialVerdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
                            MonitoringRule.valueOf(row.getString("rule")),
                            factors.getOrDefault(subject, "全部"),
                            Moments.readOrNull(row, "was_began_at"),
                            level(row, "was_level"),
                            row.getString("was_sentence"),
                            Moments.readOrNull(row, "would_begin_at"),
                            level(row, "would_level"),
                            row.getString("would_sentence"));
                })
                .list();
    }

    private static @Nullable AlertLevel level(ResultSet row, String column) throws SQLException {
        int rank = row.getInt(column);
        return row.wasNull() ? null : AlertLevel.ofRank(rank);
    }

    private static Trial trial(ResultSet row) throws SQLException {
        return new Trial(
                row.getLong("id"),
                figures(row.getString("figures")),
                Arrays.stream(row.getString("outlets").split(","))
                        .map(Long::valueOf)
                        .toList(),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                Moments.read(row, "asked_at"),
                row.getString("asked_by_name"),
                row.getInt("done"),
                Moments.read(row, "heard_at"),
                Moments.readOrNull(row, "ended_at"),
                row.getString("failure"));
    }

    private static String text(Map<Threshold, Double> figures) {
        Map<String, Double> named = new LinkedHashMap<>();
        figures.forEach((threshold, amount) -> named.put(threshold.name(), amount));
        return named.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static Map<Threshold, Double> figures(String text) {
        Map<Threshold, Double> figures = new EnumMap<>(Threshold.class);
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            figures.put(Threshold.valueOf(line.substring(0, equals)), Double.valueOf(line.substring(equals + 1)));
        }
        return figures;
    }
}
