package org.banhao.whole;

class WorkingOffPilesOnH2Test extends OnH2 implements WorkingOffPiles {}
