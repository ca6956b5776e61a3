package org.banhao.whole;

class OwnPagesOnH2Test extends OnH2 implements OwnPages, Dossier, MonitoringFigures {}
