package org.banhao.casefile.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.banhao.casefile.CaseColumn;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the case list; empty texts and nulls are not asked for.
 *
 * @param ledger id of a ledger
 * @param status in words, as the reader may know it
 * @param due {@code late}, {@code soon} (within seven days) or empty
 * @param state {@code open}, {@code closed} or empty
 * @param from first day on which a case was opened, {@code until} last one, Asia/Shanghai
 * @param text each part of it stands in title, text, number, names, or their letters
 * @param columns in their order; empty: the usual ones
 * @param after where the page before ended; empty: the first page
 */
public record CaseQuery(
        String ledger,
        String kind,
        String session,
        String status,
        String category,
        String unit,
        String resultClass,
        boolean key,
        String due,
        String state,
        String period,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        String text,
        List<CaseColumn> columns,
        String after) {

    public static final CaseQuery ALL =
            new CaseQuery("", "", "", "", "", "", "", false, "", "", "", null, null, "", List.of(), "");

    /** Something narrows it besides a ledger. */
    public boolean narrowed() {
        CaseQuery bare =
                new CaseQuery(ledger, "", "", "", "", "", "", false, "", "", "", null, null, "", List.of(), "");
        return !with(List.of(), "").equals(bare);
    }

    /** The same from another place on. */
    public CaseQuery after(String place) {
        return with(columns, place);
    }

    private CaseQuery with(List<CaseColumn> shown, String place) {
        return new CaseQuery(
                ledger,
                kind,
                session,
                status,
                category,
                unit,
                resultClass,
                key,
                due,
                state,
                period,
                from,
                until,
                text,
                shown,
                place);
    }

    /** As name and value, in the order in which addresses write them; without the place. */
    public List<String[]> parameters() {
        List<String[]> all = new ArrayList<>();
        add(all, "ledger", ledger);
        add(all, "kind", kind);
        add(all, "session", session);
        add(all, "status", status);
        add(all, "category", category);
        add(all, "unit", unit);
        add(all, "class", resultClass);
        add(all, "key", key ? "yes" : "");
        add(all, "due", due);
        add(all, "state", state);
        add(all, "period", period);
        add(all, "from", from == null ? "" : from.toString());
        add(all, "until", until == null ? "" : until.toString());
        add(all, "q", text);
        columns.forEach(column -> add(all, "c", column.id()));
        return all;
    }

    private static void add(List<String[]> all, String name, String value) {
        if (!value.isEmpty()) all.add(new String[] {name, value});
    }
}
