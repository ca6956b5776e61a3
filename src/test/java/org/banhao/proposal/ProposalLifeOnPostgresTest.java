package org.banhao.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import org.banhao.testing.Databases;
import org.junit.jupiter.api.Test;

/** Every statement of the module on PostgreSQL. */
class ProposalLifeOnPostgresTest extends ProposalLifeTest {

    @Override
    Databases database() {
        return Databases.POSTGRESQL;
    }

    @Test
    void theseLivesAreLivedOnPostgreSql() {
        assertThat(world.jdbc.sql("select version()").query(String.class).single())
                .startsWith("PostgreSQL");
    }
}
