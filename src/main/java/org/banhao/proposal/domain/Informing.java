package org.banhao.proposal.domain;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells all who propose. The texts carry number, title and dates, nothing else of the proposal. */
@Component
public class Informing {

    private final Notices notices;
    private final ProposalRows rows;
    private final People people;

    Informing(Notices notices, ProposalRows rows, People people) {
        this.notices = notices;
        this.rows = rows;
        this.people = people;
    }

    /** The first proposer, every confirmed co-signer, and the clerk who entered it. */
    public void proposers(Proposal proposal, String template, String occasion, Map<String, String> values) {
        Set<String> persons = new LinkedHashSet<>();
        persons.add(proposal.proposerPerson());
        rows.signatures(proposal.caseNumber()).stream()
                .filter(Signature::confirmed)
                .map(Signature::personId)
                .forEach(persons::add);
        String enteredBy = proposal.enteredBy();
        if (enteredBy != null) {
            persons.add(enteredBy);
        }
        persons.forEach(person -> one(proposal, template, occasion, person, values));
    }

    /** @param occasion makes the key unique: the same news is told once */
    public void one(Proposal proposal, String template, String occasion, String person, Map<String, String> values) {
        one(proposal, template, occasion, person, values, null);
    }

    /** The same, asking for an act that can be done by a one-time link. */
    public void one(
            Proposal proposal,
            String template,
            String occasion,
            String person,
            Map<String, String> values,
            Notice.@Nullable Act act) {
        boolean own = !person.equals(proposal.enteredBy()) && !template.equals("resubmissionOverdue");
        tell(proposal, template, occasion, person, own ? "/my/proposals/" + proposal.caseNumber() : null, values, act);
    }

    /** Who seconds reads no case: the link leads to what he has seconded. */
    void seconder(Proposal proposal, String template, String occasion, String person, Map<String, String> values) {
        tell(proposal, template, occasion, person, "/my/seconding", values, null);
    }

    /** Somebody of the staff; the link leads to the page of the case. */
    public void staff(Proposal proposal, String template, String occasion, String person, Map<String, String> values) {
        tell(proposal, template, occasion, person, null, values, null);
    }

    /** Those who have these roles in the unit, each once. @param roles such as {@code liaison} */
    public void unit(
            Proposal proposal,
            String template,
            String occasion,
            String unitId,
            List<String> roles,
            Map<String, String> values) {
        Set<String> persons = new LinkedHashSet<>();
        roles.forEach(role -> people.membersOf(unitId + "." + role).forEach(one -> persons.add(one.id())));
        persons.forEach(person -> staff(proposal, template, occasion, person, values));
    }

    /** @param link page of the office where this is dealt with */
    void clerk(
            Proposal proposal,
            String template,
            String occasion,
            String clerk,
            String link,
            Map<String, String> values) {
        tell(proposal, template, occasion, clerk, link, values, null);
    }

    /** Of a mock only those who take part in it and the committee hear. */
    private boolean inside(Proposal proposal, String person) {
        return !proposal.mock()
                || person.equals(proposal.proposerPerson())
                || people.groupsOf(person).stream().anyMatch(Reviews.READ_OPINIONS::contains);
    }

    private void tell(
            Proposal proposal,
            String template,
            String occasion,
            String person,
            @Nullable String link,
            Map<String, String> values,
            Notice.@Nullable Act act) {
        if (!inside(proposal, person)) {
            return;
        }
        Map<String, String> all = new HashMap<>(values);
        all.put("caseNumber", proposal.caseNumber());
        // the title is what everybody sees of a case; of an internal proposal it is not sent through mail
        if (proposal.consent() != Consent.INTERNAL) {
            all.put("title", proposal.shownTitle());
        }
        if (link != null) {
            all.put("link", link);
        }
        notices.tell(new Notice(
                template + ":" + proposal.caseNumber() + ":" + occasion + ":" + person,
                template,
                person,
                proposal.caseNumber(),
                Map.copyOf(all),
                List.of(),
                act));
    }
}
