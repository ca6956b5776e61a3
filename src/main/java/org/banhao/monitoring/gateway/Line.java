package org.banhao.monitoring.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.banhao.monitoring.gateway.CommandResult.Outcome;
import org.banhao.monitoring.gateway.LineWatch.Refused;
import org.banhao.monitoring.hj212.Decoder;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Framer;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Everything happens on its own thread, except what {@link Storing} tells, which is passed on to it.
 *
 * <p>Reading stops, and with it what the other side can send, while too much of this line or of all lines is not stored yet,
 * while more comes than is allowed, and while answers are not taken.
 */
final class Line extends ChannelInboundHandlerAdapter implements Storing.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    /** What all lines share. */
    record Shared(
            GatewayProperties properties,
            DeviceDirectory directory,
            LineWatch watch,
            Storing storing,
            Lines lines,
            RequestNumbers numbers,
            Clock clock) {}

    private static final int UNSTORED = 1;
    private static final int UNSTORED_IN_ALL = 2;
    private static final int TOO_FAST = 4;
    private static final int NOT_TAKING = 8;

    /** A packet without a line end is one when nothing follows it for so long. */
    private static final long PAUSE_MILLIS = 2000;

    /** Bytes of a usual answer, and some more. */
    private static final int ANSWER = 128;

    private static final FastThreadLocal<byte[]> COPY = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[16 * 1024];
        }
    };

    private final Shared shared;
    private final Channel channel;
    private final InetAddress from;
    private final Asked asked;
    private final Framer framer = new Framer();
    private final Decoder decoder = new Decoder();
    private final Bucket bucket;
    private final Map<String, Bucket> heard = new HashMap<>();

    /** Read and checked, and not handed over yet: what one read brings is handed over together. */
    private List<ReceivedFrame> ready = new ArrayList<>();

    /** Nanoseconds for which nothing may be read, by what one read brought. */
    private long tooFast;

    /** When that came; null: nothing has. */
    private @Nullable Instant arrived;

    private int unstored;
    private int stopped;
    private int refused;
    private long rubbishBefore;
    private long readings;
    private boolean pauseWatched;
    private boolean ended;

    Line(Shared shared, Channel channel) {
        this.shared = shared;
        this.channel = channel;
        this.from = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        this.asked = new Asked(channel.eventLoop(), shared.properties().answers());
        GatewayProperties.Limits limits = shared.properties().limits();
        this.bucket = new Bucket(limits.perSecond(), limits.burst(), System.nanoTime());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        context.executor()
                .schedule(
                        () -> {
                            if (heard.isEmpty()) end("no good packet in time");
                        },
                        shared.properties().greeting().toMillis(),
                        TimeUnit.MILLISECONDS);
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            readings++;
            byte[] bytes = COPY.get();
            while (buffer.isReadable() && !ended) {
                int portion = Math.min(bytes.length, buffer.readableBytes());
                buffer.readBytes(bytes, 0, portion);
                framer.feed(bytes, 0, portion, this::packet);
            }
        } finally {
            buffer.release();
            handOver();
        }
        if (framer.skipped() - rubbishBefore > shared.properties().limits().rubbish()) end("only rubbish");
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (framer.waiting() > 0 && !pauseWatched) watchForPause(context);
        super.channelReadComplete(context);
    }

    private void watchForPause(ChannelHandlerContext context) {
        long before = readings;
        pauseWatched = true;
        context.executor()
                .schedule(
                        () -> {
                            pauseWatched = false;
                            if (ended || framer.waiting() == 0) return;
                            if (readings == before) {
                                framer.pause(this::packet);
                                handOver();
                            } else {
                                watchForPause(context);
                            }
                        },
                        PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void packet(byte[] bytes, int begin, int end) {
        if (ended) return;
        Verdict verdict = decoder.read(bytes, begin, end);
        Frame frame = decoder.frame();
        if (verdict != Verdict.VALID) {
            refuse(frame, Refused.MALFORMED);
            return;
        }
        boolean answer = frame.cn() >= 9011 && frame.cn() <= 9014;
        // answers of 2005 say neither whose they are nor the password
        String mn = answer && heard.size() == 1 && frame.mn().isEmpty()
                ? heard.keySet().iterator().next()
                : frame.mn();
        Device device = shared.directory().find(mn);
        if (device == null) {
            refuse(frame, Refused.UNKNOWN_DEVICE);
        } else if (!device.mayCallFrom(from)) {
            refuse(frame, Refused.ADDRESS);
        } else if (!device.knows(frame.pw()) && !(answer && frame.pw().isEmpty() && heard.containsKey(mn))) {
            refuse(frame, Refused.PASSWORD);
        } else {
            switch (decoder.verify(device.dialect())) {
                case VALID -> take(device, frame, answer);
                case TOO_LONG -> refuse(frame, Refused.TOO_LONG);
                case CHECKSUM_WRONG -> refuse(frame, Refused.CHECKSUM);
                case UNREADABLE, PLAIN_REFUSED -> refuse(frame, Refused.ENCRYPTION);
                case NOT_A_PACKET, MALFORMED -> refuse(frame, Refused.MALFORMED);
            }
        }
    }

    private void take(Device device, Frame frame, boolean answer) {
        refused = 0;
        rubbishBefore = framer.skipped();
        Bucket own = heard.get(device.mn());
        if (own == null) own = hear(device.mn());
        if (own == null) return;
        long now = System.nanoTime();
        tooFast = Math.max(tooFast, Math.max(bucket.take(now), own.take(now)));
        if (answer) {
            asked.answered(device.mn(), frame);
            return;
        }
        Frame kept = frame.keep();
        boolean late = asked.asksFor(device.mn(), kept) || kept.backfill();
        if (++unstored >= shared.properties().limits().unstored()) stop(UNSTORED);
        if (arrived == null) arrived = shared.clock().instant();
        ready.add(new ReceivedFrame(device, kept, arrived, from, late));
    }

    /** At the end of all that feeds the framer. */
    private void handOver() {
        arrived = null;
        if (tooFast > 0 && (stopped & TOO_FAST) == 0) {
            stop(TOO_FAST);
            channel.eventLoop().schedule(() -> goOn(TOO_FAST), tooFast, TimeUnit.NANOSECONDS);
        }
        tooFast = 0;
        if (ready.isEmpty()) return;
        List<ReceivedFrame> some = ready;
        ready = new ArrayList<>();
        // what roomAgain passes on to this thread comes after this, however soon it is told
        if (!shared.storing().add(this, some)) stop(UNSTORED_IN_ALL);
    }

    /** @return null: it is one too many, and the line ends */
    private @Nullable Bucket hear(String mn) {
        if (heard.size() >= shared.properties().limits().devices()) {
            end("too many devices on one line");
            return null;
        }
        Line tooMany = shared.lines().hear(mn, this);
        Bucket own = shared.lines().bucket(mn);
        heard.put(mn, own);
        if (tooMany != null) tooMany.channel.eventLoop().execute(() -> tooMany.end("device is heard on newer lines"));
        shared.watch().connected(mn, from);
        return own;
    }

    private void refuse(Frame frame, Refused why) {
        refused++;
        String mn = frame.mn();
        shared.watch().refused(mn.substring(0, Math.min(mn.length(), 64)), from, why);
        if (refused > shared.properties().limits().refused()) end("nothing but refused packets, the last for " + why);
    }

    @Override
    public void done(List<ReceivedFrame> frames, boolean stored) {
        channel.eventLoop().execute(() -> {
            unstored -= frames.size();
            if (stored) reply(frames);
            if (unstored <= shared.properties().limits().unstored() / 2) goOn(UNSTORED);
        });
    }

    /** All answers are one write, in their order. */
    private void reply(List<ReceivedFrame> received) {
        ByteBuf answers = channel.alloc().buffer(ANSWER * received.size());
        for (ReceivedFrame one : received) {
            Device device = one.device();
            Packet reply = Replies.to(one.frame(), device);
            if (reply == null) continue;
            answers.writeBytes(reply.encode(device.dialect()));
            if (one.frame().cn() == Replies.ASKS_FOR_TIME && device.clock()) {
                // the command comes behind the answer
                channel.write(answers);
                answers = channel.alloc().buffer(ANSWER * received.size());
                String factor = one.frame().value("PolId");
                send(device, Command.setTime(safe(factor), shared.clock().instant()), new CompletableFuture<>());
            }
        }
        channel.writeAndFlush(answers);
    }

    private static @Nullable String safe(@Nullable String factor) {
        if (factor == null || factor.isEmpty() || factor.length() > 20) return null;
        return factor.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c)) ? factor : null;
    }

    @Override
    public void roomAgain() {
        channel.eventLoop().execute(() -> goOn(UNSTORED_IN_ALL));
    }

    /** From any thread. */
    void ask(Device device, Command command, CompletableFuture<CommandResult> result) {
        try {
            channel.eventLoop().execute(() -> send(device, command, result));
        } catch (java.util.concurrent.RejectedExecutionException e) {
            // the gateway has been stopped
            result.complete(new CommandResult(Outcome.LINE_LOST, 0, 0));
        }
    }

    private void send(Device device, Command command, CompletableFuture<CommandResult> result) {
        if (ended || !channel.isActive()) {
            result.complete(new CommandResult(Outcome.LINE_LOST, 0, 0));
            return;
        }
        String qn = shared.numbers().next();
        Packet packet = Packet.of(qn, device.system(), command.cn(), device.password(), device.mn(), command.content())
                .wantingAnswer();
        asked.ask(device.mn(), qn, command, result, () -> {
            write(packet, device.dialect());
            channel.flush();
        });
    }

    private void write(Packet packet, Dialect dialect) {
        channel.write(Unpooled.wrappedBuffer(packet.encode(dialect)));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (channel.isWritable()) {
            goOn(NOT_TAKING);
        } else {
            stop(NOT_TAKING);
        }
        super.channelWritabilityChanged(context);
    }

    private void stop(int reason) {
        stopped |= reason;
        channel.config().setAutoRead(false);
    }

    private void goOn(int reason) {
        if ((stopped & reason) == 0) return;
        stopped &= ~reason;
        if (stopped == 0) channel.config().setAutoRead(true);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        // who is not read cannot be heard
        if (event instanceof IdleStateEvent && stopped == 0) end("idle");
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (!ended) framer.end(this::packet);
        handOver();
        ended = true;
        asked.lineLost();
        for (String mn : heard.keySet())
            if (shared.lines().leave(mn, this)) shared.watch().lost(mn);
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            LOG.debug("Line from {} broke", from, cause);
        } else {
            LOG.error("Line from {} is closed after a mistake of ours", from, cause);
        }
        end("failure");
    }

    private void end(String why) {
        if (ended) return;
        ended = true;
        LOG.info("Line from {} is closed: {}", from, why);
        channel.close();
    }
}
