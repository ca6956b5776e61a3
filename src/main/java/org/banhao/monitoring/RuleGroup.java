package org.banhao.monitoring;

/** Findings of one group that overlap in time are one episode, so that officers get one matter and not one for each rule and hour. */
public enum RuleGroup {
    EXCEED("超标", true),
    DATA("数据异常", true),
    /** The outlet's devices and line; all factors together, because one fault shows in all of them. */
    DEVICE("设备与传输", false),
    POWER("用电联动", false),
    /** Nothing an enterprise did: the registry lacks something. */
    NOTICE("数据质量提示", true);

    private final String label;
    private final boolean perFactor;

    RuleGroup(String label, boolean perFactor) {
        this.label = label;
        this.perFactor = perFactor;
    }

    public String label() {
        return label;
    }

    /** Else one episode for the whole outlet. */
    public boolean perFactor() {
        return perFactor;
    }
}
