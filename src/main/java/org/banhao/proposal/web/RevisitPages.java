package org.banhao.proposal.web;

import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who may call the page of look-backs; a proposer's word is under {@code /my}. */
@Component
class RevisitPages implements PageRules, NavigationEntries {

    private static final List<String> COMMITTEE = List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("*", "/proposals/revisits", COMMITTEE),
                new PageRule("*", "/proposals/revisits/**", COMMITTEE));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        return groups.stream().anyMatch(COMMITTEE::contains)
                ? List.of(new NavigationEntry("/proposals/revisits", "回头看", Group.PROPOSALS, 238))
                : List.of();
    }
}
