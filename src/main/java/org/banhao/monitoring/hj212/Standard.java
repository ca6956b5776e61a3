package org.banhao.monitoring.hj212;

/**
 * Editions of the protocol. Which one a device speaks is set for the device: the version bits of its Flag alone do not tell,
 * since surface water stations of 2017 use those of 2025.
 */
public enum Standard {
    HJ_T_212_2005("HJ/T 212-2005", 0),
    HJ_212_2017("HJ 212-2017", 1),
    HJ_212_2025("HJ 212-2025", 2);

    private final String title;
    private final int version;

    Standard(String title, int version) {
        this.title = title;
        this.version = version;
    }

    /** As it is printed: HJ 212-2017. */
    public String title() {
        return title;
    }

    /** The six version bits of Flag. */
    public int version() {
        return version;
    }

    /** Flag of a packet: version, whether it is one of several, whether an answer is wanted. */
    public int flag(boolean split, boolean answer) {
        return version << 2 | (split ? 2 : 0) | (answer ? 1 : 0);
    }
}
