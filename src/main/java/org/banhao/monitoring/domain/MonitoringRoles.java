package org.banhao.monitoring.domain;

import java.util.Collection;

/** Group ids of those who work with monitoring: in a branch {@code <unit>.<role>}, on the other side of the fence of the whole. */
public final class MonitoringRoles {

    public static final String DUTY_OFFICER = "duty-officer";
    public static final String COMMAND_LEAD = "command-lead";
    public static final String DATA_ENGINEER = "data-engineer";
    public static final String BRIGADE_LEADER = "brigade-leader";
    public static final String ENFORCEMENT_OFFICER = "enforcement-officer";

    /** 企业环保负责人. */
    public static final String ENTERPRISE = "enterprise-manager";

    /** 自动监控运维单位. */
    public static final String CONTRACTOR = "maintenance-contractor";

    private MonitoringRoles() {}

    /** @param wanted group ids, {@code *.role} for a role in any unit */
    public static boolean any(Collection<String> groups, String... wanted) {
        for (String one : wanted) {
            for (String group : groups) {
                if (one.startsWith("*.") ? group.endsWith(one.substring(1)) : group.equals(one)) return true;
            }
        }
        return false;
    }
}
