package org.banhao.whole;

import org.junit.jupiter.api.Tag;

@Tag("full")
class MigratingOnPostgresTest extends OnPostgres implements Migrating {}
