package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/**
 * A refusal that no page shows at its field: a page with the sentence and the way back, or JSON
 * {@code {"type":"Refusal","message":…,"field":…}} for scripts; HTTP 400 both,
 * 409 for who was overtaken.
 */
@ControllerAdvice
class Refused {

    private final Frame frame;

    Refused(Frame frame) {
        this.frame = frame;
    }

    @ExceptionHandler(Refusal.class)
    Object refusal(Refusal refusal, HttpServletRequest request, HttpServletResponse response) {
        HttpStatus status = refusal instanceof Overtaken ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST;
        if (Answers.page(request)) {
            response.setStatus(status.value());
            ExtendedModelMap model = new ExtendedModelMap();
            frame.fill(request, model);
            model.addAttribute("title", "未能完成");
            model.addAttribute("message", refusal.sentence());
            model.addAttribute("back", back(request));
            return new ModelAndView("error", model);
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", "Refusal");
        body.put("message", refusal.sentence());
        body.put("field", refusal.field());
        return ResponseEntity.status(status).body(body);
    }

    /** Two at the same rows: the database let the other one through and undid this one whole. */
    @ExceptionHandler(ConcurrencyFailureException.class)
    Object slower(HttpServletRequest request, HttpServletResponse response) {
        return refusal(new Overtaken(), request, response);
    }

    /** The page it was sent from, when it is one of ours. */
    private static @Nullable String back(HttpServletRequest request) {
        String from = request.getHeader("Referer");
        if (from == null) return null;
        try {
            URI uri = URI.create(from);
            if (!request.getServerName().equals(uri.getHost())) return null;
            String path = uri.getRawPath();
            return path == null || !path.startsWith("/") || path.startsWith("//") ? null : path;
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
