package org.banhao.proposal.domain.assignment;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.Footprint;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Status;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the two assigning offices do with one case: 审查协商 (plan the units, ask for their word, sign the list off, pass it on to the other
 * office) and 交办 itself. Basis: 归口交办、分级负责, the local text is not known yet.
 */
@Service
@Transactional
public class OfficePlans {

    public static final String LIST = "审查协商：";

    private static final int MOST_CO_UNITS = 12;
    private static final int LONGEST_REQUIREMENT = 500;
    private static final int LONGEST_REASON = 300;

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final Sessions sessions;
    private final UnitBook units;
    private final AssignmentParties parties;
    private final Delivery delivery;
    private final CaseFiles caseFiles;
    private final People people;
    private final CurrentActor currentActor;
    private final Audit audit;
    private final Clock clock;

    OfficePlans(
            AssignmentRows rows,
            Proposals proposals,
            Sessions sessions,
            UnitBook units,
            AssignmentParties parties,
            Delivery delivery,
            CaseFiles caseFiles,
            People people,
            CurrentActor currentActor,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.proposals = proposals;
        this.sessions = sessions;
        this.units = units;
        this.parties = parties;
        this.delivery = delivery;
        this.caseFiles = caseFiles;
        this.people = people;
        this.currentActor = currentActor;
        this.audit = audit;
        this.clock = clock;
    }

    /** Group of the office in charge, for the process. */
    @Transactional(readOnly = true)
    public String office(String caseNumber) {
        return rows.plan(caseNumber)
                .map(Plan::office)
                .orElseThrow(() -> new IllegalStateException(caseNumber + " has no plan of assignment"));
    }

    /**
     * Plans the units of a case that is not assigned yet.
     *
     * @param expectedVersion the plan the person saw; null: whatever it is now
     * @throws Refusal not this office's, somebody was faster, or the choice does not hold together; names the field
     */
    public void plan(String caseNumber, @Nullable Integer expectedVersion, Choice choice, String person) {
        Plan plan = open(caseNumber, person);
        if (expectedVersion != null && plan.version() != expectedVersion) {
            throw new Refusal("别人刚改过这件提案的承办单位，请刷新后再改。");
        }
        write(plan, choice);
        audit.record("proposal.planUnits", caseNumber, "拟定承办单位");
    }

    /** 签定: the units stand as they are shown; what was only suggested is planned with it. @throws Refusal no unit is named */
    public void signOff(String caseNumber, String person) {
        Plan plan = open(caseNumber, person);
        adopt(plan);
        rows.signedOff(caseNumber, clock.instant(), person, people.signatureOf(person));
        caseFiles.happened(caseNumber, LIST + "签定承办单位", UnitBook.line(planned(caseNumber)));
        audit.record("proposal.signOffUnits", caseNumber, UnitBook.officeName(plan.office()));
    }

    /**
     * Asks the units that stand in the plan for their word; who was asked before and has answered is not asked again.
     *
     * @return how many were asked now
     * @throws Refusal no unit is named, or one has no liaison
     */
    public int ask(String caseNumber, String person) {
        Plan plan = open(caseNumber, person);
        adopt(plan);
        Set<String> asked = new HashSet<>();
        rows.words(List.of(caseNumber)).forEach(word -> asked.add(word.unitId()));
        int count = 0;
        for (Assignment row : planned(caseNumber)) {
            if (asked.contains(row.unitId())) {
                continue;
            }
            units.reachable(units.open(row.unitId(), "leadUnit", row.unitName()), "leadUnit");
            rows.insertWord(
                    caseNumber, row.unitId(), row.unitName(), person, people.signatureOf(person), clock.instant());
            parties.consulted(caseNumber, row.unitId());
            delivery.tellUnit(
                    row.unitId(),
                    caseNumber,
                    "unitWordAsked",
                    String.valueOf(row.id()),
                    Map.of("role", row.roleLine(), "link", "/proposals/unit-word"));
            count++;
        }
        if (count > 0) {
            caseFiles.happened(caseNumber, LIST + "征求单位意见", count + "个单位");
        }
        audit.record("proposal.askUnits", caseNumber, count + "个单位");
        return count;
    }

