package org.banhao.casefile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for meetings, and where their decisions are recorded and carried out. Implemented above as a bean per business. */
public interface MeetingBusiness {

    /** 提案终审 */
    String label();

    /** In the order of their numbers; empty: nothing waits for this kind of meeting. */
    List<Waiting> waiting(MeetingKind kind);

    /** Path of the page on which decisions of this meeting are recorded for all of them at once. */
    String page(Meeting meeting);

    /** @param caseNumber null: a topic of its own */
    record Waiting(@Nullable String caseNumber, String subject) {}
}
