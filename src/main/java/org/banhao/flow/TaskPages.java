package org.banhao.flow;

import java.util.List;

/**
 * Tasklist's filters, list and count, answered from our own table in place of the engine's queries.
 * Implemented by {@code casefile}; called with the signed-in person and his groups of this moment.
 */
public interface TaskPages {

    /** The filters of the person's roles as Tasklist wants them: JSON array of filter objects with {@code properties} and {@code itemCount}. */
    String filters(String person, List<String> groups, boolean withCounts);

    /** One page in HAL, shape as in engine/form-contract: {@code _embedded.task}, {@code count}. */
    String page(String person, List<String> groups, String filterId, String queryJson, int first, int max);

    long count(String person, List<String> groups, String filterId, String queryJson);
}
