package org.banhao.monitoring.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.banhao.monitoring.gateway.CommandResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The server. Starts after everything that stores, and stops before it. */
final class Gateway implements SmartLifecycle, DeviceCommands, GatewaySwitch {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int ANSWERS_LOW = 16 * 1024;
    private static final int ANSWERS_HIGH = 64 * 1024;

    private final GatewayProperties properties;
    private final DeviceDirectory directory;
    private final FrameSink sink;
    private final LineWatch watch;
    private final Clock clock;
    private final boolean byItself;
    private final RequestNumbers numbers;
    private @Nullable Running running;

    private record Running(
            EventLoopGroup accepting,
            EventLoopGroup reading,
            ChannelGroup channels,
            Channel server,
            Storing storing,
            Lines lines) {}

    /** @param byItself it starts with the application, and on the port that was asked for or not at all */
    Gateway(
            GatewayProperties properties,
            DeviceDirectory directory,
            FrameSink sink,
            LineWatch watch,
            Clock clock,
            boolean byItself) {
        this.properties = properties;
        this.directory = directory;
        this.sink = sink;
        this.watch = watch;
        this.clock = clock;
        this.byItself = byItself;
        this.numbers = new RequestNumbers(clock);
    }

    @Override
    public boolean isAutoStartup() {
        return byItself;
    }

    @Override
    public synchronized int open() {
        start();
        return port();
    }

    @Override
    public synchronized void start() {
        if (running != null) return;
        SslContext tls = tls();
        GatewayProperties.Limits limits = properties.limits();
        Storing storing = new Storing(sink, limits.lot(), limits.unstoredInAll());
        Lines lines = new Lines(limits);
        Line.Shared shared = new Line.Shared(properties, directory, watch, storing, lines, numbers, clock);
        ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        EventLoopGroup accepting = new NioEventLoopGroup(1, new DefaultThreadFactory("hj212-accept", true));
        EventLoopGroup reading = new NioEventLoopGroup(
                Math.min(4, Runtime.getRuntime().availableProcessors()), new DefaultThreadFactory("hj212-read", true));
        try {
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(accepting, reading)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(
                            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(ANSWERS_LOW, ANSWERS_HIGH))
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            open(channel, shared, channels, tls);
                        }
                    });
            Channel server = bind(bootstrap);
            storing.start();
            running = new Running(accepting, reading, channels, server, storing, lines);
        } catch (RuntimeException e) {
            accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            reading.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
        LOG.info("Data loggers are heard on {} port {}{}", properties.address(), port(), tls == null ? "" : ", by TLS");
    }

    private Channel bind(ServerBootstrap bootstrap) {
        ChannelFuture bound = bootstrap
                .bind(new InetSocketAddress(properties.address(), properties.port()))
                .awaitUninterruptibly();
        // two demonstrations on one machine: nobody asked for this very port
        if (!bound.isSuccess() && !byItself) bound = bootstrap.bind(new InetSocketAddress(properties.address(), 0));
        return bound.syncUninterruptibly().channel();
    }

    private void open(SocketChannel channel, Line.Shared shared, ChannelGroup channels, @Nullable SslContext tls) {
        InetAddress from = channel.remoteAddress().getAddress();
        if (!shared.lines().open(from)) {
            LOG.warn("A line from {} is refused: too many", from);
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> shared.lines().close(from));
        channels.add(channel);
        if (tls != null) channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        channel.pipeline()
                .addLast(new IdleStateHandler(properties.idle().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(new Line(shared, channel));
    }

    /** Takes nothing new, stores and answers what came, closes the lines. */
    @Override
    public synchronized void stop() {
        Running stopping = running;
        if (stopping == null) return;
        running = null;
        stopping.server().close().syncUninterruptibly();
        for (Channel channel : stopping.channels()) channel.config().setAutoRead(false);
        try {
            stopping.storing().stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopping.channels().flush();
        stopping.channels().close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        stopping.accepting().shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        stopping.reading().shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    /** Where it listens; the free one that was found, when 0 was asked for. */
    synchronized int port() {
        if (running == null) throw new IllegalStateException("The gateway is not running");
        return ((InetSocketAddress) running.server().localAddress()).getPort();
    }

    @Override
    public CompletableFuture<CommandResult> send(String mn, Command command) {
        Lines lines;
        synchronized (this) {
            lines = running == null ? null : running.lines();
        }
        Device device = directory.find(mn);
        Line line = lines == null ? null : lines.newest(mn);
        if (device == null || line == null) {
            return CompletableFuture.completedFuture(new CommandResult(Outcome.NOT_CONNECTED, 0, 0));
        }
        CompletableFuture<CommandResult> result = new CompletableFuture<>();
        line.ask(device, command, result);
        return result;
    }

    private @Nullable SslContext tls() {
        GatewayProperties.Tls tls = properties.tls();
        Path certificate = tls.certificate();
        Path key = tls.key();
        if (certificate == null) return null;
        if (key == null)
            throw new IllegalStateException("banhao.monitoring.tls.certificate needs banhao.monitoring.tls.key");
        Path clients = tls.clients();
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(certificate.toFile(), key.toFile());
            if (clients != null) builder.trustManager(clients.toFile()).clientAuth(ClientAuth.REQUIRE);
            return builder.build();
        } catch (SSLException e) {
            throw new UncheckedIOException(new IOException("The certificate of the gateway cannot be used", e));
        }
    }
}
