package org.banhao.whole;

class SelectionAndRevisitOnH2Test extends OnH2 implements SelectionAndRevisit, MockSessions, MeetingRecords {}
