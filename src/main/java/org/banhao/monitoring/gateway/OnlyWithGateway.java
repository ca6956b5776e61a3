package org.banhao.monitoring.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** A bean that is there when the gateway is: {@code banhao.monitoring.port} is set, or devices are simulated ({@code banhao.simulator}). */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnlyWithGateway.IsOn.class)
public @interface OnlyWithGateway {

    /** Asks the settings. */
    class IsOn implements Condition {

        static boolean portIsSet(Environment settings) {
            return settings.containsProperty("banhao.monitoring.port");
        }

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment settings = context.getEnvironment();
            return portIsSet(settings) || settings.getProperty("banhao.simulator", Boolean.class, false);
        }
    }
}
