package org.banhao.proposal;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Lives of a proposal in its module alone, a world for each database. */
@Suite
@SelectClasses({
    ProposalLifeTest.class,
    AssignmentLifeTest.class,
    ProposalLifeOnPostgresTest.class,
    AssignmentLifeOnPostgresTest.class
})
class ProposalLivesSuite {}
