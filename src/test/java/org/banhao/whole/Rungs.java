package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.WorkCalendar;
import org.banhao.flow.time.EngineTime;
import org.banhao.notice.domain.NoticeRounds;
import org.banhao.proposal.domain.assignment.UnitSuccession;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.Extensions;
import org.junit.jupiter.api.Test;

/** Each rung of a unit's reply is told once for its date, whatever happens to the case meanwhile. */
interface Rungs extends HandlingWay {

    private LocalDate due(String number) {
        return ChineseTime.day(deadline(number, "reply").due());
    }

    private LocalDate open(String number, String key) {
        return ChineseTime.day(bean(org.banhao.calendar.Deadlines.class)
                .open(number, key)
                .orElseThrow()
                .due());
    }

    /** Two rounds in the morning, so many working days from that date. */
    private void rounds(LocalDate due, int days) {
        WorkCalendar calendar = bean(WorkCalendar.class);
        LocalDate day = days > 0 ? calendar.plusWorkingDays(due, days) : due;
        while (days <= 0 && !calendar.isWorkingDay(day)) day = day.minusDays(1);
        for (int left = days; left < 0; left++) {
            do day = day.minusDays(1);
            while (!calendar.isWorkingDay(day));
        }
        bean(EngineTime.class).set(day.atTime(9, 0).atZone(ChineseTime.ZONE).toInstant());
        again();
    }

    private void again() {
        NoticeRounds.remind(this);
        NoticeRounds.remind(this);
    }

    /** Person → days of the rungs of the reply he was told, oldest first. */
    private Map<String, List<Integer>> told(String number) {
        List<String> rows = db().sql(
                        "select cast(id as varchar(20)) from calendar_deadline where case_number = ? and rule_key = 'reply'")
                .param(number)
                .query(String.class)
                .list();
        Map<String, List<Integer>> told = new HashMap<>();
        db().sql(
                        "select notice_key, person_id from notice_outbox where case_number = ? and template = 'reminder' and channel = 'mail'"
                                + " order by id")
                .param(number)
                .query(rs -> {
                    String key = rs.getString("notice_key").substring("reminder:".length());
                    String of = key.startsWith(number) ? key.substring(number.length() + 1) : key;
                    String[] parts = of.split(":");
                    if (parts[0].equals("reply") || rows.contains(parts[0]))
                        told.computeIfAbsent(rs.getString("person_id"), person -> new ArrayList<>())
                                .add(Integer.valueOf(parts[2]));
                });
        return told;
    }

    private void atTheHandler(String number) {
        step(number, "forwardToSection", LIAISON, Map.of("section", "基础教育科"));
    }

    @Test
    default void anExtensionBeginsTheRungsAnewForItsDateAndTellsEachOnce() {
        String number = sole();
        atTheHandler(number);
        LocalDate first = due(number);
        rounds(first, -10);
        rounds(first, -3);
        assertThat(told(number).get(HANDLER)).containsExactly(-10, -3);

        Extensions extensions = bean(Extensions.class);
        Extensions.Offer offer = extensions.offers(number, HANDLER).get(0);
        extensions.ask(offer.handlingId(), first.plusDays(28), "需要省级部门批复后才能答复。", HANDLER);
        again();
        assertThat(told(number).get(HANDLER)).as("asked is not granted").containsExactly(-10, -3);
        step(number, "approveRequest", DEPUTY, Map.of("requestVerdict", "approve"));
        step(number, "decideExtension", OFFICE, Map.of("extensionVerdict", "grant"));
        again();
        rounds(first, 1);
        assertThat(told(number).get(HANDLER)).as("the former date is over").containsExactly(-10, -3);
        assertThat(due(number)).isEqualTo(first.plusDays(28));
        rounds(due(number), -3);
        rounds(due(number), 1);

        assertThat(told(number).get(HANDLER)).containsExactly(-10, -3, -3, 1);
    }

    private String returnedByEducation() {
        String number = filed();
        confirmed(number, Map.of("leadUnit", EDUCATION));
        returned(number);
        return number;
    }

    private void ruled(String number, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("rulingReason", "按职责分工裁定。");
        step(number, "ruleOnReturn", "you-haichuan", values);
    }

