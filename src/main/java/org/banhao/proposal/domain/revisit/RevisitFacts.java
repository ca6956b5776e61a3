package org.banhao.proposal.domain.revisit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.flow.Shown;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the forms of a look-back show, by the names the forms use. */
@Service
@Transactional(readOnly = true)
public class RevisitFacts {

    private final RevisitRows rows;
    private final Revisits revisits;
    private final Proposals proposals;

    RevisitFacts(RevisitRows rows, Revisits revisits, Proposals proposals) {
        this.rows = rows;
        this.revisits = revisits;
        this.proposals = proposals;
    }

    public Shown report(String instance) {
        Revisit revisit = revisits.byInstance(instance);
        Map<String, Object> values = summary(revisit);
        values.put(
                "items",
                rows.items(revisit.id()).stream().map(RevisitFacts::item).toList());
        values.put("reportText", revisit.report());
        if (revisit.proposedClass() != null) {
            values.put("proposedClass", revisit.proposedClass());
        }
        return new Shown(values, classes(revisit));
    }

    private static Map<String, Object> item(Revisit.Item item) {
        Map<String, Object> values = new HashMap<>();
        values.put("promise", item.content());
        ItemResult result = item.result();
        if (result != null) {
            values.put("itemResult", result.code());
        }
        values.put("itemReason", item.reason());
        values.put("itemFigures", item.figures());
        return values;
    }

    public Shown check(String instance) {
        Revisit revisit = revisits.byInstance(instance);
        Map<String, Object> values = summary(revisit);
        values.put("itemsShown", itemsText(revisit));
        values.put(
                "reportShown",
                revisit.report() + "\n建议的现办理结果：" + revisit.proposedClass() + "。" + revisit.reportedName() + "报告，附材料"
                        + revisit.evidence().size() + "件，见“卷宗”页。");
        String words = rows.words(revisit.id()).stream().map(Revisit.Word::line).collect(Collectors.joining("\n"));
        values.put("wordsShown", words.isEmpty() ? "提案者还没有说明意见。" : words);
        String proposed = revisit.proposedClass();
        if (proposed != null) {
            values.put("acceptedClass", proposed);
        }
        return new Shown(values, classes(revisit));
    }

    public Shown escalate(String instance) {
        Revisit revisit = revisits.byInstance(instance);
        Map<String, Object> values = summary(revisit);
        values.put("itemsShown", itemsText(revisit));
        values.put("checkShown", revisit.checkOpinion().isEmpty() ? "没有另写意见。" : revisit.checkOpinion());
        return new Shown(values, Map.of());
    }

    private String itemsText(Revisit revisit) {
        return rows.items(revisit.id()).stream().map(Revisit.Item::line).collect(Collectors.joining("\n"));
    }

    private Map<String, List<Shown.Option>> classes(Revisit revisit) {
        return Map.of(
                "classOptions",
                revisits.classesFor(revisit).stream()
                        .map(one -> new Shown.Option(one.line(), one.code()))
                        .toList());
    }

    private Map<String, Object> summary(Revisit revisit) {
        Proposal proposal = proposals.get(revisit.caseNumber());
        Map<String, Object> values = new HashMap<>();
        values.put("title", proposal.title());
        values.put("fileNumber", proposals.numberLine(proposal));
        values.put("proposerLine", proposals.proposerLine(proposal));
        values.put("unitName", revisit.unitName());
        values.put("causeName", revisit.causeLine());
        values.put("originalClass", revisit.originalLine());
        values.put(
                "presentClass",
                revisits.presentClass(revisit.handlingId())
                        .map(Revisit.ClassAt::line)
                        .orElse(revisit.originalLine()));
        values.put(
                "returnedLine",
                revisit.state() == RevisitState.REPORTING
                                && !revisit.checkOpinion().isEmpty()
                        ? "\n\n**退回重报：**" + revisit.checkOpinion()
                        : "");
        return values;
    }
}
