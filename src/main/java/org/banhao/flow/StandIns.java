package org.banhao.flow;

import java.util.List;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn.Absent;
import org.jspecify.annotations.Nullable;

/** Who may do a task in another's place. Implemented by {@code casefile}; called with the signed-in person and his own groups. */
public interface StandIns {

    /**
     * Whose task it is that the person does while the other is away; null when it concerns himself, or nobody he stands in for.
     *
     * @throws Refusal it is an absent person's, but of a case he must keep out of
     */
    @Nullable
    Absent forTask(String taskId, String person, List<String> groups);

    /** @throws Refusal the person answers as himself what follows on a step he did in another's place */
    void requireOtherEyes(Step step);
}
