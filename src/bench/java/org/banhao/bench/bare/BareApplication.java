package org.banhao.bench.bare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.banhao.bench.Spread;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Stock Camunda: engine, webapps and REST on one data source, history full. With {@code bench.tasks=N} it starts N
 * instances of a review of the same shape as ours and then writes the file {@code seeded}; with {@code bench.people=P} and
 * {@code bench.groups=G} their tasks are spread over G groups of P people, a
 * half of them offered to a second group too and a fifth claimed. Not a component: our own application, which scans
 * this package when the benchmarks are on the class path, must not find it.
 */
@EnableAutoConfiguration
public class BareApplication {

    public static void main(String[] args) {
        System.setProperty("spring.config.name", "bare");
        SpringApplication.run(BareApplication.class, args);
    }

    @Bean
    ApplicationRunner seed(
            Environment settings,
            RepositoryService repository,
            RuntimeService runtime,
            TaskService tasks,
            IdentityService identity,
            AuthorizationService authorizations,
            FilterService filters) {
        return arguments -> {
            int count = settings.getProperty("bench.tasks", Integer.class, 0);
            if (count == 0) return;
            repository
                    .createDeployment()
                    .addClasspathResource("bareReview.bpmn")
                    .name("bare")
                    .deploy();
            int people = settings.getProperty("bench.people", Integer.class, 0);
            int groups = settings.getProperty("bench.groups", Integer.class, 1);
            for (int g = 0; g < groups; g++) identity.saveGroup(identity.newGroup("group" + g));
            for (int p = 0; p < people; p++) {
                var user = identity.newUser("person" + p);
                user.setFirstName("人员" + p);
                user.setLastName("");
                user.setPassword("bench");
                identity.saveUser(user);
                for (int g : Spread.groupsOf(p, groups)) identity.createMembership("person" + p, "group" + g);
            }
            if (people > 0) {
                grant(authorizations, Resources.APPLICATION, Permissions.ALL);
                grant(authorizations, Resources.FILTER, Permissions.READ);
                // the two of the stock demonstration
                filter(
                        filters,
                        "groups",
                        tasks.createTaskQuery()
                                .taskCandidateGroupInExpression("${currentUserGroups()}")
                                .taskUnassigned());
                filter(filters, "mine", tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
            }
            ExecutorService pool = Executors.newFixedThreadPool(4);
            List<Future<?>> started = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                int i = n;
                started.add(pool.submit(() -> {
                    Map<String, Object> variables = new HashMap<>();
                    variables.put("number", "TA-2026-%06d".formatted(i));
                    variables.put("unit", "第" + i + "承办单位");
                    variables.put("group", Spread.groups(i, groups));
                    for (int v = 0; v < 12; v++) variables.put("fact" + v, "value " + v + " of " + i);
                    String instance = runtime.startProcessInstanceByKey(
                                    "bareReview", "TA-2026-%06d".formatted(i), variables)
                            .getId();
                    if (people > 0 && Spread.claimed(i)) {
                        tasks.claim(
                                tasks.createTaskQuery()
                                        .processInstanceId(instance)
                                        .singleResult()
                                        .getId(),
                                "person" + Spread.holder(i, people));
                    }
                }));
            }
            for (Future<?> one : started) one.get();
            pool.shutdown();
            Files.writeString(Path.of(settings.getRequiredProperty("banhao.data"), "seeded"), "");
        };
    }

    private static void grant(AuthorizationService authorizations, Resources resource, Permissions permission) {
        Authorization everybody = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
        everybody.setResource(resource);
        everybody.setResourceId("*");
        everybody.addPermission(permission);
        authorizations.saveAuthorization(everybody);
    }

    private static void filter(FilterService filters, String name, TaskQuery query) {
        var filter = filters.newTaskFilter(name);
        filter.setQuery(query);
        filter.setProperties(new HashMap<>(Map.of(
                "variables",
                List.of(Map.of("name", "number", "label", "number"), Map.of("name", "unit", "label", "unit")))));
        filters.saveFilter(filter);
    }
}
