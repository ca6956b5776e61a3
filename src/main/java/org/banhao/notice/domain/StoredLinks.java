package org.banhao.notice.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.banhao.base.Audit;
import org.banhao.base.ByLink;
import org.banhao.base.Refusal;
import org.banhao.notice.Channel;
import org.banhao.notice.LinkedAct;
import org.banhao.notice.Notice;
import org.banhao.notice.OneTimeLinks;
import org.banhao.notice.OneTimeLinks.Link;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What {@link OneTimeLinks} keeps. A text waits in the outbox with {@link #MASK} where the secret will stand; the secret is made when the
 * message leaves, goes with it, and only its hash stays.
 */
@Component
@Transactional
class StoredLinks {

    /** Of 22 characters that a finger may copy and every telephone takes as one address: 131 bits. */
    private static final String SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final int LENGTH = 22;
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z]{" + LENGTH + "}");

    /** As long as a secret, so that a text that fits fits with it. */
    static final String MASK = "*".repeat(LENGTH);

    private static final String COLUMNS =
            "k.id, k.act, k.subject, k.person_id, k.case_number, k.until_at, k.used_at, k.used_for, k.revoked_at, t.outbox_id";

    private static final String OF_NO_MESSAGE =
            "select k.id, k.act, k.subject, k.person_id, k.case_number, k.until_at, k.used_at, k.used_for, k.revoked_at,"
                    + " 0 as outbox_id from notice_link k where k.id = ?";

    private final JdbcClient jdbc;
    private final People people;
    private final ObjectProvider<LinkedAct> acts;
    private final Clock clock;
    private final Audit audit;
    private final SecureRandom random = new SecureRandom();

    StoredLinks(JdbcClient jdbc, People people, ObjectProvider<LinkedAct> acts, Clock clock, Audit audit) {
        this.jdbc = jdbc;
        this.people = people;
        this.acts = acts;
        this.clock = clock;
        this.audit = audit;
    }

    // ---- settings

    @Transactional(readOnly = true)
    public OneTimeLinks.Setting setting() {
        return jdbc.sql("select enabled, longest_days from notice_link_setting where id = 1")
                .query((rs, n) -> new OneTimeLinks.Setting(rs.getBoolean(1), rs.getInt(2)))
                .single();
    }

    public void set(boolean enabled, int longestDays) {
        if (longestDays < 1 || longestDays > 30) {
            throw new Refusal("days", "「链接最长有效天数」请填1到30之间的整数。");
        }
        jdbc.sql("update notice_link_setting set enabled = ?, longest_days = ? where id = 1")
                .params(enabled, longestDays)
                .update();
        audit.record("notice.linkSetting", null, enabled ? "启用，最长" + longestDays + "天" : "停用");
    }

    @Transactional(readOnly = true)
    public boolean wantedBy(String personId) {
        return jdbc.sql("select links from notice_preference where person_id = ?")
                .param(personId)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    public void want(String personId, boolean wanted) {
        if (wanted == wantedBy(personId)) return;
        int changed = jdbc.sql("update notice_preference set links = ? where person_id = ?")
                .params(wanted, personId)
                .update();
        if (changed == 0) {
            jdbc.sql("insert into notice_preference (person_id, digest, links) values (?, true, ?)")
                    .params(personId, wanted)
                    .update();
        }
        audit.record("notice.preference", null, wanted ? "接收一次性链接" : "不接收一次性链接");
    }

    // ---- giving out

    /** A link for what the notice asks, good from now on; null: none is given. */
    @Nullable
    Long give(Notice notice) {
        Notice.Act act = notice.act();
        String number = notice.caseNumber();
        if (act == null || number == null || !good(notice.personId())) return null;
        return insert(act.kind(), act.subject(), notice.personId(), number);
    }

    private boolean good(String personId) {
        return setting().enabled()
                && people.find(personId).filter(Person::active).isPresent()
                && wantedBy(personId);
    }

    private long insert(String act, String subject, String personId, String number) {
        Instant now = clock.instant();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        "insert into notice_link (act, subject, person_id, case_number, made_at, until_at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        act,
                        subject,
                        personId,
                        number,
                        at(now),
                        at(now.plus(Duration.ofDays(setting().longestDays()))))
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    /**
     * In place of a link that was given before, which is dead from now on.
     *
     * @throws Refusal the act does not wait any more, or there are no links for that person
     */
    long again(long id, String byId, String byName) {
        Row row = jdbc.sql(OF_NO_MESSAGE + " for update")
                .param(id)
                .query((rs, n) -> row(rs))
                .single();
        if (act(row).due(row.caseNumber(), row.subject(), row.personId()).isEmpty()) {
            throw new Refusal("这件事已经办结，或者不再等" + people.nameOf(row.personId()) + "办理，不必重发。");
        }
        if (!good(row.personId())) {
            throw new Refusal("现在不能给" + people.nameOf(row.personId()) + "发一次性链接：链接已停用、本人已关闭，或者账号已停用。请电话告知本人登录办理。");
        }
        revoked(id, byId, byName);
        return insert(row.act(), row.subject(), row.personId(), row.caseNumber());
    }

    /** Harmless when it is dead already. */
    void revoked(long id, String byId, String byName) {
        jdbc.sql(
                        "update notice_link set revoked_at = ?, revoked_by = ?, revoked_name = ? where id = ? and revoked_at is null and used_at is null")
                .params(at(clock.instant()), byId, byName, id)
                .update();
    }

    /** What was told was taken back before it left. */
    void withdrawn(String retraction) {
        jdbc.sql("delete from notice_link where id in (select link_id from notice_outbox where retraction_id = ?)")
                .param(retraction)
                .update();
    }

    /** The message with a secret of its own where the mask stands. Part of its delivery: only what leaves has one. */
    Channel.Outgoing filled(long outboxId, long linkId, Channel.Outgoing message) {
        if (!message.text().contains(MASK)) return message;
        StringBuilder made = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) made.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        String token = made.toString();
        jdbc.sql("insert into notice_link_token (hash, link_id, outbox_id, made_at) values (?, ?, ?, ?)")
                .params(hash(token), linkId, outboxId, at(clock.instant()))
                .update();
        String html = message.html();
        return new Channel.Outgoing(
                message.messageId(),
                message.personName(),
                message.address(),
                message.subject(),
                message.text().replace(MASK, token),
                html == null ? null : html.replace(MASK, token),
                message.caseNumber());
    }

    // ---- opening

    /** Empty: such a secret was never given out. */
    public Optional<OneTimeLinks.Opened> open(String token) {
        return find(token).map(row -> {
            OneTimeLinks.Opened opened = state(row);
            Link link = opened.link();
            if (link != null) {
                jdbc.sql("update notice_outbox set opened_at = ? where id = ? and opened_at is null")
                        .params(at(clock.instant()), row.outboxId())
                        .update();
                ByLink.call(link.holder(), () -> {
                    audit.record("notice.openLink", link.caseNumber(), "第" + row.outboxId() + "封");
                    return true;
                });
            }
            return opened;
        });
    }

    /** @throws Refusal as {@link OneTimeLinks#use} */
    public void use(String token, Function<Link, String> act) {
        long id = find(token).orElseThrow(() -> new Refusal(OneTimeLinks.DEAD)).id();
        // held until the act is done: of two at once the second finds it used
        jdbc.sql("select id from notice_link where id = ? for update")
                .param(id)
                .query(Long.class)
                .list();
        Row row = find(token).orElseThrow(() -> new Refusal(OneTimeLinks.DEAD));
        OneTimeLinks.Opened opened = state(row);
        Link link = opened.link();
        if (opened.state() != OneTimeLinks.State.OPEN || link == null) throw new Refusal(OneTimeLinks.DEAD);
        String done = ByLink.call(link.holder(), () -> {
            String words = act.apply(link);
            audit.record("notice.useLink", link.caseNumber(), "第" + row.outboxId() + "封");
            return words;
        });
        jdbc.sql("update notice_link set used_at = ?, used_for = ? where id = ?")
                .params(at(clock.instant()), done, id)
                .update();
    }

    /** Until when the link opens what it is for: its own end or that of the act. Empty: it does not. */
    @Transactional(readOnly = true)
    public Optional<Instant> goodUntil(long id) {
        Row row = jdbc.sql(OF_NO_MESSAGE).param(id).query((rs, n) -> row(rs)).single();
        if (state(row).state() != OneTimeLinks.State.OPEN) return Optional.empty();
        return act(row).due(row.caseNumber(), row.subject(), row.personId())
                .map(due -> due.isBefore(row.until()) ? due : row.until());
    }

    private OneTimeLinks.Opened state(Row row) {
        Instant now = clock.instant();
        Optional<Person> person = people.find(row.personId()).filter(Person::active);
        OneTimeLinks.Opened dead = new OneTimeLinks.Opened(OneTimeLinks.State.DEAD, null, null);
        if (row.revoked() || !now.isBefore(row.until()) || person.isEmpty() || !good(row.personId())) return dead;
        Link link =
                new Link(row.act(), row.subject(), row.personId(), person.get().name(), row.caseNumber());
        LinkedAct act = act(row);
        Optional<LinkedAct.Decided> decided = act.decided(row.caseNumber(), row.subject(), row.personId());
        if (decided.isPresent()) {
            return new OneTimeLinks.Opened(OneTimeLinks.State.DECIDED, link, decided.get());
        }
        Optional<Instant> due = act.due(row.caseNumber(), row.subject(), row.personId());
        Instant used = row.usedAt();
        if (used == null) {
            return due.filter(end -> !now.isAfter(end)).isPresent()
                    ? new OneTimeLinks.Opened(OneTimeLinks.State.OPEN, link, null)
                    : dead;
        }
        // what was decided has led further, such as back to a draft; retracted it waits again, for the signed-in person
        return due.isEmpty()
                ? new OneTimeLinks.Opened(OneTimeLinks.State.DECIDED, link, new LinkedAct.Decided(row.usedFor(), used))
                : dead;
    }

    private LinkedAct act(Row row) {
        return acts.stream()
                .filter(one -> one.kind().equals(row.act()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody knows acts of kind " + row.act()));
    }

    private Optional<Row> find(String token) {
        if (!TOKEN.matcher(token).matches()) return Optional.empty();
        return jdbc.sql("select " + COLUMNS
                        + " from notice_link k join notice_link_token t on t.link_id = k.id where t.hash = ?")
                .param(hash(token))
                .query((rs, n) -> row(rs))
                .optional();
    }

    private static Row row(ResultSet rs) throws SQLException {
        OffsetDateTime used = rs.getObject("used_at", OffsetDateTime.class);
        return new Row(
                rs.getLong("id"),
                rs.getString("act"),
                rs.getString("subject"),
                rs.getString("person_id"),
                rs.getString("case_number"),
                rs.getObject("until_at", OffsetDateTime.class).toInstant(),
                used == null ? null : used.toInstant(),
                Objects.requireNonNullElse(rs.getString("used_for"), ""),
                rs.getObject("revoked_at") != null,
                rs.getLong("outbox_id"));
    }

    static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private record Row(
            long id,
            String act,
            String subject,
            String personId,
            String caseNumber,
            Instant until,
            @Nullable Instant usedAt,
            String usedFor,
            boolean revoked,
            long outboxId) {}
}
