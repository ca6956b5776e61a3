package org.banhao.people;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What a module shows in the demonstration: loaded once at the start, after the cast and before the web server takes requests, so that
 * nobody meets a half-furnished house.
 */
public abstract class DemonstrationPieces implements SmartLifecycle {

    /** The web server begins at the last phase but a few thousand. */
    protected static final int PHASE = DEFAULT_PHASE - 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(DemonstrationPieces.class);

    private final DemonstrationCast cast;
    private volatile boolean done;

    protected DemonstrationPieces(DemonstrationCast cast) {
        this.cast = cast;
    }

    /** Something is there already, of an earlier start or entered by people: nothing is added to it. */
    protected abstract boolean present();

    /**
     * Loads all pieces or none, in transactions of its own; of two nodes that start together one may fail here, or find the work done.
     */
    protected abstract void load();

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public final boolean isRunning() {
        return done;
    }

    @Override
    public final void stop() {
        done = false;
    }

    @Override
    public final void start() {
        done = true;
        if (!cast.loaded() || present()) return;
        try {
            load();
        } catch (RuntimeException e) {
            if (present()) LOG.info("{}: another node was faster", getClass().getSimpleName());
            // the house must open without its show pieces, too
            else LOG.error("{} could not be loaded", getClass().getSimpleName(), e);
        }
    }
}
