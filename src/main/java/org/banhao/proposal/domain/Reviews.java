package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.MeetingKind;
import org.banhao.casefile.TimelineEntry;
import org.banhao.flow.Footprint;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The three levels of review (初审、复审、终审) and what follows from the last one. Each conclusion is an append-only row;
 * until the last one every state is a plan (拟…). Called inside the engine's transaction.
 */
@Service
@Transactional
public class Reviews {

    /** Meetings that may decide on putting on file. */
    static final Set<MeetingKind> MEETINGS = EnumSet.of(
            MeetingKind.COMMITTEE, MeetingKind.CHAIRS_COUNCIL, MeetingKind.PARTY_GROUP, MeetingKind.STANDING_COMMITTEE);

    private static final String OF_CASE = "case_number = :of";

    private final ProposalRows rows;
    private final ReviewRows reviews;
    private final Drafts drafts;
    private final Sessions sessions;
    private final CaseFiles caseFiles;
    private final CaseMeetings caseMeetings;
    private final People people;
    private final Revisers revisers;
    private final Merging merging;
    private final Seconding seconding;
    private final Informing informing;
    /** Found when asked for: those stages know this one. */
    private final ObjectProvider<LaterStage> laterStages;

    private final Audit audit;
    private final Clock clock;

    Reviews(
            ProposalRows rows,
            ReviewRows reviews,
            Drafts drafts,
            Sessions sessions,
            CaseFiles caseFiles,
            CaseMeetings caseMeetings,
            People people,
            Revisers revisers,
            Merging merging,
            Seconding seconding,
            Informing informing,
            ObjectProvider<LaterStage> laterStages,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.reviews = reviews;
        this.drafts = drafts;
        this.sessions = sessions;
        this.caseFiles = caseFiles;
        this.caseMeetings = caseMeetings;
        this.people = people;
        this.revisers = revisers;
        this.merging = merging;
        this.seconding = seconding;
        this.informing = informing;
        this.laterStages = laterStages;
        this.audit = audit;
        this.clock = clock;
    }

    /** 初审. @throws Refusal the reviewer proposes himself, or what he says does not fit */
    public void first(String caseNumber, String reviewer, ReviewInput input) {
        Proposal proposal = rows.lock(caseNumber);
        Review review = check(proposal, "first", reviewer, input, "firstOpinion");
        reviews.insert(review);
        told(proposal, review, "初审", "建议");
        if (review.verdict() == Verdict.RETURN) {
            giveBack(proposal, review);
        } else {
            status(caseNumber, Status.SECOND_REVIEW);
        }
        audit.record("proposal.firstReview", caseNumber, review.verdict().label());
    }

    /** 复审. @throws Refusal also when the reviewer did the first review of this round: four eyes */
    public void second(String caseNumber, String reviewer, ReviewInput input) {
        Proposal proposal = rows.lock(caseNumber);
        Review first = latest(caseNumber, "first", proposal.reviewRound());
        if (first != null && first.reviewer().equals(reviewer)) {
            throw new Refusal("复审人不能是本件的初审人，请取消签收，由其他同志复审。");
        }
        Review review = check(proposal, "second", reviewer, input, "secondOpinion");
        if (first != null
                && first.verdict() != review.verdict()
                && review.opinion().isBlank()) {
            throw new Refusal("secondOpinion", "复审结论与初审不同，请在「意见」里写明理由。");
        }
        reviews.insert(review);
        told(proposal, review, "复审", "建议");
        switch (review.verdict()) {
            case FILE -> status(caseNumber, Status.PLAN_FILE);
            case MERGE -> status(caseNumber, Status.PLAN_MERGE);
            case CONVERT -> status(caseNumber, Status.PLAN_CONVERT);
            case NOT_FILE -> status(caseNumber, Status.PLAN_NOT_FILE);
            case RETURN -> giveBack(proposal, review);
        }
        audit.record("proposal.secondReview", caseNumber, review.verdict().label());
    }

