package org.banhao.monitoring;

/** The catalogue of what readings are judged by. Names are stored: never renamed. */
public enum MonitoringRule {
    HOUR_EXCEED(RuleGroup.EXCEED, "小时超标"),
    DAY_EXCEED(RuleGroup.EXCEED, "日均超标"),
    NEAR_LIMIT(RuleGroup.EXCEED, "贴限"),
    CONSTANT_HOUR(RuleGroup.DATA, "小时恒值"),
    CONSTANT_MINUTE(RuleGroup.DATA, "分钟恒值"),
    ZERO(RuleGroup.DATA, "零值或负值"),
    JUMP(RuleGroup.DATA, "突变"),
    LOGIC(RuleGroup.DATA, "逻辑异常"),
    OFFLINE(RuleGroup.DEVICE, "离线"),
    MISSING(RuleGroup.DEVICE, "缺数"),
    FLAG_BAD(RuleGroup.DEVICE, "标记异常过久"),
    POWER_LINK(RuleGroup.POWER, "产污治污不同步"),
    STOP_NOT_STOPPED(RuleGroup.POWER, "标停未停"),
    NO_LIMIT(RuleGroup.NOTICE, "无限值");

    private final RuleGroup group;
    private final String label;

    MonitoringRule(RuleGroup group, String label) {
        this.group = group;
        this.label = label;
    }

    public RuleGroup group() {
        return group;
    }

    public String label() {
        return label;
    }
}
