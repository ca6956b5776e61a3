package org.banhao.flow;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Module flow alone, with a small process above it. No {@code @Configuration}: other contexts must not find it by scanning. */
@EnableAutoConfiguration
@ComponentScan({"org.banhao.flow", "org.banhao.base"})
public class FlowTestApplication {

    @ModelBean("candidates")
    public static class Candidates {
        public String role(String role) {
            return role;
        }

        public String person(DelegateExecution execution, String role) {
            return role;
        }

        public List<String> rows(DelegateExecution execution) {
            return List.of("north", "south");
        }
    }

    @ModelBean("deadlines")
    public static class Dates {
        public static final Map<String, Instant> DUE = new HashMap<>();

        public Date due(DelegateExecution execution, String key) {
            return Date.from(DUE.getOrDefault(key, Instant.parse("2027-01-08T10:00:00Z")));
        }
    }

    @Bean
    Candidates candidatesOfModels() {
        return new Candidates();
    }

    @Bean
    Dates deadlinesOfModels() {
        return new Dates();
    }

    @Bean
    StepAnswers answers(JdbcClient jdbc) {
        return (step, form, version, json) -> jdbc.sql("insert into test_answer values (?,?,?,?,?,?)")
                .params(step.key(), step.caseNumber(), step.person(), step.forWhom(), form, json)
                .update();
    }

    @Bean
    StepFiles files() {
        return (step, ids) -> ids.stream().allMatch(id -> id.startsWith("mine-"));
    }

    @Bean
    Audit audit(JdbcClient jdbc) {
        return (action, number, detail) -> jdbc.sql("insert into test_audit values (?,?,?)")
                .params(action, number, detail)
                .update();
    }

    @Bean
    CurrentActor actor(ObjectProvider<ProcessEngine> engine) {
        return () -> {
            Authentication now = engine.getObject().getIdentityService().getCurrentAuthentication();
            return now == null ? Actor.SYSTEM : new Actor(now.getUserId(), now.getUserId(), null, null, "");
        };
    }

    @Bean
    FormData startForm() {
        return data("trial/start", new Shown(Map.of(), Map.of("topics", List.of(new Shown.Option("道路", "road")))));
    }

    @Bean
    FormData reviewForm() {
        return data("trial/userTask_review", new Shown(Map.of("number", "第1号", "body", "长".repeat(60_000)), Map.of()));
    }

    @Bean
    StepUseCase startCase() {
        return useCase("trial/start", (step, answer) -> "TA-" + answer.required("title"));
    }

    /** Writes first and refuses afterwards: nothing of it may stay. */
    @Bean
    StepUseCase reviewCase(JdbcClient jdbc) {
        return useCase("trial/userTask_review", (step, answer) -> {
            jdbc.sql("insert into test_note values (?)").param(step.key()).update();
            if ("veto".equals(answer.text("opinion"))) {
                throw new Refusal("opinion", "「意见」不能是这个。");
            }
            return null;
        });
    }

    @Bean
    Ear ear(JdbcClient jdbc) {
        return new Ear(jdbc);
    }

    static final class Ear {
        private final JdbcClient jdbc;

        Ear(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @EventListener
        void heard(StepEvent event) {
            Step step = event.step();
            StepEvent.StepOffered offered = event instanceof StepEvent.StepOffered o ? o : null;
            jdbc.sql("insert into test_event values (?,?,?,?,?,?,?,?,?,?,?)")
                    .params(
                            event.getClass().getSimpleName().substring(4),
                            step.taskId(),
                            step.task(),
                            step.caseNumber(),
                            step.person(),
                            step.forWhom(),
                            offered == null ? null : offered.assignee(),
                            offered == null ? null : String.join(",", offered.groups()),
                            offered == null || offered.due() == null
                                    ? null
                                    : offered.due().atOffset(ZoneOffset.UTC),
                            offered != null && offered.first(),
                            step.definitionId())
                    .update();
        }
    }

    private static FormData data(String step, Shown shown) {
        return new FormData() {
            @Override
            public String step() {
                return step;
            }

            @Override
            public Shown shown(Step asked) {
                return shown;
            }
        };
    }

    private interface Does {
        String apply(Step step, Answer answer);
    }

    private static StepUseCase useCase(String key, Does does) {
        return new StepUseCase() {
            @Override
            public String step() {
                return key;
            }

            @Override
            public String apply(Step step, Answer answer) {
                return does.apply(step, answer);
            }
        };
    }
}
