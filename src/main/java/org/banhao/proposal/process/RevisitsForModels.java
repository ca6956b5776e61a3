package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.revisit.Revisits;
import org.springframework.stereotype.Component;

/** What the model asks about a look-back: {@code ${revisits.unit(revisit, 'liaison')}}. Public for expressions. */
@Component
@ModelBean("revisits")
public class RevisitsForModels {

    private final Revisits revisits;

    RevisitsForModels(Revisits revisits) {
        this.revisits = revisits;
    }

    /** Group of that role in the unit that reports at this moment. */
    public String unit(Long revisit, String role) {
        return revisits.get(revisit).unitId() + "." + role;
    }
}
