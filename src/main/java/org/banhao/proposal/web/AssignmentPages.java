package org.banhao.proposal.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who may call the pages of assignment; whose case it is, the use cases check themselves. */
@Component
class AssignmentPages implements PageRules, NavigationEntries {

    private static final List<String> OFFICES = List.of(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER);
    private static final List<String> LIAISONS = List.of("*.liaison");

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("*", "/proposals/assignment", OFFICES),
                new PageRule("*", "/proposals/assignment/**", OFFICES),
                new PageRule("*", "/proposals/unit-word", LIAISONS),
                new PageRule("*", "/proposals/unit-word/**", LIAISONS),
                new PageRule("*", "/proposals/unit-assignments", LIAISONS),
                new PageRule("*", "/proposals/unit-assignments/**", LIAISONS));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        List<NavigationEntry> entries = new ArrayList<>();
        if (groups.stream().anyMatch(OFFICES::contains)) {
            entries.add(new NavigationEntry("/proposals/assignment", "审查协商与交办", Group.PROPOSALS, 250));
            entries.add(new NavigationEntry("/proposals/assignment/succession", "职责划转", Group.PROPOSALS, 255));
        }
        if (groups.stream().anyMatch(group -> group.endsWith(".liaison"))) {
            entries.add(new NavigationEntry("/proposals/unit-word", "交办前意见", Group.PROPOSALS, 260));
            entries.add(new NavigationEntry("/proposals/unit-assignments", "本单位承办", Group.PROPOSALS, 265));
        }
        return entries;
    }
}
