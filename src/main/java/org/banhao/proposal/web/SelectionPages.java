package org.banhao.proposal.web;

import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who may call the page of key proposals; what he sees and may do there, the use cases say. */
@Component
class SelectionPages implements PageRules, NavigationEntries {

    private static final List<String> READERS = List.of(
            Roles.PROPOSAL_CLERK,
            Roles.COMMITTEE_DIRECTOR,
            Roles.MEETING_SECRETARY,
            Roles.SUPERVISING_CHAIR,
            Roles.LEADING_OFFICIAL);
    private static final List<String> COMMITTEE = List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
    private static final List<String> DIRECTORS = List.of(Roles.COMMITTEE_DIRECTOR);
    private static final List<String> SECRETARIES = List.of(Roles.MEETING_SECRETARY);

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("GET", "/proposals/key", READERS),
                new PageRule("POST", "/proposals/key", COMMITTEE),
                new PageRule("POST", "/proposals/key/rule", COMMITTEE),
                new PageRule("POST", "/proposals/key/{topic}/drop", COMMITTEE),
                new PageRule("POST", "/proposals/key/{topic}/revocation", DIRECTORS),
                new PageRule("POST", "/proposals/key/passed", SECRETARIES),
                new PageRule("POST", "/proposals/key/decisions", SECRETARIES));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        return groups.stream().anyMatch(READERS::contains)
                ? List.of(new NavigationEntry("/proposals/key", "重点提案", Group.PROPOSALS, 235))
                : List.of();
    }
}
