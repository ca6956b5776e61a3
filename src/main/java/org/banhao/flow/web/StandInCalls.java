package org.banhao.flow.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Priority;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn;
import org.banhao.base.StandingIn.Absent;
import org.banhao.flow.StandIns;
import org.banhao.flow.form.ActingFor;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.rest.mapper.JacksonConfigurator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Calls about one task by somebody who does it for an absent colleague: to the engine it is the colleague who asks, for this call
 * only; the answer shows Tasklist the task as the caller's, or it would not let him fill in the form. Before claiming is answered.
 */
@Provider
@PreMatching
@Priority(Priorities.USER - 10)
public class StandInCalls implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Pattern PATH = Pattern.compile("/?(?:engine/[^/]+/)?task/([0-9a-f-]{36})(/.*)?");
    private static final ObjectMapper JSON = JacksonConfigurator.configureObjectMapper(new ObjectMapper());

    @Context
    private @Nullable ServletContext servlets;

    @Override
    public void filter(ContainerRequestContext request) {
        Matcher path = PATH.matcher(request.getUriInfo().getPath());
        if (!path.matches() || servlets == null) {
            return;
        }
        WebApplicationContext beans = WebApplicationContextUtils.getRequiredWebApplicationContext(servlets);
        StandIns standIns = beans.getBeanProvider(StandIns.class).getIfAvailable();
        IdentityService identity = beans.getBean(IdentityService.class);
        Authentication me = identity.getCurrentAuthentication();
        if (standIns == null || me == null || me.getUserId() == null) {
            return;
        }
        try {
            List<String> groups = me.getGroupIds() == null ? List.of() : me.getGroupIds();
            Absent absent = standIns.forTask(path.group(1), me.getUserId(), groups);
            if (absent == null) {
                return;
            }
            StandingIn.begin(absent);
            identity.setAuthentication(new ActingFor(me.getUserId(), absent.id(), absent.groups()));
        } catch (Refusal refusal) {
            request.abortWith(Problem.of(refusal).response());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Absent absent = StandingIn.present();
        Matcher path = PATH.matcher(request.getUriInfo().getPath());
        if (absent == null
                || servlets == null
                || !path.matches()
                || path.group(2) != null
                || response.getStatus() != 200
                || response.getEntity() == null) {
            return;
        }
        Authentication now = WebApplicationContextUtils.getRequiredWebApplicationContext(servlets)
                .getBean(IdentityService.class)
                .getCurrentAuthentication();
        if (!(now instanceof ActingFor acting)) {
            return;
        }
        JsonNode task = JSON.valueToTree(response.getEntity());
        if (task instanceof ObjectNode object
                && absent.id().equals(object.path("assignee").asText())) {
            object.put("assignee", acting.person());
            // Tasklist looks for the holder among the links
            for (JsonNode link : object.path("_embedded").path("identityLink")) {
                if (link.path("type").asText().equals("assignee")) {
                    ((ObjectNode) link).put("userId", acting.person());
                }
            }
            // the people of the links stand beside them, by their ids
            named(object.path("_embedded").path("user"), acting.person(), absent);
            response.setEntity(object.toString());
        }
    }

    private static void named(JsonNode users, String person, Absent absent) {
        for (JsonNode user : users) {
            if (user instanceof ObjectNode one
                    && absent.id().equals(user.path("id").asText())) {
                one.put("id", person).put("firstName", "代" + absent.name() + "办理");
            }
        }
    }
}
