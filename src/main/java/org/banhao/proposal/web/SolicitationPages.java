package org.banhao.proposal.web;

import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who may call the page of solicitation; topics under {@code /my} are for those who propose. */
@Component
class SolicitationPages implements PageRules, NavigationEntries {

    private static final List<String> COMMITTEE = List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("*", "/proposals/solicitation", COMMITTEE),
                new PageRule("*", "/proposals/solicitation/**", COMMITTEE));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        return groups.stream().anyMatch(COMMITTEE::contains)
                ? List.of(new NavigationEntry("/proposals/solicitation", "提案征集", Group.PROPOSALS, 205))
                : List.of();
    }
}
