package org.banhao.casefile.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.OneOfMany;
import org.banhao.base.OneOfMany.Outcome;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.OpenStep;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 归档: closed cases get their number in the archive, as a pile, each in a transaction of its own. For those who keep the file
 * ({@link CaseView#keepers}). What lacks a paper is archived only with a word about it, which stands in its 备考表. Doing the same twice
 * does nothing twice. A case that goes on again ({@link CaseFiles#reopen}) is taken out by that.
 */
@Service
public class Archiving {

    /** As many as one call takes; a larger pile is several calls. */
    public static final int MOST_AT_ONCE = 50;

    /** As many as a list shows. */
    public static final int MOST_LINES = 1000;

    private static final int LONGEST = 200;

    private final ArchiveRows rows;
    private final CaseFiles cases;
    private final OpenStepRows steps;
    private final Dossiers dossiers;
    private final ObjectProvider<CaseView> views;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate own;

    Archiving(
            ArchiveRows rows,
            CaseFiles cases,
            OpenStepRows steps,
            Dossiers dossiers,
            ObjectProvider<CaseView> views,
            CurrentActor actor,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.cases = cases;
        this.steps = steps;
        this.dossiers = dossiers;
        this.views = views;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
        this.own = new TransactionTemplate(transactions);
    }

    /**
     * @param missing what the file lacks, in sentences; empty: it is complete
     * @param archived null: not yet
     * @param later something was told of it after it was archived
     */
    public record Line(
            CaseRow row,
            String closed,
            List<String> missing,
            @Nullable Archived archived,
            boolean later) {}

    /** @param more there are more than {@value #MOST_LINES} */
    public record Lines(List<Line> lines, boolean more) {}

    /**
     * What waits, or what lies in the archive, of those this person keeps.
     *
     * @param session empty: of all sessions
     */
    public Lines lines(boolean archived, String session, String person, List<String> groups) {
        Map<String, Set<String>> statuses = statuses();
        List<String> numbers = statuses.isEmpty() ? List.of() : rows.list(archived, statuses, session, MOST_LINES + 1);
        audit.record("casefile.listArchive", null, archived ? "已归档" : "待归档");
        boolean more = numbers.size() > MOST_LINES;
        if (more) numbers = numbers.subList(0, MOST_LINES);
        Set<String> mine = dossiers.readable(numbers, person, groups);
        Map<String, CaseRow> found =
                kept(numbers.stream().filter(mine::contains).toList(), groups);
        Map<String, List<String>> missing = archived ? Map.of() : missing(found.values());
        Map<String, Archived> all = rows.all(found.keySet());
        Set<String> later = Set.copyOf(rows.busySince(all.keySet()));
        List<Line> lines = numbers.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .map(row -> new Line(
                        row,
                        row.closed() == null ? "" : ChineseTime.text(ChineseTime.day(row.closed())),
                        missing.getOrDefault(row.number(), List.of()),
                        all.get(row.number()),
                        later.contains(row.number())))
                .toList();
        return new Lines(lines, more);
    }

    private Map<String, Set<String>> statuses() {
        return views.stream()
                .filter(view -> !view.archivedIn().isEmpty())
                .collect(Collectors.toMap(CaseView::kind, CaseView::archivedIn, (a, b) -> a, LinkedHashMap::new));
    }

    private Map<String, CaseRow> kept(Collection<String> numbers, List<String> groups) {
        Map<String, CaseRow> kept = new HashMap<>();
        byKind(cases.all(numbers).values()).forEach((view, some) -> {
            Map<String, List<String>> keepers = view.keepers(some);
            for (CaseRow row : some) {
                if (keepers.getOrDefault(row.number(), List.of()).stream().anyMatch(groups::contains)) {
                    kept.put(row.number(), row);
                }
            }
        });
        return kept;
    }

    private Map<String, List<String>> missing(Collection<CaseRow> all) {
        Map<String, List<String>> missing = new HashMap<>();
        Function<String, List<String>> of = number -> missing.computeIfAbsent(number, n -> new ArrayList<>());
        Map<String, List<OpenStep>> open = steps
                .ofCases(all.stream().map(CaseRow::number).toList())
                .stream()
                .collect(Collectors.groupingBy(OpenStep::caseNumber));
        open.forEach((number, some) -> of.apply(number)
                .add("还有没办完的事项：" + some.stream().map(OpenStep::name).distinct().collect(Collectors.joining("、"))));
        byKind(all)
                .forEach((view, some) -> view.missing(some)
                        .forEach((number, what) -> of.apply(number).addAll(what)));
        return missing;
    }

    private Map<CaseView, List<CaseRow>> byKind(Collection<CaseRow> all) {
        Map<CaseView, List<CaseRow>> byKind = new LinkedHashMap<>();
        views.stream().forEach(view -> {
            List<CaseRow> some =
                    all.stream().filter(row -> row.kind().equals(view.kind())).toList();
            if (!some.isEmpty()) byKind.put(view, some);
        });
        return byKind;
    }

    // ---- doing

    /**
     * Archives each by itself; what this person has archived already counts as done.
     *
     * @param retention code of {@link Archived.Retention}
     * @param note 缺件说明, for those that lack something; the others take none
     * @throws Refusal none, too many, no such term, or a note that is too long
     */
    public List<Outcome> archive(
            List<String> numbers, String retention, String note, String person, List<String> groups) {
        few(numbers);
        Archived.Retention term = Archived.Retention.of(retention);
        String why = brief(note, "note", "缺件说明");
        return each(numbers, person, groups, row -> archive(row, term, why, person));
    }

    private String archive(CaseRow row, Archived.Retention term, String note, String person) {
        Archived already = rows.of(row.number()).orElse(null);
        if (already != null) {
            if (already.personId().equals(person)) return "档号" + already.number();
            throw new Refusal("此案已由" + already.by() + "于" + ChineseTime.text(already.at()) + "归档，档号" + already.number()
                    + "，没有重复归档。");
        }
        Instant closed = row.closed();
        if (closed == null || !statuses().getOrDefault(row.kind(), Set.of()).contains(row.status())) {
            throw new Refusal("此案现在是“" + row.statusName() + "”，办结以后才能归档。");
        }
        List<String> missing = missing(List.of(row)).getOrDefault(row.number(), List.of());
        if (!missing.isEmpty() && note.isEmpty()) {
            throw new Refusal("note", "案卷还不齐全（" + String.join("；", missing) + "），请补齐，或者填写「缺件说明」后再归档。");
        }
        Actor who = actor.get();
        String number = rows.number(
                row.number(), Archived.series(ChineseTime.day(closed).getYear(), term));
        cases.happened(
                row.number(), "归档：档号" + number, "保管期限：" + term.label() + (missing.isEmpty() ? "" : "。缺件说明：" + note));
        // later than what was told: what is told after this moment came after the archive
        Archived archived = new Archived(number, clock.instant(), person, who.name(), missing.isEmpty() ? null : note);
        rows.archive(row.number(), archived, who.line());
        audit.record("casefile.archiveCase", row.number(), archived.number() + (missing.isEmpty() ? "" : "，缺件"));
        return "档号" + archived.number();
    }

    /**
     * 取消归档, each by itself; the number stays with the case. What is not archived counts as done.
     *
     * @throws Refusal none, too many, or no reason
     */
    public List<Outcome> takeOut(List<String> numbers, String reason, String person, List<String> groups) {
        few(numbers);
        String why = brief(reason, "reason", "取消归档的原因");
        if (why.isEmpty()) throw new Refusal("reason", "请填写「取消归档的原因」。");
        return each(numbers, person, groups, row -> {
            Archived archived = rows.of(row.number()).orElse(null);
            if (archived != null) {
                cases.happened(row.number(), "取消归档：原档号" + archived.number(), why);
                rows.takeOut(row.number(), clock.instant(), actor.get().line());
                audit.record("casefile.takeOutOfArchive", row.number(), archived.number());
            }
            return "已取消归档";
        });
    }

    private List<Outcome> each(
            List<String> numbers, String person, List<String> groups, Function<CaseRow, String> act) {
        List<Outcome> outcomes = new ArrayList<>();
        for (String number : numbers.stream().distinct().toList()) {
            String[] done = {"", ""};
            Refusal no = OneOfMany.refusal(
                    "archiving " + number,
                    () -> own.executeWithoutResult(status -> {
                        // not to be told apart from a case that is not there
                        if (!dossiers.mayRead(number, person, groups)
                                || !rows.lock(number)
                                || !kept(List.of(number), groups).containsKey(number)) {
                            throw new Refusal("没有这个案件，或者案卷不由您管理，请刷新页面后重试。");
                        }
                        CaseRow row = cases.get(number);
                        done[0] = row.title();
                        done[1] = act.apply(row);
                    }));
            outcomes.add(
                    new Outcome(number, number, done[0], no == null ? null : no.sentence(), no == null ? done[1] : ""));
        }
        return outcomes;
    }

    private static void few(List<String> numbers) {
        if (numbers.isEmpty()) throw new Refusal("number", "请先选择案件。");
        if (numbers.size() > MOST_AT_ONCE) throw new Refusal("number", "一次最多" + MOST_AT_ONCE + "件，请分批提交。");
    }

    private static String brief(String text, String field, String label) {
        String words = text.strip();
        if (words.length() > LONGEST) throw new Refusal(field, "「" + label + "」最多" + LONGEST + "字，请缩短。");
        return words;
    }
}