    /**
     * 终审 by a meeting: what it decided is recorded, nothing is decided here.
     *
     * @throws Refusal the meeting is not known or has not been held yet, or what was decided does not fit
     */
    public void decideInMeeting(String caseNumber, String recordedBy, ReviewInput input) {
        Meeting meeting = caseMeetings.deciding(meeting(input.meeting()).id());
        decide(caseNumber, recordedBy, input, meeting, meeting.name());
        List<Review> all = reviews.of(caseNumber);
        Review decided = all.get(all.size() - 1);
        caseMeetings.decided(
                meeting.id(),
                decided.agendaNumber(),
                caseNumber,
                rows.get(caseNumber).title(),
                decided.verdict().label(),
                withRecusal(decided),
                recordedBy);
    }

    /** 回避 belongs to the record of the meeting, beside what the minutes say of the item. */
    static String withRecusal(Review decided) {
        String recusal = decided.recusal();
        return recusal == null || recusal.isEmpty()
                ? decided.opinion()
                : decided.opinion() + (decided.opinion().isEmpty() ? "" : "\n") + "回避：" + recusal;
    }

    /** 终审 by the director. @throws Refusal what was decided does not fit */
    public void decideByDirector(String caseNumber, String director, ReviewInput input) {
        decide(caseNumber, director, input, null, people.signatureOf(director));
    }

    private void decide(
            String caseNumber, String person, ReviewInput input, @Nullable Meeting meeting, String decidedBy) {
        Proposal proposal = rows.lock(caseNumber);
        Instant now = clock.instant();
        Review review = check(
                proposal, "final", meeting == null ? person : null, person, input, "decisionText", meeting, decidedBy);
        Review second = latest(caseNumber, "second", proposal.reviewRound());
        if (meeting == null
                && second != null
                && second.verdict() != review.verdict()
                && review.opinion().isBlank()) {
            throw new Refusal("decisionText", "终审结论与复审不同，请写明理由。");
        }
        reviews.insert(review);
        told(proposal, review, "终审（" + decidedBy + "）", "");
        if (review.verdict() == Verdict.RETURN) {
            giveBack(proposal, review);
        } else {
            rows.decided(
                    caseNumber,
                    review.verdict(),
                    category(proposal),
                    review.destination(),
                    review.leadCase(),
                    decidedBy,
                    now);
            if (review.verdict() == Verdict.FILE) {
                status(caseNumber, Status.AWAITING_NUMBER);
            }
        }
        audit.record("proposal.decide", caseNumber, review.verdict().label() + "，" + decidedBy);
    }

    /** The last category a reviewer gave, else the proposer's own. */
    private @Nullable Category category(Proposal proposal) {
        return reviews.of(proposal.caseNumber()).stream()
                .map(Review::category)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElse(proposal.categoryWish());
    }

    private Meeting meeting(@Nullable String id) {
        try {
            return caseMeetings
                    .find(Long.parseLong(String.valueOf(id)))
                    .filter(meeting -> MEETINGS.contains(meeting.kind()))
                    .orElseThrow(() -> new Refusal("meeting", "没有这次会议，请先在“会议”页建立。"));
        } catch (NumberFormatException e) {
            throw new Refusal("meeting", "没有这次会议，请先在“会议”页建立。");
        }
    }

    // ---- the proposer's turn

    /**
     * Takes the revised text and lets review begin again.
     *
     * @param person must be the one who answers for the first proposer
     * @throws Incomplete the text breaks a rule of the session
     */
    public void revise(
            String caseNumber,
            String person,
            String title,
            String situation,
            String analysis,
            List<String> suggestions,
            List<String> wish,
            @Nullable String note) {
        Proposal proposal = rows.lock(caseNumber);
        Session session = sessions.get(proposal.sessionId());
        String cleanTitle = Texts.line(title, Texts.LONGEST_LINE, "title", "案由");
        String cleanSituation = Texts.text(situation, Texts.LONGEST_TEXT, "situation", "情况");
        String cleanAnalysis = Texts.text(analysis, Texts.LONGEST_TEXT, "analysis", "问题分析");
        List<String> cleanSuggestions = Drafts.suggestions(new ArrayList<>(suggestions));
        List<Missing> missing = new ArrayList<>();
        Drafts.textRules(session, cleanTitle, cleanSituation, cleanAnalysis, cleanSuggestions, missing);
        if (!missing.isEmpty()) {
            throw new Incomplete(missing);
        }
        List<String> units = drafts.wish(wish, session);
        Instant now = clock.instant();
        rows.text(caseNumber, cleanTitle, cleanSituation, cleanAnalysis, cleanSuggestions, now);
        rows.wish(caseNumber, units);
        rows.nextRound(caseNumber);
        Proposal revised = rows.get(caseNumber);
        String cleanNote = Texts.text(note, 300, "changeNote", "修改说明");
        rows.version(caseNumber, revised, cleanNote.isEmpty() ? null : cleanNote, people.signatureOf(person), now);
        CaseRow row = caseFiles.get(caseNumber);
        caseFiles.change(
                caseNumber,
                row.version(),
                cleanTitle,
                Status.FIRST_REVIEW.code(),
                Status.FIRST_REVIEW.label(),
                row.unit());
        caseFiles.happened(caseNumber, "修改后重新提交", cleanNote.isEmpty() ? null : cleanNote);
        seconding.revised(revised);
        audit.record("proposal.revise", caseNumber, "第" + revised.reviewRound() + "次送审");
    }

