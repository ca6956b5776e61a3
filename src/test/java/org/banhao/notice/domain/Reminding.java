package org.banhao.notice.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.calendar.WorkCalendar;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.casefile.domain.Suspensions;
import org.banhao.flow.Processes;
import org.banhao.flow.time.EngineTime;
import org.banhao.people.People;
import org.banhao.people.domain.Absences;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** Deadlines that remind and the digest of the morning, in the whole application. */
interface Reminding extends Whole {

    String CLERK = "bao-xiaolan";

    private String proposed(String title) {
        return desk("卫林书").propose(title, "society");
    }

    private Deadline review(String number) {
        return bean(Deadlines.class).open(number, "firstReview").orElseThrow();
    }

    /** At nine of that day. */
    private void at(LocalDate day) {
        bean(EngineTime.class)
                .set(day.atTime(LocalTime.of(9, 0)).atZone(ChineseTime.ZONE).toInstant());
        bean(ReminderSweep.class).sweep();
    }

    private LocalDate day(Deadline deadline) {
        return ChineseTime.day(deadline.due());
    }

    private LocalDate after(LocalDate day, int workingDays) {
        return bean(WorkCalendar.class).plusWorkingDays(day, workingDays);
    }

    /** Person → subjects he was reminded with, oldest first. */
    private Map<String, List<String>> told(String number) {
        return db()
                .sql(
                        "select person_id, subject from notice_outbox where template = 'reminder' and case_number = ? order by id")
                .param(number)
                .query((rs, n) -> Map.entry(rs.getString(1), rs.getString(2)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    @Test
    default void eachRungTellsWhoOwesTheStepOnceAndHigherOnesTellThoseAbove() {
        String number = proposed("关于逐级催办的提案");
        LocalDate due = day(review(number));

        at(ChineseTime.day(review(number).start()));
        assertThat(told(number)).as("the day it came is no reminder").isEmpty();

        at(due);
        bean(ReminderSweep.class).sweep();
        assertThat(told(number).get(CLERK)).containsExactly("催办：" + number + " 初审今天到期");
        assertThat(told(number)).doesNotContainKey("miao-zhengqing");

        at(after(due, 1));
        assertThat(told(number).get(CLERK)).hasSize(2).last().isEqualTo("催办：" + number + " 初审已逾期1个工作日");

        at(after(due, 12));
        assertThat(told(number).get(CLERK))
                .as("missed rungs are not made up for")
                .hasSize(3);
        String director =
                bean(People.class).membersOf("committee-director").get(0).id();
        assertThat(told(number).get(director)).hasSize(1);
        assertThat(db().sql(
                                "select text_body from notice_outbox where template = 'reminder' and case_number = ? and person_id = ?")
                        .params(number, director)
                        .query(String.class)
                        .single())
                .contains("目前由", "待签收", "请督促")
                .doesNotContain("关于逐级催办");
        assertThat(told(number)).doesNotContainKey("wei-linshu");
    }

    @Test
    default void aMovedDateBeginsAnewAndWhatEndedOrRestsIsSilent() {
        String number = proposed("关于期限调整后催办的提案");
        Deadline review = review(number);
        LocalDate due = day(review);
        at(due);
        assertThat(told(number).get(CLERK)).hasSize(1);

        Instant later = after(due, 20).atTime(18, 0).atZone(ChineseTime.ZONE).toInstant();
        bean(DeadlineMoves.class).move(review.id(), later, "等待补充材料");
        at(due);
        assertThat(told(number).get(CLERK)).as("too early for the new date").hasSize(1);
        at(after(due, 17));
        assertThat(told(number).get(CLERK)).hasSize(2).last().isEqualTo("催办：" + number + " 初审还有3个工作日到期");

        bean(Suspensions.class).suspend(number, "等待上级批复");
        at(after(due, 20));
        assertThat(told(number).get(CLERK)).as("it rests").hasSize(2);
        bean(Suspensions.class).resume(number, "批复已到");
        at(after(due, 20));
        assertThat(told(number).get(CLERK)).hasSize(3);

        desk("暴晓岚").answer(number, Map.of("firstVerdict", "file", "category", "society"));
        at(after(due, 21));
        assertThat(told(number).get(CLERK)).as("it is done").hasSize(3);
    }

    @Test
    default void whoTakesAStepOverIsToldWhereItStandsAndWhoHadItIsNot() {
        String number = proposed("关于换人后催办的提案");
        LocalDate due = day(review(number));
        Desk clerk = desk("暴晓岚");
        String task = clerk.task(number);
        Desk.ok(clerk.claim(task), 204);
        at(due);
        assertThat(told(number)).containsOnlyKeys(CLERK);

        bean(Processes.class).handOver(task, "su-ming");
        at(due);
        assertThat(told(number).get("su-ming")).hasSize(1);
        at(after(due, 1));
        assertThat(told(number).get("su-ming")).hasSize(2);
        assertThat(told(number).get(CLERK)).hasSize(1);
    }

    @Test
    default void ofTwoNodesThatLookAtOnceOneTells() throws Exception {
        String number = proposed("关于两个节点催办的提案");
        bean(EngineTime.class)
                .set(day(review(number))
                        .atTime(LocalTime.of(9, 0))
                        .atZone(ChineseTime.ZONE)
                        .toInstant());
        ReminderSweep sweep = bean(ReminderSweep.class);
        Callable<Integer> look = sweep::sweep;
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            for (Future<Integer> one : nodes.invokeAll(List.of(look, look, look, look))) one.get();
        } finally {
            nodes.shutdown();
        }
        assertThat(told(number).get(CLERK)).hasSize(1);
    }

    @Test
    default void whoStandsInIsRemindedBesideWhoIsAway() {
        String number = proposed("关于代理人催办的提案");
        LocalDate due = day(review(number));
        Desk clerk = desk("宿明");
        Desk.ok(clerk.claim(clerk.task(number)), 204);
        at(due);
        assertThat(told(number)).as("nobody is away yet").containsOnlyKeys("su-ming");
        long id = bean(Absences.class)
                .enter("su-ming", "su-ming", CLERK, due, due)
                .id();
        try {
            at(due);
            assertThat(told(number)).containsOnlyKeys("su-ming", CLERK);
            assertThat(told(number).get("su-ming")).hasSize(1);
            assertThat(db().sql(
                                    "select text_body from notice_outbox where template = 'reminder' and case_number = ? and person_id = ?")
                            .params(number, CLERK)
                            .query(String.class)
                            .single())
                    .contains("宿明外出，由您代为办理");
        } finally {
            bean(EngineTime.class).reset();
            bean(Absences.class).end("su-ming", id);
        }
    }

    @Test
    default void whatWasLetPassIsNoDailyMatter() {
        String number = proposed("关于期限已经放过的提案");
        Deadline review = review(number);
        bean(Deadlines.class).lapsed(review.id());

        LocalDate late = after(day(review), 1);
        bean(EngineTime.class).set(late.atTime(8, 1).atZone(ChineseTime.ZONE).toInstant());
        String other = proposed("关于未被放过的提案");
        bean(DigestSweep.class).sweep();
        assertThat(digests(CLERK, late))
                .singleElement()
                .satisfies(text -> assertThat(text).contains(other).doesNotContain(number));
    }

    @Test
    default void nobodyIsRemindedAtNightOrOnADayOff() {
        String number = proposed("关于夜间不催办的提案");
        LocalDate due = day(review(number));
        EngineTime time = bean(EngineTime.class);
        time.set(due.atTime(7, 0).atZone(ChineseTime.ZONE).toInstant());
        bean(ReminderSweep.class).sweep();
        time.set(due.atTime(22, 0).atZone(ChineseTime.ZONE).toInstant());
        bean(ReminderSweep.class).sweep();
        LocalDate off = due;
        while (bean(WorkCalendar.class).isWorkingDay(off)) off = off.plusDays(1);
        at(off);
        assertThat(told(number)).isEmpty();
        at(after(off, 1));
        assertThat(told(number)).containsKey(CLERK);
    }

    private List<String> digests(String person, LocalDate day) {
        return db().sql("select text_body from notice_outbox where notice_key = ?")
                .param("digest:" + day + ":" + person)
                .query(String.class)
                .list();
    }

    @Test
    default void theDigestComesOnceAWorkingDayToWhoHasSomethingAndWantsIt() {
        String number = proposed("关于每日提要的提案");
        LocalDate due = day(review(number));
        EngineTime time = bean(EngineTime.class);
        Desk other = desk("宿明");
        assertThat(other.web().get("/settings").body()).contains("接收每日提要", "checked");
        Desk.ok(other.web().form("/settings", List.of()), 302);
        assertThat(other.web().get("/settings").body()).doesNotContain("checked");

        time.set(due.atTime(7, 59).atZone(ChineseTime.ZONE).toInstant());
        assertThat(bean(DigestSweep.class).sweep()).isZero();
        time.set(due.atTime(8, 1).atZone(ChineseTime.ZONE).toInstant());
        bean(DigestSweep.class).sweep();
        assertThat(bean(DigestSweep.class).sweep()).as("once a day").isZero();

        assertThat(digests(CLERK, due))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("今日到期：" + number + " 初审提案", "通知设置")
                        .doesNotContain("关于每日提要"));
        assertThat(digests("su-ming", due)).as("he does not want it").isEmpty();
        assertThat(digests("shen-yuhe", due)).as("a member without work").isEmpty();
        other.web().form("/settings", List.of(Map.entry("digest", "yes")));
    }

    @Test
    default void theRulesAdministratorSetsALadderThatSaysWhatItDoes() {
        Desk administrator = desk("戊规");
        String page = administrator.web().get("/admin/reminders?due=2026-03-26").body();
        assertThat(page).contains("到期前3个工作日，告知经办人", "2026年3月23日（周一）：到期前3个工作日");
        assertThat(desk("暴晓岚").web().get("/admin/reminders").statusCode()).isEqualTo(403);

        Desk.ok(administrator.web().form("/admin/reminders/own", List.of(Map.entry("key", "ruling"))), 302);
        Desk.ok(
                administrator
                        .web()
                        .form(
                                "/admin/reminders/rungs",
                                List.of(
                                        Map.entry("key", "ruling"),
                                        Map.entry("days", "-1"),
                                        Map.entry("told", "owner"),
                                        Map.entry("told", "leader"))),
                302);
        assertThat(administrator.web().get("/admin/reminders").body()).contains("到期前1个工作日，告知经办人、本单位主要负责人和上级分管领导");
        for (List<Map.Entry<String, String>> bad : List.of(
                List.of(Map.entry("key", "ruling"), Map.entry("days", "-1"), Map.entry("told", "owner")),
                List.of(Map.entry("key", "ruling"), Map.entry("days", "x"), Map.entry("told", "owner")),
                List.of(Map.entry("key", "ruling"), Map.entry("days", "99"), Map.entry("told", "owner")),
                List.of(Map.entry("key", "ruling"), Map.entry("days", "2")),
                List.of(Map.entry("key", "ruling"), Map.entry("days", "2"), Map.entry("told", "everybody")))) {
            Desk.ok(administrator.web().form("/admin/reminders/rungs", bad), 400);
        }
        Desk.ok(administrator.web().form("/admin/reminders/usual", List.of(Map.entry("key", "ruling"))), 302);
        assertThat(administrator.web().get("/admin/reminders").body()).doesNotContain("到期前1个工作日");
    }
}
