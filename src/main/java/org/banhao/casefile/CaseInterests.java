package org.banhao.casefile;

import org.jspecify.annotations.Nullable;

/** Who must keep out of a step although he could stand in for the person it waits for. Implemented above as a bean per kind of case. */
public interface CaseInterests {

    /** {@code TA} */
    String kind();

    /** Why not, as the end of a sentence without a stop: 是本案的提案者; null: nothing speaks against it. Reads only. */
    @Nullable
    String against(String caseNumber, String process, String task, String personId);
}
