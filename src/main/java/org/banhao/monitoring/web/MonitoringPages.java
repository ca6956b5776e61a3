package org.banhao.monitoring.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.monitoring.domain.Access;
import org.banhao.monitoring.domain.Limits;
import org.banhao.monitoring.domain.MonitoringRoles;
import org.banhao.monitoring.domain.SimulatorDesk;
import org.banhao.people.NavigationEntries;
import org.banhao.people.PageRules;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Who sees these pages, and where they stand in the frame. */
@Component
class MonitoringPages implements PageRules, NavigationEntries {

    /** Who looks into packets: those who care for devices, on both sides of the line. */
    static String[] packets() {
        return new String[] {
            "*." + MonitoringRoles.DATA_ENGINEER,
            "*." + MonitoringRoles.DUTY_OFFICER,
            "*." + MonitoringRoles.COMMAND_LEAD,
            MonitoringRoles.CONTRACTOR,
            Roles.SYSTEM_ADMINISTRATOR
        };
    }

    private final SimulatorDesk simulator;

    MonitoringPages(SimulatorDesk simulator) {
        this.simulator = simulator;
    }

    @Override
    public List<PageRule> rules() {
        List<String> packets = List.of(packets());
        List<String> sees = Access.seers();
        List<String> keeps = Access.keepers();
        List<String> office = Access.branch();
        return List.of(
                new PageRule("POST", "/api/monitoring/frames/inspect", List.of()),
                // by name and password; the use case asks for the role
                new PageRule("POST", "/api/monitoring/readings", List.of()),
                new PageRule("GET", "/monitoring/frames", packets),
                new PageRule("POST", "/monitoring/frames", packets),
                new PageRule("*", "/monitoring/enterprises/**", sees),
                new PageRule("*", "/monitoring/outlets/**", sees),
                new PageRule("*", "/monitoring/devices/**", sees),
                new PageRule("GET", "/monitoring/papers/*", sees),
                new PageRule("GET", "/monitoring/limits", Limits.readers()),
                new PageRule("POST", "/monitoring/limits/**", Limits.keepers()),
                new PageRule("GET", "/monitoring/factors", Limits.readers()),
                new PageRule("POST", "/monitoring/factors/**", Limits.keepers()),
                new PageRule("*", "/monitoring/commands/**", keeps),
                new PageRule("*", "/monitoring/import/**", keeps),
                new PageRule("GET", "/monitoring.css", List.of()),
                new PageRule("GET", "/outlet.js", List.of()),
                new PageRule("GET", "/duty.js", List.of()),
                new PageRule("GET", "/monitoring/duty", office),
                new PageRule("GET", "/monitoring/duty/now", office),
                new PageRule("GET", "/monitoring/reports/daily", office),
                new PageRule("GET", "/monitoring/reports/daily.csv", office),
                new PageRule("GET", "/monitoring/reports/transmission", sees),
                new PageRule("GET", "/monitoring/reports/transmission.csv", sees),
                new PageRule("GET", "/monitoring/reports/quality", sees),
                new PageRule("GET", "/monitoring/reports/quality.csv", sees),
                new PageRule("GET", "/monitoring/strangers", keeps),
                new PageRule("*", "/monitoring/simulator/**", SimulatorDesk.who()));
    }

    @Override
    public List<NavigationEntry> entries(List<String> groups) {
        List<NavigationEntry> entries = new ArrayList<>();
        boolean office = any(groups, Access.branch());
        if (office) entries.add(new NavigationEntry("/monitoring/duty", "监测值班", 580));
        if (any(groups, Access.seers())) {
            entries.add(new NavigationEntry(
                    office ? "/monitoring/reports/daily" : "/monitoring/reports/transmission",
                    "监测报表",
                    Group.MONITORING,
                    595));
            entries.add(new NavigationEntry("/monitoring/enterprises", "污染源档案", Group.MONITORING, 600));
        }
        if (any(groups, Limits.readers())) {
            entries.add(new NavigationEntry("/monitoring/limits", "限值与因子", Group.MONITORING, 607));
        }
        if (any(groups, Access.keepers())) {
            entries.add(new NavigationEntry("/monitoring/commands", "反控命令", Group.MONITORING, 610));
            entries.add(new NavigationEntry("/monitoring/import", "数据导入", Group.MONITORING, 620));
            entries.add(new NavigationEntry("/monitoring/strangers", "未接收的报文", Group.MONITORING, 630));
        }
        if (MonitoringRoles.any(groups, packets())) {
            entries.add(new NavigationEntry("/monitoring/frames", "报文检查", Group.MONITORING, 640));
        }
        if (simulator.wanted()
                && MonitoringRoles.any(groups, SimulatorDesk.who().toArray(String[]::new))) {
            entries.add(new NavigationEntry("/monitoring/simulator", "演示设备", Group.MONITORING, 650));
        }
        return entries;
    }

    private static boolean any(List<String> groups, List<String> wanted) {
        return MonitoringRoles.any(groups, wanted.toArray(String[]::new));
    }
}
