package org.banhao.administration.domain;

import org.banhao.calendar.HolidayNotice;
import org.banhao.calendar.HolidayNotices;
import org.banhao.casefile.DeadlineMoves;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A year's notice comes into force together with every deadline it moves, or not at all. */
@Component
public class HolidayYears {

    private final HolidayNotices notices;
    private final DeadlineMoves moves;

    HolidayYears(HolidayNotices notices, DeadlineMoves moves) {
        this.notices = notices;
        this.moves = moves;
    }

    /** @return how many open deadlines moved */
    @Transactional
    public int adopt(HolidayNotice notice) {
        notices.adopt(notice);
        return moves.recompute(notice.year());
    }
}
