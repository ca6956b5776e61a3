package org.banhao.flow;

/** What the form of one step shows. Implemented above {@code flow} as a bean; found by {@link Step#key()}. */
public interface FormData {

    String step();

    Shown shown(Step step);
}
