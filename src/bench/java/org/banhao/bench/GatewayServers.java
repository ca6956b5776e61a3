package org.banhao.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.gateway.Device;
import org.banhao.monitoring.gateway.GatewayOnLoopback;
import org.banhao.monitoring.gateway.LineWatch;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Standard;
import org.slf4j.LoggerFactory;

/**
 * Our gateway, which keeps nothing of what it answers, and a server that sends back what it gets, both of Netty with the same threads.
 * Says on which ports; then answers a line {@code memory} by the bytes of its heap that are in use, until its input ends.
 */
final class GatewayServers {

    static final String PASSWORD = "123456";
    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);

    private GatewayServers() {}

    static String mn(int device) {
        return String.format("0100000000000000%08d", device);
    }

    public static void main(String[] arguments) throws Exception {
        // what is said goes to the driver
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        TimeZone.setDefault(TimeZone.getTimeZone(ChineseTime.ZONE));
        Map<String, Device> devices = new ConcurrentHashMap<>();
        for (int i = 0; i < 20_000; i++) devices.put(mn(i), new Device(mn(i), 31, DIALECT, PASSWORD, List.of()));
        GatewayOnLoopback gateway = new GatewayOnLoopback(
                devices::get, frames -> {}, new LineWatch() {}, Clock.system(ChineseTime.ZONE), 5000, 500);
        System.out.println(gateway.port() + " " + echo());
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (asked.readLine() != null) {
            for (int i = 0; i < 3; i++) System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.println(runtime.totalMemory() - runtime.freeMemory());
        }
        gateway.close();
        System.exit(0);
    }

    private static int echo() {
        return ((InetSocketAddress) new ServerBootstrap()
                        .group(
                                new NioEventLoopGroup(1),
                                new NioEventLoopGroup(
                                        Math.min(4, Runtime.getRuntime().availableProcessors())))
                        .channel(NioServerSocketChannel.class)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline().addLast(new Echo());
                            }
                        })
                        .bind("127.0.0.1", 0)
                        .syncUninterruptibly()
                        .channel()
                        .localAddress())
                .getPort();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
