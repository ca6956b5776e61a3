package org.banhao.whole;

class NumbersUnderLoadOnH2Test extends OnH2 implements NumbersUnderLoad {}
