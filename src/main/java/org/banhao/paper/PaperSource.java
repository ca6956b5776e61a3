package org.banhao.paper;

import java.util.List;
import java.util.Optional;

/** What a kind of case puts on paper. Beans of the modules above; asked inside the caller's transaction, and change nothing. */
public interface PaperSource {

    /** In the order in which pages name them. */
    List<PaperKind> kinds();

    /** Everything of this case that a paper could be about now, whoever issues it. */
    List<PaperSubject> ofCase(String caseNumber);

    /** Of the present session: papers about the whole of it. */
    List<PaperSubject> ofSession();

    /** Of the present session, all of that kind, for making many at once; empty for kinds that are made one by one. */
    List<PaperSubject> all(String kind);

    /** Codes of kinds of which people of these groups make many at once. */
    List<String> manyAtOnce(List<String> groups);

    /** Empty: there is no such thing any more. */
    Optional<PaperSubject> find(String kind, String key);

    PaperFacts facts(PaperSubject subject);

    /** Who would sign it (签发人) as far as the case tells; empty: it does not. */
    String signer(String kind, String key);

    /** Organs in whose name people of these groups make papers. */
    List<String> issuersOf(List<String> groups);

    /** That number was given by hand, before or beside the series here. */
    default boolean usedElsewhere(String issuer, String number) {
        return false;
    }
}
