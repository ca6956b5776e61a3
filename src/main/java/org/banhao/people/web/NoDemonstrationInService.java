package org.banhao.people.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;

/**
 * Profile {@code postgres} is a city at work: invented people with passwords in a file must never get into its database, not even when
 * it is still empty, so the start is refused before anything is opened. There is no way around it; a demonstration on PostgreSQL is the
 * default run with another {@code spring.datasource.url}.
 */
class NoDemonstrationInService implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment settings, SpringApplication application) {
        if (settings.acceptsProfiles(Profiles.of("postgres"))
                && settings.getProperty("banhao.demonstration", Boolean.class, false)) {
            throw new IllegalStateException("正式运行（postgres 配置）不能装入演示数据，系统没有启动。"
                    + "请去掉 BANHAO_DEMONSTRATION=true（banhao.demonstration）；要演示，请去掉 postgres 配置。");
        }
    }

    /** After the files of settings are read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
