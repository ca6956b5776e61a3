package org.banhao.flow.engine;

import java.beans.FeatureDescriptor;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * Expressions see variables, {@code execution}, {@code task} and the beans on the list; they never reach a class, a loader, a thread
 * or the engine. Needed because expressions come in not only by models: 7.24 evaluates those in the {@code orQueries} of a filter's
 * list, whoever sent them.
 */
public final class SafeExpressions extends SpringExpressionManager {

    /** What a model may ask of its execution or task: to read. */
    public static final Set<String> READABLE = Set.of(
            "id",
            "getId",
            "businessKey",
            "getBusinessKey",
            "processBusinessKey",
            "getProcessBusinessKey",
            "processInstanceId",
            "getProcessInstanceId",
            "processDefinitionId",
            "getProcessDefinitionId",
            "currentActivityId",
            "getCurrentActivityId",
            "taskDefinitionKey",
            "getTaskDefinitionKey",
            "assignee",
            "getAssignee",
            "hasVariable",
            "getVariable",
            "hasVariableLocal",
            "getVariableLocal");

    SafeExpressions(Map<Object, Object> beans) {
        super(null, beans);
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolvers = new CompositeELResolver();
        resolvers.add(new Guard());
        resolvers.add(super.createElResolver());
        return resolvers;
    }

    /** Answers nothing itself; throws before the next resolver may answer. */
    private static final class Guard extends ELResolver {

        private static final Set<String> REFLECTION = Set.of(
                "class",
                "getClass",
                "classLoader",
                "getClassLoader",
                "declaringClass",
                "getDeclaringClass",
                "module",
                "getModule",
                "wait",
                "notify",
                "notifyAll");

        private static void check(@Nullable Object base, @Nullable Object member) {
            if (base == null) {
                return;
            }
            String name = String.valueOf(member);
            String type = base.getClass().getName();
            boolean refused = REFLECTION.contains(name)
                    || base instanceof Class<?>
                    || base instanceof ClassLoader
                    || base instanceof Module
                    || base instanceof Runtime
                    || base instanceof Thread
                    || base instanceof Process
                    || base instanceof BeanFactory
                    || base instanceof ProcessEngineServices
                    || type.startsWith("java.lang.reflect.")
                    || type.startsWith("java.lang.invoke.")
                    || engineScope(base) && !READABLE.contains(name);
            if (refused) {
                throw new ELException("not allowed in an expression: " + name);
            }
        }

        private static boolean engineScope(Object base) {
            return base instanceof VariableScope
                    || base instanceof BaseDelegateExecution
                    || base instanceof DelegateTask
                    || base.getClass().getName().startsWith("org.camunda.bpm.engine.");
        }

        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
            check(base, property);
            return null;
        }

        @Override
        public @Nullable Object invoke(
                ELContext context,
                @Nullable Object base,
                @Nullable Object method,
                Class<?> @Nullable [] types,
                Object @Nullable [] arguments) {
            check(base, method);
            return null;
        }

        @Override
        public void setValue(
                ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
            throw new ELException("an expression may not write: " + property);
        }

        @Override
        public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
            check(base, property);
            return null;
        }

        @Override
        public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
            return false;
        }

        @Override
        public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
            return null;
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
            return Object.class;
        }
    }
}
