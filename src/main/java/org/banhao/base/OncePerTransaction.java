package org.banhao.base;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A list that changes seldom and is asked for by several parts of one transaction: read once in each. Whoever writes it says
 * so by {@link #forget}. Outside of a transaction it is read each time.
 */
public final class OncePerTransaction<T> {

    /** @param read never answers null */
    public T get(Supplier<T> read) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return read.get();
        }
        Known<T> known = known();
        if (known == null) {
            known = new Known<>(this);
            TransactionSynchronizationManager.registerSynchronization(known);
        }
        T value = known.value;
        if (value == null) {
            value = read.get();
            known.value = value;
        }
        return value;
    }

    /** Within the transaction that changed it. */
    public void forget() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            Known<T> known = known();
            if (known != null) {
                known.value = null;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable Known<T> known() {
        for (TransactionSynchronization present : TransactionSynchronizationManager.getSynchronizations()) {
            if (present instanceof Known<?> known && known.owner == this) {
                return (Known<T>) known;
            }
        }
        return null;
    }

    /** Suspended, resumed and ended with its transaction. */
    private static final class Known<T> implements TransactionSynchronization {

        private final OncePerTransaction<T> owner;
        private @Nullable T value;

        Known(OncePerTransaction<T> owner) {
            this.owner = owner;
        }

        /** What was read may have been written since the savepoint. */
        @Override
        public void savepointRollback(Object savepoint) {
            value = null;
        }
    }
}
