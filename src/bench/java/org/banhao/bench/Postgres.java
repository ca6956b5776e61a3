package org.banhao.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL with its default durability for both contestants, each in a database of its own. The library's builder
 * switches {@code synchronous_commit} off: that is undone here.
 */
final class Postgres implements AutoCloseable {

    private final EmbeddedPostgres server;

    Postgres() throws IOException, SQLException {
        // the server's every line would be ours
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        for (String setting : List.of("server_version", "fsync", "synchronous_commit")) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    var row = statement.executeQuery("show " + setting)) {
                row.next();
                System.out.println("PostgreSQL " + setting + " = " + row.getString(1));
            }
        }
    }

    /** Makes the database and returns Spring Boot's arguments for it; the driver's setting is the same for both. */
    String[] settings(String database) throws SQLException {
        execute("postgres", "create database " + database);
        return new String[] {
            "--spring.datasource.url=" + server.getJdbcUrl("postgres", database) + "&reWriteBatchedInserts=true",
            "--spring.datasource.username=postgres",
            "--spring.datasource.password=",
            "--spring.datasource.hikari.maximum-pool-size=20",
            "--server.address=127.0.0.1"
        };
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lets the server log every statement while {@code act} runs. */
    void trace(String name, Callable<?> act) throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger(EmbeddedPostgres.class);
        System.out.println("---- statements of " + name);
        execute("postgres", "alter system set log_statement = 'all'");
        execute("postgres", "select pg_reload_conf()");
        Thread.sleep(1_000);
        log.setLevel(Level.INFO);
        act.call();
        Thread.sleep(500);
        execute("postgres", "alter system reset log_statement");
        execute("postgres", "select pg_reload_conf()");
        Thread.sleep(1_000);
        log.setLevel(Level.WARN);
        System.out.println("---- end of " + name);
    }

    Connection open(String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
