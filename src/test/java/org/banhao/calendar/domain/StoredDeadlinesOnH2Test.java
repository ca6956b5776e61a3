package org.banhao.calendar.domain;

import javax.sql.DataSource;
import org.banhao.calendar.OwnTables;

class StoredDeadlinesOnH2Test extends StoredDeadlinesContract {

    @Override
    DataSource database() {
        return OwnTables.h2("V1201__calendar.sql", "V1290__calendar_moments.sql");
    }
}
