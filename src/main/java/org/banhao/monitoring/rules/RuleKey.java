package org.banhao.monitoring.rules;

import org.banhao.monitoring.MonitoringRule;

/** @param subject code of the factor, {@code device:12}, or {@code *} */
public record RuleKey(MonitoringRule rule, String subject) {

    public static final String WHOLE_OUTLET = "*";
}
