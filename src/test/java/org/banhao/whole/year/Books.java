package org.banhao.whole.year;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the story itself remembers: the application's own records are held against it. */
final class Books {

    /** An answer that was taken. */
    record Given(Todo todo, String person, Set<String> fields) {}

    private final List<Given> fresh = new ArrayList<>();
    private final Map<String, Instant> clocks = new HashMap<>();
    private final Map<String, Instant> granted = new HashMap<>();
    private final Map<String, Instant> signing = new HashMap<>();
    private final Map<String, String> periods = new HashMap<>();
    private final Map<String, Long> topics = new HashMap<>();
    private @Nullable Instant closes;
    private final List<String> leftBehind = new ArrayList<>();
    private long answers;

    void answered(Todo todo, String person, Set<String> fields) {
        fresh.add(new Given(todo, person, Set.copyOf(fields)));
        answers++;
    }

    /** Answers since it was asked last. */
    List<Given> fresh() {
        List<Given> all = List.copyOf(fresh);
        fresh.clear();
        return all;
    }

    long answers() {
        return answers;
    }

    /** From when the terms of this unit count in this case. */
    void clock(String number, String unit, Instant start) {
        clocks.put(number + "|" + unit, start);
    }

    @Nullable
    Instant clock(String number, String unit) {
        return clocks.get(number + "|" + unit);
    }

    /** Until when the reply of that handling was granted. */
    void granted(long handling, Instant until) {
        granted.put(String.valueOf(handling), until);
    }

    @Nullable
    Instant granted(long handling) {
        return granted.get(String.valueOf(handling));
    }

    /** Until when co-signers have to say something. */
    void signing(String number, Instant until) {
        signing.put(number, until);
    }

    @Nullable
    Instant signing(String number) {
        return signing.get(number);
    }

    /** The hour until which a proposal is one of the session. */
    void closes(Instant hour) {
        closes = hour;
    }

    Instant closes() {
        return Objects.requireNonNull(closes);
    }

    void handedIn(String number, Instant at) {
        periods.put(number, at.isAfter(closes()) ? "interim" : "plenary");
    }

    @Nullable
    String period(String number) {
        return periods.get(number);
    }

    /** The reference topic a draft says it answers. */
    void answers(String number, long topic) {
        topics.put(number, topic);
    }

    @Nullable
    Long topic(String number) {
        return topics.get(number);
    }

    /** Cases that 职责划转 could not move. */
    void leftBehind(String failures) {
        leftBehind.add(failures);
    }

    List<String> leftBehind() {
        return leftBehind;
    }

    Set<String> collecting() {
        return new java.util.TreeSet<>(signing.keySet());
    }
}
