package org.banhao.people;

/** Published synchronously in the transaction of the use case, for those who tell people. */
public sealed interface AbsenceEvent {

    Absence absence();

    record Entered(Absence absence) implements AbsenceEvent {}

    /** Back early, or called off. */
    record Ended(Absence absence) implements AbsenceEvent {}
}
