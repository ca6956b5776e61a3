package org.banhao.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What holds in the database whenever nobody is in the middle of something: engine, open steps, case rows and proposals tell the
 * same story. Read by SQL on purpose, past all use cases.
 */
public final class Consistency {

    /** Which task a state of the case waits for; a state that is not here waits for none. */
    private static final Map<String, String> TASK_OF = Map.of(
            "firstReview", "userTask_firstReview",
            "secondReview", "userTask_secondReview",
            "planFile", "userTask_decideInMeeting",
            "planMerge", "userTask_decideInMeeting",
            "planConvert", "userTask_decideInMeeting",
            "planNotFile", "userTask_decideInMeeting",
            "awaitingNumber", "userTask_assignFileNumber",
            "returned", "userTask_reviseProposal",
            "filed", "userTask_confirmUnits");

    private final JdbcClient db;
    private final List<String> faults = new ArrayList<>();

    private Consistency(JdbcClient db) {
        this.db = db;
    }

    /** @return one sentence for everything that does not fit; empty: all is well */
    public static List<String> faults(JdbcClient db) {
        Consistency check = new Consistency(db);
        check.engineAndOpenSteps();
        check.casesAndTasks();
        check.answersAndReviews();
        check.fileNumbers();
        return check.faults;
    }

    private void none(String what, String sql) {
        db.sql(sql).query().listOfRows().forEach(row -> faults.add(what + ": " + row));
    }

    private void engineAndOpenSteps() {
        none(
                "task of the engine without an open step",
                "select id_, name_ from act_ru_task where id_ not in (select task_id from casefile_open_step)");
        none(
                "open step without a task of the engine",
                "select task_id, number from casefile_open_step where task_id not in (select id_ from act_ru_task)");
        none(
                "open step held by somebody else than the engine says",
                "select s.task_id, s.assignee, t.assignee_ from casefile_open_step s join act_ru_task t on t.id_ = s.task_id"
                        + " where coalesce(s.assignee, '') <> coalesce(t.assignee_, '')");
        none(
                "candidate group of the engine without a row",
                "select l.task_id_, l.group_id_ from act_ru_identitylink l where l.type_ = 'candidate' and l.group_id_ is not null"
                        + " and l.task_id_ is not null and not exists (select 1 from casefile_open_step s"
                        + " where s.task_id = l.task_id_ and s.group_id = l.group_id_)");
        none(
                "open step that rests in one place and not in the other",
                "select s.task_id, s.suspended, t.suspension_state_ from casefile_open_step s join act_ru_task t"
                        + " on t.id_ = s.task_id where s.suspended <> (t.suspension_state_ = 2)");
        none("dead job", "select id_, exception_msg_ from act_ru_job where retries_ = 0");
    }

