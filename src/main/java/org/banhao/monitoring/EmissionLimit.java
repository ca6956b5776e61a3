package org.banhao.monitoring;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed for one factor.
 *
 * @param averaging HOUR or DAY
 * @param lowest null: there is none; pH has one
 * @param basis document and table, or number of the permit
 * @param validUntil last day; null: open
 */
public record EmissionLimit(
        long id,
        Source source,
        String factor,
        ReadingKind averaging,
        @Nullable Double lowest,
        double highest,
        String basis,
        LocalDate validFrom,
        @Nullable LocalDate validUntil) {

    /** The first one that says something on the day holds. */
    public enum Source {
        PERMIT("排污许可证"),
        PROVINCIAL("地方标准"),
        NATIONAL("国家标准");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** The one of a day that holds: the first, as {@link Registry#limits} has them. */
    public static Optional<EmissionLimit> of(List<EmissionLimit> ofDay, String factor, ReadingKind averaging) {
        return ofDay.stream()
                .filter(limit -> limit.factor().equals(factor) && limit.averaging() == averaging)
                .findFirst();
    }

    /** 国家标准，GB 13271-2014 表3; the source is not said twice where the document's name says it. */
    public String origin() {
        return basis.startsWith(source.label()) ? basis : source.label() + "，" + basis;
    }

    public boolean exceededBy(double value) {
        return value > highest || lowest != null && value < lowest;
    }
}
