package org.banhao.monitoring.rules.domain;

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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.banhao.base.Actor;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeAcknowledgement;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.Episodes.EpisodeChange;
import org.banhao.monitoring.Episodes.EpisodeFinding;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.RuleGroup;
import org.banhao.monitoring.domain.Moments;
import org.banhao.monitoring.rules.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** Findings, the episodes they make, and what happened to these. */
@Component
class EpisodeRows {

    private static final String EPISODE = """
        select id, outlet_id, subject, rule_group, began_at, last_at, level, ratio, sentence, counts_from, opened_at, late,
          cut_from, merged_into, ended_at, closed_at, ending
        from monitoring_episode
        """;

    private static final String FINDING = """
        select id, rule, subject, began_at, last_at, seconds, level, ratio, sentence, counts_from, ended_at, ending, episode_id
        from monitoring_finding
        """;

    private final JdbcClient db;

    EpisodeRows(JdbcClient db) {
        this.db = db;
    }

    /** @param episodeId null: not in one yet */
    record Row(long id, Finding finding, @Nullable Long episodeId) {

        boolean unfounded() {
            EpisodeEnding ending = finding.ending();
            return ending != null && ending.unfounded();
        }
    }

    /** Of these rules, those that go on or ended after the moment; unfounded ones too. */
    List<Row> findings(long outletId, Collection<MonitoringRule> rules, Instant after) {
        if (rules.isEmpty()) return List.of();
        return db.sql(FINDING
                        + "where outlet_id = :outlet and rule in (:rules) and (ended_at is null or last_at >= :after"
                        + " or ended_at >= :after) order by began_at, id")
                .param("outlet", outletId)
                .param("rules", rules.stream().map(Enum::name).toList())
                .param("after", Moments.sql(after))
                .query((row, n) -> finding(row))
                .list();
    }

    /** The one of a rule and subject that goes on. */
    Optional<Finding> open(long outletId, MonitoringRule rule, String subject) {
        return db
                .sql(FINDING
                        + "where outlet_id = ? and rule = ? and subject = ? and ended_at is null order by"
                        + " began_at desc")
                .params(outletId, rule.name(), subject)
                .query((row, n) -> finding(row).finding())
                .stream()
                .findFirst();
    }

    /** All that go on. */
    List<Row> open(long outletId) {
        return db.sql(FINDING + "where outlet_id = ? and ended_at is null order by began_at, id")
                .param(outletId)
                .query((row, n) -> finding(row))
                .list();
    }

    /** Outlets with an episode that is open. */
    Set<Long> outletsWithOpen() {
        return new TreeSet<>(db.sql("select distinct outlet_id from monitoring_episode where open_slot = 1")
                .query(Long.class)
                .list());
    }

