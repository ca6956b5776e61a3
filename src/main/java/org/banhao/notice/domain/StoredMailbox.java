package org.banhao.notice.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.notice.Channel;
import org.banhao.notice.Mailbox;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class StoredMailbox implements Mailbox {

    private static final Set<String> STATES = Set.of("pending", "sent", "dead", "undeliverable");
    private static final int PAGE = 50;

    private final JdbcClient jdbc;
    private final People people;
    private final List<Channel> channels;
    private final Clock clock;
    private final Audit audit;

    StoredMailbox(JdbcClient jdbc, People people, List<Channel> channels, Clock clock, Audit audit) {
        this.jdbc = jdbc;
        this.people = people;
        this.channels = channels;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    @Transactional(readOnly = true)
    public Counts counts() {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql("select state, count(*) from notice_outbox group by state").query(rs -> {
            counts.put(rs.getString(1), rs.getLong(2));
        });
        return new Counts(
                counts.getOrDefault("pending", 0L),
                counts.getOrDefault("sent", 0L),
                counts.getOrDefault("dead", 0L),
                counts.getOrDefault("undeliverable", 0L));
    }

    @Override
    public List<Message> list(@Nullable String state, @Nullable Long before) {
        if (state != null && !STATES.contains(state)) throw new Refusal("state", "没有这种投递状态，请从页面上的几种状态中选择。");
        audit.record("notice.list", null, state == null ? "全部" : state);
        long last = before == null ? Long.MAX_VALUE : before;
        String where = state == null ? "" : "state = ? and ";
        JdbcClient.StatementSpec sql = jdbc.sql("select * from notice_outbox where " + where
                + "id < ? order by id desc fetch first " + PAGE + " rows only");
        return (state == null ? sql.param(last) : sql.params(state, last))
                .query((rs, n) -> message(rs))
                .list();
    }

    @Override
    public Message get(long id) {
        Message message = find(id, "");
        audit.record("notice.read", message.caseNumber(), "第" + id + "封");
        return message;
    }

    @Override
    public void retry(long id) {
        Message message = find(id, " for update");
        if (!message.state().equals("dead") && !message.state().equals("undeliverable")) {
            throw new Refusal("这封通知正在等待发送或已经发出，不需要重发。");
        }
        Channel channel = channels.stream()
                .filter(one -> one.name().equals(message.channel()))
                .findFirst()
                .orElseThrow(() -> new Refusal("“" + message.channel() + "”通道没有启用，请先在配置中启用。"));
        OutboxNotices.Reach reach = OutboxNotices.Reach.of(people.find(message.personId()), channel);
        if (reach.address() == null) {
            throw new Refusal("仍然无法送达" + message.personName() + "：" + reach.why() + "，请先补全该人员的联系方式。");
        }
        jdbc.sql(
                        "update notice_outbox set state = 'pending', attempts = 0, next_at = ?, address = ?, last_error = null where id = ?")
                .params(clock.instant().atOffset(ZoneOffset.UTC), reach.address(), id)
                .update();
        audit.record("notice.retry", message.caseNumber(), "第" + id + "封");
    }

    private Message find(long id, String lock) {
        return jdbc.sql("select * from notice_outbox where id = ?" + lock)
                .param(id)
                .query((rs, n) -> message(rs))
                .optional()
                .orElseThrow(() -> new Refusal("没有这封通知，请返回列表重新选择。"));
    }

    private static Message message(ResultSet rs) throws SQLException {
        return new Message(
                rs.getLong("id"),
                rs.getString("notice_key"),
                rs.getString("channel"),
                rs.getString("template"),
                rs.getString("person_id"),
                rs.getString("person_name"),
                rs.getString("address"),
                rs.getString("subject"),
                rs.getString("text_body"),
                rs.getString("case_number"),
                rs.getString("state"),
                rs.getInt("attempts"),
                instant(rs.getObject("next_at", OffsetDateTime.class)),
                rs.getString("last_error"),
                rs.getString("message_id"),
                rs.getString("sent_by"),
                instant(rs.getObject("created_at", OffsetDateTime.class)),
                rs.getObject("sent_at") == null ? null : instant(rs.getObject("sent_at", OffsetDateTime.class)));
    }

    private static Instant instant(OffsetDateTime moment) {
        return moment.toInstant();
    }
}
