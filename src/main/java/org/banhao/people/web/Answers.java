package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How a refusal at the door is told: a page to people, JSON to scripts. */
final class Answers {

    /** Request attribute that the error page reads. */
    static final String SENTENCE = Answers.class.getName() + ".sentence";

    private Answers() {}

    static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    /** The address of a page as the browser shows it, with what was asked for. */
    static String address(HttpServletRequest request) {
        String query = request.getQueryString();
        return path(request) + (query == null ? "" : "?" + query);
    }

    /** It leads to this application, whatever a browser makes of it. */
    static boolean local(String address) {
        return address.matches("/(?![/\\\\])[^\\\\\\s\\p{Cntrl}{}]*");
    }

    static boolean htmx(HttpServletRequest request) {
        return "true".equals(request.getHeader("HX-Request"));
    }

    /** A person looks at it: not a script, not the web applications' own calls. */
    static boolean page(HttpServletRequest request) {
        String path = path(request);
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("text/html")
                && !htmx(request)
                && !path.startsWith("/camunda/api/")
                && !path.startsWith("/api/")
                && !path.startsWith("/engine-rest/");
    }

    /** @param type and sentence are constants of this package, free of quotes */
    static void json(HttpServletResponse response, int status, String type, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().write("{\"type\":\"" + type + "\",\"message\":\"" + sentence + "\"}");
    }
}
