package org.banhao.monitoring.domain;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Which database this is: the two say "insert what is not there yet" differently, and one has partitions. */
@Component
class Vendor {

    private final boolean postgresql;

    Vendor(DataSource source) throws MetaDataAccessException {
        String product = JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
        this.postgresql = product.equals("PostgreSQL");
    }

    boolean postgresql() {
        return postgresql;
    }
}
