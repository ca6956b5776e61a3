package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.MonitoringRoles;
import org.banhao.monitoring.domain.Typed;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Judging past days again, after something was entered that had been missing: a limit of a permit that came late, a meter, what is due from an
 * outlet. Marks, reported stops and data that come late need no hand.
 */
@Component
@Transactional
public class JudgingByHand {

    private final Judge judge;
    private final Registry registry;
    private final SignedIn signedIn;
    private final Audit audit;
    private final Clock clock;

    JudgingByHand(Judge judge, Registry registry, SignedIn signedIn, Audit audit, Clock clock) {
        this.judge = judge;
        this.registry = registry;
        this.signedIn = signedIn;
        this.audit = audit;
        this.clock = clock;
    }

    /** As page rules name them. */
    public static List<String> judges() {
        return List.of("*." + MonitoringRoles.DATA_ENGINEER);
    }

    /** As typed. */
    public void again(long outletId, @Nullable String from, @Nullable String reason) {
        again(outletId, Typed.day("from", "起始日", from), Typed.text("reason", "理由", reason, 500));
    }

    /**
     * By the data engineer.
     *
     * @param from in China; included
     */
    public void again(long outletId, LocalDate from, String reason) {
        if (!MonitoringRoles.any(signedIn.groups(), judges().toArray(String[]::new)))
            throw new AccessDeniedException("Only the data engineer has past days judged again");
        if (registry.outlet(outletId).isEmpty()) throw new Refusal("outlet", "没有这个排放口，请从列表中重新选择。");
        LocalDate today = ChineseTime.day(clock.instant());
        long most = Judge.HORIZON.toDays();
        if (from.isAfter(today) || from.isBefore(today.minusDays(most)))
            throw new Refusal("from", "“起始日”请选择今天以前" + most + "天以内的日期。");
        if (reason.isBlank()) throw new Refusal("reason", "请填写“理由”，说明为什么要重新判定。");
        judge.anew(outletId, from.atStartOfDay(ChineseTime.ZONE).toInstant(), Cause.HAND);
        audit.record("monitoring.judgeAgain", null, "排放口" + outletId + " 自" + from + " " + reason.strip());
    }
}
