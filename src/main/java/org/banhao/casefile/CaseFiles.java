package org.banhao.casefile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.flow.Footprint;
import org.jspecify.annotations.Nullable;

/** Opens cases, changes what everybody sees of them, and says who takes part. Calls join the caller's transaction. */
public interface CaseFiles {

    /**
     * Kind of a 模拟提案 (practice, such as a contest): a series of numbers of its own, a title that says so wherever it is shown, and no
     * part in any count, digest or reminder.
     */
    String MOCK = "MN";

    String MOCK_MARK = "【模拟】";

    /** @param kind two letters; the year of the number is that of the injected clock in Asia/Shanghai. A mock's title is marked here */
    CaseRow open(String kind, String title, @Nullable String session, String status, String statusName, String unit);

    Optional<CaseRow> find(String number);

    /** Many in one look, by number; unknown numbers are left out. */
    Map<String, CaseRow> all(Collection<String> numbers);

    /** @throws Refusal 没有这个案件 */
    CaseRow get(String number);

    /**
     * Changes title, status and unit line; also on the cards of open steps.
     *
     * @param expectedVersion the version the person saw
     * @throws Refusal somebody was faster; says who and when
     */
    CaseRow change(String number, int expectedVersion, String title, String status, String statusName, String unit);

    /** The same without a person's earlier look: takes the present version under a row lock. */
    void status(String number, String status, String statusName);

    /** What lists show of the case ({@link CaseFacts}) has changed although its row has not. */
    void factsChanged(String number);

    /** Marks as key (重点) or not. */
    void key(String number, boolean key);

    void close(String number);

    /** A closed case is at work again, and out of the archive; harmless when it is open. */
    void reopen(String number);

    /**
     * The gapless 案号 of a session: one row lock, in the transaction that registers.
     *
     * @return 1, 2, 3 …
     */
    int nextFileNumber(String session);

    void fileNumber(String number, @Nullable String fileNumber);

    // ---- who takes part: also decides who may read

    /**
     * @param role {@code firstProposer}, {@code coSigner}, {@code enteredBy}, {@code reader} …
     * @param holder person id, or group id when {@code group}
     */
    void party(String number, String role, String holder, boolean group);

    void partyEnds(String number, String role, String holder);

    /** Rows of those who take part, for an act that changes them. */
    static Footprint parties(String number) {
        return Footprint.NOTHING.and("casefile_party", "case_number = :of", number);
    }

    /** Person ids in that role, in the order they were added. */
    List<String> persons(String number, String role);

    /** By party rows only: the person himself, or one of his groups. */
    boolean mayRead(String number, String personId, List<String> groups);

    /** Those of these cases that {@link #mayRead} opens to him. */
    default Set<String> readable(Collection<String> numbers, String personId, List<String> groups) {
        return numbers.stream()
                .filter(number -> mayRead(number, personId, groups))
                .collect(Collectors.toSet());
    }

    // ---- timeline and links

    /** @param what in words, as the timeline shows it: 初审：建议立案 */
    void happened(String number, String what, @Nullable String detail);

    List<TimelineEntry> timeline(String number);

    /** @param kind {@code merged}, {@code similar}, {@code followUp} … reversible */
    void link(String from, String kind, String to);

    void unlink(String from, String kind, String to);

    List<CaseLink> links(String number);

    // ---- what was answered

    /** The latest stored answer of that step in that instance: each unit has one of its own in the same case. Not a retracted one. */
    @Nullable
    StoredAnswer lastAnswer(String number, String process, String instanceId, String task);

    /** Oldest first; those that were retracted (撤回) stay stored and do not count. */
    List<StoredAnswer> answers(String number);
}
