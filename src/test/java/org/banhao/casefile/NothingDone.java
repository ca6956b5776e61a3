package org.banhao.casefile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Nobody is doing anything that can be retracted. */
public final class NothingDone implements Retractions {

    private final Duration window;

    public NothingDone() {
        this(Duration.ZERO);
    }

    public NothingDone(Duration window) {
        this.window = window;
    }

    @Override
    public List<Recent> recent(String personId) {
        return List.of();
    }

    @Override
    public List<Recent> retractable(String personId, String caseNumber) {
        return List.of();
    }

    @Override
    public Duration window() {
        return window;
    }

    @Override
    public Retracted retract(String id, String personId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void opened(String taskId, String personId) {
        // nothing depends on it
    }

    @Override
    public void begins(Act act) {
        // nothing is kept
    }

    @Override
    public Optional<Pending> pending(String caseNumber) {
        return Optional.empty();
    }
}
