package org.banhao.notice.web;

import org.banhao.notice.DigestSwitch;
import org.banhao.notice.OneTimeLinks;
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
    private final OneTimeLinks links;
    private final SignedIn signedIn;

    SettingsPage(DigestSwitch digest, OneTimeLinks links, SignedIn signedIn) {
        this.digest = digest;
        this.links = links;
        this.signedIn = signedIn;
    }

    @GetMapping
    String show(Model model) {
        model.addAttribute("digest", digest.on(signedIn.person().id()));
        model.addAttribute("links", links.wantedBy(signedIn.person().id()));
        model.addAttribute("setting", links.setting());
        model.addAttribute("email", signedIn.person().email());
        return "settings/settings";
    }

    @PostMapping
    String save(
            @RequestParam(defaultValue = "no") String digest,
            @RequestParam(defaultValue = "no") String links,
            RedirectAttributes redirect) {
        boolean on = digest.equals("yes");
        this.digest.set(signedIn.person().id(), on);
        boolean linked = links.equals("yes");
        this.links.want(signedIn.person().id(), linked);
        redirect.addFlashAttribute(
                "told",
                (on ? "已保存：工作日8:00接收每日提要；" : "已保存：不再接收每日提要，催办通知照常发送；")
                        + (linked ? "接收一次性链接。" : "不再接收一次性链接，已经发出的链接同时失效。"));
        return "redirect:/settings";
    }
}
