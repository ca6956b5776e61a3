package org.banhao.people;

import java.util.List;

/** Who may call which own pages. Beans of the modules; what no rule names is denied. */
public interface PageRules {

    List<PageRule> rules();

    /**
     * @param method GET, POST …, or * for all
     * @param pattern Spring path pattern such as {@code /my/**}
     * @param groups group ids, or {@code *.liaison} for a role in any unit; empty: everybody signed in
     */
    record PageRule(String method, String pattern, List<String> groups) {}
}
