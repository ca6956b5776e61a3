package org.banhao.base;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;

/** One of many acts that are done each by itself: however it ends, the others go on, and the person hears of all of them. */
public final class OneOfMany {

    private static final Logger LOG = LoggerFactory.getLogger(OneOfMany.class);
    private static final String BROKEN = "系统没能办成这一件，请稍后再提交；仍不成功的，请联系系统管理员。";

    private OneOfMany() {}

    /**
     * What became of one, for pages that do many.
     *
     * @param key by which the page knows it
     * @param sentence why it was not done; null: it is done
     * @param done what came of it in a few words; empty when it was not done
     */
    public record Outcome(
            String key,
            String number,
            String title,
            @Nullable String sentence,
            String done) {}

    /**
     * @param what for the log
     * @param act in a transaction of its own
     * @return why it was not done; null: it is done
     */
    public static @Nullable Refusal refusal(String what, Runnable act) {
        try {
            act.run();
            return null;
        } catch (Refusal no) {
            return no;
        } catch (ConcurrencyFailureException faster) {
            return new Overtaken();
        } catch (RuntimeException e) {
            LOG.error("One of many failed: {}", what, e);
            return new Refusal(BROKEN);
        }
    }
}
