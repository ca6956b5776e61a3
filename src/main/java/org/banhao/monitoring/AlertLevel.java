package org.banhao.monitoring;

/** How grave an episode is; ascending. Shown as colour, shape and word together. */
public enum AlertLevel {
    BLUE(0, "蓝色", "●"),
    YELLOW(1, "黄色", "▲"),
    ORANGE(2, "橙色", "◆"),
    RED(3, "红色", "■");

    private final int rank;
    private final String label;
    private final String shape;

    AlertLevel(int rank, String label, String shape) {
        this.rank = rank;
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

    /** As it is stored; ascending. */
    public int rank() {
        return rank;
    }

    /** @throws IllegalArgumentException no such rank */
    public static AlertLevel ofRank(int rank) {
        for (AlertLevel level : values()) if (level.rank == rank) return level;
        throw new IllegalArgumentException("No level: " + rank);
    }

    public AlertLevel or(AlertLevel other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
