package org.banhao.proposal.domain.assignment;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.Processes;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.people.Person;
import org.banhao.proposal.domain.Consent;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Status;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Carries a row to its unit and away from it: state, who may read, the unit's own process, notices. Joins the caller's transaction. */
@Component
class Delivery {

    /** Process in which one unit answers, and the message the process of assignment waits for; the models have the same words. */
    static final String ACCEPTANCE = "proposalAcceptance";

    static final String UNITS_ACCEPTED = "proposal.unitsAccepted";

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final UnitBook units;
    private final AssignmentParties parties;
    private final CaseFiles caseFiles;
    private final Processes processes;
    private final Deadlines deadlines;
    private final Informing informing;
    private final Notices notices;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Delivery(
            AssignmentRows rows,
            Proposals proposals,
            UnitBook units,
            AssignmentParties parties,
            CaseFiles caseFiles,
            Processes processes,
            Deadlines deadlines,
            Informing informing,
            Notices notices,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.proposals = proposals;
        this.units = units;
        this.parties = parties;
        this.caseFiles = caseFiles;
        this.processes = processes;
        this.deadlines = deadlines;
        this.informing = informing;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
    }

    /** The unit is told, may read the case and is asked for its word; the return window begins. */
    Assignment send(Assignment row, Instant clockStart) {
        String number = row.caseNumber();
        rows.sent(row.id(), clock.instant(), clockStart);
        parties.handles(number, row.unitId());
        parties.consultationEnds(number, row.unitId());
        String instance = processes.start(ACCEPTANCE, number, Map.of("unit", row.unitId()));
        rows.instance(row.id(), instance);
        Map<String, String> values = new HashMap<>();
        values.put("role", row.roleLine());
        deadlines.of(number).stream()
                .filter(deadline -> instance.equals(deadline.instanceId()))
                .filter(deadline -> deadline.state().equals("open"))
                .map(Deadline::due)
                .findFirst()
                .ifPresent(due -> values.put("dueText", ChineseTime.text(due)));
        tellUnit(row.unitId(), number, "assigned", String.valueOf(row.id()), values);
        return rows.get(row.id());
    }

    /** What waits in the unit's lists is withdrawn. */
    void recall(Assignment row, String reason) {
        String instance = row.instanceId();
        if (instance != null && row.state().outstanding()) {
            processes.cancel(instance, reason);
        }
    }

    /** The unit has taken it on. @return the row as it stands now */
    Assignment accepted(Assignment row) {
        Assignment now = rows.get(row.id());
        events.publishEvent(new AssignmentEvents.Accepted(now));
        return now;
    }

    void publish(AssignmentEvents event) {
        events.publishEvent(event);
    }

    /** When no unit's answer is outstanding any more, the process of assignment goes on: handling is what remains. */
    void settle(String caseNumber) {
        List<Assignment> holding =
                rows.of(caseNumber).stream().filter(row -> row.state().holds()).toList();
        if (holding.isEmpty() || holding.stream().anyMatch(row -> row.state().outstanding())) {
            return;
        }
        Plan plan = rows.lockPlan(caseNumber);
        if (!plan.sent()) {
            return;
        }
        if (processes.tell(plan.instanceId(), UNITS_ACCEPTED, Map.of())) {
            caseFiles.status(caseNumber, Status.HANDLING.code(), Status.HANDLING.label());
            caseFiles.happened(caseNumber, "各承办单位均已接受交办", UnitBook.line(holding));
        }
    }

    void tellUnit(String unit, String caseNumber, String template, String occasion, Map<String, String> values) {
        Proposal proposal = proposals.get(caseNumber);
        Map<String, String> all = new HashMap<>(values);
        all.put("unit", units.name(unit));
        String number = proposal.fileNumberText();
        if (number != null) {
            all.put("fileNumber", proposals.numberLine(proposal));
        }
        // the title is what everybody sees of a case; of an internal proposal it is not sent through mail
        if (proposal.consent() != Consent.INTERNAL) {
            all.put("title", proposal.title());
        }
        for (Person person : units.liaisons(unit)) {
            notices.tell(new Notice(
                    template + ":" + caseNumber + ":" + occasion + ":" + person.id(),
                    template,
                    person.id(),
                    caseNumber,
                    Map.copyOf(all)));
        }
    }

    /** 交办告知, at first and whenever the units change. @param occasion makes the news one */
    void tellProposers(String caseNumber, String occasion) {
        Proposal proposal = proposals.get(caseNumber);
        List<Assignment> holding =
                rows.of(caseNumber).stream().filter(row -> row.state().holds()).toList();
        informing.proposers(
                proposal,
                "unitsAssigned",
                occasion,
                Map.of("fileNumber", proposals.numberLine(proposal), "units", UnitBook.line(holding)));
    }
}
