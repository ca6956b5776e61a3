package org.banhao.casefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.banhao.testing.Databases;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The two databases with the tables of documents and case files only; each is made once in a test run. */
public enum CasefileDatabase {
    H2,
    POSTGRES;

    private DataSource source;

    public synchronized DataSource source() {
        if (source == null) {
            source = this == H2 ? h2() : Databases.POSTGRESQL.empty();
            new ResourceDatabasePopulator(migrations()).execute(source);
        }
        return source;
    }

    /** Those of document and casefile, in their order. */
    private static Resource[] migrations() {
        PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
        List<Resource> scripts = new ArrayList<>();
        try {
            for (String range : List.of("13", "14"))
                scripts.addAll(List.of(resources.getResources("classpath:db/common/V" + range + "*.sql")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scripts.sort(Comparator.comparing(script -> String.valueOf(script.getFilename())));
        return scripts.toArray(Resource[]::new);
    }

    private static DataSource h2() {
        JdbcConnectionPool pool =
                JdbcConnectionPool.create("jdbc:h2:mem:casefile;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");
        pool.setMaxConnections(40);
        return pool;
    }
}
