package org.banhao.proposal.process;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Paths of all models, each on a bare engine of its own name. */
@Suite
@SelectClasses({
    ProposalTest.class,
    ProposalReviewTest.class,
    ProposalAssignmentTest.class,
    ProposalHandlingTest.class,
    ProposalExtensionTest.class,
    ProposalFeedbackTest.class,
    ProposalAcceptanceTest.class,
    ProposalRevisitTest.class,
    ProposalSolicitationTest.class,
    ProposalMockTest.class
})
class PathsSuite {}
