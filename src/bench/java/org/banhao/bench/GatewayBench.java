package org.banhao.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Standard;

/**
 * The line without a database: packets found, checked, taken apart, handed to who stores, answered, over 64 lines, beside a server that
 * sends the same bytes back. Then the same beside 3,000 lines on which nothing comes, and while 10,000 lines are opened. System properties
 * {@code bench.rounds}, {@code bench.warmup}, {@code bench.lines}, {@code bench.burst}, {@code bench.silent}, {@code bench.many}.
 */
final class GatewayBench {

    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);

    /** Six factors, 296 bytes with the header, as in {@link CodecBench}. */
    private static final String CONTENT =
            "DataTime=20260801085857;a21026-Rtd=12.532,a21026-Flag=N;a21002-Rtd=36.250,a21002-Flag=N;"
                    + "a34013-Rtd=4.1870,a34013-Flag=N;a19001-Rtd=8.9510,a19001-Flag=N;a01012-Rtd=78.210,a01012-Flag=N;"
                    + "a01011-Rtd=9.310,a01011-Flag=N";

    private GatewayBench() {}

    /** The other process. */
    private static final class Servers implements AutoCloseable {

        private final Process process;
        private final BufferedReader said;
        private final OutputStream asks;
        final int gateway;
        final int echo;

        Servers() throws IOException {
            List<String> command =
                    new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m"));
            for (String flag : System.getProperty("bench.flags", "").split(" ")) if (!flag.isEmpty()) command.add(flag);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), GatewayServers.class.getName()));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
            asks = process.getOutputStream();
            // the log goes to the same place
            String line = said.readLine();
            while (line != null && !line.matches("\\d+ \\d+")) line = said.readLine();
            if (line == null) throw new IOException("The servers did not start");
            gateway = Integer.parseInt(line.split(" ")[0]);
            echo = Integer.parseInt(line.split(" ")[1]);
        }

        long pid() {
            return process.pid();
        }

        /** Bytes of its heap in use, after collecting. */
        long heap() throws IOException {
            asks.write("memory\n".getBytes(StandardCharsets.US_ASCII));
            asks.flush();
            String line = said.readLine();
            while (line != null && !line.matches("\\d+")) line = said.readLine();
            if (line == null) throw new IOException("The servers have ended");
            return Long.parseLong(line);
        }

        /** Resident, in kB. */
        long resident() throws IOException {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }

        @Override
        public void close() throws IOException {
            // the end of its input is the end of it
            asks.close();
            try {
                process.waitFor(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) throws Exception {
        int lines = Integer.getInteger("bench.lines", 64);
        int burst = Integer.getInteger("bench.burst", 16);
        int rounds = Integer.getInteger("bench.rounds", 12);
        int warmup = Integer.getInteger("bench.warmup", 18);
        List<LoggerLine> open = new ArrayList<>();
        try (Servers servers = new Servers()) {
            List<LoggerLine> ours = open(servers.gateway, lines, open);
            List<LoggerLine> echoes = open(servers.echo, lines, open);
            byte[][] bursts = new byte[lines][];
            for (int i = 0; i < lines; i++) bursts[i] = packets(i, burst);
            Slices.Contestant echo = new Slices.Contestant(
                    "bare: bytes sent back", servers.pid(), client -> exchange(echoes, bursts, burst, client), burst);
            Slices.Contestant gateway = new Slices.Contestant(
                    "ours: packets answered", servers.pid(), client -> exchange(ours, bursts, burst, client), burst);
            System.out.printf("%d lines, %d packets of %d bytes at once on each%n", lines, burst, bursts[0].length / burst);
            new Slices(lines, 2.5).compare(echo, gateway, warmup, 2_000, rounds);

            System.out.println();
            int silent = Integer.getInteger("bench.silent", 3_000);
            long heap = servers.heap();
            long resident = servers.resident();
            List<LoggerLine> quiet = silent(servers.gateway, silent, 1_000, open);
            long more = servers.heap() - heap;
            System.out.printf(
                    Locale.ROOT,
                    "%d silent lines of as many devices: heap %.1f MB more, %.1f kB a line; resident %d MB before, %d MB with them%n",
                    quiet.size(),
                    more / 1e6,
                    more / 1e3 / quiet.size(),
                    resident / 1024,
                    servers.resident() / 1024);
            System.out.println("beside them:");
            new Slices(lines, 2.5).compare(echo, gateway, 1, 0, Math.max(3, rounds / 3));

            System.out.println();
            int many = Integer.getInteger("bench.many", 10_000);
            List<LoggerLine> rest = silent(servers.gateway, many - quiet.size(), 1_000 + quiet.size(), open);
            System.out.printf(
                    "of %d lines %d were taken, the others closed at once; beside them:%n",
                    many, quiet.size() + rest.size());
            new Slices(lines, 2.5).compare(echo, gateway, 1, 0, Math.max(3, rounds / 3));
        } finally {
            for (LoggerLine line : open) line.close();
        }
    }

    private static boolean exchange(List<LoggerLine> lines, byte[][] bursts, int burst, int client) throws IOException {
        lines.get(client).exchange(bursts[client], burst);
        return true;
    }

    private static List<LoggerLine> open(int port, int lines, List<LoggerLine> open) throws IOException {
        List<LoggerLine> opened = new ArrayList<>();
        for (int i = 0; i < lines; i++) opened.add(new LoggerLine(port));
        open.addAll(opened);
        return opened;
    }

    /** Each says who it is, and nothing after that. @return those that were taken */
    private static List<LoggerLine> silent(int port, int count, int first, List<LoggerLine> open) throws IOException {
        List<LoggerLine> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = first + i;
            InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + number % 60)});
            LoggerLine line = new LoggerLine(port, from);
            open.add(line);
            try {
                line.exchange(packets(number, 1), 1);
                taken.add(line);
            } catch (IOException closed) {
                line.close();
            }
        }
        return taken;
    }

    private static byte[] packets(int device, int count) {
        byte[] one = new Packet(
                        "20260801085857223", 31, 2011, GatewayServers.PASSWORD, GatewayServers.mn(device), true, 0, 0, false, CONTENT)
                .encode(DIALECT);
        byte[] all = new byte[one.length * count];
        for (int i = 0; i < count; i++) System.arraycopy(one, 0, all, i * one.length, one.length);
        return all;
    }
}
