package org.banhao.people.web;

import org.banhao.people.SignedIn;
import org.banhao.people.domain.LargeText;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The switch 大字 of own pages, and the one in Tasklist's header. */
@Controller
class TextSize {

    private final LargeText largeText;
    private final SignedIn signedIn;

    TextSize(LargeText largeText, SignedIn signedIn) {
        this.largeText = largeText;
        this.signedIn = signedIn;
    }

    /** @param back the page it was pressed on; one that answers something sent is not shown again, what leads elsewhere is not followed */
    @PostMapping("/text-size")
    String choose(@RequestParam(defaultValue = "false") boolean large, @RequestParam(defaultValue = "/") String back) {
        largeText.choose(signedIn.person().id(), large);
        return "redirect:" + (Answers.local(back) ? back : "/");
    }

    @PostMapping("/api/text-size")
    ResponseEntity<Void> choose(@RequestParam(defaultValue = "false") boolean large) {
        largeText.choose(signedIn.person().id(), large);
        return ResponseEntity.noContent().build();
    }
}
