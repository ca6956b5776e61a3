package org.banhao.people.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request to the web applications its own script nonce (CSP Level 3, section 7). Camunda 7.24 hands the
 * nonce from the filter that writes the header to the one that writes the page through an attribute of the servlet
 * context, which all requests share: of two at the same time one gets a page whose scripts its browser refuses, and
 * stays blank. Here that attribute lives in the request.
 */
@Configuration(proxyBeanMethods = false)
public class ScriptNonces {

    private static final String NONCE = "org.camunda.bpm.csp.nonce";

    @Bean
    FilterRegistrationBean<OneEach> scriptNonceOfEachRequest() {
        FilterRegistrationBean<OneEach> filter = new FilterRegistrationBean<>(new OneEach());
        filter.addUrlPatterns("/camunda/*");
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        return filter;
    }

    static class OneEach extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            ServletContext own = withOwnNonce(request.getServletContext(), request);
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public ServletContext getServletContext() {
                            return own;
                        }
                    },
                    response);
        }

        private static ServletContext withOwnNonce(ServletContext shared, HttpServletRequest request) {
            return (ServletContext) Proxy.newProxyInstance(
                    ScriptNonces.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (proxy, method, arguments) -> {
                        if (arguments != null && arguments.length > 0 && NONCE.equals(arguments[0]))
                            switch (method.getName()) {
                                case "getAttribute":
                                    return request.getAttribute(NONCE);
                                case "setAttribute":
                                    request.setAttribute(NONCE, arguments[1]);
                                    return null;
                                case "removeAttribute":
                                    request.removeAttribute(NONCE);
                                    return null;
                                default:
                            }
                        try {
                            return method.invoke(shared, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
