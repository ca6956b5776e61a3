package org.banhao.flow.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.banhao.base.ActingAs;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.flow.MigrationRuns;
import org.banhao.flow.Migrations;
import org.banhao.flow.Migrations.Behind;
import org.banhao.flow.Migrations.Plan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** {@link MigrationRuns} in the table {@code flow_migration}; what it says of itself has transactions of its own, beside that of the moves. */
@Component
class StoredMigrationRuns implements MigrationRuns, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(StoredMigrationRuns.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int LISTED = 20;
    private static final Duration KEPT = Duration.ofDays(30);

    /** A row is written for every so many looks. */
    private static final int STRIDE = 10;

    private final Migrations migrations;
    private final JdbcClient db;
    private final ObjectProvider<CurrentActor> actor;
    private final ObjectProvider<Audit> audit;
    private final Clock clock;
    private final TransactionTemplate own;
    private final Executor worker;
    /** Asked for here and not begun: they are not given up while another one is done. */
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();

    @Autowired
    StoredMigrationRuns(
            Migrations migrations,
            JdbcClient db,
            ObjectProvider<CurrentActor> actor,
            ObjectProvider<Audit> audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this(migrations, db, actor, audit, clock, transactions, Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "case-migrations");
            thread.setDaemon(true);
            return thread;
        }));
    }

    StoredMigrationRuns(
            Migrations migrations,
            JdbcClient db,
            ObjectProvider<CurrentActor> actor,
            ObjectProvider<Audit> audit,
            Clock clock,
            PlatformTransactionManager transactions,
            Executor worker) {
        this.migrations = migrations;
        this.db = db;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.worker = worker;
    }

    /** What is under way is taken back before the database goes. */
    @Override
    public void destroy() throws InterruptedException {
        if (worker instanceof ExecutorService service) {
            service.shutdownNow();
            if (!service.awaitTermination(10, TimeUnit.SECONDS)) LOG.warn("A migration is still being taken back");
        }
    }

    @Override
    public long start(String version, Map<String, String> instead, boolean trial) {
        Behind behind = migrations.behind().stream()
                .filter(one -> one.id().equals(version))
                .findFirst()
                .orElseThrow(() -> new Refusal("version", EngineMigrations.GONE));
        Instant now = now();
        CurrentActor present = actor.getIfAvailable();
        Actor who = present == null ? Actor.SYSTEM : present.get();
        Long id = own.execute(status -> {
            // of two who ask at once the second sees what the first has begun
            db.sql("select name from flow_lock where name = 'migration' for update")
                    .query(String.class)
                    .single();
            boolean begun = db
                    .sql("select * from flow_migration where version = ? and trial = false and ended_at is null")
                    .param(version)
                    .query((row, n) -> run(row))
                    .list()
                    .stream()
                    .anyMatch(one -> one.running(now));
            if (begun) throw new Refusal("version", "这一版的案件正在迁移，请等它结束后再看。");
            db.sql("delete from flow_migration where asked_at < ?")
                    .param(at(now.minus(KEPT)))
                    .update();
            GeneratedKeyHolder key = new GeneratedKeyHolder();
            db.sql("""
                            insert into flow_migration (version, name, from_version, to_version, instead, trial, cases, looks, asked_at,
                              asked_by, asked_by_name, heard_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            version,
                            behind.name(),
                            behind.version(),
                            behind.latestVersion(),
                            text(instead),
                            trial,
                            behind.running(),
                            trial ? behind.running() : 2 * behind.running(),
                            at(now),
                            who.id(),
                            who.line(),
                            at(now))
                    .update(key, "id");
            audit.ifAvailable(a -> a.record(
                    trial ? "flow.beginTrial" : "flow.beginMigration",
                    null,
                    behind.process() + " " + behind.version() + " → " + behind.latestVersion() + "，" + behind.running()
                            + "件"));
            return key.getKeyAs(Long.class);
        });
        long number = Objects.requireNonNull(id);
        waiting.add(number);
        worker.execute(() -> ActingAs.run(who, () -> compute(number, version, Map.copyOf(instead), trial)));
        return number;
    }

    // ---- in the background

    /** Thrown out of the transaction of the moves when the node stops. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private void compute(long id, String version, Map<String, String> instead, boolean trial) {
        waiting.remove(id);
        try {
            Migrations.Progress progress = (done, of) -> heard(id, done, of);
            if (trial) {
                Plan plan = migrations.plan(version, instead, progress);
                end(id, null, plan, null);
            } else {
                end(id, migrations.migrate(version, instead, progress), null, null);
            }
        } catch (Stopped stopped) {
            LOG.warn("Migration {} was interrupted, nothing has moved", id);
        } catch (Refusal refusal) {
            end(id, null, null, refusal.sentence());
        } catch (RuntimeException e) {
            LOG.error("Migration {} failed, nothing has moved", id, e);
            end(id, null, null, trial ? "试算没有完成，请稍后重新试算；仍不成功的，请与系统维护人员联系。" : "迁移没有完成，没有一件迁移，请稍后重新试算；仍不成功的，请与系统维护人员联系。");
        }
    }

    private void heard(long id, int done, int of) {
        if (Thread.currentThread().isInterrupted()) throw new Stopped();
        if (done % STRIDE != 0 && done < of) return;
        own.executeWithoutResult(status -> {
            db.sql("update flow_migration set done = ?, looks = ?, heard_at = ? where id = ?")
                    .params(done, of, at(now()), id)
                    .update();
            List<Long> next = List.copyOf(waiting);
            if (!next.isEmpty())
                db.sql("update flow_migration set heard_at = :at where id in (:ids) and ended_at is null")
                        .param("at", at(now()))
                        .param("ids", next)
                        .update();
        });
    }

    private void end(long id, @Nullable Integer moved, @Nullable Plan outcome, @Nullable String failure) {
        try {
            own.executeWithoutResult(status -> db.sql(
                            "update flow_migration set ended_at = ?, moved = ?, outcome = ?, failure = ? where id = ?")
                    .param(at(now()))
                    .param(new SqlParameterValue(Types.INTEGER, moved))
                    .param(new SqlParameterValue(Types.VARCHAR, outcome == null ? null : json(outcome)))
                    .param(new SqlParameterValue(Types.VARCHAR, failure))
                    .param(id)
                    .update());
        } catch (RuntimeException e) {
            // it is shown as interrupted after a while, though the cases have moved
            LOG.error("Migration {} ended with {} moved, {}, and could not be written down", id, moved, failure, e);
        }
    }

    // ---- reading

    @Override
    @Transactional(readOnly = true)
    public List<Run> latest() {
        return db.sql("select * from flow_migration order by id desc fetch first " + LISTED + " rows only")
                .query((row, n) -> run(row))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Run one(long id) {
        return db.sql("select * from flow_migration where id = ?")
                .param(id)
                .query((row, n) -> run(row))
                .optional()
                .orElseThrow(() -> new Refusal("没有这次试算或者迁移，可能已过30天保存期，请从列表中重新选择。"));
    }

    private static Run run(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new Run(
                row.getLong("id"),
                row.getString("version"),
                row.getString("name"),
                row.getInt("from_version"),
                row.getInt("to_version"),
                pairs(row.getString("instead")),
                row.getBoolean("trial"),
                row.getInt("cases"),
                row.getInt("done"),
                row.getInt("looks"),
                instant(row, "asked_at"),
                row.getString("asked_by_name"),
                instant(row, "heard_at"),
                row.getObject("ended_at") == null ? null : instant(row, "ended_at"),
                row.getObject("moved", Integer.class),
                outcome == null ? null : plan(outcome),
                row.getString("failure"));
    }

    private static String text(Map<String, String> instead) {
        return instead.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int at = line.indexOf('=');
            pairs.put(line.substring(0, at), line.substring(at + 1));
        });
        return pairs;
    }

    private static String json(Plan plan) {
        try {
            return JSON.writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Plan plan(String text) {
        try {
            return JSON.readValue(text, Plan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
