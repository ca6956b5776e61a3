package org.banhao.whole;

class OwnPagesOnPostgresTest extends OnPostgres implements OwnPages, Dossier, MonitoringFigures {}
