package org.banhao.testing;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What no other story of the same run has used. */
public final class Fresh {

    /** Downwards, because the house gives the next after the greatest one by itself. */
    private static final AtomicInteger LETTER = new AtomicInteger(90_000);

    private Fresh() {}

    /** Of a letter of the education bureau: a unit's second letter with one number is refused. */
    public static String letterNumber() {
        return "长教函〔2026〕" + LETTER.decrementAndGet() + "号";
    }

    /** To tell titles apart: eight digits, because letters by chance make English words on a screen. */
    public static String digits() {
        return String.valueOf(ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000));
    }
}
