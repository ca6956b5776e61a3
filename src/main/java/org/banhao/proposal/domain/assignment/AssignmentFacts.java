package org.banhao.proposal.domain.assignment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadlines;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.flow.Shown;
import org.banhao.people.People;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the forms of assignment show, by the names the forms use. */
@Service
@Transactional(readOnly = true)
public class AssignmentFacts {

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final People people;
    private final Deadlines deadlines;
    private final Documents documents;
    private final int usualReturns;

    /** @param usualReturns from one more request in a case on, the leaders are told to settle it in a meeting; nothing is forbidden */
    AssignmentFacts(
            AssignmentRows rows,
            Proposals proposals,
            People people,
            Deadlines deadlines,
            Documents documents,
            @Value("${banhao.proposal.usual-returns:2}") int usualReturns) {
        this.rows = rows;
        this.proposals = proposals;
        this.people = people;
        this.deadlines = deadlines;
        this.documents = documents;
        this.usualReturns = usualReturns;
    }

    public Shown confirmation(String caseNumber) {
        return Shown.lazily(() -> confirmationValues(caseNumber), Map.of("unitOptions", this::unitOptions));
    }

    private Map<String, Object> confirmationValues(String caseNumber) {
        Proposal proposal = proposals.get(caseNumber);
        Plan plan = rows.plan(caseNumber).orElseThrow(() -> new Refusal("这件提案现在不在交办中，请刷新待办列表。"));
        List<Assignment> all = rows.of(caseNumber);
        Map<String, Object> values = summary(proposal);
        values.put("categoryName", proposal.categoryName());
        values.put("wishLine", proposals.wishLine(proposal));
        values.put("officeName", UnitBook.officeName(plan.office()));
        values.put("passedOnLine", plan.passedOnReason().isEmpty() ? "" : "另一办转来，理由：" + plan.passedOnReason());
        values.put("signedOffLine", plan.signedOffName() == null ? "名单未签定" : "名单已由" + plan.signedOffName() + "签定");
        List<Map<String, String>> suggested = all.stream()
                .filter(row -> row.source() != AssignmentSource.OFFICE)
                .map(row -> Map.of(
                        "unit", row.unitName(),
                        "role", row.role().label(),
                        "why", row.source().label() + "：" + row.reason()))
                .toList();
        values.put("suggestionCount", suggested.size());
        values.put("unitSuggestions", suggested);
        String words =
                rows.words(List.of(caseNumber)).stream().map(UnitWord::line).collect(Collectors.joining("；"));
        values.put("unitWordLine", words.isEmpty() ? "没有征求" : words);
        values.put("suggestionLines", numbered(proposal.suggestions()));
        Choice standing = UnitSuggestions.standing(plan, all);
        // a list without rows is shown as such, not with an empty one to fill in
        values.put("separate", List.of());
        if (standing != null) {
            if (standing.lead() != null) {
                values.put("leadUnit", standing.lead());
            }
            values.put("coUnits", standing.cos());
            values.put(
                    "separate",
                    standing.separate().stream()
                            .map(part -> Map.of(
                                    "unit",
                                    part.unit(),
                                    "numbers",
                                    part.suggestions().stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining("、"))))
                            .toList());
        }
        values.put("requirement", plan.requirement());
        values.put("leaderInstruction", plan.leaderInstruction());
        return values;
    }

    private static List<String> numbered(List<String> suggestions) {
        return java.util.stream.IntStream.range(0, suggestions.size())
                .mapToObj(i -> (i + 1) + "．" + suggestions.get(i))
                .toList();
    }

    /** @param instance in which the unit answers */
    public Shown answer(String instance) {
        Assignment row = row(instance);
        return Shown.lazily(
                () -> {
                    Proposal proposal = proposals.get(row.caseNumber());
                    Map<String, Object> values = summary(proposal);
                    values.put("fileNumber", proposals.numberLine(proposal));
                    values.put("unitName", row.unitName());
                    values.put("dutyName", row.roleLine());
                    values.put("otherUnits", others(row));
                    values.put("requirement", row.requirement().isEmpty() ? "没有另提要求" : row.requirement());
                    rows.plan(row.caseNumber()).ifPresent(plan -> {
                        values.put(
                                "leaderInstruction",
                                plan.leaderInstruction().isEmpty() ? "没有" : plan.leaderInstruction());
                        values.put(
                                "officeContact", plan.contactName().isEmpty() ? plan.officeName() : plan.contactLine());
                    });
                    values.put("dueText", due(row.caseNumber(), instance, "returnWindow"));
                    return values;
                },
                Map.of("unitOptions", () -> unitOptions(row.unitId())));
    }

    /** @param instance in which the unit answered */
    public Shown ruling(String instance) {
        Assignment row = row(instance);
        return Shown.lazily(() -> rulingValues(row, instance), Map.of("unitOptions", () -> unitOptions(row.unitId())));
    }

    private Map<String, Object> rulingValues(Assignment row, String instance) {
        Proposal proposal = proposals.get(row.caseNumber());
        Map<String, Object> values = summary(proposal);
        values.put("fileNumber", proposals.numberLine(proposal));
        values.put("unitName", row.unitName());
        values.put("dutyName", row.roleLine());
        values.put("otherUnits", others(row));
        values.put("dueText", due(row.caseNumber(), instance, "ruling"));
        List<ReturnRequest> requests = rows.requests(row.caseNumber());
        requests.stream()
                .filter(request -> request.assignmentId() == row.id() && request.ruling() == null)
                .findFirst()
                .ifPresent(request -> {
                    values.put("returnReason", request.reason());
                    values.put("dutyBasis", request.basis());
                    values.put("proposedUnitName", request.suggestedUnitName());
                    values.put(
                            "requestedLine", request.requestedByName() + "，" + ChineseTime.text(request.requestedAt()));
                    values.put(
                            "signedScanName",
                            documents
                                    .find(request.documentId())
                                    .map(StoredDocument::name)
                                    .orElse("见“卷宗”页"));
                    values.put(
                            "countLine",
                            "本件第" + request.number() + "次申请退回"
                                    + (request.number() > usualReturns
                                            ? "，已超过" + usualReturns + "次，请召集有关单位协调后一次裁定"
                                            : ""));
                    values.put("newUnit", request.suggestedUnit());
                });
        List<String> earlier = requests.stream()
                .filter(request -> request.ruling() != null)
                .map(request ->
                        "第" + request.number() + "次：裁定" + request.ruling().label() + "，" + request.rulingReason())
                .toList();
        values.put("earlierLine", earlier.isEmpty() ? "没有" : String.join("；", earlier));
        values.put("restartClock", "continue");
        return values;
    }

    private Assignment row(String instance) {
        return rows.byInstance(instance).orElseThrow(() -> new Refusal("这项交办已经不在本单位，请刷新待办列表。"));
    }

    private Map<String, Object> summary(Proposal proposal) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", proposal.title());
        values.put("caseNumber", proposal.caseNumber());
        values.put("fileNumber", proposals.numberLine(proposal));
        values.put("proposerLine", proposals.proposerLine(proposal));
        return values;
    }

    private String others(Assignment row) {
        List<Assignment> others = rows.of(row.caseNumber()).stream()
                .filter(other -> other.id() != row.id() && other.state().holds())
                .toList();
        return others.isEmpty() ? "没有" : UnitBook.line(others);
    }

    private String due(String caseNumber, String instance, String key) {
        return deadlines.of(caseNumber).stream()
                .filter(deadline -> instance.equals(deadline.instanceId())
                        && deadline.key().equals(key)
                        && deadline.state().equals("open"))
                .map(deadline -> ChineseTime.text(deadline.due()))
                .findFirst()
                .orElse("期限");
    }

    private List<Shown.Option> unitOptions() {
        return unitOptions("");
    }

    private List<Shown.Option> unitOptions(String without) {
        return people.units().stream()
                .filter(unit -> !unit.id().equals(without))
                .map(unit -> new Shown.Option(unit.name(), unit.id()))
                .toList();
    }
}
