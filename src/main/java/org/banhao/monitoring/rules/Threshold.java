package org.banhao.monitoring.rules;

import org.banhao.monitoring.MonitoringRule;

/**
 * Figures that may be set, for all outlets, a kind of outlets or one outlet, from a day on. The usual ones are working values of practice
 * (合肥 and other cities' platforms), not of a law. Names are stored: never renamed.
 */
public enum Threshold {
    HOUR_EXCEED_YELLOW(MonitoringRule.HOUR_EXCEED, "黄色：超标倍数达到", "倍", 0.2, 0, 100),
    HOUR_EXCEED_ORANGE(MonitoringRule.HOUR_EXCEED, "橙色：超标倍数达到", "倍", 0.5, 0, 100),
    HOUR_EXCEED_RED(MonitoringRule.HOUR_EXCEED, "红色：超标倍数达到", "倍", 1, 0, 100),
    HOUR_EXCEED_CLEAR_HOURS(MonitoringRule.HOUR_EXCEED, "连续达标多久视为恢复", "小时", 2, 1, 48),

    DAY_EXCEED_YELLOW(MonitoringRule.DAY_EXCEED, "黄色：近30日超标天数达到", "天", 2, 1, 30),
    DAY_EXCEED_ORANGE(MonitoringRule.DAY_EXCEED, "橙色：近30日超标天数达到", "天", 4, 1, 30),
    DAY_EXCEED_RED(MonitoringRule.DAY_EXCEED, "红色：近30日超标天数达到", "天", 6, 1, 30),

    NEAR_LIMIT_SHARE(MonitoringRule.NEAR_LIMIT, "达到限值的比例", "", 0.9, 0.5, 1),
    NEAR_LIMIT_HOURS(MonitoringRule.NEAR_LIMIT, "持续", "小时", 4, 1, 240),

    CONSTANT_HOURS(MonitoringRule.CONSTANT_HOUR, "小时值不变持续", "小时", 6, 2, 240),
    CONSTANT_MINUTES(MonitoringRule.CONSTANT_MINUTE, "分钟值不变持续", "分钟", 30, 5, 1440),

    ZERO_HOURS(MonitoringRule.ZERO, "持续", "小时", 1, 1, 240),

    JUMP_RATIO(MonitoringRule.JUMP, "相对中位数变化超过", "倍", 2, 0.1, 100),
    JUMP_LIMIT_SHARE(MonitoringRule.JUMP, "变化量超过限值的比例", "", 0.2, 0, 10),
    JUMP_WINDOW(MonitoringRule.JUMP, "比较窗口", "小时", 12, 3, 48),

    LOGIC_OXYGEN_HIGH(MonitoringRule.LOGIC, "生产时氧含量高于", "%", 19, 10, 21),
    LOGIC_OXYGEN_LOW(MonitoringRule.LOGIC, "生产时氧含量低于", "%", 2, 0, 10),
    LOGIC_CONVERSION(MonitoringRule.LOGIC, "折算浓度与计算值相差超过", "倍", 0.2, 0.01, 10),
    LOGIC_HOURS(MonitoringRule.LOGIC, "持续", "小时", 2, 1, 240),

    OFFLINE_INTERVALS(MonitoringRule.OFFLINE, "未收到数据超过上报间隔的", "倍", 3, 2, 1000),
    OFFLINE_MINUTES(MonitoringRule.OFFLINE, "且至少", "分钟", 5, 2, 1440),

    MISSING_MINUTES(MonitoringRule.MISSING, "小时结束后多久仍未收到", "分钟", 20, 5, 1440),

    FLAG_BAD_HOURS(MonitoringRule.FLAG_BAD, "故障类标记（D、F、B、T、S）持续", "小时", 4, 1, 240),
    FLAG_CARE_HOURS(MonitoringRule.FLAG_BAD, "校准、维护标记（C、M）持续", "小时", 8, 1, 240),

    POWER_LINK_MINUTES(MonitoringRule.POWER_LINK, "生产运行而治污未运行持续", "分钟", 10, 1, 1440),
    POWER_LINK_RED_MINUTES(MonitoringRule.POWER_LINK, "红色：持续", "分钟", 60, 1, 10080),
    POWER_LINK_CLEAR_MINUTES(MonitoringRule.POWER_LINK, "恢复同步多久视为恢复", "分钟", 5, 1, 1440),
    POWER_LINK_EVERY(MonitoringRule.POWER_LINK, "任一治污设施未运行即预警（1是，0全部未运行才预警）", "", 0, 0, 1),
    POWER_FRESH_MINUTES(MonitoringRule.POWER_LINK, "用电读数有效时长", "分钟", 15, 1, 120),

    STOP_MINUTES(MonitoringRule.STOP_NOT_STOPPED, "超出允许用电持续", "分钟", 30, 1, 1440);

    private final MonitoringRule rule;
    private final String label;
    private final String unit;
    private final double usual;
    private final double least;
    private final double most;

    Threshold(MonitoringRule rule, String label, String unit, double usual, double least, double most) {
        this.rule = rule;
        this.label = label;
        this.unit = unit;
        this.usual = usual;
        this.least = least;
        this.most = most;
    }

    public MonitoringRule rule() {
        return rule;
    }

    /** Said together with the rule's: 贴限·持续. */
    public String label() {
        return rule.label() + "·" + label;
    }

    /** 小时, 分钟, 天, 倍, %; empty for a share. */
    public String unit() {
        return unit;
    }

    /** Where nobody has set another. */
    public double usual() {
        return usual;
    }

    public double least() {
        return least;
    }

    public double most() {
        return most;
    }
}
