package org.banhao.people.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.banhao.base.HalfWidth;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What is typed into a field of an own page with a Chinese keyboard still in full-width mode is taken as meant: a number, day, telephone
 * number, code, address or search made of full-width signs arrives in plain ones ({@link HalfWidth#ofCode}). Prose stays as written, and
 * so does what a person proves himself with. Forms of Tasklist: {@code flow.form}.
 */
@Configuration(proxyBeanMethods = false)
class PlainInput {

    /** Fields for passwords. */
    private static final Set<String> SECRET = Set.of("password", "again", "present");

    @Bean
    FilterRegistrationBean<Narrowing> plainInputFilter() {
        FilterRegistrationBean<Narrowing> filter = new FilterRegistrationBean<>(new Narrowing());
        // the sign-in reads the login inside the security chain
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        return filter;
    }

    static class Narrowing extends OncePerRequestFilter {

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            String path = Answers.path(request);
            return path.startsWith("/camunda/") || path.startsWith("/engine-rest/") || path.startsWith("/api/");
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(new Narrowed(request), response);
        }
    }

    private static final class Narrowed extends HttpServletRequestWrapper {

        Narrowed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getParameter(String name) {
            String typed = super.getParameter(name);
            return typed == null || SECRET.contains(name) ? typed : HalfWidth.ofCode(typed);
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            String[] typed = super.getParameterValues(name);
            return typed == null || SECRET.contains(name) ? typed : narrowed(typed);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            Map<String, String[]> all = new LinkedHashMap<>();
            super.getParameterMap()
                    .forEach((name, typed) -> all.put(name, SECRET.contains(name) ? typed : narrowed(typed)));
            return all;
        }

        private static String[] narrowed(String[] typed) {
            String[] plain = new String[typed.length];
            for (int i = 0; i < typed.length; i++) plain[i] = HalfWidth.ofCode(typed[i]);
            return plain;
        }
    }
}
