package org.banhao.whole;

class MigratingOnPostgresTest extends OnPostgres implements Migrating {}
