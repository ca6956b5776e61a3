package org.banhao.whole;

class NumbersUnderLoadOnPostgresTest extends OnPostgres implements NumbersUnderLoad {}
