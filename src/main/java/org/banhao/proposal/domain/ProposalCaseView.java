package org.banhao.proposal.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseChoices;
import org.banhao.casefile.CaseFacts;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.Ledger;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.StoredDocument;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A proposal in the dossier. Reviewers' opinions are read by the conference's own staff only. */
@Component
@Order(10)
@Transactional(readOnly = true)
class ProposalCaseView implements CaseView {

    private static final List<String> READERS = Stream.concat(
                    Reviews.READ_OPINIONS.stream(), Stream.of(Roles.SUPERVISING_CHAIR))
            .toList();

    private static final List<String> KEEPERS = List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
    private static final Set<String> ARCHIVED_IN = Stream.of(
                    Status.CLOSED, Status.MERGED, Status.CONVERTED, Status.NOT_FILED, Status.WITHDRAWN)
            .map(Status::code)
            .collect(Collectors.toUnmodifiableSet());
    private static final int MOST_SIMILAR = 8;

    private final ProposalRows rows;
    private final SecondRows seconds;
    private final Sessions sessions;
    private final Reviews reviews;
    private final ReviewFacts facts;
    private final People people;
    private final List<LaterStage> laterStages;

    ProposalCaseView(
            ProposalRows rows,
            SecondRows seconds,
            Sessions sessions,
            Reviews reviews,
            ReviewFacts facts,
            People people,
            List<LaterStage> laterStages) {
        this.rows = rows;
        this.seconds = seconds;
        this.sessions = sessions;
        this.reviews = reviews;
        this.facts = facts;
        this.people = people;
        this.laterStages = laterStages;
    }

    @Override
    public String kind() {
        return "TA";
    }

    @Override
    public Map<String, String> summary(CaseRow row) {
        Map<String, String> summary = new LinkedHashMap<>();
        Proposal proposal = rows.find(row.number()).orElse(null);
        if (proposal == null) {
            return summary;
        }
        put(summary, "性质", proposal.mock() ? "模拟提案：不计入统计，不交办，不办理答复" : null);
        summary.put("届次", sessions.get(proposal.sessionId()).name());
        put(summary, "案号", proposal.fileNumberText());
        summary.put("提案者", facts.proposerLine(proposal));
        String coSigners = rows.signatures(row.number()).stream()
                .filter(signer -> signer.role().equals("co") && signer.confirmed())
                .map(Signature::name)
                .collect(Collectors.joining("、"));
        put(summary, "联名人", coSigners.isEmpty() ? null : coSigners);
        if (proposal.onBehalf()) {
            summary.put("录入", proposal.enteredByName() + "（代 " + proposal.proposerName() + "）");
        }
        if (proposal.submittedAt() != null) {
            summary.put("提交", ChineseTime.text(proposal.submittedAt()));
        }
        summary.put("类别", proposal.categoryName());
        summary.put("希望的承办单位", facts.wishLine(proposal));
        put(
                summary,
                "能否公开",
                proposal.consent() == null ? null : proposal.consent().label());
        put(summary, "来源", proposal.source() == null ? null : proposal.source().label());
        if (proposal.researchBased()) {
            summary.put("经调研形成", labels(proposal.researchForms()));
        }
        if (proposal.raisedBefore()) {
            summary.put("往年提过", proposal.raisedBeforeNote());
        }
        put(summary, "希望的沟通方式", proposal.contactWays().isEmpty() ? null : labels(proposal.contactWays()));
        if (proposal.referenceOnly()) {
            summary.put("答复", "仅供工作参考，不需要书面答复");
        }
        if (proposal.secondable()) {
            summary.put("附议", Second.summary(proposal, seconds.of(row.number())));
        }
        laterStages.forEach(stage -> stage.summary(row.number(), summary));
        return summary;
    }

    // ---- lists

    @Override
    public Map<String, CaseFacts> facts(Collection<CaseRow> cases) {
        List<String> numbers = cases.stream().map(CaseRow::number).toList();
        Map<String, List<Signature>> signatures = rows.signatures(numbers);
        UnitParts parts = new UnitParts();
        laterStages.forEach(stage -> stage.listed(numbers, parts));
        Map<String, Integer> orders = people.units().stream().collect(Collectors.toMap(Unit::id, Unit::order));
        Map<String, CaseFacts> all = new HashMap<>();
        for (Proposal proposal : rows.all(numbers)) {
            String number = proposal.caseNumber();
            List<String> signers = signatures.getOrDefault(number, List.of()).stream()
                    .filter(Signature::confirmed)
                    .map(Signature::name)
                    .toList();
            Category category =
                    proposal.categoryDecided() == null ? proposal.categoryWish() : proposal.categoryDecided();
            List<String> texts = new ArrayList<>();
            // a draft is its writer's alone, whoever else may read the case
            if (!proposal.draft()) {
                texts.add(proposal.situation());
                texts.add(proposal.analysis());
                texts.addAll(proposal.suggestions());
            }
            all.put(
                    number,
                    new CaseFacts(
                            Submission.unitLine(proposal, signers.size()),
                            category == null ? null : category.label(),
                            proposal.period() == null ? null : Submission.periodName(proposal),
                            parts.supervision(number),
                            Stream.concat(Stream.of(proposal.proposerName()), signers.stream())
                                    .distinct()
                                    .toList(),
                            texts,
                            parts.of(number, orders)));
        }
        return all;
    }

