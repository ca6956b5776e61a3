package org.banhao.proposal.domain.selection;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.Meeting;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The key topics. Every call joins the caller's transaction. */
@Repository
class KeyTopicRows {

    private final JdbcClient jdbc;
    private final CaseMeetings meetings;

    KeyTopicRows(JdbcClient jdbc, CaseMeetings meetings) {
        this.jdbc = jdbc;
        this.meetings = meetings;
    }

    boolean partyGroupFirst(String session) {
        return jdbc.sql("select party_group_first from proposal_selection_rule where session_id = :session")
                .param("session", session)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    void partyGroupFirst(String session, boolean first) {
        jdbc.sql("delete from proposal_selection_rule where session_id = :session")
                .param("session", session)
                .update();
        jdbc.sql("insert into proposal_selection_rule (session_id, party_group_first) values (:session, :first)")
                .param("session", session)
                .param("first", first)
                .update();
    }

    long insert(String session, String name, String reason, List<String> cases, String by, String byName, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into proposal_key_topic (session_id, name, reason, state, nominated_by, nominated_name, nominated_at,
                          decision_note, ended_reason, version)
                        values (:session, :name, :reason, 'candidate', :by, :byName, :now, '', '', 1)""")
                .param("session", session)
                .param("name", name)
                .param("reason", reason)
                .param("by", by)
                .param("byName", byName)
                .param("now", at(now))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey()).longValue();
        for (String number : cases) {
            jdbc.sql("insert into proposal_key_topic_case (topic_id, case_number) values (:id, :number)")
                    .param("id", id)
                    .param("number", number)
                    .update();
        }
        return id;
    }

    /** Newest first. */
    List<KeyTopic> ofSession(String session) {
        return list("t.session_id = :x", session);
    }

    /** All in which the case stands, whatever became of them. */
    List<KeyTopic> ofCase(String caseNumber) {
        return list("t.id in (select topic_id from proposal_key_topic_case where case_number = :x)", caseNumber);
    }

    /** The same of many cases in one look. */
    List<KeyTopic> ofCases(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty()
                ? List.of()
                : list("t.id in (select topic_id from proposal_key_topic_case where case_number in (:x))", caseNumbers);
    }

    /** @throws Refusal there is none */
    KeyTopic get(long id) {
        return list("t.id = :x", id).stream().findFirst().orElseThrow(() -> new Refusal("没有这个重点选题，请刷新页面后重新选择。"));
    }

    /** Held until the transaction ends. */
    KeyTopic lock(long id) {
        jdbc.sql("select id from proposal_key_topic where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .list();
        return get(id);
    }

    private List<KeyTopic> list(String where, Object value) {
        Map<Long, List<String>> cases = new HashMap<>();
        jdbc.sql("select c.topic_id, c.case_number from proposal_key_topic_case c"
                        + " join proposal_key_topic t on t.id = c.topic_id where " + where + " order by c.case_number")
                .param("x", value)
                .query(row -> {
                    cases.computeIfAbsent(row.getLong("topic_id"), id -> new ArrayList<>())
                            .add(row.getString("case_number"));
                });
        // of a case that is no topic, which is nearly every one, no meeting is asked for
        Map<Long, Meeting> known = cases.isEmpty()
                ? Map.of()
                : meetings.all().stream().collect(Collectors.toMap(Meeting::id, Function.identity()));
        return jdbc.sql("select t.* from proposal_key_topic t where " + where + " order by t.id desc")
                .param("x", value)
                .query((row, i) -> topic(row, cases, known))
                .list();
    }

    private static KeyTopic topic(ResultSet row, Map<Long, List<String>> cases, Map<Long, Meeting> meetings)
            throws SQLException {
        long id = row.getLong("id");
        Long passed = Rows.number(row, "passed_at_meeting");
        Long decided = Rows.number(row, "decided_at_meeting");
        return new KeyTopic(
                id,
                row.getString("session_id"),
                row.getString("name"),
                row.getString("reason"),
                Coded.get(TopicState.class, row.getString("state")),
                row.getString("nominated_name"),
                Rows.present(row, "nominated_at"),
                passed == null ? null : meetings.get(passed),
                decided == null ? null : meetings.get(decided),
                row.getString("decision_note"),
                row.getString("chair"),
                row.getString("chair_name"),
                row.getString("official"),
                row.getString("official_name"),
                row.getString("ended_reason"),
                row.getString("ended_name"),
                cases.getOrDefault(id, List.of()),
                row.getInt("version"));
    }

    void passed(KeyTopic topic, long meeting) {
        changed(jdbc.sql("""
                        update proposal_key_topic set state = 'passed', passed_at_meeting = :meeting, version = version + 1
                        where id = :id and version = :version""")
                .param("meeting", meeting)
                .param("id", topic.id())
                .param("version", topic.version())
                .update());
    }

    void decided(
            KeyTopic topic,
            TopicState state,
            long meeting,
            String note,
            @Nullable String chair,
            @Nullable String chairName,
            @Nullable String official,
            @Nullable String officialName) {
        changed(jdbc.sql("""
                        update proposal_key_topic set state = :state, decided_at_meeting = :meeting, decision_note = :note, chair = :chair,
                          chair_name = :chairName, official = :official, official_name = :officialName, version = version + 1
                        where id = :id and version = :version""")
                .param("state", state.code())
                .param("meeting", meeting)
                .param("note", note)
                .param("chair", chair, Types.VARCHAR)
                .param("chairName", chairName, Types.VARCHAR)
                .param("official", official, Types.VARCHAR)
                .param("officialName", officialName, Types.VARCHAR)
                .param("id", topic.id())
                .param("version", topic.version())
                .update());
    }

    void ended(KeyTopic topic, TopicState state, String reason, String by, String byName, Instant now) {
        changed(jdbc.sql("""
                        update proposal_key_topic set state = :state, ended_reason = :reason, ended_by = :by, ended_name = :byName,
                          ended_at = :now, version = version + 1
                        where id = :id and version = :version""")
                .param("state", state.code())
                .param("reason", reason)
                .param("by", by)
                .param("byName", byName)
                .param("now", at(now))
                .param("id", topic.id())
                .param("version", topic.version())
                .update());
    }

    private static void changed(int rows) {
        if (rows == 0) {
            throw new Overtaken("这个重点选题刚被别人改动，请刷新页面后再试。");
        }
    }
}
