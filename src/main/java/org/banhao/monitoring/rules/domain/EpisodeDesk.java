package org.banhao.monitoring.rules.domain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.Episodes;
import org.banhao.monitoring.Episodes.EpisodeChange;
import org.banhao.monitoring.Episodes.EpisodeFinding;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.MonitoringRoles;
import org.banhao.people.SignedIn;
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

    private final Episodes episodes;
    private final Registry registry;
    private final SignedIn signedIn;
    private final Audit audit;

    EpisodeDesk(Episodes episodes, Registry registry, SignedIn signedIn, Audit audit) {
        this.episodes = episodes;
        this.registry = registry;
        this.signedIn = signedIn;
        this.audit = audit;
    }

    /** @param subject name of the factor, or 全部 for the outlet as a whole */
    public record Line(Episode episode, String outlet, String subject) {}

    public record Whole(Line line, List<EpisodeFinding> findings, List<EpisodeChange> changes) {}

    /** Open ones: the gravest first, then the oldest. */
    public List<Line> open() {
        allowed();
        // an open one of an outlet that is out of use is looked up by itself
        Map<Long, Optional<Outlet>> outlets = new HashMap<>();
        for (Outlet outlet : registry.outlets()) outlets.put(outlet.id(), Optional.of(outlet));
        Map<String, String> factors = factors();
        return episodes.open().stream()
                .map(one -> line(one, outlets.computeIfAbsent(one.outletId(), registry::outlet), factors))
                .toList();
    }

    /** The reading is recorded. */
    @Transactional
    public Whole one(long id) {
        allowed();
        Episode episode = episodes.one(id).orElseThrow(() -> new Refusal("没有这条预警，请从预警列表中重新选择。"));
        audit.record("monitoring.readEpisode", null, "预警" + id);
        return new Whole(
                line(episode, registry.outlet(episode.outletId()), factors()),
                episodes.findings(id),
                episodes.changes(id));
    }

    private Map<String, String> factors() {
        Map<String, String> names = new HashMap<>();
        for (Factor factor : registry.factors()) names.put(factor.code(), factor.name());
        return names;
    }

    private static Line line(Episode one, Optional<Outlet> outlet, Map<String, String> factors) {
        return new Line(
                one,
                outlet.map(Outlet::title).orElse("排放口" + one.outletId()),
                one.group().perFactor() ? factors.getOrDefault(one.subject(), one.subject()) : "全部");
    }

    /** Groups that see episodes, as page rules name them. */
    public static List<String> readers() {
        return List.of(READERS);
    }

    private void allowed() {
        if (!MonitoringRoles.any(signedIn.groups(), READERS))
            throw new AccessDeniedException("Not in the groups that see episodes");
    }
}
