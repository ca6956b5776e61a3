package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.document.Documents;
import org.banhao.flow.time.EngineTime;
import org.banhao.paper.PaperSource;
import org.banhao.proposal.ProposalStories;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.CollectiveKind;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Merging;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.assignment.UnitAnswers;
import org.banhao.proposal.domain.assignment.UnitSuccession;
import org.banhao.proposal.domain.feedback.DissatisfiedFeedback;
import org.banhao.proposal.domain.feedback.Feedback;
import org.banhao.proposal.domain.feedback.FeedbackState;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.DeliveredReply;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.HandlingState;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.revisit.Revisit;
import org.banhao.proposal.domain.revisit.RevisitCause;
import org.banhao.proposal.domain.revisit.RevisitSweep;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.testing.Desk;
import org.banhao.testing.Together;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.Test;

/** Whole lives of proposals, named in {@code docs/stories.md}: what no stage tells by itself, and what two do at one moment. */
interface Lives extends EveryStep {

    /** Three suggestions, so that three units can have one each. */
    default String threefold() {
        String number = bean(Drafts.class).begin(PROPOSER, PROPOSER);
        bean(Drafts.class)
                .save(
                        number,
                        PROPOSER,
                        1,
                        DraftContent.of(
                                "关于中小学校" + UUID.randomUUID().toString().substring(0, 8) + "的提案",
                                "现状摘自走访记录。",
                                "缺少统一的办法。",
                                List.of("配齐专职教师。", "建立转诊通道。", "改善校园饮水。"),
                                Category.SOCIETY));
        bean(Submission.class).handIn(number, PROPOSER);
        return number;
    }

    private static Otherwise units(Map<String, Object> units) {
        return Otherwise.than("confirmUnits", units);
    }

    private static Otherwise separate() {
        return units(Map.of(
                "separate",
                List.of(
                        Map.of("unit", EDUCATION, "numbers", "1"),
                        Map.of("unit", HEALTH, "numbers", "2"),
                        Map.of("unit", WATER, "numbers", "3"))));
    }

    /** Of one suggestion. */
    private Map<String, Object> part(String resultClass) {
        Map<String, Object> values = new HashMap<>(reply());
        values.put("items", List.of(Map.of("itemAnswer", "已经研究并安排。", "itemClass", resultClass)));
        values.put("resultClass", resultClass);
        values.remove("commitments");
        if (resultClass.equals("B")) {
            values.put(
                    "commitments",
                    List.of(Map.of(
                            "commitment",
                            "建成转诊通道",
                            "commitmentDue",
                            ChineseTime.day(now()).plusDays(90).toString(),
                            "commitmentSection",
                            "基层卫生科",
                            "commitmentSuggestion",
                            2)));
        }
        return values;
    }

    /** Each unit as far as this step. */
    private void unitsUntil(String number, String task, Map<String, Map<String, Object>> replies) {
        for (int i = 0; i < 60; i++) {
            OpenStep next = open(number).stream()
                    .filter(step -> !step.task().equals("userTask_" + task))
                    .findFirst()
                    .orElse(null);
            if (next == null) return;
            String unit = next.groups().isEmpty() ? "" : next.groups().get(0).replaceFirst("\\..*", "");
            Map<String, Object> reply = replies.get(unit);
            act(number, next, reply == null ? separate() : separate().and("draftReply", reply));
        }
        throw new AssertionError(number + " waits for " + open(number));
    }

    private void rates(String number, String person, String result) {
        List<Feedback> all = bean(Feedbacks.class).own(number, person);
        bean(ProposerFeedback.class).give(all.get(all.size() - 1).id(), typed(result), person);
    }

    private static ProposerFeedback.Typed typed(String result) {
        return new ProposerFeedback.Typed(
                "satisfied", result, "yes", "no", "yes", result.equals("dissatisfied") ? "第二条没有说什么时候办。" : null, null);
    }

    private long happened(String number, String what) {
        return bean(CaseFiles.class).timeline(number).stream()
                .filter(entry -> entry.what().contains(what))
                .count();
    }

    private long running(String number) {
        return db().sql("select count(*) from act_ru_execution where business_key_ = :n")
                .param("n", number)
                .query(Long.class)
                .single();
    }

    /** Done, or the sentence it was refused with. */
    private static Callable<String> tried(Runnable act) {
        return () -> {
            try {
                act.run();
                return "done";
            } catch (Refusal slower) {
                return slower.sentence();
            }
        };
    }

