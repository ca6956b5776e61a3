package org.banhao.proposal.process;

import java.util.Map;
import java.util.Objects;
import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.handling.SignLevel;
import org.banhao.proposal.domain.handling.UnitHandling;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Puts what {@code replySignOff} says into the case; nothing of it stays in the engine. */
@Component
@ModelBean("recordSignOffLevel")
class RecordSignOffLevel implements ExecutionListener {

    /** Where the engine leaves the result until the task ends. */
    private static final String RESULT = "decisionResult";

    private final UnitHandling useCase;

    RecordSignOffLevel(UnitHandling useCase) {
        this.useCase = useCase;
    }

    @Override
    public void notify(DelegateExecution execution) {
        DmnDecisionResult result = (DmnDecisionResult) Objects.requireNonNull(execution.getVariable(RESULT));
        Map<String, Object> row = result.getSingleResult();
        useCase.signOffLevel(
                (Long) Objects.requireNonNull(execution.getVariable("handling"), "handling"),
                Coded.get(SignLevel.class, Objects.requireNonNull((String) row.get("level"), "level")),
                Objects.requireNonNull((String) row.get("reason"), "reason"));
    }
}
