package org.banhao.proposal.domain.handling;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Consent;
import org.banhao.proposal.domain.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Replies, their texts, deliveries and commitments, and the opinions of co-handling units. Joins the caller's transaction. */
@Repository
class ReplyRows {

    private final JdbcClient jdbc;

    ReplyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // ---- replies

    Optional<Reply> find(long handling) {
        Map<Integer, Reply.Item> items = new LinkedHashMap<>();
        jdbc.sql("select * from proposal_reply_item where handling_id = :handling order by number")
                .param("handling", handling)
                .query(row -> {
                    items.put(
                            row.getInt("number"),
                            new Reply.Item(row.getString("answer"), row.getString("result_class")));
                });
        return jdbc.sql("select * from proposal_reply where handling_id = :handling")
                .param("handling", handling)
                .query((row, i) -> reply(row, items))
                .optional();
    }

    /** Of many handlings in one look. */
    Map<Long, Reply> all(Collection<Long> handlings) {
        Map<Long, Reply> found = new HashMap<>();
        if (handlings.isEmpty()) {
            return found;
        }
        Map<Long, Map<Integer, Reply.Item>> items = new HashMap<>();
        jdbc.sql("select * from proposal_reply_item where handling_id in (:ids) order by handling_id, number")
                .param("ids", handlings)
                .query(row -> {
                    items.computeIfAbsent(row.getLong("handling_id"), id -> new LinkedHashMap<>())
                            .put(
                                    row.getInt("number"),
                                    new Reply.Item(row.getString("answer"), row.getString("result_class")));
                });
        jdbc.sql("select * from proposal_reply where handling_id in (:ids)")
                .param("ids", handlings)
                .query(row -> {
                    long id = row.getLong("handling_id");
                    found.put(id, reply(row, items.getOrDefault(id, Map.of())));
                });
        return found;
    }

    private static Reply reply(ResultSet row, Map<Integer, Reply.Item> items) throws SQLException {
        return new Reply(
                row.getLong("handling_id"),
                row.getInt("draft"),
                row.getString("opening"),
                row.getString("result_class"),
                row.getString("result_class_name"),
                Coded.get(Consent.class, row.getString("publicity")),
                row.getString("publicity_reason"),
                row.getBoolean("money_related"),
                row.getString("main_to"),
                row.getString("copy_to"),
                row.getString("contact_person"),
                row.getString("contact_phone"),
                Rows.value(SignLevel.class, row.getString("sign_level")),
                row.getString("sign_level_reason"),
                row.getString("signed_name"),
                Rows.instant(row, "signed_at"),
                row.getString("document_number"),
                row.getString("sealed_document"),
                Rows.instant(row, "delivered_at"),
                items);
    }

    /** A new draft takes the place of the one before; what was signed is signed no more. @return its number */
    int draft(long handling, ReplyContent content, String className, List<Integer> numbers) {
        int draft = 1 + find(handling).map(Reply::draft).orElse(0);
        jdbc.sql("delete from proposal_reply_item where handling_id = :handling")
                .param("handling", handling)
                .update();
        String columns = draft == 1 ? """
                        insert into proposal_reply (handling_id, draft, opening, result_class, result_class_name, publicity,
                          publicity_reason, money_related, main_to, copy_to, contact_person, contact_phone, sign_level_reason)
                        values (:handling, :draft, :opening, :class, :className, :publicity, :publicityReason, :money, :mainTo,
                          :copyTo, :person, :phone, '')""" : """
                        update proposal_reply set draft = :draft, opening = :opening, result_class = :class,
                          result_class_name = :className, publicity = :publicity, publicity_reason = :publicityReason,
                          money_related = :money, main_to = :mainTo, copy_to = :copyTo, contact_person = :person,
                          contact_phone = :phone, sign_level = null, sign_level_reason = '', signed_by = null, signed_name = null,
                          signed_at = null where handling_id = :handling""";
        jdbc.sql(columns)
                .param("handling", handling)
                .param("draft", draft)
                .param("opening", content.opening())
                .param("class", content.resultClass())
                .param("className", className)
                .param("publicity", content.publicity().code())
                .param("publicityReason", content.publicityReason())
                .param("money", content.moneyRelated())
                .param("mainTo", content.mainTo())
                .param("copyTo", content.copyTo())
                .param("person", content.contactPerson())
                .param("phone", content.contactPhone())
                .update();
        for (int i = 0; i < numbers.size(); i++) {
            ReplyContent.Item item = content.items().get(i);
            jdbc.sql("""
                            insert into proposal_reply_item (handling_id, number, answer, result_class)
                            values (:handling, :number, :answer, :class)""")
                    .param("handling", handling)
                    .param("number", numbers.get(i))
                    .param("answer", item.answer())
                    .param("class", item.resultClass())
                    .update();
        }
        return draft;
    }