    /**
     * 转另一办. Called by the step; the task appears at the other office.
     *
     * @throws Refusal not this office's, or the reason is missing
     */
    public void passOn(String caseNumber, String person, @Nullable String reason) {
        Plan plan = open(caseNumber, person);
        String why = Texts.line(reason, LONGEST_REASON, "passOnReason", "转办理由");
        if (why.length() < 2) {
            throw new Refusal("passOnReason", "请写明「转办理由」，写给另一办看。");
        }
        String other = UnitBook.other(plan.office());
        rows.office(caseNumber, other, why);
        caseFiles.happened(
                caseNumber, LIST + UnitBook.officeName(plan.office()) + "转" + UnitBook.officeName(other) + "交办", why);
        audit.record("proposal.passOn", caseNumber, UnitBook.officeName(other));
    }

    /**
     * 核定承办单位: the choice that is assigned next. Called by the step, for one or for each of a pile.
     *
     * @throws Refusal as for {@link #plan}; also when no answering unit belongs to this office, or a unit cannot be reached
     */
    public void confirm(String caseNumber, Choice choice, Brief brief, String person) {
        Plan plan = open(caseNumber, person);
        write(plan, choice);
        brief(caseNumber, brief, person);
        List<Assignment> planned = planned(caseNumber);
        for (Assignment row : planned) {
            String field = row.role() == AssignmentRole.CO ? "coUnits" : "leadUnit";
            units.reachable(units.open(row.unitId(), field, row.unitName()), field);
        }
        boolean own = planned.stream()
                .filter(row -> row.role().answers())
                .anyMatch(row -> rows.office(row.unitSystem()).equals(plan.office()));
        if (!own) {
            throw new Refusal(
                    "leadUnit",
                    "「" + planned.get(0).unitName() + "」属" + planned.get(0).unitSystem() + "系统，归"
                            + UnitBook.officeName(UnitBook.other(plan.office())) + "交办；请转另一办，或者改选单位。");
        }
        audit.record("proposal.confirmUnits", caseNumber, UnitBook.line(planned));
    }

    /** Units ask who assigned, unless another one is named. */
    private void brief(String caseNumber, Brief brief, String person) {
        String instruction = Texts.text(brief.leaderInstruction(), LONGEST_REQUIREMENT, "leaderInstruction", "领导批示")
                .strip();
        String name = Texts.line(brief.contactName(), 50, "officeContact", "联系人");
        String phone = Texts.line(brief.contactPhone(), 20, "officePhone", "联系电话");
        if (!name.isEmpty() && phone.isEmpty()) {
            throw new Refusal("officePhone", "写了「联系人」的，请填写「联系电话」。");
        }
        if (name.isEmpty()) {
            name = people.nameOf(person);
            if (phone.isEmpty()) {
                phone = people.find(person).map(Person::phone).orElse("");
            }
        }
        rows.briefed(caseNumber, instruction, name, phone.length() > 20 ? "" : phone);
    }

    /**
     * 交办: every planned unit is told and its window begins; the session's numbers are published with the first case and never dealt again.
     * Called by the process once, after {@link #confirm}.
     */
    public void send(String caseNumber) {
        Plan plan = rows.lockPlan(caseNumber);
        if (plan.sent()) {
            return;
        }
        Proposal proposal = proposals.get(caseNumber);
        Actor actor = currentActor.get();
        Instant now = clock.instant();
        Session session = proposals.session(proposal);
        if (sessions.publishOnce(session.id(), now, actor.id())) {
            audit.record("proposal.publishNumbers", null, session.name() + "，随交办公布");
        }
        for (UnitWord word : rows.words(List.of(caseNumber))) {
            parties.consultationEnds(caseNumber, word.unitId());
        }
        rows.closeWords(caseNumber, now);
        rows.sent(caseNumber, now, actor.id(), actor.name());
        List<Assignment> planned = planned(caseNumber);
        caseFiles.status(caseNumber, Status.ASSIGNED.code(), Status.ASSIGNED.label());
        caseFiles.happened(caseNumber, UnitBook.officeName(plan.office()) + "交办", UnitBook.line(planned));
        planned.forEach(row -> delivery.send(row, now));
        rows.of(caseNumber).stream()
                .filter(row -> row.state() == AssignmentState.SUGGESTED)
                .forEach(row -> rows.state(row.id(), AssignmentState.NOT_CHOSEN));
        delivery.tellProposers(caseNumber, "1");
        audit.record("proposal.assign", caseNumber, UnitBook.line(planned));
    }