    // ---- who proposes

    @Test
    default void eachOfTheFiveKindsOfBodyProposesAndIsAnswered() {
        for (CollectiveKind kind : CollectiveKind.values()) {
            boolean convened = kind == CollectiveKind.SECTOR || kind == CollectiveKind.GROUP;
            String id = "body-" + UUID.randomUUID().toString().substring(0, 8);
            String speaker = convened ? "jin-songnian" : "niu-peiwen";
            db().sql("""
                            insert into people_member (id, person_id, kind, name, member_number, sector, party, post)
                            values (:id, :person, :kind, :name, '', '', '', '')""")
                    .param("id", id)
                    .param("person", speaker)
                    .param("kind", kind.code())
                    .param("name", "测试" + kind.label())
                    .update();
            String number = bean(Drafts.class).begin(speaker, id);
            DraftContent content = DraftContent.of(
                    "关于" + kind.label() + id + "的提案", "现状。", "分析。", List.of("配齐专职教师。", "建立转诊通道。"), Category.SOCIETY);
            if (convened) {
                content = ProposalStories.with(content, "convener", speaker);
            } else {
                DraftContent unsealed = content;
                bean(Drafts.class).save(number, speaker, 1, unsealed);
                assertThatThrownBy(() -> bean(Submission.class).handIn(number, speaker))
                        .as(kind.label())
                        .hasMessageContaining("盖章页");
                content = ProposalStories.with(
                        content,
                        "seal",
                        bean(Documents.class)
                                .store(
                                        null,
                                        Drafts.step(number),
                                        "盖章页.pdf",
                                        new ByteArrayInputStream(PDF),
                                        speaker,
                                        speaker)
                                .id());
            }
            bean(Drafts.class).save(number, speaker, convened ? 1 : 2, content);
            bean(Submission.class).handIn(number, speaker);
            assertThat(bean(MyProposals.class).page(number, speaker).kindName())
                    .isEqualTo("集体提案（" + kind.label() + "）");
            until(number, "giveFeedback");
            assertThat(bean(Feedbacks.class).ofCase(number))
                    .singleElement()
                    .satisfies(feedback -> assertThat(feedback.personId()).isEqualTo(speaker));
            toTheEnd(number);
            assertThat(status(number)).as(kind.label()).isEqualTo("closed");
        }
    }

    // ---- who handles

    @Test
    default void theLeadWaitsForBothCoHandlersAndHasTheWordsOfBothBeforeItWhenItDrafts() {
        String number = until(
                handedIn(PROPOSER),
                "collateOpinions",
                units(Map.of("leadUnit", EDUCATION, "coUnits", List.of(HEALTH, WATER))));
        assertThatThrownBy(() -> answer(task(number, "collateOpinions"), HANDLER, Map.of()))
                .isInstanceOf(Refusal.class);
        for (int i = 0; i < 20; i++) {
            OpenStep co = open(number).stream()
                    .filter(step -> !step.task().equals("userTask_collateOpinions"))
                    .findFirst()
                    .orElse(null);
            if (co == null) break;
            act(number, co, Otherwise.NOTHING);
        }
        assertThat(waiting(number)).containsExactly("userTask_collateOpinions");
        assertThat(desk("宋一鸣").shown(task(number, "collateOpinions")).toString())
                .contains("市卫生健康委员会", "市水利局", "我单位赞成");
        answer(task(number, "collateOpinions"), HANDLER, Map.of("collateNote", "两个单位都赞成。"));
        toTheEnd(number);

        assertThat(status(number)).isEqualTo("closed");
        assertThat(bean(Handlings.class).repliesTo(number))
                .singleElement()
                .satisfies(reply -> assertThat(reply.unitName()).isEqualTo("市教育局"));
    }

    @Test
    default void threeSeparateUnitsAnswerWithResultsOfTheirOwnAndEachIsRatedApart() {
        String number = threefold();
        until(number, "forwardToSection", separate());
        unitsUntil(number, "deliverReply", Map.of(EDUCATION, part("A"), HEALTH, part("B"), WATER, part("C")));
        assertThat(waiting(number)).hasSize(3).containsOnly("userTask_deliverReply");
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);
        deliver(number, HEALTH, HEALTH_PERSON, documentNumber(), 1);
        assertThat(status(number)).as("one still owes its reply").isEqualTo("handling");
        deliver(number, WATER, WATER_PERSON, documentNumber(), 1);

