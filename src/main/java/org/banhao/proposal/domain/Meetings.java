package org.banhao.proposal.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.MeetingBusiness;
import org.banhao.casefile.MeetingKind;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What meetings decided on a list of proposals: one act of recording, one transaction per case. */
@Service
public class Meetings implements MeetingBusiness {

    public static final String TASK = "userTask_decideInMeeting";
    private static final String REVIEW = "proposalReview";
    private static final Logger log = LoggerFactory.getLogger(Meetings.class);

    private final Reviews reviews;
    private final ProposalRows rows;
    private final OpenSteps openSteps;
    private final Processes processes;
    private final People people;
    private final TransactionTemplate perCase;
    private final Audit audit;

    Meetings(
            Reviews reviews,
            ProposalRows rows,
            OpenSteps openSteps,
            Processes processes,
            People people,
            TransactionTemplate perCase,
            Audit audit) {
        this.reviews = reviews;
        this.rows = rows;
        this.openSteps = openSteps;
        this.processes = processes;
        this.people = people;
        this.perCase = perCase;
        this.audit = audit;
    }

    /**
     * A case that waits for a meeting, with what the second review suggests.
     *
     * @param suggested null when it was not reviewed twice, which does not happen by the model
     */
    public record Waiting(
            String caseNumber,
            String title,
            String proposer,
            String categoryName,
            @Nullable Review suggested) {}

    @Override
    public String label() {
        return "提案终审";
    }

    @Override
    @Transactional(readOnly = true)
    public List<MeetingBusiness.Waiting> waiting(MeetingKind kind) {
        return Reviews.MEETINGS.contains(kind)
                ? rows.all(steps().keySet()).stream()
                        .map(proposal -> new MeetingBusiness.Waiting(proposal.caseNumber(), proposal.title()))
                        .toList()
                : List.of();
    }

    @Override
    public String page(Meeting meeting) {
        return "/proposals/meetings?meeting=" + meeting.id();
    }

    @Transactional(readOnly = true)
    public List<Waiting> waiting() {
        Map<String, OpenStep> steps = steps();
        List<Proposal> proposals = rows.all(steps.keySet());
        Map<String, Review> suggested = reviews.latest(proposals, "second");
        return proposals.stream()
                .map(proposal -> new Waiting(
                        proposal.caseNumber(),
                        proposal.title(),
                        proposal.proposerName(),
                        proposal.categoryName(),
                        suggested.get(proposal.caseNumber())))
                .toList();
    }

    /**
     * One line of the table; only what belongs to the verdict is used.
     *
     * @param agendaNumber as on the notice of that meeting; one item may cover several proposals; null: not noted
     * @param recusal 回避: who took no part in this item and why; null: nobody
     */
    public record Decision(
            String caseNumber,
            @Nullable Integer agendaNumber,
            String verdict,
            @Nullable String leadCase,
            @Nullable String ground,
            @Nullable String destination,
            List<String> defects,
            @Nullable String text,
            @Nullable String recusal) {}

    public record Failure(String caseNumber, String sentence) {}

    public record Outcome(int done, List<Failure> failures) {}

    /**
     * Records what one meeting decided. Each case is its own transaction: those that fail are listed and wait on.
     *
     * @throws Refusal no such meeting, or nothing to decide: then nothing was done
     */
    public Outcome decide(long meetingId, List<Decision> decisions, String person) {
        requireSecretary(person);
        Meeting meeting = reviews.meetings().stream()
                .filter(one -> one.id() == meetingId)
                .findFirst()
                .orElseThrow(() -> new Refusal("meeting", "请选择审议的会议；已经结束的会议不能再登记决定。"));
        if (decisions.isEmpty()) {
            throw new Refusal("请至少勾选一件提案。");
        }
        Map<String, OpenStep> steps = steps();
        int done = 0;
        List<Failure> failures = new ArrayList<>();
        for (Decision decision : decisions) {
            OpenStep step = steps.get(decision.caseNumber());
            if (step == null) {
                failures.add(new Failure(decision.caseNumber(), "这件提案已经不在等待会议审议，可能别人刚登记过。"));
                continue;
            }
            try {
                Map<String, Object> values = values(meeting, decision);
                perCase.executeWithoutResult(
                        status -> processes.answerFor(step.taskId(), person, meeting.name(), values));
                done++;
            } catch (Refusal refusal) {
                failures.add(new Failure(decision.caseNumber(), refusal.sentence()));
            } catch (ConcurrencyFailureException e) {
                failures.add(new Failure(decision.caseNumber(), "别人正在办理这件提案，请刷新后重试。"));
            } catch (RuntimeException e) {
                // the others are already committed: the person must hear of all of them, not of this one alone
                log.error("Decision of a meeting on {} could not be recorded", decision.caseNumber(), e);
                failures.add(new Failure(decision.caseNumber(), "系统没能登记这一件，请稍后重试；仍不成功的，请联系系统管理员。"));
            }
        }
        audit.record("proposal.recordMeeting", null, meeting.name() + "，登记" + done + "件，未成" + failures.size() + "件");
        return new Outcome(done, failures);
    }

    /** Only what the form shows for that verdict: a hidden field that is filled is refused. */
    private static Map<String, Object> values(Meeting meeting, Decision decision) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("meeting", String.valueOf(meeting.id()));
        if (decision.agendaNumber() != null) {
            values.put("agendaNumber", decision.agendaNumber());
        }
        values.put("finalVerdict", decision.verdict());
        Verdict verdict = Coded.choice(Verdict.class, decision.verdict(), "finalVerdict", "终审结论");
        switch (verdict) {
            case MERGE -> present(values, "leadCase", decision.leadCase());
            case NOT_FILE -> present(values, "ground", decision.ground());
            case CONVERT -> present(values, "destination", decision.destination());
            case RETURN -> {
                if (!decision.defects().isEmpty()) {
                    values.put("defects", decision.defects());
                }
            }
            case FILE -> {
                // the verdict says all
            }
        }
        present(values, "decisionText", decision.text());
        present(values, "recusal", decision.recusal());
        return values;
    }

    private static void present(Map<String, Object> values, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            values.put(key, value);
        }
    }

    private Map<String, OpenStep> steps() {
        Map<String, OpenStep> steps = new LinkedHashMap<>();
        openSteps.waiting(REVIEW, TASK).forEach(step -> steps.put(step.caseNumber(), step));
        return steps;
    }

    private void requireSecretary(String person) {
        if (!people.groupsOf(Objects.requireNonNull(person)).contains(Roles.MEETING_SECRETARY)) {
            throw new Refusal("只有会议秘书可以建立会议、登记会议决定。");
        }
    }
}
