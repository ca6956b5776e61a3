package org.banhao.calendar;

import java.util.UUID;
import javax.sql.DataSource;
import org.banhao.testing.Databases;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.core.io.ClassPathResource;
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
        return filled(Databases.POSTGRESQL.empty(), scripts);
    }

    /** The same database after these scripts. */
    public static DataSource filled(DataSource source, String... scripts) {
        ResourceDatabasePopulator populator = new ResourceDatabasePopulator();
        populator.setSqlScriptEncoding("UTF-8");
        for (String script : scripts) populator.addScript(new ClassPathResource("db/common/" + script));
        populator.execute(source);
        return source;
    }
}
