package org.banhao.proposal.process;

import java.util.Date;
import java.util.Objects;
import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.handling.HandlingState;
import org.banhao.proposal.domain.handling.Handlings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What models ask about the handling of a unit: {@code ${handlings.unit(handling, 'handler')}}. Public for expressions. */
@Component
@ModelBean("handlings")
public class HandlingsForModels {

    private final Handlings handlings;

    HandlingsForModels(Handlings handlings) {
        this.handlings = handlings;
    }

    /** Group of that role in the unit that handles at this moment. */
    public String unit(Long handling, String role) {
        return handlings.get(handling).unitId() + "." + role;
    }

    /** Group of the office that assigned the case. */
    public String office(Long handling) {
        return handlings.office(handling);
    }

    /** Until when the unit owes its reply or opinion; {@code handling} is a variable of the instance. */
    public Date due(DelegateExecution execution) {
        Long handling = (Long) Objects.requireNonNull(execution.getVariable("handling"), "handling");
        return Date.from(handlings.due(handling, execution.getProcessInstanceId()));
    }

    /** Until when the unit says which section handles; never after its reply is due. */
    public Date sectionDue(DelegateExecution execution) {
        Long handling = (Long) Objects.requireNonNull(execution.getVariable("handling"), "handling");
        return Date.from(handlings.sectionDue(handling, execution.getProcessInstanceId()));
    }

    public boolean owesReply(Long handling) {
        return handlings.owesReply(handling);
    }

    /** False: who was to bring it sent it back to be written anew. */
    public boolean replyDelivered(Long handling) {
        return handlings.get(handling).state() == HandlingState.DELIVERED;
    }

    public boolean hasCoHandlers(Long handling) {
        return handlings.hasCoHandlers(handling);
    }

    /** Input of {@code replySignOff}. */
    public boolean keyProposal(Long handling) {
        return handlings.keyProposal(handling);
    }

    /** Input of {@code replySignOff}. */
    public boolean collectiveProposal(Long handling) {
        return handlings.collectiveProposal(handling);
    }

    /** Input of {@code replySignOff}. */
    public boolean moneyRelated(Long handling) {
        return handlings.moneyRelated(handling);
    }
}
