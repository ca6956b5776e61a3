package org.banhao.notice.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseChase;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.DueLight;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.notice.CaseWatch;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Substitutions;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 催办 by hand: by the office in whose charge a step is, or those above it ({@link CaseWatch}). Whoever owes the step is told, and who stands
 * in for him; the deadline's own reminders go on beside it.
 */
@Component
@Transactional
class Chasing implements CaseChase {

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
    private final Audit audit;
    private final Clock clock;

    Chasing(
            OpenSteps steps,
            CaseFiles cases,
            List<CaseWatch> watches,
            People people,
            Substitutions substitutions,
            Notices notices,
            Audit audit,
            Clock clock) {
        this.steps = steps;
        this.cases = cases;
        this.watches = watches.stream().collect(Collectors.toMap(CaseWatch::kind, watch -> watch));
        this.people = people;
        this.substitutions = substitutions;
        this.notices = notices;
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
        CaseRow row = cases.get(caseNumber);
        CaseWatch watch = watches.get(row.kind());
        List<OpenStep> open = steps.active(caseNumber);
        if (watch == null) throw new Refusal("这类案件没有催办，请直接联系经办人。");
        List<OpenStep> watched = open.stream()
                .filter(step -> watch.office(caseNumber, step.groups()).stream().anyMatch(groups::contains)
                        || watch.leaders(caseNumber, step.groups()).stream().anyMatch(groups::contains))
                .toList();
        // one who owes the step himself has nobody to press
        List<OpenStep> owed = watched.stream()
                .filter(step -> step.assignee() == null
                        ? step.groups().stream().noneMatch(groups::contains)
                        : !step.assignee().equals(personId))
                .toList();
        if (owed.isEmpty()) {
            throw new Refusal(
                    open.isEmpty()
                            ? "该案现在没有待办的事项，或者已暂停办理，不需要催办。"
                            : watched.isEmpty() ? "该案现在的事项不归您催办，请由交办部门或提案委员会办公室催办。" : "该案现在由您或本岗位办理，请在「我的待办」里办理。");
        }
        LocalDate today = ChineseTime.day(clock.instant());
        Set<String> chased = cases.timeline(caseNumber).stream()
                .filter(entry -> entry.what().startsWith(CHASED)
                        && ChineseTime.day(entry.at()).equals(today))
                .map(entry -> entry.what().substring(CHASED.length()))
                .collect(Collectors.toSet());
        List<OpenStep> fresh =
                owed.stream().filter(step -> !chased.contains(step.name())).toList();
        if (fresh.isEmpty()) throw new Refusal("该案今天已经催办过，请明天再催，或者直接联系经办人。");
        Set<String> told = new LinkedHashSet<>();
        for (OpenStep step : fresh) told.addAll(tell(caseNumber, step, today));
        if (told.isEmpty()) throw new Refusal("该案现在的事项没有可以通知的人员，请先请安全保密管理员为该岗位指定人员。");
        fresh.stream().map(OpenStep::name).distinct().forEach(name -> cases.happened(caseNumber, CHASED + name, null));
        audit.record("notice.chase", caseNumber, fresh.size() + "项，" + told.size() + "人");
        return told.size();
    }

    private Set<String> tell(String caseNumber, OpenStep step, LocalDate today) {
        Set<String> owners = new LinkedHashSet<>();
        String holder = step.assignee();
        if (holder != null) owners.add(holder);
        else
            step.groups()
                    .forEach(group ->
                            people.membersOf(group).stream().map(Person::id).forEach(owners::add));
        Map<String, String> absents = new HashMap<>();
        substitutions.today().stream()
                .filter(absent -> owners.contains(absent.id()) && step.lentBy(absent))
                .forEach(absent -> absents.putIfAbsent(absent.by(), absent.name()));
        absents.keySet().removeAll(owners);
        Set<String> told = new LinkedHashSet<>(owners);
        told.addAll(absents.keySet());
        for (String person : told) {
            Map<String, String> values = new HashMap<>();
            values.put("step", step.name());
            Instant due = step.due();
            values.put(
                    "state",
                    due == null ? "请抓紧办理" : DueLight.of(due, clock.instant()).text());
            values.put("dueText", due == null ? "未定" : ChineseTime.text(due));
            values.put("advice", "交办部门或提案委员会办公室催办，请及时办理。");
            String absent = absents.get(person);
            if (absent != null) values.put("absent", absent);
            notices.tell(new Notice(
                    "chase:" + step.taskId() + ":" + today + ":" + person, "reminder", person, caseNumber, values));
        }
        return told;
    }
}
