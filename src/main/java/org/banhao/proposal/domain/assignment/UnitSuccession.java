package org.banhao.proposal.domain.assignment;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Status;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 职责划转: a unit is closed or merged and everything it has goes over to another. What it had accepted goes on without a new window; what it
 * had not answered is asked anew of the successor.
 */
@Service
public class UnitSuccession {

    private static final Logger LOG = LoggerFactory.getLogger(UnitSuccession.class);
    private static final int LONGEST_REASON = 300;

    private static final Set<AssignmentState> OPEN = EnumSet.of(
            AssignmentState.PLANNED,
            AssignmentState.SENT,
            AssignmentState.RETURN_REQUESTED,
            AssignmentState.ACCEPTED,
            AssignmentState.DEEMED_ACCEPTED,
            AssignmentState.KEPT);

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final UnitBook units;
    private final AssignmentParties parties;
    private final Delivery delivery;
    private final UnitSuccessors successors;
    private final CaseFiles caseFiles;
    private final People people;
    private final TransactionTemplate perCase;
    private final Audit audit;
    private final Clock clock;

    UnitSuccession(
            AssignmentRows rows,
            Proposals proposals,
            UnitBook units,
            AssignmentParties parties,
            Delivery delivery,
            UnitSuccessors successors,
            CaseFiles caseFiles,
            People people,
            TransactionTemplate perCase,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.proposals = proposals;
        this.units = units;
        this.parties = parties;
        this.delivery = delivery;
        this.successors = successors;
        this.caseFiles = caseFiles;
        this.people = people;
        this.perCase = perCase;
        this.audit = audit;
        this.clock = clock;
    }

    /** One case of the unit, as it would go over. */
    public record Line(
            long assignmentId, String caseNumber, String numberLine, String title, String roleLine, String stateName) {}

    /** Units that have something to hand over, closed ones first. @param count how many proposals */
    public record Holder(String unitId, String name, boolean active, long count) {}

