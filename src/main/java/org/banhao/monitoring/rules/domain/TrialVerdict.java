package org.banhao.monitoring.rules.domain;

import java.util.Locale;

/** What would become of an alert by the figures that are tried. Names are stored. */
public enum TrialVerdict {
    NEW("新增"),
    GONE("消失"),
    CHANGED("变化"),
    SAME("不变");

    private final String label;

    TrialVerdict(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Stored, and used in class names. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
