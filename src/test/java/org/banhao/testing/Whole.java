package org.banhao.testing;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What checks of the whole application need of it. Checks that run on both databases are interfaces with test methods; a class for
 * each database takes its context from the one class that all checks of that database extend, so that it is made once.
 */
public interface Whole {

    /** {@code http://127.0.0.1:port} */
    String address();

    Accounts accounts();

    <T> T bean(Class<T> type);

    <T> List<T> beans(Class<T> type);

    default Desk desk(String name) {
        return new Desk(address(), accounts().named(name));
    }

    default JdbcClient db() {
        return bean(JdbcClient.class);
    }
}
