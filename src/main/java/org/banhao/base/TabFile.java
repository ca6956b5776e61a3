package org.banhao.base;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tab-separated data files of the class path, in UTF-8; empty lines and those beginning with # are left out. */
public final class TabFile {

    private TabFile() {}

    /**
     * Lines without a heading.
     *
     * @throws IllegalStateException missing, or a line with another number of columns
     */
    public static List<String[]> rows(String resource, int columns) {
        List<String[]> rows = read(resource);
        for (String[] row : rows) check(resource, row, columns);
        return rows;
    }

    /**
     * Lines under a heading that names the columns; cells keep its order.
     *
     * @throws IllegalStateException missing, or a line with another number of columns than the heading
     */
    public static List<Map<String, String>> table(String resource) {
        List<String[]> rows = read(resource);
        if (rows.isEmpty()) throw new IllegalStateException(resource + " has no heading");
        String[] columns = rows.get(0);
        return rows.stream()
                .skip(1)
                .map(cells -> {
                    check(resource, cells, columns.length);
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < cells.length; i++) row.put(columns[i], cells[i]);
                    return row;
                })
                .toList();
    }

    private static void check(String resource, String[] row, int columns) {
        if (row.length != columns) throw new IllegalStateException(resource + ": " + String.join("\t", row));
    }

    private static List<String[]> read(String resource) {
        InputStream stream = TabFile.class.getResourceAsStream(resource);
        if (stream == null) throw new IllegalStateException("Missing " + resource);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
