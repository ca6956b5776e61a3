package org.banhao.casefile.domain;

import java.util.HashSet;
import java.util.Set;
import org.banhao.base.OncePerTransaction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes which cases have changed since lists were written: one row for each case and transaction, for {@link CaseListing}. */
@Component
class UnlistedCases {

    private final JdbcClient jdbc;
    private final OncePerTransaction<Set<String>> noted = new OncePerTransaction<>();

    UnlistedCases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Joins the caller's transaction, and takes no lock that anybody waits for. */
    void changed(String number) {
        if (noted.get(HashSet::new).add(number)) {
            jdbc.sql("insert into casefile_unlisted (number) values (?)")
                    .param(number)
                    .update();
        }
    }
}
