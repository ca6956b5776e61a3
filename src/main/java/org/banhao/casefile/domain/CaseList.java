package org.banhao.casefile.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.base.Vendor;
import org.banhao.casefile.CaseChoices;
import org.banhao.casefile.CaseColumn;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.DueLight;
import org.banhao.casefile.Ledger;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The list of cases a person may read, by the same rule as {@link Dossiers#mayRead}: filtered, page by page, latest first, or as one of the
 * ledgers; on the screen and as a table. A page is a constant number of statements, whose costs do not grow with the number of cases.
 */
@Component
public class CaseList {

    public static final int PAGE = 50;
    /** Counted exactly up to here. */
    public static final int COUNTED = 1000;
    /** Lines of one table. */
    private static final int MOST_EXPORTED = 100_000;

    private static final int READ_AT_ONCE = 500;
    private static final Set<String> DUES = Set.of("", "late", "soon");
    private static final Set<String> STATES = Set.of("", "open", "closed");

    private final JdbcClient jdbc;
    private final CaseListing listing;
    private final Dossiers dossiers;
    private final StandInSteps standIns;
    private final ObjectProvider<CaseView> views;
    private final People people;
    private final Audit audit;
    private final Vendor vendor;
    private final Clock clock;

    CaseList(
            JdbcClient jdbc,
            CaseListing listing,
            Dossiers dossiers,
            StandInSteps standIns,
            ObjectProvider<CaseView> views,
            People people,
            Audit audit,
            Vendor vendor,
            Clock clock) {
        this.jdbc = jdbc;
        this.listing = listing;
        this.dossiers = dossiers;
        this.standIns = standIns;
        this.views = views;
        this.people = people;
        this.audit = audit;
        this.vendor = vendor;
        this.clock = clock;
    }

    /** One unit's part, as lists show it. */
    private record Part(
            String unitId,
            String name,
            String role,
            String state,
            @Nullable String instance,
            @Nullable Instant sent,
            @Nullable Instant answered,
            String result,
            String present,
            String lookBack) {}

    /**
     * @param light of the date shown in this line
     * @param cells in the order of the list's columns
     * @param unit null in a list with a line for each case
     */
    public record Line(
            String number,
            String title,
            DueLight light,
            Map<CaseColumn, String> cells,
            @Nullable String unit) {

        /** Empty where there is nothing. */
        public String cell(CaseColumn column) {
            return cells.getOrDefault(column, "");
        }
    }

    /**
     * @param count exact up to {@link #COUNTED}; {@code countText} says 1,000+ beyond
     * @param next place of the next page; null: this is the last
     */
    public record Page(
            List<CaseColumn> columns,
            List<Line> lines,
            long count,
            @Nullable String next) {

        public String countText() {
            return count > COUNTED ? "1,000+" : String.valueOf(count);
        }
    }

    /**
     * What the reader can choose from.
     *
     * @param kinds code → name
     * @param statuses words, of the chosen kind or of all
     */
    public record Offer(
            Map<String, String> kinds,
            Map<String, String> sessions,
            List<String> statuses,
            List<String> categories,
            List<String> periods,
            Map<String, String> resultClasses,
            Map<String, String> units,
            List<Ledger> ledgers) {}

    /** Writes nothing. @param kind empty: of all kinds */
    public Offer offer(List<String> groups, String kind) {
        Map<String, String> kinds = new LinkedHashMap<>();
        Map<String, String> sessions = new LinkedHashMap<>();
        Set<String> statuses = new LinkedHashSet<>();
        Set<String> categories = new LinkedHashSet<>();
        Set<String> periods = new LinkedHashSet<>();
        Map<String, String> classes = new LinkedHashMap<>();
        choices(groups).forEach((code, choices) -> {
            kinds.put(code, choices.kindName());
            if (!kind.isEmpty() && !kind.equals(code)) return;
            choices.sessions().forEach(sessions::putIfAbsent);
            statuses.addAll(choices.statuses().values());
            categories.addAll(choices.categories());
            periods.addAll(choices.periods());
            choices.resultClasses().forEach(classes::putIfAbsent);
        });
        Map<String, String> units = new LinkedHashMap<>();
        people.units().forEach(unit -> units.put(unit.id(), unit.name()));
        return new Offer(
                kinds,
                sessions,
                List.copyOf(statuses),
                List.copyOf(categories),
                List.copyOf(periods),
                classes,
                units,
                ledgers(groups));
    }

    private Map<String, CaseChoices> choices(List<String> groups) {
        Map<String, CaseChoices> all = new LinkedHashMap<>();
        views.orderedStream().forEach(view -> view.choices(groups).ifPresent(choices -> all.put(view.kind(), choices)));
        return all;
    }

    private List<Ledger> ledgers(List<String> groups) {
        return views.orderedStream()
                .flatMap(view -> view.ledgers(groups).stream())
                .toList();
    }

    /** @throws Refusal the reader has no such ledger */
    public @Nullable Ledger ledger(String id, List<String> groups) {
        if (id.isEmpty()) return null;
        return ledgers(groups).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal("ledger", "没有这种台账，请从列出的台账中选择。"));
    }

    /**
     * A page, and a line in the audit.
     *
     * @throws Refusal a choice that is not offered, a text too long, or a place that cannot be read
     */
    public Page page(CaseQuery query, String person, List<String> groups) {
        Asked asked = asked(query, person, groups);
        audit.record("casefile.list", null, words(query));
        List<Line> lines = new ArrayList<>();
        String next = read(asked, query.after(), PAGE, lines);
        return new Page(asked.columns(), lines, count(asked, COUNTED + 1), next);
    }

    /**
     * The same list from its first line to its last, as a table that is read while it is written.
     *
     * @throws Refusal as {@link #page}, or there are too many lines
     */
    public PrintedTable table(CaseQuery query, String person, List<String> groups) {
        Asked asked = asked(query.after(""), person, groups);
        long count = count(asked, MOST_EXPORTED + 1);
        if (count > MOST_EXPORTED) {
            throw new Refusal("一次最多导出" + MOST_EXPORTED + "行，请用筛选条件缩小范围后再导出。");
        }
        String name = asked.ledger() == null ? "案件列表" : asked.ledger().name();
        String session = asked.sessions().getOrDefault(query.session(), "");
        audit.record("casefile.export", null, name + "，" + count + "条；" + words(query));
        List<String> headings = new ArrayList<>(List.of("序号"));
        List<Integer> widths = new ArrayList<>(List.of(6));
        asked.columns().forEach(column -> {
            headings.add(column.label());
            widths.add(column.width());
        });
        return new PrintedTable(
                name, session + name, words(query), count, clock.instant(), headings, widths, () -> new Lines(asked));
    }

    /** Line after line, some hundreds at a time. */
    private final class Lines implements Iterator<List<String>> {

        private final Asked asked;
        private List<Line> some = new ArrayList<>();
        private int at;
        private @Nullable String next = "";

        Lines(Asked asked) {
            this.asked = asked;
        }

        @Override
        public boolean hasNext() {
            String place = next;
            if (at == some.size() && place != null) {
                some = new ArrayList<>();
                at = 0;
                next = read(asked, place, READ_AT_ONCE, some);
            }
            return at < some.size();
        }

        @Override
        public List<String> next() {
            if (!hasNext()) throw new NoSuchElementException();
            Line line = some.get(at++);
            return asked.columns().stream()
                    .map(column -> line.cells().getOrDefault(column, ""))
                    .toList();
        }
    }

    /** Whether the list shows this case to the person at all. */
    public boolean reads(String number, String person, List<String> groups) {
        return dossiers.mayRead(number, person, groups);
    }

    // ---- what is asked

    /** A question that was looked through: everything in it is offered to this reader. */
    private record Asked(
            CaseQuery query,
            @Nullable Ledger ledger,
            List<CaseColumn> columns,
            ListSql.Reader reader,
            @Nullable List<String> statuses,
            Map<String, CaseView> views,
            Map<String, String> sessions,
            List<String> groups) {}

    private Asked asked(CaseQuery query, String person, List<String> groups) {
        Ledger ledger = ledger(query.ledger(), groups);
        Map<String, CaseChoices> all = choices(groups);
        if (!query.kind().isEmpty() && !all.containsKey(query.kind())) throw notOffered("kind", "种类");
        if (!DUES.contains(query.due())) throw notOffered("due", "时限");
        if (!STATES.contains(query.state())) throw notOffered("state", "办结与否");
        within("from", query.from());
        within("until", query.until());
        if (query.from() != null && query.until() != null && query.from().isAfter(query.until())) {
            throw new Refusal("until", "「登记时间」的起始日期晚于截止日期，请修改。");
        }
        List<String> statuses = null;
        if (!query.status().isEmpty()) {
            statuses = all.values().stream()
                    .flatMap(choices -> choices.statuses().entrySet().stream())
                    .filter(one -> one.getValue().equals(query.status()))
                    .map(Map.Entry::getKey)
                    .distinct()
                    .toList();
            if (statuses.isEmpty()) throw notOffered("status", "状态");
        }
        Map<String, String> sessions = new HashMap<>();
        all.values().forEach(choices -> sessions.putAll(choices.sessions()));
        listing.refresh();
        return new Asked(
                query,
                ledger,
                columns(query, ledger),
                reader(person, groups),
                statuses,
                views.stream().collect(Collectors.toMap(CaseView::kind, view -> view)),
                sessions,
                groups);
    }

    private static void within(String field, @Nullable LocalDate day) {
        if (day != null && !ListSql.between(day)) {
            throw new Refusal(field, "「登记时间」须在1900年至2999年之间，请修改。");
        }
    }

    private static Refusal notOffered(String field, String label) {
        return new Refusal(field, "「" + label + "」不在可选范围内，请重新选择。");
    }

    private static List<CaseColumn> columns(CaseQuery query, @Nullable Ledger ledger) {
        List<CaseColumn> usual = ledger == null ? CaseColumn.USUAL : ledger.columns();
        List<CaseColumn> chosen = query.columns().stream()
                .filter(column -> !column.ofUnit() || ledger != null && ledger.byUnit())
                .distinct()
                .toList();
        return chosen.isEmpty() ? usual : chosen;
    }

    private ListSql.Reader reader(String person, List<String> groups) {
        List<String> openTo = groups.isEmpty()
                ? List.of()
                : jdbc.sql("select distinct open_to from casefile_reader where group_id in (:groups)")
                        .param("groups", groups)
                        .query(String.class)
                        .list();
        return new ListSql.Reader(person, groups, openTo, standIns.cases(person));
    }

    private ListSql sql(Asked asked, CaseQuery query) {
        return new ListSql(
                asked.reader(), query, asked.ledger(), asked.statuses(), vendor.postgresql(), clock.instant());
    }

    private long count(Asked asked, int most) {
        ListSql sql = sql(asked, asked.query().after(""));
        String text = sql.count();
        return jdbc.sql(text)
                .params(sql.parameters())
                .param("most", most)
                .query(Long.class)
                .single();
    }

    // ---- reading

    private record Found(CaseRow row, Row listed, @Nullable String unit, List<String> place) {}

    private record Row(
            String proposer,
            @Nullable String category,
            @Nullable String period,
            String supervision) {}

    /** Adds the lines after that place. @return where the next ones begin; null: there are none */
    private @Nullable String read(Asked asked, String after, int most, List<Line> lines) {
        ListSql sql = sql(asked, asked.query().after(after));
        boolean byUnit = sql.byUnit();
        String text = sql.page();
        List<Found> found = jdbc.sql(text)
                .params(sql.parameters())
                .param("most", most + 1)
                .query((row, n) -> found(row, asked.ledger()))
                .list();
        boolean more = found.size() > most;
        if (more) found = found.subList(0, most);
        if (found.isEmpty()) return null;
        Set<String> numbers = found.stream().map(one -> one.row().number()).collect(Collectors.toSet());
        Map<String, List<Part>> parts = parts(numbers);
        Map<String, Instant> dues = dues(numbers);
        for (Found one : found) {
            List<Part> units = parts.getOrDefault(one.row().number(), List.of());
            Part unit = units.stream()
                    .filter(part -> part.unitId().equals(one.unit()))
                    .findFirst()
                    .orElse(null);
            lines.add(line(asked, one, units, unit, byUnit, dues));
        }
        return more ? new ListSql.Place(found.get(found.size() - 1).place()).text() : null;
    }

    private static Found found(ResultSet row, @Nullable Ledger ledger) throws SQLException {
        Instant opened = Objects.requireNonNull(OpenStepRows.instant(row, "opened"));
        String number = row.getString("number");
        boolean byUnit = ledger != null && ledger.byUnit();
        List<String> place = ledger == null
                ? List.of(opened.toString(), number)
                : byUnit
                        ? List.of(
                                row.getString("unit_order"),
                                row.getString("unit_id"),
                                row.getString("file_key"),
                                number)
                        : List.of(row.getString("file_key"), number);
        return new Found(
                new CaseRow(
                        number,
                        row.getString("kind"),
                        row.getString("title"),
                        row.getString("session_id"),
                        row.getString("file_number"),
                        row.getString("status"),
                        row.getString("status_name"),
                        row.getString("proposer"),
                        row.getBoolean("important"),
                        opened,
                        OpenStepRows.instant(row, "closed"),
                        0),
                new Row(
                        row.getString("proposer"),
                        row.getString("category"),
                        row.getString("period"),
                        row.getString("supervision")),
                byUnit ? row.getString("unit_id") : null,
                place);
    }

    private Map<String, List<Part>> parts(Set<String> numbers) {
        Map<String, List<Part>> parts = new HashMap<>();
        jdbc.sql("select * from casefile_listed_unit where number in (:numbers) order by number, position")
                .param("numbers", numbers)
                .query(row -> {
                    String code = row.getString("result_class");
                    parts.computeIfAbsent(row.getString("number"), number -> new ArrayList<>())
                            .add(new Part(
                                    row.getString("unit_id"),
                                    row.getString("unit_name"),
                                    row.getString("role_name"),
                                    row.getString("state_name"),
                                    row.getString("instance_id"),
                                    OpenStepRows.instant(row, "sent"),
                                    OpenStepRows.instant(row, "answered"),
                                    code == null ? "" : code + "（" + row.getString("result_class_name") + "）",
                                    row.getString("present_class"),
                                    row.getString("look_back")));
                });
        return parts;
    }

    /** Nearest date of what waits, by case number and by instance. */
    private Map<String, Instant> dues(Set<String> numbers) {
        Map<String, Instant> dues = new HashMap<>();
        jdbc.sql(
                        "select number, instance_id, min(due) as due from casefile_open_step"
                                + " where number in (:numbers) and suspended = false and due is not null group by number, instance_id")
                .param("numbers", numbers)
                .query(row -> {
                    Instant due = Objects.requireNonNull(OpenStepRows.instant(row, "due"));
                    for (String key : List.of(row.getString("number"), row.getString("instance_id"))) {
                        dues.merge(key, due, (one, other) -> one.isBefore(other) ? one : other);
                    }
                });
        return dues;
    }

    private Line line(
            Asked asked,
            Found found,
            List<Part> units,
            @Nullable Part unit,
            boolean byUnit,
            Map<String, Instant> dues) {
        CaseRow row = found.row();
        Instant due = !byUnit
                ? dues.get(row.number())
                : unit == null || unit.instance() == null ? null : dues.get(unit.instance());
        DueLight light = DueLight.of(due, clock.instant());
        Map<CaseColumn, String> cells = new LinkedHashMap<>();
        for (CaseColumn column : asked.columns()) {
            cells.put(column, Objects.requireNonNullElse(cell(column, asked, found, units, unit, due, light), ""));
        }
        return new Line(row.number(), row.title(), light, cells, unit == null ? null : unit.name());
    }

    private static @Nullable String cell(
            CaseColumn column,
            Asked asked,
            Found found,
            List<Part> units,
            @Nullable Part unit,
            @Nullable Instant due,
            DueLight light) {
        CaseRow row = found.row();
        return switch (column) {
            case FILE_NUMBER -> row.fileNumber();
            case NUMBER -> row.number();
            case TITLE -> row.title();
            case PROPOSER -> found.listed().proposer();
            case CATEGORY -> found.listed().category();
            case STATUS ->
                Optional.ofNullable(asked.views().get(row.kind()))
                        .map(view -> view.statusName(row, asked.groups()))
                        .orElse(row.statusName());
            case UNITS ->
                units.stream().map(one -> one.name() + "（" + one.role() + "）").collect(Collectors.joining("、"));
            case RESULT -> results(units);
            case SESSION -> row.session() == null ? "" : asked.sessions().getOrDefault(row.session(), row.session());
            case PERIOD -> found.listed().period();
            case KEY -> row.key() ? "重点" : "";
            case DUE, UNIT_DUE -> due == null ? "" : ChineseTime.text(due) + "，" + light.text();
            case SUPERVISION -> found.listed().supervision();
            case OPENED -> ChineseTime.text(ChineseTime.day(row.opened()));
            case CLOSED -> day(row.closed());
            case UNIT -> unit == null ? "" : unit.name();
            case ROLE -> unit == null ? "" : unit.role();
            case UNIT_STATE -> unit == null ? "" : unit.state();
            case SENT -> unit == null ? "" : day(unit.sent());
            case ANSWERED -> unit == null ? "" : day(unit.answered());
            case UNIT_RESULT -> unit == null ? "" : unit.result();
            case PRESENT_RESULT -> unit == null ? "" : unit.present().isEmpty() ? unit.result() : unit.present();
            case LOOK_BACK -> unit == null ? "" : unit.lookBack();
        };
    }

    /** One class stands alone; several with the unit that gave each. */
    private static String results(List<Part> units) {
        List<Part> given = units.stream()
                .filter(one -> !one.result().isEmpty() || !one.present().isEmpty())
                .toList();
        if (given.size() == 1) return result(given.get(0));
        return given.stream().map(one -> one.name() + "：" + result(one)).collect(Collectors.joining("；"));
    }

    private static String result(Part part) {
        return part.present().isEmpty() ? part.result() : part.present();
    }

    private static String day(@Nullable Instant moment) {
        return moment == null ? "" : ChineseTime.text(ChineseTime.day(moment));
    }

    /** What was chosen, for the audit and above a table. */
    private String words(CaseQuery query) {
        Map<String, String> unitNames = new HashMap<>();
        if (!query.unit().isEmpty()) people.unit(query.unit()).ifPresent(unit -> unitNames.put(unit.id(), unit.name()));
        List<String> words = new ArrayList<>();
        if (!query.status().isEmpty()) words.add("状态：" + query.status());
        if (!query.category().isEmpty()) words.add("类别：" + query.category());
        if (!query.period().isEmpty()) words.add(query.period());
        if (!query.unit().isEmpty()) words.add("承办单位：" + unitNames.getOrDefault(query.unit(), query.unit()));
        if (!query.resultClass().isEmpty()) words.add("办理结果：" + query.resultClass());
        if (query.key()) words.add("重点");
        if (query.due().equals("late")) words.add("逾期");
        if (query.due().equals("soon")) words.add("7日内到期");
        if (query.state().equals("open")) words.add("未办结");
        if (query.state().equals("closed")) words.add("已办结");
        if (query.from() != null) words.add(ChineseTime.text(query.from()) + "起");
        if (query.until() != null) words.add("到" + ChineseTime.text(query.until()));
        if (!query.text().isEmpty()) words.add("含“" + query.text() + "”");
        return words.isEmpty() ? "全部" : String.join("，", words);
    }
}
