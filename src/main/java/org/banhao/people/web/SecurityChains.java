package org.banhao.people.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.people.domain.Account;
import org.banhao.people.domain.KnownBrowsers;
import org.banhao.people.domain.SignIns;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.filter.OrderedRequestContextFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.handler.HandlerMappingIntrospector;

/**
 * Two chains: machines (name and password in each call, no session, so no forged request is possible) and people (form,
 * session, tokens against forged requests).
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

    private static final RequestMatcher CAMUNDA = path("/camunda/**");
    private static final RequestMatcher CAMUNDA_API = path("/camunda/api/**");
    /** Called by Tasklist and by own pages with the session. */
    private static final RequestMatcher SESSION_API = any(
            "/api/drafts/**",
            "/api/steps/**",
            "/api/retractions/**",
            "/api/piles/**",
            "/api/chases/**",
            "/api/notice-handovers/**",
            "/api/archive/**",
            "/api/documents/**",
            "/api/navigation",
            "/api/text-size",
            "/api/session");

    /** One-time links: the secret in the address is all there is. */
    private static final RequestMatcher LINKS = path("/l/**");

    private static final RequestMatcher MACHINES = new OrRequestMatcher(
            path("/engine-rest/**"), new AndRequestMatcher(path("/api/**"), new NegatedRequestMatcher(SESSION_API)));
    private static final RequestMatcher OWN_FILES = any(
            "/site.css",
            "/link.css",
            "/site.js",
            "/menus.js",
            "/login.js",
            "/old-browser.css",
            "/old-browser.js",
            "/favicon.svg",
            "/favicon.ico",
            "/vendor/**");
    private static final RequestMatcher FILES = new OrRequestMatcher(
            OWN_FILES,
            any(
                    "/camunda/lib/**",
                    "/camunda/assets/**",
                    "/camunda/app/{app}/{file}.js",
                    "/camunda/app/{app}/{dir:scripts|styles|locales|plugins|vendor|assets}/**",
                    "/camunda/api/{app}/plugin/{plugin}/static/**"));
    private static final RequestMatcher OPEN_PAGES =
            any("/login", "/first-administrator", "/new-password", "/error", "/old-browser");
    private static final long YEAR = 31_536_000;
    private static final String OWN_POLICY = "default-src 'self'; base-uri 'self'; form-action 'self';"
            + " frame-ancestors 'self'; object-src 'none'; img-src 'self' data: blob:";

    private static final String LINK_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    /**
     * Always matchers on the whole path. A string given to {@code securityMatcher} is matched inside the dispatcher
     * servlet; the engine's REST resources are another servlet, and the chain would be skipped without a word.
     */
    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    private static RequestMatcher path(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
    }

    private static RequestMatcher any(String... patterns) {
        return new OrRequestMatcher(
                Arrays.stream(patterns).map(SecurityChains::path).toList());
    }

    /**
     * Who asks and from where must be known to the doors themselves. Jersey's start-up brings such a filter that stands
     * behind Spring Security; with this one there it stays away.
     */
    @Bean
    RequestContextFilter requestContextFilter() {
        return new OrderedRequestContextFilter();
    }

    /**
     * Spring Security would look up the page's handler before each request, Tasklist's calls included, for matchers by handler:
     * here there are none, all of them match the whole path.
     */
    @Bean
    static BeanPostProcessor noHandlerLookup(ApplicationContext application) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof HandlerMappingIntrospector)) return bean;
                HandlerMappingIntrospector introspector = new HandlerMappingIntrospector() {
                    @Override
                    public Filter createCacheFilter() {
                        return (request, response, chain) -> chain.doFilter(request, response);
                    }
                };
                introspector.setApplicationContext(application);
                introspector.afterPropertiesSet();
                return introspector;
            }
        };
    }

    @Bean
    AuthenticationManager passwordSignIn(SignIns signIns) {
        return asked -> {
            String address =
                    asked.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
            String marks = asked.getDetails() instanceof Marks.Details details ? details.marks() : null;
            Optional<Account> account;
            try {
                account = signIns.enter(asked.getName(), String.valueOf(asked.getCredentials()), address, marks);
            } catch (SignIns.Blocked blocked) {
                throw new LockedException("Wait", blocked);
            }
            if (account.isEmpty()) throw new BadCredentialsException("Refused");
            UsernamePasswordAuthenticationToken token =
                    UsernamePasswordAuthenticationToken.authenticated(account.get(), null, List.of());
            token.setDetails(asked.getDetails());
            return token;
        };
    }

    /** The session cookie is not looked at here. */
    @Bean
    @Order(1)
    SecurityFilterChain machineChain(HttpSecurity http, AuthenticationManager passwordSignIn, PageDoor pages)
            throws Exception {
        BasicAuthenticationEntryPoint ask = new BasicAuthenticationEntryPoint();
        ask.setRealmName("banhao");
        EngineDoor engine = new EngineDoor();
        // a mere bean of that type is not used by HttpSecurity: without this line there is no throttle
        return http.authenticationManager(passwordSignIn)
                .securityMatcher(MACHINES)
                // none: a cookie sent along would otherwise get a new session id
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                        .sessionFixation(SessionManagementConfigurer.SessionFixationConfigurer::none))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .httpBasic(basic -> basic.authenticationEntryPoint(ask))
                .exceptionHandling(e -> e.authenticationEntryPoint(ask)
                        .accessDeniedHandler((request, response, denied) ->
                                Answers.json(response, HttpServletResponse.SC_FORBIDDEN, "Forbidden", "您没有进行此操作的权限。")))
                .authorizeHttpRequests(requests -> requests.requestMatchers(path("/engine-rest/**"))
                        .access(machine(engine))
                        .anyRequest()
                        .access(machine(pages)))
                .build();
    }

    private static AuthorizationManager<RequestAuthorizationContext> machine(
            AuthorizationManager<RequestAuthorizationContext> door) {
        return (who, context) -> {
            Account account = CurrentPerson.account(who.get());
            if (account == null || !account.api() || account.mustChangePassword())
                return new AuthorizationDecision(false);
            AuthorizationResult opened = door.authorize(who, context);
            return new AuthorizationDecision(opened != null && opened.isGranted());
        };
    }

    @Bean
    @Order(2)
    SecurityFilterChain personChain(
            HttpSecurity http,
            AuthenticationManager passwordSignIn,
            SignIns signIns,
            KnownBrowsers browsers,
            PageDoor pages,
            Audit audit,
            Clock clock,
            SessionEnd end,
            Environment settings)
            throws Exception {
        HttpSessionRequestCache goal = goal();
        boolean https = Https.configured(settings);
        Marks marks = new Marks(browsers, https);
        return http.authenticationManager(passwordSignIn)
                .addFilterBefore(
                        new SessionGuard(signIns, clock, end.idle(), end.absolute()), SecurityContextHolderFilter.class)
                .addFilterBefore(new CamundaCsrfGuard(), LogoutFilter.class)
                .addFilterAfter(new PasswordChangeGuard(), AuthorizationFilter.class)
                .csrf(csrf ->
                        csrf.csrfTokenRepository(tokens(https)).requireCsrfProtectionMatcher(SecurityChains::forgeable))
                .requestCache(c -> c.requestCache(goal))
                // everything of whoever was here before is thrown away, the engine's sign-in and token too
                .sessionManagement(
                        s -> s.sessionFixation(SessionManagementConfigurer.SessionFixationConfigurer::newSession))
                .formLogin(form -> form.loginPage("/login")
                        .loginProcessingUrl("/login")
                        .authenticationDetailsSource(Marks.Details::new)
                        .successHandler(entered(goal, marks, audit, clock))
                        .failureHandler(refusedEntry())
                        .permitAll())
                .logout(out -> out.logoutRequestMatcher(new OrRequestMatcher(
                                path(HttpMethod.POST, "/logout"),
                                path(HttpMethod.POST, "/camunda/api/admin/auth/user/{engine}/logout")))
                        .addLogoutHandler((request, response, who) -> {
                            if (CurrentPerson.account(who) != null) audit.record("people.signOut", null, "");
                        })
                        .deleteCookies("BANHAO")
                        .logoutSuccessHandler((request, response, who) -> {
                            if (CAMUNDA_API.matches(request)) response.setStatus(HttpServletResponse.SC_OK);
                            else response.sendRedirect("/login?out");
                        }))
                .exceptionHandling(e -> e.authenticationEntryPoint(ask()).accessDeniedHandler(refuse()))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        // they belong to the other chain; should they ever come here, a cookie must not open them
                        .requestMatchers(MACHINES)
                        .denyAll()
                        .requestMatchers(OWN_FILES, OPEN_PAGES, path(HttpMethod.GET, "/health"))
                        .permitAll()
                        .requestMatchers(CAMUNDA)
                        .access(new EngineDoor())
                        .anyRequest()
                        .access(pages))
                .headers(headers -> headers(headers, https))
                .build();
    }

    /**
     * Links that are sent to people: no session is looked at or begun, nothing is kept or told on. No token in a cookie either, which
     * browsers inside of messengers lose: the page's form proves that it was made from the link itself.
     */
    @Bean
    @Order(0)
    SecurityFilterChain linkChain(HttpSecurity http, Environment settings) throws Exception {
        boolean https = Https.configured(settings);
        return http.securityMatcher(LINKS)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                        .sessionFixation(SessionManagementConfigurer.SessionFixationConfigurer::none))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterBefore(new NotLogged(), SecurityContextHolderFilter.class)
                .headers(
                        headers -> headers.httpStrictTransportSecurity(strict -> strict.requestMatcher(request -> https)
                                        .includeSubDomains(false)
                                        .maxAgeInSeconds(YEAR))
                                .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                                .addHeaderWriter(new StaticHeadersWriter("Cache-Control", "no-store"))
                                .addHeaderWriter(new StaticHeadersWriter("X-Robots-Tag", "noindex, nofollow"))
                                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                                .referrerPolicy(r -> r.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER))
                                .addHeaderWriter(new ContentSecurityPolicyHeaderWriter(LINK_POLICY)))
                .build();
    }

    /** Marks a request that an access log must leave out: its address is a secret. See {@code server.tomcat.accesslog}. */
    private static final class NotLogged extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            request.setAttribute("banhao.notLogged", true);
            chain.doFilter(request, response);
        }
    }

    /** The token against forged requests is rendered into pages; the cookie is not read by scripts. */
    private static CookieCsrfTokenRepository tokens(boolean https) {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        // the engine's is called XSRF-TOKEN: the two must not meet
        tokens.setCookieName("BANHAO-CSRF");
        tokens.setHeaderName("X-BANHAO-CSRF");
        tokens.setCookiePath("/");
        // not Strict: it would be missing, and replaced, when a person comes from a link in a mail
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax").secure(https));
        return tokens;
    }

    /** {@code /camunda/**} has {@link CamundaCsrfGuard}; Tasklist's own calls to our API carry the engine's token. */
    private static boolean forgeable(HttpServletRequest request) {
        return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                && !CAMUNDA.matches(request)
                && !(SESSION_API.matches(request) && CamundaCsrfGuard.valid(request));
    }

    /** Where a person wanted to go before he had to sign in: pages only, and nothing added to the address. */
    private static HttpSessionRequestCache goal() {
        HttpSessionRequestCache goal = new HttpSessionRequestCache();
        goal.setMatchingRequestParameterName(null);
        goal.setRequestMatcher(request -> request.getMethod().equals("GET")
                && Answers.page(request)
                && !Answers.path(request).equals("/error"));
        return goal;
    }

    private static AuthenticationSuccessHandler entered(
            HttpSessionRequestCache goal, Marks marks, Audit audit, Clock clock) {
        SavedRequestAwareAuthenticationSuccessHandler onward = new SavedRequestAwareAuthenticationSuccessHandler();
        onward.setRequestCache(goal);
        onward.setDefaultTargetUrl("/");
        return (request, response, who) -> {
            SessionGuard.begin(request.getSession(), clock.instant());
            audit.record("people.signIn", null, "");
            Account account = CurrentPerson.account(who);
            if (account != null) marks.leave(account.person().id(), request, response);
            onward.onAuthenticationSuccess(request, response, who);
        };
    }

    private static AuthenticationFailureHandler refusedEntry() {
        return (HttpServletRequest request, HttpServletResponse response, AuthenticationException why) ->
                response.sendRedirect(why instanceof LockedException ? "/login?wait" : "/login?wrong");
    }

    /** Nobody is signed in: people are led to the sign-in page, scripts get no page in place of what they asked. */
    private static AuthenticationEntryPoint ask() {
        return (request, response, why) -> askToSignIn(request, response);
    }

    private static void askToSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Answers.page(request)) {
            // what was sent with an expired session is gone; say why
            response.sendRedirect(request.getMethod().equals("GET") ? "/login" : "/login?expired");
            return;
        }
        if (Answers.htmx(request)) response.setHeader("HX-Redirect", "/login?expired");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }

    private static AccessDeniedHandler refuse() {
        return (request, response, denied) -> {
            boolean stale = denied instanceof CsrfException;
            String path = Answers.path(request);
            if (stale && path.equals("/login")) {
                response.sendRedirect("/login?stale");
            } else if (stale && path.equals("/first-administrator")) {
                request.setAttribute(Answers.SENTENCE, "页面已过期，请重新打开日志中的链接。");
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
            } else if (stale && path.equals("/new-password")) {
                request.setAttribute(Answers.SENTENCE, "页面已过期，请重新打开收到的链接。");
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
            } else if (CurrentPerson.account() == null) {
                askToSignIn(request, response);
            } else {
                String sentence = stale ? "页面已过期，请刷新后再试。" : "您没有进行此操作的权限。";
                if (Answers.page(request)) {
                    if (stale) request.setAttribute(Answers.SENTENCE, sentence);
                    response.sendError(HttpServletResponse.SC_FORBIDDEN);
                } else {
                    Answers.json(
                            response,
                            HttpServletResponse.SC_FORBIDDEN,
                            stale ? "CsrfException" : "Forbidden",
                            sentence);
                }
            }
        };
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, boolean https) {
        headers
                // the other hosts of a city's domain are not ours to decide about
                .httpStrictTransportSecurity(strict -> strict.requestMatcher(request -> https)
                        .includeSubDomains(false)
                        .maxAgeInSeconds(YEAR))
                // no-store on everything would fetch Tasklist's four megabytes of scripts anew for each page
                .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        FILES, new StaticHeadersWriter("Cache-Control", "private, no-cache")))
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(FILES), new CacheControlHeadersWriter()))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
                .referrerPolicy(r -> r.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN))
                // the web applications have their own policy; two of them would be cut together
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(CAMUNDA), new ContentSecurityPolicyHeaderWriter(OWN_POLICY)));
    }
}
