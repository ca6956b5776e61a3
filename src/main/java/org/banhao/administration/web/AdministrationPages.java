package org.banhao.administration.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who sees these pages, and where they stand in the frame. */
@Component
class AdministrationPages implements PageRules, NavigationEntries {

    @Override
    public List<PageRule> rules() {
        List<String> rules = List.of(Roles.RULES_ADMINISTRATOR);
        List<String> system = List.of(Roles.SYSTEM_ADMINISTRATOR);
        List<String> audit = List.of(Roles.AUDIT_ADMINISTRATOR);
        return List.of(
                new PageRule("GET", "/admin.css", List.of()),
                new PageRule("GET", "/admin/calendar", rules),
                new PageRule("POST", "/admin/calendar/preview", rules),
                new PageRule("POST", "/admin/calendar/adopt", rules),
                new PageRule("GET", "/admin/deadlines", rules),
                new PageRule("POST", "/admin/deadlines", rules),
                new PageRule("POST", "/admin/deadlines/retraction", rules),
                new PageRule("GET", "/admin/reminders", rules),
                new PageRule("POST", "/admin/reminders/**", rules),
                new PageRule("GET", "/admin/migrations", rules),
                new PageRule("GET", "/admin/migrations/*", rules),
                new PageRule("POST", "/admin/migrations/*", rules),
                new PageRule("GET", "/admin/audit", audit),
                new PageRule("GET", "/admin/audit/audit.csv", audit),
                new PageRule("GET", "/admin/mailbox", system),
                new PageRule("GET", "/admin/mailbox/*", system),
                new PageRule("POST", "/admin/mailbox/*/retry", system),
                new PageRule("POST", "/admin/mailbox/links", system),
                new PageRule("GET", "/admin/jobs", system),
                new PageRule("POST", "/admin/jobs/*/retry", system));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        List<NavigationEntry> entries = new ArrayList<>();
        if (groups.contains(Roles.RULES_ADMINISTRATOR)) {
            entries.add(new NavigationEntry("/admin/calendar", "工作日历", Group.ADMINISTRATION, 800));
            entries.add(new NavigationEntry("/admin/deadlines", "办理时限", Group.ADMINISTRATION, 810));
            entries.add(new NavigationEntry("/admin/reminders", "催办规则", Group.ADMINISTRATION, 815));
            entries.add(new NavigationEntry("/admin/migrations", "在办案件迁移", Group.ADMINISTRATION, 818));
        }
        if (groups.contains(Roles.SYSTEM_ADMINISTRATOR)) {
            entries.add(new NavigationEntry("/admin/mailbox", "通知信箱", Group.ADMINISTRATION, 820));
            entries.add(new NavigationEntry("/admin/jobs", "停下的自动步骤", Group.ADMINISTRATION, 825));
        }
        if (groups.contains(Roles.AUDIT_ADMINISTRATOR)) {
            entries.add(new NavigationEntry("/admin/audit", "审计记录", Group.ADMINISTRATION, 830));
        }
        return entries;
    }
}
