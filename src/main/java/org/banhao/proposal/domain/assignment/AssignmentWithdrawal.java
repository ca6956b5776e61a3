package org.banhao.proposal.domain.assignment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.banhao.base.Audit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The proposal is withdrawn: whatever of its assignment still waits ends with it, and the units are told. */
@Service
@Transactional
public class AssignmentWithdrawal {

    private final AssignmentRows rows;
    private final AssignmentParties parties;
    private final Delivery delivery;
    private final Audit audit;
    private final Clock clock;

    AssignmentWithdrawal(AssignmentRows rows, AssignmentParties parties, Delivery delivery, Audit audit, Clock clock) {
        this.rows = rows;
        this.parties = parties;
        this.delivery = delivery;
        this.audit = audit;
        this.clock = clock;
    }

    /** Called by the process once; harmless when assignment never began. Units that took part keep reading the closed case. */
    public void withdraw(String caseNumber) {
        if (rows.plan(caseNumber).isEmpty()) {
            return;
        }
        rows.lockPlan(caseNumber);
        Instant now = clock.instant();
        for (UnitWord word : rows.words(List.of(caseNumber))) {
            parties.consultationEnds(caseNumber, word.unitId());
        }
        rows.closeWords(caseNumber, now);
        int told = 0;
        for (Assignment row : rows.of(caseNumber)) {
            if (row.state() == AssignmentState.PLANNED || row.state() == AssignmentState.SUGGESTED) {
                rows.ended(row.id(), AssignmentState.NOT_CHOSEN, now);
            } else if (row.state().holds()) {
                boolean accepted = row.state().accepted();
                delivery.recall(row, "提案撤回");
                rows.ended(row.id(), AssignmentState.WITHDRAWN, now);
                delivery.tellUnit(
                        row.unitId(),
                        caseNumber,
                        "assignmentWithdrawn",
                        String.valueOf(row.id()),
                        Map.of("role", row.roleLine()));
                delivery.publish(new AssignmentEvents.Withdrawn(rows.get(row.id()), accepted));
                told++;
            }
        }
        audit.record("proposal.withdrawAssignments", caseNumber, told + "个单位");
    }
}
