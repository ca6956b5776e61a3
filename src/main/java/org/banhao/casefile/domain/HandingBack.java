package org.banhao.casefile.domain;

import org.banhao.base.Audit;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.flow.Processes;
import org.banhao.people.LeftGroup;
import org.banhao.people.People;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who leaves a group hands back what he took in its name, in the transaction that changes his account. */
@Component
class HandingBack {
    private final OpenStepRows steps;
    private final Processes processes;
    private final CaseFiles cases;
    private final People people;
    private final Audit audit;

    HandingBack(OpenStepRows steps, Processes processes, CaseFiles cases, People people, Audit audit) {
        this.steps = steps;
        this.processes = processes;
        this.cases = cases;
        this.people = people;
        this.audit = audit;
    }

    @EventListener
    @Transactional
    public void on(LeftGroup left) {
        for (String taskId : steps.heldFor(left.personId(), left.groupId())) {
            OpenStep step = steps.find(taskId).orElseThrow();
            processes.release(taskId);
            if (!step.caseNumber().isEmpty()) {
                cases.happened(
                        step.caseNumber(),
                        "退回待签收：" + step.name(),
                        people.nameOf(left.personId()) + "不再属于" + people.groupName(left.groupId()) + "，事项交回重新签收");
            }
            audit.record(
                    "casefile.handBack",
                    step.caseNumber().isEmpty() ? null : step.caseNumber(),
                    left.personId() + " " + step.process() + "/" + step.task());
        }
    }
}
