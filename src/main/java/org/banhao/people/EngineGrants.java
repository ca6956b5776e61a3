package org.banhao.people;

import java.util.List;
import java.util.Set;

/**
 * Rights in the engine that a module needs, written once at start. Beans of the modules; a grant that is already there
 * is left alone, one with other permissions is set to those listed.
 */
public interface EngineGrants {

    List<EngineGrant> grants();

    /**
     * @param group group id, such as {@link Roles#STAFF}
     * @param resource the engine's name of the resource, such as {@code PROCESS_DEFINITION}
     * @param resourceId such as the key of a process, or {@code *}
     * @param permissions the engine's names of the permissions, such as {@code READ}, {@code CREATE_INSTANCE}
     */
    record EngineGrant(String group, String resource, String resourceId, Set<String> permissions) {}

    /** What it takes that the group may start the process by its form in Tasklist. */
    static List<EngineGrant> startable(String process, String group) {
        return List.of(
                new EngineGrant(group, "PROCESS_DEFINITION", process, Set.of("READ", "CREATE_INSTANCE")),
                new EngineGrant(group, "PROCESS_INSTANCE", "*", Set.of("CREATE")));
    }
}
