package org.banhao.proposal.web;

import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.NoticeList;
import org.banhao.proposal.domain.Sessions;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 通知清单: looked at, and taken away as a table for the city's short message platform. */
@Controller
@RequestMapping("/proposals/notices")
class NoticeListPage {

    private final NoticeList list;
    private final SignedIn signedIn;

    NoticeListPage(NoticeList list, SignedIn signedIn) {
        this.list = list;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "") String session, Model model) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        model.addAttribute("sheet", list.read(session));
        model.addAttribute("terms", list.sessions());
        model.addAttribute("columns", NoticeListSheet.COLUMNS);
        model.addAttribute("noneOpen", Sessions.NONE_OPEN);
        return "proposal/notices";
    }

    @GetMapping(path = "/list.xlsx")
    ResponseEntity<InputStreamResource> export(@RequestParam(defaultValue = "") String session) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        return NoticeListSheet.table(list.export(session)).download();
    }
}
