package org.banhao.whole;

class OtherPilesOnH2Test extends OnH2 implements OtherPiles {}
