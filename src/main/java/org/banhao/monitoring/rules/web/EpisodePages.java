package org.banhao.monitoring.rules.web;

import java.util.List;
import org.banhao.monitoring.domain.MonitoringRoles;
import org.banhao.monitoring.rules.domain.EpisodeDesk;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.springframework.stereotype.Component;

/** Who sees these pages, and where they stand in the frame. */
@Component
class EpisodePages implements PageRules, NavigationEntries {

    @Override
    public List<PageRule> rules() {
        List<String> readers = EpisodeDesk.readers();
        return List.of(
                new PageRule("GET", "/episodes.css", List.of()),
                new PageRule("GET", "/monitoring/episodes", readers),
                new PageRule("GET", "/monitoring/episodes/*", readers),
                new PageRule("POST", "/monitoring/episodes/*/acknowledge", EpisodeDesk.onDuty()));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        boolean reads = MonitoringRoles.any(groups, EpisodeDesk.readers().toArray(String[]::new));
        return reads ? List.of(new NavigationEntry("/monitoring/episodes", "监测预警", 590)) : List.of();
    }
}
