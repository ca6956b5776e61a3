package org.banhao.whole;

class HouseRulesOnPostgresTest extends OnPostgres
        implements RestingCases, LostLocks, HistoryCleanup, SharedSecrets, StoppedJobs {

    @Override
    public String waiting() {
        return "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
    }
}
