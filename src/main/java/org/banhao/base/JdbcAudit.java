package org.banhao.base;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The record in table {@code base_audit}; only ever inserted. One answer of a person is recorded by several use cases: their
 * rows are kept in memory and written in one go, in the order they were recorded, right before the transaction commits.
 */
@Component
class JdbcAudit implements Audit {

    private static final int LONGEST_DETAIL = 500;

    private static final String INSERT = """
            insert into base_audit (at, person_id, person_name, for_whom_id, for_whom_name, action, case_number, detail, address) \
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final int[] TYPES = {
        Types.TIMESTAMP_WITH_TIMEZONE,
        Types.VARCHAR,
        Types.VARCHAR,
        Types.VARCHAR,
        Types.VARCHAR,
        Types.VARCHAR,
        Types.VARCHAR,
        Types.VARCHAR,
        Types.VARCHAR
    };

    // not JdbcClient: it has no batches
    private final JdbcOperations db;
    private final Clock clock;
    private final ObjectProvider<CurrentActor> actor;

    JdbcAudit(JdbcOperations db, Clock clock, ObjectProvider<CurrentActor> actor) {
        this.db = db;
        this.clock = clock;
        this.actor = actor;
    }

    @Override
    public void record(String action, @Nullable String caseNumber, String detail) {
        CurrentActor current = actor.getIfAvailable();
        Actor who = current == null ? Actor.SYSTEM : current.get();
        Row row = new Row(clock.instant(), who, action, caseNumber, shortened(detail));
        Unwritten unwritten = unwritten();
        if (unwritten == null) {
            write(List.of(row));
        } else {
            unwritten.rows.add(row);
        }
    }

    private record Row(
            Instant at, Actor who, String action, @Nullable String caseNumber, String detail) {

        Object[] values() {
            return new @Nullable Object[] {
                at.atOffset(ZoneOffset.UTC),
                who.id(),
                who.name(),
                who.forWhom(),
                who.forWhomName(),
                action,
                caseNumber,
                detail,
                who.address()
            };
        }
    }

    private void write(List<Row> rows) {
        db.batchUpdate(INSERT, rows.stream().map(Row::values).toList(), TYPES);
    }

    /** The rows of the caller's transaction; null: there is none, or it is past the moment at which they are written. */
    private @Nullable Unwritten unwritten() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return null;
        }
        for (TransactionSynchronization present : TransactionSynchronizationManager.getSynchronizations()) {
            if (present instanceof Unwritten unwritten && unwritten.writer() == this) {
                return unwritten.written ? null : unwritten;
            }
        }
        Unwritten unwritten = new Unwritten();
        TransactionSynchronizationManager.registerSynchronization(unwritten);
        return unwritten;
    }

    /** Goes with its transaction: what is rolled back, whole or to a savepoint, is never written. */
    private final class Unwritten implements TransactionSynchronization {

        private final List<Row> rows = new ArrayList<>();
        private final Map<Object, Integer> atSavepoint = new HashMap<>();
        private boolean written;

        JdbcAudit writer() {
            return JdbcAudit.this;
        }

        @Override
        public void savepoint(Object savepoint) {
            atSavepoint.put(savepoint, rows.size());
        }

        @Override
        public void savepointRollback(Object savepoint) {
            // a savepoint from before the first row is not known here
            rows.subList(atSavepoint.getOrDefault(savepoint, 0), rows.size()).clear();
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            written = true;
            if (!rows.isEmpty()) {
                write(rows);
            }
        }
    }

    /** PostgreSQL refuses the character NUL in a text; a detail may quote what a caller sent. */
    private static String shortened(String detail) {
        String clean = detail.replace("\0", "");
        return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
