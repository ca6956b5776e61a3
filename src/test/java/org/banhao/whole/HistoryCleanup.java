package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.flow.time.EngineTime;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;

/** The engine forgets ended processes after the time their models say, at night; the case file forgets nothing. */
interface HistoryCleanup extends Whole {

    /** As proposal.bpmn and proposalReview.bpmn say. */
    int KEPT_DAYS = 3650;

    @Test
    default void theEnginesHistoryOfAnEndedCaseGoesAfterItsTimeAtNightAndItsFileStays() {
        Committee committee = new Committee(this);
        String number = committee.upToTheNumber(this, "历史清理", 1).get(0);
        Committee.numberAll(committee.clerk, Committee.waitingForNumbers(committee.clerk));
        Desk.ok(
                desk("郜清远").web().form("/my/proposals/" + number + "/withdraw", List.of(Map.entry("reason", "情况有变"))),
                302);
        assertThat(ended(number)).isTrue();
        LocalDate today = LocalDate.now(ChineseTime.ZONE);
        List<Long> history = history(number);
        List<Long> file = file(number);
        assertThat(history).allMatch(rows -> rows > 0);
        assertThat(file).allMatch(rows -> rows > 0);

        clean(today.plusDays(KEPT_DAYS - 1), LocalTime.of(2, 30));
        assertThat(history(number)).as("its time has not come").isEqualTo(history);
        clean(today.plusDays(KEPT_DAYS + 1), LocalTime.of(14, 0));
        assertThat(history(number)).as("not by day").isEqualTo(history);

        clean(today.plusDays(KEPT_DAYS + 2), LocalTime.of(2, 30));

        assertThat(history(number)).containsOnly(0L);
        assertThat(file(number)).isEqualTo(file);
    }

    private void clean(LocalDate day, LocalTime hour) {
        bean(EngineTime.class).set(day.atTime(hour).atZone(ChineseTime.ZONE).toInstant());
        ProcessEngine engine = bean(ProcessEngine.class);
        List<Job> jobs = engine.getHistoryService().findHistoryCleanupJobs();
        assertThat(jobs).isNotEmpty();
        // a round takes 500 of the rows that are due, and other tests leave theirs
        for (int again = 0; again < 40; again++)
            jobs.forEach(job -> engine.getManagementService().executeJob(job.getId()));
    }

    private boolean ended(String number) {
        return db().sql("select count(*) from act_hi_procinst where business_key_ = ? and end_time_ is null")
                        .param(number)
                        .query(Long.class)
                        .single()
                == 0;
    }

    /** Rows of the engine, of the case's processes and those they called. */
    private List<Long> history(String number) {
        return List.of("act_hi_procinst", "act_hi_actinst", "act_hi_taskinst").stream()
                .map(table -> db().sql("select count(*) from " + table + " where root_proc_inst_id_ in"
                                + " (select instance_id from casefile_step_answer where case_number = :number"
                                + " union select instance_id from proposal_proposal where case_number = :number)")
                        .param("number", number)
                        .query(Long.class)
                        .single())
                .toList();
    }

    private List<Long> file(String number) {
        return List.of("casefile_step_answer", "casefile_timeline", "casefile_party", "base_audit").stream()
                .map(table -> db().sql("select count(*) from " + table + " where case_number = ?")
                        .param(number)
                        .query(Long.class)
                        .single())
                .toList();
    }
}
