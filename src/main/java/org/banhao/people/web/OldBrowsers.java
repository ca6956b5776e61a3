package org.banhao.people.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Browsers with two kernels are common in offices. In compatibility mode, which is Internet Explorer, no script of ours runs and
 * Tasklist stays blank; such a browser, and a kernel older than {@link #OLDEST}, is led to a page in plain HTML that says how to
 * switch. It is known by the name it gives; {@code old-browser.js} catches one that hides it.
 */
@Configuration(proxyBeanMethods = false)
class OldBrowsers {

    /** The Chromium kernel that the bundles are built for (see web/build.mjs). */
    static final int OLDEST = 102;

    private static final String PAGE = "/old-browser";
    private static final Pattern CHROMIUM = Pattern.compile("Chrome/(\\d{1,4})\\.");
    private static final Pattern IE = Pattern.compile("MSIE |Trident/");
    /** What machines ask for, with a name of any kind. */
    private static final Set<String> OPEN = Set.of(PAGE, "/health");

    /** What a browser must be told to do. */
    enum Kind {
        COMPATIBILITY,
        OUTDATED,
        FINE
    }

    static Kind kind(@Nullable String userAgent) {
        if (userAgent == null) return Kind.FINE;
        if (IE.matcher(userAgent).find()) return Kind.COMPATIBILITY;
        Matcher kernel = CHROMIUM.matcher(userAgent);
        return kernel.find() && Integer.parseInt(kernel.group(1)) < OLDEST ? Kind.OUTDATED : Kind.FINE;
    }

    @Bean
    FilterRegistrationBean<Guide> oldBrowserGuide() {
        FilterRegistrationBean<Guide> filter = new FilterRegistrationBean<>(new Guide());
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        return filter;
    }

    static class Guide extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            boolean looked = request.getMethod().equals("GET")
                    && !OPEN.contains(Answers.path(request))
                    && !Answers.path(request).startsWith("/l/")
                    && page(request)
                    && kind(request.getHeader("User-Agent")) != Kind.FINE;
            if (looked) response.sendRedirect(PAGE);
            else chain.doFilter(request, response);
        }

        /** Internet Explorer asks for pages with {@code *}{@code /*} alone when one is opened anew. */
        private static boolean page(HttpServletRequest request) {
            String path = Answers.path(request);
            boolean file = path.matches(".*\\.[A-Za-z0-9]{2,5}$");
            return !file
                    && (Answers.page(request)
                            || "*/*".equals(request.getHeader("Accept"))
                                    && !path.startsWith("/camunda/api/")
                                    && !path.startsWith("/api/")
                                    && !path.startsWith("/engine-rest/"));
        }
    }

    @Controller
    static class OldBrowserPage {

        @GetMapping(PAGE)
        String page(HttpServletRequest request, Model model) {
            String agent = request.getHeader("User-Agent");
            Kind kind = kind(agent);
            model.addAttribute("compatibility", kind == Kind.COMPATIBILITY);
            model.addAttribute("outdated", kind == Kind.OUTDATED);
            model.addAttribute("oldest", OLDEST);
            return "people/old-browser";
        }
    }
}
