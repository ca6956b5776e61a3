package org.banhao.monitoring.domain;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.gateway.GatewaySwitch;
import org.banhao.monitoring.simulator.SimulatedFault;
import org.banhao.monitoring.simulator.Simulator;
import org.banhao.monitoring.simulator.Station;
import org.banhao.people.DemonstrationCast;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The simulator within the default run: it begins once the application is ready, on a thread of its own, and calls this application's own
 * gateway by loopback TCP like any device. The first time it tells of two days that have passed, among them some that went wrong; later of
 * the time for which it was not heard.
 */
@Component
@ConditionalOnBooleanProperty("banhao.simulator")
class SimulatorRun implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorRun.class);

    /** Values of a moment are the same after each start. */
    private static final long SEED = 20_260_101;

    private static final Duration PAST = Duration.ofDays(2);
    private static final Duration LONGEST_BREAK = Duration.ofDays(7);

    private final DemonstrationCast cast;
    private final StoredRegistry registry;
    private final Readings readings;
    private final GatewaySwitch gateway;
    private final Path file;
    private final Clock clock;
    private volatile boolean wanted;
    private volatile @Nullable Simulator playing;
    private volatile @Nullable Thread thread;

    SimulatorRun(
            DemonstrationCast cast,
            StoredRegistry registry,
            Readings readings,
            GatewaySwitch gateway,
            @Value("${banhao.data}") Path data,
            Clock clock) {
        this.cast = cast;
        this.registry = registry;
        this.readings = readings;
        this.gateway = gateway;
        this.file = data.resolve(DemonstrationStations.FILE);
        this.clock = clock;
    }

    /** Empty: it does not play (yet). */
    Optional<Simulator> playing() {
        return Optional.ofNullable(playing);
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (!wanted || !cast.loaded()) return;
        if (!Files.exists(file)) {
            LOG.info("没有设备文件 {}，模拟器不运行。", file);
            return;
        }
        Thread fresh = new Thread(this::play, "simulator");
        fresh.setDaemon(true);
        fresh.setPriority(Thread.MIN_PRIORITY);
        thread = fresh;
        fresh.start();
    }

    private void play() {
        try {
            List<Station> stations = Station.read(file);
            int port = gateway.open();
            Instant now = clock.instant();
            Optional<Instant> heard = heard(stations);
            Duration past = heard.map(at -> Duration.between(at, now)).orElse(PAST);
            past = past.isNegative() ? Duration.ZERO : past.compareTo(LONGEST_BREAK) > 0 ? LONGEST_BREAK : past;
            InetSocketAddress host = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            Simulator simulator = new Simulator(stations, new Simulator.Settings(host, SEED, past, 1), clock);
            if (heard.isEmpty()) story(simulator, stations, now);
            playing = simulator;
            LOG.info(
                    "演示设备：{}套模拟数采仪经本机明文连接向端口{}发送HJ 212数据（网关须监听本机且不启用TLS），在 /monitoring/simulator 开关故障",
                    stations.size(),
                    port);
            if (wanted) simulator.run();
            simulator.close();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            LOG.warn("模拟器没有运行：{}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("模拟器因错误停止", e);
        } finally {
            playing = null;
        }
    }

    /** When the last of the loggers was heard. */
    private Optional<Instant> heard(List<Station> stations) {
        return stations.stream()
                .map(station -> registry.device(station.logger().mn()))
                .flatMap(Optional::stream)
                .map(MonitoringDevice::id)
                .map(readings::heardAt)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** What a first look should find: two matters of yesterday, one that goes on, and one that comes while one looks. */
    private static void story(Simulator simulator, List<Station> stations, Instant now) {
        LocalDate yesterday = ChineseTime.day(now).minusDays(1);
        for (Station station : stations) {
            String mn = station.logger().mn();
            switch (station.plant()) {
                case "boiler" ->
                    simulator.plan(mn, SimulatedFault.EXCEED, null, at(yesterday, 14, 0), at(yesterday, 16, 20));
                case "ceramic" ->
                    simulator.plan(mn, SimulatedFault.CONSTANT, "a34013", at(yesterday, 1, 0), at(yesterday, 8, 30));
                case "coke" -> simulator.plan(mn, SimulatedFault.EXCEED, null, now.minus(Duration.ofHours(3)), null);
                case "kiln" ->
                    simulator.plan(
                            mn,
                            SimulatedFault.TREATMENT_OFF,
                            null,
                            now.plus(Duration.ofMinutes(3)),
                            now.plus(Duration.ofMinutes(40)));
                default -> {
                    // runs as it should
                }
            }
        }
    }

    private static Instant at(LocalDate day, int hour, int minute) {
        return day.atTime(hour, minute).atZone(ChineseTime.ZONE).toInstant();
    }

    @Override
    public void start() {
        wanted = true;
    }

    @Override
    public void stop() {
        wanted = false;
        Simulator simulator = playing;
        if (simulator != null) simulator.close();
        Thread runs = thread;
        if (runs == null) return;
        try {
            runs.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return wanted;
    }

    /** Devices go before the gateway does. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
