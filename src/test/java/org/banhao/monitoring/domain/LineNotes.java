package org.banhao.monitoring.domain;

import org.banhao.testing.Whole;

/** Writes what was noted of devices, as the sweep does while a gateway is on. */
public final class LineNotes {

    private LineNotes() {}

    public static void flush(Whole whole) {
        whole.bean(Devices.class).refresh();
        whole.bean(DeviceNotes.class).flush();
    }
}
