package org.banhao.proposal.domain.handling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.banhao.base.ChineseTime;
import org.banhao.flow.Shown;
import org.banhao.paper.IssuedPapers;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.Assignments;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the forms of handling show, by the names the forms use. */
@Service
@Transactional
public class HandlingFacts {

    private final HandlingRows rows;
    private final ReplyRows replies;
    private final ExtensionRows extensions;
    private final Handlings handlings;
    private final UnitHandling unitHandling;
    private final Consultations consultations;
    private final ResultClasses classes;
    private final Assignments assignments;
    private final Proposals proposals;
    private final IssuedPapers papers;

    HandlingFacts(
            HandlingRows rows,
            ReplyRows replies,
            ExtensionRows extensions,
            Handlings handlings,
            UnitHandling unitHandling,
            Consultations consultations,
            ResultClasses classes,
            Assignments assignments,
            Proposals proposals,
            IssuedPapers papers) {
        this.rows = rows;
        this.replies = replies;
        this.extensions = extensions;
        this.handlings = handlings;
        this.unitHandling = unitHandling;
        this.consultations = consultations;
        this.classes = classes;
        this.assignments = assignments;
        this.proposals = proposals;
        this.papers = papers;
    }

    public Shown forward(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(
                () -> summary(row),
                Map.of(
                        "leaderOptions",
                        () -> unitHandling.leaders(row).stream()
                                .map(leader -> new Shown.Option(leader.name(), leader.id()))
                                .toList()));
    }

    public Shown handle(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(
                () -> {
                    Map<String, Object> values = summary(row);
                    values.put("section", row.section());
                    values.put(
                            "instructionLine",
                            row.instruction().isEmpty() ? "没有" : row.instruction() + "（" + row.instructedBy() + "）");
                    values.put("contactLine", contactLine(row));
                    values.put("handlingNote", row.handlingNote());
                    return values;
                },
                Map.of());
    }

    public Shown collate(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(
                () -> {
                    Map<String, Object> values = summary(row);
                    values.put("opinionsText", opinionsText(row));
                    return values;
                },
                Map.of());
    }

    /** Opinions of the co-handling units that were sent, and whose is missing. */
    String opinionsText(Handling row) {
        List<Assignment> coHandlers = handlings.coHandlers(row);
        Map<Long, Handling> theirs = rows
                .ofAssignments(coHandlers.stream().map(Assignment::id).toList())
                .stream()
                .collect(Collectors.toMap(Handling::assignmentId, one -> one));
        List<String> lines = new ArrayList<>();
        for (Assignment coHandler : coHandlers) {
            Handling their = theirs.get(coHandler.id());
            String line = coHandler.unitName() + "：";
            if (their == null || their.state() != HandlingState.OPINION_SENT) {
                lines.add(line + "还没有送交"
                        + (their == null ? "" : "（" + their.state().label() + "）"));
                continue;
            }
            replies.coOpinion(their.id())
                    .ifPresent(opinion -> lines.add(line + opinion.documentNumber() + "，签发人" + opinion.signedName()
                            + "，针对" + opinion.pointsLine() + "\n" + opinion.content()));
        }
        return lines.isEmpty() ? "没有会办单位。" : String.join("\n\n", lines);
    }

    public Shown draft(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(() -> draftValues(row), Map.of("classOptions", () -> classOptions(row)));
    }