    @Override
    public Optional<CaseChoices> choices(List<String> groups) {
        return Optional.of(choices("提案", sessions.all(), groups));
    }

    CaseChoices choices(String kindName, List<Session> terms, List<String> groups) {
        Map<String, String> statuses = new LinkedHashMap<>();
        boolean opinions = readsOpinions(groups);
        for (Status status : Status.values()) {
            statuses.put(status.code(), opinions ? status.label() : status.toldName());
        }
        Map<String, String> names = new LinkedHashMap<>();
        terms.forEach(term -> names.put(term.id(), term.name()));
        Map<String, String> classes = new LinkedHashMap<>();
        laterStages.forEach(stage -> classes.putAll(stage.resultClasses()));
        return new CaseChoices(
                kindName,
                statuses,
                names,
                Arrays.stream(Category.values()).map(Category::label).toList(),
                List.of("大会提案", "平时提案"),
                classes);
    }

    @Override
    public List<Ledger> ledgers() {
        return ProposalLedgers.ALL;
    }

    @Override
    public List<Ledger> ledgers(List<String> groups) {
        return groups.contains(Roles.STAFF) ? ledgers() : List.of();
    }

    private static String labels(List<? extends Coded> values) {
        return values.stream().map(Coded::label).collect(Collectors.joining("、"));
    }

    /** From handing in on the committee works with all of them, the leaders who supervise look at them; a draft is its writer's. */
    @Override
    public List<String> readers(CaseRow row) {
        return rows.find(row.number()).map(ProposalCaseView::readers).orElse(List.of());
    }

    @Override
    public Map<String, List<String>> readers(Collection<CaseRow> cases) {
        return rows.all(cases.stream().map(CaseRow::number).toList()).stream()
                .collect(Collectors.toMap(Proposal::caseNumber, ProposalCaseView::readers));
    }

    private static List<String> readers(Proposal proposal) {
        if (proposal.submittedAt() == null) return List.of();
        return proposal.mock() ? Reviews.READ_OPINIONS : READERS;
    }

    @Override
    public @Nullable String writer(CaseRow row) {
        return rows.find(row.number())
                .filter(Proposal::draft)
                .map(Drafts::writer)
                .orElse(null);
    }

