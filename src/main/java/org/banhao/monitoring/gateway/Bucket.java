package org.banhao.monitoring.gateway;

/** How many packets may come: so many a second in the long run, so many at once. Safe for several threads. */
final class Bucket {

    private final double perNano;
    private final double most;
    private double left;
    private long seen;

    Bucket(int perSecond, int burst, long nanos) {
        this.perNano = perSecond / 1e9;
        this.most = burst;
        this.left = burst;
        this.seen = nanos;
    }

    /** Takes one in any case. @return nanoseconds until there are some again; 0: go on */
    synchronized long take(long nanos) {
        left = Math.min(most, left + Math.max(0, nanos - seen) * perNano) - 1;
        seen = nanos;
        return left >= 0 ? 0 : (long) (-left / perNano);
    }
}
