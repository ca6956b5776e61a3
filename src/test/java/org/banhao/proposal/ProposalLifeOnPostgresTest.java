package org.banhao.proposal;

import org.banhao.testing.Databases;

/** Every statement of the module on PostgreSQL. */
class ProposalLifeOnPostgresTest extends ProposalLifeTest {

    @Override
    Databases database() {
        return Databases.POSTGRESQL;
    }
}
