package org.banhao.flow.engine;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.banhao.flow.ModelBean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;

/**
 * The beans that models may call, by their {@link ModelBean} name. Read-only; a bean is made when a model first calls it, because
 * those beans themselves need the engine.
 */
@Component
public final class ModelBeans extends AbstractMap<Object, Object> {

    private final ConfigurableListableBeanFactory factory;
    private volatile @Nullable Map<String, String> beanByName;

    ModelBeans(ConfigurableListableBeanFactory factory) {
        this.factory = factory;
    }

    public Set<String> names() {
        return beans().keySet();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && beans().containsKey(name);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        String bean = key instanceof String name ? beans().get(name) : null;
        return bean == null ? null : factory.getBean(bean);
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        Set<Entry<Object, Object>> entries = new LinkedHashSet<>();
        beans().forEach((name, bean) -> entries.add(Map.entry(name, factory.getBean(bean))));
        return entries;
    }

    private Map<String, String> beans() {
        Map<String, String> found = beanByName;
        if (found == null) {
            found = new LinkedHashMap<>();
            for (String bean : factory.getBeanNamesForAnnotation(ModelBean.class)) {
                ModelBean mark = factory.findAnnotationOnBean(bean, ModelBean.class);
                if (mark != null && found.put(mark.value(), bean) != null) {
                    throw new IllegalStateException("Two model beans named " + mark.value());
                }
            }
            beanByName = found;
        }
        return found;
    }
}
