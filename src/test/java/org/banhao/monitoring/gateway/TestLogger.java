package org.banhao.monitoring.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.banhao.monitoring.hj212.Decoder;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Framer;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Verdict;
import org.jspecify.annotations.Nullable;

/** The other end of the line. */
public final class TestLogger implements AutoCloseable {

    private final Socket socket;
    private final Dialect dialect;
    private final Framer framer = new Framer();
    private final Queue<Frame> read = new ArrayDeque<>();

    public TestLogger(int port, Dialect dialect) {
        this(plain(port), dialect);
    }

    TestLogger(Socket socket, Dialect dialect) {
        this.socket = socket;
        this.dialect = dialect;
    }

    static Socket plain(int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void send(Packet packet) {
        send(packet.encode(dialect));
    }

    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next packet from the gateway. */
    public Frame answer() {
        Frame frame = answerWithin(20_000);
        if (frame == null) throw new IllegalStateException("No answer");
        return frame;
    }

    /** @return null: none came in that time */
    public @Nullable Frame answerWithin(int millis) {
        try {
            socket.setSoTimeout(millis);
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[4096];
            while (read.isEmpty()) {
                int count = in.read(bytes);
                if (count < 0) throw new IllegalStateException("The line was closed");
                framer.feed(bytes, 0, count, (b, from, to) -> {
                    Decoder decoder = new Decoder();
                    byte[] own = Arrays.copyOfRange(b, from, to);
                    Verdict verdict = decoder.decode(own, 0, own.length, dialect);
                    if (verdict != Verdict.VALID)
                        throw new IllegalStateException(
                                verdict + " " + new String(own, java.nio.charset.StandardCharsets.ISO_8859_1));
                    read.add(decoder.frame().keep());
                });
            }
            return read.remove();
        } catch (SocketTimeoutException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the gateway closes the line. */
    public boolean isClosed() {
        try {
            socket.setSoTimeout(20_000);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the gateway closes the line; what it says before is no packet. */
    public boolean isClosedUnanswered() {
        try {
            answerWithin(20_000);
            return false;
        } catch (IllegalStateException | UncheckedIOException closed) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
