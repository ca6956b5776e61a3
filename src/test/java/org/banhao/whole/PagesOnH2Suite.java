package org.banhao.whole;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What pages show and take, in one application on H2. */
@Suite
@SelectClasses({
    OwnPagesOnH2Test.class,
    CaseListsOnH2Test.class,
    OfficialPapersOnH2Test.class,
    AuditTrailOnH2Test.class,
    BadInputOnH2Test.class,
    IsolationOnH2Test.class
})
class PagesOnH2Suite {}