    private void giveBack(Proposal proposal, Review review) {
        status(proposal.caseNumber(), Status.RETURNED);
        String round = String.valueOf(proposal.reviewRound());
        Map<String, String> values = Map.of("reason", Revisers.reasons(review));
        informing.proposers(proposal, "returned", round, values);
        String reviser = revisers.of(proposal.caseNumber());
        if (reviser != null) {
            // nobody is told twice: only who speaks for the proposer by now is new here
            informing.one(proposal, "returned", round, reviser, values);
        }
    }

    // ---- what the process calls after the last decision

    /** 转为意见建议: where it went is kept and told; it still counts among those collected. */
    public void convertToSuggestion(String caseNumber) {
        Proposal proposal = rows.lock(caseNumber);
        Destination destination = Objects.requireNonNull(proposal.destination(), "converted without a destination");
        status(caseNumber, Status.CONVERTED);
        caseFiles.happened(caseNumber, "转为意见建议", "转往：" + destination.label());
        informing.proposers(proposal, "converted", "1", Map.of("destination", destination.label()));
        caseFiles.close(caseNumber);
        audit.record("proposal.convert", caseNumber, destination.label());
    }

    /** 不予立案: the ground is told to everybody who proposed. */
    public void notifyNotFiled(String caseNumber) {
        Proposal proposal = rows.lock(caseNumber);
        String ground = groundText(caseNumber);
        status(caseNumber, Status.NOT_FILED);
        caseFiles.happened(caseNumber, "告知不立案理由", ground);
        informing.proposers(proposal, "notFiled", "1", Map.of("ground", ground));
        caseFiles.close(caseNumber);
        audit.record("proposal.notFile", caseNumber, ground);
    }

    /** Only a mark and a word to the proposer and to who returned it; he may still hand it in again. */
    public void markResubmissionOverdue(String caseNumber) {
        Proposal proposal = rows.lock(caseNumber);
        rows.resubmissionOverdue(caseNumber, clock.instant());
        caseFiles.happened(caseNumber, "逾期未重提", "期限已过，仍可重新提交");
        String occasion = String.valueOf(proposal.reviewRound());
        Set<String> persons = new LinkedHashSet<>(List.of(proposal.proposerPerson()));
        Review first = latest(caseNumber, "first", proposal.reviewRound());
        if (first != null) {
            persons.add(first.reviewer());
        }
        persons.forEach(person -> informing.one(proposal, "resubmissionOverdue", occasion, person, Map.of()));
        revisers.again(caseNumber);
        audit.record("proposal.resubmissionOverdue", caseNumber, "逾期未重提");
    }

    // ---- what pages and forms show

    @Transactional(readOnly = true)
    public List<Review> of(String caseNumber) {
        return reviews.of(caseNumber);
    }

    /** The last conclusion of that level in the present round, or null. */
    @Transactional(readOnly = true)
    public @Nullable Review latest(String caseNumber, String level) {
        return latest(caseNumber, level, rows.get(caseNumber).reviewRound());
    }

