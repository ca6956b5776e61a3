package org.banhao.casefile.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.MeetingKind;
import org.banhao.casefile.domain.StoredMeetings.Attendee;
import org.banhao.casefile.domain.StoredMeetings.Decision;
import org.banhao.casefile.domain.StoredMeetings.Quorum;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Tables {@code casefile_meeting*}. Calls join the caller's transaction. */
@Repository
class MeetingRows {

    /** Panels of one authority were a kind for some days and come back when a meeting belongs to a unit: until then nobody sees them. */
    private static final String KNOWN = "kind <> 'casePanel'";

    private final JdbcClient jdbc;

    MeetingRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Item(
            long id,
            long meetingId,
            @Nullable Integer agendaNumber,
            @Nullable String caseNumber,
            String subject) {}

    long insert(String number, MeetingKind kind, String name, LocalDate heldOn, String by, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into casefile_meeting
                            (case_number, kind, name, held_on, place, chair, attendance, quorum_reason, created_by, created_at)
                        values (:number, :kind, :name, :day, '', '', false, '', :by, :now)""")
                .param("number", number)
                .param("kind", kind.code())
                .param("name", name)
                .param("day", heldOn)
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    List<Meeting> all() {
        return jdbc.sql("select * from casefile_meeting where " + KNOWN + " order by held_on desc, id desc")
                .query(MeetingRows::meeting)
                .list();
    }

    Optional<Meeting> find(long id) {
        return jdbc.sql("select * from casefile_meeting where id = ? and " + KNOWN)
                .param(id)
                .query(MeetingRows::meeting)
                .optional();
    }

    Optional<Meeting> ofCase(String number) {
        return jdbc.sql("select * from casefile_meeting where case_number = ? and " + KNOWN)
                .param(number)
                .query(MeetingRows::meeting)
                .optional();
    }

    /** By case number. */
    Map<String, Meeting> ofCases(Collection<String> numbers) {
        Map<String, Meeting> all = new HashMap<>();
        if (numbers.isEmpty()) return all;
        jdbc.sql("select * from casefile_meeting where case_number in (:numbers) and " + KNOWN)
                .param("numbers", numbers)
                .query(MeetingRows::meeting)
                .list()
                .forEach(meeting -> all.put(meeting.number(), meeting));
        return all;
    }

    Optional<Meeting> lock(long id) {
        return jdbc.sql("select * from casefile_meeting where id = ? and " + KNOWN + " for update")
                .param(id)
                .query(MeetingRows::meeting)
                .optional();
    }

    boolean exists(String name, LocalDate heldOn, long except) {
        return jdbc.sql("select count(*) from casefile_meeting where name = ? and held_on = ? and id <> ?")
                        .params(name, heldOn, except)
                        .query(Long.class)
                        .single()
                > 0;
    }

    void change(long id, String name, LocalDate heldOn, @Nullable LocalTime heldAt, String place, String chair) {
        jdbc.sql("update casefile_meeting set name = ?, held_on = ?, held_at = ?, place = ?, chair = ? where id = ?")
                .param(1, name)
                .param(2, heldOn)
                .param(3, heldAt, Types.TIME)
                .param(4, place)
                .param(5, chair)
                .param(6, id)
                .update();
    }

    void closed(long id, Instant now) {
        jdbc.sql("update casefile_meeting set closed_at = ? where id = ?")
                .params(now.atOffset(ZoneOffset.UTC), id)
                .update();
    }

    private static Meeting meeting(ResultSet row, int n) throws SQLException {
        String code = row.getString("kind");
        return new Meeting(
                row.getLong("id"),
                row.getString("case_number"),
                MeetingKind.find(code).orElseThrow(() -> new IllegalStateException("No kind of meeting: " + code)),
                row.getString("name"),
                Objects.requireNonNull(row.getObject("held_on", LocalDate.class)),
                row.getObject("held_at", LocalTime.class),
                row.getString("place"),
                row.getString("chair"),
                row.getString("quorum_reason"),
                OpenStepRows.instant(row, "closed_at"));
    }

    // ---- who came

    /** Empty: nothing is recorded yet. */
    List<Attendee> people(long id) {
        return jdbc.sql("select * from casefile_meeting_person where meeting_id = ? order by position")
                .param(id)
                .query((row, n) -> new Attendee(row.getString("name"), row.getString("role"), row.getString("note")))
                .list();
    }

    void people(long id, List<Attendee> people, String quorumReason) {
        jdbc.sql("delete from casefile_meeting_person where meeting_id = ?")
                .param(id)
                .update();
        for (int i = 0; i < people.size(); i++) {
            Attendee one = people.get(i);
            jdbc.sql(
                            "insert into casefile_meeting_person (meeting_id, position, name, role, note) values (?, ?, ?, ?, ?)")
                    .params(id, i, one.name(), one.role(), one.note())
                    .update();
        }
        jdbc.sql("update casefile_meeting set attendance = true, quorum_reason = ? where id = ?")
                .params(quorumReason, id)
                .update();
    }

    // ---- agenda and decisions

    List<Item> items(long meetingId) {
        return jdbc.sql("""
                        select * from casefile_meeting_item where meeting_id = ?
                        order by coalesce(agenda_number, 10000), id""").param(meetingId).query((row, n) -> item(row)).list();
    }

    /** @param decided how many of its items have a decision */
    record Agenda(int items, int decided) {

        static final Agenda EMPTY = new Agenda(0, 0);
    }

    /** Of all meetings that have one, by meeting. */
    Map<Long, Agenda> agendas() {
        Map<Long, Agenda> agendas = new HashMap<>();
        jdbc.sql("""
                        select i.meeting_id, count(*) as many, count(d.item_id) as decided from casefile_meeting_item i
                        left join (select distinct item_id from casefile_meeting_decision) d on d.item_id = i.id
                        group by i.meeting_id""").query(row -> {
            agendas.put(row.getLong("meeting_id"), new Agenda(row.getInt("many"), row.getInt("decided")));
        });
        return agendas;
    }

    boolean decided(long meetingId) {
        return !decisions(meetingId).isEmpty();
    }

    Optional<Item> item(long id) {
        return jdbc.sql("select * from casefile_meeting_item where id = ?")
                .param(id)
                .query((row, n) -> item(row))
                .optional();
    }

    private static Item item(ResultSet row) throws SQLException {
        int agenda = row.getInt("agenda_number");
        return new Item(
                row.getLong("id"),
                row.getLong("meeting_id"),
                agenda == 0 ? null : agenda,
                row.getString("case_number"),
                row.getString("subject"));
    }

    long insertItem(long meetingId, @Nullable Integer agenda, @Nullable String caseNumber, String subject) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into casefile_meeting_item (meeting_id, agenda_number, case_number, subject)
                        values (:meeting, :agenda, :number, :subject)""")
                .param("meeting", meetingId)
                .param("agenda", agenda, Types.INTEGER)
                .param("number", caseNumber, Types.VARCHAR)
                .param("subject", subject)
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    void agendaNumber(long item, int agenda) {
        jdbc.sql("update casefile_meeting_item set agenda_number = ? where id = ?")
                .params(agenda, item)
                .update();
    }

