package org.banhao.notice.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.OneOfMany;
import org.banhao.base.OneOfMany.Outcome;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn.Absent;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseReading;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.DueLight;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.notice.CaseWatch;
import org.banhao.notice.Notice;
import org.banhao.notice.domain.ChaseRows.Chase;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Substitutions;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * 催办 as a pile: every step in this person's charge that is overdue or due within a week, chased many at once, each in a transaction of
 * its own by {@link Chasing}. Doing the same twice tells nobody twice; what he has just chased he takes back while nothing has left.
 */
@Service
public class ChasePile {

    /** As many as one call takes; a larger pile is several calls. */
    public static final int MOST_AT_ONCE = 50;

    /** As many open steps as are looked through. */
    static final int MOST_LINES = 2000;

    /** What is offered to be said; another word can be written. */
    public static final List<String> WORDS =
            List.of(Chasing.USUAL_WORDS, "期限将到，请与提案者充分沟通，按期办结。", "已经逾期，请立即办理，并说明逾期原因和办结时间。", "请抓紧签收，有不同意见的在规定时间内提出。");

    private static final Duration WEEK = Duration.ofDays(7);
    private static final int LONGEST = 100;
    private static final int SHOWN = 3;

    private final Chasing chasing;
    private final ChaseRows rows;
    private final OpenSteps steps;
    private final CaseFiles cases;
    private final CaseReading reading;
    private final Map<String, CaseWatch> watches;
    private final People people;
    private final Substitutions substitutions;
    private final NoticeTexts texts;
    private final Audit audit;
    private final Clock clock;