    void version(long handling, int draft, String content, String note, String person, String name, Instant now) {
        jdbc.sql("""
                        insert into proposal_reply_version (handling_id, draft, content, note, person, name, at)
                        values (:handling, :draft, :content, :note, :person, :name, :now)""")
                .param("handling", handling)
                .param("draft", draft)
                .param("content", content)
                .param("note", note)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .update();
    }

    /** @param note what was changed; empty in the first */
    record Version(int draft, String content, String note, String name, Instant at) {}

    List<Version> versions(long handling) {
        return jdbc.sql("select * from proposal_reply_version where handling_id = :handling order by draft")
                .param("handling", handling)
                .query((row, i) -> new Version(
                        row.getInt("draft"),
                        row.getString("content"),
                        row.getString("note"),
                        row.getString("name"),
                        Rows.present(row, "at")))
                .list();
    }

    void level(long handling, SignLevel level, String reason) {
        jdbc.sql(
                        "update proposal_reply set sign_level = :level, sign_level_reason = :reason where handling_id = :handling")
                .param("level", level.code())
                .param("reason", reason)
                .param("handling", handling)
                .update();
    }

    void signed(long handling, @Nullable String person, @Nullable String name, @Nullable Instant now) {
        jdbc.sql("""
                        update proposal_reply set signed_by = :person, signed_name = :name,
                          signed_at = cast(:now as timestamp with time zone) where handling_id = :handling""")
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .param("handling", handling)
                .update();
    }

    /** Whether the unit has used that key for another letter. */
    boolean numberTaken(String key) {
        return jdbc.sql("""
                                select (select count(*) from proposal_reply where number_key = :key)
                                  + (select count(*) from proposal_co_opinion where number_key = :key)""").param("key", key).query(Long.class).single() > 0;
    }

    void delivered(long handling, String documentNumber, String numberKey, String sealed, Instant now) {
        jdbc.sql("""
                        update proposal_reply set document_number = :number, number_key = :key, sealed_document = :sealed,
                          delivered_at = :now where handling_id = :handling""")
                .param("number", documentNumber)
                .param("key", numberKey)
                .param("sealed", sealed)
                .param("now", at(now))
                .param("handling", handling)
                .update();
        jdbc.sql("update proposal_commitment set binding = true where handling_id = :handling")
                .param("handling", handling)
                .update();
    }

    /** Sealed letters of replies and opinions in a case: the handling they are of and their 文号, by document. */
    Map<String, Letter> letters(String caseNumber) {
        Map<String, Letter> all = new HashMap<>();
        jdbc.sql("""
                        select r.sealed_document, r.handling_id, r.document_number from proposal_reply r
                          join proposal_handling h on h.id = r.handling_id
                        where h.case_number = :case and r.sealed_document is not null
                        union all
                        select o.sealed_document, o.handling_id, o.document_number from proposal_co_opinion o
                          join proposal_handling h on h.id = o.handling_id
                        where h.case_number = :case and o.sealed_document is not null""").param("case", caseNumber).query(row -> {
            all.put(row.getString(1), new Letter(row.getLong(2), Objects.requireNonNullElse(row.getString(3), "")));
        });
        return all;
    }

    record Letter(long handling, String number) {}

    // ---- deliveries

    void deliver(long handling, Delivery delivery, String person, String name, Instant now) {
        jdbc.sql("""
                        insert into proposal_delivery (handling_id, case_number, person_id, name, mode, delivered_on, recorded_by,
                          recorded_name, recorded_at)
                        values (:handling, :number, :person, :name, :mode, :day, :by, :byName, :now)""")
                .param("handling", handling)
                .param("number", delivery.caseNumber())
                .param("person", delivery.personId())
                .param("name", delivery.name())
                .param("mode", delivery.mode().code())
                .param("day", delivery.deliveredOn())
                .param("by", person)
                .param("byName", name)
                .param("now", at(now))
                .update();
    }

