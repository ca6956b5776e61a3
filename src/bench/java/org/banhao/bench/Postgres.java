package org.banhao.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
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
        boolean traced = Boolean.getBoolean("bench.trace");
        server = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", traced ? "pg_stat_statements" : "")
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

    /** Prints what each of {@code times} acts asked of the database. Needs {@code bench.trace=true} from the start. */
    void trace(String database, int times, Callable<?> act) throws Exception {
        execute(database, "create extension if not exists pg_stat_statements");
        execute(database, "select pg_stat_statements_reset()");
        for (int i = 0; i < times; i++) act.call();
        try (Connection connection = open(database);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select calls, total_exec_time, query, sum(calls) over (),"
                        + " sum(total_exec_time) over () from pg_stat_statements s join pg_database d on d.oid = s.dbid"
                        + " where d.datname = '" + database + "' and query not like '%pg_stat_statements%'"
                        + " order by calls desc, total_exec_time desc")) {
            boolean first = true;
            while (rows.next()) {
                if (first)
                    System.out.printf(
                            Locale.ROOT,
                            "%s: %.1f statements and %.2f ms of the server an act%n",
                            database,
                            rows.getDouble(4) / times,
                            rows.getDouble(5) / times);
                first = false;
                System.out.printf(
                        Locale.ROOT,
                        "%6.2f × %6.3f ms  %s%n",
                        rows.getDouble(1) / times,
                        rows.getDouble(2) / rows.getDouble(1),
                        rows.getString(3).replaceAll("\\s+", " "));
            }
        }
    }

    Connection open(String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
