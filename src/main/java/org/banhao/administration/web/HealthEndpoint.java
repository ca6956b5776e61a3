package org.banhao.administration.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether the application can work, for a load balancer or a watching script; open to everybody, so it says nothing else.
 * Answers 200 and {@code {"status":"UP"}}, or 503 and {@code {"status":"DOWN"}} with the reason in the log: the database does not
 * answer, or the data folder is full.
 */
@RestController
class HealthEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoint.class);

    private static final int SECONDS = 5;

    /** What is left to write, in bytes. */
    private static final long LEAST_SPACE = 10L * 1024 * 1024;

    private final DataSource database;
    private final Path data;

    HealthEndpoint(DataSource database, @Value("${banhao.data}") Path data) {
        this.database = database;
        this.data = data;
    }

    @GetMapping("/health")
    ResponseEntity<Map<String, String>> health() {
        boolean up = answers() && hasSpace();
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .body(Map.of("status", up ? "UP" : "DOWN"));
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            if (connection.isValid(SECONDS)) return true;
            LOG.warn("Not healthy: the database did not answer within {} seconds", SECONDS);
        } catch (SQLException e) {
            LOG.warn("Not healthy: no connection to the database", e);
        }
        return false;
    }

    private boolean hasSpace() {
        try {
            // made by whoever writes first
            if (!Files.exists(data)) return true;
            long space = Files.getFileStore(data).getUsableSpace();
            if (space >= LEAST_SPACE) return true;
            LOG.warn("Not healthy: {} bytes left in the data folder", space);
        } catch (IOException e) {
            LOG.warn("Not healthy: the data folder cannot be read", e);
        }
        return false;
    }
}
