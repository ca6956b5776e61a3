package org.banhao.whole;

class OtherPilesOnPostgresTest extends OnPostgres implements OtherPiles {}
