package org.banhao.notice.web;

import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.springframework.stereotype.Component;

/** Everybody has settings of his own. */
@Component
class NoticePages implements PageRules, NavigationEntries {

    @Override
    public List<PageRule> rules() {
        return List.of(new PageRule("GET", "/settings", List.of()), new PageRule("POST", "/settings", List.of()));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        return List.of(new NavigationEntry("/settings", "通知设置", Group.OWN, 995));
    }
}
