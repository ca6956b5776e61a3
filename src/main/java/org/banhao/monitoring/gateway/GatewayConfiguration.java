package org.banhao.monitoring.gateway;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Without a port that is set it opens when somebody asks for it, so that a start without devices is none the slower. */
@Configuration(proxyBeanMethods = false)
@OnlyWithGateway
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    @Bean
    Gateway gateway(
            GatewayProperties properties,
            DeviceDirectory directory,
            FrameSink sink,
            ObjectProvider<LineWatch> watch,
            Clock clock,
            Environment settings) {
        return new Gateway(
                properties,
                directory,
                sink,
                watch.getIfAvailable(() -> new LineWatch() {}),
                clock,
                OnlyWithGateway.IsOn.portIsSet(settings));
    }
}
