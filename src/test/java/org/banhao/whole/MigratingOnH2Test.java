package org.banhao.whole;

import org.junit.jupiter.api.Tag;

@Tag("full")
class MigratingOnH2Test extends OnH2 implements Migrating {}
