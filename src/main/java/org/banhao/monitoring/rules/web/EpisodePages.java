package org.banhao.monitoring.rules.web;

import java.util.List;
import org.banhao.monitoring.rules.domain.EpisodeDesk;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.springframework.stereotype.Component;

/** Who sees these pages, and where they stand in the frame. */
@Component
class EpisodePages implements PageRules, NavigationEntries {

    @Override
    public List<PageRule> rules() {
        List<String> readers =
                EpisodeDesk.READERS.stream().map(role -> "*." + role).toList();
        return List.of(
                new PageRule("GET", "/episodes.css", List.of()),
                new PageRule("GET", "/monitoring/episodes", readers),
                new PageRule("GET", "/monitoring/episodes/*", readers));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        boolean reads = groups.stream()
                .anyMatch(group -> group.indexOf('.') > 0
                        && EpisodeDesk.READERS.contains(group.substring(group.indexOf('.') + 1)));
        return reads ? List.of(new NavigationEntry("/monitoring/episodes", "监测预警", 590)) : List.of();
    }
}
