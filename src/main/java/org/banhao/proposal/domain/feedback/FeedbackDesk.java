package org.banhao.proposal.domain.feedback;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.DueLight;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.handling.ClassCorrection;
import org.banhao.proposal.domain.handling.ClassCorrections;
import org.banhao.proposal.domain.handling.DeliveredReply;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.handling.ResultClasses;
import org.banhao.proposal.domain.handling.SecondHandlings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the committee looks at on its page of feedback: who has not answered, and what can be done in one case. */
@Service
@Transactional
public class FeedbackDesk {

    private final FeedbackRows rows;
    private final OpenSteps openSteps;
    private final Handlings handlings;
    private final SecondHandlings secondHandlings;
    private final ClassCorrections corrections;
    private final ResultClasses classes;
    private final Proposals proposals;
    private final Audit audit;
    private final Clock clock;

    FeedbackDesk(
            FeedbackRows rows,
            OpenSteps openSteps,
            Handlings handlings,
            SecondHandlings secondHandlings,
            ClassCorrections corrections,
            ResultClasses classes,
            Proposals proposals,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.openSteps = openSteps;
        this.handlings = handlings;
        this.secondHandlings = secondHandlings;
        this.corrections = corrections;
        this.classes = classes;
        this.proposals = proposals;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param light null once the term has passed in silence */
    public record Outstanding(
            Feedback feedback,
            String title,
            String numberLine,
            String unitName,
            @Nullable Instant due,
            @Nullable DueLight light) {}

    /** Everybody who has not answered yet, whoever is silent beyond his term first. */
    @Transactional(readOnly = true)
    public List<Outstanding> outstanding() {
        List<Feedback> open = rows.open();
        Map<String, Proposal> cases =
                proposals.all(open.stream().map(Feedback::caseNumber).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(Proposal::caseNumber, Function.identity()));
        Map<Long, String> units =
                handlings.all(open.stream().map(Feedback::handlingId).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(Handling::id, Handling::unitName));
        Map<String, Instant> dues = new HashMap<>();
        for (OpenStep step : openSteps.waiting(FeedbackLife.PROCESS, Feedbacks.GIVE)) {
            if (step.due() != null) {
                dues.put(step.instanceId(), step.due());
            }
        }
        return open.stream()
                .map(row -> {
                    Proposal proposal = Objects.requireNonNull(cases.get(row.caseNumber()));
                    Instant due = row.silentAt() == null ? dues.get(row.instanceId()) : null;
                    return new Outstanding(
                            row,
                            proposal.title(),
                            proposals.numberLine(proposal),
                            Objects.requireNonNull(units.get(row.handlingId())),
                            due,
                            due == null ? null : DueLight.of(due, clock.instant()));
                })
                .sorted(Comparator.comparing(
                        Outstanding::due, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())))
                .toList();
    }

    /** One unit's reply. @param mayRehandle no second handling has been asked for */
    public record Replied(DeliveredReply reply, List<ClassCorrection> corrections, boolean mayRehandle) {}

    /** @param line of one person, whole */
    public record Said(Feedback feedback, String line) {}

    public record CasePage(
            String caseNumber,
            String title,
            String numberLine,
            List<Replied> replies,
            List<Said> said,
            List<ResultClasses.ResultClass> classes) {}

    /** @throws Refusal nothing was delivered in this case */
    public CasePage page(String caseNumber) {
        List<Feedback> asked = rows.onReplies(caseNumber);
        if (asked.isEmpty()) {
            throw new Refusal("caseNumber", "没有这件提案，或者还没有送达答复，请核对案号。");
        }
        Proposal proposal = proposals.get(caseNumber);
        audit.record("proposal.readFeedback", caseNumber, asked.size() + "项");
        return new CasePage(
                caseNumber,
                proposal.title(),
                proposals.numberLine(proposal),
                handlings.repliesTo(caseNumber).stream().map(this::replied).toList(),
                asked.stream()
                        .map(row -> new Said(
                                row, row.line(handlings.get(row.handlingId()).unitName())))
                        .toList(),
                classes.of(proposal.sessionId()));
    }

    private Replied replied(DeliveredReply reply) {
        Handling row = handlings.get(reply.handlingId());
        return new Replied(
                reply,
                corrections.of(row.id()),
                !row.again() && secondHandlings.after(row).isEmpty());
    }
}
