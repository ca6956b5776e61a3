package org.banhao.proposal.process;

import java.util.Date;
import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What the model asks about a solicitation: {@code ${solicitations.closing(execution)}}. Public for expressions. */
@Component
@ModelBean("solicitations")
public class SolicitationsForModels {

    private final Solicitations solicitations;

    SolicitationsForModels(Solicitations solicitations) {
        this.solicitations = solicitations;
    }

    /** Day and hour at which the session closes. */
    public Date closing(DelegateExecution execution) {
        return Date.from(solicitations.closing(Numbers.of(execution)));
    }
}
