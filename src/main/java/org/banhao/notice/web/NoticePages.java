package org.banhao.notice.web;

import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Everybody has settings of his own. */
@Component
class NoticePages implements PageRules, NavigationEntries {

    /** Whether somebody chases, and what, is asked of the cases. */
    private static final List<String> OF_CHASE = List.of(Roles.STAFF);

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("GET", "/settings", List.of()),
                new PageRule("POST", "/settings", List.of()),
                new PageRule("GET", ChasePage.PAGE, OF_CHASE),
                new PageRule("POST", "/api/chases/**", OF_CHASE));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        return List.of(new NavigationEntry("/settings", "通知设置", Group.OWN, 995));
    }
}
