package org.banhao.monitoring.rules.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.domain.ProductionOrders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 停产、限产要求: by which 标停未停 is judged. */
@Controller
@RequestMapping("/monitoring/orders")
class OrdersPage {

    private final ProductionOrders orders;
    private final Registry registry;
    private final RuleTabs tabs;
    private final Clock clock;

    OrdersPage(ProductionOrders orders, Registry registry, RuleTabs tabs, Clock clock) {
        this.orders = orders;
        this.registry = registry;
        this.tabs = tabs;
        this.clock = clock;
    }

    record Row(
            long id,
            String outlet,
            String span,
            String allowed,
            String basis,
            String who,
            String state,
            boolean over) {}

    @GetMapping
    String show(@RequestParam Map<String, String> form, Model model) {
        Instant now = clock.instant();
        tabs.show(model, "/monitoring/orders");
        model.addAttribute("form", form);
        model.addAttribute("outlets", registry.outlets());
        model.addAttribute(
                "orders", orders.entries().stream().map(one -> row(one, now)).toList());
        return "monitoring/orders";
    }

    private static Row row(ProductionOrders.Entry entry, Instant now) {
        Instant until = entry.order().endsAt();
        boolean over = until != null && !until.isAfter(now);
        double allowed = entry.order().allowed();
        return new Row(
                entry.order().id(),
                entry.outlet(),
                "自" + ChineseTime.text(entry.order().beginsAt())
                        + (until == null ? "起，至解除为止" : "至" + ChineseTime.text(until)),
                allowed == 0 ? "停产" : "限产，不超过" + Scopes.number(allowed) + "千瓦",
                entry.order().basis(),
                entry.enteredBy() + "，" + ChineseTime.text(entry.enteredAt()),
                over ? "已结束" : entry.order().beginsAt().isAfter(now) ? "尚未开始" : "执行中",
                over);
    }

    @PostMapping
    String order(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            orders.order(
                    Scopes.id(form.getOrDefault("outlet", ""), "请选择排放口。"),
                    form.get("from"),
                    form.get("until"),
                    form.get("allowed"),
                    form.get("basis"));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            return show(form, model);
        }
        redirect.addFlashAttribute("told", "已录入，从开始时间起按此判定标停未停。");
        return "redirect:/monitoring/orders";
    }

    @PostMapping("/{id}/lift")
    String lift(@PathVariable String id, RedirectAttributes redirect) {
        orders.lift(Scopes.id(id, "没有这项要求，请刷新页面后重新选择。"));
        redirect.addFlashAttribute("told", "已解除，以前的判定不变。");
        return "redirect:/monitoring/orders";
    }
}
