package org.banhao.notice;

import java.util.List;

/** Who watches over the steps of a kind of case from above. Implemented above as a bean per kind; reads only. */
public interface CaseWatch {

    /** {@code TA} */
    String kind();

    /**
     * Groups of the office in whose charge the step is.
     *
     * @param owners groups the step was offered to; empty when it is one person's
     */
    List<String> office(String caseNumber, List<String> owners);

    /** Groups of those above that office. */
    List<String> leaders(String caseNumber, List<String> owners);
}
