package org.banhao.monitoring.web;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 报文检查: why is this packet refused, and what does it say. */
@Controller
class FramePage {

    @GetMapping("/monitoring/frames")
    String show() {
        return "monitoring/frames";
    }

    @PostMapping("/monitoring/frames")
    String inspect(
            @RequestParam(required = false) @Nullable String frame,
            @RequestParam(required = false) @Nullable String standard,
            Model model,
            HttpServletResponse response) {
        // spaces around belong to the copying, not to the packet
        String text = frame == null ? "" : frame.strip();
        model.addAttribute("frame", text);
        model.addAttribute("standard", standard);
        try {
            model.addAttribute("found", FrameInspection.of(text.getBytes(StandardCharsets.UTF_8), standard));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
        }
        return "monitoring/frames";
    }
}
