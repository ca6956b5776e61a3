package org.banhao.calendar.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tab-separated data files of this module; lines beginning with # are comments. */
final class TabFile {

    private TabFile() {}

    /** @throws IllegalStateException missing, or a line with another number of columns */
    static List<String[]> rows(String resource, int columns) {
        InputStream stream = TabFile.class.getResourceAsStream(resource);
        if (stream == null) throw new IllegalStateException("Missing " + resource);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> {
                        String[] row = line.split("\t", -1);
                        if (row.length != columns) throw new IllegalStateException(resource + ": " + line);
                        return row;
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
