package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.AnswerRetracted;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 附议 of a proposal whose proposer has ticked 同意其他委员附议: by members in office, from handing in until 交办, taken back until
 * then. Bayannur keeps 附议 apart from 联名: who seconds is asked for no opinion of the reply, has no vote and reads no more of
 * the case than the list of what may be seconded tells. No rule of Changzhi is known.
 */
@Service
@Transactional
public class Seconding {

    /** Of a text in the list: enough to know the matter. */
    private static final int BEGINNING = 200;

    private final ProposalRows rows;
    private final SecondRows seconds;
    private final Sessions sessions;
    private final CaseFiles caseFiles;
    private final People people;
    private final Informing informing;
    private final Audit audit;
    private final Clock clock;

    Seconding(
            ProposalRows rows,
            SecondRows seconds,
            Sessions sessions,
            CaseFiles caseFiles,
            People people,
            Informing informing,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.seconds = seconds;
        this.sessions = sessions;
        this.caseFiles = caseFiles;
        this.people = people;
        this.informing = informing;
        this.audit = audit;
        this.clock = clock;
    }

    // ---- what a member sees

    /**
     * A proposal that a member may second, as far as others may know it.
     *
     * @param situation its beginning; empty unless all of the proposal may be published
     * @param suggestions likewise, the beginning of each
     * @param seconds how many second it already
     */
    public record Offer(
            String caseNumber,
            String title,
            String proposer,
            String category,
            String situation,
            List<String> suggestions,
            int seconds) {}

    /** Whether the person is a member in office today, in whose own name he may second. */
    @Transactional(readOnly = true)
    public boolean maySecond(String person) {
        return member(person).isPresent();
    }

    /** What the person may second now, the newest first; nothing for who is no member. */
    @Transactional(readOnly = true)
    public List<Offer> offers(String person) {
        Member member = member(person).orElse(null);
        Session session = sessions.open().orElse(null);
        if (member == null || session == null) {
            return List.of();
        }
        List<Proposal> found = rows.secondable(session.id());
        List<String> numbers = found.stream().map(Proposal::caseNumber).toList();
        Map<String, CaseRow> cases = caseFiles.all(numbers);
        Map<String, List<Signature>> signatures = rows.signatures(numbers);
        Map<String, Seal> seals = rows.seals(numbers);
        Map<String, List<Second>> standing = seconds.of(numbers);
        List<Member> own = people.membershipsOf(person);
        return found.stream()
                .filter(proposal -> open(proposal, session, cases.get(proposal.caseNumber())))
                .filter(proposal -> !proposes(
                        proposal,
                        signatures.getOrDefault(proposal.caseNumber(), List.of()),
                        seals.get(proposal.caseNumber()),
                        person,
                        own))
                .filter(proposal -> of(member, standing.getOrDefault(proposal.caseNumber(), List.of()))
                        .isEmpty())
                .sorted(Comparator.comparing((Proposal proposal) -> Objects.requireNonNull(proposal.handedInAt()))
                        .thenComparing(Proposal::caseNumber)
                        .reversed())
                .map(proposal -> offer(
                        proposal,
                        standing.getOrDefault(proposal.caseNumber(), List.of()).size()))
                .toList();
    }

    private static Offer offer(Proposal proposal, int seconds) {
        boolean whole = proposal.consent() == Consent.FULL;
        return new Offer(
                proposal.caseNumber(),
                proposal.shownTitle(),
                proposal.proposerName(),
                proposal.categoryWish() == null ? "未选" : proposal.categoryWish().label(),
                whole ? beginning(proposal.situation()) : "",
                whole
                        ? proposal.suggestions().stream()
                                .map(Seconding::beginning)
                                .toList()
                        : List.of(),
                seconds);
    }

    private static String beginning(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= BEGINNING
                ? line
                : line.substring(0, line.offsetByCodePoints(0, BEGINNING)) + "…";
    }

    /** A proposal the person seconds. What became of it is told to its proposers, not to him. */
    public record Own(
            String caseNumber, String title, String proposer, Instant at, String stateLine, boolean mayWithdraw) {}

