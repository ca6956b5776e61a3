package org.banhao.calendar.domain;

import javax.sql.DataSource;
import org.banhao.calendar.OwnTables;

class StoredDeadlinesOnPostgresqlTest extends StoredDeadlinesContract {

    @Override
    DataSource database() {
        return OwnTables.postgresql("V1201__calendar.sql", "V1290__calendar_moments.sql");
    }
}
