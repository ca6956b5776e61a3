package org.banhao.proposal.domain.assignment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The beginning of assignment: which units might handle the case, each with the reason why. The committee's own suggestion goes first, the
 * rules of duties second, the proposer's wish third; all are advice, the assigning office decides.
 */
@Service
@Transactional
public class UnitSuggestions {

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final KeywordClasses keywordClasses;
    private final UnitBook units;
    private final People people;
    private final CaseFiles caseFiles;
    private final Audit audit;

    UnitSuggestions(
            AssignmentRows rows,
            Proposals proposals,
            KeywordClasses keywordClasses,
            UnitBook units,
            People people,
            CaseFiles caseFiles,
            Audit audit) {
        this.rows = rows;
        this.proposals = proposals;
        this.keywordClasses = keywordClasses;
        this.units = units;
        this.people = people;
        this.caseFiles = caseFiles;
        this.audit = audit;
    }

    /** What the rules of duties say; all null when none fits. */
    public record Advice(
            @Nullable String leadUnit,
            @Nullable String coUnit1,
            @Nullable String coUnit2,
            @Nullable String reason) {}

    // ---- what the decision asks

    /** Code of the category of the reviewers, else of the proposer; null when neither chose one. */
    @Transactional(readOnly = true)
    public @Nullable String category(String caseNumber) {
        Proposal proposal = proposals.get(caseNumber);
        Category category = proposal.categoryDecided() == null ? proposal.categoryWish() : proposal.categoryDecided();
        return category == null ? null : category.code();
    }

    @Transactional(readOnly = true)
    public @Nullable String keywordClass(String caseNumber) {
        Proposal proposal = proposals.get(caseNumber);
        return keywordClasses.of(proposal.title(), proposal.suggestions());
    }

    /** The unit the proposer names first; null when he names none. */
    @Transactional(readOnly = true)
    public @Nullable String proposerWish(String caseNumber) {
        List<String> wish = proposals.get(caseNumber).wish();
        return wish.isEmpty() ? null : wish.get(0);
    }

    /**
     * Opens the assignment of a case: its plan, its suggested units, and the two offices that may read it from now on. Called by the process once.
     *
     * @param instance process instance that waits for the choice
     */
    public void record(String caseNumber, String instance, Advice advice) {
        Proposal proposal = proposals.lock(caseNumber);
        if (rows.plan(caseNumber).isPresent()) {
            rows.instance(caseNumber, instance);
            return;
        }
        List<AssignmentRows.Entry> entries = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        List<String> committee = proposals.unitsOfReview(caseNumber);
        for (String unit : committee) {
            AssignmentRole role = unit.equals(committee.get(0)) ? AssignmentRole.LEAD : AssignmentRole.CO;
            entry(entries, taken, caseNumber, unit, role, AssignmentSource.COMMITTEE, "提案委员会审查时建议");
        }
        String why = advice.reason() == null ? "" : advice.reason();
        entry(entries, taken, caseNumber, advice.leadUnit(), AssignmentRole.LEAD, AssignmentSource.RULE, why);
        entry(entries, taken, caseNumber, advice.coUnit1(), AssignmentRole.CO, AssignmentSource.RULE, why);
        entry(entries, taken, caseNumber, advice.coUnit2(), AssignmentRole.CO, AssignmentSource.RULE, why);
        for (String unit : proposal.wish()) {
            entry(entries, taken, caseNumber, unit, AssignmentRole.LEAD, AssignmentSource.WISH, "提案者希望由其承办");
        }
        String office = entries.isEmpty()
                ? Roles.GOVERNMENT_OFFICE_ASSIGNER
                : rows.office(entries.get(0).unitSystem());
        rows.insertPlan(caseNumber, instance, office);
        entries.forEach(rows::insert);
        UnitBook.OFFICES.forEach(group -> caseFiles.party(caseNumber, AssignmentParties.OFFICE, group, true));
        caseFiles.party(caseNumber, AssignmentParties.OFFICE, Roles.ASSIGNING_OFFICE_LEADER, true);
        audit.record(
                "proposal.suggestUnits", caseNumber, entries.size() + "个单位，由" + UnitBook.officeName(office) + "交办");
    }

    private void entry(
            List<AssignmentRows.Entry> entries,
            Set<String> taken,
            String caseNumber,
            @Nullable String unitId,
            AssignmentRole role,
            AssignmentSource source,
            String reason) {
        if (unitId == null) {
            return;
        }
        // the unit table may have changed since the rule was written or the wish was made
        Unit unit = people.unit(unitId).filter(Unit::active).orElse(null);
        if (unit == null || !taken.add(unitId)) {
            return;
        }
        entries.add(new AssignmentRows.Entry(
                caseNumber,
                unitId,
                unit.name(),
                unit.system(),
                role,
                List.of(),
                "",
                AssignmentState.SUGGESTED,
                source,
                reason,
                entries.size() + 1));
    }

    /**
     * What would be assigned if nobody changed anything: what is planned, else the first suggested unit with those of the same source.
     *
     * @return null when nothing is planned or suggested
     */
    static @Nullable Choice standing(Plan plan, List<Assignment> all) {
        List<Assignment> planned = all.stream()
                .filter(assignment -> assignment.state() == AssignmentState.PLANNED)
                .toList();
        if (!planned.isEmpty()) {
            String lead = null;
            List<String> cos = new ArrayList<>();
            List<Choice.Part> parts = new ArrayList<>();
            for (Assignment row : planned) {
                switch (row.role()) {
                    case LEAD, SOLE -> lead = row.unitId();
                    case CO -> cos.add(row.unitId());
                    case SEPARATE -> parts.add(new Choice.Part(row.unitId(), row.suggestions()));
                }
            }
            return new Choice(lead, cos, parts, plan.requirement(), null);
        }
        List<Assignment> suggested = all.stream()
                .filter(assignment -> assignment.state() == AssignmentState.SUGGESTED)
                .toList();
        if (suggested.isEmpty()) {
            return null;
        }
        Assignment first = suggested.get(0);
        List<String> cos = suggested.stream()
                .skip(1)
                .filter(row -> row.source() == first.source() && row.role() == AssignmentRole.CO)
                .map(Assignment::unitId)
                .toList();
        return new Choice(first.unitId(), cos, List.of(), plan.requirement(), null);
    }
}
