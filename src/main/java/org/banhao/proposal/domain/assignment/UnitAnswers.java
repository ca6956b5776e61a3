package org.banhao.proposal.domain.assignment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.Footprint;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a unit answers to its assignment, and what the leaders of the assigning offices rule on a request to return it. Until the ruling the
 * unit stays responsible, and nothing lets it pass the case on itself. Found by the instance of the unit's own process.
 */
@Service
@Transactional
public class UnitAnswers {

    /** Lines of the history that are kept back from those who propose. */
    static final String RETURN_ASKED = "申请退回";

    static final String RULED = "裁定退回申请：";
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_BASIS = 200;

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final UnitBook units;
    private final AssignmentParties parties;
    private final Delivery delivery;
    private final CaseFiles caseFiles;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    UnitAnswers(
            AssignmentRows rows,
            Proposals proposals,
            UnitBook units,
            AssignmentParties parties,
            Delivery delivery,
            CaseFiles caseFiles,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.proposals = proposals;
        this.units = units;
        this.parties = parties;
        this.delivery = delivery;
        this.caseFiles = caseFiles;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** 签收. @throws Refusal not a liaison of the unit, or it is answered already */
    public void accept(String instance, String person) {
        Assignment row = held(instance, AssignmentState.SENT);
        units.requireLiaison(person, row.unitId());
        rows.accepted(
                row.id(),
                AssignmentState.ACCEPTED,
                clock.instant(),
                Objects.requireNonNull(row.clockStart()),
                person,
                people.signatureOf(person));
        caseFiles.happened(row.caseNumber(), row.unitName() + "签收", row.roleLine());
        audit.record("proposal.acceptAssignment", row.caseNumber(), row.unitName());
        delivery.accepted(row);
        delivery.settle(row.caseNumber());
    }

    /**
     * 申请退回. The request goes to the leaders of the assigning offices, never to the other unit.
     *
     * @param document the page signed by the head of the unit; the answer's contract has checked that it is the person's own
     * @throws Refusal not a liaison of the unit, it is answered already, or something is missing; names the field
     */
    public void requestReturn(
            String instance,
            String person,
            @Nullable String reason,
            @Nullable String basis,
            @Nullable String suggestedUnit,
            @Nullable String document) {
        Assignment row = held(instance, AssignmentState.SENT);
        units.requireLiaison(person, row.unitId());
        String why = Texts.text(reason, LONGEST_REASON, "returnReason", "退回理由").strip();
        if (why.length() < 10) {
            throw new Refusal("returnReason", "请写明「退回理由」，至少10个字。");
        }
        String duty = Texts.line(basis, LONGEST_BASIS, "dutyBasis", "职责依据");
        if (duty.length() < 2) {
            throw new Refusal("dutyBasis", "请写明「职责依据」，如“三定”规定或权责清单的条目。");
        }
        Unit other = units.open(suggestedUnit, "proposedUnit", "建议改由哪个单位办理");
        if (other.id().equals(row.unitId())) {
            throw new Refusal("proposedUnit", "「建议改由哪个单位办理」不能是本单位，请另选一个。");
        }
        if (document == null) {
            throw new Refusal("signedScan", "请上传「主要负责人签字件」。");
        }
        int number = rows.requests(row.caseNumber()).size() + 1;
        rows.insertRequest(
                row.id(),
                number,
                why,
                duty,
                other.id(),
                other.name(),
                document,
                person,
                people.signatureOf(person),
                clock.instant());
        rows.state(row.id(), AssignmentState.RETURN_REQUESTED);
        caseFiles.happened(
                row.caseNumber(),
                row.unitName() + RETURN_ASKED,
                "本件第" + number + "次申请，建议改由" + other.name() + "办理；裁定以前仍由该单位负责");
        audit.record("proposal.requestReturn", row.caseNumber(), row.unitName() + "，第" + number + "次");
    }

    /** The window has lapsed without a word: 视为接受, counted apart from 签收. Called by the process once. */
    public void deemAccepted(String instance) {
        Assignment row = held(instance, AssignmentState.SENT);
        rows.accepted(
                row.id(),
                AssignmentState.DEEMED_ACCEPTED,
                clock.instant(),
                Objects.requireNonNull(row.clockStart()),
                null,
                null);
        caseFiles.happened(row.caseNumber(), row.unitName() + "逾期未答复，视为接受交办", row.roleLine());
        delivery.tellUnit(
                row.unitId(),
                row.caseNumber(),
                "assignmentDeemed",
                String.valueOf(row.id()),
                Map.of("role", row.roleLine()));
        audit.record("proposal.deemAccepted", row.caseNumber(), row.unitName());
        delivery.accepted(row);
        delivery.settle(row.caseNumber());
    }

    /**
     * A ruling on the request of this instance's unit.
     *
     * @param unit who takes over, or is added; null when the ruling keeps
     * @param role what an added unit is: {@link AssignmentRole#CO}, or {@link AssignmentRole#LEAD}, which makes the requesting unit co-handle; ignored otherwise
     * @param recount whether the terms of handling start anew with the ruling
     */
    public record Verdict(
            Ruling ruling,
            @Nullable String unit,
            @Nullable AssignmentRole role,
            boolean recount,
            @Nullable String reason) {}

    /**
     * Records the ruling; a unit that stays has the case from now on. What changes other units is done by {@link #replace} and {@link #add}.
     *
     * @throws Refusal not a leader, nothing to rule on, or the unit named cannot take it; names the field
     */
    public void rule(String instance, String person, Verdict verdict) {
        Assignment row = held(instance, AssignmentState.RETURN_REQUESTED);
        units.requireLeader(person);
        ReturnRequest request = request(row);
        String reason = Texts.text(verdict.reason(), LONGEST_REASON, "rulingReason", "理由")
                .strip();
        if (reason.length() < 4) {
            throw new Refusal("rulingReason", "请写明裁定的「理由」，至少4个字。");
        }
        AssignmentRole role = null;
        if (verdict.ruling() != Ruling.KEEP) {
            Unit unit = units.open(verdict.unit(), "newUnit", "改办或增办的单位");
            units.reachable(unit, "newUnit");
            boolean there = rows.of(row.caseNumber()).stream()
                    .anyMatch(other -> other.state().holds() && other.unitId().equals(unit.id()));
            if (there) {
                throw new Refusal("newUnit", "「" + unit.name() + "」已经承办这件提案，请另选单位，或者裁定维持。");
            }
        }
        if (verdict.ruling() == Ruling.ADD) {
            role = added(row, verdict.role());
        }
        Instant now = clock.instant();
        rows.ruled(
                request.id(),
                verdict.ruling(),
                verdict.ruling() == Ruling.KEEP ? null : verdict.unit(),
                role,
                reason,
                verdict.recount(),
                person,
                people.signatureOf(person),
                now);
        String unitName = verdict.unit() == null ? "" : units.name(verdict.unit());
        String what =
                switch (verdict.ruling()) {
                    case KEEP -> "维持，仍由" + row.unitName() + "办理";
                    case CHANGE -> row.unitName() + "改为" + unitName;
                    case ADD -> row.unitName() + "继续办理，增加" + unitName;
                };
        caseFiles.happened(row.caseNumber(), RULED + what, "理由：" + reason);
        delivery.tellUnit(
                row.unitId(),
                row.caseNumber(),
                "returnRuled",
                String.valueOf(request.id()),
                Map.of("ruling", what, "reason", reason));
        audit.record("proposal.ruleOnReturn", row.caseNumber(), verdict.ruling().label() + "，" + row.unitName());
        if (verdict.ruling() == Ruling.KEEP) {
            keep(row, verdict.recount(), person);
            delivery.settle(row.caseNumber());
        }
    }

    private static AssignmentRole added(Assignment row, @Nullable AssignmentRole wanted) {
        if (row.role() == AssignmentRole.SEPARATE) {
            return AssignmentRole.SEPARATE;
        }
        if (wanted == AssignmentRole.LEAD && row.role() == AssignmentRole.CO) {
            throw new Refusal("addedRole", "申请单位本是会办单位，增加的单位只能会办；要换主办单位的，须就主办单位的退回申请裁定。");
        }
        if (wanted != AssignmentRole.LEAD && wanted != AssignmentRole.CO) {
            throw new Refusal("addedRole", "请选择「增加的单位」主办还是会办。");
        }
        return wanted;
    }

    private void keep(Assignment row, boolean recount, String person) {
        Instant now = clock.instant();
        rows.accepted(
                row.id(),
                AssignmentState.KEPT,
                now,
                recount ? now : Objects.requireNonNull(row.clockStart()),
                person,
                people.signatureOf(person));
        delivery.accepted(row);
    }

    /** 改办: the ruled unit takes the row's place and is asked in its own process. Called by the process once, after {@link #rule}. */
    public void replace(String instance) {
        Assignment row = held(instance, AssignmentState.RETURN_REQUESTED);
        ReturnRequest request = ruled(row, Ruling.CHANGE);
        Instant now = clock.instant();
        rows.ended(row.id(), AssignmentState.CHANGED, now);
        parties.handlesNoMore(row.caseNumber(), row.unitId());
        Assignment next = insert(row, request, row.role());
        rows.replacedBy(row.id(), next.id());
        Instant clockStart = Boolean.TRUE.equals(request.recount()) ? now : Objects.requireNonNull(row.clockStart());
        Assignment sent = delivery.send(next, clockStart);
        delivery.publish(new AssignmentEvents.Replaced(rows.get(row.id()), sent, false));
        delivery.tellProposers(row.caseNumber(), "ruling-" + request.id());
        audit.record("proposal.replaceUnit", row.caseNumber(), row.unitName() + " → " + next.unitName());
    }

    /** 增办: the unit stays, another is added and asked in its own process. Called by the process once, after {@link #rule}. */
    public void add(String instance) {
        Assignment row = held(instance, AssignmentState.RETURN_REQUESTED);
        ReturnRequest request = ruled(row, Ruling.ADD);
        AssignmentRole role = Objects.requireNonNull(request.rulingRole());
        AssignmentRole before = row.role();
        if (role == AssignmentRole.LEAD) {
            rows.role(row.id(), AssignmentRole.CO);
        } else if (before == AssignmentRole.SOLE) {
            rows.role(row.id(), AssignmentRole.LEAD);
        }
        boolean recount = Boolean.TRUE.equals(request.recount());
        Assignment next = insert(row, request, role);
        Instant clockStart = recount ? clock.instant() : Objects.requireNonNull(row.clockStart());
        delivery.send(next, clockStart);
        String ruledBy = Objects.requireNonNull(request.ruledByName());
        rows.accepted(row.id(), AssignmentState.KEPT, clock.instant(), clockStart, null, ruledBy);
        delivery.accepted(row);
        delivery.tellProposers(row.caseNumber(), "ruling-" + request.id());
        audit.record("proposal.addUnit", row.caseNumber(), next.unitName());
    }

    private Assignment insert(Assignment row, ReturnRequest request, AssignmentRole role) {
        Unit unit = units.open(request.rulingUnit(), "newUnit", "改办或增办的单位");
        int last = rows.of(row.caseNumber()).size();
        boolean first = role == AssignmentRole.LEAD && row.role() != AssignmentRole.CO;
        return rows.insert(new AssignmentRows.Entry(
                row.caseNumber(),
                unit.id(),
                unit.name(),
                unit.system(),
                role,
                role == AssignmentRole.SEPARATE ? row.suggestions() : List.of(),
                row.requirement(),
                AssignmentState.PLANNED,
                AssignmentSource.RULING,
                Objects.requireNonNull(request.rulingReason()),
                first ? row.position() : role == row.role() ? row.position() : last + 1));
    }

    private ReturnRequest request(Assignment row) {
        return rows.requests(row.caseNumber()).stream()
                .filter(request -> request.assignmentId() == row.id() && request.ruling() == null)
                .findFirst()
                .orElseThrow(() -> new Refusal("这项交办没有等待裁定的退回申请，请刷新待办列表。"));
    }

    private ReturnRequest ruled(Assignment row, Ruling ruling) {
        return rows.requests(row.caseNumber()).stream()
                .filter(request -> request.assignmentId() == row.id() && request.ruling() == ruling)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalStateException("Assignment " + row.id() + " has no ruling " + ruling));
    }

