package org.banhao.calendar;

/** What a term is counted in. */
public enum TermUnit {
    /** Working days, make-up days included. */
    WORKDAY("workday", "个工作日", 400),
    /** Calendar days; a last day off moves to the next working day (民法典第203条). */
    DAY("day", "日", 400),
    /** By the calendar (民法典第202条); a last day off moves to the next working day. */
    MONTH("month", "个月", 36),
    /** By the clock, from the moment on, days off included; for terms that begin at a moment only. */
    MINUTE("minute", "分钟", 1440),
    /** As {@link #MINUTE}. */
    HOUR("hour", "小时", 240);

    private final String code;
    private final String words;
    private final int most;

    TermUnit(String code, String words, int most) {
        this.code = code;
        this.words = words;
        this.most = most;
    }

    public String code() {
        return code;
    }

    /** 个工作日, 日, 个月, 分钟, 小时 */
    public String words() {
        return words;
    }

    /** Minutes and hours: the end is a moment of the day, whatever day it is. */
    public boolean clock() {
        return this == MINUTE || this == HOUR;
    }

    /** The longest term that is taken. */
    public int most() {
        return most;
    }

    /** @throws IllegalArgumentException no such unit */
    public static TermUnit of(String code) {
        for (TermUnit unit : values()) if (unit.code.equals(code)) return unit;
        throw new IllegalArgumentException("No unit " + code);
    }
}
