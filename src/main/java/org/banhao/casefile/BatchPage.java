package org.banhao.casefile;

/** An own page on which many steps of one kind are done at once, beside the pile of Tasklist that leads to it. A bean for each. */
public interface BatchPage {

    /** {@code proposalReview/userTask_assignFileNumber} */
    String step();

    String label();

    /** Path of this application. */
    String href();
}
