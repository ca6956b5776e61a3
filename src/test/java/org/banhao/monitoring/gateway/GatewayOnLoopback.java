package org.banhao.monitoring.gateway;

import java.time.Clock;
import java.time.Duration;

/** The real server on a free port of the loopback address, for tests of those who store. */
public final class GatewayOnLoopback implements AutoCloseable {

    private final Gateway gateway;

    public GatewayOnLoopback(DeviceDirectory directory, FrameSink sink, LineWatch watch, Clock clock) {
        this(directory, sink, watch, clock, 100, 100);
    }

    public GatewayOnLoopback(
            DeviceDirectory directory, FrameSink sink, LineWatch watch, Clock clock, int connections, int perAddress) {
        gateway = new Gateway(
                new GatewayProperties(
                        0,
                        "127.0.0.1",
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        new GatewayProperties.Limits(
                                connections, perAddress, 2, 64, 1000, 20_000, 1_000_000, 1_000_000, 20, 65_536, 1000),
                        new GatewayProperties.Answers(Duration.ofSeconds(10), 3, Duration.ofMinutes(1)),
                        new GatewayProperties.Tls(null, null, null)),
                directory,
                sink,
                watch,
                clock,
                true);
        gateway.start();
    }

    public int port() {
        return gateway.port();
    }

    public DeviceCommands commands() {
        return gateway;
    }

    @Override
    public void close() {
        gateway.stop();
    }
}
