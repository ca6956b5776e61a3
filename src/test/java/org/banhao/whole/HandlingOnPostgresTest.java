package org.banhao.whole;

class HandlingOnPostgresTest extends OnPostgres implements Handling {}