    private static Row finding(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                new Finding(
                        MonitoringRule.valueOf(row.getString("rule")),
                        row.getString("subject"),
                        Moments.read(row, "began_at"),
                        Moments.read(row, "last_at"),
                        row.getLong("seconds"),
                        AlertLevel.ofRank(row.getInt("level")),
                        Moments.number(row, "ratio"),
                        row.getString("sentence"),
                        Moments.readOrNull(row, "counts_from"),
                        Moments.readOrNull(row, "ended_at"),
                        ending(row)),
                Moments.id(row, "episode_id"));
    }

    private static @Nullable EpisodeEnding ending(ResultSet row) throws SQLException {
        String ending = row.getString("ending");
        return ending == null ? null : EpisodeEnding.valueOf(ending);
    }

    void insert(long outletId, Finding one) {
        db.sql("""
            insert into monitoring_finding (outlet_id, rule, subject, began_at, last_at, seconds, level, ratio, sentence,
              counts_from, ended_at, ending)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """).params(values(outletId, one)).update();
    }

    void update(long id, Finding one) {
        List<@Nullable Object> values = values(one);
        values.add(id);
        db.sql("""
            update monitoring_finding set last_at = ?, seconds = ?, level = ?, ratio = ?, sentence = ?, counts_from = ?,
              ended_at = ?, ending = ? where id = ?\
            """).params(values).update();
    }

    private static List<@Nullable Object> values(long outletId, Finding one) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(outletId);
        values.add(one.rule().name());
        values.add(one.subject());
        values.add(Moments.sql(one.beganAt()));
        values.addAll(values(one));
        return values;
    }

    /** What of a finding may change. */
    private static List<@Nullable Object> values(Finding one) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(Moments.sql(one.lastAt()));
        values.add(one.seconds());
        values.add(one.level().rank());
        values.add(typed(Types.DOUBLE, one.ratio()));
        values.add(one.sentence());
        values.add(typed(Types.TIMESTAMP_WITH_TIMEZONE, Moments.sqlOrNull(one.countsFrom())));
        values.add(typed(Types.TIMESTAMP_WITH_TIMEZONE, Moments.sqlOrNull(one.endedAt())));
        values.add(typed(Types.VARCHAR, name(one.ending())));
        return values;
    }

    void end(long findingId, Instant at, EpisodeEnding why) {
        db.sql("update monitoring_finding set ended_at = ?, ending = ? where id = ?")
                .params(Moments.sql(at), why.name(), findingId)
                .update();
    }

    void belongs(long findingId, long episodeId) {
        db.sql("update monitoring_finding set episode_id = ? where id = ?")
                .params(episodeId, findingId)
                .update();
    }

    /** Of one subject and group: open ones, and those that ended after the moment; unfounded ones too. */
    List<Episode> episodes(long outletId, String subject, RuleGroup group, Instant after) {
        return db.sql(EPISODE + "where outlet_id = ? and subject = ? and rule_group = ?"
                        + " and (ended_at is null or last_at >= ? or ended_at >= ?) order by id")
                .params(outletId, subject, group.name(), Moments.sql(after), Moments.sql(after))
                .query((row, n) -> episode(row))
                .list();
    }

    private static Episode episode(ResultSet row) throws SQLException {
        return new Episode(
                row.getLong("id"),
                row.getLong("outlet_id"),
                row.getString("subject"),
                RuleGroup.valueOf(row.getString("rule_group")),
                Moments.read(row, "began_at"),
                Moments.read(row, "last_at"),
                AlertLevel.ofRank(row.getInt("level")),
                Moments.number(row, "ratio"),
                row.getString("sentence"),
                Moments.readOrNull(row, "counts_from"),
                Moments.read(row, "opened_at"),
                row.getBoolean("late"),
                Moments.id(row, "cut_from"),
                Moments.id(row, "merged_into"),
                Moments.readOrNull(row, "ended_at"),
                Moments.readOrNull(row, "closed_at"),
                ending(row));
    }

    /** @return its id; what is given is ignored */
    long insert(Episode one) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        db.sql("""
            insert into monitoring_episode (outlet_id, subject, rule_group, began_at, last_at, level, ratio, sentence,
              counts_from, opened_at, late, cut_from, merged_into, ended_at, closed_at, ending, open_slot)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """).params(values(one, true)).update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    void update(Episode one) {
        List<@Nullable Object> values = new ArrayList<>(values(one, false));
        values.add(one.id());
        db.sql("""
            update monitoring_episode set began_at = ?, last_at = ?, level = ?, ratio = ?, sentence = ?, counts_from = ?,
              opened_at = ?, late = ?, cut_from = ?, merged_into = ?, ended_at = ?, closed_at = ?, ending = ?, open_slot = ?
            where id = ?\
            """).params(values).update();
    }

    private static List<@Nullable Object> values(Episode one, boolean identity) {
        List<@Nullable Object> values = new ArrayList<>();
        if (identity) {
            values.add(one.outletId());
            values.add(one.subject());
            values.add(one.group().name());
        }
        values.add(Moments.sql(one.beganAt()));
        values.add(Moments.sql(one.lastAt()));
        values.add(one.level().rank());
        values.add(typed(Types.DOUBLE, one.ratio()));
        values.add(one.sentence());
        values.add(typed(Types.TIMESTAMP_WITH_TIMEZONE, Moments.sqlOrNull(one.countsFrom())));
        values.add(Moments.sql(one.openedAt()));
        values.add(one.late());
        values.add(typed(Types.BIGINT, one.cutFrom()));
        values.add(typed(Types.BIGINT, one.mergedInto()));
        values.add(typed(Types.TIMESTAMP_WITH_TIMEZONE, Moments.sqlOrNull(one.endedAt())));
        values.add(typed(Types.TIMESTAMP_WITH_TIMEZONE, Moments.sqlOrNull(one.closedAt())));
        values.add(typed(Types.VARCHAR, name(one.ending())));
        values.add(typed(Types.SMALLINT, one.open() ? 1 : null));
        return values;
    }

    private static SqlParameterValue typed(int type, @Nullable Object value) {
        return new SqlParameterValue(type, value);
    }

    private static @Nullable String name(@Nullable EpisodeEnding ending) {
        return ending == null ? null : ending.name();
    }

    void changed(long episodeId, Instant at, String what, AlertLevel level, String sentence) {
        db.sql("insert into monitoring_episode_change (episode_id, at, what, level, sentence) values (?, ?, ?, ?, ?)")
                .params(episodeId, Moments.sql(at), what, level.rank(), sentence)
                .update();
    }

    /** What a person has done about it. */
    void acknowledged(long episodeId, Instant at, AlertLevel level, String reason, Actor who) {
        db.sql("insert into monitoring_episode_change (episode_id, at, what, level, sentence, person_id, person_name)"
                        + " values (?, ?, '接警', ?, ?, ?, ?)")
                .params(episodeId, Moments.sql(at), level.rank(), reason, who.id(), who.line())
                .update();
    }

    /** The newest of each that holds: what became graver or opened again has to be seen again. */
    Map<Long, EpisodeAcknowledgement> acknowledged(Collection<Long> ids) {
        if (ids.isEmpty()) return Map.of();
        Map<Long, EpisodeAcknowledgement> found = new HashMap<>();
        db.sql("""
            select a.episode_id, a.at, a.person_name, a.sentence from monitoring_episode_change a
            where a.episode_id in (:ids) and a.what = '接警' and not exists (
              select 1 from monitoring_episode_change c
              where c.episode_id = a.episode_id and c.id > a.id and c.what in ('升级', '重新打开'))
            order by a.id\
            """)
                .param("ids", ids)
                .query((row, n) -> new EpisodeAcknowledgement(
                        row.getLong("episode_id"),
                        Moments.read(row, "at"),
                        row.getString("person_name"),
                        row.getString("sentence")))
                .list()
                .forEach(one -> found.put(one.episodeId(), one));
        return found;
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<Episode> hold(long id) {
        return db.sql(EPISODE + "where id = ? for update")
                .param(id)
                .query((row, n) -> episode(row))
                .optional();
    }

    List<Episode> open() {
        return db.sql(EPISODE + "where open_slot = 1 order by level desc, began_at, id")
                .query((row, n) -> episode(row))
                .list();
    }

    Optional<Episode> one(long id) {
        return db.sql(EPISODE + "where id = ?")
                .param(id)
                .query((row, n) -> episode(row))
                .optional();
    }

    List<Episode> ofOutlet(long outletId, Instant from, Instant until) {
        return db
                .sql(EPISODE
                        + "where outlet_id = ? and began_at < ? and (ended_at is null or greatest(last_at, ended_at) > ?) order by"
                        + " began_at, id")
                .params(outletId, Moments.sql(until), Moments.sql(from))
                .query((row, n) -> episode(row))
                .list()
                .stream()
                .filter(one -> {
                    EpisodeEnding ending = one.ending();
                    return ending == null || !ending.unfounded();
                })
                .toList();
    }

    List<EpisodeFinding> findingsOf(long episodeId) {
        return db
                .sql(FINDING + "where episode_id = ? order by began_at, id")
                .param(episodeId)
                .query((row, n) -> finding(row).finding())
                .list()
                .stream()
                .map(one -> new EpisodeFinding(
                        one.rule(),
                        one.subject(),
                        one.beganAt(),
                        one.lastAt(),
                        one.seconds(),
                        one.level(),
                        one.ratio(),
                        one.sentence(),
                        one.endedAt(),
                        one.ending()))
                .toList();
    }

    List<EpisodeChange> changesOf(long episodeId) {
        return db.sql(
                        "select at, what, level, sentence, person_name from monitoring_episode_change where episode_id = ? order by"
                                + " id")
                .param(episodeId)
                .query((row, n) -> new EpisodeChange(
                        Moments.read(row, "at"),
                        row.getString("what"),
                        AlertLevel.ofRank(row.getInt("level")),
                        row.getString("sentence"),
                        row.getString("person_name")))
                .list();
    }
}
