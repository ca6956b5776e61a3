package org.banhao.whole;

class CaseListsOnPostgresTest extends OnPostgres implements CaseLists, RosterTables {}
