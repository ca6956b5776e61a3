package org.banhao.proposal.domain.handling;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.banhao.people.People;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Revisers;
import org.springframework.stereotype.Component;

/**
 * Who is contacted and answered: all who propose, and those of the proposals merged into it, each in his own case. For an organisation its
 * contact of today, or while it has none the one who handed the proposal in.
 */
@Component
class ProposersOf {

    private final Proposals proposals;
    private final Revisers revisers;
    private final People people;

    ProposersOf(Proposals proposals, Revisers revisers, People people) {
        this.proposals = proposals;
        this.revisers = revisers;
        this.people = people;
    }

    /** @param name of the person, or of the organisation with its contact */
    record Proposer(String caseNumber, String personId, String name) {

        /** With the case when it is another one. */
        String line(String lead) {
            return caseNumber.equals(lead) ? name : name + "（并案" + caseNumber + "）";
        }
    }

    List<Proposer> all(String caseNumber) {
        List<Proposer> all = new ArrayList<>();
        add(all, proposals.get(caseNumber));
        proposals.mergedInto(caseNumber).forEach(merged -> add(all, merged));
        return all;
    }

    private void add(List<Proposer> all, Proposal proposal) {
        if (proposal.collective()) {
            String contact =
                    Objects.requireNonNullElse(revisers.contact(proposal.caseNumber()), proposal.proposerPerson());
            all.add(new Proposer(
                    proposal.caseNumber(), contact, proposal.proposerName() + "（联系人" + people.nameOf(contact) + "）"));
            return;
        }
        for (String person : proposals.proposers(proposal)) {
            all.add(new Proposer(proposal.caseNumber(), person, people.nameOf(person)));
        }
    }
}
