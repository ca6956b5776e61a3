package org.banhao.monitoring.gateway;

import java.net.InetAddress;

/** Hears what happens on the lines. Called on the threads that read them: it must not wait. */
public interface LineWatch {

    /** Why a packet was not taken. */
    enum Refused {
        UNKNOWN_DEVICE,
        PASSWORD,
        ADDRESS,
        MALFORMED,
        TOO_LONG,
        CHECKSUM,
        ENCRYPTION
    }

    /** A device is heard on a line on which it was not heard before. */
    default void connected(String mn, InetAddress from) {}

    /** The last line on which the device was heard has ended. */
    default void lost(String mn) {}

    /**
     * A packet was not taken, and not answered.
     *
     * @param mn whose it claims to be; empty when it says nothing
     */
    default void refused(String mn, InetAddress from, Refused why) {}
}
