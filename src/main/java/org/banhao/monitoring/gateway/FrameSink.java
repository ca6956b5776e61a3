package org.banhao.monitoring.gateway;

import java.util.List;

/** Where packets go. */
public interface FrameSink {

    /**
     * Stores packets of many lines at once, in the order in which each line sent them; returns when they are stored for good.
     * Called on one thread, never on one that reads a line. Devices send again what was not answered, so the same packet
     * may come more than once.
     *
     * @throws RuntimeException none of them is stored; they are tried in smaller lots, and what cannot be stored is not answered
     */
    void store(List<ReceivedFrame> frames);
}
