package org.banhao.monitoring.web;

import java.util.List;
import org.banhao.monitoring.domain.SimulatorDesk;
import org.banhao.monitoring.simulator.SimulatedFault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 演示设备: how the simulated devices are, and switches for their faults. */
@Controller
@RequestMapping("/monitoring/simulator")
class SimulatorPages {

    private final SimulatorDesk desk;

    SimulatorPages(SimulatorDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    String all(Model model) {
        model.addAttribute("stations", desk.stations());
        model.addAttribute("faults", List.of(SimulatedFault.values()));
        return "monitoring/simulator";
    }

    @PostMapping("/begin")
    String begin(
            @RequestParam(defaultValue = "") String mn,
            @RequestParam(defaultValue = "") String fault,
            @RequestParam(defaultValue = "") String factor,
            RedirectAttributes redirect) {
        desk.begin(mn, fault, factor);
        redirect.addFlashAttribute("told", "故障已开始，结果会在监测预警和排放口页面中出现。");
        return "redirect:/monitoring/simulator";
    }

    @PostMapping("/end")
    String end(
            @RequestParam(defaultValue = "") String mn,
            @RequestParam(defaultValue = "") String fault,
            RedirectAttributes redirect) {
        desk.end(mn, fault);
        redirect.addFlashAttribute("told", "已恢复正常。");
        return "redirect:/monitoring/simulator";
    }
}
