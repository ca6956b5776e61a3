package org.banhao.whole;

class SelectionAndRevisitOnPostgresTest extends OnPostgres
        implements SelectionAndRevisit, MockSessions, MeetingRecords {}
