package org.banhao.casefile.domain;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the case list. What a person may read is the union of few sources, each in the order of the list on an index of its
 * own: cut to a page one by one, then put together, so that a page costs the same however many cases there are. In the order of file
 * numbers, and with a line for each unit, the same sources are conditions instead: these are ledgers of a session, not the list of all.
 */
final class ListSql {

    /** Stands for no value at all where SQL wants one. */
    private static final String NONE = "-";

    private static final Duration SOON = Duration.ofDays(7);

    /**
     * Who reads.
     *
     * @param openTo what stands open to his groups though they take no part
     * @param lent cases he reads because he stands in for somebody
     */
    record Reader(String person, List<String> groups, List<String> openTo, List<String> lent) {}

    /** Where the next page begins. */
    record Place(List<String> parts) {

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
        }

        static Place of(String text, int parts) {
            try {
                List<String> found = List.of(
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1));
                // no text of a database holds a NUL
                if (found.size() == parts && found.stream().noneMatch(part -> part.contains("\0"))) {
                    return new Place(found);
                }
            } catch (IllegalArgumentException e) {
                // said below
            }
            throw unreadable();
        }

        static Refusal unreadable() {
            return new Refusal("after", "页码无法识别，请回到第一页重新查看。");
        }
    }

    private final Map<String, Object> parameters = new HashMap<>();
    private final Reader reader;
    private final CaseQuery query;
    private final @Nullable Ledger ledger;
    private final String narrowed;
    private final boolean words;
    private final @Nullable Place after;

    /**
     * @param statuses codes that are meant by the chosen word; null: none was chosen
     * @throws Refusal the place of the page cannot be read, or the text is too long
     */
    ListSql(
            Reader reader,
            CaseQuery query,
            @Nullable Ledger ledger,
            @Nullable List<String> statuses,
            boolean postgresql,
            Instant now) {
        this.reader = reader;
        this.query = query;
        this.ledger = ledger;
        List<String> terms = Searched.terms(query.text());
        this.words = !terms.isEmpty();
        this.after = query.after().isEmpty() ? null : Place.of(query.after(), byUnit() ? 4 : 2);
        this.narrowed = conditions(statuses, terms, postgresql, now);
        parameters.put("me", reader.person());
        parameters.put("groups", orNone(reader.groups()));
        parameters.put("openTo", orNone(reader.openTo()));
        parameters.put("lent", orNone(reader.lent()));
        if (after != null) place(after);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    boolean byUnit() {
        return ledger != null && ledger.byUnit();
    }

    private static List<String> orNone(List<String> some) {
        return some.isEmpty() ? List.of(NONE) : some;
    }

    /** Years a database column and a calendar can hold. */
    static boolean between(LocalDate day) {
        return day.getYear() >= 1900 && day.getYear() <= 2999;
    }

    private void place(Place place) {
        List<String> parts = place.parts();
        try {
            if (ledger == null) {
                OffsetDateTime opened = Instant.parse(parts.get(0)).atOffset(ZoneOffset.UTC);
                if (!between(opened.toLocalDate())) throw Place.unreadable();
                parameters.put("k1", opened);
                parameters.put("k2", parts.get(1));
            } else if (!byUnit()) {
                parameters.put("k1", parts.get(0));
                parameters.put("k2", parts.get(1));
            } else {
                parameters.put("k1", Integer.parseInt(parts.get(0)));
                for (int i = 1; i < 4; i++) parameters.put("k" + (i + 1), parts.get(i));
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw Place.unreadable();
        }
    }

    // ---- conditions of a line

    private String conditions(@Nullable List<String> statuses, List<String> terms, boolean postgresql, Instant now) {
        StringBuilder all = new StringBuilder();
        equal(all, "l.kind", "kind", query.kind());
        equal(all, "l.session_id", "session", query.session());
        equal(all, "l.category", "category", query.category());
        equal(all, "l.period", "period", query.period());
        if (statuses != null) {
            all.append(" and l.status in (:statuses)");
            parameters.put("statuses", orNone(statuses));
        }
        if (query.key()) all.append(" and l.important = true");
        if (query.state().equals("open")) all.append(" and l.closed is null");
        if (query.state().equals("closed")) all.append(" and l.closed is not null");
        if (query.from() != null) {
            all.append(" and l.opened >= :from");
            parameters.put("from", query.from().atStartOfDay(ChineseTime.ZONE).toOffsetDateTime());
        }
        if (query.until() != null) {
            all.append(" and l.opened < :until");
            parameters.put(
                    "until",
                    query.until().plusDays(1).atStartOfDay(ChineseTime.ZONE).toOffsetDateTime());
        }
        units(all);
        due(all, now);
        if (ledger != null) {
            all.append(" and l.kind = :ledgerKind");
            parameters.put("ledgerKind", ledger.kind());
            for (Ledger.Only only : ledger.only()) {
                all.append(
                        switch (only) {
                            case NUMBERED -> " and l.file_number is not null";
                            case KEY -> " and l.important = true";
                            case LOOKED_BACK -> " and u.look_back <> ''";
                            case UNANSWERED -> " and u.owes = true and u.answered is null";
                        });
            }
        }
        for (int i = 0; i < terms.size(); i++) {
            String term = terms.get(i);
            String pairs = Searched.pairs(term);
            if (postgresql && pairs.length() > 2) {
                all.append(" and casefile_grams(w.words) @> cast(:pairs" + i + " as text[])");
                parameters.put("pairs" + i, pairs);
            }
            all.append(" and w.words like :term" + i + " escape '!'");
            parameters.put("term" + i, Searched.like(term));
        }
        return all.toString();
    }

    private void equal(StringBuilder all, String column, String name, String value) {
        if (value.isEmpty()) return;
        all.append(" and ").append(column).append(" = :").append(name);
        parameters.put(name, value);
    }

    private void units(StringBuilder all) {
        String of = byUnit() ? "u" : "f";
        StringBuilder unit = new StringBuilder();
        equal(unit, of + ".unit_id", "unit", query.unit());
        equal(unit, of + ".result_class", "resultClass", query.resultClass());
        if (unit.isEmpty()) return;
        all.append(
                byUnit()
                        ? unit
                        : " and exists (select 1 from casefile_listed_unit f where f.number = l.number" + unit + ")");
    }

    private void due(StringBuilder all, Instant now) {
        if (query.due().isEmpty()) return;
        String of = byUnit() ? "d.instance_id = u.instance_id" : "d.number = l.number";
        boolean late = query.due().equals("late");
        all.append(" and exists (select 1 from casefile_open_step d where ")
                .append(of)
                .append(" and d.suspended = false and ")
                .append(late ? "d.due < :now)" : "d.due >= :now and d.due < :soon)");
        parameters.put("now", now.atOffset(ZoneOffset.UTC));
        if (!late) parameters.put("soon", now.plus(SOON).atOffset(ZoneOffset.UTC));
    }

    // ---- the list itself, latest first

    private String joined(String number) {
        String text = words ? " join casefile_listed_words w on w.number = " + number : "";
        return narrowed.isEmpty() ? text : " join casefile_listed l on l.number = " + number + text;
    }

    private List<String> arms() {
        List<String> arms = new ArrayList<>();
        String before = after == null ? "" : " and (%s, %s) < (:k1, :k2)";
        String party = "select distinct p.opened as k, p.case_number as number from casefile_party p"
                + joined("p.case_number") + " where p.until is null and p.is_group = %s and p.holder = %s"
                + before.formatted("p.opened", "p.case_number") + narrowed;
        arms.add(party.formatted("false", ":me"));
        for (int i = 0; i < reader.groups().size(); i++) {
            arms.add(party.formatted("true", ":group" + i));
            parameters.put("group" + i, reader.groups().get(i));
        }
        String text = words ? " join casefile_listed_words w on w.number = l.number" : "";
        String listed = before.formatted("l.opened", "l.number") + narrowed;
        for (int i = 0; i < reader.openTo().size(); i++) {
            arms.add("select l.opened as k, l.number as number from casefile_listed l" + text
                    + " where l.open_to = :open" + i + listed);
            parameters.put("open" + i, reader.openTo().get(i));
        }
        String asked = "select distinct l.opened as k, l.number as number from casefile_open_step s"
                + " join casefile_listed l on l.number = s.number" + text + " where ";
        arms.add(asked + "s.assignee = :me" + listed);
        if (!reader.groups().isEmpty()) arms.add(asked + "s.group_id in (:groups)" + listed);
        if (!reader.lent().isEmpty()) {
            arms.add("select l.opened as k, l.number as number from casefile_listed l" + text
                    + " where l.number in (:lent)" + listed);
        }
        return arms;
    }

    private String cut(String columns) {
        return "select " + columns + " from ("
                + String.join(
                        " union ",
                        arms().stream()
                                .map(arm -> "(" + arm + " order by k desc, number desc fetch first :most rows only)")
                                .toList())
                + ") a";
    }

    // ---- ledgers

    private String ledgerRows() {
        return (byUnit() ? "casefile_listed_unit u join casefile_listed l on l.number = u.number" : "casefile_listed l")
                + (words ? " join casefile_listed_words w on w.number = l.number" : "")
                + " where (l.open_to in (:openTo) or exists (select 1 from casefile_party p where p.case_number = l.number"
                + " and p.until is null and (p.is_group = false and p.holder = :me or p.is_group = true and p.holder in (:groups)))"
                + " or exists (select 1 from casefile_open_step s where s.number = l.number"
                + " and (s.assignee = :me or s.group_id in (:groups))) or l.number in (:lent))"
                + narrowed;
    }

    // ---- statements

    /** At most {@code :most} lines in their order. */
    String page() {
        if (ledger == null) {
            return "select l.* from (" + cut("k, number")
                    + " order by k desc, number desc fetch first :most rows only) p"
                    + " join casefile_listed l on l.number = p.number order by p.k desc, p.number desc";
        }
        if (!byUnit()) {
            return "select l.* from " + ledgerRows() + (after == null ? "" : " and (l.file_key, l.number) > (:k1, :k2)")
                    + " order by l.file_key, l.number fetch first :most rows only";
        }
        return "select l.*, u.unit_id, u.unit_order from " + ledgerRows()
                + (after == null ? "" : " and (u.unit_order, u.unit_id, l.file_key, l.number) > (:k1, :k2, :k3, :k4)")
                + " order by u.unit_order, u.unit_id, l.file_key, l.number fetch first :most rows only";
    }

    /** How many there are, at most {@code :most}. Asks nothing of the page. */
    String count() {
        String some = ledger == null
                ? cut("number") + " fetch first :most rows only"
                : "select l.number from " + ledgerRows() + " fetch first :most rows only";
        return "select count(*) from (" + some + ") c";
    }
}
