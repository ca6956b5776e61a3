package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 并案 and 撤销并案. A merge is a reversible link: no text is touched, every proposer keeps his rights, the merged one stays
 * alive and waits for the answer to its lead case. Until the lead case is handed to units (交办) a merged proposer may
 * object, which decides nothing; until one of them has delivered its reply the committee's office may take the proposal out again. No
 * local rule on either is known; merging at once and hearing objections afterwards is what keeps the night of review short.
 */
@Service
@Transactional
public class Merging {

    /** Ends the wait of a merged proposal; the model has the same word. */
    public static final String UNMERGED = "proposal.unmerged";

    private static final String LINK = "merged";
    private static final String PARTY = "mergedProposer";

    private final ProposalRows rows;
    private final CaseFiles caseFiles;
    private final Processes processes;
    private final People people;
    private final Informing informing;
    private final ObjectProvider<LaterStage> laterStages;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;

    Merging(
            ProposalRows rows,
            CaseFiles caseFiles,
            Processes processes,
            People people,
            Informing informing,
            ObjectProvider<LaterStage> laterStages,
            ApplicationEventPublisher events,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.caseFiles = caseFiles;
        this.processes = processes;
        this.people = people;
        this.informing = informing;
        this.laterStages = laterStages;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** 并案, as decided. Called by the process once for each decision. */
    public void merge(String caseNumber) {
        Proposal proposal = rows.lock(caseNumber);
        Proposal lead = lead(proposal);
        caseFiles.link(caseNumber, LINK, lead.caseNumber());
        caseFiles.status(caseNumber, Status.MERGED.code(), Status.MERGED.label());
        caseFiles.happened(caseNumber, "并入主案", lead.numberAndTitle());
        caseFiles.happened(lead.caseNumber(), "另一件提案并入本件", proposal.numberAndTitle());
        // those who merged in must be asked and answered too
        proposers(proposal).forEach(person -> caseFiles.party(lead.caseNumber(), PARTY, person, false));
        tellBoth("merged", proposal, lead, Map.of());
        audit.record("proposal.merge", caseNumber, "并入 " + lead.caseNumber());
    }

    /**
     * 撤销并案: the link ends and stays as history, the proposal is reviewed again and gets a verdict of its own, everybody who
     * proposed either of the two is told, and the units that handle the lead case by then.
     *
     * @param reason one sentence, read by all of them
     * @throws Refusal not a clerk, not merged, a unit has answered the lead case, or no reason
     */
    public void undo(String caseNumber, String clerk, @Nullable String reason) {
        if (!people.groupsOf(clerk).contains(Roles.PROPOSAL_CLERK)) {
            throw new Refusal("只有提案委员会办公室工作人员可以撤销并案。");
        }
        String why = Texts.line(reason, Texts.LONGEST_LINE, "reason", "撤销并案的理由");
        if (why.isEmpty()) {
            throw new Refusal("reason", "请写明撤销并案的理由，会告知双方提案者。");
        }
        // the lead first, as whoever locks both does
        String leadNumber = rows.get(caseNumber).leadCase();
        Proposal lead = leadNumber == null ? null : rows.lock(leadNumber);
        Proposal proposal = rows.lock(caseNumber);
        if (lead == null || !proposal.merged() || !lead.caseNumber().equals(proposal.leadCase())) {
            throw new Refusal("提案" + caseNumber + "现在没有并入别的提案，请刷新页面后再看。");
        }
        if (!answered(Set.of(lead.caseNumber())).isEmpty()) {
            throw new Refusal("主案" + lead.numberAndTitle() + "已有单位送达答复，不能再撤销并案；提案者对答复有不同意见的，请在反馈中写明。");
        }
        endLink(proposal);
        rows.undecided(caseNumber);
        caseFiles.status(caseNumber, Status.FIRST_REVIEW.code(), Status.FIRST_REVIEW.label());
        caseFiles.happened(caseNumber, "撤销并案，重新审查", "原并入" + lead.numberAndTitle() + "；理由：" + why);
        caseFiles.happened(lead.caseNumber(), "撤销并案", proposal.numberAndTitle() + "不再并入本件；理由：" + why);
        tellBoth("unmerged", proposal, lead, Map.of("reason", why));
        events.publishEvent(new MergeEnded(lead.caseNumber(), caseNumber, why));
        audit.record("proposal.unmerge", caseNumber, "不再并入 " + lead.caseNumber());
        String instance = proposal.instanceId();
        if (instance == null || !processes.tell(instance, UNMERGED, Map.of())) {
            throw new IllegalStateException(caseNumber + " is merged, but its process does not wait for " + UNMERGED);
        }
    }

    /**
     * 提出异议 by somebody who proposed the merged one. It is noted and told to the committee's office; nothing follows by
     * itself.
     *
     * @throws Refusal not his, not merged, said before, handed to units already, or no reason
     */
    public void object(String caseNumber, String person, @Nullable String reason) {
        Proposal proposal = rows.find(caseNumber)
                .filter(found -> mayObject(found, person))
                .map(found -> rows.lock(caseNumber))
                .orElseThrow(() -> new Refusal("没有这份提案，请从列表重新进入。"));
        if (!proposal.merged()) {
            throw new Refusal("这份提案现在没有并入别的提案，不需要提出异议。");
        }
        String why = Texts.line(reason, Texts.LONGEST_LINE, "reason", "异议的理由");
        if (why.isEmpty()) {
            throw new Refusal("reason", "请写明对并案有什么不同意见。");
        }
        Proposal lead = lead(proposal);
        if (assigned(caseFiles.get(lead.caseNumber()))) {
            throw new Refusal("主案已经交办，不能再提出异议，请与提案委员会办公室联系。");
        }
        standing(proposal, rows.objections(List.of(caseNumber)).getOrDefault(caseNumber, List.of())).stream()
                .filter(earlier -> earlier.personId().equals(person))
                .findFirst()
                .ifPresent(earlier -> {
                    throw new Refusal("您已于" + ChineseTime.text(earlier.at()) + "提出异议，提案委员会办公室会与您联系，不必再提。");
                });
        Instant now = clock.instant();
        rows.insertObjection(new Objection(caseNumber, lead.caseNumber(), person, people.nameOf(person), why, now));
        caseFiles.happened(caseNumber, "对并案提出异议", why);
        people.membersOf(Roles.PROPOSAL_CLERK).stream()
                .map(Person::id)
                .forEach(clerk -> informing.clerk(
                        proposal,
                        "mergeObjected",
                        person + "-" + now.getEpochSecond(),
                        clerk,
                        "/proposals/merged",
                        Map.of("leadCase", lead.caseNumber(), "proposer", people.nameOf(person))));
        audit.record("proposal.objectToMerge", caseNumber, "主案 " + lead.caseNumber());
    }

    /**
     * What a person may still say about the merge of a proposal.
     *
     * @param mayObject he proposed it, has not objected yet, and the lead case is not handed to units
     */
    public record Voice(List<Objection> objections, boolean mayObject) {

        static final Voice NONE = new Voice(List.of(), false);
    }

    @Transactional(readOnly = true)
    public Voice voice(Proposal proposal, String person) {
        if (!proposal.merged()) {
            return Voice.NONE;
        }
        String number = proposal.caseNumber();
        List<Objection> said =
                standing(proposal, rows.objections(List.of(number)).getOrDefault(number, List.of()));
        Proposal lead = lead(proposal);
        boolean open = mayObject(proposal, person)
                && said.stream().noneMatch(objection -> objection.personId().equals(person))
                && !assigned(caseFiles.get(lead.caseNumber()));
        return new Voice(said, open);
    }

    /**
     * A merged proposal on the clerks' page.
     *
     * @param assigned its lead case is handed to units
     * @param mayUndo no unit has answered that
     */
    public record Line(
            Proposal proposal, Proposal lead, List<Objection> objections, boolean assigned, boolean mayUndo) {}

    /** All that are merged now; those with objections first, then by number. */
    @Transactional(readOnly = true)
    public List<Line> lines() {
        List<Proposal> merged = rows.merged();
        Map<String, Proposal> leads = byNumber(rows.all(
                merged.stream().map(Proposal::leadCase).filter(Objects::nonNull).collect(Collectors.toSet())));
        Map<String, List<Objection>> objections =
                rows.objections(merged.stream().map(Proposal::caseNumber).toList());
        Map<String, CaseRow> known = caseFiles.all(leads.keySet());
        Set<String> answered = answered(leads.keySet());
        return merged.stream()
                .map(proposal -> {
                    Proposal lead = Objects.requireNonNull(leads.get(String.valueOf(proposal.leadCase())));
                    return new Line(
                            proposal,
                            lead,
                            standing(proposal, objections.getOrDefault(proposal.caseNumber(), List.of())),
                            assigned(Objects.requireNonNull(known.get(lead.caseNumber()))),
                            !answered.contains(lead.caseNumber()));
                })
                .sorted(Comparator.comparing((Line line) -> line.objections().isEmpty())
                        .thenComparing(line -> line.proposal().caseNumber()))
                .toList();
    }

    /**
     * @param what that would happen to this one, such as 不能撤回
     * @throws Refusal others were merged into it and would be left without an answer
     */
    void leadsNobody(Proposal proposal, String what, String wayOut) {
        List<Proposal> others = rows.mergedInto(proposal.caseNumber());
        if (!others.isEmpty()) {
            String names = others.stream().map(Proposal::numberAndTitle).collect(Collectors.joining("、"));
            throw new Refusal("已有别的提案并入本件（" + names + "），本件" + what + "：" + wayOut);
        }
    }

    /** The link ends; whoever belongs to another proposal that stays merged goes on reading the lead case. */
    void endLink(Proposal proposal) {
        String lead = Objects.requireNonNull(proposal.leadCase(), "merged without a lead case");
        caseFiles.unlink(proposal.caseNumber(), LINK, lead);
        Set<String> stay = rows.mergedInto(lead).stream()
                .filter(other -> !other.caseNumber().equals(proposal.caseNumber()))
                .flatMap(other -> proposers(other).stream())
                .collect(Collectors.toSet());
        proposers(proposal).stream()
                .filter(person -> !stay.contains(person))
                .forEach(person -> caseFiles.partyEnds(lead, PARTY, person));
    }

    private Proposal lead(Proposal proposal) {
        return rows.get(Objects.requireNonNull(proposal.leadCase(), "merged without a lead case"));
    }

    private static Map<String, Proposal> byNumber(List<Proposal> proposals) {
        return proposals.stream().collect(Collectors.toMap(Proposal::caseNumber, Function.identity()));
    }

    /** Only what was said against this merge, not against an earlier one. */
    private static List<Objection> standing(Proposal proposal, List<Objection> all) {
        Instant since = proposal.decidedAt();
        return all.stream()
                .filter(objection -> since == null || !objection.at().isBefore(since))
                .toList();
    }

    /** Those of these cases to which a unit has delivered a reply, in the name of all who were merged by then. */
    private Set<String> answered(Set<String> leads) {
        return laterStages.stream()
                .flatMap(stage -> stage.replied(leads).stream())
                .collect(Collectors.toSet());
    }

    /** 交办 of the lead case: nobody objects any more. */
    private static boolean assigned(CaseRow lead) {
        return Status.of(lead).assigned();
    }

    private boolean mayObject(Proposal proposal, String person) {
        return !proposal.draft()
                && (proposers(proposal).contains(person)
                        || Drafts.writer(proposal).equals(person));
    }

    /** The first proposer and all who signed. */
    private Set<String> proposers(Proposal proposal) {
        Set<String> persons = new LinkedHashSet<>(List.of(proposal.proposerPerson()));
        rows.signatures(proposal.caseNumber()).stream()
                .filter(Signature::confirmed)
                .map(Signature::personId)
                .forEach(persons::add);
        return persons;
    }

    /** Each side reads its own number and that of the other. */
    private void tellBoth(String template, Proposal proposal, Proposal lead, Map<String, String> more) {
        String round = String.valueOf(proposal.reviewRound());
        informing.proposers(proposal, template, round, with(more, lead.caseNumber()));
        informing.proposers(
                lead, template, "lead-" + proposal.caseNumber() + "-" + round, with(more, proposal.caseNumber()));
    }

    private static Map<String, String> with(Map<String, String> values, String other) {
        Map<String, String> all = new HashMap<>(values);
        all.put("leadCase", other);
        return all;
    }
}