    void deleteItem(long id) {
        jdbc.sql("delete from casefile_meeting_item where id = ?").param(id).update();
    }

    /** Oldest first. */
    List<Decision> decisions(long meetingId) {
        return jdbc.sql("""
                        select d.* from casefile_meeting_decision d join casefile_meeting_item i on i.id = d.item_id
                        where i.meeting_id = ? order by d.id""").param(meetingId).query(MeetingRows::decision).list();
    }

    Optional<Decision> decision(long id) {
        return jdbc.sql("select * from casefile_meeting_decision where id = ?")
                .param(id)
                .query(MeetingRows::decision)
                .optional();
    }

    private static Decision decision(ResultSet row, int n) throws SQLException {
        long corrects = row.getLong("corrects");
        return new Decision(
                row.getLong("id"),
                row.getLong("item_id"),
                row.getString("words"),
                row.getString("note"),
                corrects == 0 ? null : corrects,
                row.getString("name"),
                Objects.requireNonNull(OpenStepRows.instant(row, "at")));
    }

    void insertDecision(
            long item, String words, String note, @Nullable Long corrects, String person, String name, Instant at) {
        jdbc.sql("""
                        insert into casefile_meeting_decision (item_id, words, note, corrects, person, name, at)
                        values (:item, :words, :note, :corrects, :person, :name, :at)""")
                .param("item", item)
                .param("words", words)
                .param("note", note)
                .param("corrects", corrects, Types.BIGINT)
                .param("person", person)
                .param("name", name)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    // ---- quorum

    /** The rule of that day. */
    Optional<Quorum> quorum(MeetingKind kind, LocalDate day) {
        return jdbc
                .sql("""
                        select * from casefile_meeting_quorum where kind = ? and valid_from <= ?
                        order by valid_from desc, id desc""")
                .params(kind.code(), day)
                .query((row, n) -> new Quorum(
                        kind,
                        row.getInt("numerator"),
                        row.getInt("denominator"),
                        row.getBoolean("more_than"),
                        row.getBoolean("refuses"),
                        row.getString("basis"),
                        Objects.requireNonNull(row.getObject("valid_from", LocalDate.class))))
                .list()
                .stream()
                .findFirst();
    }

    void insertQuorum(Quorum rule, String person, String name, Instant now) {
        jdbc.sql("""
                        insert into casefile_meeting_quorum
                            (kind, numerator, denominator, more_than, refuses, basis, valid_from, entered_by, entered_by_name, entered_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        rule.kind().code(),
                        rule.numerator(),
                        rule.denominator(),
                        rule.moreThan(),
                        rule.refuses(),
                        rule.basis(),
                        rule.validFrom(),
                        person,
                        name,
                        now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
