package org.banhao.proposal.domain.handling;

import java.util.List;

/**
 * What happened in handling, for the stages after it. Published as Spring application events, synchronously inside the use case's
 * transaction and after the rows are written: an exception of a listener undoes the whole act.
 */
public sealed interface HandlingEvents {

    /**
     * A unit's reply, first or second, was brought to everybody who proposes, in his own case. Before it is asked whether the case is
     * {@link Replied}.
     *
     * @param handling as it stands now: {@link HandlingState#DELIVERED}
     */
    record ReplyDelivered(Handling handling, List<Delivery> deliveries) implements HandlingEvents {}

    /** 已答复: nothing is owed in this case any more, which may be a merged one. Again after a second reply. */
    record Replied(String caseNumber) implements HandlingEvents {}
}
