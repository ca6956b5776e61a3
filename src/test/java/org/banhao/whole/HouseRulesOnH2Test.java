package org.banhao.whole;

class HouseRulesOnH2Test extends OnH2 implements RestingCases, LostLocks, HistoryCleanup, SharedSecrets, StoppedJobs {

    @Override
    public String waiting() {
        return "select count(*) from information_schema.sessions where blocker_id is not null";
    }
}