    private Map<String, Object> draftValues(Handling row) {
        Proposal proposal = proposals.get(row.caseNumber());
        Reply reply = replies.find(row.id()).orElse(null);
        Map<String, Object> values = summary(row);
        values.put("handlingNote", row.handlingNote());
        values.put("returnLine", returnLine(row));
        values.put("contactLine", contactLine(row));
        List<Map<String, Object>> items = new ArrayList<>();
        for (int number : unitHandling.numbers(row)) {
            Map<String, Object> item = new HashMap<>();
            item.put("suggestion", number + "．" + ReplyText.suggestion(proposal, number));
            Reply.Item before = reply == null ? null : reply.items().get(number);
            if (before != null) {
                item.put("itemAnswer", before.answer());
                item.put("itemClass", before.resultClass());
            }
            items.add(item);
        }
        values.put("items", items);
        if (reply == null) {
            values.put(
                    "publicity",
                    proposal.consent() == null ? "full" : proposal.consent().code());
            values.put(
                    "mainTo",
                    unitHandling.recipients(row).stream()
                            .map(ProposersOf.Proposer::name)
                            .collect(Collectors.joining("、")));
            values.put("copyTo", "市政协提案委员会、" + handlings.officeName(row.id()));
            return values;
        }
        values.put("opening", reply.opening());
        values.put("resultClass", reply.resultClass());
        values.put("publicity", reply.publicity().code());
        values.put("publicityReason", reply.publicityReason());
        values.put("moneyRelated", reply.moneyRelated());
        values.put("mainTo", reply.mainTo());
        values.put("copyTo", reply.copyTo());
        values.put("contactPerson", reply.contactPerson());
        values.put("contactPhone", reply.contactPhone());
        values.put(
                "commitments",
                replies.commitments(row.id()).stream()
                        .map(one -> {
                            Map<String, Object> line = new HashMap<>();
                            line.put("commitment", one.content());
                            line.put("commitmentDue", String.valueOf(one.dueOn()));
                            line.put("commitmentSection", one.responsible());
                            if (one.suggestion() != null) {
                                line.put("commitmentSuggestion", one.suggestion());
                            }
                            return line;
                        })
                        .toList());
        return values;
    }

    private String returnLine(Handling row) {
        List<Opinion> said = rows.opinions(row.id());
        for (int i = said.size() - 1; i >= 0; i--) {
            if (said.get(i).verdict() == OpinionVerdict.RETURN) {
                return said.get(i).line();
            }
        }
        return "";
    }

    private String contactLine(Handling row) {
        List<Consultation> held = consultations.of(row.caseNumber());
        String done = held.isEmpty()
                ? "还没有登记过联系或协商。"
                : "已登记" + held.size() + "次，最近一次："
                        + ChineseTime.text(held.get(held.size() - 1).heldAt()) + "，"
                        + held.get(held.size() - 1).kind().label() + "。";
        long disputed = held.stream().filter(Consultation::disputed).count();
        if (disputed > 0) {
            done += "其中" + disputed + "次提案者有异议，对提出异议的提案者不算联系，理由见“卷宗”页。";
        }
        if (!handlings.owesReply(row.id())) {
            return done;
        }
        List<String> wanting = unitHandling.wanting(row);
        return done + (wanting.isEmpty() ? "联系的要求已经做到。" : "还差：" + String.join("；", wanting) + "。");
    }

    public Shown check(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(() -> reply(row), Map.of());
    }

    public Shown deputy(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(() -> reply(row), Map.of("signOptions", () -> signOptions(row)));
    }

    private List<Shown.Option> signOptions(Handling row) {
        boolean own = replies.find(row.id()).map(Reply::signLevel).orElse(null) == SignLevel.DEPUTY;
        List<Shown.Option> options = new ArrayList<>();
        if (own) {
            options.add(new Shown.Option("签发", "sign"));
        }
        options.add(new Shown.Option("报主要负责人签发", "toHead"));
        options.add(new Shown.Option("退回修改", "return"));
        return options;
    }

    public Shown preview(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(() -> reply(row), Map.of("classOptions", () -> classOptions(row)));
    }

    public Shown deliver(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(
                () -> {
                    Map<String, Object> values = reply(row);
                    numbered(row, Handlings.REPLY_LETTER, values);
                    values.put(
                            "deliveries",
                            unitHandling.recipients(row).stream()
                                    .map(one -> Map.of("proposer", one.line(row.caseNumber())))
                                    .toList());
                    return values;
                },
                Map.of());
    }

    /** The number under which the paper was issued here, for who seals and brings it; may be changed. */
    private void numbered(Handling row, String kind, Map<String, Object> values) {
        papers.latest(kind, Handlings.paperKey(row)).ifPresent(paper -> values.put("documentNumber", paper.number()));
    }

    private Map<String, Object> reply(Handling row) {
        Map<String, Object> values = summary(row);
        List<ReplyRows.Version> versions = replies.versions(row.id());
        values.put(
                "replyText",
                versions.isEmpty() ? "" : versions.get(versions.size() - 1).content());
        replies.find(row.id()).ifPresent(reply -> {
            values.put("className", reply.classLine());
            values.put(
                    "levelName",
                    reply.signLevel() == null ? "" : reply.signLevel().label());
            values.put("levelReason", reply.signLevelReason());
            values.put("signerName", reply.signedName() == null ? "" : reply.signedName());
        });
        String opinions = handlings.coHandlers(row).isEmpty() ? "" : "\n\n会办意见\n" + opinionsText(row);
        String said = rows.opinions(row.id()).stream().map(Opinion::line).collect(Collectors.joining("\n"));
        String changes = versions.stream()
                .filter(version -> !version.note().isEmpty())
                .map(version -> "第" + version.draft() + "稿说明：" + version.note())
                .collect(Collectors.joining("\n"));
        values.put(
                "trailText", (said.isEmpty() ? "还没有意见。" : said) + (changes.isEmpty() ? "" : "\n" + changes) + opinions);
        return values;
    }

