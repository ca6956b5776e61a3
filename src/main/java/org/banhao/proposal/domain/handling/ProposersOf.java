package org.banhao.proposal.domain.handling;

import java.util.ArrayList;
import java.util.List;
import org.banhao.people.People;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.springframework.stereotype.Component;

/** Who is contacted and answered: all who propose, and those of the proposals merged into it, each in his own case. */
@Component
class ProposersOf {

    private final Proposals proposals;
    private final People people;

    ProposersOf(Proposals proposals, People people) {
        this.proposals = proposals;
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
        for (String person : proposals.proposers(proposal)) {
            String name = people.nameOf(person);
            boolean organisation = proposal.collective() && person.equals(proposal.proposerPerson());
            all.add(new Proposer(
                    proposal.caseNumber(),
                    person,
                    organisation ? proposal.proposerName() + "（联系人" + name + "）" : name));
        }
    }
}
