package org.banhao.proposal.domain.revisit;

import org.banhao.proposal.domain.feedback.Feedbacks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whoever was dissatisfied twice and does not understand why is looked after: the unit reports again. */
@Component
class DissatisfactionListener {

    private static final Logger LOG = LoggerFactory.getLogger(DissatisfactionListener.class);

    private final Revisits revisits;
    private final RevisitRows rows;

    DissatisfactionListener(Revisits revisits, RevisitRows rows) {
        this.revisits = revisits;
        this.rows = rows;
    }

    /** Several proposers of one reply are looked after in one look-back; a unit nobody stands in for must not stop the feedback. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(Feedbacks.DissatisfiedTwice event) {
        if (!event.toRevisit() || rows.open(event.handlingId())) {
            return;
        }
        if (!revisits.reachable(event.handlingId())) {
            LOG.warn("Nobody stands in for the unit of handling {}: no look-back was begun", event.handlingId());
            return;
        }
        revisits.begin(event.handlingId(), RevisitCause.DISSATISFIED, "", "系统");
    }
}
