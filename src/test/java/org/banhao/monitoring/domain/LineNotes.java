package org.banhao.monitoring.domain;

import org.springframework.context.ApplicationContext;

/** Writes what was noted of devices, as the sweep does while a gateway is on. */
public final class LineNotes {

    private LineNotes() {}

    public static void flush(ApplicationContext beans) {
        beans.getBean(Devices.class).refresh();
        beans.getBean(DeviceNotes.class).flush();
    }
}
