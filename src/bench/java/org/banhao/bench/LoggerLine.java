package org.banhao.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The other end of a line: sends packets as they are, and counts answers by their line ends. Blocking. */
final class LoggerLine implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final byte[] read = new byte[16 * 1024];

    LoggerLine(int port) throws IOException {
        this(port, InetAddress.getLoopbackAddress());
    }

    /** @param from own address, such as 127.0.0.2: one address has so many lines and not more */
    LoggerLine(int port, InetAddress from) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** How long an answer is waited for; a minute unless it is said. */
    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    void send(byte[] packets) throws IOException {
        out.write(packets);
    }

    /** Waits for something. @return how many answers have come since the last call; -1: the line was closed */
    int answers() throws IOException {
        int count = in.read(read);
        if (count < 0) return -1;
        int ends = 0;
        for (int i = 0; i < count; i++) if (read[i] == '\n') ends++;
        return ends;
    }

    /** Sends packets together and waits until all of them are answered. */
    void exchange(byte[] packets, int count) throws IOException {
        send(packets);
        for (int left = count; left > 0; ) {
            int answered = answers();
            if (answered < 0) throw new IOException("The line was closed");
            left -= answered;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
