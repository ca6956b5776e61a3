package org.banhao.administration.domain;

import java.util.List;
import java.util.Map;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.flow.MigrationRuns;
import org.banhao.flow.MigrationRuns.Run;
import org.banhao.flow.Migrations;
import org.banhao.flow.Migrations.Behind;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.springframework.stereotype.Component;

/** What the rules administrator does with cases that run on older versions of a model. Contracts as in {@link Migrations} and {@link MigrationRuns}. */
@Component
public class RunningCases {

    private final Migrations migrations;
    private final MigrationRuns runs;
    private final People people;
    private final CurrentActor actor;

    RunningCases(Migrations migrations, MigrationRuns runs, People people, CurrentActor actor) {
        this.migrations = migrations;
        this.runs = runs;
        this.people = people;
        this.actor = actor;
    }

    /** @throws Refusal the present person is not a rules administrator */
    public List<Behind> behind() {
        requireRight();
        return migrations.behind();
    }

    /** @throws Refusal the present person is not a rules administrator; or as {@link MigrationRuns#start} */
    public long start(String version, Map<String, String> instead, boolean trial) {
        requireRight();
        return runs.start(version, instead, trial);
    }

    /** @throws Refusal the present person is not a rules administrator */
    public List<Run> latest() {
        requireRight();
        return runs.latest();
    }

    /** @throws Refusal the present person is not a rules administrator; or as {@link MigrationRuns#one} */
    public Run one(long id) {
        requireRight();
        return runs.one(id);
    }

    private void requireRight() {
        if (!people.groupsOf(actor.get().id()).contains(Roles.RULES_ADMINISTRATOR))
            throw new Refusal("在办案件的迁移只能由规则与代码管理员办理，请与规则与代码管理员联系。");
    }
}