    List<Delivery> deliveries(long handling) {
        return jdbc.sql("select * from proposal_delivery where handling_id = :handling order by id")
                .param("handling", handling)
                .query((row, i) -> new Delivery(
                        row.getString("case_number"),
                        row.getString("person_id"),
                        row.getString("name"),
                        Coded.get(DeliveryMode.class, row.getString("mode")),
                        java.util.Objects.requireNonNull(Rows.day(row, "delivered_on"))))
                .list();
    }

    /** Handlings whose reply was brought to somebody in this case, which may be a merged one; oldest first. */
    List<Long> repliesTo(String caseNumber) {
        return jdbc.sql(
                        "select distinct handling_id from proposal_delivery where case_number = :number order by handling_id")
                .param("number", caseNumber)
                .query(Long.class)
                .list();
    }

    // ---- commitments

    void promises(long handling, String caseNumber, List<ReplyContent.Promise> promises, Instant now) {
        jdbc.sql("delete from proposal_commitment where handling_id = :handling")
                .param("handling", handling)
                .update();
        for (ReplyContent.Promise promise : promises) {
            jdbc.sql("""
                            insert into proposal_commitment (case_number, source, handling_id, suggestion, content, due_on, responsible,
                              binding, entered_at)
                            values (:number, 'reply', :handling, :suggestion, :content, :due, :responsible, false, :now)""")
                    .param("number", caseNumber)
                    .param("handling", handling)
                    .param("suggestion", promise.suggestion())
                    .param("content", promise.content())
                    .param("due", promise.dueOn())
                    .param("responsible", promise.section())
                    .param("now", at(now))
                    .update();
        }
    }

    List<Commitment> commitments(long handling) {
        return jdbc.sql("select * from proposal_commitment where handling_id = :handling order by id")
                .param("handling", handling)
                .query((row, i) -> commitment(row))
                .list();
    }

    /** Of replies and consultations. */
    List<Commitment> commitmentsOf(String caseNumber) {
        return jdbc.sql("select * from proposal_commitment where case_number = :number order by id")
                .param("number", caseNumber)
                .query((row, i) -> commitment(row))
                .list();
    }

    static Commitment commitment(ResultSet row) throws SQLException {
        return new Commitment(
                row.getLong("id"),
                row.getString("case_number"),
                row.getString("source"),
                Rows.integer(row, "suggestion"),
                row.getString("content"),
                Rows.day(row, "due_on"),
                row.getString("responsible"),
                row.getBoolean("binding"));
    }

    // ---- opinions of co-handling units

    Optional<CoOpinion> coOpinion(long handling) {
        return jdbc.sql("select * from proposal_co_opinion where handling_id = :handling")
                .param("handling", handling)
                .query((row, i) -> new CoOpinion(
                        row.getLong("handling_id"),
                        row.getInt("draft"),
                        Rows.split(row.getString("points")).stream()
                                .map(Integer::valueOf)
                                .toList(),
                        row.getString("content"),
                        row.getString("signed_name"),
                        Rows.instant(row, "signed_at"),
                        row.getString("document_number"),
                        Rows.instant(row, "sent_at")))
                .optional();
    }

    /** @return number of the draft */
    int coDraft(long handling, List<Integer> points, String content) {
        int draft = 1 + coOpinion(handling).map(CoOpinion::draft).orElse(0);
        String sql = draft == 1 ? """
                        insert into proposal_co_opinion (handling_id, draft, points, content)
                        values (:handling, :draft, :points, :content)""" : """
                        update proposal_co_opinion set draft = :draft, points = :points, content = :content, signed_by = null,
                          signed_name = null, signed_at = null where handling_id = :handling""";
        jdbc.sql(sql)
                .param("handling", handling)
                .param("draft", draft)
                .param("points", points.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .param("content", content)
                .update();
        return draft;
    }

    void coSigned(long handling, String person, String name, Instant now) {
        jdbc.sql("""
                        update proposal_co_opinion set signed_by = :person, signed_name = :name, signed_at = :now
                        where handling_id = :handling""")
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .param("handling", handling)
                .update();
    }

    void coSent(long handling, String documentNumber, String numberKey, String sealed, Instant now) {
        jdbc.sql("""
                        update proposal_co_opinion set document_number = :number, number_key = :key, sealed_document = :sealed,
                          sent_at = :now where handling_id = :handling""")
                .param("number", documentNumber)
                .param("key", numberKey)
                .param("sealed", sealed)
                .param("now", at(now))
                .param("handling", handling)
                .update();
    }
}