    @Test
    default void keptAfterAReturnTheUnitIsToldEachRungOfTheTermThatRunsOn() {
        String number = returnedByEducation();
        ruled(number, Map.of("ruling", "keep", "restartClock", "continue"));
        atTheHandler(number);
        rounds(due(number), -3);
        rounds(due(number), 5);

        assertThat(told(number).get(HANDLER)).containsExactly(-3, 5);
        assertThat(told(number).get(OFFICE)).containsExactly(5);
    }

    @Test
    default void aRulingThatStartsTheTermAnewStartsTheRungsWithIt() {
        String number = returnedByEducation();
        LocalDate handed = ChineseTime.day(now());
        bean(EngineTime.class).set(now().plus(java.time.Duration.ofDays(7)));
        ruled(number, Map.of("ruling", "keep", "restartClock", "restart"));
        atTheHandler(number);
        String other = sole();
        atTheHandler(other);
        assertThat(due(number)).as("as of one assigned today, not on " + handed).isEqualTo(due(other));
        rounds(due(number), 0);
        rounds(due(number), 1);

        assertThat(told(number).get(HANDLER)).containsExactly(0, 1);
    }

    @Test
    default void changedToAnotherUnitOnlyThatOneIsToldAndTheOfficeOnce() {
        String number = returnedByEducation();
        ruled(number, Map.of("ruling", "change", "newUnit", HEALTH, "restartClock", "continue"));
        answer(task(number, HEALTH, "answerAssignment"), HEALTH_PERSON, Map.of("unitAnswer", "accept"));
        rounds(due(number), -3);
        rounds(due(number), 5);

        assertThat(told(number).get(HEALTH_PERSON)).containsExactly(-3, 5);
        assertThat(told(number).get(OFFICE)).containsExactly(5);
        assertThat(told(number)).doesNotContainKeys(LIAISON, HANDLER, DEPUTY);
    }

    @Test
    default void whoTakesAUnitsPartOverIsToldAndThoseAboveAreNotToldAgain() {
        String number = filed();
        assigned(number, Map.of("leadUnit", HEALTH, "coUnits", List.of(EDUCATION)));
        LocalDate due = open(number, "reply");
        rounds(due, 5);
        assertThat(told(number).get(OFFICE)).containsExactly(5);

        UnitSuccession succession = bean(UnitSuccession.class);
        List<Long> rows = succession.preview(HEALTH, OFFICE).stream()
                .map(UnitSuccession.Line::assignmentId)
                .toList();
        succession.move(HEALTH, EDUCATION, "机构改革，长发〔2026〕1号", rows, OFFICE);
        assertThat(open(number, "reply")).isEqualTo(due);
        again();

        assertThat(told(number).get(OFFICE))
                .as("who handles changed, not what is owed")
                .containsExactly(5);
        assertThat(told(number).get(LIAISON)).containsExactly(5);
        rounds(due, 10);
        assertThat(told(number).get(OFFICE)).containsExactly(5, 10);
        assertThat(told(number).get("you-haichuan")).containsExactly(10);
        assertThat(Consistency.faults(db())).noneMatch(fault -> fault.startsWith("told twice"));
    }

    @Test
    default void ofTwoUnitsRepliesThatLieWithOneOfficeThoseAboveReadOnce() {
        String number = filed();
        assigned(
                number,
                Map.of(
                        "separate",
                        List.of(Map.of("unit", EDUCATION, "numbers", "1"), Map.of("unit", HEALTH, "numbers", "2"))));
        handled(number, EDUCATION);
        handled(number, HEALTH);
        contact(number, ConsultationKind.CALL, EDUCATION);
        Map<String, Object> one = reply();
        one.put("items", List.of(Map.of("itemAnswer", "今年新招专职教师。", "itemClass", "A")));
        one.remove("commitments");
        answer(task(number, EDUCATION, "draftReply"), HANDLER, one);
        signed(number);
        answer(task(number, HEALTH, "draftReply"), HEALTH_PERSON, with(one, "contactReason", "随主管部门一并沟通。"));
        answer(task(number, HEALTH, "checkReply"), HEALTH_PERSON, Map.of("checkVerdict", "pass"));
        answer(task(number, HEALTH, "signByDeputy"), HEALTH_PERSON, Map.of("signVerdict", "sign"));
        assertThat(waiting(number)).hasSize(2).allMatch(step -> step.contains("previewReply"));

        rounds(open(number, "reply"), 10);

        assertThat(told(number).get("you-haichuan")).containsExactly(10);
    }
}
