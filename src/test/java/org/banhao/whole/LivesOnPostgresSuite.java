package org.banhao.whole;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Lives of proposals, which share one application on PostgreSQL. */
@Suite
@SelectClasses({
    HandlingOnPostgresTest.class,
    RetractionOnPostgresTest.class,
    SelectionAndRevisitOnPostgresTest.class,
    StoriesOnPostgresTest.class
})
class LivesOnPostgresSuite {}
