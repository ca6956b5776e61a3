package org.banhao.bench.bare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.mail.MailSenderAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Stock Camunda: engine, webapps and REST on one data source, history full. With {@code bench.tasks=N} it starts N
 * instances of a review of the same shape as ours before it answers; with {@code bench.people=P} and
 * {@code bench.groups=G} their tasks are spread over G groups of P people.
 */
@SpringBootApplication(
        exclude = {
            FlywayAutoConfiguration.class,
            SecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            ThymeleafAutoConfiguration.class,
            MailSenderAutoConfiguration.class
        })
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
                for (int k = 0; k < 3; k++) identity.createMembership("person" + p, "group" + (p * 3 + k * 7) % groups);
            }
            if (people > 0) {
                Authorization application = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
                application.setResource(Resources.APPLICATION);
                application.setResourceId("*");
                application.addPermission(Permissions.ALL);
                authorizations.saveAuthorization(application);
                Authorization filterRead = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
                filterRead.setResource(Resources.FILTER);
                filterRead.setResourceId("*");
                filterRead.addPermission(Permissions.READ);
                authorizations.saveAuthorization(filterRead);
                var filter = filters.newTaskFilter("mine");
                filter.setQuery(tasks.createTaskQuery().taskUnassigned());
                filter.setProperties(new HashMap<>(Map.of(
                        "variables",
                        List.of(
                                Map.of("name", "number", "label", "number"),
                                Map.of("name", "unit", "label", "unit")))));
                filters.saveFilter(filter);
            }
            IntStream.range(0, count).forEach(i -> {
                Map<String, Object> variables = new HashMap<>();
                variables.put("number", "TA-2026-%06d".formatted(i));
                variables.put("unit", "第" + i + "承办单位");
                variables.put("group", "group" + i % groups);
                for (int v = 0; v < 12; v++) variables.put("fact" + v, "value " + v + " of " + i);
                runtime.startProcessInstanceByKey("bareReview", "TA-2026-%06d".formatted(i), variables);
            });
        };
    }
}
