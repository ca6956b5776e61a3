package org.banhao.casefile.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.banhao.casefile.CaseFacts;
import org.banhao.casefile.CaseFacts.UnitPart;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.people.Letters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the lines of lists anew for cases that have changed: before a list is read, as much as one batch, and now and then all of
 * them. One writes at a time, and no reader waits for another: he sees what is there. A case that cannot be written is set aside,
 * said in the log, and tried again after an hour; the others are written without it.
 */
@Component
class CaseListing {

    private static final Logger LOG = LoggerFactory.getLogger(CaseListing.class);
    private static final int AT_ONCE = 500;
    private static final Duration ASIDE = Duration.ofHours(1);
    static final String NOBODY = "";
    private static final CaseFacts NOTHING = new CaseFacts("", null, null, "", List.of(), List.of(), List.of());

    private final JdbcClient jdbc;
    // not JdbcClient: it has no batches
    private final JdbcOperations batches;
    private final CaseFiles cases;
    private final ObjectProvider<CaseView> views;
    private final Letters letters;
    private final Clock clock;
    private final TransactionTemplate transaction;

    CaseListing(
            JdbcClient jdbc,
            JdbcOperations batches,
            CaseFiles cases,
            ObjectProvider<CaseView> views,
            Letters letters,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.cases = cases;
        this.views = views;
        this.letters = letters;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = "${banhao.casefile.listing:60000}", initialDelayString = "20000")
    void onTime() {
        try {
            while (batch(true)) {
                // the next ones
            }
            for (Waiting one : setAside()) written(List.of(one), true);
        } catch (RuntimeException e) {
            LOG.warn("Lines of the case list could not be written; tried again", e);
        }
    }

    /** Another version may open a kind of case to other groups: then its lines are written anew. */
    @EventListener(ApplicationReadyEvent.class)
    void onStart() {
        transaction.executeWithoutResult(status -> {
            for (String openTo : openToAll()) {
                jdbc.sql("select max(number) from casefile_listed where open_to = ?")
                        .param(openTo)
                        .query(String.class)
                        .optional()
                        .flatMap(cases::find)
                        .filter(row -> !openTo(readers(row)).equals(openTo))
                        .ifPresent(row -> jdbc.sql("insert into casefile_unlisted (number)"
                                        + " select number from casefile_listed where open_to = ?")
                                .param(openTo)
                                .update());
            }
        });
    }

    private List<String> openToAll() {
        return jdbc.sql("select distinct open_to from casefile_reader order by open_to")
                .query(String.class)
                .list();
    }

    /**
     * At most one batch, and nothing when somebody is writing at this moment. Transactions of its own; never fails. Mostly there is
     * nothing to do: one small statement.
     */
    void refresh() {
        try {
            batch(false);
        } catch (RuntimeException e) {
            LOG.warn("Lines of the case list could not be written; the list is shown as it is", e);
        }
    }

    /** A number that was noted. */
    private record Waiting(long id, String number) {}

    /** @return whether there may be more */
    private boolean batch(boolean patient) {
        if (!waits()) return false;
        List<Waiting> some = new ArrayList<>();
        try {
            transaction.executeWithoutResult(status -> {
                if (!locked(patient)) return;
                some.addAll(next());
                write(some);
            });
        } catch (RuntimeException e) {
            if (some.isEmpty() || ofTheMoment(e)) throw e;
            apart(some, patient, e);
        }
        return some.size() == AT_ONCE;
    }

    private boolean waits() {
        return jdbc.sql("select id from casefile_unlisted where aside_at is null order by id fetch first 1 rows only")
                .query(Long.class)
                .optional()
                .isPresent();
    }

    private List<Waiting> next() {
        return jdbc.sql("select id, number from casefile_unlisted where aside_at is null order by id fetch first "
                        + AT_ONCE + " rows only")
                .query((row, n) -> new Waiting(row.getLong("id"), row.getString("number")))
                .list();
    }

    /** Those whose time has come again. */
    private List<Waiting> setAside() {
        return jdbc.sql("select id, number from casefile_unlisted where aside_at < ? order by id")
                .param(at(clock.instant().minus(ASIDE)))
                .query((row, n) -> new Waiting(row.getLong("id"), row.getString("number")))
                .list();
    }

    /** @return false: somebody else writes, and whoever is not patient does not wait for him */
    private boolean locked(boolean patient) {
        return !jdbc.sql("select name from casefile_sweep where name = 'list' for update"
                        + (patient ? "" : " skip locked"))
                .query(String.class)
                .list()
                .isEmpty();
    }

    /** In a transaction of its own; in halves when it fails, until the one is found that cannot be written. */
    private void written(List<Waiting> some, boolean patient) {
        try {
            transaction.executeWithoutResult(status -> {
                if (locked(patient)) write(some);
            });
        } catch (RuntimeException e) {
            if (ofTheMoment(e)) throw e;
            apart(some, patient, e);
        }
    }

