package org.banhao.monitoring;

/** Hears of marks that come or are revoked, because readings have to be judged again. Beans of this module. */
public interface MarkWatch {

    /** Called inside the transaction that stores the mark or its end. */
    void marked(StatutoryMark mark, boolean revoked);
}
