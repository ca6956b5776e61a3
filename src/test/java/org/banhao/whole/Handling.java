package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.casefile.domain.Dossiers;
import org.banhao.document.Documents;
import org.banhao.flow.time.EngineTime;
import org.banhao.people.People;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Merging;
import org.banhao.proposal.domain.ReviewInput;
import org.banhao.proposal.domain.Reviews;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.assignment.Outcome;
import org.banhao.proposal.domain.assignment.UnitSuccession;
import org.banhao.proposal.domain.handling.CoHandlingTakeover;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.Extensions;
import org.banhao.proposal.domain.handling.HandlingState;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.handling.ResultClasses;
import org.banhao.proposal.domain.revisit.RevisitSweep;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.testing.Desk;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;

/** From the accepted assignment to the delivered reply, through the real forms and the real calendar. */
interface Handling extends HandlingWay {

    String WATER = "water-bureau";
    Pattern ONCE = Pattern.compile("name=\"once\" value=\"([0-9a-f-]{36})\"");

    // ---- stories

    @Test
    default void aSoleUnitBringsItsReplyToTheProposerAndTheCaseIsReplied() {
        String number = drafted();
        signed(number);
        previewed(number);
        String documentNumber = documentNumber();
        deliver(number, EDUCATION, LIAISON, documentNumber, 1);

        assertThat(status(number)).isEqualTo("replied");
        assertThat(waiting(number)).containsExactly("userTask_giveFeedback");
        assertThat(desk("卫林书").web().get("/my/proposals/" + number).body())
                .contains("已答复", documentNumber, "列入明年计划。", "下载盖章件");
        var row = row(number, EDUCATION);
        assertThat(row.state()).isEqualTo(HandlingState.DELIVERED);
        assertThat(bean(Handlings.class).reply(row.id())).hasValueSatisfying(reply -> {
            assertThat(reply.documentNumber()).isEqualTo(documentNumber);
            assertThat(reply.signedName()).isEqualTo("冯远山");
            assertThat(reply.resultClassName()).isEqualTo("已经解决或者采纳");
        });
        assertThat(bean(Handlings.class).deliveries(row.id()))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.personId()).isEqualTo(PROPOSER));
        assertThat(bean(Handlings.class).commitments(number))
                .filteredOn(one -> one.source().equals("reply"))
                .singleElement()
                .satisfies(one -> assertThat(one.binding()).isTrue());
        assertThat(bean(Deadlines.class).of(number))
                .filteredOn(deadline -> deadline.key().equals("reply"))
                .extracting(Deadline::state)
                .containsExactly("met");
        assertThat(db().sql("select count(*) from notice_outbox where case_number = :n and template = 'replyDelivered'")
                        .param("n", number)
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    default void theProposalsOwnProcessWaitsForFeedbackAfterTheLastReply() {
        String number = drafted();
        String instance = db().sql("select instance_id from proposal_proposal where case_number = :n")
                .param("n", number)
                .query(String.class)
                .single();
        String running = "select count(*) from act_ru_execution where id_ = :id";
        assertThat(db().sql(running).param("id", instance).query(Long.class).single())
                .isEqualTo(1);
        signed(number);
        previewed(number);
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);

        assertThat(db().sql(running).param("id", instance).query(Long.class).single())
                .isEqualTo(1);
        assertThat(db().sql(
                                "select activity_id_ from act_ru_event_subscr where proc_inst_id_ = :id and event_name_ <> 'proposal.withdrawn'")
                        .param("id", instance)
                        .query(String.class)
                        .single())
                .isEqualTo("receiveTask_feedback");
    }

    @Test
    default void withoutAContactTheDraftNeedsAReason() {
        String number = sole();
        handled(number, EDUCATION);
        assertThat(desk("宋一鸣")
                        .shown(task(number, "draftReply"))
                        .path("copyTo")
                        .path("value")
                        .asText())
                .as("a letter goes to an office, not to those who work there")
                .isEqualTo("市政协提案委员会、市政府办公室");

        assertThatThrownBy(() -> draft(number, reply()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("contactReason"))
                .hasMessageContaining("还没有联系卫林书");
        draft(number, with(reply(), "contactReason", "提案者长期在外，电话未通。"));

        assertThat(waiting(number)).containsExactly("userTask_checkReply");
        assertThat(deadline(number, "firstContact").state())
                .as("nobody is reminded of what a reason stands for")
                .isEqualTo("cancelled");
    }

    @Test
    default void aKeyProposalWantsAFaceToFaceMeetingAndTheHeadsSignature() {
        String number = sole();
        bean(CaseFiles.class).key(number, true);
        handled(number, EDUCATION);
        contact(number, ConsultationKind.CALL, EDUCATION);
        assertThatThrownBy(() -> draft(number, reply())).hasMessageContaining("重点提案还没有当面协商");
        contact(number, ConsultationKind.FACE_TO_FACE, EDUCATION);
        draft(number, reply());
        step(number, "checkReply", CHECKER, Map.of("checkVerdict", "pass"));

        assertThatThrownBy(() -> step(number, "signByDeputy", DEPUTY, Map.of("signVerdict", "sign")))
                .isInstanceOf(Refusal.class);
        step(number, "signByDeputy", DEPUTY, Map.of("signVerdict", "toHead"));
        step(number, "signByHead", HEAD, Map.of("signVerdict", "sign"));

        assertThat(bean(Handlings.class).reply(row(number, EDUCATION).id()))
                .hasValueSatisfying(reply -> assertThat(reply.signedName()).isEqualTo("赵知行"));
        assertThat(waiting(number)).containsExactly("userTask_previewReply");
    }

    @Test
    default void whatTheOfficeSendsBackIsSignedAnewAndEveryTextStays() {
        String number = drafted();
        signed(number);
        assertThatThrownBy(() -> step(number, "previewReply", OFFICE, Map.of("previewVerdict", "return")))
                .hasMessageContaining("退回修改的，请填写「意见」");
        step(
                number,
                "previewReply",
                OFFICE,
                Map.of("previewVerdict", "return", "previewOpinion", "第二条没有落实。", "proposedClass", "B"));
        assertThat(bean(Handlings.class).reply(row(number, EDUCATION).id()))
                .hasValueSatisfying(reply -> assertThat(reply.signedName()).isNull());

        draft(number, with(with(reply(), "resultClass", "B"), "draftNote", "改为B类。"));

        assertThat(waiting(number)).containsExactly("userTask_checkReply");
        assertThat(db().sql("select draft from proposal_reply_version where handling_id = :id order by draft")
                        .param("id", row(number, EDUCATION).id())
                        .query(Integer.class)
                        .list())
                .containsExactly(1, 2);
    }

    @Test
    default void aPromiseWhoseDayIsOverIsNotDeliveredAndTheHandlerSetsALaterOne() {
        String number = drafted();
        signed(number);
        previewed(number);
        bean(EngineTime.class).set(now().plus(Duration.ofDays(91)));

        assertThatThrownBy(() -> deliver(number, EDUCATION, LIAISON, documentNumber(), 1))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("sentBack"))
                .hasMessageContaining("出台转诊办法")
                .hasMessageContaining("退回经办人修改");
        assertThatThrownBy(() -> step(number, "deliverReply", LIAISON, Map.of("sentBack", true)))
                .hasMessageContaining("「退回理由」");
        step(number, "deliverReply", LIAISON, Map.of("sentBack", true, "sentBackReason", "承诺的日期已过。"));
        assertThat(bean(Handlings.class).reply(row(number, EDUCATION).id()))
                .hasValueSatisfying(reply -> assertThat(reply.signedName())
                        .as("the signature was for the former day")
                        .isNull());
        assertThat(desk("宋一鸣")
                        .shown(task(number, "draftReply"))
                        .path("returnLine")
                        .path("value")
                        .asText())
                .contains("用印与送达", "承诺的日期已过。");
        draft(number, with(reply(), "draftNote", "改定承诺期限。"));
        signed(number);
        previewed(number);
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);

        assertThat(status(number)).isEqualTo("replied");
    }

    @Test
    default void whileItIsCheckedSignedAndPreviewedAPassedPromiseOnlyGoesBack() {
        String number = drafted();
        bean(EngineTime.class).set(now().plus(Duration.ofDays(90)));
        step(number, "checkReply", CHECKER, Map.of("checkVerdict", "pass"));
        bean(EngineTime.class).set(now().plus(Duration.ofDays(1)));

        for (String verdict : List.of("sign", "toHead"))
            assertThatThrownBy(() -> step(number, "signByDeputy", DEPUTY, Map.of("signVerdict", verdict)))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.field()).isEqualTo("signVerdict"));
        step(number, "signByDeputy", DEPUTY, Map.of("signVerdict", "return", "signOpinion", "改定承诺期限。"));
        draft(number, reply());
        bean(EngineTime.class).set(now().plus(Duration.ofDays(91)));
        assertThatThrownBy(() -> step(number, "checkReply", CHECKER, Map.of("checkVerdict", "pass")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("checkVerdict"));
        step(number, "checkReply", CHECKER, Map.of("checkVerdict", "return", "checkOpinion", "改定承诺期限。"));
        draft(number, reply());
        signed(number);
        bean(EngineTime.class).set(now().plus(Duration.ofDays(91)));

        assertThatThrownBy(() -> previewed(number))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("previewVerdict"));
    }

    @Test
    default void theLeadWaitsForItsCoHandlerOrSaysWhyNot() {
        String number = led();
        handled(number, EDUCATION);
        assertThatThrownBy(() -> step(number, "collateOpinions", HANDLER, Map.of()))
                .hasMessageContaining("还没有收到市卫生健康委员会的会办意见");

        opinionSent(number);
        step(number, "collateOpinions", HANDLER, Map.of());

        assertThat(row(number, HEALTH).state()).isEqualTo(HandlingState.OPINION_SENT);
        assertThat(waiting(number)).containsExactly("userTask_draftReply");
        assertThat(status(number)).isEqualTo("handling");
    }

    @Test
    default void theLeadGoesOnWithoutAnOpinionWithAReasonAndTheCaseIsRepliedAllTheSame() {
        String number = led();
        handled(number, EDUCATION);
        step(number, "collateOpinions", HANDLER, Map.of("withoutReason", "已催办两次，期限将到。"));
        contact(number, ConsultationKind.VISIT, EDUCATION);
        draft(number, reply());
        signed(number);
        previewed(number);
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);

        assertThat(status(number)).isEqualTo("replied");
        assertThat(waiting(number)).as("nobody waits for an opinion any more").containsExactly("userTask_giveFeedback");
        assertThat(row(number, HEALTH).state()).isEqualTo(HandlingState.ENDED);
        assertThat(deadline(number, "coOpinion").state()).isEqualTo("cancelled");
        assertThat(told(number, "市卫生健康委员会的会办到此结束")).isEqualTo(1);
        assertThat(db().sql(
                                "select person_id from notice_outbox where case_number = :n and template = 'coHandlingEnded' and channel = 'mail'")
                        .param("n", number)
                        .query(String.class)
                        .list())
                .as("its liaison and its handler are told once, whoever is both")
                .containsExactlyInAnyOrderElementsOf(receiving(HEALTH));
    }

    private Set<String> receiving(String unit) {
        Set<String> persons = new TreeSet<>();
        for (String role : List.of("liaison", "handler"))
            bean(People.class).membersOf(unit + "." + role).forEach(person -> persons.add(person.id()));
        return persons;
    }

    /** Whose 会办 stood open when the case was answered before that ended it. */
    @Test
    default void coHandlingLeftOpenByAnAnsweredCaseIsEndedAtTheNextStart() {
        String number = led();
        db().sql("update casefile_case set status = 'replied' where number = :n")
                .param("n", number)
                .update();
        bean(CoHandlingTakeover.class).takeOver();

        assertThat(row(number, HEALTH).state()).as("its lead has not delivered").isEqualTo(HandlingState.HANDLING);

        db().sql("update proposal_handling set state = 'delivered' where case_number = :n and unit_id = :u")
                .param("n", number)
                .param("u", EDUCATION)
                .update();
        bean(CoHandlingTakeover.class).takeOver();

        assertThat(row(number, HEALTH).state()).isEqualTo(HandlingState.ENDED);
        assertThat(open(number))
                .noneMatch(step -> step.groups().stream().anyMatch(group -> group.startsWith(HEALTH + ".")));
    }

    /** The lead needs nobody's leave to deliver; the case waits for the word of each unit it was given to. */
    @Test
    default void aReplyBeforeACoHandlersAnswerMakesTheCaseRepliedOnceThatUnitHasAnswered() {
        String number = filed();
        confirmed(number, Map.of("leadUnit", EDUCATION, "coUnits", List.of(HEALTH)));
        answer(task(number, EDUCATION, "answerAssignment"), LIAISON, Map.of("unitAnswer", "accept"));
        handled(number, EDUCATION);
        step(number, "collateOpinions", HANDLER, Map.of("withoutReason", "已催办两次，期限将到。"));
        contact(number, ConsultationKind.VISIT, EDUCATION);
        draft(number, reply());
        signed(number);
        previewed(number);
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);
        assertThat(status(number)).isEqualTo("assigned");

        answer(task(number, HEALTH, "answerAssignment"), HEALTH_PERSON, Map.of("unitAnswer", "accept"));

        assertThat(status(number)).isEqualTo("replied");
        assertThat(told(number, "应当答复的单位均已送达答复")).isEqualTo(1);
        assertThat(row(number, HEALTH).state()).isEqualTo(HandlingState.ENDED);
        assertThat(waiting(number)).containsExactly("userTask_giveFeedback");
    }

    private long told(String number, String what) {
        return db().sql("select count(*) from casefile_timeline where case_number = :n and what = :what")
                .param("n", number)
                .param("what", what)
                .query(Long.class)
                .single();
    }

    @Test
    default void ofTwoSeparateUnitsTheSecondReplyMakesTheCaseReplied() {
        String number = filed();
        assigned(
                number,
                Map.of(
                        "separate",
                        List.of(Map.of("unit", EDUCATION, "numbers", "1"), Map.of("unit", HEALTH, "numbers", "2"))));
        String late = handedIn("gao-qingyuan");
        handled(number, EDUCATION);
        handled(number, HEALTH);
        contact(number, ConsultationKind.CALL, EDUCATION);
        Map<String, Object> one = reply();
        one.put("items", List.of(Map.of("itemAnswer", "今年新招专职教师。", "itemClass", "A")));
        one.remove("commitments");
        answer(task(number, EDUCATION, "draftReply"), HANDLER, one);
        signed(number);
        previewed(number);
        assertThat(mayLead(late, number)).isTrue();
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);
        assertThat(status(number)).isEqualTo("handling");
        assertThat(mayLead(late, number)).isFalse();
        assertThatThrownBy(() -> reviewed(late, "merge", Map.of("leadCase", number)))
                .as("who merges in now would never get the first of the two replies")
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("leadCase"));
        assertThatThrownBy(() -> bean(Reviews.class).first(late, "bao-xiaolan", mergedInto(number)))
                .hasMessageContaining("已有单位送达答复");

        answer(task(number, HEALTH, "draftReply"), HEALTH_PERSON, with(one, "contactReason", "随主管部门一并沟通。"));
        answer(task(number, HEALTH, "checkReply"), HEALTH_PERSON, Map.of("checkVerdict", "pass"));
        answer(task(number, HEALTH, "signByDeputy"), HEALTH_PERSON, Map.of("signVerdict", "sign"));
        previewed(number);
        deliver(number, HEALTH, HEALTH_PERSON, documentNumber(), 1);

        assertThat(status(number)).isEqualTo("replied");
    }

    private boolean mayLead(String number, String lead) {
        return bean(Reviews.class).possibleLeads(List.of(number)).get(number).stream()
                .anyMatch(one -> one.caseNumber().equals(lead));
    }

    private static ReviewInput mergedInto(String lead) {
        return new ReviewInput(
                "merge", lead, null, null, List.of(), "", "society", List.of(), null, null, null, false, null, null,
                null, null, null);
    }

    @Test
    default void theProposersOfAMergedProposalGetTheirOwnDelivery() {
        String lead = handedIn(PROPOSER);
        String merged = handedIn("gao-qingyuan");
        reviewed(lead, "file", Map.of());
        reviewed(merged, "merge", Map.of("leadCase", lead));
        step(lead, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
        assigned(lead, Map.of("leadUnit", EDUCATION));
        handled(lead, EDUCATION);
        contact(lead, ConsultationKind.CALL, EDUCATION);
        draft(lead, reply());
        signed(lead);
        previewed(lead);
        assertThatThrownBy(() -> deliver(lead, EDUCATION, LIAISON, documentNumber(), 1))
                .hasMessageContaining("2位提案者");
        deliver(lead, EDUCATION, LIAISON, documentNumber(), 2);

        assertThat(status(merged)).isEqualTo("replied");
        assertThat(bean(Handlings.class).deliveries(row(lead, EDUCATION).id()))
                .extracting(delivery -> delivery.caseNumber() + " " + delivery.personId())
                .containsExactly(lead + " " + PROPOSER, merged + " gao-qingyuan");
        WebSession other = desk("郜清远").web();
        String sealed = paper(lead, "userTask_deliverReply");
        assertThat(other.get("/my/proposals/" + merged).body()).contains("已并案", "已答复", "今年新招专职教师。");
        assertThat(other.get("/my/proposals/" + merged).body()).contains("/api/documents/" + sealed);
        assertThat(other.get("/api/documents/" + sealed).statusCode()).isEqualTo(200);
        assertThat(desk("申雨禾").web().get("/api/documents/" + sealed).statusCode())
                .isEqualTo(404);
        assertThat(waiting(merged)).as("its own proposer is asked").containsExactly("userTask_giveFeedback");
        assertThatThrownBy(() -> bean(Submission.class).withdraw(merged, "gao-qingyuan", "不再需要"))
                .hasMessageContaining("不能再撤回");
        assertThatThrownBy(() -> bean(Submission.class).withdraw(lead, PROPOSER, "不再需要"))
                .hasMessageContaining("不能再撤回");
    }

    @Test
    default void aNumberTheUnitHasUsedIsRefused() {
        String first = drafted();
        signed(first);
        previewed(first);
        String documentNumber = documentNumber();
        deliver(first, EDUCATION, LIAISON, documentNumber, 1);
        String second = drafted();
        signed(second);
        previewed(second);

        assertThatThrownBy(() -> deliver(second, EDUCATION, LIAISON, documentNumber, 1))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("documentNumber"));
        assertThat(row(second, EDUCATION).state()).isEqualTo(HandlingState.SEALING);
    }

    @Test
    default void aReplyGivenInPersonNeedsTheSignedReceipt() {
        String number = drafted();
        signed(number);
        previewed(number);
        String task = task(number, "deliverReply");
        Map<String, Object> values = new HashMap<>(Map.of(
                "documentNumber",
                documentNumber(),
                "sealedScan",
                List.of(upload(number, task, LIAISON)),
                "deliveries",
                List.of(Map.of(
                        "mode",
                        "inPerson",
                        "deliveredOn",
                        ChineseTime.day(now()).toString()))));
        assertThatThrownBy(() -> answer(task, LIAISON, values)).hasMessageContaining("签收单");
        Map<String, Object> altered = with(values, "replyText", "改过的答复。");
        assertThatThrownBy(() -> answer(task, LIAISON, altered))
                .as("a field that is only shown")
                .hasMessageContaining("答复稿");
        values.put("receipts", List.of(upload(number, task, LIAISON)));
        answer(task, LIAISON, values);

        assertThat(status(number)).isEqualTo("replied");
    }

    @Test
    default void theFirstContactIsMetWhenEveryProposerWasReached() {
        String number = sole();
        assertThat(deadline(number, "firstContact").state()).isEqualTo("open");
        contact(number, ConsultationKind.CALL, EDUCATION);

        assertThat(deadline(number, "firstContact").state()).isEqualTo("met");
        assertThat(bean(Handlings.class).commitments(number))
                .singleElement()
                .satisfies(one -> assertThat(one.source()).isEqualTo("consultation"));
    }

    @Test
    default void oneConsultationOverSeveralProposalsAndUnitsStandsInEachAndMeetsTheFirstContactOfAll() {
        String one = filed();
        assigned(
                one,
                Map.of(
                        "separate",
                        List.of(Map.of("unit", EDUCATION, "numbers", "1"), Map.of("unit", HEALTH, "numbers", "2"))));
        String other = sole();
        Consultations consultations = bean(Consultations.class);
        List<String> both = List.of(one, other);
        long id = consultations.record(
                new Consultations.Entry(
                        both,
                        List.of(EDUCATION, HEALTH),
                        ConsultationKind.FACE_TO_FACE,
                        ConsultationStage.BEFORE,
                        LocalDateTime.ofInstant(now().minus(Duration.ofHours(1)), ChineseTime.ZONE),
                        "市政协三楼会议室",
                        "冯远山",
                        "宋一鸣 科长\n崔百禾 主任\n卫林书 市政协委员",
                        "冯远山 副局长",
                        consultations.choices(both, HANDLER).proposers().stream()
                                .map(each -> new Consultations.Presence(each.caseNumber(), each.personId(), true, null))
                                .toList(),
                        "提案者希望一并解决，两个单位介绍了分工。",
                        List.of(new Consultations.Agreed(
                                "年底前联合通报进展", EDUCATION, ChineseTime.day(now()).plusDays(60))),
                        ""),
                List.of(),
                HANDLER,
                null);

        for (String number : both) {
            assertThat(told(number, ConsultationStage.BEFORE.label() + "沟通：" + ConsultationKind.FACE_TO_FACE.label()))
                    .as(number)
                    .isEqualTo(1);
            assertThat(bean(Deadlines.class).of(number))
                    .filteredOn(deadline -> deadline.key().equals("firstContact"))
                    .isNotEmpty()
                    .extracting(Deadline::state)
                    .containsOnly("met");
            assertThat(desk("暴晓岚").web().get("/cases/" + number).body()).contains("两个单位介绍了分工");
        }
        assertThat(db().sql("select case_number from proposal_commitment where consultation_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .as("what was agreed stands once in the register of each case its owner handles")
                .containsExactlyInAnyOrderElementsOf(both);
    }

    /** Both units together, on the proposals of both. @param agreed what, whose; due in sixty days */
    private void agreed(List<String> numbers, Map<String, String> agreed) {
        Consultations consultations = bean(Consultations.class);
        consultations.record(
                new Consultations.Entry(
                        numbers,
                        List.of(EDUCATION, HEALTH),
                        ConsultationKind.FACE_TO_FACE,
                        ConsultationStage.DURING,
                        LocalDateTime.ofInstant(now().minus(Duration.ofHours(1)), ChineseTime.ZONE),
                        "市政协三楼会议室",
                        "冯远山",
                        "宋一鸣 科长\n崔百禾 主任\n卫林书 市政协委员",
                        "",
                        consultations.choices(numbers, HANDLER).proposers().stream()
                                .map(each -> new Consultations.Presence(each.caseNumber(), each.personId(), true, null))
                                .toList(),
                        "提案者希望一并解决，两个单位介绍了分工。",
                        agreed.entrySet().stream()
                                .map(one -> new Consultations.Agreed(
                                        one.getKey(),
                                        one.getValue(),
                                        ChineseTime.day(now()).plusDays(60)))
                                .toList(),
                        ""),
                List.of(),
                HANDLER,
                null);
    }

    /** Units that are asked to report, each with what it is asked for. */
    private List<String> lookedBack(String number) {
        Revisits revisits = bean(Revisits.class);
        return revisits.ofCase(number).stream()
                .flatMap(look -> revisits.items(look.id()).stream()
                        .map(item -> look.unitId() + " " + item.content().replaceFirst("（.*", "")))
                .toList();
    }

    private Map<String, Object> withoutPromise(Map<String, Object> reply) {
        Map<String, Object> values = new HashMap<>(reply);
        values.remove("commitments");
        return values;
    }

    @Test
    default void whatWasAgreedIsLookedBackAtWithItsOwnerInEachCaseTheOwnerHandles() {
        String shared = filed();
        assigned(
                shared,
                Map.of(
                        "separate",
                        List.of(Map.of("unit", EDUCATION, "numbers", "1"), Map.of("unit", HEALTH, "numbers", "2"))));
        String other = sole();
        handled(shared, EDUCATION);
        handled(shared, HEALTH);
        handled(other, EDUCATION);
        agreed(List.of(other, shared), Map.of("公布转诊电话", HEALTH, "公布教师名单", EDUCATION));
        Map<String, Object> part = withoutPromise(reply());
        part.put("items", List.of(Map.of("itemAnswer", "今年新招专职教师。", "itemClass", "A")));
        answer(task(shared, EDUCATION, "draftReply"), HANDLER, part);
        step(other, "draftReply", HANDLER, withoutPromise(reply()));
        for (String number : List.of(shared, other)) {
            signed(number);
            previewed(number);
            deliver(number, EDUCATION, LIAISON, documentNumber(), 1);
        }
        bean(EngineTime.class).set(now().plus(Duration.ofDays(61)));
        bean(RevisitSweep.class).sweep();
        assertThat(lookedBack(shared)).as("the other unit still owes its reply").containsExactly(EDUCATION + " 公布教师名单");
        assertThat(lookedBack(other)).containsExactly(EDUCATION + " 公布教师名单");

        answer(task(shared, HEALTH, "draftReply"), HEALTH_PERSON, part);
        answer(task(shared, HEALTH, "checkReply"), HEALTH_PERSON, Map.of("checkVerdict", "pass"));
        answer(task(shared, HEALTH, "signByDeputy"), HEALTH_PERSON, Map.of("signVerdict", "sign"));
        previewed(shared);
        deliver(shared, HEALTH, HEALTH_PERSON, documentNumber(), 1);
        bean(RevisitSweep.class).sweep();
        assertThat(lookedBack(shared)).containsExactly(EDUCATION + " 公布教师名单", HEALTH + " 公布转诊电话");
    }

    @Test
    default void whatWasAgreedWithACoHandlerIsReportedByTheLead() {
        String number = led();
        agreed(List.of(number), Map.of("公布转诊电话", HEALTH));
        handled(number, EDUCATION);
        opinionSent(number);
        step(number, "collateOpinions", HANDLER, Map.of());
        draft(number, withoutPromise(reply()));
        signed(number);
        previewed(number);
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);
        bean(EngineTime.class).set(now().plus(Duration.ofDays(61)));
        bean(RevisitSweep.class).sweep();

        assertThat(lookedBack(number)).containsExactly(EDUCATION + " 公布转诊电话");
    }

    @Test
    default void whatWasAgreedGoesOverWithTheCaseAndNobodyOutsideTheConsultationOwnsIt() {
        String number = led();
        assertThatThrownBy(() -> agreed(List.of(number), Map.of("公布转诊电话", WATER)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("agreed"))
                .hasMessageContaining("责任单位");
        agreed(List.of(number), Map.of("公布教师名单", EDUCATION));
        succeeds(number, EDUCATION, WATER);

        assertThat(db().sql("select a.unit_id from proposal_commitment c join proposal_assignment a on a.id ="
                                + " c.assignment_id where c.case_number = :n")
                        .param("n", number)
                        .query(String.class)
                        .list())
                .containsExactly(WATER);
    }

    @Test
    default void aWithdrawnProposalLeavesNothingWaitingInTheUnits() {
        String number = led();
        handled(number, EDUCATION);
        bean(Submission.class).withdraw(number, PROPOSER, "情况已经变化");

        assertThat(waiting(number)).isEmpty();
        assertThat(bean(Handlings.class).ofCase(number))
                .extracting(org.banhao.proposal.domain.handling.Handling::state)
                .containsOnly(HandlingState.ENDED);
        assertThat(bean(Deadlines.class).of(number))
                .filteredOn(deadline -> deadline.state().equals("open"))
                .isEmpty();
    }

    @Test
    default void anExtensionGrantedMovesRowAndTaskAndTellsTheProposer() {
        String number = sole();
        var row = row(number, EDUCATION);
        Extensions extensions = bean(Extensions.class);
        Extensions.Offer offer = extensions.offers(number, HANDLER).get(0);
        LocalDate until = ChineseTime.day(offer.due()).plusDays(20);
        assertThatThrownBy(() -> extensions.ask(
                        row.id(), ChineseTime.day(offer.latest()).plusDays(1), "需要省级部门批复后才能答复。", HANDLER))
                .hasMessageContaining("最迟是");
        extensions.ask(row.id(), until, "需要省级部门批复后才能答复。", HANDLER);
        assertThatThrownBy(() -> extensions.ask(row.id(), until, "需要省级部门批复后才能答复。", HANDLER))
                .hasMessageContaining("已有一项延期申请");
        String request = extensions.of(row.id()).get(0).instanceId();
        assertThatThrownBy(() -> extensions.approve(request, HANDLER, true, "")).hasMessageContaining("您本人申请的");
        step(number, "approveRequest", DEPUTY, Map.of("requestVerdict", "approve"));
        assertThat(deadline(number, "reply").due()).isEqualTo(offer.due());
        step(number, "decideExtension", OFFICE, Map.of("extensionVerdict", "grant"));
        step(number, "forwardToSection", LIAISON, Map.of("section", "基础教育科"));

        assertThat(ChineseTime.day(deadline(number, "reply").due())).isEqualTo(until);
        assertThat(open(number))
                .singleElement()
                .satisfies(step -> assertThat(step.due())
                        .isEqualTo(deadline(number, "reply").due()));
        assertThat(db().sql("select count(*) from notice_outbox where case_number = :n and template = 'replyExtended'")
                        .param("n", number)
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    default void aMovedDateIsShownByTheRequestForMoreTimeToo() {
        String number = sole();
        step(number, "forwardToSection", LIAISON, Map.of("section", "基础教育科"));
        Extensions.Offer offer = bean(Extensions.class).offers(number, HANDLER).get(0);
        bean(Extensions.class)
                .ask(offer.handlingId(), ChineseTime.day(offer.due()).plusDays(20), "需要省级部门批复后才能答复。", HANDLER);
        Instant moved = offer.due().plus(Duration.ofDays(3));
        bean(DeadlineMoves.class).move(deadline(number, "reply").id(), moved, "会期推迟，统一顺延。");

        assertThat(open(number))
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.due()).as(step.name()).isEqualTo(moved));
    }

    @Test
    default void theTermInsideTheUnitNeverEndsAfterTheReplysAndFollowsWhenThatIsMadeEarlier() {
        String number = sole();
        Instant inner = deadline(number, "sectionForward").due();
        DeadlineMoves moves = bean(DeadlineMoves.class);
        moves.move(deadline(number, "reply").id(), inner.plus(Duration.ofDays(1)), "会期提前，统一提前答复。");
        assertThat(deadline(number, "sectionForward").due())
                .as("there is time enough")
                .isEqualTo(inner);

        Instant earlier = inner.minus(Duration.ofHours(20));
        moves.move(deadline(number, "reply").id(), earlier, "会期再提前，统一提前答复。");

        assertThat(deadline(number, "sectionForward").due()).isEqualTo(earlier);
        assertThat(open(number))
                .singleElement()
                .satisfies(step -> assertThat(step.due()).isEqualTo(earlier));
        moves.move(deadline(number, "sectionForward").id(), inner, "另行调整。");
        assertThat(deadline(number, "sectionForward").due())
                .as("it cannot be moved past it by itself")
                .isEqualTo(earlier);
        assertThat(open(number).get(0).due()).isEqualTo(earlier);
    }

    @Test
    default void anExtensionIsAskedBeforeTheDayAndNotAfter() {
        String number = sole();
        Extensions.Offer offer = bean(Extensions.class).offers(number, HANDLER).get(0);
        bean(EngineTime.class).set(offer.due().plus(Duration.ofMinutes(1)));

        assertThatThrownBy(() -> bean(Extensions.class)
                        .ask(offer.handlingId(), ChineseTime.day(offer.due()).plusDays(20), "需要省级部门批复后才能答复。", HANDLER))
                .hasMessageContaining("延期须在到期以前申请");
        assertThat(row(number, EDUCATION).state()).isEqualTo(HandlingState.HANDLING);
        assertThat(waiting(number)).containsExactly("userTask_forwardToSection");
    }

    @Test
    default void aRefusedExtensionLeavesTheDayAsItWas() {
        String number = sole();
        Extensions.Offer offer = bean(Extensions.class).offers(number, LIAISON).get(0);
        bean(Extensions.class)
                .ask(offer.handlingId(), ChineseTime.day(offer.due()).plusDays(5), "需要省级部门批复后才能答复。", LIAISON);
        step(number, "approveRequest", DEPUTY, Map.of("requestVerdict", "approve"));
        assertThatThrownBy(() -> step(number, "decideExtension", OFFICE, Map.of("extensionVerdict", "refuse")))
                .hasMessageContaining("不同意的");
        step(number, "decideExtension", OFFICE, Map.of("extensionVerdict", "refuse", "extensionOpinion", "理由不充分。"));

        assertThat(deadline(number, "reply").due()).isEqualTo(offer.due());
    }

    @Test
    default void aSuccessorGoesOnWhereTheUnitStood() {
        String number = filed();
        assigned(number, Map.of("leadUnit", HEALTH));
        handled(number, HEALTH);
        UnitSuccession succession = bean(UnitSuccession.class);
        List<Long> rows = succession.preview(HEALTH, OFFICE).stream()
                .map(UnitSuccession.Line::assignmentId)
                .toList();
        succession.move(HEALTH, EDUCATION, "机构改革，长发〔2026〕1号", rows, OFFICE);

        assertThat(open(number)).singleElement().satisfies(step -> {
            assertThat(step.task()).isEqualTo("userTask_draftReply");
            assertThat(step.groups()).containsExactly(EDUCATION + ".handler");
        });
        contact(number, ConsultationKind.CALL, EDUCATION);
        draft(number, reply());
        assertThat(waiting(number)).containsExactly("userTask_checkReply");
    }

    @Test
    default void aCoHandlerThatTakesTheCaseOverOwesTheReplyItsNewStepsShow() {
        String number = filed();
        assigned(number, Map.of("leadUnit", HEALTH, "coUnits", List.of(EDUCATION)));
        UnitSuccession succession = bean(UnitSuccession.class);
        List<Long> rows = succession.preview(HEALTH, OFFICE).stream()
                .map(UnitSuccession.Line::assignmentId)
                .toList();
        succession.move(HEALTH, EDUCATION, "机构改革，长发〔2026〕1号", rows, OFFICE);

        Deadline owed = bean(Deadlines.class).open(number, "reply").orElseThrow();
        step(number, "forwardToSection", LIAISON, Map.of("section", "基础教育科"));
        assertThat(open(number)).singleElement().satisfies(step -> {
            assertThat(step.instanceId()).isEqualTo(owed.instanceId());
            assertThat(step.due()).isEqualTo(owed.due());
        });
        step(number, "handle", HANDLER, Map.of("handlingNote", "已经走访学校并列出清单。"));
        draft(number, with(reply(), "contactReason", "提案者外出，已约定时间当面沟通。"));
        signed(number);
        previewed(number);
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);
        assertThat(bean(Deadlines.class).of(number))
                .filteredOn(row -> row.id() == owed.id())
                .extracting(Deadline::state)
                .containsExactly("met");
    }

    @Test
    default void whoTookOverAnOpinionAndThenTheReplyWorksInItsOwnName() {
        String number = led();
        opinionSent(number);
        succeeds(number, HEALTH, WATER);
        succeeds(number, EDUCATION, WATER);

        assertThat(open(number))
                .singleElement()
                .satisfies(step -> assertThat(step.groups()).containsExactly(WATER + ".liaison"));
        assertThat(row(number, WATER).unitName()).isEqualTo("市水利局");

        succeeds(number, WATER, HEALTH);

        assertThat(open(number))
                .singleElement()
                .satisfies(step -> assertThat(step.groups()).containsExactly(HEALTH + ".liaison"));
    }

    /** All that the unit has, as when it is dissolved. */
    private void succeeds(String number, String from, String to) {
        UnitSuccession succession = bean(UnitSuccession.class);
        List<Long> rows = succession.preview(from, OFFICE).stream()
                .map(UnitSuccession.Line::assignmentId)
                .toList();
        assertThat(succession.move(from, to, "机构改革，长发〔2026〕1号", rows, OFFICE).failures())
                .extracting(Outcome.Failure::caseNumber)
                .doesNotContain(number);
    }

    @Test
    default void whoTakesOverACaseThatIsLateHasTheInnerTermAlone() {
        String number = filed();
        assigned(number, Map.of("leadUnit", HEALTH, "coUnits", List.of(EDUCATION)));
        Instant due = deadline(number, "reply").due();
        bean(EngineTime.class).set(due.plus(Duration.ofDays(3)));

        succeeds(number, HEALTH, EDUCATION);

        assertThat(open(number)).singleElement().satisfies(step -> {
            assertThat(step.groups()).containsExactly(EDUCATION + ".liaison");
            assertThat(step.due()).isAfter(now());
        });
        assertThat(bean(Deadlines.class).open(number, "reply").orElseThrow().due())
                .as("what is late stays late")
                .isEqualTo(due);
    }

    @Test
    default void whatIsSaidInsideTheUnitIsNotToldToTheProposer() {
        String number = drafted();
        CaseView view = beans(CaseView.class).stream()
                .filter(one -> one.kind().equals("TA"))
                .findFirst()
                .orElseThrow();
        var row = bean(CaseFiles.class).get(number);

        assertThat(view.sections(row, PROPOSER, List.of("member")))
                .extracting(CaseView.Section::heading)
                .noneMatch(heading -> heading.startsWith("答复稿") || heading.startsWith("办理意见"));
        assertThat(view.sections(row, HANDLER, List.of(EDUCATION + ".handler")))
                .extracting(CaseView.Section::heading)
                .anyMatch(heading -> heading.startsWith("答复稿"));
        assertThat(bean(CaseFiles.class).timeline(number).stream()
                        .filter(entry -> view.tells(row, entry, List.of("member"))))
                .noneMatch(entry -> entry.what().contains("起草答复"));
    }

    @Test
    default void aSessionMayNameItsClassesAndRepliesKeepTheWordOfTheirDay() {
        String number = drafted();
        ResultClasses classes = bean(ResultClasses.class);
        List<ResultClasses.ResultClass> before = classes.of("14-5");
        assertThatThrownBy(() -> classes.change("14-5", before, HANDLER)).hasMessageContaining("只有提案委员会");
        classes.change("14-5", List.of(new ResultClasses.ResultClass("A", "已解决")), "bao-xiaolan");
        try {
            assertThat(classes.of("14-5"))
                    .extracting(ResultClasses.ResultClass::label)
                    .containsExactly("已解决");
            assertThat(bean(Handlings.class).reply(row(number, EDUCATION).id()))
                    .hasValueSatisfying(
                            reply -> assertThat(reply.resultClassName()).isEqualTo("已经解决或者采纳"));
        } finally {
            classes.change("14-5", before, "bao-xiaolan");
        }
    }

    // ---- who reads which paper

    /** The paper that was handed in with that step. */
    private String paper(String number, String step) {
        return db().sql("select id from document_file where case_number = ? and origin like ? order by at, id")
                .params(number, "%" + step)
                .query(String.class)
                .list()
                .get(0);
    }

    private WebSession web(String login) {
        return new Desk(
                        address(),
                        accounts().all().stream()
                                .filter(account -> account.login().equals(login))
                                .findFirst()
                                .orElseThrow())
                .web();
    }

    /** A lead that wanted to give the case back and was told to keep it, a co-handler, everything up to the delivered reply. */
    private String withEveryKindOfPaper() {
        String number = bean(Drafts.class).begin(PROPOSER, PROPOSER);
        bean(Documents.class)
                .store(null, "draft:" + number, "走访照片.pdf", new ByteArrayInputStream(PDF), PROPOSER, "卫林书");
        bean(Drafts.class)
                .save(
                        number,
                        PROPOSER,
                        1,
                        DraftContent.of(
                                "关于材料各归其人的提案",
                                "现状摘自走访记录。",
                                "缺少统一的办法。",
                                List.of("配齐专职教师。", "建立转诊通道。"),
                                Category.SOCIETY));
        bean(Submission.class).handIn(number, PROPOSER);
        reviewed(number, "file", Map.of());
        step(number, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
        confirmed(number, Map.of("leadUnit", EDUCATION, "coUnits", List.of(HEALTH)));
        returned(number);
        answer(task(number, HEALTH, "answerAssignment"), HEALTH_PERSON, Map.of("unitAnswer", "accept"));
        ruledToStay(number);
        handled(number, EDUCATION);
        opinionSent(number);
        step(number, "collateOpinions", HANDLER, Map.of());
        met(number);
        draft(number, reply());
        signed(number);
        previewed(number);
        String task = task(number, "deliverReply");
        answer(
                task,
                LIAISON,
                Map.of(
                        "documentNumber",
                        documentNumber(),
                        "sealedScan",
                        List.of(upload(number, task, LIAISON)),
                        "receipts",
                        List.of(upload(number, task, LIAISON)),
                        "deliveries",
                        List.of(Map.of(
                                "mode",
                                "inPerson",
                                "deliveredOn",
                                ChineseTime.day(now()).toString()))));
        return number;
    }

    /** A meeting with its attendance sheet. */
    private void met(String number) {
        bean(Consultations.class)
                .record(
                        new Consultations.Entry(
                                List.of(number),
                                List.of(EDUCATION),
                                ConsultationKind.CALL,
                                ConsultationStage.DURING,
                                LocalDateTime.ofInstant(now().minus(Duration.ofHours(1)), ChineseTime.ZONE),
                                "",
                                "田禾",
                                "",
                                "",
                                List.of(new Consultations.Presence(number, PROPOSER, true, "")),
                                "提案者希望先看清单。",
                                List.of(),
                                ""),
                        List.of(new Consultations.Upload("签到表.pdf", new ByteArrayInputStream(PDF))),
                        HANDLER,
                        null);
    }

    @Test
    default void eachPaperOfACaseIsReadByThoseItConcernsAndByNobodyElse() {
        String number = withEveryKindOfPaper();
        String sealedReply = bean(Handlings.class)
                .reply(row(number, EDUCATION).id())
                .orElseThrow()
                .sealedDocument();
        Map<String, String> papers = new LinkedHashMap<>();
        papers.put("proposal", paper(number, "draft"));
        papers.put("contact", paper(number, "consultation"));
        papers.put("reply", sealedReply);
        papers.put(
                "receipt",
                db().sql(
                                "select id from document_file where case_number = ? and origin like '%deliverReply' and id <> ?")
                        .params(number, sealedReply)
                        .query(String.class)
                        .single());
        papers.put("return", paper(number, "userTask_answerAssignment"));
        papers.put("opinion", paper(number, "userTask_sendCoOpinion"));
        for (String signed : List.of("reply", "receipt", "opinion")) {
            String id = String.valueOf(papers.get(signed));
            String owner = bean(Documents.class).find(id).orElseThrow().personId();
            assertThatThrownBy(() -> bean(Dossiers.class)
                            .revise(
                                    number,
                                    id,
                                    "改.pdf",
                                    new ByteArrayInputStream(PDF),
                                    "改一个字",
                                    bean(People.class).find(owner).orElseThrow(),
                                    bean(People.class).groupsOf(owner)))
                    .as(signed)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("答复和会办意见不能更新");
        }
        Set<String> all = papers.keySet();
        Set<String> open = Set.of("proposal", "contact", "reply");
        Set<String> unit = Set.of("proposal", "contact", "reply", "receipt", "opinion");
        Map<String, Set<String>> read = new LinkedHashMap<>();
        read.put(PROPOSER, open);
        read.put("gao-qingyuan", Set.of());
        read.put(HANDLER, all);
        read.put(LIAISON, all);
        read.put(HEALTH_PERSON, unit);
        read.put("lian-zhou", Set.of());
        read.put("bao-xiaolan", all);
        read.put("lu-shouzheng", all);
        read.put(OFFICE, all);
        read.put("qin-huaiyuan", all);
        read.put("you-haichuan", all);
        read.put("miao-zhengqing", open);
        read.put("ping-lichuan", open);
        read.put("jia-guan", Set.of());
        read.put("bing-shen", Set.of());

        read.forEach((login, expected) -> {
            WebSession reader = web(login);
            String page = reader.get("/cases/" + number).body();
            papers.forEach((kind, id) -> {
                assertThat(reader.get("/api/documents/" + id).statusCode())
                        .as(login + " downloads " + kind)
                        .isEqualTo(expected.contains(kind) ? 200 : 404);
                assertThat(page.contains("/api/documents/" + id))
                        .as(login + " sees " + kind)
                        .isEqualTo(expected.contains(kind));
            });
        });
        String mine = web(PROPOSER).get("/my/proposals/" + number).body();
        assertThat(mine).contains(papers.get("proposal"), papers.get("reply"));
        assertThat(mine)
                .doesNotContain(papers.get("receipt"), papers.get("return"), papers.get("opinion"))
                .doesNotContain("退回", "单位内部", "审查协商", "仍由教育部门牵头");
        assertThat(web(PROPOSER).get("/cases/" + number).body())
                .doesNotContain("申请退回", "裁定退回", "仍由教育部门牵头", "此事主要是卫生健康部门的职责");
        assertThat(web(HANDLER).get("/cases/" + number).body()).contains("申请退回", "仍由教育部门牵头");
        assertThat(web("miao-zhengqing").get("/cases/" + number).body()).doesNotContain("仍由教育部门牵头");
        // what no rule opens is its author's alone
        db().sql("update document_file set origin = null where id = ?")
                .param(papers.get("proposal"))
                .update();
        assertThat(web(PROPOSER).get("/api/documents/" + papers.get("proposal")).statusCode())
                .isEqualTo(200);
        assertThat(web("bao-xiaolan")
                        .get("/api/documents/" + papers.get("proposal"))
                        .statusCode())
                .isEqualTo(404);
    }

    // ---- taken out of the merge

    @Test
    default void takenOutOfTheMergeAfterAssignmentTheUnitAnswersTheOthersAndTheReplyMakesTheRestFinal() {
        String other = "gao-qingyuan";
        String lead = handedIn(PROPOSER);
        String parted = handedIn(other);
        String stays = handedIn("shen-yuhe");
        reviewed(lead, "file", Map.of());
        reviewed(parted, "merge", Map.of("leadCase", lead));
        reviewed(stays, "merge", Map.of("leadCase", lead));
        step(lead, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
        assigned(lead, Map.of("leadUnit", EDUCATION));
        handled(lead, EDUCATION);
        contact(lead, ConsultationKind.CALL, EDUCATION, person -> !person.equals(other));
        assertThat(deadline(lead, "firstContact").state()).isEqualTo("open");
        Merging merging = bean(Merging.class);

        merging.undo(parted, "bao-xiaolan", "诉求不同，应当单独办理。");

        assertThat(status(parted)).isEqualTo("firstReview");
        assertThat(waiting(parted)).containsExactly("userTask_firstReview");
        assertThat(deadline(lead, "firstContact").state()).isEqualTo("met");
        assertThat(db().sql(
                                "select distinct person_id from notice_outbox where case_number = :n and template = 'mergeEnded'")
                        .param("n", lead)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(LIAISON, HANDLER);
        assertThat(web(other).get("/cases/" + lead).statusCode()).isEqualTo(404);
        draft(lead, reply());
        signed(lead);
        previewed(lead);
        deliver(lead, EDUCATION, LIAISON, documentNumber(), 2);
        assertThat(status(stays)).isEqualTo("replied");
        assertThat(status(parted)).isEqualTo("firstReview");
        assertThatThrownBy(() -> merging.undo(stays, "bao-xiaolan", "诉求不同。")).hasMessageContaining("已有单位送达答复");
        reviewed(parted, "file", Map.of());
        step(parted, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
        assigned(parted, Map.of("leadUnit", EDUCATION));
        assertThat(waiting(parted)).containsExactly("userTask_forwardToSection");
    }

    // ---- a year the State Council announces

    @Test
    default void aHolidayYearAddedByTheRulesAdministratorMovesRowTaskAndTimerTogether() {
        bean(EngineTime.class)
                .set(LocalDateTime.of(2026, 12, 30, 10, 0)
                        .atZone(ChineseTime.ZONE)
                        .toInstant());
        String number = filed();
        confirmed(number, Map.of("leadUnit", EDUCATION));
        String instance = open(number).get(0).instanceId();
        Deadline before = returnWindow(number);
        assertThat(before.due()).isEqualTo(taskDue(number)).isEqualTo(timerDue(instance));
        assertThat(before.due()).isAfter(Instant.parse("2027-01-03T16:00:00Z"));
        WebSession rules = desk("戊规").web();
        List<Map.Entry<String, String>> notice = List.of(
                Map.entry("year", "2027"),
                Map.entry("source", "国办发明电〔2026〕9号"),
                Map.entry("text", "一、元旦：1月1日（周五）至5日（周二）放假调休，共5天。1月10日（周日）上班。"));
        assertThat(rules.form("/admin/calendar/preview", notice).body()).contains(number);
        assertThat(returnWindow(number)).as("a preview moves nothing").isEqualTo(before);

        var adopted = rules.form("/admin/calendar/adopt", notice);

        assertThat(adopted.statusCode()).as(adopted.body()).isEqualTo(302);
        Deadline after = returnWindow(number);
        assertThat(after.due()).isAfter(before.due());
        assertThat(after.due()).isEqualTo(taskDue(number)).isEqualTo(timerDue(instance));
        assertThat(web(LIAISON).get("/cases/" + number).body()).contains("时限重算", ChineseTime.text(after.due()), "依据：");
        assertThat(db().sql("select count(*) from base_audit where action = 'calendar.notice' and person_id = 'wu-gui'")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    private Deadline returnWindow(String number) {
        return bean(Deadlines.class).of(number).stream()
                .filter(row -> "userTask_answerAssignment".equals(row.task()))
                .findFirst()
                .orElseThrow();
    }

    private Instant taskDue(String number) {
        return java.util.Objects.requireNonNull(open(number).get(0).due());
    }

    private Instant timerDue(String instance) {
        return bean(org.camunda.bpm.engine.ProcessEngine.class)
                .getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .timers()
                .singleResult()
                .getDuedate()
                .toInstant();
    }

    // ---- pages

    @Test
    default void theHandlerReachesThePageOfContactsFromTheCaseAndWhatHeEntersCounts() {
        String number = sole();
        WebSession handler = desk("宋一鸣").web();
        assertThat(handler.get("/cases/" + number).body())
                .contains("/proposals/consultations/new?case=" + number, "/proposals/extensions/new?case=" + number);
        assertThat(handler.get("/proposals/consultations/new?case=" + number).body())
                .contains("提案者 卫林书", "市教育局");
        List<Map.Entry<String, String>> fields = new ArrayList<>(List.of(
                Map.entry("case", number),
                Map.entry("units", EDUCATION),
                Map.entry("kind", "call"),
                Map.entry("stage", "before"),
                Map.entry("heldAt", "2026-11-20T09:30"),
                Map.entry("views", "提案者希望先看清单。")));
        var refused = handler.form("/proposals/consultations", fields);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("请选择卫林书是否参加", "提案者希望先看清单。");

        fields.add(Map.entry("present-" + number + "-" + PROPOSER, "yes"));
        Matcher once = ONCE.matcher(refused.body());
        assertThat(once.find()).as(refused.body()).isTrue();
        fields.add(Map.entry("once", once.group(1)));
        assertThat(handler.form("/proposals/consultations", fields).statusCode())
                .isEqualTo(302);
        var done = handler.follow(handler.form("/proposals/consultations", fields));
        assertThat(bean(Consultations.class).of(number)).as("sent twice").hasSize(1);
        assertThat(done.body()).contains("已登记", "办前，电话联系", "提案者希望先看清单。");
        assertThat(deadline(number, "firstContact").state()).isEqualTo("met");
    }

    @Test
    default void aUnitThatDoesNotHandleTheCaseCannotEnterAnythingInIt() {
        String number = sole();
        WebSession other = desk("连舟").web();

        assertThat(other.get("/proposals/consultations/new?case=" + number).statusCode())
                .isEqualTo(404);
        assertThat(other.get("/proposals/extensions/new?case=" + number).statusCode())
                .isEqualTo(404);
        assertThat(other.form("/proposals/consultations", List.of(Map.entry("case", number), Map.entry("kind", "call")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    default void theHandlerAsksForMoreTimeOnItsPage() {
        String number = sole();
        WebSession handler = desk("宋一鸣").web();
        Extensions.Offer offer = bean(Extensions.class).offers(number, HANDLER).get(0);
        assertThat(handler.get("/proposals/extensions/new?case=" + number).body())
                .contains(ChineseTime.text(offer.due()), ChineseTime.text(offer.latest()));
        var done = handler.form(
                "/proposals/extensions",
                List.of(
                        Map.entry("case", number),
                        Map.entry("handling", String.valueOf(offer.handlingId())),
                        Map.entry(
                                "until",
                                ChineseTime.day(offer.due()).plusDays(7).toString()),
                        Map.entry("reason", "需要省级部门批复后才能答复。")));

        assertThat(handler.follow(done).body()).contains("延期申请已交分管领导审签");
        assertThat(waiting(number)).containsExactly("userTask_approveRequest", "userTask_forwardToSection");
    }

    @Test
    default void theCommitteeNamesTheClassesOnItsPage() {
        WebSession clerk = desk("暴晓岚").web();
        assertThat(clerk.get("/proposals/result-classes").body()).contains("已经解决或者采纳");
        var refused = clerk.form(
                "/proposals/result-classes",
                List.of(Map.entry("session", "14-5"), Map.entry("code", "甲"), Map.entry("label", "办好")));

        assertThat(clerk.follow(refused).body()).contains("「类别代号」写一个大写字母");
    }
}
