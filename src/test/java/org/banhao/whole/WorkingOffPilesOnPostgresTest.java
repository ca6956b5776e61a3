package org.banhao.whole;

class WorkingOffPilesOnPostgresTest extends OnPostgres implements WorkingOffPiles {}
