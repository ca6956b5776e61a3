package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** 暂停办理, 恢复办理 over HTTP. */
interface RestingCases extends Whole {

    private HttpResponse<String> suspend(Desk administrator, String number, String reason) {
        return administrator
                .web()
                .form("/admin/suspensions", List.of(Map.entry("number", number), Map.entry("reason", reason)));
    }

    @Test
    default void aCaseThatRestsIsInNobodysListAndTakesNoAnswerUntilItGoesOn() {
        Desk administrator = desk("甲管");
        Desk clerk = desk("暴晓岚");
        String number = desk("卫林书").propose("关于暂停办理的提案", "society");
        String task = clerk.task(number);
        Desk.ok(clerk.claim(task), 204);
        String due = due(number);

        Desk.ok(suspend(administrator, number, "等待上级批复"), 302);

        assertThat(clerk.sees(number)).isEmpty();
        Map<String, String> answer = Map.of("firstVerdict", "file", "category", "society");
        HttpResponse<String> refused = clerk.submit(task, answer);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("已暂停办理");
        assertThat(desk("宿明").claim(task).body()).contains("已暂停办理");
        HttpResponse<String> late = clerk.web().upload(task, "迟到.txt", "走访".getBytes(StandardCharsets.UTF_8));
        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).contains("已暂停办理");
        assertThat(clerk.web().get("/cases/" + number).body()).contains("‖ 暂停办理", "等待上级批复", "（暂停）");
        assertThat(Consistency.faults(db())).isEmpty();
        assertThat(db().sql("select count(*) from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_"
                                + " where e.suspension_state_ = 1 and e.proc_inst_id_ in (select id_ from act_ru_execution"
                                + " where business_key_ = ?)")
                        .param(number)
                        .query(Long.class)
                        .single())
                .as("called processes rest too")
                .isZero();
        assertThat(administrator.web().get("/admin/suspensions").body()).contains(number, "等待上级批复");

        Desk.ok(
                administrator.web().form("/admin/suspensions/" + number + "/end", List.of(Map.entry("reason", "批复已到"))),
                302);

        assertThat(clerk.task(number)).isEqualTo(task);
        assertThat(due(number)).as("a rest gives nobody more time").isEqualTo(due);
        Desk.ok(clerk.submit(task, answer), 204);
        assertThat(clerk.web().get("/cases/" + number).body())
                .contains("暂停办理", "恢复办理", "批复已到")
                .doesNotContain("‖ 暂停办理");
        assertThat(db().sql("select action from base_audit where case_number = ? and (action like 'casefile.%su%e%'"
                                + " or action like 'flow.%su%e%') order by id")
                        .param(number)
                        .query(String.class)
                        .list())
                .contains("casefile.suspend", "flow.suspend", "casefile.resume", "flow.resume");
        assertThat(Consistency.faults(db())).isEmpty();
    }

    private String due(String number) {
        return db().sql("select due from casefile_open_step where number = ?")
                .param(number)
                .query(String.class)
                .list()
                .get(0);
    }

    @Test
    default void whatCannotRestIsRefusedAtItsFieldAndTheEnginesOwnDoorIsShut() {
        Desk administrator = desk("甲管");
        String number = desk("卫林书").propose("关于不能重复暂停的提案", "society");
        assertThat(suspend(administrator, "TA-1999-000001", "原因").body()).contains("没有编号为");
        assertThat(suspend(administrator, number, " ").body()).contains("请填写「原因」");
        Desk.ok(suspend(administrator, number, "核实情况"), 302);
        assertThat(suspend(administrator, number, "再来一次").body()).contains("已在暂停中");
        assertThat(desk("暴晓岚")
                        .web()
                        .form("/admin/suspensions/" + number + "/end", List.of(Map.entry("reason", "x")))
                        .statusCode())
                .isEqualTo(403);
        String instance = db().sql("select instance_id from casefile_open_step where number = ?")
                .param(number)
                .query(String.class)
                .list()
                .get(0);
        assertThat(administrator
                        .web()
                        .engine("PUT", "/process-instance/" + instance + "/suspended", "{\"suspended\":false}")
                        .statusCode())
                .isEqualTo(403);
        Desk.ok(
                administrator.web().form("/admin/suspensions/" + number + "/end", List.of(Map.entry("reason", "核实完毕"))),
                302);
        HttpResponse<String> again =
                administrator.web().form("/admin/suspensions/" + number + "/end", List.of(Map.entry("reason", "核实完毕")));
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("没有暂停");
    }
}
