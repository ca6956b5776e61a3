package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.LocalDate;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.StatutoryMark;
import org.jspecify.annotations.Nullable;

/**
 * For how long a mark of starting or stopping takes readings out of judging (启停豁免时段).
 *
 * @param category begin of the codes of outlets concerned: {@code boiler}, {@code cement-kiln}
 * @param word what the mark's label contains: 冷态启动
 * @param factor null: all
 * @param basis where it is written
 * @param validFrom first day on which a mark may begin under it
 * @param validUntil last such day; null: open
 * @param enteredBy name of that day
 */
public record Exemption(
        long id,
        String category,
        String word,
        @Nullable String factor,
        Duration longest,
        String basis,
        LocalDate validFrom,
        @Nullable LocalDate validUntil,
        String enteredBy) {

    boolean concerns(Outlet outlet, StatutoryMark mark) {
        String own = outlet.category();
        return own != null
                && own.startsWith(category)
                && mark.label().contains(word)
                && holds(ChineseTime.day(mark.beginsAt()));
    }

    public boolean holds(LocalDate day) {
        return !day.isBefore(validFrom) && (validUntil == null || !day.isAfter(validUntil));
    }
}
