package org.banhao.base;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counters under a row lock that lasts until the caller's transaction ends: who rolls back gives his number back, who comes
 * second waits. The first number of a row is an insert inside a savepoint, because PostgreSQL gives up the whole transaction
 * at a duplicate key.
 */
public final class Counters {
    private final JdbcClient jdbc;
    private final TransactionTemplate savepoint;

    public Counters(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.savepoint = new TransactionTemplate(transactions);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * @param table with a column {@code last_number}
     * @param where the row of this counter: {@code kind = ? and given_in = ?}
     * @param columns the same columns: {@code kind, given_in}
     * @return 1, 2, 3 …
     */
    public int next(String table, String where, String columns, Object... key) {
        if (raise(table, where, key) == 0) {
            try {
                savepoint.executeWithoutResult(status -> jdbc.sql("insert into " + table + " (" + columns
                                + ", last_number) values (" + "?, ".repeat(key.length) + "0)")
                        .params(key)
                        .update());
            } catch (DuplicateKeyException e) {
                // somebody else made the row between our two statements: it is there now, which is all that was wanted
            }
            if (raise(table, where, key) == 0) throw new IllegalStateException("No counter in " + table);
        }
        return jdbc.sql("select last_number from " + table + " where " + where)
                .params(key)
                .query(Integer.class)
                .single();
    }

    private int raise(String table, String where, Object... key) {
        return jdbc.sql("update " + table + " set last_number = last_number + 1 where " + where)
                .params(key)
                .update();
    }
}
