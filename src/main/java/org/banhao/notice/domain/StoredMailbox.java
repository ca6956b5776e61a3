package org.banhao.notice.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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
    private static final int MOST_EXPORTED = 10_000;
    private static final int MOST_OF_CASE = 500;
    private static final Duration NOT_AGAIN = Duration.ofMinutes(10);
    private static final int LONGEST_KEY = 300;

    private static final String SELECT = "select o.*, k.until_at, k.used_at, k.revoked_at"
            + " from notice_outbox o left join notice_link k on k.id = o.link_id where ";

    private final JdbcClient jdbc;
    private final People people;
    private final StoredLinks links;
    private final List<Channel> channels;
    private final Clock clock;
    private final Audit audit;

    StoredMailbox(JdbcClient jdbc, People people, StoredLinks links, List<Channel> channels, Clock clock, Audit audit) {
        this.jdbc = jdbc;
        this.people = people;
        this.links = links;
        this.channels = channels;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    @Transactional(readOnly = true)
    public Counts counts() {
        return counts(jdbc.sql("select state, count(*) from notice_outbox group by state"));
    }

    @Override
    @Transactional(readOnly = true)
    public Counts counts(String caseNumber) {
        return counts(jdbc.sql("select state, count(*) from notice_outbox where case_number = ? group by state")
                .param(caseNumber));
    }

    private static Counts counts(JdbcClient.StatementSpec sql) {
        Map<String, Long> counts = new HashMap<>();
        sql.query(rs -> {
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
        List<Message> found = newest(state, before == null ? Long.MAX_VALUE : before, PAGE);
        audit.record("notice.list", null, state == null ? "全部" : state);
        return found;
    }

    @Override
    public List<Message> export(@Nullable String state) {
        List<Message> found = newest(state, Long.MAX_VALUE, MOST_EXPORTED);
        audit.record("notice.export", null, (state == null ? "全部" : state) + "，" + found.size() + "封");
        return found;
    }

    private List<Message> newest(@Nullable String state, long before, int most) {
        if (state != null && !STATES.contains(state)) throw new Refusal("state", "没有这种投递状态，请从页面上的几种状态中选择。");
        JdbcClient.StatementSpec sql = jdbc.sql(SELECT + (state == null ? "" : "o.state = ? and ")
                + "o.id < ? order by o.id desc fetch first " + most + " rows only");
        return (state == null ? sql.param(before) : sql.params(state, before))
                .query((rs, n) -> message(rs, clock.instant()))
                .list();
    }

    @Override
    public List<Message> ofCase(String caseNumber) {
        audit.record("notice.readOfCase", caseNumber, "");
        return latest(caseNumber, MOST_OF_CASE);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Message> latest(String caseNumber, int most) {
        return jdbc
                .sql(SELECT + "o.case_number = ? order by o.id desc fetch first ? rows only")
                .params(caseNumber, most)
                .query((rs, n) -> Map.entry(message(rs, clock.instant()), rs.getLong("link_id")))
                .list()
                .stream()
                .map(row -> asItStands(row.getKey(), row.getValue()))
                .toList();
    }

    @Override
    public Message get(long id) {
        Message message = find(id);
        audit.record("notice.read", message.caseNumber(), "第" + id + "封");
        return message;
    }

    @Override
    public void retry(long id) {
        Message message = locked(id);
        if (!message.state().equals("dead") && !message.state().equals("undeliverable")) {
            throw new Refusal("这封通知正在等待发送或已经发出，不需要重发。");
        }
        backInLine(message, address(message));
        audit.record("notice.retry", message.caseNumber(), "第" + id + "封");
    }

    private void backInLine(Message message, String address) {
        jdbc.sql(
                        "update notice_outbox set state = 'pending', attempts = 0, next_at = ?, address = ?, last_error = null where id = ?")
                .params(now(), address, message.id())
                .update();
    }

    /** Of today. @throws Refusal there is none */
    private String address(Message message) {
        Channel channel = channels.stream()
                .filter(one -> one.name().equals(message.channel()))
                .findFirst()
                .orElseThrow(() -> new Refusal("“" + message.channelName() + "”通道没有启用，请先在配置中启用。"));
        OutboxNotices.Reach reach = OutboxNotices.Reach.of(people.find(message.personId()), channel);
        String address = reach.address();
        if (address == null) {
            throw new Refusal("仍然无法送达" + message.personName() + "：" + reach.why() + "，请先补全该人员的联系方式。");
        }
        return address;
    }

    @Override
    public void resend(String caseNumber, long id, String by) {
        Message message = ofCase(caseNumber, id);
        if (message.state().equals("pending")) throw new Refusal("这封通知正在等待发送，不需要重发。");
        String address = address(message);
        Long link = linkOf(id);
        if (message.failed()) {
            if (link != null) relink(id, links.again(link, by, people.nameOf(by)));
            backInLine(message, address);
        } else {
            again(message, address, link, by);
        }
        audit.record("notice.resend", caseNumber, message.personName() + "，" + message.channelName() + "，第" + id + "封");
    }

    private void again(Message message, String address, @Nullable Long link, String by) {
        Instant before = now().toInstant().minus(NOT_AGAIN);
        boolean justSent = before.isBefore(message.createdAt())
                || jdbc.sql("select count(*) from notice_outbox where resent_from = ? and created_at > ?")
                                .params(message.id(), before.atOffset(ZoneOffset.UTC))
                                .query(Long.class)
                                .single()
                        > 0;
        if (justSent) throw new Refusal("这封通知10分钟内已经发过，请稍后再重发。");
        Long fresh = link == null ? null : Long.valueOf(links.again(link, by, people.nameOf(by)));
        String mark = "|" + now().toInstant().getEpochSecond();
        String key = message.key().substring(0, Math.min(message.key().length(), LONGEST_KEY - mark.length())) + mark;
        jdbc.sql("insert into notice_outbox (notice_key, channel, template, person_id, person_name, address, subject,"
                        + " text_body, html_body, case_number, state, attempts, next_at, message_id, created_at, link_id,"
                        + " resent_from, brief) select ?, channel, template, person_id, person_name, ?, subject, text_body,"
                        + " html_body, case_number, 'pending', 0, ?, ?, ?, cast(? as bigint), id, brief"
                        + " from notice_outbox where id = ?")
                .params(key, address, now(), "<" + UUID.randomUUID() + "@banhao>", now(), fresh, message.id())
                .update();
    }

    @Override
    public void revokeLink(String caseNumber, long id, String by) {
        Message message = ofCase(caseNumber, id);
        Long link = linkOf(id);
        if (link == null || message.link() != LinkState.LIVE) {
            throw new Refusal("这封通知没有可以撤销的链接：没有链接，或者链接已经用过、撤销、到期。");
        }
        links.revoked(link, by, people.nameOf(by));
        audit.record("notice.revokeLink", caseNumber, message.personName() + "，第" + id + "封");
    }

    private void relink(long id, long link) {
        jdbc.sql("update notice_outbox set link_id = ? where id = ?")
                .params(link, id)
                .update();
    }

    private @Nullable Long linkOf(long id) {
        return jdbc.sql("select link_id from notice_outbox where id = ? and link_id is not null")
                .param(id)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private Message ofCase(String caseNumber, long id) {
        Message message = locked(id);
        if (!caseNumber.equals(message.caseNumber())) throw new Refusal("没有这封通知，请返回列表重新选择。");
        return message;
    }

    private Message locked(long id) {
        jdbc.sql("select id from notice_outbox where id = ? for update")
                .param(id)
                .query(Long.class)
                .list();
        return find(id);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private Message find(long id) {
        return jdbc.sql(SELECT + "o.id = ?")
                .param(id)
                .query((rs, n) -> message(rs, clock.instant()))
                .optional()
                .orElseThrow(() -> new Refusal("没有这封通知，请返回列表重新选择。"));
    }

    /** A row of the outbox with {@code until_at}, {@code used_at} and {@code revoked_at} of its link. */
    static Message message(ResultSet rs, Instant now) throws SQLException {
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
                Objects.requireNonNull(instant(rs, "next_at")),
                rs.getString("last_error"),
                rs.getString("message_id"),
                rs.getString("sent_by"),
                Objects.requireNonNull(instant(rs, "created_at")),
                instant(rs, "sent_at"),
                instant(rs, "opened_at"),
                instant(rs, "read_at"),
                instant(rs, "used_at"),
                link(rs, now),
                link(rs, now) == LinkState.LIVE ? instant(rs, "until_at") : null);
    }

    /** What the message's own columns cannot know: whether the act still waits. */
    private Message asItStands(Message message, long linkId) {
        if (message.link() != LinkState.LIVE) return message;
        Instant until = links.goodUntil(linkId).orElse(null);
        return message.withLink(until == null ? LinkState.OVER : LinkState.LIVE, until);
    }

    private static LinkState link(ResultSet rs, Instant now) throws SQLException {
        Instant until = instant(rs, "until_at");
        if (until == null) return LinkState.NONE;
        if (instant(rs, "used_at") != null) return LinkState.USED;
        if (instant(rs, "revoked_at") != null) return LinkState.REVOKED;
        return now.isBefore(until) ? LinkState.LIVE : LinkState.ENDED;
    }

    static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
