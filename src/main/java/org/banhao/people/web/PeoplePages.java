package org.banhao.people.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who may call this module's pages, and the drafts of {@code flow}, which cannot say so itself. */
@Component
class PeoplePages implements PageRules, NavigationEntries {

    static final List<String> ADMINISTRATORS = List.of(
            Roles.SYSTEM_ADMINISTRATOR,
            Roles.SECURITY_ADMINISTRATOR,
            Roles.AUDIT_ADMINISTRATOR,
            Roles.MODEL_ADMINISTRATOR,
            Roles.RULES_ADMINISTRATOR);

    private static final List<String> EVERYBODY = List.of();
    private static final List<String> OF_ACCOUNTS = List.of(Roles.SYSTEM_ADMINISTRATOR, Roles.SECURITY_ADMINISTRATOR);
    private static final List<String> THREE =
            List.of(Roles.SYSTEM_ADMINISTRATOR, Roles.SECURITY_ADMINISTRATOR, Roles.AUDIT_ADMINISTRATOR);
    private static final List<String> OF_UNITS = List.of(Roles.SYSTEM_ADMINISTRATOR);
    private static final List<String> OF_ABSENCES = List.of(Roles.STAFF, Roles.SYSTEM_ADMINISTRATOR);
    private static final List<String> OF_MEMBERS = List.of(Roles.SYSTEM_ADMINISTRATOR, Roles.PROPOSAL_CLERK);

    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("GET", "/", EVERYBODY),
                new PageRule("GET", "/api/navigation", EVERYBODY),
                new PageRule("POST", "/text-size", EVERYBODY),
                new PageRule("POST", "/api/text-size", EVERYBODY),
                new PageRule("GET", "/password", EVERYBODY),
                new PageRule("POST", "/password", EVERYBODY),
                new PageRule("GET", "/absence", EVERYBODY),
                new PageRule("POST", "/absence", EVERYBODY),
                new PageRule("POST", "/absence/*/end", EVERYBODY),
                new PageRule("GET", "/admin", ADMINISTRATORS),
                new PageRule("*", "/admin/people", OF_ACCOUNTS),
                new PageRule("*", "/admin/people/**", OF_ACCOUNTS),
                new PageRule("*", "/admin/resets", THREE),
                new PageRule("*", "/admin/resets/**", THREE),
                new PageRule("*", "/admin/units", OF_UNITS),
                new PageRule("*", "/admin/units/**", OF_UNITS),
                new PageRule("*", "/admin/members", OF_MEMBERS),
                new PageRule("*", "/admin/members/**", OF_MEMBERS),
                new PageRule("*", "/api/session", EVERYBODY),
                // flow knows nobody's rights; its controller asks whose step it is
                new PageRule("*", "/api/drafts/**", EVERYBODY),
                new PageRule("POST", "/api/steps/*/final", EVERYBODY));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        List<NavigationEntry> entries = new ArrayList<>();
        if (groups.contains(Roles.STAFF)) entries.add(new NavigationEntry("/camunda/app/tasklist/default/", "我的待办", 0));
        if (groups.stream().anyMatch(OF_ACCOUNTS::contains))
            entries.add(new NavigationEntry("/admin/people", "人员与账号", Group.ADMINISTRATION, 900));
        if (groups.stream().anyMatch(THREE::contains))
            entries.add(new NavigationEntry("/admin/resets", "密码重置申请", Group.ADMINISTRATION, 905));
        if (groups.contains(Roles.SYSTEM_ADMINISTRATOR))
            entries.add(new NavigationEntry("/admin/units", "单位", Group.ADMINISTRATION, 910));
        if (groups.stream().anyMatch(OF_MEMBERS::contains))
            entries.add(new NavigationEntry("/admin/members", "委员名册", Group.ADMINISTRATION, 920));
        if (groups.contains(Roles.SYSTEM_ADMINISTRATOR))
            entries.add(new NavigationEntry("/camunda/app/cockpit/default/", "流程监控", Group.ADMINISTRATION, 990));
        if (groups.stream().anyMatch(OF_ABSENCES::contains))
            entries.add(new NavigationEntry("/absence", "外出与代理", Group.OWN, 992));
        entries.add(new NavigationEntry("/password", "修改密码", Group.OWN, 1000));
        return entries;
    }
}
