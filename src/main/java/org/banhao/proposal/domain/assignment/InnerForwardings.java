package org.banhao.proposal.domain.assignment;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.DeadlineRule;
import org.banhao.calendar.DeadlineRules;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.People;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 二次交办: a county government or a zone's administration hands a case on to a bureau of its own, with an earlier inner date. Towards the city
 * it stays the unit that answers, and its outer date does not move.
 */
@Service
@Transactional
public class InnerForwardings {

    private static final String COUNTIES = "县区";
    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_REQUIREMENT = 300;

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final UnitBook units;
    private final Deadlines deadlines;
    private final DeadlineRules rules;
    private final CaseFiles caseFiles;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    InnerForwardings(
            AssignmentRows rows,
            Proposals proposals,
            UnitBook units,
            Deadlines deadlines,
            DeadlineRules rules,
            CaseFiles caseFiles,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.proposals = proposals;
        this.units = units;
        this.deadlines = deadlines;
        this.rules = rules;
        this.caseFiles = caseFiles;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What one of the person's units holds.
     *
     * @param mayForward the unit is a county or zone and has accepted
     * @param outerDue last day towards the city; null before it was sent
     */
    public record Line(
            Assignment assignment,
            String numberLine,
            String title,
            boolean mayForward,
            @Nullable LocalDate outerDue,
            List<InnerForwarding> forwardings) {}

    @Transactional(readOnly = true)
    public List<Line> of(String person) {
        List<Assignment> held = rows.ofUnits(
                units.unitsOf(person),
                List.of(
                        AssignmentState.SENT,
                        AssignmentState.RETURN_REQUESTED,
                        AssignmentState.ACCEPTED,
                        AssignmentState.DEEMED_ACCEPTED,
                        AssignmentState.KEPT));
        List<InnerForwarding> all =
                rows.forwardings(held.stream().map(Assignment::id).collect(Collectors.toSet()));
        return held.stream()
                .map(row -> {
                    Proposal proposal = proposals.get(row.caseNumber());
                    return new Line(
                            row,
                            proposals.numberLine(proposal),
                            proposal.title(),
                            row.state().accepted() && row.unitSystem().equals(COUNTIES),
                            outerDue(row),
                            all.stream()
                                    .filter(inner -> inner.assignmentId() == row.id() && inner.endedAt() == null)
                                    .toList());
                })
                .toList();
    }

    /**
     * @param due inner date, before the outer one
     * @throws Refusal not a liaison of the unit, no county or zone, not accepted yet, or the date does not fit; names the field
     */
    public void forward(
            long assignmentId,
            @Nullable String innerUnit,
            @Nullable LocalDate due,
            @Nullable String requirement,
            String person) {
        Assignment row = own(assignmentId, person);
        if (!row.unitSystem().equals(COUNTIES)) {
            throw new Refusal("只有县（区）政府和开发区管委会可以二次交办；本单位内部请转承办科室。");
        }
        if (!row.state().accepted()) {
            throw new Refusal("请先签收这项交办，再转所属部门办理。");
        }
        String name = Texts.line(innerUnit, LONGEST_NAME, "innerUnit", "承办部门");
        if (name.length() < 2) {
            throw new Refusal("innerUnit", "请填写「承办部门」，如潞州区教育局。");
        }
        LocalDate today = ChineseTime.day(clock.instant());
        LocalDate outer = Objects.requireNonNull(outerDue(row));
        if (due == null || !due.isAfter(today)) {
            throw new Refusal("due", "「内部期限」请填今天以后的日期。");
        }
        if (!due.isBefore(outer)) {
            throw new Refusal("due", "「内部期限」须早于对外期限" + ChineseTime.text(outer) + "，对外仍由本单位负责。");
        }
        boolean twice = rows.forwardings(List.of(row.id())).stream()
                .anyMatch(inner -> inner.endedAt() == null && inner.innerUnit().equals(name));
        if (twice) {
            throw new Refusal("innerUnit", "这件提案已经转" + name + "办理，请勿重复。");
        }
        String wish = Texts.text(requirement, LONGEST_REQUIREMENT, "requirement", "要求")
                .strip();
        rows.insertForwarding(row.id(), name, due, wish, person, people.signatureOf(person), clock.instant());
        caseFiles.happened(
                row.caseNumber(),
                row.unitName() + "二次交办" + name,
                "内部期限" + ChineseTime.text(due) + "；对外仍由" + row.unitName() + "负责");
        audit.record("proposal.forwardInside", row.caseNumber(), row.unitName() + " → " + name);
    }

    /** @throws Refusal not a liaison of the unit, or it is ended already */
    public void takeBack(long assignmentId, long forwardingId, String person) {
        Assignment row = own(assignmentId, person);
        InnerForwarding inner = rows.forwardings(List.of(row.id())).stream()
                .filter(one -> one.id() == forwardingId && one.endedAt() == null)
                .findFirst()
                .orElseThrow(() -> new Refusal("没有这项二次交办，或者已经收回，请刷新页面查看。"));
        rows.endForwarding(forwardingId, clock.instant());
        caseFiles.happened(row.caseNumber(), row.unitName() + "收回二次交办", inner.innerUnit());
        audit.record("proposal.takeBackInside", row.caseNumber(), row.unitName() + "，" + inner.innerUnit());
    }

    /** All units have answered: what they had their own bureaus do is over. Joins the caller's transaction. */
    public void caseIsAnswered(String caseNumber) {
        rows.endForwardings(caseNumber, clock.instant());
        audit.record("proposal.forwardingsEnd", caseNumber, "");
    }

    private Assignment own(long assignmentId, String person) {
        Assignment row = rows.find(assignmentId)
                .filter(found -> units.unitsOf(person).contains(found.unitId()))
                .orElseThrow(() -> new Refusal("没有这项交办，请从列表重新进入。"));
        rows.lockPlan(row.caseNumber());
        return rows.get(assignmentId);
    }

    /** The open obligation where there is exactly one, else what the rule of that day says. */
    private @Nullable LocalDate outerDue(Assignment row) {
        Instant start = row.clockStart();
        if (start == null) {
            return null;
        }
        String key = row.role().answers() ? "reply" : "coOpinion";
        List<Deadline> open = deadlines.of(row.caseNumber()).stream()
                .filter(deadline ->
                        deadline.key().equals(key) && deadline.state().equals("open"))
                .toList();
        if (open.size() == 1) {
            return ChineseTime.day(open.get(0).due());
        }
        LocalDate day = ChineseTime.day(start);
        DeadlineRule rule = rules.all().stream()
                .filter(one -> one.key().equals(key) && !one.validFrom().isAfter(day))
                .filter(one -> one.validTo() == null || !one.validTo().isBefore(day))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No rule of the key " + key));
        return rules.calculate(day, rule.amount(), rule.unit()).end();
    }
}
