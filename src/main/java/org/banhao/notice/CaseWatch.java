package org.banhao.notice;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.casefile.OpenStep;

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

    /** {@link #office} of many steps, by their task ids. A kind of which there are many answers in a constant number of statements. */
    default Map<String, List<String>> offices(Collection<OpenStep> steps) {
        Map<String, List<String>> all = new HashMap<>();
        steps.forEach(step -> all.put(step.taskId(), office(step.caseNumber(), step.groups())));
        return all;
    }

    /** Groups of those above that office. */
    List<String> leaders(String caseNumber, List<String> owners);
}
