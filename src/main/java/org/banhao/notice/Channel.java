package org.banhao.notice;

import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;

/**
 * A way to reach a person. A bean per way; which ones are used says {@code banhao.notice.channels}. A city's own SMS or message
 * platform is another bean of this type.
 */
public interface Channel {

    /** {@code mail}, {@code sms}, {@code webhook} */
    String name();

    /** Where that person is reached this way, checked; null: nowhere, the row waits as undeliverable. */
    @Nullable
    String address(Person person);

    /** Whether only the short text goes this way (at most 70 characters, no content). */
    boolean isShort();

    /**
     * Hands one message over. Called outside of any use case, under the row's lock; may take some seconds, never minutes.
     *
     * @return how it left: {@code mailbox} (kept here only), {@code smtp}, {@code file}
     * @throws Exception it did not leave; tried again later
     */
    String deliver(Outgoing message) throws Exception;

    /**
     * @param messageId the same at every try
     * @param html null where the way takes text only
     */
    record Outgoing(
            String messageId,
            String personName,
            String address,
            String subject,
            String text,
            @Nullable String html,
            @Nullable String caseNumber) {}
}
