package org.banhao.journeys;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Journeys that share one application. */
@Suite
@SelectClasses({
    ScreensJourneyTest.class,
    ReplyJourneyTest.class,
    FilingJourneyTest.class,
    CompositionJourneyTest.class,
    PrintJourneyTest.class
})
class ScreensSuite {}
