package org.banhao.proposal.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.flow.Shown;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.function.SingletonSupplier;

/**
 * What the forms of review show, by the names the forms use. Found out only as far as it is asked for: the comparison
 * with all titles is for the reviewer's eyes, an answer's check does not need it.
 */
@Service
@Transactional(readOnly = true)
public class ReviewFacts {

    private static final int MOST_SIMILAR = 5;

    private final ProposalRows rows;
    private final Reviews reviews;
    private final Drafts drafts;
    private final Submission submission;
    private final Registration registration;
    private final CaseFiles caseFiles;
    private final Deadlines deadlines;
    private final People people;

    ReviewFacts(
            ProposalRows rows,
            Reviews reviews,
            Drafts drafts,
            Submission submission,
            Registration registration,
            CaseFiles caseFiles,
            Deadlines deadlines,
            People people) {
        this.rows = rows;
        this.reviews = reviews;
        this.drafts = drafts;
        this.submission = submission;
        this.registration = registration;
        this.caseFiles = caseFiles;
        this.deadlines = deadlines;
        this.people = people;
    }

    /** The proposal, all titles and what resembles it, each read once at most. */
    private record Asked(
            Supplier<Proposal> proposal,
            Supplier<List<ProposalRows.Titled>> titles,
            Supplier<List<SimilarProposals.Similar>> similar) {}

    private Asked asked(String caseNumber) {
        Supplier<Proposal> proposal = SingletonSupplier.of(() -> rows.get(caseNumber));
        Supplier<List<ProposalRows.Titled>> titles = SingletonSupplier.of(rows::titled);
        return new Asked(
                proposal,
                titles,
                SingletonSupplier.of(
                        () -> SimilarProposals.to(proposal.get().title(), caseNumber, titles.get(), MOST_SIMILAR)));
    }

    public Shown first(String caseNumber) {
        Asked asked = asked(caseNumber);
        return Shown.lazily(
                () -> {
                    Proposal proposal = asked.proposal().get();
                    Map<String, Object> values = summary(proposal);
                    values.put("autoCheckLine", autoCheckLine(asked));
                    similar(asked, values);
                    if (proposal.categoryWish() != null) {
                        values.put("category", proposal.categoryWish().code());
                    }
                    values.put("suggestedUnits", proposal.wish());
                    return values;
                },
                reviewOptions(asked));
    }

    public Shown second(String caseNumber) {
        Asked asked = asked(caseNumber);
        return Shown.lazily(() -> secondValues(asked), reviewOptions(asked));
    }

    private Map<String, Object> secondValues(Asked asked) {
        Proposal proposal = asked.proposal().get();
        String caseNumber = proposal.caseNumber();
        Map<String, Object> values = summary(proposal);
        similar(asked, values);
        Review first = reviews.latest(caseNumber, "first");
        conclusion(values, "first", first);
        // the verdict is the second reviewer's own: only its details stand there already
        if (first != null) {
            details(values, first);
            Category category = first.category() == null ? proposal.categoryWish() : first.category();
            if (category != null) {
                values.put("category", category.code());
            }
            values.put("suggestedUnits", first.units());
        }
        return values;
    }

    public Shown decision(String caseNumber) {
        Asked asked = asked(caseNumber);
        Map<String, Supplier<List<Shown.Option>>> options = reviewOptions(asked);
        options.put(
                "meetingOptions",
                () -> reviews.meetings().stream()
                        .map(meeting -> new Shown.Option(
                                meeting.name() + "（" + ChineseTime.text(meeting.heldOn()) + "）",
                                String.valueOf(meeting.id())))
                        .toList());
        return Shown.lazily(() -> decisionValues(asked.proposal().get()), options);
    }

    private Map<String, Object> decisionValues(Proposal proposal) {
        String caseNumber = proposal.caseNumber();
        Map<String, Object> values = summary(proposal);
        conclusion(values, "first", reviews.latest(caseNumber, "first"));
        Review second = reviews.latest(caseNumber, "second");
        conclusion(values, "second", second);
        if (second != null) {
            values.put("finalVerdict", second.verdict().code());
            details(values, second);
        }
        return values;
    }

