package org.banhao.people.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.banhao.people.domain.KnownBrowsers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** The cookie by which {@link KnownBrowsers} knows a browser again: sent to the sign-in page alone, read by no script. */
class Marks {

    static final String COOKIE = "BANHAO-KNOWN";

    private final KnownBrowsers browsers;
    private final boolean https;

    Marks(KnownBrowsers browsers, boolean https) {
        this.browsers = browsers;
        this.https = https;
    }

    void leave(String login, HttpServletRequest request, HttpServletResponse response) {
        ResponseCookie cookie = ResponseCookie.from(COOKIE, browsers.after(login, of(request)))
                .path("/login")
                .httpOnly(true)
                .secure(https)
                // not Strict: after a link in a mail the sign-in page would not know its browser
                .sameSite("Lax")
                .maxAge(KnownBrowsers.GOOD)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private static @Nullable String of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null)
            for (Cookie cookie : cookies) if (cookie.getName().equals(COOKIE)) return cookie.getValue();
        return null;
    }

    /** What is known of a sign-in besides name and password. The marks are asked for once and never written with a session. */
    static final class Details extends WebAuthenticationDetails {

        private static final long serialVersionUID = 1L;

        private final transient @Nullable String marks;

        Details(HttpServletRequest request) {
            super(request);
            marks = of(request);
        }

        @Nullable
        String marks() {
            return marks;
        }
    }
}