    private void casesAndTasks() {
        db.sql("select c.number, c.status, p.submitted_at, p.handed_in_at, p.verdict from casefile_case c"
                        + " join proposal_proposal p on p.case_number = c.number")
                .query()
                .listOfRows()
                .forEach(row -> {
                    String number = String.valueOf(row.get("number"));
                    String status = String.valueOf(row.get("status"));
                    List<String> open = db.sql(
                                    "select distinct task_id || ' ' || task from casefile_open_step where number = ?")
                            .param(number)
                            .query(String.class)
                            .list();
                    // every unit is asked for itself, until the last has answered; and works for itself, until the last
                    // has replied
                    if (List.of("assigned", "handling", "secondHandling", "replied")
                            .contains(status)) {
                        // a merged one is handled again in its lead
                        boolean inItsLead = status.equals("secondHandling") && "merge".equals(row.get("verdict"));
                        if (open.isEmpty() && !inItsLead)
                            faults.add(number + " is " + status + " and waits for nobody");
                        return;
                    }
                    // who is silent may still answer; one of several units that answer apart may have replied already
                    if (status.equals("closed") || status.equals("merged")) return;
                    // a mock ends with its number: nothing of it is assigned
                    boolean judged = number.startsWith("MN-") && status.equals("filed");
                    String wanted = judged ? null : TASK_OF.get(status);
                    boolean fits = wanted == null
                            ? open.isEmpty()
                            : open.size() == 1
                                    && (open.get(0).endsWith(" " + wanted)
                                            || (status.startsWith("plan")
                                                    && open.get(0).endsWith(" userTask_decideByDirector")));
                    if (!fits) faults.add(number + " is " + status + " and waits for " + open);
                    if ((status.equals("draft")) != (row.get("handed_in_at") == null))
                        faults.add(number + " is " + status + ", handed in " + row.get("handed_in_at"));
                });
        none(
                "open step with several groups",
                "select task_id, count(*) from casefile_open_step where process = 'proposalReview' group by task_id having count(*) > 1");
        none(
                "submitted, and nobody was told",
                "select case_number from proposal_proposal where submitted_at is not null and channel = 'my' and not exists"
                        + " (select 1 from notice_outbox o where o.case_number = proposal_proposal.case_number and o.template = 'submitted')");
        // of a reply in parts each unit owes its own
        none(
                "told twice of one rung above an obligation",
                "select n.person_id, d.case_number, d.rule_key, substring(n.notice_key, char_length(concat('reminder:', d.id, ':')) + 1)"
                        + " as due_and_rung, count(*) from notice_outbox n join calendar_deadline d on d.case_number ="
                        + " n.case_number and n.notice_key like concat('reminder:', d.id, ':%') where n.template ="
                        + " 'reminder' and n.channel = 'mail' and d.rule_key in ('firstReview', 'secondReview',"
                        + " 'finalDecision', 'fileNumber', 'assignment', 'reply') and not exists (select 1 from"
                        + " proposal_assignment a where a.case_number = d.case_number and a.role = 'separate')"
                        + " group by n.person_id, d.case_number, d.rule_key, substring(n.notice_key,"
                        + " char_length(concat('reminder:', d.id, ':')) + 1) having count(*) > 1");
        none(
                "handed in without a line in the timeline",
                "select case_number from proposal_proposal where submitted_at is not null and not exists"
                        + " (select 1 from casefile_timeline t where t.case_number = proposal_proposal.case_number)");
    }

    /** One answer kept for each conclusion, of the same level and person. */
    private void answersAndReviews() {
        none(
                "reviews and answers differ",
                "select r.case_number, r.level, r.n, a.n from (select case_number, level, count(*) n from proposal_review"
                        + " group by case_number, level) r left join (select case_number, level, count(*) n from"
                        + " (select case_number, case task when 'userTask_firstReview' then 'first'"
                        + " when 'userTask_secondReview' then 'second' else 'final' end level from casefile_step_answer"
                        + " where process = 'proposalReview' and retracted_at is null and task in ('userTask_firstReview', 'userTask_secondReview',"
                        + " 'userTask_decideInMeeting', 'userTask_decideByDirector')) l group by case_number, level) a on a.case_number = r.case_number and a.level = r.level"
                        + " where a.n is null or a.n <> r.n");
        none(
                "task answered twice",
                "select task_id, count(*) from casefile_step_answer where task_id is not null group by task_id having count(*) > 1");
        none(
                "two conclusions of one level in one round",
                "select case_number, round, level, count(*) from proposal_review group by case_number, round, level having count(*) > 1");
    }

    /** 案号: 1…n in each session, the same in both rows, the counter at the last. */
    private void fileNumbers() {
        none(
                "file numbers with gaps",
                "select session_id, count(*), min(file_number), max(file_number), count(distinct file_number) from proposal_proposal"
                        + " where file_number is not null group by session_id"
                        + " having min(file_number) <> 1 or max(file_number) <> count(*) or count(distinct file_number) <> count(*)");
        none(
                "file number in one row only",
                "select c.number, c.file_number, p.file_number from casefile_case c join proposal_proposal p on p.case_number = c.number"
                        + " where (c.file_number is null) <> (p.file_number is null)");
        none(
                "counter of file numbers not at the last",
                "select f.session_id, f.last_number from casefile_file_number f where f.last_number <> coalesce((select max(file_number)"
                        + " from proposal_proposal p where p.session_id = f.session_id), 0)");
    }
}