    /** Rows that planning may change. */
    public static Footprint footprint(String caseNumber) {
        return Footprint.NOTHING
                .and("proposal_assignment_plan", List.of("case_number"), "case_number = :of", caseNumber)
                .and("proposal_assignment", "case_number = :of", caseNumber);
    }

    // ---- one plan

    private Plan open(String caseNumber, String person) {
        Plan plan = rows.lockPlan(caseNumber);
        units.requireOffice(person, plan.office());
        if (plan.sent()) {
            throw new Refusal("这件提案已经交办，承办单位只能由裁定或者职责划转来改。");
        }
        if (proposals.get(caseNumber).withdrawnAt() != null) {
            throw new Refusal("这件提案已经撤回，不再交办。");
        }
        return plan;
    }

    private List<Assignment> planned(String caseNumber) {
        return rows.of(caseNumber).stream()
                .filter(row -> row.state() == AssignmentState.PLANNED)
                .toList();
    }

    /** What is only suggested becomes the plan. */
    private void adopt(Plan plan) {
        List<Assignment> all = rows.of(plan.caseNumber());
        if (all.stream().anyMatch(row -> row.state() == AssignmentState.PLANNED)) {
            return;
        }
        Choice choice = UnitSuggestions.standing(plan, all);
        if (choice == null) {
            throw new Refusal("leadUnit", "还没有拟定承办单位，请先填写「主办（独办）单位」。");
        }
        write(plan, choice);
    }

    private record Wanted(Unit unit, AssignmentRole role, List<Integer> suggestions) {}

