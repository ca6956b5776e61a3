package org.banhao.monitoring.rules.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.domain.Moments;
import org.banhao.monitoring.rules.PowerState;
import org.banhao.monitoring.rules.RuleKey;
import org.banhao.monitoring.rules.RuleState;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What the judging remembers, by outlet, family and slot; and the row that is held while an outlet is judged. */
@Component
class StateRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
            .build();

    private final JdbcClient db;
    private final TransactionTemplate own;

    StateRows(JdbcClient db, PlatformTransactionManager transactions) {
        this.db = db;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** @param stops reported stops as they were known last */
    record Held(String stops, @Nullable Instant behindSince) {}

    /** Waits until nobody else judges this outlet, and keeps others waiting until the transaction ends. */
    Held hold(long outletId) {
        Optional<Held> held = held(outletId);
        if (held.isPresent()) return held.get();
        try {
            own.executeWithoutResult(
                    status -> db.sql("insert into monitoring_rule_outlet (outlet_id, stops) values (?, '')")
                            .param(outletId)
                            .update());
        } catch (DuplicateKeyException e) {
            // another node was first, which is as good
        }
        return held(outletId).orElseThrow();
    }

    private Optional<Held> held(long outletId) {
        return db.sql("select stops, behind_since from monitoring_rule_outlet where outlet_id = ? for update")
                .param(outletId)
                .query((row, n) -> new Held(row.getString("stops"), Moments.readOrNull(row, "behind_since")))
                .optional();
    }

    void stops(long outletId, String stops) {
        db.sql("update monitoring_rule_outlet set stops = ? where outlet_id = ?")
                .params(stops, outletId)
                .update();
    }

    void behind(long outletId, @Nullable Instant since) {
        db.sql("update monitoring_rule_outlet set behind_since = ? where outlet_id = ?")
                .params(Moments.sqlOrNull(since), outletId)
                .update();
    }

    /** @param json of one of the two kinds of state */
    record Row(Instant slot, Instant until, String json) {}

    Optional<Row> latest(long outletId, Family family) {
        return db.sql("""
            select slot, judged_until, state from monitoring_rule_state
            where outlet_id = ? and family = ? order by slot desc fetch first 1 rows only\
            """)
                .params(outletId, family.code())
                .query((row, n) -> row(row))
                .optional();
    }

    /** The oldest that is kept. */
    Optional<Row> first(long outletId, Family family) {
        return db.sql("""
            select slot, judged_until, state from monitoring_rule_state
            where outlet_id = ? and family = ? order by slot fetch first 1 rows only\
            """)
                .params(outletId, family.code())
                .query((row, n) -> row(row))
                .optional();
    }

    /** As it was before that slot. */
    Optional<Row> before(long outletId, Family family, Instant slot) {
        return db.sql("""
            select slot, judged_until, state from monitoring_rule_state
            where outlet_id = ? and family = ? and slot < ? order by slot desc fetch first 1 rows only\
            """)
                .params(outletId, family.code(), Moments.sql(slot))
                .query((row, n) -> row(row))
                .optional();
    }

    private static Row row(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Row(Moments.read(row, "slot"), Moments.read(row, "judged_until"), row.getString("state"));
    }

    void save(long outletId, Family family, Instant slot, Instant until, String json) {
        int changed = db.sql("""
            update monitoring_rule_state set judged_until = ?, state = ?
            where outlet_id = ? and family = ? and slot = ?\
            """)
                .params(Moments.sql(until), json, outletId, family.code(), Moments.sql(slot))
                .update();
        if (changed > 0) return;
        db.sql("""
            insert into monitoring_rule_state (outlet_id, family, slot, judged_until, state)
            values (?, ?, ?, ?, ?)\
            """)
                .params(outletId, family.code(), Moments.sql(slot), Moments.sql(until), json)
                .update();
    }

    void forgetFrom(long outletId, Family family, Instant slot) {
        db.sql("delete from monitoring_rule_state where outlet_id = ? and family = ? and slot >= ?")
                .params(outletId, family.code(), Moments.sql(slot))
                .update();
    }

    /** The last one of each stays: an outlet that is silent for long goes on from it. */
    int forgetBefore(Instant slot) {
        return db.sql("""
            delete from monitoring_rule_state where slot < ? and exists (
              select 1 from monitoring_rule_state later where later.outlet_id = monitoring_rule_state.outlet_id
              and later.family = monitoring_rule_state.family and later.slot > monitoring_rule_state.slot)\
            """).param(Moments.sql(slot)).update();
    }

    private record Entry(MonitoringRule rule, String subject, RuleState state) {}

    private record Entries(List<Entry> rules) {
        Entries {
            rules = rules == null ? List.of() : List.copyOf(rules);
        }
    }

    static String json(Map<RuleKey, RuleState> states) {
        return write(new Entries(states.entrySet().stream()
                .map(one -> new Entry(one.getKey().rule(), one.getKey().subject(), one.getValue()))
                .toList()));
    }

    static Map<RuleKey, RuleState> rules(String json) {
        Map<RuleKey, RuleState> states = new LinkedHashMap<>();
        for (Entry entry : read(json, Entries.class).rules())
            states.put(new RuleKey(entry.rule(), entry.subject()), entry.state());
        return states;
    }

    static String json(PowerState state) {
        return write(state);
    }

    static PowerState power(String json) {
        return read(json, PowerState.class);
    }

    private static String write(Object state) {
        try {
            return JSON.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A rule's state cannot be written", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A rule's state cannot be read", e);
        }
    }
}
