package org.banhao.whole;

class HandlingOnH2Test extends OnH2 implements Handling {}
