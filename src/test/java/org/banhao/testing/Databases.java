package org.banhao.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * Fresh databases for tests: H2 in memory, or a database of the one embedded PostgreSQL of this JVM. Migrated databases are made
 * from a template, which is migrated once.
 */
public enum Databases {
    H2("h2") {
        @Override
        Map<String, String> create(boolean migrated) {
            String url = "jdbc:h2:mem:banhao" + NEXT.incrementAndGet()
                    + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=256;OPTIMIZE_REUSE_RESULTS=0";
            if (migrated) {
                if (h2Script == null) {
                    String template = "jdbc:h2:mem:banhaoTemplate;DB_CLOSE_DELAY=-1";
                    migrate(template, "banhao", "");
                    h2Script = script(template);
                }
                String content = h2Script;
                try (Connection connection = new DriverManagerDataSource(url, "banhao", "").getConnection()) {
                    org.h2.tools.RunScript.execute(connection, new java.io.StringReader(content));
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
            return access(url, "banhao", "");
        }

        @Override
        DataSource source(String url, String user, String password) {
            return new DriverManagerDataSource(url, user, password);
        }
    },
    POSTGRESQL("postgresql") {
        @Override
        Map<String, String> create(boolean migrated) {
            EmbeddedPostgres server = server();
            String template = "template1";
            if (migrated) {
                template = "banhao_template";
                if (!postgresTemplate) {
                    execute(server, "create database " + template);
                    migrate(server.getJdbcUrl("postgres", template), "postgres", "");
                    postgresTemplate = true;
                }
            }
            String name = "banhao" + NEXT.incrementAndGet();
            execute(server, "create database " + name + " template " + template);
            return access(server.getJdbcUrl("postgres", name) + "&reWriteBatchedInserts=true", "postgres", "");
        }

        /** Pooled: each connection is a process of the server's. Those nobody uses go, since a class may ask for dozens of databases. */
        @Override
        DataSource source(String url, String user, String password) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(url);
            pool.setUsername(user);
            pool.setPassword(password);
            pool.setMaximumPoolSize(40);
            pool.setMinimumIdle(0);
            pool.setIdleTimeout(10_000);
            return pool;
        }
    };

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static @Nullable String h2Script;
    private static @Nullable EmbeddedPostgres postgres;
    private static boolean postgresTemplate;

    private final String vendor;

    Databases(String vendor) {
        this.vendor = vendor;
    }

    abstract Map<String, String> create(boolean migrated);

    /** Spring Boot's properties of a new, empty database; the application migrates it itself. */
    public Map<String, String> properties() {
        synchronized (Databases.class) {
            return create(false);
        }
    }

    /** For {@code @DynamicPropertySource}: a new database, migrated already, so that the context starts sooner. */
    public void register(DynamicPropertyRegistry registry) {
        Map<String, String> properties;
        synchronized (Databases.class) {
            properties = create(true);
        }
        properties.forEach((key, value) -> registry.add(key, () -> value));
    }

    /** A new database with all tables. */
    public DataSource migrated() {
        return source(true);
    }

    /** A new database without tables. */
    public DataSource empty() {
        return source(false);
    }

    private DataSource source(boolean migrated) {
        synchronized (Databases.class) {
            Map<String, String> access = create(migrated);
            return source(
                    access.get("spring.datasource.url"),
                    access.get("spring.datasource.username"),
                    access.get("spring.datasource.password"));
        }
    }

    abstract DataSource source(String url, String user, String password);

    void migrate(String url, String user, String password) {
        Flyway.configure()
                .dataSource(url, user, password)
                .locations("classpath:db/common", "classpath:db/" + vendor, "classpath:org/banhao/flow/deploy")
                .load()
                .migrate();
    }

    private static Map<String, String> access(String url, String user, String password) {
        Map<String, String> access = new LinkedHashMap<>();
        access.put("spring.datasource.url", url);
        access.put("spring.datasource.username", user);
        access.put("spring.datasource.password", password);
        return access;
    }

    private static String script(String url) {
        StringBuilder script = new StringBuilder();
        try (Connection connection = new DriverManagerDataSource(url, "banhao", "").getConnection();
                Statement statement = connection.createStatement();
                var lines = statement.executeQuery("script nopasswords")) {
            while (lines.next()) {
                String line = lines.getString(1);
                if (!line.startsWith("CREATE USER")) {
                    script.append(line).append('\n');
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return script.toString();
    }

    private static EmbeddedPostgres server() {
        if (postgres == null) {
            try {
                // nothing of a test has to survive a crash
                postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "400")
                        .start();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return postgres;
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
