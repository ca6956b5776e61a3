package org.banhao.flow;

import java.util.List;

/** Do these documents belong to this person and this step? Implemented by {@code casefile} over {@code document}. */
public interface StepFiles {

    boolean owned(Step step, List<String> documentIds);
}
