package org.banhao.whole;

class MigratingOnH2Test extends OnH2 implements Migrating {}
