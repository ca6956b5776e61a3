package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeAcknowledgement;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.Episodes;
import org.banhao.monitoring.Episodes.EpisodeChange;
import org.banhao.monitoring.Episodes.EpisodeFinding;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.MonitoringRoles;
import org.banhao.monitoring.domain.Typed;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the duty officer and those who act on it see of episodes. */
@Component
@Transactional(readOnly = true)
public class EpisodeDesk {

    /** The command centre, and those in the branch who go out and decide. Enterprises are told of their own by other means. */
    private static final String[] READERS = {
        "*." + MonitoringRoles.DUTY_OFFICER,
        "*." + MonitoringRoles.COMMAND_LEAD,
        "*." + MonitoringRoles.DATA_ENGINEER,
        "*." + MonitoringRoles.BRIGADE_LEADER,
        "*." + MonitoringRoles.ENFORCEMENT_OFFICER,
        "*.legal-reviewer",
        "*.branch-deputy",
        "*.branch-head"
    };

    /** Those on duty. Of the readers, who see that it was done. */
    private static final String[] ON_DUTY = {"*." + MonitoringRoles.DUTY_OFFICER, "*." + MonitoringRoles.COMMAND_LEAD};

    private static final int LONGEST_REASON = 500;

    private final Episodes episodes;
    private final EpisodeRows rows;
    private final Registry registry;
    private final SignedIn signedIn;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;

    EpisodeDesk(
            Episodes episodes,
            EpisodeRows rows,
            Registry registry,
            SignedIn signedIn,
            CurrentActor actor,
            Audit audit,
            Clock clock) {
        this.episodes = episodes;
        this.rows = rows;
        this.registry = registry;
        this.signedIn = signedIn;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param subject name of the factor, or 全部 for the outlet as a whole
     * @param acknowledged null: nobody has yet, in its present state
     */
    public record Line(
            Episode episode,
            String outlet,
            String subject,
            @Nullable EpisodeAcknowledgement acknowledged) {}

    /** @param acknowledges the reader may say that it is seen, and it is not yet */
    public record Whole(Line line, List<EpisodeFinding> findings, List<EpisodeChange> changes, boolean acknowledges) {}

    /** Open ones: the gravest first, then the oldest. */
    public List<Line> open() {
        allowed();
        // an open one of an outlet that is out of use is looked up by itself
        Map<Long, Optional<Outlet>> outlets = new HashMap<>();
        for (Outlet outlet : registry.outlets()) outlets.put(outlet.id(), Optional.of(outlet));
        Map<String, String> factors = factors();
        List<Episode> open = episodes.open();
        Map<Long, EpisodeAcknowledgement> acknowledged =
                episodes.acknowledged(open.stream().map(Episode::id).toList());
        return open.stream()
                .map(one -> line(
                        one,
                        outlets.computeIfAbsent(one.outletId(), registry::outlet),
                        factors,
                        acknowledged.get(one.id())))
                .toList();
    }

    /** The reading is recorded. */
    @Transactional
    public Whole one(long id) {
        allowed();
        Episode episode = episodes.one(id).orElseThrow(EpisodeDesk::unknown);
        audit.record("monitoring.readEpisode", null, "预警" + id);
        EpisodeAcknowledgement acknowledged = episodes.acknowledged(List.of(id)).get(id);
        return new Whole(
                line(episode, registry.outlet(episode.outletId()), factors(), acknowledged),
                episodes.findings(id),
                episodes.changes(id),
                acknowledged == null && !unfounded(episode) && MonitoringRoles.any(signedIn.groups(), ON_DUTY));
    }

    /**
     * 接警: the person on duty has seen it. One that is over may be seen too, an unfounded one need not.
     *
     * @throws Overtaken a colleague was first
     */
    @Transactional
    public void acknowledge(long id, @Nullable String reason) {
        if (!MonitoringRoles.any(signedIn.groups(), ON_DUTY))
            throw new AccessDeniedException("Not in the groups that are on duty");
        String said = Typed.needed("reason", "接警说明", reason, LONGEST_REASON);
        Episode episode = rows.hold(id).orElseThrow(EpisodeDesk::unknown);
        EpisodeEnding ending = episode.ending();
        if (unfounded(episode) && ending != null) throw new Refusal("这条预警已经撤销（" + ending.label() + "），不用接警。");
        EpisodeAcknowledgement before = rows.acknowledged(List.of(id)).get(id);
        if (before != null) throw new Overtaken(before.by() + "已于" + ChineseTime.text(before.at()) + "接警，不用再接。");
        rows.acknowledged(id, clock.instant().truncatedTo(ChronoUnit.SECONDS), episode.level(), said, actor.get());
        audit.record("monitoring.acknowledgeEpisode", null, "预警" + id);
    }

    private static Refusal unknown() {
        return new Refusal("没有这条预警，请从预警列表中重新选择。");
    }

    private static boolean unfounded(Episode one) {
        EpisodeEnding ending = one.ending();
        return ending != null && ending.unfounded();
    }

    private Map<String, String> factors() {
        Map<String, String> names = new HashMap<>();
        for (Factor factor : registry.factors()) names.put(factor.code(), factor.name());
        return names;
    }

    private static Line line(
            Episode one,
            Optional<Outlet> outlet,
            Map<String, String> factors,
            @Nullable EpisodeAcknowledgement acknowledged) {
        return new Line(
                one,
                outlet.map(Outlet::title).orElse("排放口" + one.outletId()),
                one.group().perFactor() ? factors.getOrDefault(one.subject(), one.subject()) : "全部",
                acknowledged);
    }

    /** Groups that see episodes, as page rules name them. */
    public static List<String> readers() {
        return List.of(READERS);
    }

    /** Groups that acknowledge them, as page rules name them. */
    public static List<String> onDuty() {
        return List.of(ON_DUTY);
    }

    private void allowed() {
        if (!MonitoringRoles.any(signedIn.groups(), READERS))
            throw new AccessDeniedException("Not in the groups that see episodes");
    }
}
