package org.banhao.monitoring.hj212;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Packets of real devices, of the standard's examples, and some that were broken on purpose: src/test/resources/monitoring. */
public final class Corpus {

    /**
     * @param packet without a line end
     * @param standardCrc whether the check is the standard's
     * @param st as it stands there; empty: not to be read by the letter of the standard
     * @param note what is special about it
     */
    public record Row(String packet, boolean standardCrc, String st, int cn, String note) {

        public byte[] bytes() {
            return packet.getBytes(StandardCharsets.UTF_8);
        }

        public byte[] line() {
            return (packet + "\r\n").getBytes(StandardCharsets.UTF_8);
        }

        boolean says(String words) {
            return note.contains(words);
        }

        @Override
        public String toString() {
            return packet.substring(0, Math.min(packet.length(), 60)) + " | " + note;
        }
    }

    private Corpus() {}

    public static List<Row> frames() {
        return read("hj212-frames.tsv");
    }

    public static List<Row> soak() {
        return read("hj212-soak.tsv");
    }

    private static List<Row> read(String file) {
        try {
            List<Row> rows = new ArrayList<>();
            List<String> lines = Files.readAllLines(Path.of("src/test/resources/monitoring", file));
            for (String line : lines.subList(1, lines.size())) {
                String[] columns = line.split("\t", -1);
                rows.add(new Row(
                        columns[0], columns[1].equals("yes"), columns[2], Integer.parseInt(columns[3]), columns[5]));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
