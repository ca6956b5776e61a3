package org.banhao.whole;

class StoriesOnPostgresTest extends OnPostgres implements FeedbackStories, Lives {}
