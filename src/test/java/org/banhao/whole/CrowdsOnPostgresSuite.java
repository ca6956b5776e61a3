package org.banhao.whole;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Many cases, many people at a time, in one application on PostgreSQL. */
@Suite
@SelectClasses({
    WorkingOffPilesOnPostgresTest.class,
    NumbersUnderLoadOnPostgresTest.class,
    RealTitlesOnPostgresTest.class,
    HouseRulesOnPostgresTest.class,
    OtherPilesOnPostgresTest.class
})
class CrowdsOnPostgresSuite {}
