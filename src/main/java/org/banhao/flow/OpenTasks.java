package org.banhao.flow;

import java.util.List;

/** What the engine says is open at this moment; for reconciling copies of it, never for lists people wait for. */
public interface OpenTasks {
    /** Every open task of every instance, suspended ones too, each as the event of its present state ({@code first} false). */
    List<StepEvent.StepOffered> all();
}
