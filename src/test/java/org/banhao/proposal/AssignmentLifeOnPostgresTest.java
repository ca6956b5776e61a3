package org.banhao.proposal;

import org.banhao.testing.Databases;

/** Every statement of assignment on PostgreSQL. */
class AssignmentLifeOnPostgresTest extends AssignmentLifeTest {

    @Override
    Databases database() {
        return Databases.POSTGRESQL;
    }
}
