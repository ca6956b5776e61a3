package org.banhao.proposal.domain.handling;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.DeadlineMoved;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.MergeEnded;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.AssignmentEvents;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Begins, moves and ends the handling of a unit as its assignment does; in the transaction of what happened to it. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
class HandlingLife {

    private static final String PROCESS = "proposalHandling";

    /** Steps that carry the term a unit owes outside. */
    private static final Set<String> OUTER = Set.of(Handlings.DELIVER, Handlings.SEND_OPINION);

    private final HandlingRows rows;
    private final ConsultationRows consultations;
    private final ExtensionRows extensions;
    private final Handlings handlings;
    private final Processes processes;
    private final OpenSteps steps;
    private final Deadlines deadlines;
    private final CaseFiles caseFiles;
    private final Proposals proposals;
    private final Informing informing;
    private final DeadlineMoves moves;
    private final Audit audit;
    private final Clock clock;

    HandlingLife(
            HandlingRows rows,
            ConsultationRows consultations,
            ExtensionRows extensions,
            Handlings handlings,
            Processes processes,
            OpenSteps steps,
            Deadlines deadlines,
            CaseFiles caseFiles,
            Proposals proposals,
            Informing informing,
            DeadlineMoves moves,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.consultations = consultations;
        this.extensions = extensions;
        this.handlings = handlings;
        this.processes = processes;
        this.steps = steps;
        this.deadlines = deadlines;
        this.caseFiles = caseFiles;
        this.proposals = proposals;
        this.informing = informing;
        this.moves = moves;
        this.audit = audit;
        this.clock = clock;
    }

    @EventListener
    public void on(AssignmentEvents event) {
        if (event instanceof AssignmentEvents.Accepted accepted) {
            begin(accepted.assignment());
        } else if (event instanceof AssignmentEvents.Replaced replaced) {
            consultations.agreedGoesOver(replaced.old(), replaced.next());
            if (replaced.accepted()) {
                goesOver(replaced.old(), replaced.next());
            }
        } else if (event instanceof AssignmentEvents.RoleChanged changed) {
            roleChanged(changed.before(), changed.after());
        } else if (event instanceof AssignmentEvents.Withdrawn withdrawn) {
            rows.rounds(withdrawn.assignment().id()).forEach(row -> end(row, "提案撤回"));
        }
    }

    private void begin(Assignment assignment) {
        if (rows.byAssignment(assignment.id()).isPresent()) {
            return;
        }
        start(rows.insert(assignment, clock.instant()), assignment);
        audit.record("proposal.beginHandling", assignment.caseNumber(), assignment.unitName());
    }

    private void start(Handling row, Assignment assignment) {
        String instance = processes.start(PROCESS, row.caseNumber(), Map.of("handling", row.id()));
        rows.instance(row.id(), instance);
        // handled again, the proposer has been in touch; the hand-over of the draft asks for it anew
        if (!row.again() && assignment.role().answers()) {
            deadlines.oweFrom(
                    row.caseNumber(),
                    Handlings.CONTACT,
                    instance,
                    Handlings.CONTACT,
                    Objects.requireNonNull(assignment.clockStart()));
        }
    }

    /** 再次办理 of what this unit has answered; the caller has seen that it may be. @return the new row */
    Handling beginAgain(Handling before, String reason, String orderedBy) {
        Assignment assignment = handlings.assignment(before);
        Handling row = rows.insertAgain(before, assignment, reason, orderedBy, clock.instant());
        start(row, assignment);
        audit.record("proposal.beginHandling", row.caseNumber(), row.unitName() + "，再次办理");
        return rows.get(row.id());
    }

    /** 职责划转: the successor goes on where the unit stood, unless it handles the case itself already. */
    private void goesOver(Assignment old, Assignment next) {
        boolean there = rows.byAssignment(next.id()).isPresent();
        for (Handling row : rows.rounds(old.id())) {
            if (there || !next.state().accepted()) {
                end(row, "职责划转");
            } else {
                goesOver(row, old, next);
            }
        }
    }

    private void goesOver(Handling row, Assignment old, Assignment next) {
        boolean open = row.state().open();
        rows.goesOver(row.id(), next, open);
        if (open) {
            Map<String, String> groups = Stream.of("liaison", "handler", "checker", "deputy", "head")
                    .collect(Collectors.toMap(role -> row.unitId() + "." + role, role -> next.unitId() + "." + role));
            processes.reoffer(Objects.requireNonNull(row.instanceId()), groups);
            extensions
                    .open(row.id())
                    .map(Extension::instanceId)
                    .ifPresent(instance -> processes.reoffer(instance, groups));
        }
        audit.record("proposal.handlingGoesOver", row.caseNumber(), old.unitName() + " → " + next.unitName());
    }

    /** From answering to co-handling or back: what is owed is another thing, so the unit begins anew; what it entered stays. */
    private void roleChanged(Assignment before, Assignment after) {
        Handling row = rows.byAssignment(after.id()).orElse(null);
        boolean same = before.role().answers() == after.role().answers();
        // one of several that answered parts now answers more of them; who is left alone with all of its own does not
        boolean more = same && !new HashSet<>(before.suggestions()).containsAll(after.suggestions());
        if (row != null && row.state() == HandlingState.DELIVERED && more) {
            throw new Refusal(row.unitName() + "已经送达对自己那部分的答复，不能再接收别的建议条目；请划转给另一个单位。");
        }
        if (row == null || (same && !more) || row.state() == HandlingState.DELIVERED) {
            return;
        }
        end(row, "承办角色改变");
        rows.anew(row.id(), after);
        start(row, after);
        caseFiles.happened(
                row.caseNumber(),
                after.unitName() + "改为" + after.role().label() + "，重新办理",
                "原为" + before.role().label());
        audit.record("proposal.handlingRole", row.caseNumber(), after.unitName());
    }

