package org.banhao.notice.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn.Absent;
import org.banhao.casefile.CaseChase;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.DueLight;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.notice.CaseWatch;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.notice.domain.ChaseRows.Chase;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Substitutions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 催办 by hand: by the office in whose charge a step is, or those above it ({@link CaseWatch}). Whoever owes the step is told, and who stands
 * in for him; the deadline's own reminders go on beside it. A step is chased once a day.
 */
@Component
@Transactional
class Chasing implements CaseChase {

    /** As long as messages wait, so that a chase can be taken back. */
    static final Duration HELD = Duration.ofMinutes(2);

    static final String USUAL_WORDS = "交办部门或提案委员会办公室催办，请及时办理。";

    private static final String CHASED = "催办：";

    private static final List<String> CHASERS = List.of(
            Roles.PROPOSAL_CLERK,
            Roles.COMMITTEE_DIRECTOR,
            Roles.PARTY_OFFICE_ASSIGNER,
            Roles.GOVERNMENT_OFFICE_ASSIGNER,
            Roles.ASSIGNING_OFFICE_LEADER);

    private final OpenSteps steps;
    private final CaseFiles cases;
    private final Map<String, CaseWatch> watches;
    private final People people;
    private final Substitutions substitutions;
    private final Notices notices;
    private final ChaseRows rows;
    private final Audit audit;
    private final Clock clock;

    Chasing(
            OpenSteps steps,
            CaseFiles cases,
            List<CaseWatch> watches,
            People people,
            Substitutions substitutions,
            Notices notices,
            ChaseRows rows,
            Audit audit,
            Clock clock) {
        this.steps = steps;
        this.cases = cases;
        this.watches = watches.stream().collect(Collectors.toMap(CaseWatch::kind, watch -> watch));
        this.people = people;
        this.substitutions = substitutions;
        this.notices = notices;
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean offered(List<String> groups) {
        return groups.stream().anyMatch(CHASERS::contains);
    }

    @Override
    public int chase(String caseNumber, String personId, List<String> groups) {
        return chase(caseNumber, step -> true, USUAL_WORDS, personId, groups).told();
    }

    /** @param ids of what was chased now, one for each step @param told how many people */
    record Chased(List<Long> ids, int told) {}

    /**
     * The steps of the case that are meant, of those the person may chase.
     *
     * @throws Refusal as {@link CaseChase#chase}
     */
    Chased chase(String caseNumber, Predicate<OpenStep> meant, String words, String personId, List<String> groups) {
        CaseRow row = cases.get(caseNumber);
        CaseWatch watch = watches.get(row.kind());
        List<OpenStep> open = steps.active(caseNumber).stream().filter(meant).toList();
        if (watch == null) throw new Refusal("这类案件没有催办，请直接联系经办人。");
        List<OpenStep> watched = open.stream()
                .filter(step -> watched(
                        watch.office(caseNumber, step.groups()), watch.leaders(caseNumber, step.groups()), groups))
                .toList();
        List<OpenStep> owed = watched.stream()
                .filter(step -> owedByOthers(step, personId, groups))
                .toList();
        if (owed.isEmpty()) {
            throw new Refusal(
                    open.isEmpty()
                            ? "该案现在没有待办的事项，或者已暂停办理，不需要催办。"
                            : watched.isEmpty() ? "该案现在的事项不归您催办，请由交办部门或提案委员会办公室催办。" : "该案现在由您或本岗位办理，请在「我的待办」里办理。");
        }
        Instant now = clock.instant();
        LocalDate today = ChineseTime.day(now);
        String name = people.nameOf(personId);
        List<Long> ids = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (OpenStep step : owed) {
            Long id = rows.insert(step, today, now, personId, name, words);
            if (id == null) continue;
            Set<String> reached = tell(caseNumber, step, id, words);
            rows.told(id, reached.size());
            rows.lock(id).ifPresent(chase -> rows.hold(chase, now.plus(HELD)));
            told.addAll(reached);
            names.add(step.name());
            ids.add(id);
        }
        if (ids.isEmpty()) throw new Refusal("该案今天已经催办过，请明天再催，或者直接联系经办人。");
        if (told.isEmpty()) throw new Refusal("该案现在的事项没有可以通知的人员，请先请安全保密管理员为该岗位指定人员。");
        names.forEach(one -> cases.happened(caseNumber, CHASED + one, null));
        audit.record("notice.chase", caseNumber, ids.size() + "项，" + told.size() + "人");
        return new Chased(ids, told.size());
    }

    /** Whether somebody in these groups watches over a step that this office and these leaders watch over. */
    static boolean watched(List<String> office, List<String> leaders, List<String> groups) {
        return office.stream().anyMatch(groups::contains) || leaders.stream().anyMatch(groups::contains);
    }

    /** One who owes the step himself has nobody to press. */
    static boolean owedByOthers(OpenStep step, String personId, List<String> groups) {
        return step.assignee() == null
                ? step.groups().stream().noneMatch(groups::contains)
                : !step.assignee().equals(personId);
    }

    /**
     * 撤销: as long as no message has left.
     *
     * @throws Refusal not his, gone, or a message has left
     */
    void undo(long id, String personId) {
        Chase chase = rows.lock(id)
                .filter(one -> one.personId().equals(personId))
                .orElseThrow(() -> new Refusal("没有这次催办，或者不是您催办的，请刷新页面后重试。"));
        if (!rows.withdraw(chase)) throw new Refusal("催办通知已经发出，不能撤销；确有误会的，请直接联系经办人。");
        rows.delete(id);
        cases.happened(chase.number(), "撤销催办：" + chase.step(), null);
        audit.record("notice.undoChase", chase.number(), chase.step());
    }

    private Set<String> tell(String caseNumber, OpenStep step, long id, String words) {
        Told told = told(step);
        for (String person : told.all()) {
            notices.tell(new Notice(
                    ChaseRows.key(id) + person,
                    "reminder",
                    person,
                    caseNumber,
                    values(step, words, told.absents().get(person))));
        }
        return told.all();
    }

    /** What the message says of the step. @param absent name of who is stood in for; null: nobody */
    Map<String, String> values(OpenStep step, String words, @Nullable String absent) {
        Map<String, String> values = new HashMap<>();
        values.put("step", step.name());
        Instant due = step.due();
        values.put(
                "state",
                due == null ? "请抓紧办理" : DueLight.of(due, clock.instant()).text());
        values.put("dueText", due == null ? "未定" : ChineseTime.text(due));
        values.put("advice", words);
        if (absent != null) values.put("absent", absent);
        return values;
    }

    /** @param absents names of those who are away, by who stands in for them */
    record Told(Set<String> all, Map<String, String> absents) {}

    /** Whom a chase of this step reaches: who holds it or may take it, and who stands in for one of them. */
    Told told(OpenStep step) {
        return told(step, people::membersOf, substitutions.today());
    }

    Told told(OpenStep step, Function<String, List<Person>> members, List<Absent> away) {
        Set<String> owners = new LinkedHashSet<>();
        String holder = step.assignee();
        if (holder != null) owners.add(holder);
        else
            step.groups()
                    .forEach(group ->
                            members.apply(group).stream().map(Person::id).forEach(owners::add));
        Map<String, String> absents = new HashMap<>();
        away.stream()
                .filter(absent -> owners.contains(absent.id()) && step.lentBy(absent))
                .forEach(absent -> absents.putIfAbsent(absent.by(), absent.name()));
        absents.keySet().removeAll(owners);
        Set<String> all = new LinkedHashSet<>(owners);
        all.addAll(absents.keySet());
        return new Told(all, absents);
    }
}
