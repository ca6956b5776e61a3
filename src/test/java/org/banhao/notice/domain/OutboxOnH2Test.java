package org.banhao.notice.domain;

import javax.sql.DataSource;
import org.banhao.calendar.OwnTables;

class OutboxOnH2Test extends OutboxContract {

    @Override
    DataSource database() {
        return OwnTables.h2(
                "V1501__notice.sql",
                "V1560__notice_reminders.sql",
                "V1570__notice_retraction.sql",
                "V1590__notice_link.sql");
    }
}
