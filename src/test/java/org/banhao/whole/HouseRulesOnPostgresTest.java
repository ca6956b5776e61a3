package org.banhao.whole;

import org.junit.jupiter.api.Tag;

@Tag("full")
class HouseRulesOnPostgresTest extends OnPostgres implements RestingCases, LostLocks, HistoryCleanup, SharedSecrets {

    @Override
    public String waiting() {
        return "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
    }
}
