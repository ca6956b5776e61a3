package org.banhao.people.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.banhao.people.domain.Account;
import org.banhao.people.domain.SignIns;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * First filter of the session chain: ends sessions that are too old or idle, and follows changes of the account at the
 * next request. Idleness is counted here, because Tasklist asks for the open task every ten seconds and the container's
 * own time-out would never come.
 */
class SessionGuard extends OncePerRequestFilter {

    private static final String SIGNED_IN = "banhao.signedIn";
    private static final String LAST_ACT = "banhao.lastAct";
    private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
    /** The web applications' copy of the person and his groups. */
    private static final String ENGINE_COPY = "authenticatedUser";

    private static final Pattern POLL = Pattern.compile("GET /camunda/api/engine/engine/[^/]+/task/[^/]+"
            + "|POST /camunda/api/engine/engine/[^/]+/filter/[^/]+/list"
            + "|GET /camunda/api/engine/engine/[^/]+/filter(/count)?"
            // asks how long the session lasts, whether what was handed in can still be taken back
            + "|GET /api/(session|retractions)"
            // an own page that is looked at asks for the present state by itself
            + "|GET /\\S+/now");

    private final SignIns signIns;
    private final Clock clock;
    private final Duration idle;
    private final Duration absolute;

    SessionGuard(SignIns signIns, Clock clock, Duration idle, Duration absolute) {
        this.signIns = signIns;
        this.clock = clock;
        this.idle = idle;
        this.absolute = absolute;
    }

    static void begin(HttpSession session, Instant now) {
        session.setAttribute(SIGNED_IN, now);
        session.setAttribute(LAST_ACT, now);
    }

    static boolean signedIn(@Nullable HttpSession session) {
        return session != null && session.getAttribute(SIGNED_IN) != null;
    }

    /** Seconds until the session ends when nothing is done from now on; 0 when nobody is signed in. */
    static long left(@Nullable HttpSession session, Instant now, Duration idle, Duration absolute) {
        if (session == null
                || !(session.getAttribute(SIGNED_IN) instanceof Instant since)
                || !(session.getAttribute(LAST_ACT) instanceof Instant last)) return 0;
        Duration untilIdle = Duration.between(now, last.plus(idle));
        Duration untilEnd = Duration.between(now, since.plus(absolute));
        return Math.max(0, Math.min(untilIdle.toSeconds(), untilEnd.toSeconds()));
    }

    /** The same session goes on with another state of the account. */
    static void replace(HttpSession session, Account account) {
        SecurityContext next = SecurityContextHolder.createEmptyContext();
        next.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(account, null, List.of()));
        session.setAttribute(CONTEXT, next);
        session.removeAttribute(ENGINE_COPY);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpSession session = request.getSession(false);
        if (session != null && (signedIn(session) || session.getAttribute(CONTEXT) != null)) {
            Instant now = clock.instant();
            if (tooOld(session, now) || !follows(session)) session.invalidate();
            else if (!POLL.matcher(request.getMethod() + " " + Answers.path(request))
                    .matches()) session.setAttribute(LAST_ACT, now);
        }
        chain.doFilter(request, response);
    }

    private boolean tooOld(HttpSession session, Instant now) {
        return !(session.getAttribute(SIGNED_IN) instanceof Instant since)
                || !(session.getAttribute(LAST_ACT) instanceof Instant last)
                || now.isAfter(since.plus(absolute))
                || now.isAfter(last.plus(idle));
    }

    /** Closed or with another password: out. Other groups: the session goes on with them. */
    private boolean follows(HttpSession session) {
        Account known = session.getAttribute(CONTEXT) instanceof SecurityContext context
                ? CurrentPerson.account(context.getAuthentication())
                : null;
        if (known == null) return false;
        Optional<Account> now = signIns.still(known);
        now.filter(account -> account != known).ifPresent(account -> replace(session, account));
        return now.isPresent();
    }
}
