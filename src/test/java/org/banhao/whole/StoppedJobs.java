package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;

/** A timer that cannot do its work: who sees it, and who lets it try again. */
interface StoppedJobs extends Whole {

    private String withACoSigner(String title) {
        Desk member = desk("卫林书");
        String number = member.begin();
        List<Map.Entry<String, String>> fields = new ArrayList<>(List.of(
                Map.entry("version", "1"),
                Map.entry("title", title),
                Map.entry("situation", "群众反映比较集中。"),
                Map.entry("analysis", "缺少统一的办法。"),
                Map.entry("suggestions", "明确牵头单位。"),
                Map.entry("category", "society"),
                Map.entry("consent", "full"),
                Map.entry("coSigners", "gao-qingyuan"),
                Map.entry("noSecret", "on")));
        Desk.ok(member.web().form("/my/drafts/" + number + "/submit", fields), 302);
        return number;
    }

    private Job timer(String number) {
        return bean(ProcessEngine.class)
                .getManagementService()
                .createJobQuery()
                .processInstanceId(db().sql("select instance_id from proposal_proposal where case_number = ?")
                        .param(number)
                        .query(String.class)
                        .single())
                .singleResult();
    }

    @Test
    default void aTimerThatWasGivenUpIsSeenByTheSystemAdministratorAndRunsAgainWhenHeLetsIt() {
        Desk administrator = desk("甲管");
        String number = withACoSigner("关于自动步骤的提案");
        ManagementService jobs = bean(ProcessEngine.class).getManagementService();
        Job timer = timer(number);
        String how = db().sql("select handler_cfg_ from act_ru_job where id_ = ?")
                .param(timer.getId())
                .query(String.class)
                .single();
        assertThat(administrator.web().get("/admin/jobs").body()).doesNotContain(number);
        configured(timer, "noSuchStep");
        for (int tries = 0;
                jobs.createJobQuery().jobId(timer.getId()).singleResult().getRetries() > 0;
                tries++) {
            assertThat(tries).as("tries end").isLessThan(10);
            assertThatThrownBy(() -> jobs.executeJob(timer.getId())).isNotNull();
        }

        HttpResponse<String> page = Desk.ok(administrator.web().get("/admin/jobs"), 200);

        assertThat(page.body()).contains("停下的自动步骤", number, "联名截止", "重试").doesNotContain("关于自动步骤的提案", "没有停下的自动步骤");
        String retry = "/admin/jobs/" + timer.getId() + "/retry";
        assertThat(desk("暴晓岚").web().form(retry, List.of()).statusCode()).isEqualTo(403);
        assertThat(administrator
                        .web()
                        .engine("PUT", "/job/" + timer.getId() + "/retries", "{\"retries\":3}")
                        .statusCode())
                .as("the engine's own door")
                .isEqualTo(403);
        configured(timer, how);
        HttpResponse<String> tried = Desk.ok(administrator.web().form(retry, List.of()), 302);
        assertThat(administrator.web().follow(tried).body()).contains("已安排重试").doesNotContain(number);
        assertThat(db().sql("select count(*) from act_ru_job where id_ = ? and retries_ = 1 and lock_exp_time_ is null")
                        .param(timer.getId())
                        .query(Long.class)
                        .single())
                .as("nothing holds it back")
                .isEqualTo(1);
        assertThat(db().sql("select case_number from base_audit where action = 'flow.retryJob' and person_id = ?")
                        .param(administrator.account().login())
                        .query(String.class)
                        .list())
                .contains(number);
        HttpResponse<String> twice = Desk.ok(administrator.web().form(retry, List.of()), 302);
        assertThat(administrator.web().follow(twice).body()).contains("已不在失败之列");

        jobs.executeJob(timer.getId());

        assertThat(desk("暴晓岚").sees(number)).as("the process went on").isPresent();
    }

    private void configured(Job timer, String how) {
        db().sql("update act_ru_job set handler_cfg_ = ? where id_ = ?")
                .params(how, timer.getId())
                .update();
    }
}
