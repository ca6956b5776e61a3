package org.banhao.casefile;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.banhao.flow.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * 会议. A kind of case asks here whether a meeting may decide, decides by its own rules, and says what was decided. Calls join the
 * caller's transaction.
 */
public interface CaseMeetings {

    /** Latest first. */
    List<Meeting> all();

    Optional<Meeting> find(long id);

    /** @throws Refusal no such kind, no name or day, there already, or the person is not its secretary */
    long create(@Nullable String kind, @Nullable String name, @Nullable LocalDate heldOn, String person);

    /** One that was recorded before meetings had agenda, attendance and minutes. Asks nobody's role. */
    long takeOver(MeetingKind kind, String name, LocalDate heldOn, String createdBy);

    /**
     * The meeting, held until the transaction ends, when it may decide at this moment.
     *
     * @throws Refusal there is none, it has not been held yet, is closed, or lacks its quorum; says the way out
     */
    Meeting deciding(long id);

    /**
     * Writes a decision that was just carried out into the record, under the item of the agenda that it belongs to; makes the item when
     * nobody had planned it.
     *
     * @param caseNumber null: a topic of its own, known by its subject
     * @param words 立案, 不列入
     * @param note 纪要摘录; may be empty
     */
    void decided(
            long id,
            @Nullable Integer agendaNumber,
            @Nullable String caseNumber,
            String subject,
            String words,
            @Nullable String note,
            String person);

    /** Rows that a decision of a meeting on this case may change. */
    static Footprint footprint(String caseNumber) {
        return Footprint.NOTHING
                .and("casefile_meeting_item", "case_number = :of", caseNumber)
                .and(
                        "casefile_meeting_decision",
                        "item_id in (select id from casefile_meeting_item where case_number = :of)",
                        caseNumber);
    }
}
