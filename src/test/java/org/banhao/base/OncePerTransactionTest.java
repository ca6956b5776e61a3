package org.banhao.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class OncePerTransactionTest {

    private final JdbcTransactionManager manager =
            new JdbcTransactionManager(JdbcConnectionPool.create("jdbc:h2:mem:oncePerTransaction", "sa", ""));
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final AtomicInteger reads = new AtomicInteger();
    private final OncePerTransaction<Integer> once = new OncePerTransaction<>();

    private int ask() {
        return once.get(reads::incrementAndGet);
    }

    @Test
    void outsideOfATransactionItIsReadEachTime() {
        assertThat(ask()).isEqualTo(1);
        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void eachTransactionReadsItOnce() {
        transaction.executeWithoutResult(status -> {
            assertThat(ask()).isEqualTo(1);
            assertThat(ask()).isEqualTo(1);
        });
        transaction.executeWithoutResult(status -> assertThat(ask()).isEqualTo(2));
    }

    @Test
    void aTransactionInBetweenReadsItsOwn() {
        TransactionTemplate another = new TransactionTemplate(manager);
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(status -> {
            assertThat(ask()).isEqualTo(1);
            another.executeWithoutResult(inner -> assertThat(ask()).isEqualTo(2));
            assertThat(ask()).isEqualTo(1);
        });
    }

    @Test
    void whatTheTransactionChangedItReadsAgain() {
        transaction.executeWithoutResult(status -> {
            assertThat(ask()).isEqualTo(1);
            once.forget();
            assertThat(ask()).isEqualTo(2);
        });
    }

    @Test
    void afterARollbackToASavepointItIsReadAgain() {
        TransactionTemplate nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        transaction.executeWithoutResult(status -> {
            nested.executeWithoutResult(inner -> {
                assertThat(ask()).isEqualTo(1);
                inner.setRollbackOnly();
            });
            assertThat(ask()).isEqualTo(2);
        });
    }
}