    private void write(Plan plan, Choice choice) {
        Proposal proposal = proposals.get(plan.caseNumber());
        List<Wanted> wanted = wanted(choice, proposal.suggestions().size());
        String requirement = Texts.text(choice.requirement(), LONGEST_REQUIREMENT, "requirement", "办理要求");
        List<Assignment> before = rows.of(plan.caseNumber());
        Choice standing = UnitSuggestions.standing(plan, before);
        boolean changed = standing != null && !same(standing, choice);
        String reason = Texts.line(choice.reason(), LONGEST_REASON, "changeReason", "调整理由");
        if (changed && reason.length() < 2) {
            throw new Refusal("changeReason", "承办单位与原先推荐或者拟定的不同，请写明「调整理由」。");
        }
        Map<String, Assignment> known = new LinkedHashMap<>();
        before.forEach(row -> known.put(row.unitId(), row));
        Set<String> chosen = new HashSet<>();
        wanted.forEach(want -> chosen.add(want.unit().id()));
        for (Assignment row : before) {
            if (row.state() == AssignmentState.PLANNED && !chosen.contains(row.unitId())) {
                if (row.source() == AssignmentSource.OFFICE) {
                    rows.delete(row.id());
                } else {
                    rows.state(row.id(), AssignmentState.SUGGESTED);
                }
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            Wanted want = wanted.get(i);
            Assignment row = known.get(want.unit().id());
            if (row == null) {
                rows.insert(new AssignmentRows.Entry(
                        plan.caseNumber(),
                        want.unit().id(),
                        want.unit().name(),
                        want.unit().system(),
                        want.role(),
                        want.suggestions(),
                        requirement,
                        AssignmentState.PLANNED,
                        AssignmentSource.OFFICE,
                        reason.isEmpty() ? "交办部门核定" : reason,
                        i + 1));
            } else {
                rows.plan(row.id(), want.role(), want.suggestions(), requirement, i + 1);
            }
        }
        boolean asBefore = !changed
                && requirement.equals(plan.requirement())
                && known.values().stream().anyMatch(row -> row.state() == AssignmentState.PLANNED);
        if (!asBefore) {
            rows.planned(plan.caseNumber(), requirement);
        }
        if (changed) {
            caseFiles.happened(
                    plan.caseNumber(),
                    LIST + (plan.signedOffAt() == null ? "调整承办单位" : "签定后调整承办单位"),
                    UnitBook.line(planned(plan.caseNumber())) + "。理由：" + reason);
        }
    }

    private static boolean same(Choice a, Choice b) {
        return java.util.Objects.equals(a.lead(), b.lead())
                && Set.copyOf(a.cos()).equals(Set.copyOf(b.cos()))
                && Set.copyOf(a.separate()).equals(Set.copyOf(b.separate()));
    }

    /** @throws Refusal the choice does not hold together */
    private List<Wanted> wanted(Choice choice, int suggestions) {
        if (choice.lead() == null && choice.separate().isEmpty()) {
            throw new Refusal("leadUnit", "请填写「主办（独办）单位」；由几个单位各办几条建议的，填「分办单位」。");
        }
        if (choice.lead() != null && !choice.separate().isEmpty()) {
            throw new Refusal("leadUnit", "有「主办（独办）单位」的不再分办，请二者留一；会同办理的单位填在「会办单位」。");
        }
        if (choice.lead() == null && !choice.cos().isEmpty()) {
            throw new Refusal("coUnits", "分办的提案没有会办单位，请把它列入「分办单位」，或者改为主办、会办。");
        }
        if (choice.lead() == null && choice.separate().size() < 2) {
            throw new Refusal("separate", "「分办单位」至少两个；只有一个单位的，请填在「主办（独办）单位」。");
        }
        if (choice.cos().size() > MOST_CO_UNITS) {
            throw new Refusal("coUnits", "「会办单位」至多" + MOST_CO_UNITS + "个，请只留确有职责的单位。");
        }
        Set<String> seen = new HashSet<>();
        for (String unit : choice.units()) {
            if (!seen.add(unit)) {
                throw new Refusal("coUnits", "「" + units.name(unit) + "」填了两次，一个单位在一件提案里只列一次。");
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        if (choice.lead() != null) {
            AssignmentRole role = choice.cos().isEmpty() ? AssignmentRole.SOLE : AssignmentRole.LEAD;
            wanted.add(new Wanted(units.open(choice.lead(), "leadUnit", "主办（独办）单位"), role, List.of()));
        }
        Set<Integer> covered = new TreeSet<>();
        for (Choice.Part part : choice.separate()) {
            Unit unit = units.open(part.unit(), "separate", "分办单位");
            if (part.suggestions().isEmpty()) {
                throw new Refusal("separate", "请写明「" + unit.name() + "」分办哪几条建议。");
            }
            for (int number : part.suggestions()) {
                if (number < 1 || number > suggestions) {
                    throw new Refusal("separate", "提案只有" + suggestions + "条建议，没有第" + number + "条，请核对分办的条目。");
                }
                covered.add(number);
            }
            wanted.add(new Wanted(
                    unit,
                    AssignmentRole.SEPARATE,
                    part.suggestions().stream().distinct().sorted().toList()));
        }
        if (choice.lead() == null) {
            for (int number = 1; number <= suggestions; number++) {
                if (!covered.contains(number)) {
                    throw new Refusal("separate", "第" + number + "条建议没有单位承办，请列入一个单位的分办条目。");
                }
            }
        }
        for (String unit : choice.cos()) {
            wanted.add(new Wanted(units.open(unit, "coUnits", "会办单位"), AssignmentRole.CO, List.of()));
        }
        return wanted;
    }
}
