package org.banhao.proposal.domain;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.calendar.WorkCalendar;
import org.banhao.casefile.DeadlineMoves;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 联名确认: until when co-signers and the convener may answer. One row of the calendar while somebody is asked; the timer of
 * the process waits for it, no task does. What counts as 大会提案 is the moment of handing in (Changzhi 2024: what came after
 * the closing hour was 平时提案), so signing may last longer than soliciting: who hands in minutes before the hour would
 * otherwise lose co-signers who had no time to read. Later ones have the term of the calendar's rule.
 */
@Component
class CoSignatureTerm {

    private static final String RULE = "coSignature";

    /** Ends the wait; the model has the same word. The row names it where others name their task. */
    private static final String TIMER = "timer_signatureDeadline";

    private static final LocalTime END_OF_WORK = LocalTime.of(18, 0);

    private final Deadlines deadlines;
    private final DeadlineMoves moves;
    private final WorkCalendar workCalendar;

    CoSignatureTerm(Deadlines deadlines, DeadlineMoves moves, WorkCalendar workCalendar) {
        this.deadlines = deadlines;
        this.moves = moves;
        this.workCalendar = workCalendar;
    }

    /** The row of a proposal that was just handed in; the one that runs when there is one. */
    Deadline owe(Proposal proposal, Session session, String instanceId) {
        if (!"plenary".equals(proposal.period())) {
            return deadlines.owe(proposal.caseNumber(), RULE, instanceId, TIMER);
        }
        Instant end = end(session, handedIn(proposal), session.closesAt());
        String words = end.equals(session.closesAt())
                ? null
                : "大会提案征集" + ChineseTime.text(session.closesAt()) + "截止，临近截止提交的，联名人至少有" + session.coSignLeastDays()
                        + "个工作日确认（" + session.name() + "设置）";
        return deadlines.owe(proposal.caseNumber(), RULE, instanceId, TIMER, end, words);
    }

    /** The closing hour, or the end of work of the last of the least days if that is later. */
    private Instant end(Session session, Instant handedIn, Instant closesAt) {
        if (session.coSignLeastDays() == 0) {
            return closesAt;
        }
        Instant least = workCalendar
                .plusWorkingDays(ChineseTime.day(handedIn), session.coSignLeastDays())
                .atTime(END_OF_WORK)
                .atZone(ChineseTime.ZONE)
                .toInstant();
        return least.isAfter(closesAt) ? least : closesAt;
    }

    private static Instant handedIn(Proposal proposal) {
        return Objects.requireNonNull(proposal.handedInAt(), "a draft asks nobody");
    }

    /** Empty when nobody is asked (any more). */
    Optional<Instant> due(String caseNumber) {
        return deadlines.open(caseNumber, RULE).map(Deadline::due);
    }

    /** The same of many proposals, by case number. */
    Map<String, Instant> dues(Collection<String> caseNumbers) {
        Map<String, Instant> dues = new HashMap<>();
        deadlines.open(caseNumbers, RULE).forEach((number, row) -> dues.put(number, row.due()));
        return dues;
    }

    /** Everybody has answered. */
    void met(@Nullable String instanceId) {
        if (instanceId != null) {
            deadlines.met(instanceId, TIMER);
        }
    }

    /** Nobody is asked any more. */
    void cancelled(@Nullable String instanceId) {
        if (instanceId != null) {
            deadlines.cancel(instanceId, TIMER);
        }
    }

    /** Somebody was silent until the end. */
    void lapsed(String caseNumber) {
        deadlines.open(caseNumber, RULE).ifPresent(row -> deadlines.lapsed(row.id()));
    }

    /**
     * Row and timer follow the closing hour, unless a person gave this proposal a date of its own.
     *
     * @param session as it was, with the hour before
     * @return the new date; empty when it did not change
     */
    Optional<Instant> follow(Proposal proposal, Session session, Instant closesAt, String reason) {
        Deadline row = deadlines.open(proposal.caseNumber(), RULE).orElse(null);
        Instant handedIn = handedIn(proposal);
        boolean ownDate = row != null
                && !row.due().equals(session.closesAt())
                && !row.due().equals(end(session, handedIn, session.closesAt()));
        if (row == null || ownDate) {
            return Optional.empty();
        }
        Instant due = end(session, handedIn, closesAt);
        if (due.equals(row.due())) {
            return Optional.empty();
        }
        moves.move(row.id(), due, reason);
        return Optional.of(due);
    }
}
