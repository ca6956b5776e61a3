package org.banhao.notice.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.notice.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivers what waits, one message to a transaction: the row stays locked while it is handed over, others skip it. A message goes
 * twice only when the process ends between the receiver's acceptance and our commit; its Message-ID is then the same.
 */
@Component
class OutboxSweep {

    /** After the last of these waits a failing message is dead until somebody puts it back. */
    static final List<Duration> WAITS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6));

    private static final int MOST_AT_ONCE = 200;
    /** More than there are sweeps at one time. */
    private static final int CANDIDATES = 20;

    private static final String COLUMNS =
            "id, channel, attempts, message_id, person_name, address, subject, text_body, html_body, case_number, link_id";
    private static final Logger LOG = LoggerFactory.getLogger(OutboxSweep.class);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<String, Channel> channels;
    private final StoredLinks links;
    private final TransactionTemplate own;

    OutboxSweep(
            JdbcClient jdbc,
            Clock clock,
            List<Channel> channels,
            StoredLinks links,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.links = links;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Scheduled(fixedDelayString = "${banhao.notice.sweep:3s}")
    void sweep() {
        try {
            deliverDue();
        } catch (DataAccessException | TransactionException e) {
            // the database is away or the machine is going down; the rows wait for the next round
            LOG.warn("The outbox could not be swept: {}", e.getClass().getSimpleName());
        }
    }

    /** @return how many were tried */
    int deliverDue() {
        int tried = 0;
        while (tried < MOST_AT_ONCE && Boolean.TRUE.equals(own.execute(status -> one()))) tried++;
        return tried;
    }

    private boolean one() {
        Optional<Waiting> claimed = claim();
        if (claimed.isEmpty()) return false;
        Waiting waiting = claimed.get();
        try {
            Channel channel = channels.get(waiting.channel());
            if (channel == null) throw new IllegalStateException("没有“" + waiting.channel() + "”这个通道");
            Long link = waiting.linkId();
            String by = channel.deliver(
                    link == null ? waiting.message() : links.filled(waiting.id(), link, waiting.message()));
            jdbc.sql(
                            "update notice_outbox set state = 'sent', sent_by = ?, sent_at = ?, last_error = null where id = ?")
                    .params(by, now(), waiting.id())
                    .update();
        } catch (DataAccessException e) {
            throw e;
        } catch (Exception e) {
            failed(waiting, e);
        }
        return true;
    }

    /**
     * The first due row that nobody else holds. Looked for and then locked one by one: H2 takes the limit before it skips, so a
     * single statement would find nothing while another sweep holds the first row.
     */
    private Optional<Waiting> claim() {
        OffsetDateTime now = now();
        List<Long> due = jdbc.sql("select id from notice_outbox where state = 'pending' and next_at <= ? "
                        + "order by next_at, id fetch first " + CANDIDATES + " rows only")
                .param(now)
                .query(Long.class)
                .list();
        for (long id : due) {
            Optional<Waiting> row = jdbc.sql(
                            "select " + COLUMNS
                                    + " from notice_outbox where id = ? and state = 'pending' and next_at <= ? for update skip locked")
                    .params(id, now)
                    .query((rs, n) -> waiting(rs))
                    .optional();
            if (row.isPresent()) return row;
        }
        return Optional.empty();
    }

    private void failed(Waiting waiting, Exception e) {
        boolean dead = waiting.attempts() >= WAITS.size();
        OffsetDateTime next = dead ? now() : now().plus(WAITS.get(waiting.attempts()));
        jdbc.sql("update notice_outbox set state = ?, attempts = ?, next_at = ?, last_error = ? where id = ?")
                .params(dead ? "dead" : "pending", waiting.attempts() + 1, next, words(e), waiting.id())
                .update();
        LOG.warn(
                "Message {} did not leave, try {}: {}",
                waiting.id(),
                waiting.attempts() + 1,
                e.getClass().getSimpleName());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static String words(Exception e) {
        String words = e.getClass().getSimpleName() + ": " + e.getMessage();
        return words.length() > 1000 ? words.substring(0, 1000) : words;
    }

    private static Waiting waiting(ResultSet rs) throws SQLException {
        return new Waiting(
                rs.getLong("id"),
                rs.getString("channel"),
                rs.getInt("attempts"),
                new Channel.Outgoing(
                        rs.getString("message_id"),
                        rs.getString("person_name"),
                        rs.getString("address"),
                        rs.getString("subject"),
                        rs.getString("text_body"),
                        rs.getString("html_body"),
                        rs.getString("case_number")),
                rs.getObject("link_id", Long.class));
    }

    private record Waiting(
            long id,
            String channel,
            int attempts,
            Channel.Outgoing message,
            @Nullable Long linkId) {}
}
