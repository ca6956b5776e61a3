package org.banhao.monitoring.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tab separated, lines with # are comments, the first line names the columns. */
final class Tsv {

    private Tsv() {}

    /** @throws IllegalArgumentException a line has another number of cells than the first */
    static List<Map<String, String>> rows(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<Map<String, String>> rows = new ArrayList<>();
        if (lines.isEmpty()) return rows;
        String[] names = lines.get(0).split("\t", -1);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            if (cells.length != names.length)
                throw new IllegalArgumentException(cells.length + " cells and not " + names.length);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) row.put(names[i], cells[i]);
            rows.add(row);
        }
        return rows;
    }
}
