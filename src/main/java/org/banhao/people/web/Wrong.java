package org.banhao.people.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.banhao.base.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;

/** A refusal on the page it came from: at its field, or above the page when it names none. */
final class Wrong {

    private Wrong() {}

    static void show(Refusal refusal, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        String field = refusal.field();
        if (field == null) model.addAttribute("refused", refusal.sentence());
        model.addAttribute("wrong", Map.of(field == null ? "" : field, refusal.sentence()));
    }
}