    public Shown coDraft(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(
                () -> {
                    Map<String, Object> values = summary(row);
                    values.put("handlingNote", row.handlingNote());
                    values.put("returnLine", returnLine(row));
                    replies.coOpinion(row.id()).ifPresent(opinion -> {
                        values.put("coOpinion", opinion.content());
                        values.put(
                                "points",
                                opinion.points().stream().map(String::valueOf).toList());
                    });
                    return values;
                },
                Map.of("pointOptions", pointOptions(row)));
    }

    private Supplier<List<Shown.Option>> pointOptions(Handling row) {
        return () -> {
            List<String> suggestions = proposals.get(row.caseNumber()).suggestions();
            return IntStream.rangeClosed(1, suggestions.size())
                    .mapToObj(number ->
                            new Shown.Option(number + "．" + suggestions.get(number - 1), String.valueOf(number)))
                    .toList();
        };
    }

    public Shown coSign(String instance) {
        Handling row = handlings.byInstance(instance);
        return Shown.lazily(
                () -> {
                    Map<String, Object> values = summary(row);
                    replies.coOpinion(row.id()).ifPresent(opinion -> {
                        values.put("coOpinionText", "针对" + opinion.pointsLine() + "\n" + opinion.content());
                        values.put("signerName", opinion.signedName() == null ? "" : opinion.signedName());
                    });
                    numbered(row, Handlings.CO_OPINION_LETTER, values);
                    return values;
                },
                Map.of());
    }

    public Shown extension(String instance) {
        Extension extension =
                extensions.byInstance(instance).orElseThrow(() -> new org.banhao.base.Refusal("这项延期申请已经结束，请刷新待办列表。"));
        Handling row = rows.get(extension.handlingId());
        return Shown.lazily(
                () -> {
                    Map<String, Object> values = summary(row);
                    values.put("newDueText", ChineseTime.text(extension.dueWanted()));
                    values.put("extensionReason", extension.reason());
                    values.put(
                            "askedLine",
                            extension.askedName() + "，" + ChineseTime.text(extension.askedAt())
                                    + (extension.approvedName() == null
                                            ? ""
                                            : "；" + extension.approvedName() + "审签同意"));
                    return values;
                },
                Map.of());
    }

    private Map<String, Object> summary(Handling row) {
        Proposal proposal = proposals.get(row.caseNumber());
        Assignment assignment = handlings.assignment(row);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", proposal.title());
        values.put("caseNumber", proposal.caseNumber());
        values.put("fileNumber", proposals.numberLine(proposal));
        values.put("proposerLine", proposals.proposerLine(proposal));
        values.put("unitName", row.unitName());
        values.put("dutyName", assignment.roleLine() + (row.again() ? "，再次办理" : ""));
        String others = assignments.holding(row.caseNumber()).stream()
                .filter(other -> other.id() != assignment.id())
                .map(other -> other.unitName() + "（" + other.roleLine() + "）")
                .collect(Collectors.joining("、"));
        values.put("otherUnits", others.isEmpty() ? "没有" : others);
        String requirement = assignment.requirement().isEmpty() ? "没有另提要求" : assignment.requirement();
        values.put(
                "requirement",
                row.again()
                        ? requirement + "\n\n再次办理的理由（" + row.roundOrderedBy() + "）：" + row.roundReason()
                        : requirement);
        String instance = row.instanceId();
        Instant due =
                instance == null ? null : handlings.obligation(row, instance).due();
        values.put("dueText", due == null ? "期限" : ChineseTime.text(due));
        return values;
    }

    private List<Shown.Option> classOptions(Handling row) {
        return classes.of(proposals.get(row.caseNumber()).sessionId()).stream()
                .map(one -> new Shown.Option(one.line(), one.code()))
                .toList();
    }
}
