package org.banhao.whole;

class IsolationOnPostgresTest extends OnPostgres implements Isolation {}
