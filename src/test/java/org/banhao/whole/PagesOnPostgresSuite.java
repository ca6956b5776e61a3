package org.banhao.whole;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What pages show and take, in one application on PostgreSQL. */
@Suite
@SelectClasses({
    OwnPagesOnPostgresTest.class,
    CaseListsOnPostgresTest.class,
    OfficialPapersOnPostgresTest.class,
    AuditTrailOnPostgresTest.class,
    BadInputOnPostgresTest.class,
    IsolationOnPostgresTest.class
})
class PagesOnPostgresSuite {}
