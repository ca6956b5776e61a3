package org.banhao.administration.domain;

import java.util.List;
import java.util.Map;
import org.banhao.base.CurrentActor;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.flow.Migrations;
import org.banhao.flow.Migrations.Behind;
import org.banhao.flow.Migrations.Plan;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** What the rules administrator does with cases that run on older versions of a model. Contracts as in {@link Migrations}. */
@Component
public class RunningCases {

    private final Migrations migrations;
    private final People people;
    private final CurrentActor actor;

    RunningCases(Migrations migrations, People people, CurrentActor actor) {
        this.migrations = migrations;
        this.people = people;
        this.actor = actor;
    }

    /** @throws Refusal the present person is not a rules administrator */
    public List<Behind> behind() {
        requireRight();
        return migrations.behind();
    }

    /** @throws Refusal the present person is not a rules administrator; or as {@link Migrations#plan} */
    public Plan plan(String version, Map<String, String> instead) {
        requireRight();
        return migrations.plan(version, instead);
    }

    /**
     * @return how many were taken over
     * @throws Refusal the present person is not a rules administrator; or as {@link Migrations#migrate}
     * @throws Overtaken one of them was worked on at this moment
     */
    public int migrate(String version, Map<String, String> instead) {
        requireRight();
        return migrations.migrate(version, instead);
    }

    private void requireRight() {
        if (!people.groupsOf(actor.get().id()).contains(Roles.RULES_ADMINISTRATOR))
            throw new Refusal("在办案件的迁移只能由规则与代码管理员办理，请与规则与代码管理员联系。");
    }
}
