package org.banhao.notice.domain;

import java.util.Map;
import java.util.Objects;
import org.banhao.notice.Channel;
import org.banhao.testing.Whole;
import org.springframework.transaction.support.TransactionTemplate;

/** The rounds of this module by hand, for tests elsewhere that move time themselves. */
public final class NoticeRounds {

    private NoticeRounds() {}

    /** @return how many deadlines told somebody */
    public static int remind(Whole whole) {
        return whole.bean(ReminderSweep.class).sweep();
    }

    /** @return how many people got a digest */
    public static int digest(Whole whole) {
        return whole.bean(DigestSweep.class).sweep();
    }

    /** Path of a fresh one-time link of the message last written, as it would leave with it. */
    public static String link(Whole whole, String caseNumber, String template, String person) {
        Map<String, Object> row = whole.db()
                .sql("select id, link_id from notice_outbox where case_number = ? and template = ? and person_id = ?"
                        + " order by id desc fetch first 1 rows only")
                .params(caseNumber, template, person)
                .query()
                .singleRow();
        return Objects.requireNonNull(whole.bean(TransactionTemplate.class)
                .execute(status -> whole.bean(StoredLinks.class)
                        .filled(
                                ((Number) row.get("id")).longValue(),
                                ((Number) row.get("link_id")).longValue(),
                                new Channel.Outgoing("<1>", "", "", "", "/l/" + StoredLinks.MASK, null, caseNumber))
                        .text()));
    }

    /** Who guessed has waited. */
    public static void forgive(Whole whole) {
        whole.db()
                .sql("delete from people_sign_in_failure where login = '#link'")
                .update();
    }

    /** Until nothing is due any more. @return how many messages were tried */
    public static int deliver(Whole whole) {
        int all = 0;
        for (int tried = 1; tried > 0; all += tried)
            tried = whole.bean(OutboxSweep.class).deliverDue();
        return all;
    }
}
