package org.banhao.flow.engine;

import java.util.ArrayList;
import java.util.List;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What is switched off, and how long a failed job waits. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 2)
class EngineSetup extends AbstractProcessEnginePlugin {

    /** Then an incident: somebody must look. */
    private static final String WAITS = "PT1M,PT5M,PT30M,PT2H,PT6H";

    /** With the offset of Asia/Shanghai, which knows no summer time: whatever zone the machine has. */
    private static final String NIGHT_FROM = "01:00+0800";

    private static final String NIGHT_UNTIL = "05:00+0800";

    private static final Logger LOG = LoggerFactory.getLogger("org.banhao.flow");

    private final ModelBeans beans;

    EngineSetup(ModelBeans beans) {
        this.beans = beans;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setBeans(beans);
        configuration.setExpressionManager(new SafeExpressions(beans));
        configuration.setEnableExpressionsInAdhocQueries(false);
        configuration.setEnableExpressionsInStoredQueries(false);
        configuration.setScriptEngineResolver(new NoScripts());
        configuration.setJavaSerializationFormatEnabled(false);
        configuration.setDeserializationTypeValidationEnabled(true);
        configuration.setCmmnEnabled(false);
        configuration.setStandaloneTasksEnabled(false);
        configuration.setEnforceHistoryTimeToLive(true);
        // at night, by what each model says it keeps; case file, answers and audit are ours and stay
        configuration.setHistoryCleanupStrategy(ProcessEngineConfiguration.HISTORY_CLEANUP_STRATEGY_REMOVAL_TIME_BASED);
        configuration.setHistoryCleanupBatchWindowStartTime(NIGHT_FROM);
        configuration.setHistoryCleanupBatchWindowEndTime(NIGHT_UNTIL);
        configuration.setHistoryCleanupMetricsEnabled(false);
        List<SessionFactory> sessions = new ArrayList<>(List.of(new Rights()));
        if (configuration.getCustomSessionFactories() != null) {
            sessions.addAll(configuration.getCustomSessionFactories());
        }
        configuration.setCustomSessionFactories(sessions);
        configuration.setResourceAuthorizationProvider(new Grants());
        configuration.setDefaultNumberOfRetries(WAITS.split(",").length);
        configuration.setFailedJobRetryTimeCycle(WAITS);
        // the engine's own line is an ERROR with 110 lines of stack even for a refusal; ours tells them apart
        configuration.setEnableCmdExceptionLogging(false);
        configuration.setCustomPreCommandInterceptorsTxRequired(
                first(new Failures(), configuration.getCustomPreCommandInterceptorsTxRequired()));
        configuration.setCustomPreCommandInterceptorsTxRequiresNew(
                first(new Failures(), configuration.getCustomPreCommandInterceptorsTxRequiresNew()));
    }

    private static List<CommandInterceptor> first(CommandInterceptor ours, @Nullable List<CommandInterceptor> others) {
        List<CommandInterceptor> all = new ArrayList<>();
        all.add(ours);
        if (others != null) {
            all.addAll(others);
        }
        return all;
    }

    /**
     * The engine leaves out of every check those groups of a person that no right names; to know them it reads all rights,
     * one or two of each open task, once in every command that checks anything. A person has a handful of groups: all of
     * them are asked for by index instead. The outcome is the same.
     */
    private static final class Rights implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return AuthorizationManager.class;
        }

        @Override
        public Session openSession() {
            return new AuthorizationManager() {
                @Override
                public List<String> filterAuthenticatedGroupIds(@Nullable List<String> groups) {
                    return groups == null ? List.of() : new ArrayList<>(groups);
                }
            };
        }
    }

    /** The engine looks for an earlier right of each candidate; on a task that this very command makes there can be none. */
    private static final class Grants extends DefaultAuthorizationProvider {

        @Override
        protected @Nullable AuthorizationEntity getGrantAuthorization(
                String taskId, @Nullable String userId, @Nullable String groupId, Resource resource) {
            DbEntityManager entities = Context.getCommandContext().getDbEntityManager();
            TaskEntity task = entities.getCachedEntity(TaskEntity.class, taskId);
            return task != null && entities.getDbEntityCache().isTransient(task)
                    ? null
                    : super.getGrantAuthorization(taskId, userId, groupId, resource);
        }
    }

    /** Logs what went wrong; not what a person was refused, or lost to a colleague who was faster. */
    private static final class Failures extends CommandInterceptor {

        @Override
        public <T> T execute(Command<T> command) {
            try {
                return next.execute(command);
            } catch (FormFieldValidationException
                    | BadUserRequestException
                    | NullValueException
                    | AuthorizationException
                    | MigratingProcessInstanceValidationException
                    | OptimisticLockingException expected) {
                LOG.debug("{}: {}", command.getClass().getSimpleName(), expected.getMessage());
                throw expected;
            } catch (RuntimeException failure) {
                LOG.error("{} failed", command.getClass().getName(), failure);
                throw failure;
            }
        }
    }

    /** No scripting language, whatever lies on the class path. */
    private static final class NoScripts implements ScriptEngineResolver {

        @Override
        public void addScriptEngineFactory(ScriptEngineFactory scriptEngineFactory) {
            // none is wanted
        }

        @Override
        public @Nullable ScriptEngineManager getScriptEngineManager() {
            return null;
        }

        @Override
        public @Nullable ScriptEngine getScriptEngine(String language, boolean resolveFromCache) {
            return null;
        }
    }
}
