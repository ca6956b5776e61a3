package org.banhao.monitoring.rules.web;

import java.util.List;
import org.banhao.monitoring.domain.MonitoringRoles;
import org.banhao.monitoring.rules.domain.JudgingByHand;
import org.banhao.monitoring.rules.domain.ProductionOrders;
import org.banhao.monitoring.rules.domain.ThresholdBooks;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.springframework.stereotype.Component;

/** Who sees the pages of what readings are judged by, and where they stand in the frame. */
@Component
class RulePages implements PageRules, NavigationEntries {

    @Override
    public List<PageRule> rules() {
        List<String> readers = ThresholdBooks.readers();
        return List.of(
                new PageRule("*", "/monitoring/thresholds/**", readers),
                new PageRule("*", "/monitoring/try-out/**", readers),
                new PageRule("*", "/monitoring/exemptions/**", readers),
                new PageRule("*", "/monitoring/orders/**", ProductionOrders.enterers()),
                new PageRule("*", "/monitoring/judging", JudgingByHand.judges()));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        return MonitoringRoles.any(groups, ThresholdBooks.readers().toArray(String[]::new))
                ? List.of(new NavigationEntry("/monitoring/thresholds", "预警规则", Group.MONITORING, 605))
                : List.of();
    }
}
