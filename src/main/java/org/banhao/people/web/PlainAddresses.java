package org.banhao.people.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses addresses with empty parts or parameters in them before anything takes them apart. Spring Security's firewall
 * would do so too, but for the web applications' servlets it is reached only after a parser that fails on them.
 */
@Configuration(proxyBeanMethods = false)
class PlainAddresses {

    @Bean
    FilterRegistrationBean<Guard> plainAddressGuard() {
        FilterRegistrationBean<Guard> filter = new FilterRegistrationBean<>(new Guard());
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        return filter;
    }

    static class Guard extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String address = request.getRequestURI();
            if (address.contains("//") || address.contains(";")) response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            else chain.doFilter(request, response);
        }
    }
}
