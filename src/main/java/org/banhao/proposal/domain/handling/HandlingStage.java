package org.banhao.proposal.domain.handling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.StoredDocument;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.LaterStage;
import org.banhao.proposal.domain.UnitParts;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Handling on the page of a proposal. Delivered replies, consultations and what was promised are for all who read the case; drafts,
 * opinions on them and what co-handling units say to the lead are for units, the assigning offices and the committee.
 */
@Component
@Order(200)
@Transactional(readOnly = true)
class HandlingStage implements LaterStage {

    private static final String DELIVERED = "proposalHandling/" + Handlings.DELIVER;
    private static final String OPINION_SENT = "proposalHandling/" + Handlings.SEND_OPINION;

    private final HandlingRows rows;
    private final ReplyRows replies;
    private final ExtensionRows extensions;
    private final ConsultationRows consultations;
    private final ClassCorrections corrections;
    private final Handlings handlings;
    private final ResultClasses classes;

    HandlingStage(
            HandlingRows rows,
            ReplyRows replies,
            ExtensionRows extensions,
            ConsultationRows consultations,
            ClassCorrections corrections,
            Handlings handlings,
            ResultClasses classes) {
        this.rows = rows;
        this.replies = replies;
        this.extensions = extensions;
        this.consultations = consultations;
        this.corrections = corrections;
        this.handlings = handlings;
        this.classes = classes;
    }

    @Override
    public void summary(String caseNumber, Map<String, String> summary) {
        String line = rows.ofCase(caseNumber).stream()
                .filter(row -> row.state() != HandlingState.ENDED)
                .map(row -> row.unitName() + "（" + (row.again() ? "再次办理，" : "")
                        + row.state().label() + (row.section().isEmpty() ? "" : "，" + row.section()) + "）")
                .collect(Collectors.joining("、"));
        if (!line.isEmpty()) {
            summary.put("办理进度", line);
        }
    }

    @Override
    public Map<String, CaseView.Imprint> imprints(String caseNumber) {
        Map<Long, String> units =
                rows.ofCase(caseNumber).stream().collect(Collectors.toMap(Handling::id, Handling::unitName));
        Map<String, CaseView.Imprint> all = new HashMap<>();
        replies.letters(caseNumber)
                .forEach((document, letter) -> all.put(
                        document,
                        new CaseView.Imprint(letter.number(), units.getOrDefault(letter.handling(), ""), null)));
        return all;
    }

    /** Of several rounds the last one says how far the unit is; of what it has answered, the last that was delivered counts. */
    @Override
    public void listed(Collection<String> caseNumbers, UnitParts parts) {
        List<Handling> all = rows.ofCases(caseNumbers).stream()
                .filter(row -> row.state() != HandlingState.ENDED)
                .toList();
        List<Long> ids = all.stream().map(Handling::id).toList();
        Map<Long, Reply> given = replies.all(ids);
        Map<Long, List<ClassCorrection>> corrected = corrections.of(ids);
        for (Handling row : all) {
            UnitParts.Part part = parts.of(row.caseNumber(), row.unitId());
            Reply reply = given.get(row.id());
            Instant delivered = reply == null ? null : reply.deliveredAt();
            part.handled(
                    (row.again() ? "再次办理，" : "") + row.state().label(),
                    row.state().open() ? row.instanceId() : null,
                    delivered);
            if (reply == null || delivered == null) {
                continue;
            }
            part.result(reply.resultClass(), reply.resultClassName());
            List<ClassCorrection> later = corrected.getOrDefault(row.id(), List.of());
            part.present(
                    later.isEmpty()
                            ? ""
                            : later.get(later.size() - 1).resultClass() + "（"
                                    + later.get(later.size() - 1).resultClassName() + "）");
        }
    }

    @Override
    public Map<String, String> resultClasses() {
        Map<String, String> all = new LinkedHashMap<>();
        classes.of("").forEach(one -> all.put(one.code(), one.label()));
        return all;
    }

    @Override
    public List<CaseView.Section> sections(String caseNumber, List<String> groups) {
        boolean inside = handlings.worksOn(caseNumber, groups);
        List<CaseView.Section> sections = new ArrayList<>();
        for (DeliveredReply reply : handlings.repliesTo(caseNumber)) {
            sections.add(new CaseView.Section(reply.heading(), reply.content(), List.of()));
            add(
                    sections,
                    "送达：" + reply.unitName(),
                    reply.deliveries().stream()
                            .map(one ->
                                    one.name() + "，" + one.mode().label() + "，" + ChineseTime.text(one.deliveredOn()))
                            .toList());
        }
        if (inside) {
            for (Handling row : rows.ofCase(caseNumber)) {
                draft(row, sections);
                within(row, sections);
            }
        }
        List<String> classes = classLines(caseNumber);
        // one class stands in the letter itself
        if (classes.size() > 1) {
            add(sections, "办理结果类别", classes);
        }
        add(
                sections,
                "承诺事项",
                replies.commitmentsOf(caseNumber).stream()
                        .filter(one -> one.binding() || inside)
                        .map(one -> one.line() + (one.binding() ? "" : "（答复尚未送达）"))
                        .toList());
        add(
                sections,
                "联系与协商",
                consultations.ofCase(caseNumber).stream()
                        .map(HandlingStage::line)
                        .toList());
        return sections;
    }

