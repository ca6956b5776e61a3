package org.banhao.casefile;

/**
 * What a person did was retracted; everything stands as before. Published synchronously in the same transaction; who has told people
 * of it withdraws that, or refuses when it has left already.
 *
 * @param retraction as {@link Retractions.Pending#id()}
 */
public record AnswerRetracted(String retraction, String caseNumber) {}
