package org.banhao.whole;

class FeedbackOnPostgresTest extends OnPostgres implements FeedbackStories {}
