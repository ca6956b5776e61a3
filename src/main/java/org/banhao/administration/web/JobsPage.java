package org.banhao.administration.web;

import java.util.List;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.flow.FailedJobs;
import org.banhao.flow.FailedJobs.FailedJob;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Timers and the like that the engine has given up, and one more try. The system administrator's: what stops one is a database, a disk
 * or a defect, seldom the drawing of a process, and he who suspends cases has to see what stands still. By case number alone, because he
 * does not read cases. The engine's own doors to its jobs stay shut.
 */
@Controller
@RequestMapping("/admin/jobs")
class JobsPage {

    private final FailedJobs jobs;
    private final SignedIn signedIn;

    JobsPage(FailedJobs jobs, SignedIn signedIn) {
        this.jobs = jobs;
        this.signedIn = signedIn;
    }

    /** @param since 2026年3月26日 18:00（周四） */
    record Row(String id, String caseNumber, String process, String step, String why, String since, boolean resting) {

        static Row of(FailedJob job) {
            String number = job.caseNumber();
            return new Row(
                    job.id(),
                    number == null ? "不属于某一案件" : number,
                    job.process(),
                    job.step(),
                    job.why().isEmpty() ? "没有留下说明" : job.why(),
                    job.since() == null ? "时间不详" : ChineseTime.text(job.since()),
                    job.resting());
        }
    }

    @GetMapping
    String list(Model model) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        List<Row> rows = jobs.present().stream().map(Row::of).toList();
        model.addAttribute("rows", rows);
        model.addAttribute("full", rows.size() == FailedJobs.MOST);
        return "admin/jobs";
    }

    @PostMapping("/{id}/retry")
    String retry(@PathVariable String id, RedirectAttributes redirect) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            jobs.retry(id);
            redirect.addFlashAttribute("told", "已安排重试，一分钟内执行；再次失败的会重新出现在这里。");
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/admin/jobs";
    }
}
