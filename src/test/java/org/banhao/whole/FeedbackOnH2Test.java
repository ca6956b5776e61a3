package org.banhao.whole;

class FeedbackOnH2Test extends OnH2 implements FeedbackStories {}
