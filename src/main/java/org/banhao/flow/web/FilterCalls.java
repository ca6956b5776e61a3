package org.banhao.flow.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Priority;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.base.Refusal;
import org.banhao.flow.TaskPages;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Tasklist's filters, list and count, from our own table. Inside the JAX-RS application, so after Camunda's servlet filters: signed
 * in, token checked, and the engine's authentication (with the groups of this moment) on the thread.
 */
@Provider
@PreMatching
@Priority(Priorities.USER)
public class FilterCalls implements ContainerRequestFilter {

    private static final Pattern PATH =
            Pattern.compile("/?((?:engine/[^/]+/)?filter)(?:/(count)|/([^/]+)/(list|count))?/?");
    private static final int LARGEST_PAGE = 200;
    private static final int LARGEST_QUERY = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Context
    private @Nullable ServletContext servlets;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Matcher path = PATH.matcher(request.getUriInfo().getPath());
        if (!path.matches() || servlets == null) {
            return;
        }
        WebApplicationContext beans = WebApplicationContextUtils.getRequiredWebApplicationContext(servlets);
        TaskPages pages = beans.getBeanProvider(TaskPages.class).getIfAvailable();
        if (pages == null) {
            return;
        }
        Authentication me = beans.getBean(IdentityService.class).getCurrentAuthentication();
        if (me == null || me.getUserId() == null) {
            request.abortWith(Response.status(401).build());
            return;
        }
        try {
            Response answer = answer(request, path, pages, me);
            if (answer != null) {
                request.abortWith(answer);
            }
        } catch (Refusal refusal) {
            request.abortWith(Problem.of(refusal).response());
        }
    }

    private static @Nullable Response answer(
            ContainerRequestContext request, Matcher path, TaskPages pages, Authentication me) throws IOException {
        List<String> groups = me.getGroupIds() == null ? List.of() : me.getGroupIds();
        String method = request.getMethod();
        boolean get = method.equals("GET");
        if (path.group(3) != null) {
            if (!get && !method.equals("POST")) {
                return null;
            }
            String query = get ? "{}" : query(request);
            if (path.group(4).equals("count")) {
                return json("{\"count\":" + pages.count(me.getUserId(), groups, path.group(3), query) + "}");
            }
            int first = number(request, "firstResult", 0, 0, Integer.MAX_VALUE);
            int max = number(request, "maxResults", 15, 1, LARGEST_PAGE);
            String page = pages.page(me.getUserId(), groups, path.group(3), query, first, max);
            return Response.ok(page, "application/hal+json;charset=UTF-8").build();
        }
        if (path.group(2) != null) {
            return get
                    ? json("{\"count\":"
                            + JSON.readTree(pages.filters(me.getUserId(), groups, false))
                                    .size() + "}")
                    : null;
        }
        if (get) {
            boolean counts =
                    "true".equals(request.getUriInfo().getQueryParameters().getFirst("itemCount"));
            return json(pages.filters(me.getUserId(), groups, counts));
        }
        // Tasklist asks here whether to offer the making of filters: it may not
        return method.equals("OPTIONS")
                ? json(links(request.getUriInfo().getAbsolutePath().getPath()))
                : null;
    }

    private static String links(String href) throws IOException {
        var links = JSON.createObjectNode();
        var list = links.putArray("links");
        list.addObject().put("method", "GET").put("href", href).put("rel", "list");
        list.addObject().put("method", "GET").put("href", href + "/count").put("rel", "count");
        return JSON.writeValueAsString(links);
    }

    private static String query(ContainerRequestContext request) throws IOException {
        if (!request.hasEntity()) {
            return "{}";
        }
        byte[] body = request.getEntityStream().readNBytes(LARGEST_QUERY + 1);
        if (body.length > LARGEST_QUERY) {
            throw new Refusal("查询条件太长，请减少条件。");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            if (text.isBlank() || JSON.readTree(text).isObject()) {
                return text.isBlank() ? "{}" : text;
            }
        } catch (IOException notJson) {
            // said below
        }
        throw new Refusal("查询条件不是有效的 JSON。");
    }

    private static int number(ContainerRequestContext request, String name, int otherwise, int least, int most) {
        String text = request.getUriInfo().getQueryParameters().getFirst(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
            throw new Refusal(name, "页码参数 " + name + " 不正确，请刷新页面。");
        }
        return Math.min(Integer.parseInt(text), most);
    }

    private static Response json(String body) {
        return Response.ok(body, "application/json;charset=UTF-8").build();
    }
}
