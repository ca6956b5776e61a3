package org.banhao.flow.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.camunda.bpm.engine.impl.cfg.CompositeProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.util.ReflectUtil;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.util.CamundaSpringBootUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;

/** The stock engine configuration, but that {@link EngineMappings} reads the SQL mappings. */
final class MappedEngineConfiguration extends SpringProcessEngineConfiguration {

    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    static class Beans {

        /** In the place of the Camunda starter's bean and made in its way. */
        @Bean
        ProcessEngineConfigurationImpl processEngineConfigurationImpl(List<ProcessEnginePlugin> plugins) {
            SpringProcessEngineConfiguration configuration =
                    CamundaSpringBootUtil.initCustomFields(new MappedEngineConfiguration());
            configuration.getProcessEnginePlugins().add(new CompositeProcessEnginePlugin(plugins));
            return configuration;
        }
    }

    @Override
    protected void initSqlSessionFactory() {
        if (sqlSessionFactory != null || isUseSharedSqlSessionFactory) {
            super.initSqlSessionFactory();
            return;
        }
        Configuration configuration = new Configuration(new Environment("default", transactionFactory, dataSource));
        configuration.setVariables(variables(databaseTablePrefix, databaseType));
        configuration.setDefaultStatementTimeout(jdbcStatementTimeout);
        if (isJdbcBatchProcessing()) configuration.setDefaultExecutorType(ExecutorType.BATCH);
        try (InputStream list = getMyBatisXmlConfigurationSteam()) {
            EngineMappings.read(list, ReflectUtil.class.getClassLoader(), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sqlSessionFactory = new DefaultSqlSessionFactory(configuration);
    }

    /** What the mappings name by <code>${...}</code> and is known at the start. */
    static Properties variables(String prefix, @Nullable String database) {
        Properties variables = new Properties();
        variables.put("prefix", prefix);
        initSqlSessionFactoryProperties(variables, prefix, database);
        return variables;
    }
}
