package org.banhao.proposal.domain;

import java.util.List;
import java.util.Map;
import org.banhao.casefile.CaseView;
import org.banhao.notice.Mailbox;
import org.banhao.people.Roles;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whom notices of a proposal reached, for the committee's office: what did not arrive is told by telephone. */
@Component
@Order(900)
class NoticesStage implements LaterStage {

    private static final int NEWEST = 12;

    private final Mailbox mailbox;

    NoticesStage(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public void summary(String caseNumber, Map<String, String> summary) {}

    @Override
    public List<CaseView.Section> sections(String caseNumber, List<String> groups) {
        if (!office(groups)) {
            return List.of();
        }
        List<Mailbox.Message> newest = mailbox.latest(caseNumber, NEWEST);
        return newest.isEmpty()
                ? List.of()
                : List.of(new CaseView.Section(
                        "通知送达", "", newest.stream().map(Mailbox.Message::line).toList()));
    }

    @Override
    public List<CaseView.Action> actions(String caseNumber, List<String> groups) {
        if (!office(groups)) {
            return List.of();
        }
        Mailbox.Counts counts = mailbox.counts(caseNumber);
        String failed = counts.failed() == 0 ? "" : "，未送达" + counts.failed();
        return counts.all() == 0
                ? List.of()
                : List.of(new CaseView.Action(
                        "通知送达（" + counts.all() + "封" + failed + "）", "/proposals/deliveries?case=" + caseNumber));
    }

    private static boolean office(List<String> groups) {
        return groups.contains(Roles.PROPOSAL_CLERK) || groups.contains(Roles.COMMITTEE_DIRECTOR);
    }
}
