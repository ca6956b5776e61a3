package org.banhao.proposal.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who may call this module's pages; whose proposal it is, the use cases check themselves. */
@Component
class ProposalPages implements PageRules, NavigationEntries {

    private static final List<String> PROPOSERS =
            List.of(Roles.MEMBER, Roles.ORGANIZATION_CONTACT, Roles.SECTOR_CONVENER);
    private static final List<String> CLERKS = List.of(Roles.PROPOSAL_CLERK);
    private static final List<String> COMMITTEE = List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
    private static final List<String> SECRETARIES = List.of(Roles.MEETING_SECRETARY);

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("*", "/my", PROPOSERS),
                new PageRule("*", "/my/**", PROPOSERS),
                new PageRule("*", "/proposals/on-behalf", CLERKS),
                new PageRule("*", "/proposals/on-behalf/**", CLERKS),
                new PageRule("*", "/proposals/register", CLERKS),
                new PageRule("*", "/proposals/register/**", CLERKS),
                new PageRule("*", "/proposals/merged", CLERKS),
                new PageRule("*", "/proposals/merged/**", CLERKS),
                new PageRule("GET", "/proposals/notices", CLERKS),
                new PageRule("GET", "/proposals/notices/**", CLERKS),
                new PageRule("POST", "/api/notice-handovers/**", CLERKS),
                new PageRule("GET", "/proposals/deliveries", COMMITTEE),
                new PageRule("POST", "/proposals/deliveries/**", CLERKS),
                new PageRule("*", "/proposals/meetings", SECRETARIES),
                new PageRule("*", "/proposals/meetings/**", SECRETARIES),
                new PageRule("*", "/proposals/feedback", COMMITTEE),
                new PageRule("*", "/proposals/feedback/**", COMMITTEE),
                new PageRule("*", "/proposals/sessions", COMMITTEE),
                new PageRule("*", "/proposals/sessions/**", COMMITTEE),
                new PageRule("GET", "/assets/proposal/*", List.of()));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        List<NavigationEntry> entries = new ArrayList<>();
        if (groups.stream().anyMatch(PROPOSERS::contains)) {
            entries.add(new NavigationEntry("/my", "我的提案", 100));
        }
        if (groups.contains(Roles.PROPOSAL_CLERK)) {
            entries.add(new NavigationEntry("/proposals/on-behalf", "代录入", Group.PROPOSALS, 210));
            entries.add(new NavigationEntry("/proposals/merged", "并案", Group.PROPOSALS, 215));
            entries.add(new NavigationEntry("/proposals/register", "立案编号", Group.PROPOSALS, 220));
            entries.add(new NavigationEntry("/proposals/notices", "通知清单", Group.PROPOSALS, 225));
        }
        if (groups.contains(Roles.MEETING_SECRETARY)) {
            entries.add(new NavigationEntry("/proposals/meetings", "会议审议", Group.MEETINGS, 229));
        }
        if (groups.stream().anyMatch(COMMITTEE::contains)) {
            entries.add(new NavigationEntry("/proposals/feedback", "反馈", Group.PROPOSALS, 235));
            entries.add(new NavigationEntry("/proposals/sessions", "届次", Group.PROPOSALS, 240));
        }
        return entries;
    }
}