    /** First and second reply and corrections side by side; none of them replaces another. */
    private List<String> classLines(String caseNumber) {
        List<String> lines = new ArrayList<>();
        for (DeliveredReply reply : handlings.repliesTo(caseNumber)) {
            lines.add(reply.unitName() + "，" + (reply.round() > 1 ? "再次答复" : "首次答复") + "：" + reply.classLine());
            corrections.of(reply.handlingId()).forEach(one -> lines.add(one.line(reply.unitName())));
        }
        return lines;
    }

    private void draft(Handling row, List<CaseView.Section> sections) {
        List<ReplyRows.Version> versions = replies.versions(row.id());
        if (versions.isEmpty() || row.state() == HandlingState.DELIVERED) {
            return;
        }
        ReplyRows.Version latest = versions.get(versions.size() - 1);
        sections.add(new CaseView.Section(
                (row.again() ? "再次答复稿（未送达）：" : "答复稿（未送达）：") + row.unitName() + "第" + latest.draft() + "稿",
                latest.content(),
                List.of()));
    }

    /** What was rewritten on the way to the signature is for those who see drafts. */
    @Override
    public List<CaseView.VersionedText> texts(String caseNumber, List<String> groups) {
        if (!handlings.worksOn(caseNumber, groups)) {
            return List.of();
        }
        return rows.ofCase(caseNumber).stream()
                .map(row -> new CaseView.VersionedText(
                        "reply-" + row.id(),
                        (row.again() ? "再次答复稿：" : "答复稿：") + row.unitName(),
                        replies.versions(row.id()).stream()
                                .map(one -> new CaseView.TextVersion(
                                        one.draft(), one.name(), one.at(), one.note(), one.content()))
                                .toList()))
                .filter(text -> !text.versions().isEmpty())
                .toList();
    }

    private void within(Handling row, List<CaseView.Section> sections) {
        if (!row.instruction().isEmpty()) {
            sections.add(new CaseView.Section(
                    "批办意见：" + row.unitName() + "，" + row.instructedBy(), row.instruction(), List.of()));
        }
        replies.coOpinion(row.id())
                .filter(opinion -> opinion.sentAt() != null)
                .ifPresent(opinion -> sections.add(new CaseView.Section(
                        "会办意见：" + row.unitName() + " " + opinion.documentNumber() + "（签发人" + opinion.signedName()
                                + "，针对" + opinion.pointsLine() + "）",
                        opinion.content(),
                        List.of())));
        add(
                sections,
                "办理意见：" + row.unitName(),
                rows.opinions(row.id()).stream().map(Opinion::line).toList());
        add(
                sections,
                "延期申请：" + row.unitName(),
                extensions.of(row.id()).stream()
                        .map(one -> one.askedName() + "，" + ChineseTime.text(one.askedAt()) + "申请延到"
                                + ChineseTime.text(one.dueWanted()) + "。理由：" + one.reason() + "。"
                                + one.state().label()
                                + (one.decidedOpinion().isEmpty() ? "" : "：" + one.decidedOpinion()))
                        .toList());
    }

    private static String line(Consultation one) {
        StringBuilder line = new StringBuilder()
                .append(one.stage().label())
                .append("，")
                .append(one.kind().label())
                .append("，")
                .append(ChineseTime.text(one.heldAt()))
                .append(one.place().isEmpty() ? "" : "，" + one.place())
                .append("。单位：")
                .append(String.join("、", one.units()))
                .append("；提案者：")
                .append(one.proposers().stream()
                        .map(who -> who.name() + (who.present() ? "" : "（未参加：" + who.absenceReason() + "）"))
                        .collect(Collectors.joining("、")));
        part(line, "召集人", one.convener());
        part(line, "参加人员", one.people().replace("\n", "、"));
        part(line, "单位领导", one.unitLeader());
        part(line, "各方意见", one.views());
        part(line, "商定事项", String.join("；", one.agreed()));
        part(line, "未取得一致", one.differences());
        line.append("。").append(one.enteredName()).append(one.byProposer() ? "（提案者）登记" : "登记");
        part(
                line,
                one.disputed() ? "提案者有异议，对提出异议的提案者不算联系" : "提案者意见",
                one.words().stream()
                        .filter(word -> word.verdict() != ConsultationVerdict.ENTERED)
                        .map(Consultation.Word::line)
                        .collect(Collectors.joining("；")));
        return line.toString();
    }

