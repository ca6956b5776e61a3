package org.banhao.people.web;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.camunda.bpm.admin.plugin.spi.AdminPlugin;
import org.camunda.bpm.cockpit.plugin.spi.CockpitPlugin;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.engine.rest.impl.DefaultProcessEngineRestServiceImpl;
import org.camunda.bpm.tasklist.plugin.spi.TasklistPlugin;
import org.camunda.bpm.webapp.plugin.spi.AppPlugin;

/** What the engine's REST application can be asked, read from its classes, so that a new release brings its own test cases. */
final class EngineCalls {

    static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    private EngineCalls() {}

    record Call(String method, String template) {

        /** Ids look like the engine's own: the most that can slip through. */
        String path() {
            return template.replaceAll("\\{[^}]*}", ID);
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    static List<Call> all() {
        assert CamundaRestResources.getResourceClasses().contains(DefaultProcessEngineRestServiceImpl.class);
        Set<Call> calls = new LinkedHashSet<>();
        walk(DefaultProcessEngineRestServiceImpl.class, "", calls, new HashSet<>());
        return List.copyOf(calls);
    }

    /** What the plug-ins of the web applications answer, below {@code /camunda/api/<application>/}. */
    static List<Call> plugins() {
        Set<Call> calls = new LinkedHashSet<>();
        plugins("cockpit", ServiceLoader.load(CockpitPlugin.class), calls);
        plugins("admin", ServiceLoader.load(AdminPlugin.class), calls);
        plugins("tasklist", ServiceLoader.load(TasklistPlugin.class), calls);
        return List.copyOf(calls);
    }

    private static void plugins(String application, Iterable<? extends AppPlugin> plugins, Set<Call> calls) {
        for (AppPlugin plugin : plugins)
            for (Class<?> root : plugin.getResourceClasses()) {
                Path path = root.getAnnotation(Path.class);
                String prefix = "/" + application + (path == null ? "" : "/" + path.value());
                Set<Call> found = new LinkedHashSet<>();
                walk(root, prefix, found, new HashSet<>());
                calls.addAll(found);
            }
    }

    private static void walk(Class<?> resource, String prefix, Set<Call> calls, Set<Class<?>> above) {
        if (!above.add(resource)) return;
        for (Method method : resource.getMethods()) {
            Path path = find(method, Path.class);
            String here = prefix + (path == null ? "" : "/" + path.value());
            boolean verb = false;
            for (Annotation annotation : annotations(method)) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http == null) continue;
                verb = true;
                calls.add(new Call(http.value(), clean(here)));
            }
            if (!verb && path != null) walk(method.getReturnType(), here, calls, above);
        }
        above.remove(resource);
    }

    /** The first parameter of each path is called differently by each resource; for reading it is an id. */
    private static String clean(String path) {
        String one = path.replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}").replaceAll("/+", "/");
        if (one.length() > 1 && one.endsWith("/")) one = one.substring(0, one.length() - 1);
        return one.replaceFirst("\\{\\w+}", "{id}");
    }

    private static <A extends Annotation> A find(Method method, Class<A> type) {
        for (Annotation annotation : annotations(method)) if (type.isInstance(annotation)) return type.cast(annotation);
        return null;
    }

    /** Verbs stand on interfaces, the classes implement them. */
    private static Set<Annotation> annotations(Method method) {
        Set<Annotation> found = new LinkedHashSet<>();
        collect(method.getDeclaringClass(), method, found);
        return found;
    }

    private static void collect(Class<?> type, Method method, Set<Annotation> found) {
        if (type == null) return;
        try {
            found.addAll(List.of(type.getDeclaredMethod(method.getName(), method.getParameterTypes())
                    .getAnnotations()));
        } catch (NoSuchMethodException inherited) {
            // declared further up
        }
        for (Class<?> face : type.getInterfaces()) collect(face, method, found);
        collect(type.getSuperclass(), method, found);
    }
}
