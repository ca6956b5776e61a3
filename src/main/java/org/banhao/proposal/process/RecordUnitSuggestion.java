package org.banhao.proposal.process;

import java.util.Map;
import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.assignment.UnitSuggestions;
import org.banhao.proposal.domain.assignment.UnitSuggestions.Advice;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts what {@code unitSuggestion} says into the case; nothing of it stays in the engine. */
@Component
@ModelBean("recordUnitSuggestion")
class RecordUnitSuggestion implements ExecutionListener {

    /** Where the engine leaves the result until the task ends. */
    private static final String RESULT = "decisionResult";

    private final UnitSuggestions suggestions;

    RecordUnitSuggestion(UnitSuggestions suggestions) {
        this.suggestions = suggestions;
    }

    @Override
    public void notify(DelegateExecution execution) {
        DmnDecisionResult result = (DmnDecisionResult) execution.getVariable(RESULT);
        Map<String, Object> row = result == null || result.isEmpty() ? Map.of() : result.getSingleResult();
        suggestions.record(
                Numbers.of(execution),
                execution.getProcessInstanceId(),
                new Advice(text(row, "leadUnit"), text(row, "coUnit1"), text(row, "coUnit2"), text(row, "reason")));
    }

    private static @Nullable String text(Map<String, Object> row, String output) {
        return (String) row.get(output);
    }
}
