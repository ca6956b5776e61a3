package org.banhao.people.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The web applications' own filter throws the whole session away when a token is missing or wrong, so any stray call
 * would sign a person out of our pages too. This one stands before it, and before the sign-out address, compares the
 * same token and answers 403 with the session intact.
 */
class CamundaCsrfGuard extends OncePerRequestFilter {

    static final String HEADER = "X-XSRF-TOKEN";
    /** Where the stock filter keeps its token. */
    static final String SESSION_KEY = "CAMUNDA_CSRF_TOKEN";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Carries the token that the web applications were given for this session. */
    static boolean valid(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String sent = request.getHeader(HEADER);
        return session != null
                && sent != null
                && session.getAttribute(SESSION_KEY) instanceof String known
                && MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Answers.path(request).startsWith("/camunda/") || SAFE.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!SessionGuard.signedIn(request.getSession(false))) {
            // Tasklist goes to the sign-in page at 401, not at 403
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (!valid(request)) {
            Answers.json(response, HttpServletResponse.SC_FORBIDDEN, "CsrfException", "页面已过期，请刷新后再试。");
        } else {
            chain.doFilter(request, response);
        }
    }
}
