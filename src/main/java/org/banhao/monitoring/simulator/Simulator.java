package org.banhao.monitoring.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Plays stations against a host. One thread runs it ({@link #run}); faults are switched and stations looked at from any thread.
 */
public final class Simulator implements Runnable, AutoCloseable {

    private static final int PACE_MILLIS = 200;

    /**
     * @param host where the gateway listens
     * @param seed the same seed and moment give the same values
     * @param past how far back hours and days are sent at the beginning
     * @param speed 1: as time goes; more: the past is played so many times faster until it has caught up with the present
     */
    public record Settings(InetSocketAddress host, long seed, Duration past, int speed) {}

    private record Running(Station station, Faults faults, StationLine line) {}

    private final Settings settings;
    private final Clock clock;
    private final Instant began;
    private final Selector selector;
    private final Map<String, Running> stations = new LinkedHashMap<>();
    private volatile List<SimulatedStation> seen = List.of();
    private volatile boolean running;
    private volatile boolean ended;

    /** @throws IllegalArgumentException a station's plant or factor is not known, or two have one MN */
    public Simulator(List<Station> played, Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.began = clock.instant();
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant since = began.minus(settings.past());
        Instant now = settings.speed() > 1 ? since : began;
        for (int i = 0; i < played.size(); i++) {
            Station station = played.get(i);
            Faults faults = new Faults();
            Plant plant = new Plant(station, faults, settings.seed());
            List<SimulatedDevice> devices = new ArrayList<>();
            devices.add(new SimulatedDevice(station, station.logger(), false, plant, faults, since, now));
            Station.Login meter = station.meter();
            if (meter != null) devices.add(new SimulatedDevice(station, meter, true, plant, faults, since, now));
            String other = played.get((i + 1) % played.size()).logger().mn();
            Running running = new Running(station, faults, new StationLine(station, faults, devices, other));
            if (stations.put(station.logger().mn(), running) != null)
                throw new IllegalArgumentException(
                        "Two stations with MN " + station.logger().mn());
        }
        look();
    }

    /** Until it is closed. */
    @Override
    public void run() {
        running = true;
        try {
            while (!ended) step(PACE_MILLIS);
        } finally {
            release();
        }
    }

    /** One round: hears what came, for at most so long, and sends what is due. */
    void step(int millis) {
        try {
            Instant before = clock.instant();
            selector.select(
                    key -> {
                        if (key.attachment() instanceof StationLine line) line.ready(key, told(before), before);
                    },
                    millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (ended) return;
        Instant wall = clock.instant();
        Instant now = told(wall);
        for (Running one : stations.values()) one.line().tick(selector, settings.host(), now, wall);
        look();
    }

    /** The moment that is played. */
    private Instant told(Instant wall) {
        if (settings.speed() <= 1) return wall;
        Instant fast =
                began.minus(settings.past()).plus(Duration.between(began, wall).multipliedBy(settings.speed()));
        return fast.isBefore(wall) ? fast : wall;
    }

    private void look() {
        seen = stations.values().stream().map(one -> one.line().seen()).toList();
    }

    /** Everything that was due was sent and answered, in the last round. */
    boolean idle() {
        return stations.values().stream().allMatch(one -> one.line().idle());
    }

    /** Lines as of the last round, faults as they are; in the order in which they were given. */
    public List<SimulatedStation> stations() {
        Instant now = told(clock.instant());
        return seen.stream()
                .map(one -> one.with(Objects.requireNonNull(
                                stations.get(one.station().logger().mn()))
                        .faults()
                        .active(now)))
                .toList();
    }

    /**
     * From now on.
     *
     * @param mn of the station's logger
     * @param factor null: what the fault usually concerns, for EXCEED one factor with a limit
     * @return false: no such station, or the fault goes on already
     */
    public boolean begin(String mn, SimulatedFault fault, @Nullable String factor) {
        Running running = stations.get(mn);
        if (running == null) return false;
        return running.faults().begin(fault, concerned(running.station(), fault, factor), told(clock.instant()));
    }

    /** @return false: no such station, or no such fault goes on */
    public boolean end(String mn, SimulatedFault fault) {
        Running running = stations.get(mn);
        return running != null && running.faults().end(fault, told(clock.instant()));
    }

    /**
     * A fault of the past, or one that is to come.
     *
     * @param until not included; null: until it is switched off
     */
    public void plan(String mn, SimulatedFault fault, @Nullable String factor, Instant from, @Nullable Instant until) {
        Running running = stations.get(mn);
        if (running == null) throw new IllegalArgumentException("No such station: " + mn);
        running.faults().add(new Faults.Span(fault, concerned(running.station(), fault, factor), from, until));
    }

    private static @Nullable String concerned(Station station, SimulatedFault fault, @Nullable String factor) {
        if (!fault.ofOneFactor()) return null;
        if (factor != null || fault != SimulatedFault.EXCEED) return factor;
        // nitrogen oxides and oxygen demand are what goes wrong most
        for (String usual : List.of("a21002", "w01018")) if (station.limits().containsKey(usual)) return usual;
        return station.factors().stream()
                .filter(station.limits()::containsKey)
                .findFirst()
                .orElse(null);
    }

    /** Ends {@link #run}; lines are closed. */
    @Override
    public void close() {
        ended = true;
        selector.wakeup();
        // who runs it closes what he uses
        if (!running) release();
    }

    private void release() {
        for (Running one : stations.values()) one.line().close();
        try {
            selector.close();
        } catch (IOException e) {
            // nothing is held any more
        }
    }
}
