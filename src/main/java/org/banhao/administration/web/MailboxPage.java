package org.banhao.administration.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.banhao.base.ChineseTime;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.notice.Mailbox;
import org.banhao.notice.Mailbox.Message;
import org.banhao.notice.OneTimeLinks;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What was told to whom, what became of it, and putting back what did not arrive. */
@Controller
@RequestMapping("/admin/mailbox")
class MailboxPage {

    private static final int FULL_PAGE = 50;

    private final Mailbox mailbox;
    private final OneTimeLinks links;
    private final SignedIn signedIn;
    private final Clock clock;

    MailboxPage(Mailbox mailbox, OneTimeLinks links, SignedIn signedIn, Clock clock) {
        this.mailbox = mailbox;
        this.links = links;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GetMapping
    String list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String before,
            Model model,
            HttpServletResponse response) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        String chosen = state == null || state.isEmpty() ? null : state;
        try {
            fill(chosen, before == null ? null : id(before), model);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            fill(null, null, model);
        }
        return "admin/mailbox";
    }

    @GetMapping("/{id}")
    String one(@PathVariable String id, Model model, HttpServletResponse response) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            Message message = mailbox.get(id(id));
            model.addAttribute("message", message);
            model.addAttribute("row", Row.of(message));
            return "admin/message";
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            fill(null, null, model);
            return "admin/mailbox";
        }
    }

    @PostMapping("/{id}/retry")
    String retry(@PathVariable String id, RedirectAttributes redirect) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            mailbox.retry(id(id));
            redirect.addFlashAttribute("told", "已重新排队，几秒后发送。");
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/admin/mailbox";
    }

    /** The list that the page shows, whole, as a table. */
    @GetMapping("/list.xlsx")
    ResponseEntity<InputStreamResource> export(@RequestParam(required = false) @Nullable String state) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        List<Message> messages = mailbox.export(state == null || state.isEmpty() ? null : state);
        return new PrintedTable(
                        "通知",
                        "通知发送清单",
                        clock.instant(),
                        List.of("序号", "主题", "案件", "收件人", "方式", "地址", "状态", "说明", "查看情况", "写入时间"),
                        List.of(6, 34, 18, 14, 10, 24, 10, 30, 34, 22),
                        messages.stream().map(one -> Row.of(one).cells()).toList())
                .download();
    }

    /** Whether there are one-time links at all, and how long one is good at most. */
    @PostMapping("/links")
    String links(
            @RequestParam(defaultValue = "no") String enabled,
            @RequestParam(defaultValue = "") String days,
            RedirectAttributes redirect) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            links.set(enabled.equals("yes"), days.matches("[0-9]{1,4}") ? Integer.parseInt(days) : 0);
            redirect.addFlashAttribute("told", enabled.equals("yes") ? "已保存：启用一次性链接。" : "已保存：停用一次性链接，已经发出的链接同时失效。");
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/admin/mailbox";
    }

    private void fill(@Nullable String state, @Nullable Long before, Model model) {
        List<Message> messages = mailbox.list(state, before);
        Mailbox.Counts counts = mailbox.counts();
        model.addAttribute("rows", messages.stream().map(Row::of).toList());
        model.addAttribute("state", state == null ? "" : state);
        model.addAttribute("counts", counts);
        model.addAttribute("setting", links.setting());
        model.addAttribute(
                "next",
                messages.size() < FULL_PAGE ? null : messages.get(FULL_PAGE - 1).id());
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal("没有这封通知，请返回列表重新选择。");
        }
    }

    /** One line of the list, on the page and in the table. */
    record Row(Message message) {

        static Row of(Message message) {
            return new Row(message);
        }

        public String address() {
            return Objects.requireNonNullElse(message.address(), "没有地址");
        }

        public String caseNumber() {
            return Objects.requireNonNullElse(message.caseNumber(), "");
        }

        public String created() {
            return ChineseTime.text(message.createdAt());
        }

        List<String> cells() {
            return List.of(
                    message.subject(),
                    caseNumber(),
                    message.personName(),
                    message.channelName(),
                    address(),
                    message.stateName(),
                    message.detail(),
                    message.seen(),
                    created());
        }
    }
}
