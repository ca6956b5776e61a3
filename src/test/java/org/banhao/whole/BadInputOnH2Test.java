package org.banhao.whole;

class BadInputOnH2Test extends OnH2 implements BadInput, ForeignText {}
