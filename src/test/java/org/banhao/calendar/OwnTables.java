package org.banhao.calendar;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Empty databases with the tables of some modules only: H2 in its regular mode, and one embedded PostgreSQL per JVM. */
public final class OwnTables {

    private OwnTables() {}

    /** @param scripts names under {@code db/common} */
    public static DataSource h2(String... scripts) {
        return filled(
                JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""),
                scripts);
    }

    public static DataSource postgresql(String... scripts) {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        new JdbcTemplate(Server.RUNNING.getPostgresDatabase()).execute("create database " + name);
        return filled(Server.RUNNING.getDatabase("postgres", name), scripts);
    }

    private static DataSource filled(DataSource source, String... scripts) {
        ResourceDatabasePopulator populator = new ResourceDatabasePopulator();
        populator.setSqlScriptEncoding("UTF-8");
        for (String script : scripts) populator.addScript(new ClassPathResource("db/common/" + script));
        populator.execute(source);
        return source;
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
