package org.banhao.monitoring.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A simulator that plays when it is told to, for tests that move time. */
public final class Playing implements AutoCloseable {

    private final Simulator simulator;

    public Playing(Path devices, int port, Duration past, Clock clock) {
        this(Station.read(devices), port, past, clock);
    }

    Playing(List<Station> stations, int port, Duration past, Clock clock) {
        simulator = new Simulator(
                stations,
                new Simulator.Settings(new java.net.InetSocketAddress("127.0.0.1", port), 20_260_101, past, 1),
                clock);
    }

    public Simulator simulator() {
        return simulator;
    }

    /** Until all that is due at this moment was sent and answered, or so many rounds have passed. */
    public void settle(int rounds) {
        for (int round = 0; round < rounds; round++) {
            simulator.step(20);
            if (round > 1 && simulator.idle()) return;
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
