package org.banhao.monitoring.domain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param keepMonths how many months readings and packets are kept; five years at least (排污许可管理条例第十九条、第二十一条)
 * @param oldest data that nobody asked for may be so old; older ones, as of a device whose clock is a year behind, are set aside
 * @param realtimeOldest the same for realtime data
 * @param ahead how far a device's clock may be ahead of ours before its data are set aside
 */
@ConfigurationProperties("banhao.monitoring.data")
public record MonitoringProperties(
        @DefaultValue("72") int keepMonths,
        @DefaultValue("31d") Duration oldest,
        @DefaultValue("1d") Duration realtimeOldest,
        @DefaultValue("10m") Duration ahead) {

    public MonitoringProperties {
        if (keepMonths < 60) throw new IllegalArgumentException("banhao.monitoring.data.keep-months is 60 or more");
    }
}
