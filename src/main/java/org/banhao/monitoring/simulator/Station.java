package org.banhao.monitoring.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One outlet as its devices know it: what the simulator has to be told by who registered them. Passwords and keys are made by each
 * installation, and so this is kept in a file that only its owner reads ({@link #write}).
 *
 * @param name enterprise and outlet
 * @param water else waste gas
 * @param plant name of the model in {@code plants.tsv}
 * @param factors codes, in the order in which they are sent
 * @param limits of a factor: what EXCEED exceeds, in its unit, converted where the outlet converts
 * @param oxygen 基准氧含量, %; null: nothing is converted
 * @param logger the data logger
 * @param meter null: none
 * @param production kW that production draws at full load
 * @param treatment the same of the treatment
 */
public record Station(
        String name,
        boolean water,
        String plant,
        List<String> factors,
        Map<String, Double> limits,
        @Nullable Double oxygen,
        Login logger,
        @Nullable Login meter,
        double production,
        double treatment) {

    private static final List<String> COLUMNS = List.of(
            "name",
            "kind",
            "plant",
            "factors",
            "limits",
            "oxygen",
            "logger",
            "password",
            "standard",
            "key",
            "seconds",
            "minutes",
            "meter",
            "meterPassword",
            "production",
            "treatment");

    /**
     * How a device is known on the line.
     *
     * @param standard 2005, 2017 or 2025
     * @param key 16 characters of SM4; null: nothing is encrypted
     * @param seconds interval of realtime data
     * @param minutes length of minute data
     */
    public record Login(
            String mn,
            String password,
            int standard,
            @Nullable String key,
            int seconds,
            int minutes) {

        @Override
        public String toString() {
            return "Login[" + mn + "]";
        }
    }

    public Station {
        factors = List.copyOf(factors);
        limits = Map.copyOf(limits);
    }

    /** @throws UncheckedIOException no such file, or one that says something else; the message names the line */
    public static List<Station> read(Path file) {
        try {
            List<Station> stations = new ArrayList<>();
            for (Map<String, String> row : Tsv.rows(Files.readString(file, StandardCharsets.UTF_8))) {
                stations.add(of(row));
            }
            return stations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new UncheckedIOException(new IOException("Not a file of simulated devices: " + file, e));
        }
    }

    private static Station of(Map<String, String> row) {
        Map<String, Double> limits = new LinkedHashMap<>();
        for (String one : cell(row, "limits").split(",")) {
            String[] parts = one.split("=", 2);
            if (parts.length == 2) limits.put(parts[0], Double.parseDouble(parts[1]));
        }
        int seconds = Integer.parseInt(cell(row, "seconds"));
        int minutes = Integer.parseInt(cell(row, "minutes"));
        String key = cell(row, "key");
        Login logger = new Login(
                cell(row, "logger"),
                cell(row, "password"),
                Integer.parseInt(cell(row, "standard")),
                key.isEmpty() ? null : key,
                seconds,
                minutes);
        String meter = cell(row, "meter");
        return new Station(
                cell(row, "name"),
                cell(row, "kind").equals("water"),
                cell(row, "plant"),
                List.of(cell(row, "factors").split(",")),
                limits,
                cell(row, "oxygen").isEmpty() ? null : Double.valueOf(cell(row, "oxygen")),
                logger,
                meter.isEmpty() ? null : new Login(meter, cell(row, "meterPassword"), 2017, null, seconds, minutes),
                Double.parseDouble(cell(row, "production")),
                Double.parseDouble(cell(row, "treatment")));
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    /** Replaces the file; only its owner reads it. */
    public static void write(Path file, List<Station> stations) {
        StringBuilder text = new StringBuilder(String.join("\t", COLUMNS)).append('\n');
        for (Station one : stations) text.append(String.join("\t", one.cells())).append('\n');
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            // the mode is there before the first byte
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix"))
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("演示设备文件无法写入：" + file, e);
        }
    }

    private List<String> cells() {
        return List.of(
                name,
                water ? "water" : "gas",
                plant,
                String.join(",", factors),
                limits.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(",")),
                oxygen == null ? "" : oxygen.toString(),
                logger.mn(),
                logger.password(),
                String.valueOf(logger.standard()),
                logger.key() == null ? "" : logger.key(),
                String.valueOf(logger.seconds()),
                String.valueOf(logger.minutes()),
                meter == null ? "" : meter.mn(),
                meter == null ? "" : meter.password(),
                String.valueOf(production),
                String.valueOf(treatment));
    }
}