    @Transactional(readOnly = true)
    public List<Holder> holders(String person) {
        units.requireAssigner(person);
        Map<String, Long> counts = unanswered(
                        rows.ofUnits(rows.countByUnit(OPEN).keySet(), OPEN))
                .stream()
                .collect(Collectors.groupingBy(Assignment::unitId, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> {
                    Unit unit = people.unit(entry.getKey()).orElse(null);
                    return new Holder(
                            entry.getKey(),
                            unit == null ? entry.getKey() : unit.name(),
                            unit != null && unit.active(),
                            entry.getValue());
                })
                .sorted(Comparator.comparing(Holder::active).thenComparing(Holder::name))
                .toList();
    }

    /** What the unit has that is not ended; shown before anything moves. */
    @Transactional(readOnly = true)
    public List<Line> preview(String unitId, String person) {
        units.requireAssigner(person);
        return open(unitId).stream()
                .map(row -> {
                    Proposal proposal = proposals.get(row.caseNumber());
                    return new Line(
                            row.id(),
                            row.caseNumber(),
                            proposals.numberLine(proposal),
                            proposal.title(),
                            row.roleLine(),
                            row.state().label());
                })
                .toList();
    }

    /** What a unit has still to do something for: a case that is answered stays with who answered it. */
    private List<Assignment> open(String unitId) {
        return unanswered(rows.ofUnits(List.of(unitId), OPEN));
    }

    private List<Assignment> unanswered(List<Assignment> all) {
        Set<String> answered =
                caseFiles.all(all.stream().map(Assignment::caseNumber).collect(Collectors.toSet())).values().stream()
                        .filter(row -> Status.of(row) == Status.REPLIED || Status.of(row) == Status.CLOSED)
                        .map(CaseRow::number)
                        .collect(Collectors.toSet());
        return all.stream().filter(row -> !answered.contains(row.caseNumber())).toList();
    }

    /**
     * Moves what was shown, each case in a transaction of its own.
     *
     * @param expected ids of the rows that were shown
     * @throws Refusal the list has changed since, the successor cannot take it, or the reason is missing: then nothing moved
     */
    public Outcome move(String from, @Nullable String to, @Nullable String reason, List<Long> expected, String person) {
        units.requireAssigner(person);
        Unit next = units.open(to, "to", "接收单位");
        if (next.id().equals(from)) {
            throw new Refusal("to", "「接收单位」不能是原单位，请另选一个。");
        }
        units.reachable(next, "to");
        String why = Texts.line(reason, LONGEST_REASON, "reason", "划转理由");
        if (why.length() < 4) {
            throw new Refusal("reason", "请写明「划转理由」，如机构改革文件的名称和文号。");
        }
        List<Assignment> open = open(from);
        if (open.isEmpty()) {
            throw new Refusal("「" + units.name(from) + "」没有尚未办结的提案，不必划转。");
        }
        if (!open.stream()
                .map(Assignment::id)
                .sorted()
                .toList()
                .equals(expected.stream().sorted().toList())) {
            throw new Refusal("列表显示以后该单位的提案有变化，请重新查看再划转。");
        }
        int done = 0;
        List<Outcome.Failure> failures = new ArrayList<>();
        for (Assignment row : open) {
            try {
                perCase.executeWithoutResult(status -> one(row.id(), next, why));
                done++;
            } catch (Refusal refusal) {
                failures.add(new Outcome.Failure(row.caseNumber(), refusal.sentence()));
            } catch (ConcurrencyFailureException e) {
                failures.add(new Outcome.Failure(row.caseNumber(), Outcome.FASTER));
            } catch (RuntimeException e) {
                LOG.error("The assignment of {} could not be moved", row.caseNumber(), e);
                failures.add(new Outcome.Failure(row.caseNumber(), Outcome.BROKEN));
            }
        }
        // what a closed unit answered long ago is looked back at with the same unit; one that stays reports on its own
        if (done > 0 && people.unit(from).filter(Unit::active).isEmpty()) {
            perCase.executeWithoutResult(status -> successors.record(from, next, why, person));
        }
        audit.record(
                "proposal.moveUnit",
                null,
                units.name(from) + " → " + next.name() + "，" + done + "件，未成" + failures.size() + "件，"
                        + people.nameOf(person));
        return new Outcome(done, failures);
    }

    private void one(long id, Unit next, String why) {
        String caseNumber = rows.get(id).caseNumber();
        rows.lockPlan(caseNumber);
        Assignment row = rows.get(id);
        if (!OPEN.contains(row.state())) {
            throw new Refusal("这件提案的状态刚有变化（" + row.state().label() + "），请刷新后再看。");
        }
        if (unanswered(List.of(row)).isEmpty()) {
            throw new Refusal("这件提案已经答复，不再划转。");
        }
        boolean planned = row.state() == AssignmentState.PLANNED;
        Assignment there = rows.of(caseNumber).stream()
                .filter(other -> other.unitId().equals(next.id())
                        && (OPEN.contains(other.state()) || (planned && other.state() == AssignmentState.SUGGESTED)))
                // the row that stands before one that was only suggested
                .sorted(Comparator.comparing(other -> other.state() == AssignmentState.SUGGESTED))
                .findFirst()
                .orElse(null);
        if (planned) {
            replan(row, there, next, why);
        } else {
            handOver(row, there, next, why);
        }
    }

    /** Nothing was sent yet: only the plan changes. */
    private void replan(Assignment row, @Nullable Assignment there, Unit next, String why) {
        rows.state(row.id(), AssignmentState.NOT_CHOSEN);
        parties.consultationEnds(row.caseNumber(), row.unitId());
        if (there == null) {
            insert(row, next, why);
        } else if (there.state() == AssignmentState.SUGGESTED
                || (row.role().answers() && !there.role().answers())) {
            rows.plan(there.id(), row.role(), row.suggestions(), row.requirement(), row.position());
        }
        moveWord(row, next);
        caseFiles.happened(
                row.caseNumber(), OfficePlans.LIST + "职责划转", row.unitName() + "改为" + next.name() + "。理由：" + why);
        rows.plan(row.caseNumber()).ifPresent(plan -> rows.planned(row.caseNumber(), plan.requirement()));
    }

    /** A question the old unit has not answered is the successor's to answer, unless it was asked itself. */
    private void moveWord(Assignment row, Unit next) {
        List<UnitWord> words = rows.words(List.of(row.caseNumber()));
        boolean asked = words.stream().anyMatch(word -> word.unitId().equals(next.id()));
        for (UnitWord word : words) {
            if (!word.waiting() || !word.unitId().equals(row.unitId())) {
                continue;
            }
            if (asked) {
                rows.closeWord(word.id(), clock.instant());
                continue;
            }
            rows.moveWord(word.id(), next.id(), next.name());
            parties.consulted(row.caseNumber(), next.id());
            delivery.tellUnit(
                    next.id(),
                    row.caseNumber(),
                    "unitWordAsked",
                    "succession-" + row.id(),
                    Map.of("role", row.roleLine(), "link", "/proposals/unit-word"));
        }
    }

    private void handOver(Assignment row, @Nullable Assignment there, Unit next, String why) {
        boolean accepted = row.state().accepted();
        Instant now = clock.instant();
        delivery.recall(row, "职责划转");
        rows.ended(row.id(), AssignmentState.CHANGED, now);
        parties.handlesNoMore(row.caseNumber(), row.unitId());
        Assignment successor;
        if (there == null) {
            Assignment inserted = insert(row, next, why);
            Instant clockStart = Objects.requireNonNull(row.clockStart());
            if (accepted) {
                rows.sent(inserted.id(), now, clockStart);
                rows.accepted(inserted.id(), AssignmentState.ACCEPTED, now, clockStart, null, null);
                parties.handles(row.caseNumber(), next.id());
                delivery.tellUnit(
                        next.id(),
                        row.caseNumber(),
                        "assignmentTakenOver",
                        String.valueOf(inserted.id()),
                        Map.of("role", row.roleLine(), "before", row.unitName(), "reason", why));
            } else {
                delivery.send(inserted, clockStart);
            }
            successor = rows.get(inserted.id());
        } else {
            // one unit stands once in a case: of the two roles the one that answers stays
            if (row.role().answers() && !there.role().answers()) {
                rows.role(there.id(), row.role());
                rows.suggestions(there.id(), row.suggestions());
            } else if (row.role() == AssignmentRole.SEPARATE && there.role() == AssignmentRole.SEPARATE) {
                List<Integer> both = new ArrayList<>(there.suggestions());
                both.addAll(row.suggestions());
                rows.suggestions(there.id(), both.stream().distinct().sorted().toList());
            }
            successor = rows.get(there.id());
        }
        rows.replacedBy(row.id(), successor.id());
        caseFiles.happened(row.caseNumber(), "职责划转：" + row.unitName() + "改为" + next.name(), "理由：" + why);
        delivery.publish(new AssignmentEvents.Replaced(rows.get(row.id()), successor, accepted));
        if (there != null
                && (there.role() != successor.role() || !there.suggestions().equals(successor.suggestions()))) {
            delivery.publish(new AssignmentEvents.RoleChanged(there, successor));
        }
        alone(row.caseNumber());
        delivery.tellProposers(row.caseNumber(), "succession-" + row.id());
        audit.record("proposal.moveAssignment", row.caseNumber(), row.unitName() + " → " + next.name());
        delivery.settle(row.caseNumber());
    }

    /** Who is left alone handles alone. */
    private void alone(String caseNumber) {
        List<Assignment> holding =
                rows.of(caseNumber).stream().filter(row -> row.state().holds()).toList();
        if (holding.size() == 1 && holding.get(0).role() != AssignmentRole.SOLE) {
            Assignment before = holding.get(0);
            rows.role(before.id(), AssignmentRole.SOLE);
            rows.suggestions(before.id(), List.of());
            delivery.publish(new AssignmentEvents.RoleChanged(before, rows.get(before.id())));
        }
    }

    private Assignment insert(Assignment row, Unit next, String why) {
        return rows.insert(new AssignmentRows.Entry(
                row.caseNumber(),
                next.id(),
                next.name(),
                next.system(),
                row.role(),
                row.suggestions(),
                row.requirement(),
                AssignmentState.PLANNED,
                AssignmentSource.SUCCESSION,
                why,
                row.position()));
    }
}
