package org.banhao.whole;

class RealTitlesOnH2Test extends OnH2 implements RealTitles {}
