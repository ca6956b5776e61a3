package org.banhao.notice.domain;

import java.util.HashMap;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.people.Absence;
import org.banhao.people.AbsenceEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Both learn of it: who is to do the work, and who is said to be away. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AbsenceNotices {

    private final Notices notices;

    AbsenceNotices(Notices notices) {
        this.notices = notices;
    }

    @EventListener
    public void on(AbsenceEvent event) {
        Absence absence = event.absence();
        boolean ended = event instanceof AbsenceEvent.Ended;
        tell(absence, ended, absence.substituteId());
        tell(absence, ended, absence.personId());
    }

    private void tell(Absence absence, boolean ended, String person) {
        Map<String, String> values = new HashMap<>();
        values.put("absent", absence.personName());
        values.put("substitute", absence.substituteName());
        values.put("fromText", ChineseTime.text(absence.from()));
        values.put("untilText", ChineseTime.text(absence.until()));
        values.put("link", "/absence");
        if (ended) values.put("ended", "已结束");
        notices.tell(new Notice(
                "absence:" + absence.id() + ":" + (ended ? "ended" : "entered") + ":" + person,
                "absence",
                person,
                null,
                values));
    }
}