    /**
     * 会办 is there for the reply: once that is delivered nobody waits for an opinion, and what a unit has begun of it ends. Opinions sent
     * stay. Harmless when nothing is open.
     */
    void opinionsNotAwaited(String caseNumber) {
        rows.ofCase(caseNumber).stream()
                .filter(row ->
                        row.state().open() && !handlings.assignment(row).role().answers())
                .map(row -> rows.lock(row.id()))
                .filter(row -> row.state().open())
                .forEach(row -> {
                    end(row, "答复已经送达");
                    caseFiles.happened(caseNumber, row.unitName() + "的会办到此结束", "答复已经送达，不再等待会办意见");
                    tellEnded(row);
                });
    }

    /** Their steps are gone from their lists: they are told why. A unit that begins to co-handle anew begins another instance. */
    private void tellEnded(Handling row) {
        Proposal proposal = proposals.get(row.caseNumber());
        informing.unit(
                proposal,
                "coHandlingEnded",
                row.instanceId() == null ? String.valueOf(row.id()) : row.instanceId(),
                row.unitId(),
                List.of("liaison", "handler"),
                Map.of("fileNumber", proposals.numberLine(proposal), "unit", row.unitName()));
    }

    /** Whoever is at work on the lead case hears that it answers one proposal less. */
    @EventListener
    public void on(MergeEnded event) {
        Proposal lead = proposals.get(event.leadCase());
        rows.ofCase(event.leadCase()).stream()
                .filter(row -> row.state().open())
                .forEach(row -> informing.unit(
                        lead,
                        "mergeEnded",
                        event.caseNumber() + "-" + clock.instant().getEpochSecond(),
                        row.unitId(),
                        List.of("liaison", "handler"),
                        Map.of(
                                "fileNumber", proposals.numberLine(lead),
                                "leadCase", event.caseNumber(),
                                "reason", event.why())));
    }

    private void end(Handling row, String reason) {
        String instance = row.instanceId();
        if (instance != null) {
            processes.cancel(instance, reason);
            deadlines.cancel(instance, Handlings.DELIVER);
            deadlines.cancel(instance, Handlings.SEND_OPINION);
            deadlines.cancel(instance, Handlings.CONTACT);
        }
        extensions.open(row.id()).ifPresent(extension -> {
            String asking = extension.instanceId();
            if (asking != null) {
                processes.cancel(asking, reason);
            }
            extensions.ended(extension.id(), ExtensionState.ENDED, "系统", reason, clock.instant());
        });
        if (row.state().open()) {
            rows.ended(row.id(), HandlingState.ENDED, clock.instant());
        }
        audit.record("proposal.endHandling", row.caseNumber(), row.unitName());
    }

    /**
     * All steps of a unit show the one date it owes, those of a request for more time too; {@code casefile} moved the step that carries it.
     * Inside the unit a term of its own runs, which ends with that one at the latest.
     */
    @EventListener
    public void on(DeadlineMoved moved) {
        String instance = moved.deadline().instanceId();
        String task = String.valueOf(moved.deadline().task());
        boolean outer = OUTER.contains(task);
        if (instance == null || !(outer || task.equals(Handlings.FORWARD))) {
            return;
        }
        Handling row = rows.byInstance(instance).orElse(null);
        if (row == null) {
            return;
        }
        List<Deadline> owed = deadlines.of(row.caseNumber()).stream()
                .filter(one -> one.state().equals("open") && instance.equals(one.instanceId()))
                .toList();
        // a case of an earlier model has none
        Optional<Deadline> inner = owed.stream()
                .filter(one -> Handlings.FORWARD.equals(one.task()))
                .findFirst();
        inner.ifPresent(term -> within(term, owed, moved));
        if (!outer) {
            return;
        }
        List<String> instances = new ArrayList<>(List.of(instance));
        extensions.open(row.id()).map(Extension::instanceId).ifPresent(instances::add);
        steps.ofCase(row.caseNumber()).stream()
                .filter(step -> instances.contains(step.instanceId())
                        && !(inner.isPresent() && step.task().equals(Handlings.FORWARD)))
                .forEach(step -> processes.moveDue(
                        step.instanceId(), step.task(), moved.deadline().due()));
    }

    /** Not after the outer term, unless that has passed: then the inner one is all there is. */
    private void within(Deadline inner, List<Deadline> owed, DeadlineMoved moved) {
        Instant latest = owed.stream()
                .filter(one -> OUTER.contains(String.valueOf(one.task())))
                .map(Deadline::due)
                .filter(clock.instant()::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        if (inner.due().isAfter(latest)) {
            moves.move(inner.id(), latest, "不晚于对外的期限");
        } else if (inner.id() == moved.deadline().id()) {
            // several terms are moved at once, and this one was made earlier meanwhile
            processes.moveDue(Objects.requireNonNull(inner.instanceId()), Handlings.FORWARD, inner.due());
        }
    }
}
