package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** How long a session lasts; own pages and Tasklist ask, so that they can warn before it ends. */
@Controller
class SessionEnd {

    private final Clock clock;
    private final Duration idle;
    private final Duration absolute;

    SessionEnd(
            Clock clock,
            @Value("${banhao.session.idle:30m}") Duration idle,
            @Value("${banhao.session.absolute:12h}") Duration absolute) {
        this.clock = clock;
        this.idle = idle;
        this.absolute = absolute;
    }

    Duration idle() {
        return idle;
    }

    Duration absolute() {
        return absolute;
    }

    /** In seconds, for the frame of a page; the call for the page itself was an act. */
    long left(HttpServletRequest request) {
        return SessionGuard.left(request.getSession(false), clock.instant(), idle, absolute);
    }

    /** Is no act of the person. */
    @GetMapping("/api/session")
    @ResponseBody
    Map<String, Long> ask(HttpServletRequest request) {
        return Map.of("seconds", left(request));
    }

    /** 继续使用: an act like any other; {@link SessionGuard} has counted it. */
    @PostMapping("/api/session")
    @ResponseBody
    Map<String, Long> goOn(HttpServletRequest request) {
        return Map.of("seconds", left(request));
    }
}
