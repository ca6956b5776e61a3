package org.banhao.whole;

class RealTitlesOnPostgresTest extends OnPostgres implements RealTitles {}