    /** What the person seconds, the latest first; also when he is no member any more. */
    @Transactional(readOnly = true)
    public List<Own> own(String person) {
        Map<String, Second> own = seconds.by(person);
        List<Proposal> proposals = rows.all(own.keySet());
        Map<String, CaseRow> cases = cases(proposals);
        return proposals.stream()
                .map(proposal -> {
                    boolean may = mayWithdraw(proposal, cases);
                    return new Own(
                            proposal.caseNumber(),
                            proposal.shownTitle(),
                            proposal.proposerName(),
                            Objects.requireNonNull(own.get(proposal.caseNumber()))
                                    .at(),
                            stateLine(proposal, may),
                            may);
                })
                .sorted(Comparator.comparing(Own::at)
                        .thenComparing(Own::caseNumber)
                        .reversed())
                .toList();
    }

    private static String stateLine(Proposal proposal, boolean mayWithdraw) {
        if (proposal.withdrawnAt() != null) {
            return "提案者已撤回提案";
        }
        return mayWithdraw ? "交办以前可以撤回附议" : "附议已记入提案，不能再撤回";
    }

    // ---- what he does

    /** @throws Refusal no member in office, nothing that may be seconded, his own, or he has seconded it already */
    public void second(String caseNumber, String person) {
        Member member = member(person).orElseThrow(() -> new Refusal("只有在任的委员可以附议；名册有误的，请与提案委员会办公室联系。"));
        // a foreign one is not held
        required(caseNumber, rows.find(caseNumber).orElse(null));
        Proposal proposal = required(caseNumber, rows.lock(caseNumber));
        if (proposes(
                proposal,
                rows.signatures(caseNumber),
                rows.seal(caseNumber).orElse(null),
                person,
                people.membershipsOf(person))) {
            throw new Refusal("您是" + proposal.numberAndTitle() + "的提案者或者已被邀请联名、确认，不能附议。");
        }
        of(member, seconds.of(caseNumber)).ifPresent(earlier -> {
            throw new Refusal("您已于" + ChineseTime.text(earlier.at()) + "附议这件提案，不必再附议。");
        });
        Instant now = clock.instant();
        seconds.insert(caseNumber, new Second(member.id(), person, member.name(), now));
        int all = seconds.of(caseNumber).size();
        caseFiles.happened(caseNumber, "委员" + member.name() + "附议", null);
        // once a day, however many they are: the page has all names
        informing.one(
                proposal,
                "seconded",
                ChineseTime.day(now).toString(),
                proposal.proposerPerson(),
                Map.of("names", member.name(), "counts", String.valueOf(all)));
        audit.record("proposal.second", caseNumber, "附议");
    }

    /** The same words for a number that was never given: nobody learns of a proposal by trying. */
    private Proposal required(String caseNumber, @Nullable Proposal proposal) {
        Session session = sessions.open().orElse(null);
        if (proposal == null
                || session == null
                || !open(proposal, session, caseFiles.find(caseNumber).orElse(null))) {
            throw new Refusal("没有这件可以附议的提案，可能已经交办、撤回或者退回修改，请从“附议”页重新进入。");
        }
        return proposal;
    }

    /** @throws Refusal he does not second it, or it is too late */
    public void withdraw(String caseNumber, String person) {
        if (!seconds.by(person).containsKey(caseNumber)) {
            throw notSeconded();
        }
        Proposal proposal = rows.lock(caseNumber);
        Second own = Optional.ofNullable(seconds.by(person).get(caseNumber)).orElseThrow(Seconding::notSeconded);
        if (!mayWithdraw(proposal, cases(List.of(proposal)))) {
            throw new Refusal("这件提案已经交办或者已有审查结论，附议不能再撤回；需要更正的，请与提案委员会办公室联系。");
        }
        seconds.delete(caseNumber, own);
        caseFiles.happened(caseNumber, "委员" + own.name() + "撤回附议", null);
        audit.record("proposal.withdrawSecond", caseNumber, "撤回附议");
    }

    private static Refusal notSeconded() {
        return new Refusal("您没有附议这件提案，或者附议已经取消，请刷新页面后再看。");
    }

    // ---- what becomes of the proposal

    /** 收回为草稿: its text may become another one, so nobody stands behind it any more. */
    void taken(Proposal draft) {
        String number = draft.caseNumber();
        List<Second> all = seconds.of(number);
        if (all.isEmpty()) {
            return;
        }
        seconds.deleteAll(number);
        caseFiles.happened(number, "附议随收回取消", all.stream().map(Second::name).collect(Collectors.joining("、")));
        tell(draft, all, "draft-" + clock.instant().getEpochSecond(), "提案者已把提案收回修改，您的附议随之取消；重新提交以后，可以再次附议。");
        audit.record("proposal.endSeconds", number, all.size() + "位");
    }

