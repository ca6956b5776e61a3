package org.banhao.monitoring;

/** How grave an episode is; ascending. Shown as colour, shape and word together. */
public enum AlertLevel {
    BLUE("蓝色", "●"),
    YELLOW("黄色", "▲"),
    ORANGE("橙色", "◆"),
    RED("红色", "■");

    private final String label;
    private final String shape;

    AlertLevel(String label, String shape) {
        this.label = label;
        this.shape = shape;
    }

    public String label() {
        return label;
    }

    /** For those who do not see the colour. */
    public String shape() {
        return shape;
    }

    /** Stored and used in class names. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public AlertLevel or(AlertLevel other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
