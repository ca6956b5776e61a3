package org.banhao.notice;

import java.time.Instant;
import java.util.List;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** What was told to whom and what became of it. For the system administrator; every reading is recorded. */
public interface Mailbox {

    Counts counts();

    /**
     * The newest fifty.
     *
     * @param state {@code pending}, {@code sent}, {@code dead}, {@code undeliverable}; null: all
     * @param before id of the last one seen; null: from the newest
     */
    List<Message> list(@Nullable String state, @Nullable Long before);

    /** @throws Refusal no such message */
    Message get(long id);

    /**
     * Puts a dead or undeliverable message back in line, with the address of today.
     *
     * @throws Refusal it waits or has left already, or there is still no address
     */
    void retry(long id);

    record Counts(long pending, long sent, long dead, long undeliverable) {}

    /**
     * @param attempts tries so far that failed
     * @param sentBy {@code mailbox}, {@code smtp}, {@code file}; null: not sent
     */
    record Message(
            long id,
            String key,
            String channel,
            String template,
            String personId,
            String personName,
            @Nullable String address,
            String subject,
            String text,
            @Nullable String caseNumber,
            String state,
            int attempts,
            Instant nextAt,
            @Nullable String lastError,
            String messageId,
            @Nullable String sentBy,
            Instant createdAt,
            @Nullable Instant sentAt) {}
}
