package org.banhao.proposal.domain.assignment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.casefile.OpenStep;
import org.banhao.notice.CaseWatch;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Over units watches the office that assigned the case, over it its leader; over the rest the committee's office and its director. */
@Component
class OfficeWatch implements CaseWatch {

    private static final List<String> OFFICES =
            List.of(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER, Roles.ASSIGNING_OFFICE_LEADER);

    private static final List<String> COMMITTEE = List.of(Roles.PROPOSAL_CLERK);

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
        if (!assigned(owners)) return COMMITTEE;
        return assignments.plan(caseNumber).map(plan -> List.of(plan.office())).orElse(COMMITTEE);
    }

    @Override
    public Map<String, List<String>> offices(Collection<OpenStep> steps) {
        Set<String> cases = steps.stream().map(OpenStep::caseNumber).collect(Collectors.toSet());
        Map<String, List<String>> planned = assignments.plans(cases).stream()
                .collect(Collectors.toMap(Plan::caseNumber, plan -> List.of(plan.office())));
        return steps.stream()
                .collect(Collectors.toMap(
                        OpenStep::taskId,
                        step -> assigned(step.groups())
                                ? planned.getOrDefault(step.caseNumber(), COMMITTEE)
                                : COMMITTEE));
    }

    @Override
    public List<String> leaders(String caseNumber, List<String> owners) {
        return List.of(assigned(owners) ? Roles.ASSIGNING_OFFICE_LEADER : Roles.COMMITTEE_DIRECTOR);
    }

    private static boolean assigned(List<String> owners) {
        return owners.stream().anyMatch(group -> group.contains(".") || OFFICES.contains(group));
    }
}
