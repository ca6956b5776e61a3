package org.banhao.monitoring.domain;

import java.util.List;
import java.util.stream.Stream;
import org.banhao.base.Actor;
import org.banhao.base.CurrentActor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.people.People;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * Who may see and do what. The branch's people see all enterprises; an enterprise and its contractor those they keep, and nothing of
 * others. Acts of the system itself (import of the demonstration) are let through.
 */
@Component
public class Access {

    /** Who keeps the registry. */
    static final String[] REGISTRY = keepers().toArray(String[]::new);

    /** Who sees everything of monitoring. */
    static final String[] OFFICE = branch().toArray(String[]::new);

    /** Who takes note of what enterprises report. */
    static final String[] DESK = {
        "*." + MonitoringRoles.COMMAND_LEAD, "*." + MonitoringRoles.DUTY_OFFICER, "*." + MonitoringRoles.BRIGADE_LEADER
    };

    private final CurrentActor actor;
    private final People people;
    private final Registry registry;
    private final JdbcClient db;

    Access(CurrentActor actor, People people, Registry registry, JdbcClient db) {
        this.actor = actor;
        this.people = people;
        this.registry = registry;
        this.db = db;
    }

    /** Who keeps the registry, as page rules name them. */
    public static List<String> keepers() {
        return List.of("*." + MonitoringRoles.DATA_ENGINEER, "*." + MonitoringRoles.COMMAND_LEAD);
    }

    /** The branch, as page rules name it. */
    public static List<String> branch() {
        return List.of(
                "*." + MonitoringRoles.DATA_ENGINEER,
                "*." + MonitoringRoles.COMMAND_LEAD,
                "*." + MonitoringRoles.DUTY_OFFICER,
                "*." + MonitoringRoles.BRIGADE_LEADER,
                "*." + MonitoringRoles.ENFORCEMENT_OFFICER);
    }

    /** The branch, and those who look after an enterprise, as page rules name them; which enterprise is asked by the use cases. */
    public static List<String> seers() {
        return Stream.concat(branch().stream(), Stream.of(MonitoringRoles.ENTERPRISE, MonitoringRoles.CONTRACTOR))
                .toList();
    }

    Actor actor() {
        return actor.get();
    }

    boolean has(String... wanted) {
        Actor who = actor.get();
        return who.equals(Actor.SYSTEM) || MonitoringRoles.any(people.groupsOf(who.id()), wanted);
    }

    void require(String... wanted) {
        if (!has(wanted)) throw new AccessDeniedException("Not in the groups that may do this");
    }

    public boolean keepsRegistry() {
        return has(REGISTRY);
    }

    public boolean office() {
        return has(OFFICE);
    }

    public boolean desk() {
        return has(DESK);
    }

    /** Those of the branch who see and propose what readings are judged by. */
    public boolean commandCentre() {
        return has(
                "*." + MonitoringRoles.DUTY_OFFICER,
                "*." + MonitoringRoles.COMMAND_LEAD,
                "*." + MonitoringRoles.DATA_ENGINEER);
    }

    /** Enterprises whose matters the person looks after. */
    List<Long> kept() {
        return db.sql("select enterprise_id from monitoring_keeper where person_id = ? order by enterprise_id")
                .param(actor.get().id())
                .query(Long.class)
                .list();
    }

    /** Speaks for the enterprise. */
    public boolean keeps(long enterpriseId) {
        return has(MonitoringRoles.ENTERPRISE, MonitoringRoles.CONTRACTOR) && kept().contains(enterpriseId);
    }

    /** @throws AccessDeniedException neither of the branch nor one who looks after it */
    void requireSight(long enterpriseId) {
        if (!office() && !keeps(enterpriseId)) throw new AccessDeniedException("Not an enterprise of this person");
    }

    /** @throws AccessDeniedException does not speak for it, and does not keep the registry on its behalf */
    void requireVoice(long enterpriseId) {
        if (!keeps(enterpriseId) && !keepsRegistry())
            throw new AccessDeniedException("Does not speak for this enterprise");
    }

    boolean sees(long outletId) {
        return registry.outlet(outletId)
                .filter(outlet -> office() || keeps(outlet.enterpriseId()))
                .isPresent();
    }

    /** @throws AccessDeniedException no such outlet, or not to be seen: who may not see it learns not whether it is there */
    Outlet outlet(long id) {
        Outlet outlet = registry.outlet(id).orElseThrow(() -> new AccessDeniedException("No such outlet"));
        requireSight(outlet.enterpriseId());
        return outlet;
    }
}
