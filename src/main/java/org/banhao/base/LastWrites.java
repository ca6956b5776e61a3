package org.banhao.base;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What one act writes and does not read again: kept in memory and sent right before its transaction commits, in the order it was added.
 * PostgreSQL is given all of it at once, for each answer of the server that is waited for costs as much as the row. What is rolled back,
 * whole or to a savepoint, is never written. Without a transaction it is written at once.
 */
@Component
public class LastWrites {

    /** More would make an unwieldy message, and a statement the driver has not prepared. */
    private static final int AT_ONCE = 32;

    private final JdbcClient jdbc;
    private final Vendor vendor;

    public LastWrites(JdbcClient jdbc, Vendor vendor) {
        this.jdbc = jdbc;
        this.vendor = vendor;
    }

    private record Write(String sql, List<@Nullable Object> values) {}

    /** @param sql one statement with a question mark for each value, without an end */
    public void add(String sql, @Nullable Object... values) {
        Write write = new Write(sql, Collections.unmodifiableList(Arrays.asList(values)));
        Unwritten unwritten = unwritten(true);
        if (unwritten == null) send(List.of(write));
        else unwritten.all.add(write);
    }

    /** For who adds when the transaction is about to commit: nothing could be enlisted any more then. */
    public void enlist() {
        unwritten(true);
    }

    /** For who reads what was added in his own transaction. */
    public void flush() {
        Unwritten unwritten = unwritten(false);
        if (unwritten != null) unwritten.write();
    }

    private void send(List<Write> writes) {
        if (!vendor.postgresql()) {
            writes.forEach(write -> jdbc.sql(write.sql()).params(write.values()).update());
            return;
        }
        for (int from = 0; from < writes.size(); from += AT_ONCE) {
            List<Write> some = writes.subList(from, Math.min(from + AT_ONCE, writes.size()));
            List<@Nullable Object> values = new ArrayList<>();
            some.forEach(write -> values.addAll(write.values()));
            jdbc.sql(String.join(";\n", some.stream().map(Write::sql).toList()))
                    .params(values)
                    .update();
        }
    }

    /** Those of the caller's transaction; null: there is none, or it is past the moment at which they are written. */
    private @Nullable Unwritten unwritten(boolean begin) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return null;
        }
        for (TransactionSynchronization present : TransactionSynchronizationManager.getSynchronizations()) {
            if (present instanceof Unwritten unwritten && unwritten.writer() == this) {
                return unwritten.over ? null : unwritten;
            }
        }
        if (!begin) return null;
        Unwritten unwritten = new Unwritten();
        TransactionSynchronizationManager.registerSynchronization(unwritten);
        return unwritten;
    }

    /** Suspended, resumed and ended with its transaction. Of the lowest order: whoever adds before the commit comes first. */
    private final class Unwritten implements TransactionSynchronization {

        private final List<Write> all = new ArrayList<>();
        private final Map<Object, int[]> atSavepoint = new HashMap<>();
        private int written;
        private boolean over;

        LastWrites writer() {
            return LastWrites.this;
        }

        void write() {
            if (written == all.size()) return;
            List<Write> rest = List.copyOf(all.subList(written, all.size()));
            written = all.size();
            send(rest);
        }

        @Override
        public void savepoint(Object savepoint) {
            atSavepoint.put(savepoint, new int[] {all.size(), written});
        }

        /** The database has forgotten what was written since, also what was added before; a savepoint not known here came before all. */
        @Override
        public void savepointRollback(Object savepoint) {
            int[] then = atSavepoint.getOrDefault(savepoint, new int[] {0, 0});
            all.subList(Math.min(then[0], all.size()), all.size()).clear();
            written = Math.min(written, then[1]);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            over = true;
            write();
        }
    }
}
