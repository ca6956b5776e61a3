package org.banhao.proposal.domain.assignment;

import java.util.List;
import org.banhao.notice.CaseWatch;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Over units watches the office that assigned the case, over it its leader; over the rest the committee's office and its director. */
@Component
class OfficeWatch implements CaseWatch {

    private static final List<String> OFFICES =
            List.of(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER, Roles.ASSIGNING_OFFICE_LEADER);

    private final Assignments assignments;

    OfficeWatch(Assignments assignments) {
        this.assignments = assignments;
    }

    @Override
    public String kind() {
        return "TA";
    }

    @Override
    public List<String> office(String caseNumber, List<String> owners) {
        if (!assigned(owners)) return List.of(Roles.PROPOSAL_CLERK);
        return assignments.plan(caseNumber).map(plan -> List.of(plan.office())).orElse(List.of(Roles.PROPOSAL_CLERK));
    }

    @Override
    public List<String> leaders(String caseNumber, List<String> owners) {
        return List.of(assigned(owners) ? Roles.ASSIGNING_OFFICE_LEADER : Roles.COMMITTEE_DIRECTOR);
    }

    private static boolean assigned(List<String> owners) {
        return owners.stream().anyMatch(group -> group.contains(".") || OFFICES.contains(group));
    }
}
