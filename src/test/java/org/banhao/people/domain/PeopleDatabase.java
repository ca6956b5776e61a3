package org.banhao.people.domain;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** This module's tables in a new database. */
enum PeopleDatabase {
    H2 {
        @Override
        DataSource fresh() {
            DataSource source =
                    new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
            return migrated(source, "h2");
        }
    },
    POSTGRESQL {
        @Override
        DataSource fresh() {
            return migrated(Server.INSTANCE.newDatabase(), "postgresql");
        }
    };

    abstract DataSource fresh();

    static DataSource migrated(DataSource source, String vendor) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/common", "classpath:db/" + vendor, "classpath:org/banhao/flow/deploy")
                .target(MigrationVersion.LATEST)
                .load()
                .migrate();
        return source;
    }

    private static final class Server {

        private static final Server INSTANCE = new Server();

        private final EmbeddedPostgres postgres;
        private int next;

        private Server() {
            try {
                postgres = EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    postgres.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }

        private synchronized DataSource newDatabase() {
            String name = "people" + next++;
            new org.springframework.jdbc.core.JdbcTemplate(postgres.getPostgresDatabase())
                    .execute("create database " + name);
            return new DriverManagerDataSource(postgres.getJdbcUrl("postgres", name), "postgres", "");
        }
    }
}