    private void apart(List<Waiting> some, boolean patient, RuntimeException why) {
        if (some.size() > 1) {
            written(some.subList(0, some.size() / 2), patient);
            written(some.subList(some.size() / 2, some.size()), patient);
            return;
        }
        Waiting one = some.get(0);
        jdbc.sql("update casefile_unlisted set aside_at = ? where id = ?")
                .params(at(clock.instant()), one.id())
                .update();
        LOG.error("Lines of {} could not be written, it is set aside", one.number(), why);
    }

    /** Not a fault of what was written: a lock that was lost, a database that is away. */
    private static boolean ofTheMoment(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof TransactionException;
    }

    private void write(List<Waiting> some) {
        if (some.isEmpty()) return;
        Set<String> numbers = some.stream().map(Waiting::number).collect(Collectors.toCollection(LinkedHashSet::new));
        write(cases.all(numbers).values());
        // those that were set aside before are as good now
        jdbc.sql("delete from casefile_unlisted where id in (:ids) or aside_at is not null and number in (:numbers)")
                .param("ids", some.stream().map(Waiting::id).toList())
                .param("numbers", numbers)
                .update();
        jdbc.sql("update casefile_sweep set at = ? where name = 'list'")
                .param(at(clock.instant()))
                .update();
    }

    private void write(Collection<CaseRow> rows) {
        if (rows.isEmpty()) return;
        Map<String, CaseFacts> facts = new HashMap<>();
        rows.stream()
                .collect(Collectors.groupingBy(CaseRow::kind))
                .forEach((kind, some) -> views.stream()
                        .filter(view -> view.kind().equals(kind))
                        .forEach(view -> facts.putAll(view.facts(some))));
        Map<String, Set<String>> openTo = readers(rows);
        known(openTo.values());
        List<String> numbers = rows.stream().map(CaseRow::number).toList();
        Map<String, String> titles = new HashMap<>();
        jdbc.sql("select number, title from casefile_listed where number in (:numbers)")
                .param("numbers", numbers)
                .query(row -> {
                    titles.put(row.getString("number"), row.getString("title"));
                });
        List<Object[]> fresh = new ArrayList<>();
        List<Object[]> changed = new ArrayList<>();
        for (CaseRow row : rows) {
            (titles.containsKey(row.number()) ? changed : fresh)
                    .add(line(row, facts.getOrDefault(row.number(), NOTHING), openTo(openTo.get(row.number()))));
        }
        batches.batchUpdate("""
                        insert into casefile_listed (kind, title, session_id, file_number, file_key, status, status_name, important,
                          opened, closed, proposer, category, period, supervision, open_to, number)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as timestamp with time zone), ?, ?, ?, ?, ?, ?)""", fresh);
        batches.batchUpdate("""
                        update casefile_listed set kind = ?, title = ?, session_id = ?, file_number = ?, file_key = ?, status = ?,
                          status_name = ?, important = ?, opened = ?, closed = cast(? as timestamp with time zone), proposer = ?,
                          category = ?, period = ?, supervision = ?, open_to = ? where number = ?""", changed);
        words(rows, facts, numbers, titles);
        units(rows, facts, numbers);
    }

    private static @Nullable Object[] line(CaseRow row, CaseFacts facts, String openTo) {
        Instant closed = row.closed();
        return new @Nullable Object[] {
            row.kind(),
            row.title(),
            row.session(),
            row.fileNumber(),
            fileKey(row),
            row.status(),
            row.statusName(),
            row.key(),
            at(row.opened()),
            closed == null ? null : at(closed),
            cut(facts.proposer().isEmpty() ? row.unit() : facts.proposer(), 400),
            facts.category(),
            facts.period(),
            cut(facts.supervision(), 400),
            openTo,
            row.number()
        };
    }

    /** 第018号 of 14-5 is 14-5-000018; what has no number comes after all that have one. */
    private static String fileKey(CaseRow row) {
        String number = row.fileNumber();
        String digits = number == null ? "" : number.replaceAll("[^0-9]", "");
        String place = digits.isEmpty() || digits.length() > 9 ? "999999999" : "%09d".formatted(Long.parseLong(digits));
        return (row.session() == null ? "" : row.session()) + "-" + place;
    }

    /** What a case is found by, and of it the letters of its title. */
    private record Words(String words, @Nullable String letters) {}

