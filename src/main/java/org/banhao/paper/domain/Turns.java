package org.banhao.paper.domain;

import org.banhao.base.Counters;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who does what must not be done twice at once takes a turn first and looks then: whoever comes second sees what the first has done. */
@Component
class Turns {

    private final Counters counters;

    Turns(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.counters = new Counters(jdbc, transactions);
    }

    /** Waits for whoever has the turn; held until the caller's transaction ends. @param name up to 100 characters */
    @Transactional(propagation = Propagation.MANDATORY)
    void take(String name) {
        counters.next("paper_turn", "name = ?", "name", name);
    }
}
