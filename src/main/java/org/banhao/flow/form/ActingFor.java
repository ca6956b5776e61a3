package org.banhao.flow.form;

import java.util.List;
import org.camunda.bpm.engine.impl.identity.Authentication;

/**
 * To the engine the absent person acts, with his rights on his task: so it stays his, is his again when he is back, and no right of
 * another kind is lent. Everything that is told and recorded names who really did it ({@link Steps}).
 */
public final class ActingFor extends Authentication {
    private static final long serialVersionUID = 1L;

    private final String person;

    /** @param person who stands in */
    public ActingFor(String person, String absent, List<String> groups) {
        super(absent, groups, List.of());
        this.person = person;
    }

    public String person() {
        return person;
    }
}
