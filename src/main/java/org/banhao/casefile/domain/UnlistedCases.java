package org.banhao.casefile.domain;

import java.util.HashSet;
import java.util.Set;
import org.banhao.base.LastWrites;
import org.banhao.base.OncePerTransaction;
import org.springframework.stereotype.Component;

/** Notes which cases have changed since lists were written: one row for each case and transaction, for {@link CaseListing}. */
@Component
class UnlistedCases {

    private final LastWrites last;
    private final OncePerTransaction<Set<String>> noted = new OncePerTransaction<>();

    UnlistedCases(LastWrites last) {
        this.last = last;
    }

    /** Joins the caller's transaction, and takes no lock that anybody waits for. */
    void changed(String number) {
        if (noted.get(HashSet::new).add(number)) {
            last.add("insert into casefile_unlisted (number) values (?)", number);
        }
    }
}
