package org.banhao.casefile.domain;

import java.time.Instant;
import java.util.List;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.DeadlineMoved;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.flow.Processes;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Row, task and timer move in one transaction; the open step follows through the engine's event. */
@Component
@Transactional
class MovedDeadlines implements DeadlineMoves {
    private static final int LONGEST_REASON = 500;

    private final Deadlines deadlines;
    private final Processes processes;
    private final CaseFiles cases;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    MovedDeadlines(
            Deadlines deadlines, Processes processes, CaseFiles cases, Audit audit, ApplicationEventPublisher events) {
        this.deadlines = deadlines;
        this.processes = processes;
        this.cases = cases;
        this.audit = audit;
        this.events = events;
    }

    @Override
    public void move(long deadlineId, Instant due, String reason) {
        if (reason.isBlank()) throw new Refusal("reason", "请写明调整时限的理由。");
        if (reason.length() > LONGEST_REASON) throw new Refusal("reason", "理由超过" + LONGEST_REASON + "字，请缩短。");
        Deadline moved = deadlines.move(deadlineId, due, reason.strip());
        follow(moved, "时限调整：" + moved.name() + "改至" + ChineseTime.text(moved.due()), reason.strip());
        audit.record("casefile.moveDeadline", moved.caseNumber(), moved.name());
    }

    @Override
    public int recompute(int year) {
        List<Deadline> changed = deadlines.recompute(year);
        for (Deadline deadline : changed) {
            follow(
                    deadline,
                    "时限重算：" + deadline.name() + "改至" + ChineseTime.text(deadline.due()),
                    "依据" + year + "年放假安排。" + deadline.sentence());
        }
        audit.record("casefile.recomputeDeadlines", null, year + "年，" + changed.size() + "项");
        return changed.size();
    }

    private void follow(Deadline deadline, String what, String detail) {
        if (deadline.instanceId() != null && deadline.task() != null) {
            processes.moveDue(deadline.instanceId(), deadline.task(), deadline.due());
        }
        events.publishEvent(new DeadlineMoved(deadline));
        cases.happened(deadline.caseNumber(), what, detail);
    }
}