    /** The same by 撤回「提交提案」. */
    @EventListener
    public void on(AnswerRetracted retracted) {
        Proposal draft =
                rows.find(retracted.caseNumber()).filter(Proposal::draft).orElse(null);
        if (draft != null) {
            taken(draft);
        }
    }

    /** 修改后重新提交: another text than the one they knew; they stay unless they say otherwise. */
    void revised(Proposal proposal) {
        tell(
                proposal,
                seconds.of(proposal.caseNumber()),
                "round-" + proposal.reviewRound(),
                "提案已经修改并重新提交。您的附议继续有效；不再附议的，可以在交办以前撤回。");
    }

    /** 撤回提案: who seconded it stays in the record. */
    void withdrawn(Proposal proposal) {
        tell(proposal, seconds.of(proposal.caseNumber()), "withdrawn", "提案者已撤回提案，不再办理。");
    }

    private void tell(Proposal proposal, List<Second> all, String occasion, String what) {
        all.forEach(
                one -> informing.seconder(proposal, "secondedChanged", occasion, one.personId(), Map.of("what", what)));
    }

    // ---- rules

    private Optional<Member> member(String person) {
        return people.membershipsOf(person).stream()
                .filter(member -> member.kind().equals("member"))
                .findFirst();
    }

    private static Optional<Second> of(Member member, List<Second> all) {
        return all.stream()
                .filter(second -> second.memberId().equals(member.id()))
                .findFirst();
    }

    /**
     * Ticked, handed in and on its way to 交办. What is returned is in its proposer's hands, what is merged lives with its lead
     * case. 内部 is narrower than the tick: it is shown to nobody who does not work on it.
     */
    private static boolean open(Proposal proposal, Session session, @Nullable CaseRow row) {
        if (row == null
                || proposal.draft()
                || proposal.mock()
                || proposal.withdrawnAt() != null
                || !proposal.secondable()
                || proposal.consent() == Consent.INTERNAL
                || !proposal.sessionId().equals(session.id())) {
            return false;
        }
        return switch (Status.of(row)) {
            case COLLECTING,
                    FIRST_REVIEW,
                    SECOND_REVIEW,
                    PLAN_FILE,
                    PLAN_MERGE,
                    PLAN_CONVERT,
                    PLAN_NOT_FILE,
                    AWAITING_NUMBER,
                    FILED -> true;
            default -> false;
        };
    }

    /** Until 交办, of a merged one until that of its lead case. */
    private static boolean mayWithdraw(Proposal proposal, Map<String, CaseRow> cases) {
        if (proposal.draft() || proposal.withdrawnAt() != null) {
            return false;
        }
        CaseRow row =
                cases.get(proposal.merged() ? Objects.requireNonNull(proposal.leadCase()) : proposal.caseNumber());
        if (row == null) {
            return false;
        }
        Status status = Status.of(row);
        return !status.assigned()
                && status != Status.CONVERTED
                && status != Status.NOT_FILED
                && status != Status.WITHDRAWN;
    }

    /** Their own and those of their lead cases. */
    private Map<String, CaseRow> cases(Collection<Proposal> proposals) {
        Map<String, CaseRow> cases = new HashMap<>(
                caseFiles.all(proposals.stream().map(Proposal::caseNumber).toList()));
        cases.putAll(caseFiles.all(proposals.stream()
                .map(Proposal::leadCase)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet())));
        return cases;
    }

    /** Also who is still asked to sign or to confirm: he says so there. */
    private static boolean proposes(
            Proposal proposal, List<Signature> signatures, @Nullable Seal seal, String person, List<Member> own) {
        return proposal.proposerPerson().equals(person)
                || person.equals(proposal.enteredBy())
                || own.stream().anyMatch(member -> member.id().equals(proposal.proposerMember()))
                || signatures.stream()
                        .anyMatch(
                                signer -> signer.personId().equals(person) && (signer.invited() || signer.confirmed()))
                || seal != null && person.equals(seal.convenerPerson()) && (seal.invited() || seal.confirmed());
    }
}
