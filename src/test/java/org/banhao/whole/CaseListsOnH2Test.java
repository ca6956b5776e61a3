package org.banhao.whole;

class CaseListsOnH2Test extends OnH2 implements CaseLists, RosterTables {}
