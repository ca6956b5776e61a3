package org.banhao.whole;

import java.util.List;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Accounts;
import org.banhao.testing.Whole;

/** Cases for journeys that begin in the middle of a life; what came before was done by the use cases. */
public final class Prepared implements EveryStep {

    private final Whole whole;

    public Prepared(Whole whole) {
        this.whole = whole;
    }

    /** Of 卫林书 and 郜清远, put on file, on the desk of the assigning office. @return the case number */
    public String jointOnTheOfficesDesk() {
        String number = waits().get("receiveTask_signatures").get();
        whole.bean(Submission.class).confirm(number, CO_SIGNER);
        return until(number, "confirmUnits");
    }

    @Override
    public String address() {
        return whole.address();
    }

    @Override
    public Accounts accounts() {
        return whole.accounts();
    }

    @Override
    public <T> T bean(Class<T> type) {
        return whole.bean(type);
    }

    @Override
    public <T> List<T> beans(Class<T> type) {
        return whole.beans(type);
    }
}
