package org.banhao.casefile;

/** Seen from the asked case: {@code outgoing} tells the direction. */
public record CaseLink(
        String kind, String kindName, boolean outgoing, String number, String title, String statusName) {}
