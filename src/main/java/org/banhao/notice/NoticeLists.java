package org.banhao.notice;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * 通知清单: whom the house told of cases, as lines that can be read out by telephone or handed to who sends short messages. A mail alone
 * reaches few people; cities have a platform for short messages that takes a list and nothing else. What is listed leaves the house: the
 * text is at most 70 characters and has the case's number, no title, no content and no one-time link.
 *
 * <p>A line is what one person was told once, whichever ways it went and however often it was sent again.
 */
public interface NoticeLists {

    /**
     * Why somebody was told.
     *
     * @param template {@link Notice#template()}
     * @param name 立案通知
     */
    record Reason(String template, String name) {}

    /** Of all notices about cases, in the order of a case's life. */
    List<Reason> reasons();

    /**
     * @param kinds of cases: {@code TA}
     * @param template empty: whatever the reason
     * @param until not included
     * @param upTo key of the newest line that was seen; what was told later is left out
     */
    record Wanted(Set<String> kinds, String template, Instant from, Instant until, long upTo) {}

    /**
     * @param key grows with time
     * @param text at most 70 characters
     * @param at when he was told
     * @param messages the last of each way, newest first
     * @param reached he has looked at the case since, acted by the link, or it left by a way of short messages
     * @param handedOver null: it was not, or something was told anew since
     */
    record Told(
            long key,
            Reason reason,
            String personId,
            String personName,
            String caseNumber,
            String text,
            Instant at,
            List<Mailbox.Message> messages,
            boolean reached,
            @Nullable HandedOver handedOver) {

        /** He still has to be told some other way. */
        public boolean open() {
            return !reached && handedOver == null;
        }
    }

    /**
     * 已转交.
     *
     * @param id by which it is taken back
     * @param until as long as who did it can take it back
     * @param personName of that day
     */
    record HandedOver(long id, Instant at, Instant until, String personId, String personName) {}

    /** @param more there is older of it in that time than was looked through */
    record Found(List<Told> lines, boolean more) {}

    /** Newest first; without what waits because the act behind it may still be retracted. Records nothing. */
    Found told(Wanted wanted);

    /**
     * Marks a line as handed over; harmless when this person has done so. A transaction of its own or the caller's.
     *
     * @param kinds as in {@link Wanted}
     * @throws Refusal there is no such line, or a colleague has handed it over
     */
    HandedOver handOver(long key, Set<String> kinds, String personId);

    /**
     * As if it had not been handed over, while an act of that time can be retracted
     * ({@link org.banhao.casefile.Retractions#window}).
     *
     * @throws Refusal not his, gone, or too late
     */
    void takeBack(long id, String personId);
}
