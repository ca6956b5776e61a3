package org.banhao.notice;

import java.time.Instant;
import java.util.Optional;

/**
 * A kind of act for which one-time links are sent (一次性链接). Implemented above as a bean per kind; reads only, in the caller's
 * transaction. The act itself is the ordinary use case.
 */
public interface LinkedAct {

    /** {@code feedback} */
    String kind();

    /** Until when the act waits for that person; empty: it does not, or not any more. */
    Optional<Instant> due(String caseNumber, String subject, String personId);

    /** What was decided when the act is done, by this person or in his name, whichever way; empty otherwise. */
    Optional<Decided> decided(String caseNumber, String subject, String personId);

    /** @param what without the text of anything: 确认联名 */
    record Decided(String what, Instant at) {}
}