    /** The same of many, by case number; those without one are left out. */
    @Transactional(readOnly = true)
    public Map<String, Review> latest(Collection<Proposal> proposals, String level) {
        Map<String, List<Review>> all =
                reviews.of(proposals.stream().map(Proposal::caseNumber).toList());
        Map<String, Review> latest = new HashMap<>();
        proposals.forEach(proposal -> {
            Review review = latest(all.getOrDefault(proposal.caseNumber(), List.of()), level, proposal.reviewRound());
            if (review != null) {
                latest.put(proposal.caseNumber(), review);
            }
        });
        return latest;
    }

    /** Why it came back, in the present round, or null. */
    @Transactional(readOnly = true)
    public @Nullable Review returned(String caseNumber) {
        return returned(reviews.of(caseNumber), rows.get(caseNumber).reviewRound());
    }

    static @Nullable Review returned(List<Review> all, int round) {
        return all.stream()
                .filter(review -> review.round() == round && review.verdict() == Verdict.RETURN)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private @Nullable Review latest(String caseNumber, String level, int round) {
        return latest(reviews.of(caseNumber), level, round);
    }

    static @Nullable Review latest(List<Review> all, String level, int round) {
        return all.stream()
                .filter(review -> review.level().equals(level) && review.round() == round)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    @Transactional(readOnly = true)
    public List<Ground> grounds() {
        return reviews.grounds(ChineseTime.day(clock.instant()));
    }

    /** The ground of the final decision in words; empty when there is none. */
    @Transactional(readOnly = true)
    public String groundText(String caseNumber) {
        Review last = latest(caseNumber, "final");
        String code = last == null ? null : last.ground();
        return code == null ? "" : reviews.groundWords().getOrDefault(code, code);
    }

    /** Those that may still decide on proposals, latest first. */
    @Transactional(readOnly = true)
    public List<Meeting> meetings() {
        return caseMeetings.all().stream()
                .filter(meeting -> MEETINGS.contains(meeting.kind()) && !meeting.closed())
                .toList();
    }

    /**
     * Cases each of these may be merged into: of its session, under review or on file, neither itself nor a merged one, nor one that was
     * answered, be it in part.
     */
    @Transactional(readOnly = true)
    public Map<String, List<Lead>> possibleLeads(Collection<String> caseNumbers) {
        return possibleLeads(caseNumbers, rows.titled());
    }

    /** The same, of titles that are known already. */
    List<Lead> possibleLeads(String caseNumber, List<ProposalRows.Titled> titles) {
        return possibleLeads(List.of(caseNumber), titles).getOrDefault(caseNumber, List.of());
    }

    private Map<String, List<Lead>> possibleLeads(Collection<String> caseNumbers, List<ProposalRows.Titled> titles) {
        Map<String, String> sessionOf = titles.stream()
                .filter(title -> caseNumbers.contains(title.caseNumber()))
                .collect(Collectors.toMap(ProposalRows.Titled::caseNumber, ProposalRows.Titled::sessionId));
        Map<String, List<ProposalRows.Titled>> leading = leading(new HashSet<>(sessionOf.values()), titles);
        Map<String, List<Lead>> leads = new HashMap<>();
        for (String number : caseNumbers) {
            leads.put(
                    number,
                    leading.getOrDefault(sessionOf.getOrDefault(number, ""), List.of()).stream()
                            .filter(other -> !other.caseNumber().equals(number))
                            .map(other -> new Lead(other.caseNumber(), other.title()))
                            .toList());
        }
        return leads;
    }

    /** By session, those of all titles that may lead others: under review or on file, and no unit has delivered a reply to them. */
    private Map<String, List<ProposalRows.Titled>> leading(Set<String> sessionIds, List<ProposalRows.Titled> titles) {
        List<ProposalRows.Titled> open = titles.stream()
                .filter(one -> sessionIds.contains(one.sessionId()) && one.submitted())
                .filter(one -> one.verdict() == null || one.verdict() == Verdict.FILE)
                .toList();
        Set<String> replied = replied(open.stream()
                .filter(one -> one.verdict() == Verdict.FILE)
                .map(ProposalRows.Titled::caseNumber)
                .toList());
        return open.stream()
                .filter(one -> !replied.contains(one.caseNumber()))
                .collect(Collectors.groupingBy(ProposalRows.Titled::sessionId));
    }

    private Set<String> replied(Collection<String> caseNumbers) {
        return laterStages.stream()
                .flatMap(stage -> stage.replied(caseNumbers).stream())
                .collect(Collectors.toSet());
    }

    public record Lead(String caseNumber, String title) {}

    // ---- checks

    private Review check(Proposal proposal, String level, String reviewer, ReviewInput input, String opinionField) {
        return check(proposal, level, reviewer, reviewer, input, opinionField, null, people.signatureOf(reviewer));
    }

    /** @param judge whose own judgement it is; null when a meeting's is only recorded */
    private Review check(
            Proposal proposal,
            String level,
            @Nullable String judge,
            String recordedBy,
            ReviewInput input,
            String opinionField,
            @Nullable Meeting meeting,
            String decidedBy) {
        if (judge != null && proposes(proposal, judge)) {
            throw new Refusal("您是本件的提案者，审查应当回避，请由其他同志办理。");
        }
        Verdict verdict = Coded.choice(Verdict.class, input.verdict(), level + "Verdict", "结论");
        if (verdict == Verdict.MERGE && proposal.mock()) {
            throw new Refusal(level + "Verdict", "模拟提案各自评审，不作并案，请另选结论。");
        }
        // a return takes effect at each level, a merge is prepared at each; the rest is advice until the last one
        boolean ends =
                level.equals("final") ? verdict != Verdict.FILE : verdict == Verdict.RETURN || verdict == Verdict.MERGE;
        if (ends) {
            merging.leadsNobody(proposal, "不能" + verdict.label(), "请先由提案委员会办公室在“并案”页撤销并案，或者改为立案。");
        }
        String opinion = Texts.text(input.opinion(), 1000, opinionField, "意见");
        List<Defect> defects = input.defects().stream()
                .map(code -> Coded.choice(Defect.class, code, "defects", "需要补正的地方"))
                .toList();
        String lead = null;
        String ground = null;
        Destination destination = null;
        switch (verdict) {
            case MERGE -> lead = lead(proposal, input.leadCase());
            case NOT_FILE -> ground = ground(input.ground());
            case CONVERT ->
                destination =
                        Coded.choice(Destination.class, String.valueOf(input.destination()), "destination", "转往何处");
            case RETURN -> {
                if (defects.isEmpty()) {
                    throw new Refusal("defects", "退回修改的，请选择需要补正的地方。");
                }
                if (defects.contains(Defect.OTHER) && opinion.isBlank()) {
                    throw new Refusal(opinionField, "选了“其他”，请在意见里写明要改什么，提案者会看到。");
                }
            }
            case FILE -> {
                // nothing more to say
            }
        }
        Set<String> known = people.units().stream().map(Unit::id).collect(Collectors.toSet());
        if (!known.containsAll(input.units())) {
            throw new Refusal("suggestedUnits", "「建议承办单位」中有不存在的单位，请重新选择。");
        }
        int most = sessions.get(proposal.sessionId()).wishLimit();
        if (input.units().size() > most) {
            throw new Refusal("suggestedUnits", "「建议承办单位」最多选" + most + "个，第一个是主办，请减少。");
        }
        if (input.agendaNumber() != null && input.agendaNumber() < 1) {
            throw new Refusal("agendaNumber", "「议程序号」从1开始。");
        }
        if (input.contactDate() != null && input.contactDate().isAfter(ChineseTime.day(clock.instant()))) {
            throw new Refusal("contactDate", "「沟通日期」不能晚于今天。");
        }
        String recusal = recusal(input.recusal(), meeting, recordedBy);
        String category = input.category();
        return new Review(
                proposal.caseNumber(),
                proposal.reviewRound(),
                level,
                verdict,
                ground,
                destination,
                defects,
                category == null ? null : Coded.choice(Category.class, category, "category", "类别"),
                opinion,
                lead,
                input.units(),
                quality(input.qualityAccurate(), "qualityAccurate"),
                quality(input.qualityValuable(), "qualityValuable"),
                quality(input.qualityFeasible(), "qualityFeasible"),
                input.keyCandidate(),
                input.contactMode() == null
                        ? null
                        : Coded.choice(ContactMode.class, input.contactMode(), "contactMode", "沟通方式")
                                .code(),
                input.contactDate(),
                meeting == null ? null : meeting.id(),
                input.agendaNumber(),
                recusal,
                recordedBy,
                recordedBy.equals(judge) ? decidedBy : people.signatureOf(recordedBy),
                decidedBy,
                clock.instant());
    }

    /** Who is recused from an item neither records its decision nor leads the meeting over it. */
    private @Nullable String recusal(@Nullable String raw, @Nullable Meeting meeting, String recordedBy) {
        if (raw == null) {
            return null;
        }
        String recusal = Texts.line(raw, Texts.LONGEST_LINE, "recusal", "回避");
        if (recusal.contains(people.nameOf(recordedBy))) {
            throw new Refusal("recusal", "「回避」里写的是您本人，这一件请由其他同志登记。");
        }
        if (meeting != null
                && !meeting.chair().isEmpty()
                && recusal.contains(meeting.chair())
                && !recusal.contains("主持")) {
            throw new Refusal("recusal", "会议主持人" + meeting.chair() + "回避的，请在「回避」里写明这一件由谁主持。");
        }
        return recusal;
    }

    private static @Nullable String quality(@Nullable String code, String field) {
        return code == null
                ? null
                : Coded.choice(Quality.class, code, field, "质量评价").code();
    }

    private boolean proposes(Proposal proposal, String person) {
        return proposal.proposerPerson().equals(person)
                || rows.signatures(proposal.caseNumber()).stream()
                        .anyMatch(signer -> signer.personId().equals(person) && signer.confirmed());
    }

    private String lead(Proposal proposal, @Nullable String number) {
        if (number == null || number.equals(proposal.caseNumber())) {
            throw new Refusal("leadCase", "请选择另一件提案作为「主案」，不能并入自己。");
        }
        // held: it must not be withdrawn or merged away while this one is being merged into it
        Proposal lead = rows.find(number)
                .map(found -> rows.lock(number))
                .filter(Proposal::mayLead)
                .orElseThrow(() -> new Refusal("leadCase", "「主案」" + number + "不在审查中或者没有立案（可能已经并入别的提案），请另选一件。"));
        if (Status.of(caseFiles.get(lead.caseNumber())).answered()) {
            throw new Refusal("leadCase", "「主案」" + number + "已经答复，并入以后不会再有单位答复本件，请另选一件或单独立案。");
        }
        if (!replied(List.of(lead.caseNumber())).isEmpty()) {
            throw new Refusal("leadCase", "「主案」" + number + "已有单位送达答复，并入以后得不到这份答复，请另选一件或单独立案。");
        }
        return lead.caseNumber();
    }

    private String ground(@Nullable String code) {
        return grounds().stream()
                .map(Ground::code)
                .filter(known -> known.equals(code))
                .findFirst()
                .orElseThrow(() -> new Refusal("ground", "请从所列情形中选择「不予立案的理由」。"));
    }

    /** Rows that a conclusion may change. */
    public static Footprint footprint(String caseNumber) {
        return Footprint.NOTHING
                .and("proposal_proposal", List.of("case_number"), OF_CASE, caseNumber)
                .and("proposal_review", OF_CASE, caseNumber);
    }

    /** Rows that the revised text after a return may change. */
    public static Footprint revision(String caseNumber) {
        return Submission.footprint(caseNumber)
                .and("proposal_suggestion", List.of("case_number", "number"), OF_CASE, caseNumber)
                .and("proposal_wished_unit", List.of("case_number", "position"), OF_CASE, caseNumber);
    }

    /** What a level before the last one concluded: not for those who propose. */
    static boolean advice(TimelineEntry entry) {
        return entry.what().startsWith("初审：") || entry.what().startsWith("复审：");
    }

    private void told(Proposal proposal, Review review, String levelName, String prefix) {
        String what = levelName + "：" + prefix + review.verdict().label();
        caseFiles.happened(proposal.caseNumber(), what, null);
    }

    private void status(String caseNumber, Status status) {
        caseFiles.status(caseNumber, status.code(), status.label());
    }

    /** Groups whose people read what reviewers wrote; units and members never do. */
    static final List<String> READ_OPINIONS = List.of(
            Roles.PROPOSAL_CLERK,
            Roles.GROUP_REVIEWER,
            Roles.COMMITTEE_DIRECTOR,
            Roles.MEETING_SECRETARY,
            Roles.SECRETARY_GENERAL);
}
