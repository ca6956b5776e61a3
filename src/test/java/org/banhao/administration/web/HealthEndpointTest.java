package org.banhao.administration.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.datasource.AbstractDataSource;

class HealthEndpointTest {

    @TempDir
    Path data;

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:");
        return database;
    }

    private static DataSource gone() {
        return new AbstractDataSource() {
            @Override
            public java.sql.Connection getConnection() throws SQLException {
                throw new SQLException("gone");
            }

            @Override
            public java.sql.Connection getConnection(String user, String password) throws SQLException {
                throw new SQLException("gone");
            }
        };
    }

    @Test
    void anApplicationWithItsDatabaseIsUp() {
        ResponseEntity<Map<String, String>> answer = new HealthEndpoint(database(), data).health();
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getBody()).containsExactly(Map.entry("status", "UP"));
    }

    @Test
    void anApplicationWithoutItsDatabaseIsDownAndSaysNoMore() {
        ResponseEntity<Map<String, String>> answer = new HealthEndpoint(gone(), data).health();
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getBody()).containsExactly(Map.entry("status", "DOWN"));
    }
}
