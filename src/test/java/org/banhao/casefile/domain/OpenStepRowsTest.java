package org.banhao.casefile.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CasefileDatabase;
import org.banhao.casefile.OpenStep;
import org.banhao.flow.Step;
import org.banhao.flow.StepEvent.StepDone;
import org.banhao.flow.StepEvent.StepOffered;
import org.banhao.flow.StepEvent.StepWithdrawn;
import org.banhao.people.LeftGroup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenStepRowsTest {
    @ParameterizedTest
    @EnumSource
    void rows_follow_offer_claim_new_group_and_answer(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("提案");
        house.publish(house.offered("t1", number, null, List.of("a", "b"), true));
        assertThat(house.rows()).containsExactly("t1 a null 提案 卫林书", "t1 b null 提案 卫林书");
        house.publish(house.offered("t1", number, "baoxiaolan", List.of("a", "b"), false));
        assertThat(house.rows()).containsExactly("t1 a baoxiaolan 提案 卫林书", "t1 b baoxiaolan 提案 卫林书");
        house.publish(house.offered("t1", number, "baoxiaolan", List.of("c"), false));
        assertThat(house.rows()).containsExactly("t1 c baoxiaolan 提案 卫林书");
        house.publish(house.offered("t1", number, "baoxiaolan", List.of(), false));
        assertThat(house.rows()).containsExactly("t1  baoxiaolan 提案 卫林书");
        house.publish(new StepDone(House.step("t1", number)));
        assertThat(house.rows()).isEmpty();
        assertThat(house.deadlines.calls).containsExactly("met inst-t1 userTask_firstReview");
    }

    @ParameterizedTest
    @EnumSource
    void a_withdrawn_step_cancels_its_deadline(CasefileDatabase database) {
        House house = House.on(database);
        house.publish(house.offered("t1", null, null, List.of("a"), true));
        assertThat(house.rows()).containsExactly("t1 a null null null");
        house.publish(new StepWithdrawn(House.step("t1", null)));
        assertThat(house.rows()).isEmpty();
        assertThat(house.deadlines.calls).containsExactly("cancel inst-t1 userTask_firstReview");
    }

    @ParameterizedTest
    @EnumSource
    void an_obligation_of_several_tasks_is_met_with_the_last(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("提案");
        Step one = sibling("t1", number);
        Step two = sibling("t2", number);
        house.publish(of(house, one));
        house.publish(of(house, two));
        house.publish(new StepDone(one));
        assertThat(house.deadlines.calls).isEmpty();
        house.publish(new StepDone(two));
        assertThat(house.deadlines.calls).containsExactly("met inst userTask_sign");
    }

    @ParameterizedTest
    @EnumSource
    void a_step_that_is_rolled_back_leaves_no_row(CasefileDatabase database) {
        House house = House.on(database);
        house.transaction.executeWithoutResult(status -> {
            house.context.publishEvent(house.offered("t1", null, null, List.of("a"), true));
            status.setRollbackOnly();
        });
        assertThat(house.rows()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void cards_follow_the_case_row(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("旧标题");
        house.publish(house.offered("t1", number, null, List.of("a"), true));
        CaseRow row = house.cases.get(number);
        house.cases.change(number, row.version(), "新标题", "filed", "已立案", "市教育局");
        assertThat(house.rows()).containsExactly("t1 a null 新标题 市教育局");
        house.cases.key(number, true);
        assertThat(house.jdbc
                        .sql("select important from casefile_open_step")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_step_is_read_once_with_all_its_groups(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("提案");
        house.publish(house.offered("t1", number, "baoxiaolan", List.of("b", "a"), true));
        OpenStep expected = new OpenStep(
                "t1",
                "proposalReview",
                "userTask_firstReview",
                "初审",
                "baoxiaolan",
                List.of("a", "b"),
                house.clock.now.plusSeconds(86_400),
                house.clock.now,
                number,
                "提案",
                "inst-t1");
        assertThat(house.steps.ofCase(number)).containsExactly(expected);
        assertThat(house.steps.heldBy("baoxiaolan")).containsExactly(expected);
        assertThat(house.steps.waiting("proposalReview", "userTask_firstReview"))
                .containsExactly(expected);
        assertThat(house.steps.heldBy("weilinshu")).isEmpty();
        assertThat(house.steps.waiting("proposalReview", "userTask_other")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void who_leaves_a_group_hands_back_only_what_he_took_for_it(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("提案");
        house.publish(house.offered("t1", number, "baoxiaolan", List.of("proposal-clerk"), true));
        house.publish(house.offered("t2", number, "baoxiaolan", List.of("committee-director"), true));
        house.publish(house.offered("t3", number, "weilinshu", List.of("proposal-clerk"), true));
        house.publish(house.offered("t4", number, "baoxiaolan", List.of(), true));
        house.publish(new LeftGroup("baoxiaolan", "proposal-clerk"));
        assertThat(house.processes.calls).containsExactly("release t1");
        assertThat(house.cases.timeline(number)).singleElement().satisfies(entry -> {
            assertThat(entry.what()).isEqualTo("退回待签收：初审");
            assertThat(entry.detail()).isEqualTo("暴晓岚不再属于提案委员会办公室工作人员，事项交回重新签收");
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_sweep_repairs_dead_missing_and_other_rows_and_says_so(CasefileDatabase database) {
        House house = House.on(database);
        OpenStepSweep sweep = house.context.getBean(OpenStepSweep.class);
        String number = house.openCase("提案");
        StepOffered right = house.offered("right", number, null, List.of("a"), false);
        StepOffered missing = house.offered("missing", number, null, List.of("a"), false);
        StepOffered other = house.offered("other", number, "baoxiaolan", List.of("a", "b"), false);
        house.publish(right);
        house.publish(house.offered("dead", number, null, List.of("a"), true));
        house.publish(house.offered("other", number, null, List.of("a"), true));
        house.jdbc.sql("update casefile_case set title = '改过的标题'").update();
        house.engine.tasks.addAll(List.of(right, missing, other));
        house.audit.lines.clear();
        assertThat(sweep.sweep()).isEqualTo(4);
        assertThat(house.rows())
                .containsExactly(
                        "missing a null 改过的标题 卫林书",
                        "other a baoxiaolan 改过的标题 卫林书",
                        "other b baoxiaolan 改过的标题 卫林书",
                        "right a null 改过的标题 卫林书");
        assertThat(house.audit.lines)
                .containsExactlyInAnyOrder(
                        "casefile.reconcile " + number + " dead dead userTask_firstReview",
                        "casefile.reconcile " + number + " missing missing userTask_firstReview",
                        "casefile.reconcile " + number + " other other userTask_firstReview",
                        "casefile.reconcile " + number + " card");
        assertThat(sweep.sweep()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void an_event_that_cannot_be_written_fails_the_step(CasefileDatabase database) {
        House house = House.on(database);
        StepOffered tooLong = house.offered("t".repeat(80), null, null, List.of("a"), true);
        assertThatThrownBy(() -> house.publish(tooLong)).isInstanceOf(RuntimeException.class);
        assertThat(house.rows()).isEmpty();
    }

    private static Step sibling(String taskId, String number) {
        return new Step("proposal", "userTask_sign", taskId, "def", "inst", number, null, null);
    }

    private static StepOffered of(House house, Step step) {
        Instant now = house.clock.now;
        return new StepOffered(step, "联名", null, null, List.of("a"), null, 50, now, "提案", "exec", false, true);
    }
}
