package org.banhao.monitoring;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * 数采仪 or 用电监测终端, without what only the line needs.
 *
 * @param mn 设备唯一标识
 * @param meter reads power; else a data logger of an outlet
 * @param realtimeSeconds interval of realtime data
 * @param minutes length of its minute data: 1 to 30
 * @param removedOn null: in use
 */
public record MonitoringDevice(
        long id,
        long outletId,
        String mn,
        String name,
        boolean meter,
        int realtimeSeconds,
        int minutes,
        LocalDate installedOn,
        @Nullable LocalDate removedOn) {}
