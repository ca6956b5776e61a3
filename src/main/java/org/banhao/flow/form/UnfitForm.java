package org.banhao.flow.form;

import java.util.List;

/** A form that leaves the subset whose rules mean the same in the browser and on the server. */
public final class UnfitForm extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    UnfitForm(List<String> problems) {
        super(String.join("", problems));
        this.problems = List.copyOf(problems);
    }

    /** Chinese sentences, one for each problem, never empty. */
    public List<String> problems() {
        return problems;
    }
}
