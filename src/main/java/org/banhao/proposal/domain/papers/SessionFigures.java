package org.banhao.proposal.domain.papers;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.calendar.Deadlines;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Verdict;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.Assignments;
import org.banhao.proposal.domain.feedback.Feedback;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.feedback.Rating;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.handling.Reply;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the bulletin of a session says by unit. Only first rounds are counted, so that a unit is not rewarded for handling twice; silence
 * is silence (未反馈), never content.
 */
@Component
@Transactional(readOnly = true)
class SessionFigures {

    private final Proposals proposals;
    private final Assignments assignments;
    private final Handlings handlings;
    private final Consultations consultations;
    private final Feedbacks feedbacks;
    private final Deadlines deadlines;
    private final People people;
    private final Clock clock;

    SessionFigures(
            Proposals proposals,
            Assignments assignments,
            Handlings handlings,
            Consultations consultations,
            Feedbacks feedbacks,
            Deadlines deadlines,
            People people,
            Clock clock) {
        this.proposals = proposals;
        this.assignments = assignments;
        this.handlings = handlings;
        this.consultations = consultations;
        this.feedbacks = feedbacks;
        this.deadlines = deadlines;
        this.people = people;
        this.clock = clock;
    }

    /**
     * @param filed 立案数, as the page of the session counts it: with 并案 where the session says so
     * @param replied filed proposals to which every unit that owes one has replied; a merged one that counts, with the one it was merged into
     * @param given feedback on results, {@code content} of it satisfied or basically satisfied
     */
    record Figures(int handedIn, int filed, int replied, int given, int content, List<UnitLine> units) {

        /** 98.5%，or that nobody has said anything yet. */
        String contentLine() {
            return given == 0 ? "暂无反馈" : "%.1f%%（%d人次反馈）".formatted(100.0 * content / given, given);
        }
    }

    /** Counts of one unit; by the columns of the table. */
    record UnitLine(int position, String unit, String system, Map<String, Integer> counts) {

        Map<String, String> row() {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("序号", String.valueOf(position));
            row.put("承办单位", unit);
            row.put("系统", system);
            counts.forEach((column, count) -> row.put(column, String.valueOf(count)));
            return row;
        }
    }

    private static final List<String> COLUMNS = List.of("答复件", "已答复", "逾期", "会办件", "面商", "满意", "基本满意", "不满意", "未反馈");

    Figures of(Session session) {
        List<Proposal> all = proposals.handedIn(session.id()).stream()
                .filter(proposal -> !proposal.mock() && proposal.submittedAt() != null)
                .toList();
        List<Proposal> filed = all.stream()
                .filter(proposal -> proposal.verdict() == Verdict.FILE && proposal.withdrawnAt() == null)
                .toList();
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        Set<String> replied = new HashSet<>();
        int given = 0;
        int content = 0;
        for (Proposal proposal : filed) {
            boolean whole = true;
            List<Assignment> holding = assignments.holding(proposal.caseNumber());
            Map<Long, Handling> first = handlings.ofCase(proposal.caseNumber()).stream()
                    .filter(row -> !row.again())
                    .collect(Collectors.toMap(Handling::assignmentId, Function.identity(), (a, b) -> b));
            for (Assignment row : holding) {
                Map<String, Integer> unit = counts.computeIfAbsent(row.unitId(), any -> new LinkedHashMap<>());
                if (!row.role().answers()) {
                    add(unit, "会办件");
                    continue;
                }
                add(unit, "答复件");
                Handling handling = first.get(row.id());
                boolean delivered = handling != null && reply(handling, unit);
                whole &= delivered;
            }
            for (Feedback one : feedbacks.onReplies(proposal.caseNumber())) {
                if (one.round() > 1) continue;
                Map<String, Integer> unit =
                        counts.computeIfAbsent(handlings.get(one.handlingId()).unitId(), any -> new LinkedHashMap<>());
                Feedback.Given said = one.given();
                if (said == null) {
                    if (one.silentAt() != null) add(unit, "未反馈");
                    continue;
                }
                add(unit, said.result().label());
                given++;
                if (said.result() != Rating.DISSATISFIED) content++;
            }
            if (whole && holding.stream().anyMatch(row -> row.role().answers())) replied.add(proposal.caseNumber());
        }
        long merged = !session.mergedFiled()
                ? 0
                : all.stream()
                        .filter(proposal -> proposal.merged() && replied.contains(String.valueOf(proposal.leadCase())))
                        .count();
        return new Figures(
                all.size(),
                proposals.filing(session).counted(),
                replied.size() + (int) merged,
                given,
                content,
                lines(counts));
    }

    private boolean reply(Handling handling, Map<String, Integer> unit) {
        if (consultations.metFaceToFace(handling)) add(unit, "面商");
        Reply reply = handlings.reply(handling.id()).orElse(null);
        Instant delivered = reply == null ? null : reply.deliveredAt();
        String instance = handling.instanceId();
        boolean late = deadlines.of(handling.caseNumber()).stream()
                .filter(deadline -> deadline.key().equals("reply")
                        && instance != null
                        && instance.equals(deadline.instanceId())
                        && !deadline.state().equals("cancelled"))
                .anyMatch(deadline -> (delivered == null ? clock.instant() : delivered).isAfter(deadline.due()));
        if (late) add(unit, "逾期");
        if (delivered == null) return false;
        add(unit, "已答复");
        return true;
    }

    private static void add(Map<String, Integer> counts, String column) {
        counts.merge(column, 1, Integer::sum);
    }

    private List<UnitLine> lines(Map<String, Map<String, Integer>> counts) {
        List<UnitLine> lines = new ArrayList<>();
        for (Unit unit : people.units()) {
            Map<String, Integer> own = counts.get(unit.id());
            if (own == null) continue;
            Map<String, Integer> all = new LinkedHashMap<>();
            COLUMNS.forEach(column -> all.put(column, own.getOrDefault(column, 0)));
            lines.add(new UnitLine(lines.size() + 1, unit.name(), unit.system(), all));
        }
        return lines;
    }
}
