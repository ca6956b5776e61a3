package org.banhao.proposal.domain.feedback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.StoredDocument;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.LaterStage;
import org.banhao.proposal.domain.handling.Handlings;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Feedback on the page of a proposal: how much came in for all; what was said for units, the offices and the committee. */
@Component
@Order(300)
@Transactional(readOnly = true)
class FeedbackStage implements LaterStage {

    /** Origin of the scans: the step they were handed in with. */
    private static final String ENTERED = FeedbackLife.PROCESS + "/" + Feedbacks.GIVE;

    private final FeedbackRows rows;
    private final Handlings handlings;

    FeedbackStage(FeedbackRows rows, Handlings handlings) {
        this.rows = rows;
        this.handlings = handlings;
    }

    @Override
    public void summary(String caseNumber, Map<String, String> summary) {
        List<Feedback> asked = rows.ofCase(caseNumber);
        if (asked.isEmpty()) {
            return;
        }
        long given =
                asked.stream().filter(row -> row.state() == FeedbackState.GIVEN).count();
        long silent = asked.stream()
                .filter(row -> row.state() != FeedbackState.GIVEN && row.silentAt() != null)
                .count();
        long open = asked.stream()
                .filter(row -> row.state() == FeedbackState.OPEN && row.silentAt() == null)
                .count();
        summary.put("提案者反馈", "已反馈" + given + "，未反馈" + silent + "，期限内待反馈" + open + "（人次）");
    }

    @Override
    public List<CaseView.Section> sections(String caseNumber, List<String> groups) {
        List<Feedback> asked = rows.onReplies(caseNumber);
        if (asked.isEmpty() || !handlings.worksOn(caseNumber, groups)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Feedback row : asked) {
            lines.add(row.line(handlings.get(row.handlingId()).unitName())
                    + (row.caseNumber().equals(caseNumber) ? "" : "\n并案提案：" + row.caseNumber()));
        }
        return List.of(new CaseView.Section("提案者反馈", "", lines));
    }

    /** Who was dissatisfied and what came of it; that a feedback came in is for all. */
    @Override
    public boolean tells(String caseNumber, TimelineEntry entry, List<String> groups) {
        boolean inside = entry.what().startsWith(DissatisfiedFeedback.EXAMINED)
                || entry.what().startsWith(DissatisfiedFeedback.MEDIATED);
        return !inside || handlings.worksOn(caseNumber, groups);
    }

    /** The paper feedback of one proposer is none of the other proposers'. */
    @Override
    public boolean shows(String caseNumber, StoredDocument paper, List<String> groups) {
        return ENTERED.equals(paper.origin()) && handlings.worksOn(caseNumber, groups);
    }

    /** Silence whose term has passed is a fact of the file and lacks nothing; a feedback on paper is there on paper. */
    @Override
    public Map<String, List<String>> missing(Collection<String> caseNumbers) {
        Map<String, List<String>> missing = new HashMap<>();
        for (Feedback row : rows.ofCases(caseNumbers)) {
            Feedback.Given given = row.given();
            String what = given == null
                    ? row.settled() ? null : row.name() + "还没有反馈"
                    : given.way() == FeedbackWay.PAPER && given.scanDocument() == null
                            ? "缺" + row.name() + "纸质反馈意见表的扫描件"
                            : null;
            if (what != null) {
                missing.computeIfAbsent(row.caseNumber(), one -> new ArrayList<>())
                        .add(what);
            }
        }
        return missing;
    }

    @Override
    public boolean broughtTo(StoredDocument paper, String personId) {
        return ENTERED.equals(paper.origin())
                && rows.ofPerson(personId).stream()
                        .map(Feedback::given)
                        .anyMatch(given -> given != null && paper.id().equals(given.scanDocument()));
    }

    @Override
    public List<CaseView.Action> actions(String caseNumber, List<String> groups) {
        boolean committee = groups.contains(Roles.PROPOSAL_CLERK) || groups.contains(Roles.COMMITTEE_DIRECTOR);
        return committee && !rows.onReplies(caseNumber).isEmpty()
                ? List.of(new CaseView.Action("反馈、再次办理、更正类别", "/proposals/feedback?case=" + caseNumber))
                : List.of();
    }
}