    private static void details(Map<String, Object> values, Review earlier) {
        if (earlier.leadCase() != null) {
            values.put("leadCase", earlier.leadCase());
        }
        if (earlier.ground() != null) {
            values.put("ground", earlier.ground());
        }
        if (earlier.destination() != null) {
            values.put("destination", earlier.destination().code());
        }
    }

    public Shown number(String caseNumber) {
        Proposal proposal = rows.get(caseNumber);
        Map<String, Object> values = summary(proposal);
        values.put("decidedBy", text(proposal.decidedBy()));
        values.put("decidedAt", proposal.decidedAt() == null ? "" : ChineseTime.text(proposal.decidedAt()));
        values.put("proposedFileNumber", registration.proposedNumber(caseNumber));
        return new Shown(values, Map.of());
    }

    public Shown revision(String caseNumber) {
        Proposal proposal = rows.get(caseNumber);
        Map<String, Object> values = new LinkedHashMap<>();
        Review returned = reviews.returned(caseNumber);
        values.put("returnedBy", returned == null ? "" : returned.decidedBy());
        values.put("returnedAt", returned == null ? "" : ChineseTime.text(returned.at()));
        values.put(
                "defectLines",
                returned == null
                        ? List.of()
                        : returned.defects().stream().map(Defect::label).toList());
        values.put("returnOpinion", returned == null ? "" : returned.opinion());
        values.put(
                "dueText",
                deadlines
                        .open(caseNumber, "resubmission")
                        .map(deadline -> ChineseTime.text(deadline.due()))
                        .orElse("期限"));
        values.put("title", proposal.title());
        values.put("situation", proposal.situation());
        values.put("analysis", proposal.analysis());
        values.put(
                "suggestions",
                proposal.suggestions().stream()
                        .map(text -> Map.of("text", text))
                        .toList());
        values.put("wish", proposal.wish());
        return new Shown(values, Map.of("unitOptions", unitOptions()));
    }

