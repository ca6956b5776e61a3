package org.banhao.flow.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.banhao.base.MovableClock;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Moves the application's clock and the engine's together. For tests and replay only: the engine's clock is one static of the JVM,
 * and a running job executor would fire timers between two moves.
 */
@Component
public class EngineTime {

    private final MovableClock clock;
    private final ObjectProvider<ProcessEngine> engine;
    private Duration offset = Duration.ZERO;

    EngineTime(MovableClock clock, ObjectProvider<ProcessEngine> engine) {
        this.clock = clock;
        this.engine = engine;
    }

    /**
     * From here time runs on at its usual pace.
     *
     * @throws IllegalStateException the job executor is active
     */
    public void set(Instant now) {
        move(Duration.between(Clock.systemUTC().instant(), now));
    }

    /** @throws IllegalStateException the job executor is active */
    public void advance(Duration by) {
        move(offset.plus(by));
    }

    /** Back to the machine's time. */
    public void reset() {
        move(Duration.ZERO);
    }

    private synchronized void move(Duration to) {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration();
        if (configuration.getJobExecutor() != null
                && configuration.getJobExecutor().isActive()) {
            throw new IllegalStateException("The job executor is active: time may be moved only with it off");
        }
        offset = to;
        clock.offset(to);
        if (to.isZero()) {
            ClockUtil.reset();
        } else {
            ClockUtil.offset(to.toMillis());
        }
    }
}
