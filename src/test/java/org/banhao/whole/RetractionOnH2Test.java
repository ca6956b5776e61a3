package org.banhao.whole;

class RetractionOnH2Test extends OnH2 implements Retraction {}
