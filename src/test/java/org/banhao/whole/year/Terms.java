package org.banhao.whole.year;

import java.time.Instant;
import java.util.Map;

/** How long each obligation lasts, written down once more from 办理时限; see docs/timeouts.md. */
final class Terms {

    private record Term(int amount, char unit) {}

    private static final Map<String, Term> ALL = Map.ofEntries(
            Map.entry("solicitationTopics", new Term(15, 'w')),
            Map.entry("solicitationApproval", new Term(3, 'w')),
            Map.entry("solicitationSummary", new Term(5, 'w')),
            Map.entry("coSignature", new Term(5, 'w')),
            Map.entry("firstReview", new Term(3, 'w')),
            Map.entry("secondReview", new Term(3, 'w')),
            Map.entry("finalDecision", new Term(10, 'w')),
            Map.entry("fileNumber", new Term(3, 'w')),
            Map.entry("resubmission", new Term(5, 'w')),
            Map.entry("assignment", new Term(30, 'd')),
            Map.entry("returnWindow", new Term(5, 'w')),
            Map.entry("ruling", new Term(7, 'd')),
            Map.entry("firstContact", new Term(15, 'w')),
            Map.entry("sectionForward", new Term(3, 'w')),
            Map.entry("coOpinion", new Term(1, 'm')),
            Map.entry("reply", new Term(3, 'm')),
            Map.entry("replyExtended", new Term(6, 'm')),
            Map.entry("feedback", new Term(15, 'w')),
            Map.entry("rehandle", new Term(1, 'm')),
            Map.entry("dissatisfaction", new Term(10, 'w')),
            Map.entry("mediation", new Term(1, 'm')),
            Map.entry("revisitReport", new Term(1, 'm')),
            Map.entry("revisitCheck", new Term(15, 'w')));

    private final OfficialDays days;

    Terms(OfficialDays days) {
        this.days = days;
    }

    static boolean known(String key) {
        return ALL.containsKey(key);
    }

    Instant due(String key, Instant start) {
        Term term = ALL.get(key);
        if (term == null) throw new AssertionError("No term of the key " + key);
        return days.end(OfficialDays.day(start), term.amount(), term.unit());
    }
}
