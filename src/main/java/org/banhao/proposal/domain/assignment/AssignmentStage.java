package org.banhao.proposal.domain.assignment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.StoredDocument;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.LaterStage;
import org.banhao.proposal.domain.UnitParts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Assignment on the page of a proposal. What the offices plan is read by them and the committee until it is
 * assigned; that a unit wants to give the case back, and why, besides by the units of the case. */
@Component
@Transactional(readOnly = true)
class AssignmentStage implements LaterStage {

    private static final List<String> PLANNERS = Stream.concat(
                    UnitBook.OFFICES.stream(),
                    Stream.of(
                            Roles.ASSIGNING_OFFICE_LEADER,
                            Roles.PROPOSAL_CLERK,
                            Roles.COMMITTEE_DIRECTOR,
                            Roles.SECRETARY_GENERAL))
            .toList();

    private static final String RETURN_PAPER = "proposalAcceptance/userTask_answerAssignment";

    private final AssignmentRows rows;

    AssignmentStage(AssignmentRows rows) {
        this.rows = rows;
    }

    @Override
    public void summary(String caseNumber, Map<String, String> summary) {
        Map<String, String> lines = rows.of(caseNumber).stream()
                .filter(row -> row.state().holds() || row.state() == AssignmentState.WITHDRAWN)
                .collect(Collectors.groupingBy(
                        row -> row.role().label(),
                        LinkedHashMap::new,
                        Collectors.mapping(AssignmentStage::unit, Collectors.joining("、"))));
        lines.forEach((role, line) -> summary.put(role + "单位", line));
    }

    @Override
    public void listed(Collection<String> caseNumbers, UnitParts parts) {
        rows.of(caseNumbers).stream()
                .filter(row -> row.state().holds())
                .forEach(row -> parts.of(row.caseNumber(), row.unitId())
                        .assigned(
                                row.unitName(),
                                row.role().label(),
                                row.role().answers(),
                                row.sentAt(),
                                row.state().label(),
                                row.state().outstanding() ? row.instanceId() : null));
    }

    private static String unit(Assignment row) {
        String part = row.suggestions().isEmpty()
                ? ""
                : "，建议" + row.suggestions().stream().map(String::valueOf).collect(Collectors.joining("、"));
        return row.unitName() + "（" + row.state().label() + part + "）";
    }

    @Override
    public List<CaseView.Section> sections(String caseNumber, List<String> groups) {
        List<CaseView.Section> sections = new ArrayList<>();
        rows.plan(caseNumber).filter(Plan::sent).ifPresent(plan -> {
            if (!plan.requirement().isEmpty()) {
                sections.add(new CaseView.Section("办理要求", plan.requirement(), List.of()));
            }
            if (groups.stream().noneMatch(PLANNERS::contains)
                    && rows.of(caseNumber).stream().noneMatch(row -> of(row.unitId(), groups))) {
                return;
            }
            if (!plan.leaderInstruction().isEmpty()) {
                sections.add(new CaseView.Section("领导批示", plan.leaderInstruction(), List.of()));
            }
            if (!plan.contactName().isEmpty()) {
                sections.add(new CaseView.Section("交办联系人", plan.officeName() + " " + plan.contactLine(), List.of()));
            }
        });
        if (groups.stream().noneMatch(PLANNERS::contains)) {
            return sections;
        }
        List<Assignment> all = rows.of(caseNumber);
        List<String> suggested = all.stream()
                .filter(row -> row.source() != AssignmentSource.OFFICE)
                .filter(row -> row.state() == AssignmentState.SUGGESTED
                        || row.state() == AssignmentState.PLANNED
                        || row.state() == AssignmentState.NOT_CHOSEN)
                .map(row -> row.unitName() + "（" + row.role().label() + "）："
                        + row.source().label() + "，" + row.reason())
                .toList();
        add(sections, "推荐的承办单位", suggested);
        add(
                sections,
                "交办前的单位意见",
                rows.words(List.of(caseNumber)).stream().map(UnitWord::line).toList());
        Map<Long, String> names = all.stream().collect(Collectors.toMap(Assignment::id, Assignment::unitName));
        add(
                sections,
                "退回申请与裁定",
                rows.requests(caseNumber).stream()
                        .map(request -> line(request, String.valueOf(names.get(request.assignmentId()))))
                        .toList());
        return sections;
    }

    private static void add(List<CaseView.Section> sections, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            sections.add(new CaseView.Section(heading, "", lines));
        }
    }

    private static String line(ReturnRequest request, String unit) {
        String asked = unit + "第" + request.number() + "次申请（" + ChineseTime.text(request.requestedAt()) + "）："
                + request.reason() + "。依据：" + request.basis() + "；建议改由" + request.suggestedUnitName();
        Ruling ruling = request.ruling();
        return ruling == null
                ? asked + "。等待裁定"
                : asked + "。裁定" + ruling.label() + "（" + request.ruledByName() + "）：" + request.rulingReason()
                        + (Boolean.TRUE.equals(request.recount()) ? "；期限重新起算" : "；期限接续");
    }

    @Override
    public boolean tells(String caseNumber, TimelineEntry entry, List<String> groups) {
        String what = entry.what();
        boolean planners = groups.stream().anyMatch(PLANNERS::contains);
        if (what.startsWith(UnitAnswers.RULED) || what.contains(UnitAnswers.RETURN_ASKED)) {
            return planners || rows.of(caseNumber).stream().anyMatch(row -> of(row.unitId(), groups));
        }
        return planners || !what.startsWith(OfficePlans.LIST);
    }

    /** The page signed by the head of a unit that wants to give the case back: for that unit, and for those who rule. */
    @Override
    public boolean shows(String caseNumber, StoredDocument paper, List<String> groups) {
        if (!RETURN_PAPER.equals(paper.origin())) {
            return false;
        }
        return groups.stream().anyMatch(PLANNERS::contains)
                || rows.requests(caseNumber).stream()
                        .filter(request -> request.documentId().equals(paper.id()))
                        .anyMatch(request -> rows.of(caseNumber).stream()
                                .filter(row -> row.id() == request.assignmentId())
                                .anyMatch(row -> of(row.unitId(), groups)));
    }

    private static boolean of(String unitId, List<String> groups) {
        return groups.stream().anyMatch(group -> group.startsWith(unitId + "."));
    }
}
