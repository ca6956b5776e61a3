package org.banhao.monitoring;

import java.util.List;

/** Hears of readings that are new or have another value than before. Beans of this module. */
public interface ReadingWatch {

    /**
     * Called inside the transaction that stores them, so what is written here stands or falls with them; the device is answered after the
     * commit. One lot of many devices, in the order in which each device sent them, at most a few ten thousand: must be quick, must not
     * wait for anything outside. What was sent again unchanged is not told.
     *
     * @throws RuntimeException the packets are not stored and not answered; devices send them again
     */
    void stored(List<Reading> readings);
}
