package org.banhao.casefile;

import java.util.List;
import org.banhao.base.Refusal;

/** 催办 by hand: whoever owes the next step of a case is told at once, beside the reminders that come by themselves. */
public interface CaseChase {

    /** Whether somebody in these groups watches over cases at all: others are not offered to chase. */
    boolean offered(List<String> groups);

    /**
     * Tells everybody who holds a waiting step of the case, or may take it; once a day for each step. A transaction of its own.
     *
     * @return how many people were told
     * @throws Refusal the case is not in his charge, rests, waits for nobody, or was chased today
     */
    int chase(String caseNumber, String personId, List<String> groups);
}
