package org.banhao.monitoring.gateway;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Off unless {@code banhao.monitoring.port} is set. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("banhao.monitoring.port")
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    @Bean
    Gateway gateway(
            GatewayProperties properties,
            DeviceDirectory directory,
            FrameSink sink,
            ObjectProvider<LineWatch> watch,
            Clock clock) {
        return new Gateway(properties, directory, sink, watch.getIfAvailable(() -> new LineWatch() {}), clock);
    }
}
