package org.banhao.casefile.domain;

import org.banhao.calendar.Deadlines;
import org.banhao.flow.InstanceMigrated;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A term stays with its step when the case goes on with a model that calls the step otherwise. The step's own row follows its event. */
@Component
class CarriedDeadlines {

    private final Deadlines deadlines;

    CarriedDeadlines(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @EventListener
    @Transactional
    public void on(InstanceMigrated migrated) {
        deadlines.carried(migrated.instanceId(), migrated.renamed());
    }
}
