package org.banhao.people.engine;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.filter.OncePerRequestFilter;

/** Hands the engine its view of people, and the person of each request. */
@Configuration(proxyBeanMethods = false)
class EngineIdentity {

    @Bean
    @Order(1)
    ProcessEnginePlugin peoplePlugin(JdbcClient db) {
        return new AbstractProcessEnginePlugin() {
            /** The engine makes its own writable factory only when none is set. */
            @Override
            public void preInit(ProcessEngineConfigurationImpl configuration) {
                configuration.setIdentityProviderSessionFactory(new SessionFactory() {
                    @Override
                    public Class<?> getSessionType() {
                        return ReadOnlyIdentityProvider.class;
                    }

                    @Override
                    public Session openSession() {
                        return new PeopleIdentityProvider(db);
                    }
                });
            }

            /** The engine always adds {@code camunda-admin}, whose members pass every check: nobody is almighty. */
            @Override
            public void postInit(ProcessEngineConfigurationImpl configuration) {
                configuration.getAdminGroups().clear();
                configuration.getAdminUsers().clear();
            }
        };
    }

    /** After Spring Security, before the web applications' own filters, which come after all beans. */
    @Bean
    FilterRegistrationBean<WebappSignIn> webappSignIn(SignedIn signedIn) {
        FilterRegistrationBean<WebappSignIn> filter = new FilterRegistrationBean<>(new WebappSignIn(signedIn));
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        return filter;
    }

    @Bean
    FilterRegistrationBean<RestIdentity> restIdentity(SignedIn signedIn, ObjectProvider<IdentityService> identity) {
        FilterRegistrationBean<RestIdentity> filter =
                new FilterRegistrationBean<>(new RestIdentity(signedIn, identity));
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        filter.addUrlPatterns("/engine-rest/*");
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        return filter;
    }

    /** The stock filter takes a class name; in {@code init} an object can be given to it, with what it needs. */
    static class WebappSignIn extends ContainerBasedAuthenticationFilter {

        private final SignedIn signedIn;

        WebappSignIn(SignedIn signedIn) {
            this.signedIn = signedIn;
        }

        @Override
        public void init(FilterConfig config) {
            authenticationProvider = new AuthenticationProvider() {
                @Override
                public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
                    Person person = signedIn.personOrNull();
                    if (person == null) return AuthenticationResult.unsuccessful();
                    AuthenticationResult found = AuthenticationResult.successful(person.id());
                    // given here, the engine does not ask again
                    found.setGroups(signedIn.groups());
                    found.setTenants(List.of());
                    return found;
                }

                @Override
                public void augmentResponseByAuthenticationChallenge(
                        HttpServletResponse response, ProcessEngine engine) {
                    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                }
            };
        }
    }

    /** Machine calls: the engine acts with the caller's rights. Always cleared, the thread goes back to a pool. */
    static class RestIdentity extends OncePerRequestFilter {

        private final SignedIn signedIn;
        private final ObjectProvider<IdentityService> identity;

        RestIdentity(SignedIn signedIn, ObjectProvider<IdentityService> identity) {
            this.signedIn = signedIn;
            this.identity = identity;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Person person = signedIn.personOrNull();
            if (person == null) {
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                return;
            }
            IdentityService service = identity.getObject();
            service.setAuthentication(person.id(), signedIn.groups(), List.of());
            try {
                chain.doFilter(request, response);
            } finally {
                service.clearAuthentication();
            }
        }
    }
}
