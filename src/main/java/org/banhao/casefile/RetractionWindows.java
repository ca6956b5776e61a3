package org.banhao.casefile;

import java.time.LocalDate;
import java.util.List;
import org.banhao.base.Refusal;

/** 撤回时限: how long what was handed in can be taken back, from one day to another. For the rules administrator. */
public interface RetractionWindows {

    int MOST_MINUTES = 60;

    /**
     * @param validFrom first day on which an act has this time, Asia/Shanghai
     * @param enteredBy the name of that day
     */
    record Window(int minutes, String basis, LocalDate validFrom, String enteredBy) {}

    /** Newest first; the last one is older than any act. */
    List<Window> all();

    /**
     * From a later day on; what was done before keeps its time. In a transaction of its own or the caller's.
     *
     * @throws Refusal a value out of range, a day that is not after today and after that of the last row
     */
    void add(int minutes, String basis, LocalDate validFrom);
}
