package org.banhao.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.banhao.people.Roles;
import org.junit.jupiter.api.Test;

/** Every call of the engine's REST application, as its classes declare them, against the door. */
class EngineDoorTest {

    private static final List<String> STAFF = List.of(Roles.PROPOSAL_CLERK, Roles.STAFF);
    private static final List<String> ADMINISTRATOR = List.of(Roles.SYSTEM_ADMINISTRATOR);
    private static final String ID = EngineCalls.ID;

    private static final List<String> JOURNEY = List.of(
            "GET /filter",
            "GET /filter/count",
            "OPTIONS /filter",
            "POST /filter/{id}/list",
            "GET /task",
            "GET /task/{id}",
            "GET /task/{id}/form",
            "GET /task/{id}/deployed-form",
            "GET /task/{id}/form-variables",
            "POST /task/{id}/claim",
            "POST /task/{id}/unclaim",
            "POST /task/{id}/submit-form",
            "GET /process-definition",
            "GET /process-definition/count",
            "GET /process-definition/{id}/startForm",
            "GET /process-definition/{id}/deployed-start-form",
            "GET /process-definition/{id}/xml",
            "POST /process-definition/{id}/submit-form",
            "GET /user/{id}/profile");

    private final EngineDoor door = new EngineDoor();

    @Test
    void the_engine_declares_several_hundred_calls_and_all_of_them_are_found() {
        assertThat(EngineCalls.all())
                .hasSizeGreaterThan(350)
                .extracting(EngineCalls.Call::template)
                .contains("/task/{id}/bpmnError", "/deployment/create", "/execution/{id}/localVariables/{varId}/data");
    }

    @Test
    void staff_may_make_exactly_the_calls_of_a_journey_through_Tasklist() {
        for (String prefix : EngineDoor.ENGINES) {
            TreeSet<String> open = EngineCalls.all().stream()
                    .filter(call -> door.open(STAFF, call.method(), prefix + call.path()))
                    .map(EngineCalls.Call::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(open).as(prefix).isEqualTo(new TreeSet<>(JOURNEY));
        }
    }

    @Test
    void whoever_is_neither_staff_nor_system_administrator_may_call_nothing() {
        for (List<String> groups : List.of(
                List.<String>of(),
                List.of(Roles.MEMBER),
                List.of(Roles.ORGANIZATION_CONTACT),
                List.of(Roles.SECURITY_ADMINISTRATOR),
                List.of(Roles.AUDIT_ADMINISTRATOR),
                List.of(Roles.MODEL_ADMINISTRATOR),
                List.of("camunda-admin"),
                List.of("enterprise-manager"))) {
            for (String prefix : EngineDoor.ENGINES)
                assertThat(EngineCalls.all())
                        .as("%s %s", groups, prefix)
                        .noneMatch(call -> door.open(groups, call.method(), prefix + call.path()));
        }
    }

    @Test
    void the_system_administrator_changes_nothing_but_repairs() {
        TreeSet<String> changing = EngineCalls.all().stream()
                .filter(call -> !call.method().equals("GET") && !call.method().equals("OPTIONS"))
                .filter(call -> door.open(ADMINISTRATOR, call.method(), "/engine-rest" + call.path()))
                .map(EngineCalls.Call::toString)
                .filter(call -> !call.matches("POST /(history/)?[a-z-]+(/count)?"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(changing)
                .containsExactlyInAnyOrder("PUT /incident/{id}/annotation", "DELETE /incident/{id}/annotation");
        assertThat(EngineCalls.all().stream()
                        .filter(call -> call.method().equals("POST"))
                        .filter(call -> door.open(ADMINISTRATOR, "POST", "/engine-rest" + call.path()))
                        .map(EngineCalls.Call::template))
                .as("only queries by POST")
                .doesNotContain(
                        "/message",
                        "/signal",
                        "/condition",
                        "/migration/execute",
                        "/modification/execute",
                        "/task/create");
    }

    @Test
    void the_web_applications_plug_ins_answer_the_system_administrator_alone_and_only_look() {
        assertThat(EngineCalls.plugins())
                .hasSizeGreaterThan(15)
                .extracting(EngineCalls.Call::template)
                .anyMatch(template -> template.startsWith("/cockpit/plugin/base/"))
                .anyMatch(template -> template.startsWith("/admin/plugin/"));
        for (EngineCalls.Call call : EngineCalls.plugins()) {
            String path = "/camunda/api" + call.path();
            boolean file = call.template().contains("/static");
            for (List<String> groups : List.of(
                    STAFF,
                    List.of(Roles.MEMBER),
                    List.of(Roles.SECURITY_ADMINISTRATOR),
                    List.of(Roles.AUDIT_ADMINISTRATOR),
                    List.<String>of()))
                if (!file)
                    assertThat(door.open(groups, call.method(), path))
                            .as("%s %s", groups, call)
                            .isFalse();
            boolean looks = call.method().equals("GET")
                    || call.method().equals("POST") && call.template().startsWith("/cockpit/plugin/base/");
            assertThat(door.open(ADMINISTRATOR, call.method(), path))
                    .as(call.toString())
                    .isEqualTo(looks);
        }
        assertThat(EngineCalls.plugins().stream()
                        .filter(call -> call.method().equals("POST"))
                        .map(EngineCalls.Call::template))
                .as("what is posted to Cockpit are queries")
                .allMatch(template -> template.matches(
                        ".*/(process-definition|process-instance|called-process-(instances|definitions)|incident"
                                + "|decision-definition|statistics|statistics-count|count)"));
    }

    @Test
    void the_engines_own_sign_in_and_set_up_are_shut_for_everybody() {
        for (List<String> groups : List.of(STAFF, ADMINISTRATOR, List.<String>of()))
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
                for (String path : List.of(
                        "/camunda/api/admin/auth/user/default/login/tasklist",
                        "/camunda/api/admin/auth/user/default/login",
                        "/camunda/api/admin/setup/default/user/create"))
                    assertThat(door.open(groups, method, path))
                            .as("%s %s", method, path)
                            .isFalse();
    }

    @Test
    void a_call_written_in_another_way_is_another_call() {
        String task = "/camunda/api/engine/engine/default/task/" + ID;
        assertThat(door.open(STAFF, "GET", task)).isTrue();
        for (String other : List.of(
                task + "/",
                task.replace("/task/", "/%74ask/"),
                task.replace("/task/", "/TASK/"),
                task.replace("/default/", "/other/"),
                task + "/claim;x=1",
                "/camunda/api/engine/engine/default/task/count",
                "/camunda/api/engine/engine/default/task/report",
                "/camunda/api/engine/engine/default"))
            assertThat(door.open(STAFF, "GET", other)).as(other).isFalse();
        assertThat(door.open(STAFF, "HEAD", task)).isFalse();
    }

    @Test
    void staff_see_Tasklist_and_no_other_application() {
        assertThat(door.open(STAFF, "GET", "/camunda/app/tasklist/default/")).isTrue();
        assertThat(door.open(STAFF, "GET", "/camunda/app/cockpit/default/")).isFalse();
        assertThat(door.open(STAFF, "GET", "/camunda/app/admin/default/")).isFalse();
        assertThat(door.open(STAFF, "GET", "/camunda/app/welcome/default/")).isFalse();
        assertThat(door.open(ADMINISTRATOR, "GET", "/camunda/app/cockpit/default/"))
                .isTrue();
        assertThat(door.open(ADMINISTRATOR, "GET", "/camunda/app/tasklist/default/"))
                .isFalse();
    }
}
