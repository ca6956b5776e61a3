package org.banhao.casefile.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.banhao.casefile.MeetingKind;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/**
 * Everybody signed in may ask for a case, a document or a meeting; what is answered depends on it (see {@code Dossiers},
 * {@code StoredMeetings}). Suspending is the
 * system administrator's.
 */
@Component
class CasefilePageRules implements PageRules, NavigationEntries {
    private static final List<String> OF_MEETINGS = Arrays.stream(MeetingKind.values())
            .flatMap(kind -> kind.roles().stream())
            .distinct()
            .toList();
    private static final List<String> OF_PILES = List.of(Roles.STAFF);
    /** Who of them keeps the file of a case is asked of the case. */
    static final List<String> OF_ARCHIVE = List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);

    private static final List<String> OF_SUSPENSIONS = List.of(Roles.SYSTEM_ADMINISTRATOR);

    /** Who has cases to look for; administrators have none. */
    private static final List<String> OF_CASES =
            List.of(Roles.STAFF, Roles.MEMBER, Roles.ORGANIZATION_CONTACT, Roles.SECTOR_CONVENER);

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("GET", "/cases/**", List.of()),
                new PageRule("POST", "/cases/*/papers/*/versions", List.of()),
                new PageRule("POST", "/cases/*/links", List.of()),
                new PageRule("POST", "/cases/*/links/ended", List.of()),
                new PageRule("POST", "/cases/views", List.of()),
                new PageRule("POST", "/cases/views/**", List.of()),
                new PageRule("POST", "/cases/chase", List.of()),
                new PageRule("GET", "/casefile.js", List.of()),
                new PageRule("GET", "/cases.js", List.of()),
                new PageRule("GET", "/cases.css", List.of()),
                new PageRule("*", "/meetings", OF_MEETINGS),
                new PageRule("*", "/meetings/**", OF_MEETINGS),
                new PageRule("GET", "/retractions", List.of()),
                new PageRule("POST", "/retractions/*", List.of()),
                new PageRule("GET", "/api/retractions", List.of()),
                new PageRule("POST", "/api/retractions/*", List.of()),
                new PageRule("*", "/api/piles/**", OF_PILES),
                new PageRule("GET", "/batch.js", List.of()),
                new PageRule("GET", "/batch.css", List.of()),
                new PageRule("GET", "/archive", OF_ARCHIVE),
                new PageRule("POST", "/archive/packages", OF_ARCHIVE),
                new PageRule("POST", "/api/archive", OF_ARCHIVE),
                new PageRule("POST", "/api/archive/out", OF_ARCHIVE),
                new PageRule("POST", "/api/documents", List.of()),
                new PageRule("GET", "/api/documents/*", List.of()),
                new PageRule("GET", "/api/documents/*/pdf", List.of()),
                new PageRule("DELETE", "/api/documents/*", List.of()),
                new PageRule("*", "/admin/suspensions", OF_SUSPENSIONS),
                new PageRule("*", "/admin/suspensions/**", OF_SUSPENSIONS));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        List<NavigationEntry> entries = new ArrayList<>();
        if (groups.stream().anyMatch(OF_CASES::contains)) entries.add(new NavigationEntry("/cases", "案件", 195));
        if (Arrays.stream(MeetingKind.values()).anyMatch(kind -> kind.readBy(groups))) {
            entries.add(new NavigationEntry("/meetings", "会议", Group.MEETINGS, 230));
        }
        if (groups.contains(Roles.STAFF)) {
            entries.add(new NavigationEntry("/camunda/app/tasklist/default/#/pile", "成批办理", 15));
        }
        if (groups.contains(Roles.STAFF)) entries.add(new NavigationEntry("/retractions", "刚刚提交", Group.OWN, 991));
        if (groups.contains(Roles.SYSTEM_ADMINISTRATOR)) {
            entries.add(new NavigationEntry("/admin/suspensions", "暂停办理", Group.ADMINISTRATION, 930));
        }
        return entries;
    }
}