    private static void put(Map<String, String> summary, String label, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            summary.put(label, text);
        }
    }

    @Override
    public List<Section> sections(CaseRow row, String personId, List<String> groups) {
        Proposal proposal = rows.find(row.number()).orElse(null);
        // a draft is its writer's alone, whoever else may read the case
        if (proposal == null || (proposal.draft() && !Drafts.writer(proposal).equals(personId))) {
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("情况", proposal.situation(), List.of()));
        sections.add(new Section("问题分析", proposal.analysis(), List.of()));
        sections.add(new Section("建议", "", proposal.suggestions()));
        List<String> seconded =
                seconds.of(row.number()).stream().map(Second::line).toList();
        if (!seconded.isEmpty()) {
            sections.add(new Section("附议", "", seconded));
        }
        if (readsOpinions(groups)) {
            List<String> opinions = reviews.of(row.number()).stream()
                    .map(ProposalCaseView::line)
                    .toList();
            if (!opinions.isEmpty()) {
                sections.add(new Section("审查意见", "", opinions));
            }
        }
        laterStages.forEach(stage -> sections.addAll(stage.sections(row.number(), groups)));
        return sections;
    }

    static boolean readsOpinions(List<String> groups) {
        return groups.stream().anyMatch(Reviews.READ_OPINIONS::contains);
    }

    /** A plan (拟…) is advice until the final decision. */
    @Override
    public String statusName(CaseRow row, List<String> groups) {
        Status status = Coded.find(Status.class, row.status());
        return status == null || readsOpinions(groups) ? row.statusName() : status.toldName();
    }

    /** The text as it was handed in each time, for all who read the case; a draft has not been. */
    @Override
    public List<VersionedText> texts(CaseRow row, String personId, List<String> groups) {
        Proposal proposal = rows.find(row.number()).orElse(null);
        if (proposal == null || proposal.draft()) {
            return List.of();
        }
        List<VersionedText> texts = new ArrayList<>();
        List<TextVersion> versions = rows.versions(row.number()).stream()
                .map(one -> new TextVersion(
                        one.number(), one.who(), one.at(), one.note() == null ? "" : one.note(), body(one)))
                .toList();
        if (!versions.isEmpty()) {
            texts.add(new VersionedText("body", "提案正文", versions));
        }
        laterStages.forEach(stage -> texts.addAll(stage.texts(row.number(), groups)));
        return texts;
    }

    private static String body(ProposalRows.TextVersion text) {
        return text.title() + "\n\n情况\n" + text.situation() + "\n\n问题分析\n" + text.analysis() + "\n\n建议\n"
                + text.suggestions();
    }

    /** For those who read all proposals: others would look through titles that are not theirs to see. */
    @Override
    public List<Similar> similar(CaseRow row, List<String> groups) {
        Proposal proposal = rows.find(row.number()).orElse(null);
        if (proposal == null
                || proposal.draft()
                || proposal.mock()
                || groups.stream().noneMatch(READERS::contains)) {
            return List.of();
        }
        return SimilarProposals.to(proposal.title(), row.number(), rows.titled(), MOST_SIMILAR).stream()
                .map(one -> new Similar(one.caseNumber(), one.sharedWords()))
                .toList();
    }

    @Override
    public List<String> keepers(CaseRow row) {
        return rows.find(row.number())
                .filter(proposal -> proposal.submittedAt() != null)
                .map(proposal -> KEEPERS)
                .orElse(List.of());
    }

    @Override
    public Map<String, List<String>> keepers(Collection<CaseRow> cases) {
        return rows.all(cases.stream().map(CaseRow::number).toList()).stream()
                .filter(proposal -> proposal.submittedAt() != null)
                .collect(Collectors.toMap(Proposal::caseNumber, proposal -> KEEPERS));
    }

    /** Whatever came of it: what was not filed is kept as well. */
    @Override
    public Set<String> archivedIn() {
        return ARCHIVED_IN;
    }

    @Override
    public Map<String, List<String>> missing(Collection<CaseRow> cases) {
        List<String> numbers = cases.stream().map(CaseRow::number).toList();
        Map<String, List<String>> all = new HashMap<>();
        laterStages.forEach(stage -> stage.missing(numbers)
                .forEach((number, what) ->
                        all.computeIfAbsent(number, one -> new ArrayList<>()).addAll(what)));
        return all;
    }

    @Override
    public List<Action> actions(CaseRow row, List<String> groups) {
        return laterStages.stream()
                .flatMap(stage -> stage.actions(row.number(), groups).stream())
                .toList();
    }

    /** What was handed in with the proposal is part of it; a later paper is opened by the stage it belongs to. */
    @Override
    public boolean shows(CaseRow row, StoredDocument paper, List<String> groups) {
        return Drafts.ORIGIN.equals(paper.origin())
                || laterStages.stream().anyMatch(stage -> stage.shows(row.number(), paper, groups));
    }

    @Override
    public boolean fixed(CaseRow row, StoredDocument paper) {
        return laterStages.stream().anyMatch(stage -> stage.fixed(paper));
    }

    @Override
    public Map<String, String> voided(CaseRow row) {
        Map<String, String> all = new LinkedHashMap<>();
        laterStages.forEach(stage -> all.putAll(stage.voided(row.number())));
        return all;
    }

    @Override
    public Map<String, Imprint> imprints(CaseRow row) {
        Map<String, Imprint> all = new LinkedHashMap<>();
        laterStages.forEach(stage -> all.putAll(stage.imprints(row.number())));
        return all;
    }

    @Override
    public boolean broughtTo(CaseRow row, StoredDocument paper, String personId) {
        return laterStages.stream().anyMatch(stage -> stage.broughtTo(paper, personId));
    }

    @Override
    public boolean tells(CaseRow row, TimelineEntry entry, List<String> groups) {
        return (readsOpinions(groups) || !Reviews.advice(entry))
                && laterStages.stream().allMatch(stage -> stage.tells(row.number(), entry, groups));
    }

    private static String line(Review review) {
        String level =
                switch (review.level()) {
                    case "first" -> "初审";
                    case "second" -> "复审";
                    default -> "终审";
                };
        String recusal = review.recusal();
        String defects = review.defects().isEmpty() ? "" : "（" + labels(review.defects()) + "）";
        return level + "：" + review.verdict().label() + defects + "，" + review.decidedBy() + "，"
                + ChineseTime.text(review.at())
                + (review.opinion().isEmpty() ? "" : "。" + review.opinion())
                + (recusal == null || recusal.isEmpty() ? "" : "。回避：" + recusal);
    }
}
