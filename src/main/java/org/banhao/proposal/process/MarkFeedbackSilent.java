package org.banhao.proposal.process;

import java.util.Objects;
import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.feedback.FeedbackLife;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The term for feedback has passed without a word. */
@Component
@ModelBean("markFeedbackSilent")
class MarkFeedbackSilent implements JavaDelegate {

    private final FeedbackLife useCase;

    MarkFeedbackSilent(FeedbackLife useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.silent((Long) Objects.requireNonNull(execution.getVariable("feedback"), "feedback"));
    }
}
