package org.banhao.whole;

class BadInputOnPostgresTest extends OnPostgres implements BadInput, ForeignText {}
