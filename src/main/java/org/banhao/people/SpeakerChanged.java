package org.banhao.people;

/**
 * Another account speaks for a member or an organisation from now on. Published synchronously in the transaction of the change; who
 * holds what waits for the one before hands it over. The one before may go on reading what he handed in.
 */
public record SpeakerChanged(String memberId, String before, String now) {}
