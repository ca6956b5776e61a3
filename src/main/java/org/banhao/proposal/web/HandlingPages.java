package org.banhao.proposal.web;

import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who may call the pages of handling; in whose cases he may enter something, the use cases check themselves. */
@Component
class HandlingPages implements PageRules, NavigationEntries {

    private static final List<String> UNITS = List.of("*.handler", "*.liaison");
    private static final List<String> COMMITTEE = List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
    private static final List<String> UNITS_AND_COMMITTEE =
            List.of("*.handler", "*.liaison", Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("*", "/proposals/consultations/**", UNITS_AND_COMMITTEE),
                new PageRule("*", "/proposals/extensions/**", UNITS),
                new PageRule("*", "/proposals/result-classes", COMMITTEE));
    }

    /** The other pages are reached from the page of the case they are about. */
    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        return groups.stream().anyMatch(COMMITTEE::contains)
                ? List.of(new NavigationEntry("/proposals/result-classes", "办理结果类别", Group.PROPOSALS, 245))
                : List.of();
    }
}