        assertThat(status(number)).isEqualTo("replied");
        assertThat(bean(Handlings.class).repliesTo(number))
                .extracting(DeliveredReply::unitName, DeliveredReply::classLine)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("市教育局", "A（已经解决或者采纳）"),
                        org.assertj.core.groups.Tuple.tuple("市卫生健康委员会", "B（正在解决或者列入计划解决）"),
                        org.assertj.core.groups.Tuple.tuple(
                                "市水利局",
                                bean(Handlings.class).repliesTo(number).stream()
                                        .filter(reply -> reply.unitName().equals("市水利局"))
                                        .findFirst()
                                        .orElseThrow()
                                        .classLine()));
        List<Feedback> asked = bean(Feedbacks.class).own(number, PROPOSER);
        assertThat(asked).hasSize(3);
        bean(ProposerFeedback.class).give(asked.get(0).id(), typed("satisfied"), PROPOSER);
        bean(ProposerFeedback.class).give(asked.get(1).id(), typed("basicallySatisfied"), PROPOSER);
        assertThat(status(number)).isEqualTo("replied");
        bean(ProposerFeedback.class).give(asked.get(2).id(), typed("satisfied"), PROPOSER);
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void threeUnitsThatDeliverAtTheSameMomentMakeTheCaseRepliedOnce() {
        String number = threefold();
        until(number, "forwardToSection", separate());
        unitsUntil(number, "deliverReply", Map.of(EDUCATION, part("A"), HEALTH, part("A"), WATER, part("A")));
        List<Callable<String>> acts = new ArrayList<>();
        Map<String, String> people = Map.of(EDUCATION, LIAISON, HEALTH, HEALTH_PERSON, WATER, WATER_PERSON);
        people.forEach((unit, person) -> {
            String task = task(number, unit, "deliverReply");
            Map<String, Object> values = Map.of(
                    "documentNumber",
                    documentNumber(),
                    "sealedScan",
                    List.of(upload(number, task, person)),
                    "deliveries",
                    List.of(Map.of(
                            "mode",
                            "online",
                            "deliveredOn",
                            ChineseTime.day(now()).toString())));
            acts.add(tried(() -> answer(task, person, values)));
        });
        List<String> said = Together.all(acts);

        // whoever was overtaken does it again, as the page tells him
        people.forEach((unit, person) -> {
            if (open(number).stream()
                    .anyMatch(step -> step.task().equals("userTask_deliverReply")
                            && step.groups().stream().anyMatch(group -> group.startsWith(unit + "."))))
                deliver(number, unit, person, documentNumber(), 1);
        });
        assertThat(said).contains("done").allMatch(one -> one.equals("done") || one.contains("同事刚刚处理了"));
        assertThat(status(number)).isEqualTo("replied");
        assertThat(bean(Handlings.class).ofCase(number))
                .extracting(Handling::state)
                .containsOnly(HandlingState.DELIVERED);
        assertThat(bean(Feedbacks.class).own(number, PROPOSER)).hasSize(3);
        assertThat(db().sql(
                                "select count(*) from act_ru_execution where act_id_ = 'receiveTask_feedback' and proc_inst_id_ = (select instance_id from proposal_proposal where case_number = :n)")
                        .param("n", number)
                        .query(Long.class)
                        .single())
                .as("its process waits for feedback, once")
                .isEqualTo(1);
        toTheEnd(number);
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void twoConsultationsAreBothKeptAndSpareTheReason() {
        String number = until(handedIn(PROPOSER), "draftReply");
        assertThatThrownBy(() -> draft(number, reply())).hasMessageContaining("联系");
        contact(number, ConsultationKind.CALL, EDUCATION);
        contact(number, ConsultationKind.FACE_TO_FACE, EDUCATION);
        draft(number, reply());
        toTheEnd(number);

        assertThat(desk("暴晓岚").web().get("/cases/" + number).body())
                .contains(ConsultationKind.CALL.label(), ConsultationKind.FACE_TO_FACE.label());
        assertThat(db().sql("""
                                select count(*) from proposal_consultation c
                                join proposal_consultation_case l on l.consultation_id = c.id where l.case_number = :n""").param("n", number).query(Long.class).single()).isEqualTo(2);
        assertThat(status(number)).isEqualTo("closed");
    }

    // ---- feedback and look-back

    @Test
    default void dissatisfiedTwiceTheConsultationAsksForALookBackAndItBegins() {
        String number =
                until(handedIn(PROPOSER), "mediate", Otherwise.than("giveFeedback", Map.of("result", "dissatisfied")));
        consulted(number);
        step(number, "mediate", CLERK, Map.of("outcome", "followUp", "outcomeNote", "双方同意半年后再看进展。"));

        List<Revisit> revisits = bean(Revisits.class).ofCase(number);
        assertThat(revisits).singleElement().satisfies(revisit -> {
            assertThat(revisit.cause()).isEqualTo(RevisitCause.DISSATISFIED);
            assertThat(bean(Handlings.class).ofCase(number))
                    .filteredOn(row -> row.id() == revisit.handlingId())
                    .singleElement()
                    .satisfies(row -> assertThat(row.round()).isEqualTo(2));
        });
        assertThat(status(number)).isEqualTo("closed");
        assertThat(waiting(number)).containsExactly("userTask_reportProgress");
        toTheEnd(number);
        assertThat(running(number)).isZero();
    }

    @Test
    default void aPromiseOfTwoYearsIsLookedAtWhenTheyAreOver() {
        LocalDate promised = ChineseTime.day(now()).plusYears(2);
        Map<String, Object> reply = with(
                with(reply(), "resultClass", "B"),
                "commitments",
                List.of(Map.of(
                        "commitment",
                        "建成青少年心理中心",
                        "commitmentDue",
                        promised.toString(),
                        "commitmentSection",
                        "基础教育科",
                        "commitmentSuggestion",
                        1)));
        String number = until(handedIn(PROPOSER), "giveFeedback", Otherwise.than("draftReply", reply));
        toTheEnd(number);
        assertThat(status(number)).isEqualTo("closed");
        moved(promised.minusDays(1));
        bean(RevisitSweep.class).sweep();
        assertThat(bean(Revisits.class).ofCase(number)).isEmpty();
        moved(promised.plusDays(1));
        bean(RevisitSweep.class).sweep();

        assertThat(bean(Revisits.class).ofCase(number))
                .singleElement()
                .satisfies(revisit -> assertThat(revisit.cause()).isEqualTo(RevisitCause.COMMITMENT));
        toTheEnd(number);
        assertThat(bean(Handlings.class).repliesTo(number))
                .singleElement()
                .satisfies(was -> assertThat(was.classLine()).startsWith("B"));
        assertThat(bean(Revisits.class).presentClass(firstHandling(number)))
                .hasValueSatisfying(present -> assertThat(present.toString()).contains("C"));
    }

    private void moved(LocalDate day) {
        bean(EngineTime.class).set(day.atTime(9, 0).atZone(ChineseTime.ZONE).toInstant());
    }

    // ---- withdrawn

    @Test
    default void withdrawnWhileSignedReviewedAskedOrHandledNothingIsLeftAndOnceAnsweredItIsTooLate() {
        Map<String, String> stages = new LinkedHashMap<>();
        stages.put("signatures", waits().get("receiveTask_signatures").get());
        for (String stage : List.of("secondReview", "confirmUnits", "answerAssignment", "draftReply"))
            stages.put(stage, until(handedIn(PROPOSER), stage));
        stages.forEach((stage, number) -> {
            bean(Submission.class).withdraw(number, PROPOSER, "情况已经变化，不再需要。");
            assertThat(status(number)).as(stage).isEqualTo("withdrawn");
            assertThat(open(number)).as(stage).isEmpty();
            assertThat(running(number)).as(stage).isZero();
            assertThat(db().sql("select count(*) from calendar_deadline where case_number = :n and state = 'open'")
                            .param("n", number)
                            .query(Long.class)
                            .single())
                    .as(stage)
                    .isZero();
            long told = db().sql(
                            "select count(*) from notice_outbox where case_number = :n and template = 'assignmentWithdrawn' and person_id = :p")
                    .param("n", number)
                    .param("p", LIAISON)
                    .query(Long.class)
                    .single();
            assertThat(told)
                    .as(stage)
                    .isEqualTo(stage.equals("answerAssignment") || stage.equals("draftReply") ? 1 : 0);
            assertThatThrownBy(() -> bean(Submission.class).withdraw(number, PROPOSER, "再撤回一次。"))
                    .as(stage)
                    .isInstanceOf(Refusal.class);
        });
        String answered = until(handedIn(PROPOSER), "giveFeedback");
        assertThatThrownBy(() -> bean(Submission.class).withdraw(answered, PROPOSER, "不再需要"))
                .hasMessageContaining("不能再撤回");
    }

    // ---- terms

    /** What docs/timeouts.md calls "shows": nothing happens by itself, whoever looks sees that the day is over. */
    @Test
    default void whereAPassingTermOnlyShowsTheStepStaysWithWhoseItIsAndReadsOverdue() {
        Map<String, String> names = new HashMap<>();
        for (String task : List.of(
                "firstReview",
                "secondReview",
                "decideInMeeting",
                "assignFileNumber",
                "confirmUnits",
                "ruleOnReturn",
                "forwardToSection",
                "handle",
                "collateOpinions",
                "draftReply",
                "checkReply",
                "signByDeputy",
                "signByHead",
                "previewReply",
                "deliverReply",
                "draftCoOpinion",
                "signCoOpinion",
                "sendCoOpinion",
                "approveRequest",
                "decideExtension",
                "examineFeedback",
                "mediate",
                "reportProgress",
                "checkReport",
                "decideEscalation",
                "decideByDirector",
                "prepareTopics",
                "approveCall")) {
            names.put(task, waits().get(task).get());
        }
        names.put("writeSummary", summarised());
        Map<String, OpenStep> before = new HashMap<>();
        names.forEach((task, number) -> before.put(
                task,
                open(number).stream()
                        .filter(step -> step.task().equals("userTask_" + task))
                        .findFirst()
                        .orElseThrow()));
        Instant last = before.values().stream()
                .map(step -> Objects.requireNonNull(step.due(), step.task()))
                .max(Instant::compareTo)
                .orElseThrow();
        bean(EngineTime.class).set(last.plus(Duration.ofDays(1)));
        fire();

        names.forEach((task, number) -> assertThat(open(number))
                .as(task)
                .filteredOn(step -> step.task().equals("userTask_" + task))
                .singleElement()
                .isEqualTo(before.get(task)));
        String card = desk("暴晓岚")
                .list(
                        Desk.WAITING,
                        "{\"processVariables\":[{\"name\":\"number\",\"operator\":\"eq\",\"value\":\""
                                + names.get("firstReview") + "\"}]}")
                .toString();
        assertThat(card).contains("逾期");
    }

    /** A solicitation whose session has closed. */
    private String summarised() {
        String number = waits().get("closing").get();
        Instant before = now();
        bean(EngineTime.class).set(before.plus(Duration.ofDays(11)));
        fire();
        bean(EngineTime.class).set(before);
        return number;
    }

    /** A row without a step: nobody is stopped by it, whoever looks sees it, and a contact that is late is one all the same. */
    @Test
    default void aFirstContactThatDoesNotComeInTimeStaysOwedUntilItIsMade() {
        String number = sole();
        Instant due = deadline(number, "firstContact").due();
        List<OpenStep> before = open(number);
        bean(EngineTime.class).set(due.plus(Duration.ofDays(3)));
        fire();

        assertThat(deadline(number, "firstContact").state()).isEqualTo("open");
        assertThat(open(number)).isEqualTo(before);
        handled(number, EDUCATION);
        assertThatThrownBy(() -> draft(number, reply())).hasMessageContaining("还没有联系卫林书");
        contact(number, ConsultationKind.CALL, EDUCATION);
        assertThat(deadline(number, "firstContact").state()).isEqualTo("met");
    }

    private void fire() {
        ManagementService jobs = bean(ManagementService.class);
        jobs.createJobQuery().timers().executable().list().forEach(job -> {
            // an earlier one of these may have taken it away
            if (jobs.createJobQuery().jobId(job.getId()).count() > 0) jobs.executeJob(job.getId());
        });
    }

    // ---- at one moment

    @Test
    default void ofTwoProposersWhoAnswerLastAtTheSameMomentTheCaseIsClosedOnce() {
        String number = waits().get("receiveTask_signatures").get();
        bean(Submission.class).confirm(number, CO_SIGNER);
        until(number, "giveFeedback");
        List<String> said = Together.all(List.of(
                tried(() -> rates(number, PROPOSER, "satisfied")), tried(() -> rates(number, CO_SIGNER, "satisfied"))));
        for (String person : List.of(PROPOSER, CO_SIGNER)) {
            if (bean(Feedbacks.class).own(number, person).get(0).state() == FeedbackState.OPEN)
                rates(number, person, "satisfied");
        }

        assertThat(said).contains("done").allMatch(one -> one.equals("done") || one.contains("同事刚刚处理了"));
        assertThat(status(number)).isEqualTo("closed");
        assertThat(running(number)).isZero();
        assertThat(happened(number, "办结")).isEqualTo(1);
    }

    @Test
    default void ofAProposerAndAClerkWhoAnswersForHimAtTheSameMomentOneCounts() {
        String number = until(handedIn(PROPOSER), "giveFeedback");
        Feedback asked = bean(Feedbacks.class).own(number, PROPOSER).get(0);
        List<String> said = Together.all(List.of(
                tried(() -> bean(ProposerFeedback.class).give(asked.id(), typed("satisfied"), PROPOSER)),
                tried(() -> bean(ProposerFeedback.class)
                        .enterFor(
                                asked.id(),
                                new ProposerFeedback.Typed(
                                        "satisfied",
                                        "basicallySatisfied",
                                        "yes",
                                        "no",
                                        "yes",
                                        null,
                                        ChineseTime.day(now())),
                                "telephone",
                                null,
                                CLERK))));

        assertThat(said).containsOnlyOnce("done").anyMatch(one -> one.contains("已经反馈过") || one.contains("同事刚刚处理了"));
        assertThat(status(number)).isEqualTo("closed");
        assertThat(db().sql(
                                "select count(*) from casefile_step_answer where case_number = :n and task = 'userTask_giveFeedback'")
                        .param("n", number)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    default void aSecondHandlingOrderedTwiceAtTheSameMomentBeginsOnce() {
        String number = until(handedIn(PROPOSER), "giveFeedback");
        long first = firstHandling(number);
        List<String> said = Together.all(List.of(
                tried(() -> bean(DissatisfiedFeedback.class).order(first, "第二条没有答复。", CLERK)),
                tried(() -> bean(DissatisfiedFeedback.class).order(first, "第二条没有时限。", DIRECTOR))));

        assertThat(said).containsOnlyOnce("done");
        assertThat(bean(Handlings.class).ofCase(number)).hasSize(2);
        assertThat(status(number)).isEqualTo("secondHandling");
        toTheEnd(number);
        assertThat(status(number)).isEqualTo("closed");
    }

    // ---- what comes too late or twice

    @Test
    default void onceTheLeadCaseIsAnsweredAMergeIsNotUndoneAndNothingIsMergedTwice() {
        String merged = waits().get("receiveTask_mergedFeedback").get();
        assertThatThrownBy(() -> bean(Merging.class).undo(merged, CLERK, "提案者要求分开办理。"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能再撤销并案");
        String other = until(handedIn(CO_SIGNER), "decideInMeeting");
        assertThatThrownBy(() -> act(
                        other,
                        open(other).get(0),
                        Otherwise.than("decideInMeeting", Map.of("finalVerdict", "merge", "leadCase", merged))))
                .isInstanceOf(Refusal.class);
        assertThat(status(merged)).isEqualTo("replied");
        assertThat(status(other)).isEqualTo("planFile");
    }

    @Test
    default void afterTheWindowAUnitCannotReturnWhatItIsDeemedToHaveAccepted() {
        String number = until(handedIn(PROPOSER), "answerAssignment");
        OpenStep asked = open(number).get(0);
        String scan = upload(number, asked.taskId(), LIAISON);
        bean(EngineTime.class).set(Objects.requireNonNull(asked.due()).plusSeconds(60));
        Map<String, Object> returns = Map.of(
                "unitAnswer", "return",
                "returnReason", "此事不属于本单位职责，建议另定单位。",
                "dutyBasis", "“三定”规定第三条",
                "proposedUnit", WATER,
                "signedScan", List.of(scan));
        fire();
        assertThat(waiting(number)).containsExactly("userTask_forwardToSection");
        assertThatThrownBy(() -> answer(asked.taskId(), LIAISON, returns))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不存在、已办结");
        assertThatThrownBy(() -> bean(UnitAnswers.class)
                        .requestReturn(asked.instanceId(), LIAISON, "此事不属于本单位职责，建议另定单位。", "“三定”规定第三条", WATER, scan))
                .isInstanceOf(Refusal.class);
        toTheEnd(number);
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void aUnitCannotChangeTheClassOfAReplyItHasDelivered() {
        String number = until(handedIn(PROPOSER), "draftReply");
        String drafting = task(number, "draftReply");
        until(number, "deliverReply");
        String delivering = task(number, "deliverReply");
        until(number, "giveFeedback");
        assertThatThrownBy(() -> answer(drafting, HANDLER, with(reply(), "resultClass", "C")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> deliver(number, EDUCATION, LIAISON, documentNumber(), 1))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> answer(delivering, LIAISON, Map.of("documentNumber", documentNumber())))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> bean(org.banhao.proposal.domain.handling.ClassCorrections.class)
                        .correct(firstHandling(number), "C", "想改为不能解决。", HEAD))
                .hasMessageContaining("只能由提案委员会更正");
        assertThat(bean(Handlings.class).repliesTo(number))
                .singleElement()
                .satisfies(reply -> assertThat(reply.classLine()).startsWith("A"));
    }

    @Test
    default void twoUnitsDissolvedIntoOneLeaveOneHandlingAndOneReply() {
        String number = threefold();
        until(number, "forwardToSection", separate());
        for (String from : List.of(HEALTH, EDUCATION)) {
            UnitSuccession succession = bean(UnitSuccession.class);
            List<Long> rows = succession.preview(from, OFFICE).stream()
                    .map(UnitSuccession.Line::assignmentId)
                    .toList();
            assertThat(succession
                            .move(from, WATER, "机构改革，长发〔2026〕1号", rows, OFFICE)
                            .failures())
                    .filteredOn(failure -> failure.caseNumber().equals(number))
                    .isEmpty();
        }

        assertThat(open(number))
                .singleElement()
                .satisfies(step -> assertThat(step.groups()).containsExactly(WATER + ".liaison"));
        Map<String, Object> whole = new HashMap<>(reply());
        whole.put(
                "items",
                List.of(
                        Map.of("itemAnswer", "今年新招专职教师。", "itemClass", "A"),
                        Map.of("itemAnswer", "列入明年计划。", "itemClass", "B"),
                        Map.of("itemAnswer", "已经改善。", "itemClass", "A")));
        until(number, "giveFeedback", Otherwise.than("draftReply", whole));
        assertThat(bean(Handlings.class).repliesTo(number))
                .singleElement()
                .satisfies(reply -> assertThat(reply.unitName()).isEqualTo("市水利局"));
        toTheEnd(number);
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void aLeadersInstructionAndWhomToAskGoToTheUnitsWithTheCase() {
        String number = filed();
        Map<String, Object> units =
                Map.of("leadUnit", EDUCATION, "leaderInstruction", "平立川3月20日批示：请抓紧研究。", "officeContact", "侯望");
        assertThatThrownBy(() -> confirmed(number, units))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("officePhone"));
        confirmed(number, with(units, "officePhone", "0355-0000007"));

        var shown = desk("田禾").shown(task(number, "answerAssignment"));
        assertThat(shown.path("leaderInstruction").path("value").asText()).isEqualTo("平立川3月20日批示：请抓紧研究。");
        assertThat(shown.path("officeContact").path("value").asText()).isEqualTo("侯望，0355-0000007");
        assertThat(desk("田禾").web().get("/cases/" + number).body())
                .contains("平立川3月20日批示：请抓紧研究。", "市政府办公室 侯望，0355-0000007");
        assertThat(desk("卫林书").web().get("/cases/" + number).body())
                .as("what leaders wrote is for those who work on it")
                .doesNotContain("请抓紧研究");
        PaperSource papers = bean(PaperSource.class);
        assertThat(papers.ofCase(number))
                .filteredOn(paper -> paper.kind().equals("transferSlip"))
                .isNotEmpty()
                .allSatisfy(paper -> assertThat(papers.facts(paper).texts())
                        .containsEntry("领导批示", "平立川3月20日批示：请抓紧研究。")
                        .containsEntry("交办联系人", "侯望，0355-0000007"));

        String plain = filed();
        confirmed(plain, Map.of("leadUnit", EDUCATION));
        assertThat(desk("田禾")
                        .shown(task(plain, "answerAssignment"))
                        .path("officeContact")
                        .path("value")
                        .asText())
                .as("who assigned, unless another one is named")
                .startsWith("侯望");
    }
}
