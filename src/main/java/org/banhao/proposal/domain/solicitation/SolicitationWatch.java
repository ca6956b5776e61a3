package org.banhao.proposal.domain.solicitation;

import java.util.List;
import org.banhao.notice.CaseWatch;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** Over a session's solicitation watches the committee: its office, and above it the director. */
@Component
class SolicitationWatch implements CaseWatch {

    @Override
    public String kind() {
        return "ZJ";
    }

    @Override
    public List<String> office(String caseNumber, List<String> owners) {
        return List.of(Roles.PROPOSAL_CLERK);
    }

    @Override
    public List<String> leaders(String caseNumber, List<String> owners) {
        return List.of(Roles.COMMITTEE_DIRECTOR);
    }
}
