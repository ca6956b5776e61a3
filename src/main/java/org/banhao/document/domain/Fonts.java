package org.banhao.document.domain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fonts LibreOffice can write with: those of the machine, and those an administrator laid into a folder of ours. 仿宋_GB2312 and
 * 方正小标宋简体, which GB/T 9704 papers name, are not free: no system brings them, and we ship none. Read by fontconfig; where there is none
 * (Windows) only what the system has installed is used.
 */
final class Fonts {
    private static final int LONGEST_LIST = 8 << 20;

    private static final String CONFIGURATION = """
            <?xml version="1.0"?>
            <!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
            <fontconfig>
              <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
              <dir>%s</dir>
              <cachedir>%s</cachedir>
            </fontconfig>
            """;

    private final Path folder;
    private volatile @Nullable Known known;

    /** @param files what lay in the folder when the machine was asked: another file is another answer */
    private record Known(List<String> files, Set<String> families) {}

    Fonts(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * What a program needs to be told so that it finds them; empty when the folder is not there or has no file.
     *
     * @param scratch where the configuration and what fontconfig remembers may be written
     */
    Map<String, String> environment(Path scratch) throws IOException {
        if (files().isEmpty()) return Map.of();
        Path configuration = scratch.resolve("fonts.conf");
        Files.writeString(configuration, CONFIGURATION.formatted(text(folder), text(scratch.resolve("fontconfig"))));
        return Map.of("FONTCONFIG_FILE", configuration.toString());
    }

    private static String text(Path path) {
        return path.toString().replace("&", "&amp;").replace("<", "&lt;");
    }

    /** Of the named ones those that are not here, as they are named; empty when the machine does not tell. */
    Set<String> missing(Iterable<String> named) throws IOException, InterruptedException {
        Set<String> here = families();
        Set<String> missing = new TreeSet<>();
        if (here.isEmpty()) return missing;
        for (String font : named) {
            if (!here.contains(font.toLowerCase(Locale.ROOT))) missing.add(font);
        }
        return missing;
    }

    /** Names, sizes and moments: a file laid there is used by the next conversion, without a restart. */
    private List<String> files() throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> found = Files.walk(folder, 3)) {
            List<String> files = new ArrayList<>();
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                files.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
            return files;
        }
    }

    private Set<String> families() throws IOException, InterruptedException {
        List<String> files = files();
        Known before = known;
        if (before != null && before.files().equals(files)) return before.families();
        Known now = new Known(files, ask());
        known = now;
        return now.families();
    }

    private Set<String> ask() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("banhao-fonts-");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder("fc-list", ":", "family").redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment(scratch));
            Process process;
            try {
                process = builder.start();
            } catch (IOException none) {
                return Set.of();
            }
            process.getOutputStream().close();
            Set<String> families = new TreeSet<>();
            try (InputStream in = process.getInputStream()) {
                new String(in.readNBytes(LONGEST_LIST), StandardCharsets.UTF_8)
                        .lines()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .map(family -> family.replace("\\", "").strip().toLowerCase(Locale.ROOT))
                        .forEach(families::add);
            }
            process.waitFor(10, TimeUnit.SECONDS);
            return families;
        } finally {
            LibreOffice.remove(scratch);
        }
    }
}
