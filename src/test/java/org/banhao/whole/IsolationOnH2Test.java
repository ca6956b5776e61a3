package org.banhao.whole;

class IsolationOnH2Test extends OnH2 implements Isolation {}
