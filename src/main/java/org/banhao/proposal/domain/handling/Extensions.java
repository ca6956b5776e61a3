package org.banhao.proposal.domain.handling;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.DeadlineRule;
import org.banhao.calendar.DeadlineRules;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 延期: a unit asks for more time before its day has come, with a reason and a new day within the longest term (rule
 * {@code replyExtended}, counted from the assignment); its deputy agrees, the assigning office decides. The day moves only then.
 */
@Service
@Transactional
public class Extensions {

    private static final String PROCESS = "proposalExtension";
    private static final String LONGEST = "replyExtended";
    private static final int LONGEST_REASON = 400;

    private final ExtensionRows rows;
    private final HandlingRows handlingRows;
    private final Handlings handlings;
    private final Proposals proposals;
    private final DeadlineRules rules;
    private final DeadlineMoves moves;
    private final CaseFiles caseFiles;
    private final Processes processes;
    private final Informing informing;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    Extensions(
            ExtensionRows rows,
            HandlingRows handlingRows,
            Handlings handlings,
            Proposals proposals,
            DeadlineRules rules,
            DeadlineMoves moves,
            CaseFiles caseFiles,
            Processes processes,
            Informing informing,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.handlingRows = handlingRows;
        this.handlings = handlings;
        this.proposals = proposals;
        this.rules = rules;
        this.moves = moves;
        this.caseFiles = caseFiles;
        this.processes = processes;
        this.informing = informing;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What the page shows before one asks.
     *
     * @param latest longest term allowed
     */
    public record Offer(
            long handlingId,
            String caseNumber,
            String numberLine,
            String title,
            String unitName,
            Instant due,
            Instant latest,
            String latestReason) {}

    /**
     * Of the units this person works for that still owe a reply in the case. Not read only: the day that is owed is asked for in a way
     * that would write it down the first time, which PostgreSQL refuses in a transaction that only reads.
     *
     * @throws Refusal there is none
     */
    public List<Offer> offers(String caseNumber, String person) {
        List<String> groups = people.groupsOf(person);
        List<Offer> offers = handlingRows.ofCase(caseNumber).stream()
                .filter(row -> mine(row, groups) && row.state().open() && !row.again() && handlings.owesReply(row.id()))
                .map(this::offer)
                .toList();
        if (offers.isEmpty()) {
            throw new Refusal("caseNumber", "您的单位没有要答复的这件提案，请核对案号。");
        }
        return offers;
    }

    private static boolean mine(Handling row, List<String> groups) {
        return groups.contains(row.unitId() + ".handler") || groups.contains(row.unitId() + ".liaison");
    }

    private Offer offer(Handling row) {
        var proposal = proposals.get(row.caseNumber());
        DeadlineRules.Calculation latest = latest(row);
        return new Offer(
                row.id(),
                row.caseNumber(),
                proposals.numberLine(proposal),
                proposal.title(),
                row.unitName(),
                owed(row).due(),
                latest.due(),
                latest.sentence());
    }

    private Deadline owed(Handling row) {
        return handlings.obligation(row, Objects.requireNonNull(row.instanceId()));
    }

    private DeadlineRules.Calculation latest(Handling row) {
        LocalDate from =
                ChineseTime.day(Objects.requireNonNull(handlings.assignment(row).clockStart()));
        DeadlineRule rule = rules.all().stream()
                .filter(one -> one.key().equals(LONGEST))
                .filter(one ->
                        !from.isBefore(one.validFrom()) && (one.validTo() == null || !from.isAfter(one.validTo())))
                .findFirst()
                .orElseThrow(() -> new Refusal("没有“延期后答复”的时限规定，请由规则管理员在“办理时限”页补上。"));
        return rules.calculate(from, rule.amount(), rule.unit());
    }

    /**
     * @param until the new day; the hour is that of the longest term
     * @throws Refusal not of the unit, too late, too long, one is open already, or the reason is missing
     */
    public void ask(long handling, @Nullable LocalDate until, @Nullable String reason, String person) {
        Handling row = handlingRows.lock(handling);
        if (!mine(row, people.groupsOf(person))) {
            throw new Refusal("只有承办单位的联络员和经办人可以申请延期。");
        }
        if (!row.state().open() || !handlings.owesReply(row.id())) {
            throw new Refusal("这件提案不在本单位的答复期限内，不必申请延期。");
        }
        if (row.again()) {
            throw new Refusal("再次办理的期限不能延长，请在期限内答复提案者。");
        }
        Instant now = clock.instant();
        Deadline owed = owed(row);
        if (!now.isBefore(owed.due())) {
            throw new Refusal("until", "答复期限已于" + ChineseTime.text(owed.due()) + "届满，延期须在到期以前申请；请尽快办结并向交办部门说明。");
        }
        if (until == null) {
            throw new Refusal("until", "请填写「延到哪一天」。");
        }
        DeadlineRules.Calculation latest = latest(row);
        Instant wanted = until.atTime(latest.due().atZone(ChineseTime.ZONE).toLocalTime())
                .atZone(ChineseTime.ZONE)
                .toInstant();
        if (!wanted.isAfter(owed.due())) {
            throw new Refusal("until", "「延到哪一天」须在现在的期限" + ChineseTime.text(owed.due()) + "以后。");
        }
        if (wanted.isAfter(latest.due())) {
            throw new Refusal("until", "「延到哪一天」最迟是" + ChineseTime.text(latest.end()) + "，请改早。");
        }
        String why = Texts.text(reason, LONGEST_REASON, "reason", "理由").strip();
        if (why.length() < 10) {
            throw new Refusal("reason", "请写明延期的「理由」，至少10个字。");
        }
        if (rows.open(row.id()).isPresent()) {
            throw new Refusal("这件提案已有一项延期申请在审批，请等待结果。");
        }
        long id;
        try {
            id = rows.insert(row.id(), why, owed.due(), wanted, person, people.signatureOf(person), now);
        } catch (DuplicateKeyException e) {
            throw new Refusal("这件提案已有一项延期申请在审批，请等待结果。");
        }
        rows.instance(id, processes.start(PROCESS, row.caseNumber(), Map.of("handling", row.id())));
        caseFiles.happened(
                row.caseNumber(), UnitHandling.WITHIN + row.unitName() + "申请延期", "延到" + ChineseTime.text(until));
        audit.record("proposal.askExtension", row.caseNumber(), row.unitName() + "，" + until);
    }

    /** 审签 by the deputy. @throws Refusal he asked for it himself and says yes; a no of his own takes the request back */
    public void approve(String instance, String person, boolean yes, @Nullable String opinion) {
        Extension extension = open(instance, ExtensionState.ASKED);
        Handling row = handlingRows.get(extension.handlingId());
        if (yes && person.equals(extension.askedBy())) {
            throw new Refusal("这项延期是您本人申请的，须由本单位其他领导审签；没有其他领导的，可选不同意撤下，改由经办人申请。");
        }
        String words = words(opinion, yes);
        if (yes) {
            rows.approved(extension.id(), people.signatureOf(person), words);
            caseFiles.happened(row.caseNumber(), row.unitName() + "向交办部门申请延期", asked(extension));
        } else {
            rows.ended(extension.id(), ExtensionState.NOT_ASKED, people.signatureOf(person), words, clock.instant());
            caseFiles.happened(row.caseNumber(), UnitHandling.WITHIN + row.unitName() + "不同意申请延期", words);
        }
        audit.record("proposal.approveExtension", row.caseNumber(), yes ? "同意" : "不同意");
    }

    private static String asked(Extension extension) {
        return "从" + ChineseTime.text(extension.dueBefore()) + "延到" + ChineseTime.text(extension.dueWanted());
    }

    /** 审批 by the assigning office; granted, the day moves and all who propose are told. */
    public void decide(String instance, String person, boolean yes, @Nullable String opinion) {
        Extension extension = open(instance, ExtensionState.APPROVED);
        Handling row = handlingRows.get(extension.handlingId());
        String words = words(opinion, yes);
        Instant present = owed(row).due();
        if (yes
                && !(extension.dueWanted().isAfter(clock.instant())
                        && extension.dueWanted().isAfter(present))) {
            throw new Refusal("申请延到的" + ChineseTime.text(extension.dueWanted()) + "已经过去，或者不晚于现在的期限（"
                    + ChineseTime.text(present) + "），不能批准；请选择不批准并写明理由，由承办单位重新申请。");
        }
        rows.ended(
                extension.id(),
                yes ? ExtensionState.GRANTED : ExtensionState.REFUSED,
                people.signatureOf(person),
                words,
                clock.instant());
        caseFiles.happened(
                row.caseNumber(), (yes ? "批准" : "不批准") + row.unitName() + "延期答复", yes ? asked(extension) : words);
        if (yes) {
            moves.move(owed(row).id(), extension.dueWanted(), "批准延期：" + extension.reason());
            String occasion = String.valueOf(extension.id());
            Map<String, String> values =
                    Map.of("unit", row.unitName(), "dueText", ChineseTime.text(extension.dueWanted()));
            informing.proposers(proposals.get(row.caseNumber()), "replyExtended", occasion, values);
            proposals
                    .mergedInto(row.caseNumber())
                    .forEach(merged -> informing.proposers(merged, "replyExtended", occasion, values));
        }
        audit.record("proposal.decideExtension", row.caseNumber(), (yes ? "批准" : "不批准") + "，" + row.unitName());
    }

    private static String words(@Nullable String opinion, boolean yes) {
        String words = Texts.text(opinion, 300, "extensionOpinion", "意见").strip();
        if (!yes && words.length() < 2) {
            throw new Refusal("extensionOpinion", "不同意的，请在「意见」里写明理由。");
        }
        return words;
    }

    Extension open(String instance, ExtensionState expected) {
        Extension extension = rows.byInstance(instance).orElseThrow(() -> new Refusal("这项延期申请已经结束，请刷新待办列表。"));
        if (extension.state() != expected) {
            throw new Refusal("这项延期申请的状态是“" + extension.state().label() + "”，不能再办这一步，请刷新待办列表。");
        }
        return extension;
    }

    /** Of this handling, oldest first. */
    @Transactional(readOnly = true)
    public List<Extension> of(long handling) {
        return rows.of(handling);
    }
}
