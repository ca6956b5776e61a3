package org.banhao.administration.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.notice.Mailbox;
import org.banhao.notice.Mailbox.Message;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
    private final SignedIn signedIn;

    MailboxPage(Mailbox mailbox, SignedIn signedIn) {
        this.mailbox = mailbox;
        this.signedIn = signedIn;
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

    private void fill(@Nullable String state, @Nullable Long before, Model model) {
        List<Message> messages = mailbox.list(state, before);
        Mailbox.Counts counts = mailbox.counts();
        model.addAttribute("rows", messages.stream().map(Row::of).toList());
        model.addAttribute("state", state == null ? "" : state);
        model.addAttribute("counts", counts);
        model.addAttribute("all", counts.pending() + counts.sent() + counts.dead() + counts.undeliverable());
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

    /** @param light CSS class of the due light: ok, soon, late */
    record Row(
            long id,
            String channel,
            String to,
            String address,
            String subject,
            String caseNumber,
            String stateName,
            String light,
            String detail,
            String created,
            boolean mayRetry) {

        private static final Map<String, String> CHANNELS = Map.of("mail", "邮件", "sms", "短信", "webhook", "消息平台");
        private static final Map<String, String> STATES =
                Map.of("pending", "待发", "sent", "已发", "dead", "多次失败", "undeliverable", "无法送达");
        private static final Map<String, String> LIGHTS =
                Map.of("pending", "soon", "sent", "ok", "dead", "late", "undeliverable", "late");

        static Row of(Message message) {
            String address = message.address();
            String number = message.caseNumber();
            return new Row(
                    message.id(),
                    CHANNELS.getOrDefault(message.channel(), message.channel()),
                    message.personName(),
                    address == null ? "没有地址" : address,
                    message.subject(),
                    number == null ? "" : number,
                    STATES.getOrDefault(message.state(), message.state()),
                    LIGHTS.getOrDefault(message.state(), "soon"),
                    detail(message),
                    ChineseTime.text(message.createdAt()),
                    message.state().equals("dead") || message.state().equals("undeliverable"));
        }

        private static String detail(Message message) {
            String error = message.lastError() == null ? "" : message.lastError();
            Instant sent = message.sentAt();
            if (sent != null) {
                String how = "mailbox".equals(message.sentBy())
                        ? "存入本信箱（未配置邮件服务器，没有外发）"
                        : "file".equals(message.sentBy()) ? "写入交换文件" : "交给邮件服务器";
                return ChineseTime.text(sent) + how;
            }
            if (message.state().equals("undeliverable")) return error;
            if (message.state().equals("dead")) return "试发" + message.attempts() + "次未成功：" + error;
            return message.attempts() == 0
                    ? "等待发送"
                    : "已试发" + message.attempts() + "次，" + ChineseTime.text(message.nextAt()) + "再试：" + error;
        }
    }
}
