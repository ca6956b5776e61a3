package org.banhao.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/**
 * A meeting that decides on cases.
 *
 * @param number {@code HY-2026-000001}, the case row with its papers and history
 * @param heldAt hour in Asia/Shanghai; null: not noted
 * @param quorumReason why it decided with fewer than the quorum; empty: it did not, or nothing was said
 * @param closedAt from then on nothing more is decided in its name
 */
public record Meeting(
        long id,
        String number,
        MeetingKind kind,
        String name,
        LocalDate heldOn,
        @Nullable LocalTime heldAt,
        String place,
        String chair,
        String quorumReason,
        @Nullable Instant closedAt) {

    public boolean closed() {
        return closedAt != null;
    }

    /** 2026年1月15日（周四）09:00 */
    public String heldText() {
        return ChineseTime.text(heldOn)
                + (heldAt == null ? "" : "%02d:%02d".formatted(heldAt.getHour(), heldAt.getMinute()));
    }
}
