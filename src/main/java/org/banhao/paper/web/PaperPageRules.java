package org.banhao.paper.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who issues papers comes to these pages; which papers are his, the use cases check themselves. Templates are the rules administrator's. */
@Component
class PaperPageRules implements PageRules, NavigationEntries {

    private static final List<String> DESKS = List.of(
            Roles.PROPOSAL_CLERK,
            Roles.COMMITTEE_DIRECTOR,
            Roles.PARTY_OFFICE_ASSIGNER,
            Roles.GOVERNMENT_OFFICE_ASSIGNER,
            Roles.ASSIGNING_OFFICE_LEADER,
            "*.liaison",
            "*.handler");

    @Override
    public List<PageRule> rules() {
        List<String> rules = List.of(Roles.RULES_ADMINISTRATOR);
        return List.of(
                new PageRule("*", "/papers", DESKS),
                new PageRule("*", "/papers/**", DESKS),
                new PageRule("*", "/admin/papers", rules),
                new PageRule("*", "/admin/papers/**", rules));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        List<NavigationEntry> entries = new ArrayList<>();
        if (groups.stream()
                .anyMatch(group -> DESKS.contains(group) || group.endsWith(".liaison") || group.endsWith(".handler"))) {
            entries.add(new NavigationEntry("/papers", "公文", 260));
        }
        if (groups.contains(Roles.RULES_ADMINISTRATOR)) {
            entries.add(new NavigationEntry("/admin/papers", "公文模板", Group.ADMINISTRATION, 816));
        }
        return entries;
    }
}