    private static void part(StringBuilder line, String name, String text) {
        if (!text.isEmpty()) {
            line.append("\n").append(name).append("：").append(text);
        }
    }

    private static void add(List<CaseView.Section> sections, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            sections.add(new CaseView.Section(heading, "", lines));
        }
    }

    @Override
    public List<CaseView.Action> actions(String caseNumber, List<String> groups) {
        List<CaseView.Action> actions = new ArrayList<>();
        List<Handling> all = rows.ofCase(caseNumber);
        boolean committee = groups.contains(Roles.PROPOSAL_CLERK) || groups.contains(Roles.COMMITTEE_DIRECTOR);
        List<Handling> mine = all.stream()
                .filter(row -> groups.contains(row.unitId() + ".handler") || groups.contains(row.unitId() + ".liaison"))
                .toList();
        if (!all.isEmpty() && (committee || !mine.isEmpty())) {
            actions.add(new CaseView.Action("登记联系或协商", "/proposals/consultations/new?case=" + caseNumber));
        }
        if (mine.stream().anyMatch(row -> row.state().open() && !row.again() && handlings.owesReply(row.id()))) {
            actions.add(new CaseView.Action("申请延期", "/proposals/extensions/new?case=" + caseNumber));
        }
        return actions;
    }

    /**
     * The sealed reply and what belongs to contacts are for all who read the case, like their words; signed receipts and the sealed
     * opinions of co-handling units, like theirs, stay with units, assigning offices and committee.
     */
    @Override
    public boolean shows(String caseNumber, StoredDocument paper, List<String> groups) {
        String origin = paper.origin();
        if (origin == null) {
            return false;
        }
        return switch (origin) {
            case Consultations.ORIGIN -> true;
            case DELIVERED -> sealedReply(caseNumber, paper) || handlings.worksOn(caseNumber, groups);
            case OPINION_SENT -> handlings.worksOn(caseNumber, groups);
            default -> false;
        };
    }

    /** A reply, an opinion and their receipts are what was signed and went out; a new version would be signed by nobody. */
    @Override
    public boolean fixed(StoredDocument paper) {
        return DELIVERED.equals(paper.origin()) || OPINION_SENT.equals(paper.origin());
    }

    private boolean sealedReply(String caseNumber, StoredDocument paper) {
        return rows.ofCase(caseNumber).stream()
                .flatMap(row -> replies.find(row.id()).stream())
                .anyMatch(reply -> paper.id().equals(reply.sealedDocument()));
    }

    /** The sealed reply, to whom it answers in a proposal that was merged. */
    @Override
    public boolean broughtTo(StoredDocument paper, String personId) {
        String caseNumber = paper.caseNumber();
        return DELIVERED.equals(paper.origin())
                && caseNumber != null
                && rows.ofCase(caseNumber).stream()
                        .filter(row -> replies.find(row.id())
                                .filter(reply -> paper.id().equals(reply.sealedDocument()))
                                .isPresent())
                        .flatMap(row -> replies.deliveries(row.id()).stream())
                        .anyMatch(delivery -> delivery.personId().equals(personId));
    }

    @Override
    public Set<String> replied(Collection<String> caseNumbers) {
        return rows.delivered(caseNumbers);
    }

    /** What a unit still owes is an open step, which is told elsewhere. */
    @Override
    public Map<String, List<String>> missing(Collection<String> caseNumbers) {
        List<Handling> delivered = rows.ofCases(caseNumbers).stream()
                .filter(row -> row.state() == HandlingState.DELIVERED)
                .toList();
        Map<Long, Reply> given =
                replies.all(delivered.stream().map(Handling::id).toList());
        Map<String, List<String>> missing = new HashMap<>();
        for (Handling row : delivered) {
            Reply reply = given.get(row.id());
            if (reply == null || reply.sealedDocument() == null) {
                missing.computeIfAbsent(row.caseNumber(), one -> new ArrayList<>())
                        .add("缺" + row.unitName() + (row.again() ? "再次答复" : "答复") + "的盖章件");
            }
        }
        return missing;
    }

    @Override
    public boolean tells(String caseNumber, TimelineEntry entry, List<String> groups) {
        return !entry.what().startsWith(UnitHandling.WITHIN) || handlings.worksOn(caseNumber, groups);
    }
}
