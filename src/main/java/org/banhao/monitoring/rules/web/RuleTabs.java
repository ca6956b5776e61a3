package org.banhao.monitoring.rules.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.monitoring.domain.MonitoringRoles;
import org.banhao.monitoring.rules.domain.JudgingByHand;
import org.banhao.monitoring.rules.domain.ProductionOrders;
import org.banhao.people.SignedIn;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What stands above each page of the rules: the way to the others, as far as the person may go there. */
@Component
class RuleTabs {

    private final SignedIn signedIn;

    RuleTabs(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    record Tab(String href, String label, boolean current) {}

    void show(Model model, String current) {
        List<Tab> tabs = new ArrayList<>();
        add(tabs, "/monitoring/thresholds", "预警阈值", current);
        add(tabs, "/monitoring/try-out", "阈值试算", current);
        add(tabs, "/monitoring/exemptions", "启停豁免时段", current);
        if (any(ProductionOrders.enterers())) add(tabs, "/monitoring/orders", "停产限产要求", current);
        if (any(JudgingByHand.judges())) add(tabs, "/monitoring/judging", "重新判定", current);
        model.addAttribute("tabs", tabs);
    }

    private boolean any(List<String> wanted) {
        return MonitoringRoles.any(signedIn.groups(), wanted.toArray(String[]::new));
    }

    private static void add(List<Tab> tabs, String href, String label, String current) {
        tabs.add(new Tab(href, label, href.equals(current)));
    }
}
