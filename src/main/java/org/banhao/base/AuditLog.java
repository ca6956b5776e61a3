package org.banhao.base;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Audit} wrote. Only for the audit administrator's page; who calls it records the reading. */
public interface AuditLog {

    /**
     * Null or empty: not asked for.
     *
     * @param who login, or part of the name of that day, of who acted or for whom
     * @param until exclusive
     */
    record Filter(
            @Nullable String who,
            @Nullable String caseNumber,
            @Nullable String action,
            @Nullable Instant from,
            @Nullable Instant until) {}

    record Entry(
            long id,
            Instant at,
            String personId,
            String personName,
            @Nullable String forWhomId,
            @Nullable String forWhomName,
            String action,
            @Nullable String caseNumber,
            String detail,
            String address) {}

    /**
     * Latest first.
     *
     * @param before only entries with a smaller id; null: from the latest
     */
    List<Entry> page(Filter filter, @Nullable Long before, int most);
}
