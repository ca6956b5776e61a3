package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.Retractions;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.flow.Footprint;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * From handing in to the beginning of review: co-signatures, the convener's word, what happens at their deadline, and
 * the ways back (taking it back while signatures are collected, withdrawing it later).
 */
@Service
@Transactional
public class Submission {

    /** Process of one proposal and the messages it waits for; the model has the same words. */
    public static final String PROCESS = "proposal";

    private static final String MOCK_PROCESS = "proposalMock";
    private static final String MOCK_WITHDRAWN = "proposal.mockWithdrawn";

    public static final String SIGNATURES_COMPLETE = "proposal.signaturesComplete";
    public static final String WITHDRAWN = "proposal.withdrawn";

    /** In words, as in 撤回「…」. */
    static final String HAND_IN = "提交提案";

    private static final String OF_CASE = "case_number = :of";

    private final Drafts drafts;
    private final ProposalRows rows;
    private final Sessions sessions;
    private final CaseFiles caseFiles;
    private final Processes processes;
    private final Documents documents;
    private final People people;
    private final CoSignatureTerm term;
    private final Merging merging;
    private final Seconding seconding;
    private final Informing informing;
    private final Retractions retractions;
    private final CurrentActor currentActor;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;

    Submission(
            Drafts drafts,
            ProposalRows rows,
            Sessions sessions,
            CaseFiles caseFiles,
            Processes processes,
            Documents documents,
            People people,
            CoSignatureTerm term,
            Merging merging,
            Seconding seconding,
            Informing informing,
            Retractions retractions,
            CurrentActor currentActor,
            ApplicationEventPublisher events,
            Audit audit,
            Clock clock) {
        this.drafts = drafts;
        this.rows = rows;
        this.sessions = sessions;
        this.caseFiles = caseFiles;
        this.processes = processes;
        this.documents = documents;
        this.people = people;
        this.term = term;
        this.merging = merging;
        this.seconding = seconding;
        this.informing = informing;
        this.retractions = retractions;
        this.currentActor = currentActor;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Hands a draft in; its text is fixed from then on. Co-signers and the convener are asked, or review begins at once.
     *
     * @return the proposal as it stands now
     * @throws Incomplete something is missing
     * @throws Refusal not the writer's, or the session is over
     */
    public Proposal handIn(String caseNumber, String person) {
        Proposal draft = drafts.locked(caseNumber, person);
        Session session = sessions.get(draft.sessionId());
        if (session.mock()) {
            drafts.openMock(session);
        } else if (!session.id().equals(sessions.current().id())) {
            throw new Refusal("这份草稿属于" + session.name() + "，该届次已经结束。请新建提案，再把内容复制过去。");
        }
        List<Missing> missing = drafts.missing(draft);
        if (!missing.isEmpty()) {
            throw new Incomplete(missing);
        }
        retractions.begins(new Retractions.Act(caseNumber, HAND_IN, person, footprint(caseNumber), ""));
        Instant now = clock.instant();
        String period = session.periodAt(now);
        List<Signature> coSigners = coSigners(caseNumber);
        Seal seal = rows.seal(caseNumber).orElse(null);
        // a scan carries the signatures; so does the convener who writes the proposal himself
        boolean askSigners = !draft.onBehalf() && !coSigners.isEmpty();
        boolean askConvener = seal != null
                && seal.documentId() == null
                && seal.convenerPerson() != null
                && !seal.convenerPerson().equals(person);
        boolean pending = askSigners || askConvener;
        String kind = draft.collective() ? "collective" : coSigners.isEmpty() ? "single" : "joint";

        rows.handedIn(caseNumber, kind, period, now);
        Actor actor = currentActor.get();
        String who = draft.onBehalf()
                ? actor.on(draft.proposerPerson(), draft.proposerName()).line()
                : people.nameOf(person);
        rows.version(caseNumber, draft, null, who, now);
        documents.attach(
                caseNumber,
                documents.ofStep(Drafts.step(caseNumber), person).stream()
                        .map(StoredDocument::id)
                        .toList(),
                Drafts.ORIGIN);
        if (draft.onBehalf()) {
            caseFiles.party(caseNumber, "firstProposer", draft.proposerPerson(), false);
        }
        for (Signature coSigner : coSigners) {
            rows.signatureState(
                    caseNumber,
                    coSigner.memberId(),
                    askSigners ? "invited" : "confirmed",
                    askSigners ? "online" : "paper",
                    now);
            caseFiles.party(caseNumber, "coSigner", coSigner.personId(), false);
        }
        if (seal != null) {
            rows.seal(
                    caseNumber,
                    new Seal(
                            seal.documentId(),
                            seal.convenerPerson(),
                            seal.convenerName(),
                            askConvener ? "invited" : "confirmed",
                            now));
            if (askConvener && seal.convenerPerson() != null) {
                caseFiles.party(caseNumber, "convener", seal.convenerPerson(), false);
            }
        }
        if (draft.onBehalf()) {
            caseFiles.happened(caseNumber, "代录入提案", who + "按纸质原件录入，扫描件在附件中");
        }
        if (pending) {
            caseFiles.status(caseNumber, Status.COLLECTING.code(), Status.COLLECTING.label());
        }
        audit.record("proposal.handIn", caseNumber, draft.onBehalf() ? "代录入提交" : "提交提案");
        String instance = processes.start(
                session.mock() ? MOCK_PROCESS : PROCESS,
                caseNumber,
                Map.of("signatures", pending ? "pending" : "complete", "finalDecider", session.finalDecider()));
        rows.instance(caseNumber, instance);
        Proposal handedIn = rows.get(caseNumber);
        if (pending) {
            Instant due = term.due(caseNumber).orElseThrow();
            caseFiles.happened(caseNumber, "提交提案，等待确认", "确认截止" + ChineseTime.text(due));
            Map<String, String> values = Map.of("proposer", draft.proposerName(), "dueText", ChineseTime.text(due));
            if (askSigners) {
                coSigners.forEach(signer -> informing.one(
                        handedIn, "coSignInvited", occasion(now), signer.personId(), values, InvitationByLink.ACT));
            }
            if (askConvener && seal != null && seal.convenerPerson() != null) {
                informing.one(
                        handedIn, "coSignInvited", occasion(now), seal.convenerPerson(), values, InvitationByLink.ACT);
            }
        }
        return handedIn;
    }

    /** Rows that handing in may change. */
    static Footprint footprint(String caseNumber) {
        return CaseFiles.parties(caseNumber)
                .and("proposal_proposal", List.of("case_number"), OF_CASE, caseNumber)
                .and("proposal_signature", List.of("case_number", "member_id"), OF_CASE, caseNumber)
                .and("proposal_seal", List.of("case_number"), OF_CASE, caseNumber)
                .and("proposal_text_version", List.of("case_number", "number"), OF_CASE, caseNumber);
    }

    private static String occasion(Instant moment) {
        return String.valueOf(moment.getEpochSecond());
    }

    // ---- what the process calls

    /** When the wait for signatures ends; the calendar's row is made at the first question. */
    public Instant signaturesDue(String caseNumber, String instanceId) {
        Proposal proposal = rows.get(caseNumber);
        return term.owe(proposal, sessions.get(proposal.sessionId()), instanceId)
                .due();
    }

    /** Review begins: who did not sign is out, the proposer and all who signed are told. Called by the process once. */
    public void register(String caseNumber) {
        Proposal proposal = rows.lock(caseNumber);
        boolean joint = coSigners(caseNumber).stream().anyMatch(Signature::confirmed);
        String kind = proposal.collective() ? "collective" : joint ? "joint" : "single";
        rows.submitted(caseNumber, kind, clock.instant());
        Proposal submitted = rows.get(caseNumber);
        CaseRow row = caseFiles.get(caseNumber);
        caseFiles.change(
                caseNumber,
                row.version(),
                submitted.title(),
                Status.FIRST_REVIEW.code(),
                Status.FIRST_REVIEW.label(),
                unitLine(submitted));
        Drafts.formerly(submitted).forEach(former -> caseFiles.link(caseNumber, "followUp", former));
        caseFiles.happened(
                caseNumber, "提案进入审查", periodName(submitted) + "，" + kindName(submitted) + "，" + unitLine(submitted));
        informing.proposers(
                submitted,
                "submitted",
                "1",
                Map.of("period", periodName(submitted), "submittedText", ChineseTime.text(clock.instant())));
        audit.record("proposal.register", caseNumber, "进入审查");
    }

    /** The deadline has passed: who has not confirmed is not listed; a convener's silence is left to the reviewers. */
    public void dropUnconfirmed(String caseNumber) {
        Proposal proposal = rows.lock(caseNumber);
        Instant now = clock.instant();
        term.lapsed(caseNumber);
        List<Signature> silent =
                coSigners(caseNumber).stream().filter(Signature::invited).toList();
        for (Signature signer : silent) {
            rows.signatureState(caseNumber, signer.memberId(), "dropped", signer.how(), now);
            caseFiles.partyEnds(caseNumber, "coSigner", signer.personId());
        }
        if (!silent.isEmpty()) {
            String names = silent.stream().map(Signature::name).collect(Collectors.joining("、"));
            caseFiles.happened(caseNumber, "联名截止", names + "未在期限内确认，不列入联名人");
            informing.one(proposal, "coSignDropped", occasion(now), Drafts.writer(proposal), Map.of("names", names));
        }
        rows.seal(caseNumber).filter(Seal::invited).ifPresent(seal -> {
            rows.seal(
                    caseNumber, new Seal(seal.documentId(), seal.convenerPerson(), seal.convenerName(), "lapsed", now));
            caseFiles.happened(caseNumber, "确认截止", "召集人" + seal.convenerName() + "未在期限内确认，请审查时核实");
        });
        audit.record("proposal.dropUnconfirmed", caseNumber, "未确认" + silent.size() + "人");
    }

    // ---- what co-signers and conveners do

    /** @throws Refusal nobody asked this person, or the answer is already given, or the time is over */
    public void confirm(String caseNumber, String person) {
        answerInvitation(caseNumber, person, true);
    }

    /** @throws Refusal as for {@link #confirm} */
    public void decline(String caseNumber, String person) {
        answerInvitation(caseNumber, person, false);
    }

    private void answerInvitation(String caseNumber, String person, boolean yes) {
        Proposal proposal = rows.lock(caseNumber);
        Instant now = clock.instant();
        Signature signature = coSigners(caseNumber).stream()
                .filter(signer -> signer.personId().equals(person) && signer.invited())
                .findFirst()
                .orElse(null);
        Seal seal = rows.seal(caseNumber)
                .filter(found -> person.equals(found.convenerPerson()) && found.invited())
                .orElse(null);
        if (!wasAsked(caseNumber, person)) {
            // the words for a number that was never given: nobody learns of a draft by trying
            throw new Refusal("没有这份提案，请从列表重新进入。");
        }
        if (signature == null && seal == null) {
            throw new Refusal("这份提案现在没有等待您确认的邀请，可能已经截止、撤回，或者您已经答复过。");
        }
        Instant due = term.due(caseNumber).orElse(null);
        if (due == null || now.isAfter(due) || proposal.submittedAt() != null) {
            throw new Refusal("确认已于" + (due == null ? "此前" : ChineseTime.text(due)) + "截止，请与第一提案人联系。");
        }
        if (signature != null) {
            rows.signatureState(caseNumber, signature.memberId(), yes ? "confirmed" : "declined", "online", now);
            if (!yes) {
                caseFiles.partyEnds(caseNumber, "coSigner", person);
            }
        }
        if (seal != null) {
            rows.seal(
                    caseNumber,
                    new Seal(
                            seal.documentId(),
                            seal.convenerPerson(),
                            seal.convenerName(),
                            yes ? "confirmed" : "declined",
                            now));
        }
        String role = signature == null ? "召集人" : "联名人";
        caseFiles.happened(caseNumber, role + people.nameOf(person) + (yes ? "已确认" : "谢绝"), null);
        audit.record(yes ? "proposal.confirm" : "proposal.decline", caseNumber, role);
        if (seal != null && !yes) {
            backToDraft(proposal, "召集人" + people.nameOf(person) + "没有同意，提案退回为草稿");
            return;
        }
        goOnWhenSettled(proposal);
    }

    private boolean wasAsked(String caseNumber, String person) {
        return coSigners(caseNumber).stream()
                        .anyMatch(signer -> signer.personId().equals(person)
                                && !signer.state().equals("chosen"))
                || rows.seal(caseNumber)
                        .filter(seal -> person.equals(seal.convenerPerson())
                                && !seal.state().equals("chosen"))
                        .isPresent();
    }

    /** Takes one invitation back before it was answered. */
    public void recallInvitation(String caseNumber, String person, String memberId) {
        Proposal proposal = rows.lock(caseNumber);
        own(proposal, person);
        Signature signer = coSigners(caseNumber).stream()
                .filter(found -> found.memberId().equals(memberId) && found.invited())
                .findFirst()
                .orElseThrow(() -> new Refusal("这位联名人已经答复，或者没有被邀请，邀请不能撤回。"));
        rows.signatureState(caseNumber, memberId, "recalled", signer.how(), clock.instant());
        caseFiles.partyEnds(caseNumber, "coSigner", signer.personId());
        caseFiles.happened(caseNumber, "撤回联名邀请", signer.name());
        audit.record("proposal.recallInvitation", caseNumber, signer.name());
        goOnWhenSettled(proposal);
    }

    private void goOnWhenSettled(Proposal proposal) {
        String number = proposal.caseNumber();
        boolean waiting = coSigners(number).stream().anyMatch(Signature::invited)
                || rows.seal(number).filter(Seal::invited).isPresent();
        String instance = proposal.instanceId();
        if (!waiting && instance != null) {
            term.met(instance);
            processes.tell(instance, SIGNATURES_COMPLETE, Map.of());
        }
    }

    // ---- ways back

    /** Makes it a draft again while signatures are still collected; who has signed is asked again at the next time. */
    public void backToDraft(String caseNumber, String person) {
        Proposal proposal = rows.lock(caseNumber);
        own(proposal, person);
        if (proposal.draft() || proposal.submittedAt() != null) {
            throw new Refusal("提案已经进入审查，不能收回为草稿；需要停止的，请申请撤回提案。");
        }
        if (proposal.withdrawnAt() != null) {
            throw new Refusal("提案已经撤回，编号不再使用，不能收回为草稿；需要再提的，请新建提案。");
        }
        backToDraft(proposal, "提案者收回修改");
    }

    private void backToDraft(Proposal proposal, String why) {
        String number = proposal.caseNumber();
        Instant now = clock.instant();
        String instance = proposal.instanceId();
        term.cancelled(instance);
        rows.recalled(number);
        for (Signature signer : coSigners(number)) {
            rows.signatureState(number, signer.memberId(), "chosen", "online", now);
            caseFiles.partyEnds(number, "coSigner", signer.personId());
        }
        rows.seal(number).ifPresent(seal -> {
            rows.seal(number, new Seal(seal.documentId(), seal.convenerPerson(), seal.convenerName(), "chosen", now));
            if (seal.convenerPerson() != null) {
                caseFiles.partyEnds(number, "convener", seal.convenerPerson());
            }
        });
        caseFiles.status(number, Status.DRAFT.code(), Status.DRAFT.label());
        caseFiles.happened(number, "收回为草稿", why);
        seconding.taken(rows.get(number));
        audit.record("proposal.backToDraft", number, why);
        if (instance != null) {
            processes.cancel(instance, why);
        }
    }

    /**
     * 撤案 at the proposer's wish; the number is not used again.
     *
     * @param reason one sentence, read by the reviewers
     * @throws Refusal not his, still a draft, decided otherwise, or others were merged into it
     */
    public void withdraw(String caseNumber, String person, @Nullable String reason) {
        Proposal proposal = rows.lock(caseNumber);
        own(proposal, person);
        String why = Texts.line(reason, Texts.LONGEST_LINE, "reason", "撤回理由");
        if (why.isEmpty()) {
            throw new Refusal("reason", "请写明撤回的理由。");
        }
        Verdict verdict = proposal.verdict();
        boolean lives = verdict == null || verdict == Verdict.FILE || verdict == Verdict.MERGE;
        if (proposal.draft() || proposal.withdrawnAt() != null || !lives) {
            throw new Refusal("这份提案现在不能撤回：它还是草稿、已经撤回，或者已有审查结论。");
        }
        if (Status.of(caseFiles.get(caseNumber)).answered()) {
            throw new Refusal("承办单位已经答复，提案不能再撤回；对答复有意见的，请与提案委员会办公室联系。");
        }
        merging.leadsNobody(proposal, "不能撤回", "请与提案委员会办公室联系，先撤销并案，再申请撤回。");
        Instant now = clock.instant();
        String lead = proposal.merged() ? proposal.leadCase() : null;
        if (lead != null) {
            merging.endLink(proposal);
        }
        rows.withdrawn(caseNumber, now);
        term.cancelled(proposal.instanceId());
        endInvitations(caseNumber, now);
        caseFiles.status(caseNumber, Status.WITHDRAWN.code(), Status.WITHDRAWN.label());
        caseFiles.happened(caseNumber, "撤回提案", why);
        informing.proposers(proposal, "withdrawn", "1", Map.of("reason", why));
        seconding.withdrawn(proposal);
        audit.record("proposal.withdraw", caseNumber, "撤回提案");
        String instance = proposal.instanceId();
        if (instance != null && !processes.tell(instance, proposal.mock() ? MOCK_WITHDRAWN : WITHDRAWN, Map.of())) {
            throw new Refusal("这份提案的办理刚刚结束，没有撤回，请刷新页面查看。");
        }
        if (lead != null) {
            events.publishEvent(new MergeEnded(lead, caseNumber, why));
        }
        events.publishEvent(new ProposalWithdrawn(caseNumber));
        caseFiles.close(caseNumber);
    }

    /** Who has not answered yet is asked no more and reads no more. */
    private void endInvitations(String caseNumber, Instant now) {
        coSigners(caseNumber).stream().filter(Signature::invited).forEach(signer -> {
            rows.signatureState(caseNumber, signer.memberId(), "recalled", signer.how(), now);
            caseFiles.partyEnds(caseNumber, "coSigner", signer.personId());
        });
        rows.seal(caseNumber).filter(Seal::invited).ifPresent(seal -> {
            rows.seal(
                    caseNumber, new Seal(seal.documentId(), seal.convenerPerson(), seal.convenerName(), "lapsed", now));
            if (seal.convenerPerson() != null) {
                caseFiles.partyEnds(caseNumber, "convener", seal.convenerPerson());
            }
        });
    }

    private static void own(Proposal proposal, String person) {
        if (!Drafts.writer(proposal).equals(person)
                && !proposal.proposerPerson().equals(person)) {
            throw new Refusal("没有这份提案，请从列表重新进入。");
        }
    }

    private List<Signature> coSigners(String caseNumber) {
        return rows.signatures(caseNumber).stream()
                .filter(signature -> signature.role().equals("co"))
                .toList();
    }

    /** Short line on cards: 卫林书, 卫林书等3人, 民盟长治市委员会. */
    String unitLine(Proposal proposal) {
        return unitLine(
                proposal,
                rows.signatures(proposal.caseNumber()).stream()
                        .filter(Signature::confirmed)
                        .count());
    }

    /** @param all how many have signed, the first proposer among them */
    static String unitLine(Proposal proposal, long all) {
        if (proposal.collective()) {
            return proposal.proposerName();
        }
        return all > 1 ? proposal.proposerName() + "等" + all + "人" : proposal.proposerName();
    }

    static String periodName(Proposal proposal) {
        return "interim".equals(proposal.period()) ? "平时提案" : "大会提案";
    }

    static String kindName(Proposal proposal) {
        CollectiveKind collective = proposal.collectiveKind();
        if (collective != null) {
            return "集体提案（" + collective.label() + "）";
        }
        return proposal.kind().equals("joint") ? "联名提案" : "委员提案";
    }
}
