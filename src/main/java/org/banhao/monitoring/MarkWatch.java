package org.banhao.monitoring;

import java.time.Instant;

/** Hears of marks that come or are revoked, because readings have to be judged again. Beans of this module. */
public interface MarkWatch {

    /**
     * Called inside the transaction that stores the marks or their end, once an outlet and use case.
     *
     * @param begins of the first mark that came or was revoked
     * @param ends of the last one; not included
     */
    void marked(long outletId, Instant begins, Instant ends);
}
