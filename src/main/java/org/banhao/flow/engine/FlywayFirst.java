package org.banhao.flow.engine;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine starts after Flyway has made its tables: it looks for them, and makes none itself. */
@Configuration(proxyBeanMethods = false)
class FlywayFirst {

    private static final List<String> MIGRATES = List.of("flywayInitializer", "flyway");

    @Bean
    static BeanFactoryPostProcessor engineAfterFlyway() {
        return FlywayFirst::order;
    }

    private static void order(ConfigurableListableBeanFactory factory) {
        for (String engine : factory.getBeanNamesForType(ProcessEngineFactoryBean.class, true, false)) {
            BeanDefinition definition = factory.getBeanDefinition(engine.replaceFirst("^&", ""));
            Set<String> before = new LinkedHashSet<>();
            if (definition.getDependsOn() != null) {
                before.addAll(Arrays.asList(definition.getDependsOn()));
            }
            MIGRATES.stream().filter(factory::containsBeanDefinition).forEach(before::add);
            definition.setDependsOn(before.toArray(String[]::new));
        }
    }
}
