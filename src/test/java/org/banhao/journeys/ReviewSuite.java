package org.banhao.journeys;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Journeys that share one application. */
@Suite
@SelectClasses({
    ReviewJourneyTest.class,
    AssignmentJourneyTest.class,
    PileJourneyTest.class,
    OtherPilesJourneyTest.class,
    SignOnJourneyTest.class
})
class ReviewSuite {}
