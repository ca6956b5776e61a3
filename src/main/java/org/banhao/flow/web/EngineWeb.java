package org.banhao.flow.web;

import java.util.Set;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts our classes into both of Camunda's JAX-RS applications ({@code /camunda/api/engine}, {@code /engine-rest}). */
@Configuration(proxyBeanMethods = false)
class EngineWeb {

    /** Before any bean: the REST starter copies the set when its Jersey configuration is made. */
    @Bean
    static BeanFactoryPostProcessor engineRestClasses() {
        return factory -> {
            Set<Class<?>> classes = CamundaRestResources.getConfigurationClasses();
            classes.removeAll(EngineProblems.STOCK);
            classes.addAll(EngineProblems.MAPPERS);
            classes.add(StandInCalls.class);
            classes.add(TaskCalls.class);
            classes.add(FilterCalls.class);
        };
    }

    /** After Spring Security: nobody's body is read before he is known. */
    @Bean
    FilterRegistrationBean<ExpressionGuard> expressionGuard() {
        FilterRegistrationBean<ExpressionGuard> registration = new FilterRegistrationBean<>(new ExpressionGuard());
        registration.addUrlPatterns("/camunda/api/*", "/engine-rest/*");
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 2);
        return registration;
    }
}
