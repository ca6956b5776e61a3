package org.banhao.base;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Which database this is: the two say a few things differently, and one has indexes and partitions that the other lacks. */
@Component
public class Vendor {

    private final boolean postgresql;

    public Vendor(DataSource source) throws MetaDataAccessException {
        String product = JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
        this.postgresql = product.equals("PostgreSQL");
    }

    public boolean postgresql() {
        return postgresql;
    }
}
