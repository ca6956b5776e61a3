package org.banhao.flow.web;

import jakarta.annotation.Priority;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** Claim and unclaim are answered by us. */
@Provider
@PreMatching
@Priority(Priorities.USER)
public class TaskCalls implements ContainerRequestFilter {

    private static final Pattern PATH = Pattern.compile("/?(?:engine/[^/]+/)?task/([^/]+)/(claim|unclaim)/?");

    @Context
    private @Nullable ServletContext servlets;

    @Override
    public void filter(ContainerRequestContext request) {
        Matcher path = PATH.matcher(request.getUriInfo().getPath());
        if (!request.getMethod().equals("POST") || !path.matches() || servlets == null) {
            return;
        }
        Claims claims = WebApplicationContextUtils.getRequiredWebApplicationContext(servlets)
                .getBean(Claims.class);
        String task = path.group(1);
        Problem problem = path.group(2).equals("claim") ? claims.claim(task) : claims.unclaim(task);
        request.abortWith(problem == null ? Response.noContent().build() : problem.response());
    }
}