    private Map<String, Object> summary(Proposal proposal) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", proposal.title());
        values.put("caseNumber", proposal.caseNumber());
        values.put("proposerLine", proposerLine(proposal));
        values.put("submittedAt", proposal.submittedAt() == null ? "" : ChineseTime.text(proposal.submittedAt()));
        values.put(
                "categoryName",
                proposal.categoryWish() == null ? "未选" : proposal.categoryWish().label());
        values.put("wishLine", wishLine(proposal));
        return values;
    }

    /** 卫林书等3人（教育界），联名提案，大会提案 */
    String proposerLine(Proposal proposal) {
        String note = proposal.proposerNote().isEmpty() ? "" : "（" + proposal.proposerNote() + "）";
        return submission.unitLine(proposal)
                + note
                + "，"
                + Submission.kindName(proposal)
                + "，"
                + Submission.periodName(proposal);
    }

    String wishLine(Proposal proposal) {
        if (proposal.wish().isEmpty()) {
            return "未填";
        }
        Map<String, String> names = people.units().stream().collect(Collectors.toMap(Unit::id, Unit::name));
        return proposal.wish().stream()
                .map(unit -> names.getOrDefault(unit, unit))
                .collect(Collectors.joining("、"));
    }

    /** What a machine can see; judging stays with the reviewer. */
    private String autoCheckLine(Asked asked) {
        Proposal proposal = asked.proposal().get();
        List<String> notes = new ArrayList<>();
        drafts.missing(proposal).stream()
                // the declaration is asked again at each handing in, the rest concerns the draft page
                .filter(missing ->
                        !missing.field().equals("noSecret") && !missing.field().equals("coSigners"))
                .map(Missing::sentence)
                .forEach(notes::add);
        boolean sameTitle = asked.titles().get().stream()
                .anyMatch(other -> other.title().equals(proposal.title())
                        && other.sessionId().equals(proposal.sessionId())
                        && !other.caseNumber().equals(proposal.caseNumber()));
        if (sameTitle) {
            notes.add("本届次已有同名案由。");
        }
        rows.seal(proposal.caseNumber())
                .filter(seal -> seal.state().equals("lapsed"))
                .ifPresent(seal -> notes.add("召集人" + seal.convenerName() + "未在期限内确认。"));
        if (proposal.suggestions().size() > 6) {
            notes.add("建议有" + proposal.suggestions().size() + "条，请留意是否一事一案。");
        }
        return notes.isEmpty() ? "必填内容、字数和签名（盖章）齐全，没有同名案由" : String.join("", notes);
    }

    private void similar(Asked asked, Map<String, Object> values) {
        List<SimilarProposals.Similar> similar = asked.similar().get();
        Map<String, CaseRow> cases = caseFiles.all(
                similar.stream().map(SimilarProposals.Similar::caseNumber).toList());
        values.put("similarCount", similar.size());
        values.put(
                "similarProposals",
                similar.stream()
                        .map(found -> Map.of(
                                "caseNumber", found.caseNumber(),
                                "title", found.title(),
                                "sharedWords", String.join("、", found.sharedWords()),
                                "statusName",
                                        cases.containsKey(found.caseNumber())
                                                ? cases.get(found.caseNumber()).statusName()
                                                : ""))
                        .toList());
    }

    /** Each list by itself: the check of an answer asks for one or two of them. */
    private Map<String, Supplier<List<Shown.Option>>> reviewOptions(Asked asked) {
        Map<String, Supplier<List<Shown.Option>>> options = new LinkedHashMap<>();
        options.put("similarOptions", () -> leadOptions(asked));
        options.put(
                "groundOptions",
                () -> reviews.grounds().stream()
                        .map(ground -> new Shown.Option(ground.content(), ground.code()))
                        .toList());
        options.put("unitOptions", this::unitOptions);
        return options;
    }

    /** All that may lead, the similar ones first: a reviewer may know better than the comparison of titles. */
    private List<Shown.Option> leadOptions(Asked asked) {
        List<Reviews.Lead> leads = reviews.possibleLeads(
                asked.proposal().get().caseNumber(), asked.titles().get());
        List<String> first = asked.similar().get().stream()
                .map(SimilarProposals.Similar::caseNumber)
                .toList();
        List<Shown.Option> options = new ArrayList<>();
        leads.stream()
                .filter(lead -> first.contains(lead.caseNumber()))
                .forEach(lead -> options.add(option(lead, true)));
        leads.stream()
                .filter(lead -> !first.contains(lead.caseNumber()))
                .forEach(lead -> options.add(option(lead, false)));
        return options;
    }

    private static Shown.Option option(Reviews.Lead lead, boolean similar) {
        return new Shown.Option(lead.caseNumber() + " " + lead.title() + (similar ? "（相似）" : ""), lead.caseNumber());
    }

    private List<Shown.Option> unitOptions() {
        return people.units().stream()
                .map(unit -> new Shown.Option(unit.name(), unit.id()))
                .toList();
    }

    private void conclusion(Map<String, Object> values, String level, @Nullable Review review) {
        values.put(level + "Reviewer", review == null ? "" : review.reviewerName());
        values.put(level + "ReviewedAt", review == null ? "" : ChineseTime.text(review.at()));
        values.put(
                level + "VerdictName",
                review == null ? "" : "建议" + review.verdict().label());
        values.put(level + "Opinion", review == null ? "" : details(review));
    }

    /** The opinion with what belongs to the verdict: the lead case, the ground, where to. */
    private String details(Review review) {
        List<String> parts = new ArrayList<>();
        if (review.leadCase() != null) {
            parts.add("主案：" + review.leadCase() + "。");
        }
        if (review.ground() != null) {
            String code = review.ground();
            parts.add("理由："
                    + reviews.grounds().stream()
                            .filter(ground -> ground.code().equals(code))
                            .map(Ground::content)
                            .findFirst()
                            .orElse(code)
                    + "。");
        }
        if (review.destination() != null) {
            parts.add("转往：" + review.destination().label() + "。");
        }
        if (!review.opinion().isBlank()) {
            parts.add(review.opinion());
        }
        return parts.isEmpty() ? "没有补充意见。" : String.join(" ", parts);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