    private void words(
            Collection<CaseRow> rows, Map<String, CaseFacts> facts, List<String> numbers, Map<String, String> titles) {
        Map<String, Words> present = new HashMap<>();
        jdbc.sql("select number, words, letters from casefile_listed_words where number in (:numbers)")
                .param("numbers", numbers)
                .query(row -> {
                    present.put(row.getString("number"), new Words(row.getString("words"), row.getString("letters")));
                });
        List<Object[]> fresh = new ArrayList<>();
        List<Object[]> changed = new ArrayList<>();
        for (CaseRow row : rows) {
            Words before = present.get(row.number());
            String known = before != null && row.title().equals(titles.get(row.number())) ? before.letters() : null;
            String initials = known == null ? letters.initials(row.title()) : known;
            Words now = new Words(words(row, facts.getOrDefault(row.number(), NOTHING), initials), initials);
            if (!now.equals(before)) {
                (before == null ? fresh : changed).add(new Object[] {now.words(), now.letters(), row.number()});
            }
        }
        batches.batchUpdate("insert into casefile_listed_words (words, letters, number) values (?, ?, ?)", fresh);
        batches.batchUpdate("update casefile_listed_words set words = ?, letters = ? where number = ?", changed);
    }

    /** Parts end with a line, so that nothing is found across two of them. */
    private String words(CaseRow row, CaseFacts facts, String initials) {
        Set<String> names = new LinkedHashSet<>(facts.names());
        if (!facts.proposer().isEmpty()) names.add(facts.proposer());
        facts.units().forEach(unit -> names.add(unit.unitName()));
        List<String> parts = new ArrayList<>(List.of(row.number(), row.title()));
        if (row.fileNumber() != null) parts.add(row.fileNumber());
        parts.addAll(names);
        parts.addAll(facts.texts());
        parts.add(initials);
        for (String name : names) parts.add(letters.ofName(name));
        return parts.stream()
                .flatMap(part -> part.lines())
                .map(Searched::key)
                .filter(part -> !part.isEmpty())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private void units(Collection<CaseRow> rows, Map<String, CaseFacts> facts, List<String> numbers) {
        jdbc.sql("delete from casefile_listed_unit where number in (:numbers)")
                .param("numbers", numbers)
                .update();
        List<Object[]> all = new ArrayList<>();
        for (CaseRow row : rows) {
            Set<String> seen = new HashSet<>();
            for (UnitPart unit : facts.getOrDefault(row.number(), NOTHING).units()) {
                if (seen.add(unit.unitId())) all.add(unit(row.number(), seen.size(), unit));
            }
        }
        batches.batchUpdate("""
                        insert into casefile_listed_unit (number, unit_id, unit_name, unit_order, position, role_name, state_name,
                          instance_id, sent, answered, owes, result_class, result_class_name, present_class, look_back)
                        values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as timestamp with time zone), cast(? as timestamp with time zone),
                          ?, ?, ?, ?, ?)""", all);
    }

    private static @Nullable Object[] unit(String number, int position, UnitPart unit) {
        Instant sent = unit.sent();
        Instant answered = unit.answered();
        return new @Nullable Object[] {
            number,
            unit.unitId(),
            unit.unitName(),
            unit.order(),
            position,
            unit.role(),
            unit.state(),
            unit.instanceId(),
            sent == null ? null : at(sent),
            answered == null ? null : at(answered),
            unit.owes(),
            unit.resultClass(),
            unit.resultClassName(),
            cut(unit.presentClass(), 130),
            cut(unit.lookBack(), 200)
        };
    }

    // ---- who reads a case in whose charge it is

    private Set<String> readers(CaseRow row) {
        return readers(List.of(row)).getOrDefault(row.number(), Set.of());
    }

    private Map<String, Set<String>> readers(Collection<CaseRow> rows) {
        Map<String, Set<String>> all = new HashMap<>();
        rows.stream()
                .collect(Collectors.groupingBy(CaseRow::kind))
                .forEach((kind, some) -> views.stream()
                        .filter(view -> view.kind().equals(kind))
                        .forEach(view -> view.readers(some)
                                .forEach((number, groups) -> all.computeIfAbsent(number, known -> new TreeSet<>())
                                        .addAll(groups))));
        return all;
    }

    /** One short word for a set of groups, so that a line needs no row for each of them. */
    static String openTo(@Nullable Set<String> groups) {
        if (groups == null || groups.isEmpty()) return NOBODY;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join(",", new TreeSet<>(groups)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void known(Collection<Set<String>> sets) {
        Set<String> present = new HashSet<>(openToAll());
        for (Set<String> groups : new HashSet<>(sets)) {
            String openTo = openTo(groups);
            if (openTo.equals(NOBODY) || !present.add(openTo)) continue;
            for (String group : groups) {
                jdbc.sql("insert into casefile_reader (open_to, group_id) values (?, ?)")
                        .params(openTo, group)
                        .update();
            }
        }
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) return text;
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) end--;
        return text.substring(0, end) + "…";
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
