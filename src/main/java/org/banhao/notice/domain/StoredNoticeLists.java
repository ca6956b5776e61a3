package org.banhao.notice.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.Retractions;
import org.banhao.notice.Mailbox.Message;
import org.banhao.notice.NoticeLists;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class StoredNoticeLists implements NoticeLists {

    /** As many messages as are looked through: those of the busiest day of a session several times over. */
    private static final int MOST = 20_000;

    private static final String MAIL = "mail";

    /** The others wait for as long as what they tell may be taken back, and are gone then. */
    private static final String STANDS = "(o.sent_at is not null or o.attempts > 0 or o.next_at <= :now)";

    private static final String OF_KINDS =
            "o.case_number is not null and substring(o.case_number from 1 for 2) in (:kinds)";

    private final JdbcClient jdbc;
    private final People people;
    private final Retractions retractions;
    private final Clock clock;
    private final Audit audit;

    StoredNoticeLists(JdbcClient jdbc, People people, Retractions retractions, Clock clock, Audit audit) {
        this.jdbc = jdbc;
        this.people = people;
        this.retractions = retractions;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public List<Reason> reasons() {
        return NoticeReasons.ALL;
    }

    // ---- looking

    /** One message; its text is the one for lists. */
    private record Row(Message message, @Nullable HandedOver handedOver) {

        /** What messages of one line have in common. */
        List<String> line() {
            return List.of(
                    message.personId(),
                    String.valueOf(message.caseNumber()),
                    message.template(),
                    NoticeReasons.replaced(message.template()) ? "" : message.text());
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Found told(Wanted wanted) {
        Instant now = clock.instant();
        Duration window = retractions.window();
        List<Row> rows = jdbc.sql("""
                        select o.id, o.notice_key, o.channel, o.template, o.person_id, o.person_name, o.address, o.subject,
                          o.brief as text_body, o.case_number, o.state, o.attempts, o.next_at, o.last_error, o.message_id,
                          o.sent_by, o.created_at, o.sent_at, o.opened_at, o.read_at, k.until_at, k.used_at, k.revoked_at,
                          h.line_id, h.at as handed_at, h.person_id as handed_by, h.person_name as handed_name
                        from notice_outbox o
                          left join notice_link k on k.id = o.link_id
                          left join notice_handover h on h.outbox_id = o.id
                        where o.created_at >= :since and o.created_at < :before and o.id <= :upTo
                          and o.template in (:templates) and %s and %s
                        order by o.id desc fetch first :most rows only""".formatted(OF_KINDS, STANDS))
                .param("since", at(wanted.from()))
                .param("before", at(wanted.until()))
                .param("upTo", wanted.upTo())
                .param("templates", templates(wanted.template()))
                .param("kinds", wanted.kinds())
                .param("now", at(now))
                .param("most", MOST)
                .query((row, n) -> new Row(StoredMailbox.message(row, now), handedOver(row, window)))
                .list();
        Map<List<String>, List<Row>> lines = new LinkedHashMap<>();
        rows.forEach(row ->
                lines.computeIfAbsent(row.line(), any -> new ArrayList<>()).add(row));
        return new Found(lines.values().stream().map(StoredNoticeLists::line).toList(), rows.size() == MOST);
    }

    private static List<String> templates(String chosen) {
        return chosen.isEmpty()
                ? NoticeReasons.ALL.stream().map(Reason::template).toList()
                : List.of(chosen);
    }

    /** @param rows newest first */
    private static Told line(List<Row> rows) {
        Message newest = rows.get(0).message();
        Map<String, Message> ways = new LinkedHashMap<>();
        rows.forEach(row -> ways.putIfAbsent(row.message().channel(), row.message()));
        return new Told(
                newest.id(),
                NoticeReasons.of(newest.template()),
                newest.personId(),
                newest.personName(),
                String.valueOf(newest.caseNumber()),
                newest.text(),
                newest.createdAt(),
                List.copyOf(ways.values()),
                rows.stream().anyMatch(row -> reached(row.message(), newest.createdAt())),
                rows.get(0).handedOver());
    }

    /** That a link was opened counts for nothing: programs that look at mails open it too. */
    private static boolean reached(Message message, Instant told) {
        return since(message.readAt(), told)
                || since(message.actedAt(), told)
                || !message.channel().equals(MAIL) && since(message.sentAt(), told);
    }

    private static boolean since(@Nullable Instant moment, Instant told) {
        return moment != null && !moment.isBefore(told);
    }

    private static @Nullable HandedOver handedOver(ResultSet row, Duration window) throws SQLException {
        Instant at = StoredMailbox.instant(row, "handed_at");
        return at == null
                ? null
                : new HandedOver(
                        row.getLong("line_id"),
                        at,
                        at.plus(window),
                        row.getString("handed_by"),
                        row.getString("handed_name"));
    }

    // ---- 转交

    /** What a message told whom. */
    private record Sent(String personId, String personName, String caseNumber, String template, String brief) {

        String words() {
            return personName + "，" + NoticeReasons.of(template).name();
        }
    }

    @Override
    public HandedOver handOver(long key, Set<String> kinds, String personId) {
        Instant now = clock.instant();
        Sent sent = jdbc.sql("select * from notice_outbox o where o.id = :key and " + OF_KINDS + " and " + STANDS)
                .param("key", key)
                .param("kinds", kinds)
                .param("now", at(now))
                .query(StoredNoticeLists::sent)
                .optional()
                .orElseThrow(() -> new Refusal("key", "没有这条通知，或者它已被撤下，请刷新页面后重试。"));
        // who hands the same line over at the same moment waits here
        List<Long> all = jdbc.sql(
                        "select o.id from notice_outbox o where o.person_id = :person and o.case_number = :number"
                                + " and o.template = :template and (o.brief = :brief or :replaced) and o.id <= :key and "
                                + STANDS
                                + " order by o.id for update")
                .param("person", sent.personId())
                .param("number", sent.caseNumber())
                .param("template", sent.template())
                .param("brief", sent.brief())
                .param("replaced", NoticeReasons.replaced(sent.template()))
                .param("key", key)
                .param("now", at(now))
                .query(Long.class)
                .list();
        HandedOver before = handedOver(key).orElse(null);
        if (before != null) {
            if (before.personId().equals(personId)) return before;
            throw new Refusal("key", "这条通知已由" + before.personName() + "转交，没有重复转交。");
        }
        HandedOver done = new HandedOver(key, now, now.plus(retractions.window()), personId, people.nameOf(personId));
        for (long id : all) {
            if (handedOver(id).isPresent()) continue;
            jdbc.sql(
                            "insert into notice_handover (outbox_id, line_id, at, person_id, person_name) values (?, ?, ?, ?, ?)")
                    .params(id, key, at(now), personId, done.personName())
                    .update();
        }
        audit.record("notice.handOver", sent.caseNumber(), sent.words());
        return done;
    }

    @Override
    public void takeBack(long id, String personId) {
        Sent sent = jdbc.sql("select * from notice_outbox where id = ? for update")
                .param(id)
                .query(StoredNoticeLists::sent)
                .optional()
                .orElse(null);
        HandedOver handed = handedOver(id)
                .filter(one -> one.id() == id && one.personId().equals(personId))
                .orElse(null);
        if (sent == null || handed == null) throw new Refusal("key", "没有这次转交，或者不是您转交的，请刷新页面后重试。");
        if (!clock.instant().isBefore(handed.until())) {
            throw new Refusal("key", "转交以后过了撤回时限，不能撤销；需要再通知的，请在案件的“通知送达”里重发，就会重新列出。");
        }
        jdbc.sql("delete from notice_handover where line_id = ?").param(id).update();
        audit.record("notice.takeBackHandOver", sent.caseNumber(), sent.words());
    }

    private Optional<HandedOver> handedOver(long message) {
        Duration window = retractions.window();
        return jdbc.sql("select line_id, at as handed_at, person_id as handed_by, person_name as handed_name"
                        + " from notice_handover where outbox_id = ?")
                .param(message)
                .query((row, n) -> Objects.requireNonNull(handedOver(row, window)))
                .optional();
    }

    private static Sent sent(ResultSet row, int n) throws SQLException {
        return new Sent(
                row.getString("person_id"),
                row.getString("person_name"),
                row.getString("case_number"),
                row.getString("template"),
                row.getString("brief"));
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
