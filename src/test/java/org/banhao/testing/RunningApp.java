package org.banhao.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application as a process of its own: started, asked over HTTP, ended or killed. */
public final class RunningApp implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Path data;
    private final Path log;
    private final Duration startTime;

    private RunningApp(Process process, int port, Path data, Path log, Duration startTime) {
        this.process = process;
        this.port = port;
        this.data = data;
        this.log = log;
        this.startTime = startTime;
    }

    /** @param settings {@code --key=value} arguments; environment variables by {@code environment} */
    public static RunningApp start(Path data, Map<String, String> environment, String... settings) {
        return start("org.banhao.BanhaoApplication", data, environment, "/login", settings);
    }

    /** Starts any main class of the test class path and waits until {@code readyPath} answers 200. */
    public static RunningApp start(
            String mainClass, Path data, Map<String, String> environment, String readyPath, String... settings) {
        try {
            Files.createDirectories(data);
            int port = freePort();
            Path log = data.resolve("log.txt");
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=" + System.getProperty("banhao.tier", "4"),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    mainClass,
                    "--server.port=" + port,
                    "--banhao.data=" + data));
            command.addAll(List.of(settings));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            long begun = System.nanoTime();
            Process process = builder.start();
            awaitReady(process, port, readyPath, log);
            return new RunningApp(process, port, data, log, Duration.ofNanos(System.nanoTime() - begun));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReady(Process process, int port, String readyPath, Path log) throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + readyPath))
                .build();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (System.nanoTime() < end) {
            if (!process.isAlive()) throw new AssertionError("The application ended:\n" + Files.readString(log));
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) return;
            } catch (IOException e) {
                // not listening yet
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            try {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) break;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        process.destroyForcibly();
        throw new AssertionError("The application did not become ready:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public Accounts accounts() {
        return new Accounts(data.resolve("demo-accounts.tsv"));
    }

    public Duration startTime() {
        return startTime;
    }

    public long pid() {
        return process.pid();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}: no shutdown hook runs. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
