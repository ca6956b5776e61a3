package org.banhao.monitoring.gateway;

import org.jspecify.annotations.Nullable;

/** Which devices there are. Asked for every packet on the threads that read the line: it answers from memory, from many threads. */
public interface DeviceDirectory {

    /** @return null: no such device, or one that is not to be heard; its packets are refused */
    @Nullable
    Device find(String mn);
}
