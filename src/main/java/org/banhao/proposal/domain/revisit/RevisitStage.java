package org.banhao.proposal.domain.revisit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseView;
import org.banhao.document.StoredDocument;
import org.banhao.proposal.domain.LaterStage;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.UnitParts;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Look-backs on the page of a proposal: 原办理结果 and 现办理结果 side by side, and what was reported and found each time. */
@Component
@Order(400)
@Transactional(readOnly = true)
class RevisitStage implements LaterStage {

    private static final String EVIDENCE = "proposalRevisit/userTask_reportProgress";

    private final RevisitRows rows;
    private final Revisits revisits;
    private final Proposals proposals;

    RevisitStage(RevisitRows rows, Revisits revisits, Proposals proposals) {
        this.rows = rows;
        this.revisits = revisits;
        this.proposals = proposals;
    }

    @Override
    public void summary(String caseNumber, Map<String, String> summary) {
        Map<Long, Revisit> last = new LinkedHashMap<>();
        rows.ofCase(caseNumber).stream()
                .filter(revisit -> revisit.acceptedClass() != null)
                .forEach(revisit -> last.put(revisit.handlingId(), revisit));
        List<String> before = new ArrayList<>();
        List<String> now = new ArrayList<>();
        last.values()
                .forEach(revisit -> revisits.presentClass(revisit.handlingId()).ifPresent(present -> {
                    before.add(revisit.unitName() + "：" + revisit.originalLine());
                    now.add(revisit.unitName() + "：" + present.line() + "，" + ChineseTime.text(present.at()) + "认定");
                }));
        if (!before.isEmpty()) {
            summary.put("原办理结果", String.join("；", before));
            summary.put("现办理结果", String.join("；", now));
        }
    }

    /** The last look at each unit's answer, and the class that is held to be right since. */
    @Override
    public void listed(Collection<String> caseNumbers, UnitParts parts) {
        List<Revisit> all = rows.ofCases(caseNumbers);
        Map<Long, Revisit.ClassAt> presents = revisits.presentClasses(
                all.stream().map(Revisit::handlingId).distinct().toList());
        for (Revisit revisit : all) {
            UnitParts.Part part = parts.of(revisit.caseNumber(), revisit.unitId());
            RevisitOutcome outcome = revisit.outcome();
            part.lookBack(
                    outcome == null || revisit.checkedAt() == null
                            ? revisit.stateLine()
                            : outcome.label() + "，" + ChineseTime.text(ChineseTime.day(revisit.checkedAt())) + "核查");
            Revisit.ClassAt present = presents.get(revisit.handlingId());
            if (present != null) {
                part.present(present.line());
            }
        }
    }

    @Override
    public List<CaseView.Section> sections(String caseNumber, List<String> groups) {
        List<CaseView.Section> sections = new ArrayList<>();
        for (Revisit revisit : rows.ofCase(caseNumber)) {
            if (revisit.reportedAt() == null) {
                continue;
            }
            List<String> lines = new ArrayList<>();
            rows.items(revisit.id()).forEach(item -> lines.add(item.line()));
            lines.add("落实情况：" + revisit.report() + "（" + revisit.reportedName() + "，"
                    + ChineseTime.text(revisit.reportedAt()) + "）");
            rows.words(revisit.id()).forEach(word -> lines.add("提案者意见：" + word.line()));
            RevisitOutcome outcome = revisit.outcome();
            if (outcome != null) {
                lines.add("核查：" + outcome.label() + "，现办理结果" + revisit.acceptedClass() + "（"
                        + revisit.acceptedClassName() + "），" + revisit.checkedName()
                        + (revisit.checkOpinion().isEmpty() ? "" : "。" + revisit.checkOpinion())
                        + (revisit.nextOn() == null ? "" : "。下次回头看：" + ChineseTime.text(revisit.nextOn())));
            }
            if (revisit.escalation() != null) {
                lines.add("督促：" + (revisit.escalation().equals("chair") ? "报督办主席" : "由提案委员会督促") + "，"
                        + revisit.escalatedName() + "。" + revisit.escalationOpinion());
            }
            sections.add(new CaseView.Section(
                    "回头看：" + revisit.unitName() + "，" + revisit.causeLine() + "，"
                            + ChineseTime.text(revisit.startedAt()) + "启动，"
                            + revisit.stateLine(),
                    "",
                    lines));
        }
        return sections;
    }

    /** What proves a report is open to all who read the case, the proposers above all: they say whether it is true. */
    @Override
    public boolean shows(String caseNumber, StoredDocument paper, List<String> groups) {
        return EVIDENCE.equals(paper.origin())
                && rows.ofCase(caseNumber).stream()
                        .anyMatch(revisit -> revisit.evidence().contains(paper.id()));
    }

    /** Those whose proposals were merged are answered in the lead case: its proofs are brought to them by name. */
    @Override
    public boolean broughtTo(StoredDocument paper, String personId) {
        String number = paper.caseNumber();
        return number != null && shows(number, paper, List.of()) && proposals.proposes(number, personId);
    }
}
