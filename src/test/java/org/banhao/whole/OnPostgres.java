package org.banhao.whole;

import org.banhao.testing.Databases;
import org.banhao.testing.WholeApplication;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One context for all tests of the whole application on PostgreSQL. */
public abstract class OnPostgres extends WholeApplication {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        register(registry, Databases.POSTGRESQL);
    }
}
