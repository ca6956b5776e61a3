package org.banhao.casefile.domain;

import org.banhao.base.Counters;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The numbers of cases: by kind and year with gaps, by session and in the archive without. */
final class Numbers {
    private final Counters counters;

    Numbers(JdbcClient jdbc, PlatformTransactionManager transactions) {
        counters = new Counters(jdbc, transactions);
    }

    int nextOfYear(String kind, int year) {
        return counters.next("casefile_number", "kind = ? and given_in = ?", "kind, given_in", kind, year);
    }

    int nextOfSession(String session) {
        return counters.next("casefile_file_number", "session_id = ?", "session_id", session);
    }

    int nextOfArchive(String series) {
        return counters.next("casefile_archive_number", "series = ?", "series", series);
    }
}
