package org.banhao.whole;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Lives of proposals, which share one application on H2. */
@Suite
@SelectClasses(
        value = {
            DraftConflictTest.class,
            ReviewersAdviceTest.class,
            SessionEndTest.class,
            HandlingOnH2Test.class,
            RetractionOnH2Test.class,
            SelectionAndRevisitOnH2Test.class,
            StoriesOnH2Test.class
        },
        names = "org.banhao.proposal.WaysBackTest")
class LivesOnH2Suite {}
