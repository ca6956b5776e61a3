package org.banhao.whole;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Many cases, many people at a time, in one application on H2. */
@Suite
@SelectClasses({
    WorkingOffPilesOnH2Test.class,
    NumbersUnderLoadOnH2Test.class,
    RealTitlesOnH2Test.class,
    HouseRulesOnH2Test.class,
    OtherPilesOnH2Test.class
})
class CrowdsOnH2Suite {}
