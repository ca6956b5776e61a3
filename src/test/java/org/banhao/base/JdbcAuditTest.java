package org.banhao.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.banhao.calendar.OwnTables;
import org.banhao.calendar.SetClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of the record when transactions commit, roll back, nest and interrupt each other. */
class JdbcAuditTest {

    enum Database {
        H2,
        POSTGRESQL;

        private static final Map<Database, DataSource> MADE = new EnumMap<>(Database.class);

        DataSource source() {
            String script = "V1701__audit.sql";
            return MADE.computeIfAbsent(this, one -> one == H2 ? OwnTables.h2(script) : OwnTables.postgresql(script));
        }
    }

    private final SetClock clock = new SetClock("2026-03-26T10:00");
    private Actor present = new Actor("bao", "暴晓岚", null, null, "127.0.0.1");

    private JdbcClient db;
    private LastWrites writes;
    private JdbcAudit audit;
    private TransactionTemplate transaction;
    private TransactionTemplate nested;
    private TransactionTemplate another;

    private void on(Database database) {
        DataSource source = database.source();
        db = JdbcClient.create(source);
        db.sql("delete from base_audit").update();
        StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("actor", (CurrentActor) () -> present));
        writes = new LastWrites(db, new Vendor(source));
        audit = new JdbcAudit(writes, clock, beans.getBeanProvider(CurrentActor.class));
        JdbcTransactionManager manager = new JdbcTransactionManager(source);
        transaction = new TransactionTemplate(manager);
        nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        another = new TransactionTemplate(manager);
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @ParameterizedTest
    @EnumSource
    void withoutATransactionARowIsWrittenAtOnce(Database database) {
        on(database);
        audit.record("people.signOut", null, "");
        assertThat(actions()).containsExactly("people.signOut");
    }

    @ParameterizedTest
    @EnumSource
    void theRowsOfATransactionComeInTheOrderTheyWereRecordedEachWithWhoAndWhen(Database database) {
        on(database);
        transaction.executeWithoutResult(status -> {
            audit.record("flow.claim", "TA-2026-000001", "初审");
            clock.set("2026-03-26T10:01");
            present = new Actor("wei", "卫林书", "shen", "申雨禾", "10.0.0.7");
            audit.record("proposal.handIn", null, "代办");
        });
        assertThat(db.sql(
                                "select at, person_id, person_name, for_whom_id, for_whom_name, action, case_number, detail, address"
                                        + " from base_audit order by id")
                        .query((row, n) ->
                                row.getObject(1, java.time.OffsetDateTime.class).toInstant() + " "
                                        + String.join(
                                                " ",
                                                List.of(
                                                        row.getString(2),
                                                        row.getString(3),
                                                        String.valueOf(row.getString(4)),
                                                        String.valueOf(row.getString(5)),
                                                        row.getString(6),
                                                        String.valueOf(row.getString(7)),
                                                        row.getString(8),
                                                        row.getString(9))))
                        .list())
                .containsExactly(
                        "2026-03-26T02:00:00Z bao 暴晓岚 null null flow.claim TA-2026-000001 初审 127.0.0.1",
                        "2026-03-26T02:01:00Z wei 卫林书 shen 申雨禾 proposal.handIn null 代办 10.0.0.7");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsOnRecordOfWhatWasRolledBack(Database database) {
        on(database);
        transaction.executeWithoutResult(status -> {
            audit.record("flow.claim", null, "");
            status.setRollbackOnly();
        });
        assertThat(actions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasUndoneToASavepointIsNotOnRecordTheRestIs(Database database) {
        on(database);
        transaction.executeWithoutResult(status -> {
            audit.record("before", null, "");
            nested.executeWithoutResult(inner -> {
                audit.record("undone", null, "");
                inner.setRollbackOnly();
            });
            nested.executeWithoutResult(inner -> audit.record("kept", null, ""));
            audit.record("after", null, "");
        });
        assertThat(actions()).containsExactly("before", "kept", "after");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSentEarlyAndUndoneToASavepointIsSentAgainOnceUnlessItCameAfterTheSavepoint(Database database) {
        on(database);
        transaction.executeWithoutResult(status -> {
            audit.record("before", null, "");
            nested.executeWithoutResult(inner -> {
                audit.record("undone", null, "");
                writes.flush();
                assertThat(actions()).containsExactly("before", "undone");
                inner.setRollbackOnly();
            });
            audit.record("after", null, "");
        });
        assertThat(actions()).containsExactly("before", "after");
    }

    @ParameterizedTest
    @EnumSource
    void fiftyRowsOfOneTransactionAreAllOnRecordInTheirOrder(Database database) {
        on(database);
        List<String> fifty = IntStream.range(0, 50).mapToObj(n -> "act" + n).toList();
        transaction.executeWithoutResult(status -> fifty.forEach(action -> audit.record(action, null, "；")));
        assertThat(actions()).containsExactlyElementsOf(fifty);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasUndoneToASavepointFromBeforeTheFirstRowIsNotOnRecord(Database database) {
        on(database);
        transaction.executeWithoutResult(status -> {
            nested.executeWithoutResult(inner -> {
                audit.record("undone", null, "");
                inner.setRollbackOnly();
            });
            audit.record("after", null, "");
        });
        assertThat(actions()).containsExactly("after");
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionInBetweenIsOnRecordByItself(Database database) {
        on(database);
        transaction.executeWithoutResult(status -> {
            audit.record("outer", null, "");
            another.executeWithoutResult(inner -> audit.record("between", null, ""));
            status.setRollbackOnly();
        });
        assertThat(actions()).containsExactly("between");
    }

    private List<String> actions() {
        return db.sql("select action from base_audit order by id")
                .query(String.class)
                .list();
    }
}
