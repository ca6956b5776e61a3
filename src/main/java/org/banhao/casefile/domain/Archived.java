package org.banhao.casefile.domain;

import java.time.Instant;
import java.util.Arrays;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * That a case lies in the archive.
 *
 * @param number 档号, as DA/T 22 builds it without the 全宗号, which the archive puts before it: {@code WS·2026-Y-0001}
 * @param personId who archived it
 * @param by his name of that day
 * @param note what was missing and why (缺件说明); null: nothing was
 */
public record Archived(
        String number,
        Instant at,
        String personId,
        String by,
        @Nullable String note) {

    /** 保管期限, with the codes of DA/T 13. Which one a case has says the organ's own table (国家档案局令第8号). */
    public enum Retention {
        PERMANENT("Y", "永久"),
        THIRTY_YEARS("D30", "30年"),
        TEN_YEARS("D10", "10年");

        private final String code;
        private final String label;

        Retention(String code, String label) {
            this.code = code;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        /** @throws Refusal none of them */
        static Retention of(String code) {
            return Arrays.stream(values())
                    .filter(one -> one.code.equals(code))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("retention", "请选择「保管期限」。"));
        }
    }

    /** Numbers of one year and one term: {@code WS·2026-Y-}; WS is 文书 among the kinds of archives. */
    static String series(int year, Retention retention) {
        return "WS·" + year + "-" + retention.code() + "-";
    }

    /** 永久 */
    public String retention() {
        return Arrays.stream(Retention.values())
                .filter(one -> number.contains("-" + one.code() + "-"))
                .map(Retention::label)
                .findFirst()
                .orElse("");
    }
}
