package org.banhao.monitoring.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading as it is shown.
 *
 * @param time begin of its period
 * @param value what a limit is compared with, else what was sent; null: neither
 * @param text the value with the factor's decimals, or from where to where
 * @param notes flag, mark, exceedance, source … in words
 */
public record Figure(Instant time, @Nullable Double value, String text, State state, List<String> notes) {

    public enum State {
        NORMAL("有效"),
        OVER("超过限值"),
        /** A flag other than N, and no mark. */
        INVALID("无效"),
        /** A statutory mark set in time covers it. */
        MARKED("已标记");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public Figure {
        notes = List.copyOf(notes);
    }
}
