package org.banhao.proposal.domain.selection;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.MeetingKind;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.DemonstrationFiled;
import org.banhao.proposal.domain.DemonstrationHands;
import org.banhao.proposal.domain.Proposals;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** In the demonstration the Chair's Council has selected key proposals, each with who supervises it. */
@Component
class DemonstrationSelection {

    private final DemonstrationHands hands;
    private final KeySelection selection;
    private final Proposals proposals;
    private final CaseMeetings meetings;
    private final Clock clock;

    DemonstrationSelection(
            DemonstrationHands hands, KeySelection selection, Proposals proposals, CaseMeetings meetings, Clock clock) {
        this.hands = hands;
        this.selection = selection;
        this.proposals = proposals;
        this.meetings = meetings;
        this.clock = clock;
    }

    /** Before it is assigned: the units know from the first day. */
    @EventListener
    @Order(0)
    void filed(DemonstrationFiled filed) {
        if (!filed.key()) return;
        Person clerk = hands.one(Roles.PROPOSAL_CLERK);
        Person secretary = hands.one(Roles.MEETING_SECRETARY);
        String session = proposals.get(filed.number()).sessionId();
        long topic = DemonstrationHands.as(
                clerk,
                () -> selection.nominate(
                        session, filed.title(), "群众关注，涉及多个部门，需要合力推动。", List.of(filed.number()), clerk.id()));
        DemonstrationHands.as(secretary, () -> {
            selection.pass(meeting(MeetingKind.PARTY_GROUP, secretary), List.of(topic), secretary.id());
            selection.decide(
                    meeting(MeetingKind.CHAIRS_COUNCIL, secretary),
                    List.of(new KeySelection.Decision(
                            topic, true, hands.one(Roles.SUPERVISING_CHAIR).id(), null, null)),
                    secretary.id());
            return topic;
        });
    }

    /** One of a kind for all topics. */
    private long meeting(MeetingKind kind, Person secretary) {
        String name = kind.label() + "（演示）";
        LocalDate today = ChineseTime.day(clock.instant());
        return meetings.all().stream()
                .filter(meeting -> meeting.kind() == kind && meeting.name().equals(name))
                .map(Meeting::id)
                .findFirst()
                .orElseGet(() -> meetings.create(kind.code(), name, today, secretary.id()));
    }
}
