package org.banhao.casefile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The truth about a case.
 *
 * @param number {@code TA-2026-000123}; business key of its instances, never reused, gaps allowed
 * @param kind {@code TA} proposal, {@code MN} mock proposal, {@code ZJ} session, {@code DB} key topic, {@code WF} violation
 * @param fileNumber 案号, gapless per session, given at registration
 * @param status code of the kind, such as {@code draft}, {@code underReview}, {@code filed}
 * @param statusName the code in words: 审查中
 * @param unit name of the unit or proposer shown on cards
 * @param version optimistic lock
 */
public record CaseRow(
        String number,
        String kind,
        String title,
        @Nullable String session,
        @Nullable String fileNumber,
        String status,
        String statusName,
        String unit,
        boolean key,
        Instant opened,
        @Nullable Instant closed,
        int version) {

    /** Practice only, see {@link CaseFiles#MOCK}. */
    public boolean mock() {
        return kind.equals(CaseFiles.MOCK);
    }

    /** The same case as somebody sees it who may not know the status itself. */
    public CaseRow told(String otherStatusName) {
        return new CaseRow(
                number, kind, title, session, fileNumber, status, otherStatusName, unit, key, opened, closed, version);
    }
}
