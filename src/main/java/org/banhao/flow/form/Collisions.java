package org.banhao.flow.form;

import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.context.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Two answers to different tasks of one multi-instance collide on its counter; the loser's answer goes through when repeated. Only
 * where the engine's command owns the transaction: inside a caller's, nothing has been rolled back yet.
 */
final class Collisions {

    private static final Logger LOG = LoggerFactory.getLogger(Collisions.class);

    private Collisions() {}

    /** @param stillOpen is the task still there? Otherwise somebody answered this very task, and the loser is told so */
    static <T> T repeatOnce(Supplier<Boolean> stillOpen, Supplier<T> answer) {
        boolean owner =
                !TransactionSynchronizationManager.isActualTransactionActive() && Context.getCommandContext() == null;
        try {
            return answer.get();
        } catch (OptimisticLockingException collision) {
            if (!owner || !stillOpen.get()) {
                throw collision;
            }
            LOG.info("Two answers collided, one is repeated: {}", collision.getMessage());
            return answer.get();
        }
    }
}
