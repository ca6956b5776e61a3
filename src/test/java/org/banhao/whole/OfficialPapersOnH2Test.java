package org.banhao.whole;

class OfficialPapersOnH2Test extends OnH2 implements OfficialPapers {}
