package org.banhao.proposal.domain.assignment;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who handles what, for the stages that follow. Reads only. */
@Service
@Transactional(readOnly = true)
public class Assignments {

    private static final Set<AssignmentState> HOLDING = EnumSet.copyOf(EnumSet.allOf(AssignmentState.class).stream()
            .filter(AssignmentState::holds)
            .collect(Collectors.toSet()));

    private final AssignmentRows rows;

    Assignments(AssignmentRows rows) {
        this.rows = rows;
    }

    /** @throws Refusal there is none */
    public Assignment get(long id) {
        return rows.get(id);
    }

    /** Of whatever state, the lead first. */
    public List<Assignment> of(String caseNumber) {
        return rows.of(caseNumber);
    }

    /** Those who are told and not released from it, the lead first. */
    public List<Assignment> holding(String caseNumber) {
        return rows.of(caseNumber).stream()
                .filter(assignment -> assignment.state().holds())
                .toList();
    }

    /** What these units hold, over all cases. */
    public List<Assignment> ofUnits(Collection<String> units) {
        return rows.ofUnits(units, HOLDING);
    }

    /** Empty before assignment began. */
    public Optional<Plan> plan(String caseNumber) {
        return rows.plan(caseNumber);
    }

    /** Many in one look; cases without one are left out. */
    public List<Plan> plans(Collection<String> caseNumbers) {
        return rows.plans(caseNumbers);
    }

    /** All requests of the case to return it, oldest first. */
    public List<ReturnRequest> requests(String caseNumber) {
        return rows.requests(caseNumber);
    }

    /** 二次交办 of these assignments, ended ones too. */
    public List<InnerForwarding> forwardings(Collection<Long> assignments) {
        return rows.forwardings(assignments);
    }
}
