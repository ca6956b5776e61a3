package org.banhao.notice.web;

import org.banhao.notice.DigestSwitch;
import org.banhao.people.SignedIn;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people set for themselves about messages. */
@Controller
@RequestMapping("/settings")
class SettingsPage {

    private final DigestSwitch digest;
    private final SignedIn signedIn;

    SettingsPage(DigestSwitch digest, SignedIn signedIn) {
        this.digest = digest;
        this.signedIn = signedIn;
    }

    @GetMapping
    String show(Model model) {
        model.addAttribute("digest", digest.on(signedIn.person().id()));
        model.addAttribute("email", signedIn.person().email());
        return "settings/settings";
    }

    @PostMapping
    String save(@RequestParam(defaultValue = "no") String digest, RedirectAttributes redirect) {
        boolean on = digest.equals("yes");
        this.digest.set(signedIn.person().id(), on);
        redirect.addFlashAttribute("told", on ? "已保存：工作日8:00接收每日提要。" : "已保存：不再接收每日提要，催办通知照常发送。");
        return "redirect:/settings";
    }
}
