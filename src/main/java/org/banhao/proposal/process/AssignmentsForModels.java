package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.assignment.OfficePlans;
import org.banhao.proposal.domain.assignment.UnitSuggestions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What models ask about assignment: {@code ${assignments.office(execution)}}. Public for expressions. */
@Component
@ModelBean("assignments")
public class AssignmentsForModels {

    private final OfficePlans plans;
    private final UnitSuggestions suggestions;

    AssignmentsForModels(OfficePlans plans, UnitSuggestions suggestions) {
        this.plans = plans;
        this.suggestions = suggestions;
    }

    /** Group of the office that assigns the case at this moment. */
    public String office(DelegateExecution execution) {
        return plans.office(Numbers.of(execution));
    }

    /** Input of {@code unitSuggestion}. */
    public @Nullable String category(DelegateExecution execution) {
        return suggestions.category(Numbers.of(execution));
    }

    /** Input of {@code unitSuggestion}. */
    public @Nullable String keywordClass(DelegateExecution execution) {
        return suggestions.keywordClass(Numbers.of(execution));
    }

    /** Input of {@code unitSuggestion}. */
    public @Nullable String proposerWish(DelegateExecution execution) {
        return suggestions.proposerWish(Numbers.of(execution));
    }
}
