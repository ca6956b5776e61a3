package org.banhao.casefile;

import org.jspecify.annotations.Nullable;

/** Who must keep out of a step although he could stand in for the person it waits for. Implemented above as a bean per kind of case. */
public interface CaseInterests {

    /** {@code TA} */
    String kind();

    /** Why not, as the end of a sentence without a stop: 是本案的提案者; null: nothing speaks against it. Reads only. */
    @Nullable
    String against(String caseNumber, String process, String instanceId, String task, String personId);

    /**
     * Why he must keep out of a step of his own because of what he did in another's place before, also after that one is back; as the end
     * of a sentence without a stop: 已代李四办理本案的起草. Asked of every kind with each answer, so it looks at the step first. Reads only.
     */
    @Nullable
    String againstOwn(String caseNumber, String process, String instanceId, String task, String personId);
}