    /**
     * Rows that a unit's answer may change, and the plan, which names the process it may move. Those of other units are not among them: what
     * they do meanwhile is their own.
     *
     * @param instance in which the unit answers
     */
    public static Footprint footprint(String instance) {
        String own = "assignment_id in (select id from proposal_assignment where instance_id = :of)";
        return Footprint.NOTHING
                .and(
                        "proposal_assignment_plan",
                        List.of("case_number"),
                        "case_number in (select case_number from proposal_assignment where instance_id = :of)",
                        instance)
                .and("proposal_return_request", own, instance)
                .and("proposal_handling", own, instance)
                // last: the others are found by it
                .and("proposal_assignment", "instance_id = :of", instance);
    }

    /** How the timeline begins to tell that an answer was retracted; a request is for those who rule on it and for units. */
    @Transactional(readOnly = true)
    public String toldAs(String instance, boolean accepted) {
        String unit = rows.byInstance(instance).map(Assignment::unitName).orElse("");
        return unit + (accepted ? "" : RETURN_ASKED + "，");
    }

    /** Holds the case: of two units that answer at the same moment the second sees what the first did. */
    private Assignment held(String instance, AssignmentState expected) {
        Assignment seen = rows.byInstance(instance).orElseThrow(() -> new Refusal("这项交办已经不在本单位，请刷新待办列表。"));
        rows.lockPlan(seen.caseNumber());
        Assignment row = rows.get(seen.id());
        if (row.state() != expected) {
            throw new Refusal("这项交办的状态是“" + row.state().label() + "”，不能再办这一步，请刷新待办列表。");
        }
        if (proposals.get(row.caseNumber()).withdrawnAt() != null) {
            throw new Refusal("这件提案已经撤回，不必再办。");
        }
        return row;
    }
}
