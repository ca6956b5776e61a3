package org.banhao.base;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Which database this is: the two say "insert what is not there yet" differently, one has partitions and takes several statements at once. */
@Component
public class Vendor {

    private final boolean postgresql;

    /** @throws IllegalStateException the database cannot be asked */
    public Vendor(DataSource source) {
        try {
            String product = JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
            this.postgresql = product.equals("PostgreSQL");
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean postgresql() {
        return postgresql;
    }
}
