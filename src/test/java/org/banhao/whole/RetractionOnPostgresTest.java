package org.banhao.whole;

class RetractionOnPostgresTest extends OnPostgres implements Retraction {}