    ChasePile(
            Chasing chasing,
            ChaseRows rows,
            OpenSteps steps,
            CaseFiles cases,
            CaseReading reading,
            List<CaseWatch> watches,
            People people,
            Substitutions substitutions,
            NoticeTexts texts,
            Audit audit,
            Clock clock) {
        this.chasing = chasing;
        this.rows = rows;
        this.steps = steps;
        this.cases = cases;
        this.reading = reading;
        this.watches = watches.stream().collect(Collectors.toMap(CaseWatch::kind, watch -> watch));
        this.people = people;
        this.substitutions = substitutions;
        this.texts = texts;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether somebody in these groups chases at all. */
    public boolean offered(List<String> groups) {
        return chasing.offered(groups);
    }

    /**
     * One step that is owed.
     *
     * @param key names it in a call: {@code TA-2026-000001/<task>}
     * @param unit that owes it; the office or person, where it is no unit
     * @param to who would be told
     * @param chased when and by whom it was chased last; empty: never
     * @param today it was chased today, so it is not chased again
     * @param undo by which this person takes it back; null: it is not his, or messages have left
     */
    public record Line(
            String key,
            CaseRow row,
            String step,
            String unit,
            String dueText,
            DueLight light,
            String to,
            String chased,
            boolean today,
            @Nullable Long undo) {}

    /** @param more of all that is due so much is owed that not everything was looked through */
    public record Lines(List<Line> lines, boolean more) {}

    /** The most urgent first. */
    public Lines lines(String person, List<String> groups) {
        Instant now = clock.instant();
        LocalDate today = ChineseTime.day(now);
        List<OpenStep> due = steps.dueBefore(now.plus(WEEK), MOST_LINES);
        Map<String, CaseRow> known =
                cases.all(due.stream().map(OpenStep::caseNumber).collect(Collectors.toSet()));
        List<OpenStep> watched = watched(due, known, person, groups);
        Set<String> readable = reading.readable(
                watched.stream().map(OpenStep::caseNumber).distinct().toList(), person, groups);
        List<OpenStep> mine = watched.stream()
                .filter(step -> readable.contains(step.caseNumber()))
                .toList();
        Map<String, Chase> last = rows.last(mine.stream().map(OpenStep::taskId).toList());
        Set<Long> unsent = rows.unsent(last.values().stream()
                .filter(one -> one.personId().equals(person) && one.day().equals(today))
                .map(Chase::id)
                .toList());
        Function<String, List<Person>> members = remembered(people::membersOf);
        Function<String, String> units = remembered(this::unit);
        List<Absent> away = substitutions.today();
        List<Line> lines = new ArrayList<>();
        for (OpenStep step : mine) {
            Chase chase = last.get(step.taskId());
            Instant at = Objects.requireNonNull(step.due());
            lines.add(new Line(
                    step.caseNumber() + "/" + step.taskId(),
                    Objects.requireNonNull(known.get(step.caseNumber())),
                    step.name(),
                    step.groups().isEmpty()
                            ? people.nameOf(Objects.requireNonNullElse(step.assignee(), ""))
                            : units.apply(step.groups().get(0)),
                    ChineseTime.text(at),
                    DueLight.of(at, now),
                    names(chasing.told(step, members, away).all()),
                    chase == null ? "" : chase.by() + "，" + ChineseTime.text(chase.at()),
                    chase != null && chase.day().equals(today),
                    chase != null && unsent.contains(chase.id()) ? chase.id() : null));
        }
        audit.record("notice.listChase", null, lines.size() + "项");
        return new Lines(List.copyOf(lines), due.size() == MOST_LINES);
    }

    private List<OpenStep> watched(List<OpenStep> due, Map<String, CaseRow> known, String person, List<String> groups) {
        Map<String, List<String>> offices = new HashMap<>();
        Map<String, CaseWatch> by = new HashMap<>();
        due.stream()
                .filter(step -> known.containsKey(step.caseNumber()))
                .collect(Collectors.groupingBy(step ->
                        Objects.requireNonNull(known.get(step.caseNumber())).kind()))
                .forEach((kind, some) -> {
                    CaseWatch watch = watches.get(kind);
                    if (watch == null) return;
                    offices.putAll(watch.offices(some));
                    some.forEach(step -> by.put(step.taskId(), watch));
                });
        return due.stream()
                .filter(step -> Optional.ofNullable(by.get(step.taskId()))
                        .filter(watch -> Chasing.watched(
                                offices.getOrDefault(step.taskId(), List.of()),
                                watch.leaders(step.caseNumber(), step.groups()),
                                groups))
                        .isPresent())
                .filter(step -> Chasing.owedByOthers(step, person, groups))
                .toList();
    }

    /** 市教育局 of education-bureau.liaison; other groups by their own name. */
    private String unit(String group) {
        int dot = group.indexOf('.');
        return dot < 0
                ? people.groupName(group)
                : people.unit(group.substring(0, dot)).map(Unit::name).orElseGet(() -> people.groupName(group));
    }

    private String names(Collection<String> persons) {
        if (persons.isEmpty()) return "没有可以通知的人员";
        return persons.stream().limit(SHOWN).map(people::nameOf).collect(Collectors.joining("、"))
                + (persons.size() > SHOWN ? "等" + persons.size() + "人" : "");
    }

    private static <T> Function<String, T> remembered(Function<String, T> ask) {
        Map<String, T> known = new HashMap<>();
        return of -> known.computeIfAbsent(of, ask);
    }

    // ---- doing

    /** @param undo by which it is taken back; null: it was not chased now */
    public record Done(Outcome outcome, @Nullable Long undo) {}

    /**
     * Chases each by itself. What this person has chased today counts as done, and nobody is told again.
     *
     * @param keys of lines
     * @param words what is said to those who owe it
     * @throws Refusal none, too many, words too long or missing
     */
    public List<Done> chase(List<String> keys, String words, String person, List<String> groups) {
        if (!offered(groups)) throw new Refusal("您的岗位没有催办，请联系交办部门或提案委员会办公室。");
        few(keys);
        String said = said(words);
        List<Done> all = new ArrayList<>();
        for (String key : keys.stream().distinct().toList()) {
            String number = key.split("/", 2)[0];
            String task = key.substring(Math.min(key.length(), number.length() + 1));
            boolean reads = !reading.readable(List.of(number), person, groups).isEmpty();
            List<Long> ids = new ArrayList<>();
            String[] done = {""};
            Refusal no = OneOfMany.refusal("chasing " + key, () -> {
                // not to be told apart from a case that is not there
                if (!reads) throw new Refusal("没有这个案件，或者您已不能查看，请刷新页面后重试。");
                Chase chased = chasedToday(task);
                if (chased != null && chased.personId().equals(person)) {
                    ids.add(chased.id());
                    done[0] = "今天已由您催办";
                    return;
                }
                if (chased != null) {
                    throw new Refusal("此项今天已由" + chased.by() + "于" + ChineseTime.text(chased.at()) + "催办，没有重复催办。");
                }
                Chasing.Chased now = chasing.chase(number, step -> step.taskId().equals(task), said, person, groups);
                ids.addAll(now.ids());
                done[0] = "已催办，通知" + now.told() + "人";
            });
            if (no != null && !ids.isEmpty()) ids.clear();
            String title = reads ? cases.find(number).map(CaseRow::title).orElse("") : "";
            all.add(new Done(
                    new Outcome(key, reads ? number : "", title, no == null ? null : no.sentence(), done[0]),
                    ids.isEmpty() ? null : ids.get(0)));
        }
        return all;
    }

    private @Nullable Chase chasedToday(String task) {
        Chase last = rows.last(List.of(task)).get(task);
        return last != null && last.day().equals(ChineseTime.day(clock.instant())) ? last : null;
    }

    /** Takes chases back, each by itself. @throws Refusal none, or too many */
    public List<Outcome> undo(List<Long> ids, String person) {
        few(ids);
        List<Outcome> outcomes = new ArrayList<>();
        for (long id : ids.stream().distinct().toList()) {
            Refusal no = OneOfMany.refusal("taking back chase " + id, () -> chasing.undo(id, person));
            outcomes.add(new Outcome(
                    String.valueOf(id), "", "", no == null ? null : no.sentence(), no == null ? "已撤销" : ""));
        }
        return outcomes;
    }

    /**
     * The message as the first who is told of this line would get it.
     *
     * @throws Refusal as {@link #chase}, or there is nothing of that any more
     */
    public String preview(String key, String words, String person, List<String> groups) {
        String said = said(words);
        Line line = lines(person, groups).lines().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Refusal("此项已经办理或者不归您催办，请刷新页面后重试。"));
        String number = line.row().number();
        OpenStep step = steps.active(number).stream()
                .filter(one -> key.equals(number + "/" + one.taskId()))
                .findFirst()
                .orElseThrow(() -> new Refusal("此项已经办理，不需要催办，请刷新页面。"));
        String to = chasing.told(step).all().stream().findFirst().orElse("");
        NoticeTexts.Rendered text = texts.render(
                new Notice("chase:0:" + to, "reminder", to, number, chasing.values(step, said, null)),
                people.nameOf(to),
                false);
        audit.record("notice.previewChase", number, step.name());
        return text.subject() + "\n\n" + text.text();
    }

    private static String said(String words) {
        String said = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (said.isEmpty()) throw new Refusal("words", "请填写「催办意见」。");
        if (said.length() > LONGEST) throw new Refusal("words", "「催办意见」最多" + LONGEST + "字，请缩短。");
        return said;
    }

    private static void few(List<?> all) {
        if (all.isEmpty()) throw new Refusal("key", "请先选择要催办的事项。");
        if (all.size() > MOST_AT_ONCE) throw new Refusal("key", "一次最多" + MOST_AT_ONCE + "项，请分批提交。");
    }
}
