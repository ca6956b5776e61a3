package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.Retractions;
import org.banhao.flow.Processes;
import org.banhao.proposal.domain.Meetings;
import org.junit.jupiter.api.Test;

/** 撤回: each step is taken back and everything stands as before, to the second; the ways in which it is refused. */
interface Retraction extends HandlingWay {

    String CLERK = "bao-xiaolan";
    String SECOND = "miao-zhengqing";
    String SECRETARY = "yan-xiaoman";
    String OTHER_OFFICE = "party-office-assigner";

    /** Table → condition by the case's number. */
    Map<String, String> TABLES = tables();

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("casefile_case", "number = :n");
        for (String table : List.of(
                "casefile_party",
                "proposal_proposal",
                "proposal_signature",
                "proposal_suggestion",
                "proposal_wished_unit",
                "proposal_text_version",
                "proposal_review",
                "proposal_assignment_plan",
                "proposal_assignment",
                "proposal_handling",
                "proposal_commitment",
                "proposal_feedback")) {
            tables.put(table, "case_number = :n");
        }
        for (String table : List.of(
                "proposal_handling_opinion",
                "proposal_reply",
                "proposal_reply_item",
                "proposal_reply_version",
                "proposal_co_opinion")) {
            tables.put(table, "handling_id in (select id from proposal_handling where case_number = :n)");
        }
        tables.put(
                "proposal_return_request",
                "assignment_id in (select id from proposal_assignment where case_number = :n)");
        return tables;
    }

    /** What only grows, and the ids of processes that began anew. */
    Set<String> APART = Set.of("version", "instance_id");

    /** Everything there is of the case but its history. */
    private Map<String, List<String>> standing(String number) {
        Map<String, List<String>> all = new TreeMap<>();
        TABLES.forEach((table, where) -> all.put(
                table,
                db().sql("select * from " + table + " where " + where).param("n", number).query().listOfRows().stream()
                        .map(row -> {
                            Map<String, String> cells = new TreeMap<>();
                            row.forEach((column, value) -> {
                                if (!APART.contains(column.toLowerCase(java.util.Locale.ROOT))) {
                                    cells.put(column, text(value));
                                }
                            });
                            return cells.toString();
                        })
                        .sorted()
                        .toList()));
        all.put(
                "deadlines",
                db().sql("""
                                select rule_key || ' ' || due_at || ' ' || start_at || ' ' || coalesce(task, '')
                                from calendar_deadline where case_number = ? and state = 'open'""").param(number).query(String.class).list().stream()
                        .sorted()
                        .toList());
        all.put(
                "steps",
                open(number).stream()
                        .map(step -> step.task() + " " + step.assignee() + " " + step.groups() + " " + step.due())
                        .sorted()
                        .toList());
        return all;
    }

    private static String text(Object value) {
        if (value instanceof java.sql.Clob clob) {
            try {
                return clob.getSubString(1, (int) clob.length());
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return String.valueOf(value);
    }

    private Retractions retractions() {
        return bean(Retractions.class);
    }

    private Retractions.Recent last(String number, String person) {
        return retractions().recent(person).stream()
                .filter(one -> one.caseNumber().equals(number))
                .findFirst()
                .orElseThrow(() -> new AssertionError(person + " did nothing in " + number));
    }

    private void retract(String number, String person) {
        retractions().retract(last(number, person).id(), person);
    }

    private void refused(String number, String person, String why) {
        String id = last(number, person).id();
        assertThatThrownBy(() -> retractions().retract(id, person))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(why);
    }

    /** Answers, takes it back, and sees that everything stands as before; the task is his, with his answer as draft. */
    private void retracted(String number, String taskId, String name, String person, Map<String, Object> values) {
        claimed(taskId, person);
        Map<String, List<String>> before = standing(number);
        List<String> history = history(number);
        answer(taskId, person, values);
        assertThat(standing(number)).as(name + " does something").isNotEqualTo(before);

        Retractions.Recent recent = last(number, person);
        assertThat(recent.why()).as(name).isNull();
        Retractions.Retracted back = retractions().retract(recent.id(), person);

        assertThat(standing(number)).as(name + " is taken back").isEqualTo(before);
        OpenStep again = open(number).stream()
                .filter(step -> step.taskId().equals(back.taskId()))
                .findFirst()
                .orElseThrow();
        assertThat(again.task()).isEqualTo("userTask_" + name);
        assertThat(again.assignee()).isEqualTo(person);
        assertThat(db().sql("select count(*) from flow_draft where person = ? and step = ?")
                        .params(person, back.taskId())
                        .query(Long.class)
                        .single())
                .as("draft of " + name)
                .isOne();
        List<String> after = history(number);
        assertThat(after).as("history is kept").containsAll(history);
        assertThat(after.get(after.size() - 1)).contains("撤回「");
        assertThat(db().sql("select count(*) from casefile_step_answer where task_id = ? and retracted_at is not null")
                        .param(taskId)
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(db().sql("select count(*) from notice_outbox where retraction_id = ?")
                        .param(recent.id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void retracted(String number, String name, String person, Map<String, Object> values) {
        retracted(number, task(number, name), name, person, values);
    }

    /** Takes it back once, then does it. */
    private void secondTry(String number, String name, String person, Map<String, Object> values) {
        retracted(number, name, person, values);
        step(number, name, person, values);
    }

    private void claimed(String taskId, String person) {
        bean(Processes.class).handOver(taskId, person);
    }

    private List<String> history(String number) {
        return db().sql("select what from casefile_timeline where case_number = ? order by id")
                .param(number)
                .query(String.class)
                .list();
    }

    private String meeting() {
        return String.valueOf(bean(Meetings.class)
                .create("committee", "会议" + java.util.UUID.randomUUID(), ChineseTime.day(now()), SECRETARY));
    }

    private static Map<String, Object> first(String verdict) {
        return verdict.equals("return")
                ? Map.of("firstVerdict", "return", "defects", List.of("noSuggestion"), "firstOpinion", "建议不够具体。")
                : Map.of("firstVerdict", verdict, "category", "society");
    }

    // ---- each step

    @Test
    default void everyLevelOfReviewIsTakenBackAndDoneAgain() {
        String number = handedIn(PROPOSER);
        secondTry(number, "firstReview", CLERK, first("file"));
        secondTry(number, "secondReview", SECOND, Map.of("secondVerdict", "file", "category", "society"));
        Map<String, Object> filed = Map.of("finalVerdict", "file", "meeting", meeting());
        secondTry(number, "decideInMeeting", SECRETARY, filed);
        step(number, "assignFileNumber", CLERK, Map.of("numberConfirmed", true));

        refused(number, CLERK, "案号已经编定");
        refused(number, SECRETARY, "往下办理");
    }

    @Test
    default void whatWasSentToTheNextUnitIsTakenBackFromTheFirstSignatureToTheLastButDelivery() {
        String number = filed();
        step(
                number,
                "confirmUnits",
                OFFICE,
                Map.of("confirmation", "confirm", "leadUnit", EDUCATION, "changeReason", "按职责分工交办。"));
        refused(number, OFFICE, "交办已经告知");
        secondTry(number, "answerAssignment", LIAISON, Map.of("unitAnswer", "accept"));
        secondTry(number, "forwardToSection", LIAISON, Map.of("section", "基础教育科"));
        secondTry(number, "handle", HANDLER, Map.of("handlingNote", "已经走访学校并列出清单。"));
        secondTry(number, "draftReply", HANDLER, with(reply(), "contactReason", "提案者外出，已约定时间当面沟通。"));
        retracted(number, "checkReply", CHECKER, Map.of("checkVerdict", "return", "checkOpinion", "第二条再写具体。"));
        secondTry(number, "checkReply", CHECKER, Map.of("checkVerdict", "pass"));
        secondTry(number, "signByDeputy", DEPUTY, Map.of("signVerdict", "sign", "signOpinion", "同意。"));
        secondTry(number, "previewReply", OFFICE, Map.of("previewVerdict", "pass"));
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);
        refused(number, LIAISON, "答复已经送达");
        assertThat(status(number)).isEqualTo("replied");
    }
}
