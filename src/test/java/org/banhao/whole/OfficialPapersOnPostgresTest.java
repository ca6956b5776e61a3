package org.banhao.whole;

class OfficialPapersOnPostgresTest extends OnPostgres implements OfficialPapers {}
