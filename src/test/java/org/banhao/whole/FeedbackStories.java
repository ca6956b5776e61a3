package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.OpenSteps;
import org.banhao.casefile.Retractions;
import org.banhao.flow.time.EngineTime;
import org.banhao.notice.domain.NoticeRounds;
import org.banhao.people.LeftGroup;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.assignment.UnitSuccession;
import org.banhao.proposal.domain.feedback.DissatisfiedFeedback;
import org.banhao.proposal.domain.feedback.Feedback;
import org.banhao.proposal.domain.feedback.FeedbackState;
import org.banhao.proposal.domain.feedback.FeedbackSweep;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.feedback.Outcome;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.banhao.proposal.domain.handling.ClassCorrections;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.ConsultationVerdict;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.Extensions;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.handling.OwnConsultations;
import org.banhao.proposal.domain.revisit.RevisitSweep;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.testing.Desk;
import org.banhao.testing.WebSession;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From the delivered reply to the closed case, through the real forms, pages and calendar. */
interface FeedbackStories extends HandlingWay {

    String SECOND = "gao-qingyuan";
    String THIRD = "shen-yuhe";
    String CLERK = "bao-xiaolan";
    String DIRECTOR = "lu-shouzheng";
    String ORGANISATION = "industry-commerce-federation";
    String CONTACT = "niu-peiwen";

    // ---- the way there

    /** Of three proposers who all signed, delivered to each. */
    default String joint(String... coSigners) {
        String number = invited(coSigners);
        for (String coSigner : coSigners) {
            bean(Submission.class).confirm(number, coSigner);
        }
        reviewed(number, "file", Map.of());
        step(number, "assignFileNumber", CLERK, Map.of("numberConfirmed", true));
        assigned(number, Map.of("leadUnit", EDUCATION));
        answered(number, reply(), 1 + coSigners.length);
        return number;
    }

    default String replied() {
        String number = sole();
        answered(number, reply(), 1);
        return number;
    }

    default void answered(String number, Map<String, Object> reply, int recipients) {
        handled(number, EDUCATION);
        draft(number, with(reply, "contactReason", "提案者外出，已约定时间当面沟通。"));
        signed(number);
        previewed(number);
        deliver(number, EDUCATION, LIAISON, documentNumber(), recipients);
    }

    default Feedback asked(String number, String person) {
        List<Feedback> all = bean(Feedbacks.class).own(number, person);
        return all.get(all.size() - 1);
    }

    private static ProposerFeedback.Typed typed(String result, String opinion) {
        return new ProposerFeedback.Typed("satisfied", result, "yes", "no", "yes", opinion, null);
    }

    default void rates(String number, String person, String result) {
        bean(ProposerFeedback.class)
                .give(
                        asked(number, person).id(),
                        typed(result, result.equals("dissatisfied") ? "第二条没有说什么时候办。" : null),
                        person);
    }

    private void termPasses(Feedback feedback) {
        Instant due = bean(Feedbacks.class).due(feedback).orElseThrow();
        bean(EngineTime.class).set(due.plusSeconds(60));
        ManagementService jobs = bean(ManagementService.class);
        jobs.createJobQuery()
                .processInstanceId(feedback.instanceId())
                .list()
                .forEach(job -> jobs.executeJob(job.getId()));
    }

    private long told(String number, String template, String person) {
        return db().sql("""
                        select count(*) from notice_outbox where case_number = :n and template = :template and person_id = :person""")
                .param("n", number)
                .param("template", template)
                .param("person", person)
                .query(Long.class)
                .single();
    }

    private String dossier(String number, String person, String... groups) {
        CaseView view = beans(CaseView.class).stream()
                .filter(one -> one.kind().equals("TA"))
                .findFirst()
                .orElseThrow();
        var row = bean(CaseFiles.class).get(number);
        StringBuilder text = new StringBuilder(view.summary(row).toString());
        view.sections(row, person, List.of(groups))
                .forEach(section -> text.append("\n")
                        .append(section.heading())
                        .append(section.text())
                        .append(section.items()));
        return text.toString();
    }

    private List<Map.Entry<String, String>> ratingFields(String result, String opinion) {
        return new ArrayList<>(List.of(
                Map.entry("attitude", "satisfied"),
                Map.entry("result", result),
                Map.entry("faceToFace", "no"),
                Map.entry("pointByPoint", "yes"),
                Map.entry("opinion", opinion)));
    }

    // ---- stories

    @Test
    default void aFeedbackIsTakenBackThoughAnotherProposerHasAnsweredUnlessThatClosedTheCase() {
        String number = joint(SECOND, THIRD);
        rates(number, PROPOSER, "satisfied");
        rates(number, SECOND, "satisfied");
        takesBack(number, PROPOSER);
        assertThat(asked(number, PROPOSER).given()).isNull();
        assertThat(asked(number, SECOND).given()).isNotNull();
        rates(number, PROPOSER, "basicallySatisfied");
        rates(number, THIRD, "satisfied");
        assertThat(status(number)).isEqualTo("closed");

        assertThatThrownBy(() -> takesBack(number, PROPOSER)).hasMessageContaining("又有了变动");
    }

    private void takesBack(String number, String person) {
        Retractions retractions = bean(Retractions.class);
        String id = retractions.recent(person).stream()
                .filter(one -> one.caseNumber().equals(number))
                .findFirst()
                .orElseThrow()
                .id();
        retractions.retract(id, person);
    }

    @Test
    default void ofThreeProposersTheSilentOneIsMarkedAndNeverCountedAsSatisfied() {
        String number = joint(SECOND, THIRD);
        assertThat(bean(Feedbacks.class).ofCase(number))
                .extracting(Feedback::personId)
                .containsExactly(PROPOSER, SECOND, THIRD);
        rates(number, PROPOSER, "satisfied");
        rates(number, SECOND, "basicallySatisfied");
        assertThat(status(number)).isEqualTo("replied");
        Feedback silent = asked(number, THIRD);
        termPasses(silent);

        assertThat(asked(number, THIRD).stateLine()).isEqualTo("未反馈");
        assertThat(asked(number, THIRD).given()).isNull();
        assertThat(told(number, "feedbackOverdue", THIRD)).isEqualTo(1);
        assertThat(status(number)).isEqualTo("closed");
        assertThat(bean(CaseFiles.class).get(number).closed()).isNotNull();
        assertThat(dossier(number, CLERK, "proposal-clerk"))
                .contains("已反馈2，未反馈1，期限内待反馈0", "申雨禾对市教育局答复：未反馈", "办理态度满意，办理结果基本满意");
        assertThat(dossier(number, PROPOSER, "member")).contains("已反馈2，未反馈1").doesNotContain("办理结果基本满意");
        assertThat(desk("卫林书").web().get("/my/proposals/" + number).body())
                .contains("已办结", "我的反馈：已反馈", "收到卫林书对市教育局答复的反馈")
                .doesNotContain("单位内部：", "撤回的理由");

        rates(number, THIRD, "satisfied");
        assertThat(asked(number, THIRD).stateLine()).isEqualTo("已反馈（逾期）");
        assertThat(status(number)).isEqualTo("closed");
        assertThat(waiting(number)).isEmpty();
    }

    @Test
    default void theProposersOfAMergedProposalCloseTheirOwnCase() {
        String lead = handedIn(PROPOSER);
        String merged = handedIn(SECOND);
        reviewed(lead, "file", Map.of());
        reviewed(merged, "merge", Map.of("leadCase", lead));
        step(lead, "assignFileNumber", CLERK, Map.of("numberConfirmed", true));
        assigned(lead, Map.of("leadUnit", EDUCATION));
        answered(lead, reply(), 2);
        rates(lead, PROPOSER, "satisfied");
        assertThat(status(lead)).isEqualTo("closed");
        assertThat(status(merged)).isEqualTo("replied");
        assertThat(dossier(lead, CLERK, "proposal-clerk")).contains("郜清远对市教育局答复：待反馈", "并案提案：" + merged);

        rates(merged, SECOND, "dissatisfied");
        step(merged, "examineFeedback", CLERK, Map.of("examination", "rehandle", "examinationNote", "并案的诉求没有回应。"));
        assertThat(status(lead)).as("handled again in its lead").isEqualTo("secondHandling");
        assertThat(bean(CaseFiles.class).get(lead).closed()).isNull();
        assertThat(status(merged)).isEqualTo("secondHandling");
        answered(lead, reply(), 2);
        rates(merged, SECOND, "satisfied");

        assertThat(status(merged)).isEqualTo("closed");
        assertThat(status(lead)).isEqualTo("replied");
        assertThat(db().sql(
                                "select count(*) from act_ru_execution where id_ = (select instance_id from proposal_proposal where case_number = :n)")
                        .param("n", merged)
                        .query(Long.class)
                        .single())
                .as("its own process has ended")
                .isZero();
    }

    @Test
    default void dissatisfiedItIsHandledOnceMoreAndTheFirstReplyStaysAsItWas() {
        String number = replied();
        long first = row(number, EDUCATION).id();
        String long4000 = "第二条没有时限。".repeat(520);
        bean(ProposerFeedback.class).give(asked(number, PROPOSER).id(), typed("dissatisfied", long4000), PROPOSER);
        assertThat(asked(number, PROPOSER).given())
                .satisfies(
                        given -> assertThat(given.opinion()).isEqualTo(long4000).hasSizeGreaterThan(4_000));
        assertThat(status(number)).isEqualTo("replied");
        step(number, "examineFeedback", CLERK, Map.of("examination", "rehandle", "examinationNote", "请就第二条给出时限。"));

        assertThat(status(number)).isEqualTo("secondHandling");
        assertThat(deadline(number, "rehandle").state()).isEqualTo("open");
        assertThat(told(number, "secondHandling", PROPOSER)).isEqualTo(1);
        assertThat(told(number, "secondHandlingUnit", LIAISON))
                .as("not as a task alone")
                .isEqualTo(1);
        assertThatThrownBy(() -> bean(Extensions.class).offers(number, HANDLER)).hasMessageContaining("没有要答复");
        assertThatThrownBy(() -> bean(Submission.class).withdraw(number, PROPOSER, "不再需要"))
                .hasMessageContaining("不能再撤回");
        assertThat(desk("卫林书").web().get("/my/proposals/" + number).body()).contains("再次办理中");
        answered(number, with(with(reply(), "resultClass", "B"), "opening", "再次办理情况如下。"), 1);

        assertThat(status(number)).isEqualTo("replied");
        assertThat(deadline(number, "rehandle").state()).isEqualTo("met");
        assertThat(bean(Handlings.class).reply(first))
                .hasValueSatisfying(reply -> assertThat(reply.resultClass()).isEqualTo("A"));
        assertThat(bean(Handlings.class).repliesTo(number))
                .extracting(reply -> reply.round() + reply.classLine())
                .containsExactly("1A（已经解决或者采纳）", "2B（正在解决或者列入计划解决）");
        assertThat(dossier(number, PROPOSER, "member"))
                .contains("市教育局，首次答复：A（已经解决或者采纳）", "市教育局，再次答复：B（正在解决或者列入计划解决）", "的再次答复");
        assertThat(asked(number, PROPOSER).round()).isEqualTo(2);
        rates(number, PROPOSER, "basicallySatisfied");
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void dissatisfiedTwiceTheCommitteeConsultsAndTheCaseIsMarkedForALaterLook() {
        String number = replied();
        rates(number, PROPOSER, "dissatisfied");
        step(number, "examineFeedback", DIRECTOR, Map.of("examination", "rehandle", "examinationNote", "请再研究第二条。"));
        answered(number, reply(), 1);
        rates(number, PROPOSER, "dissatisfied");
        assertThat(waiting(number)).containsExactly("userTask_mediate");
        assertThat(status(number)).isEqualTo("replied");
        Map<String, Object> outcome = Map.of("outcome", "followUp", "outcomeNote", "双方同意明年再看进展。");
        assertThatThrownBy(() -> step(number, "mediate", CLERK, outcome)).hasMessageContaining("还没有登记这次会商");

        List<Feedbacks.DissatisfiedTwice> heard = new ArrayList<>();
        ApplicationListener<PayloadApplicationEvent<?>> ear = event -> {
            if (event.getPayload() instanceof Feedbacks.DissatisfiedTwice twice) {
                heard.add(twice);
            }
        };
        consulted(number, HANDLER, true);
        consulted(number, HANDLER, false);
        assertThatThrownBy(() -> step(number, "mediate", CLERK, outcome))
                .as("the unit met on its own")
                .hasMessageContaining("单位自行登记的不算");
        consulted(number, CLERK, false);
        bean(ApplicationEventMulticaster.class).addApplicationListener(ear);
        try {
            step(number, "mediate", CLERK, outcome);
        } finally {
            bean(ApplicationEventMulticaster.class).removeApplicationListener(ear);
        }

        assertThat(heard).singleElement().satisfies(twice -> {
            assertThat(twice.caseNumber()).isEqualTo(number);
            assertThat(twice.outcome()).isEqualTo(Outcome.FOLLOW_UP);
            assertThat(twice.toRevisit()).isTrue();
        });
        assertThat(status(number)).isEqualTo("closed");
        assertThat(dossier(number, CLERK, "proposal-clerk")).contains("会商结果：另行跟踪");
        assertThat(desk("郜清远").web().get("/cases/" + number).body()).doesNotContain("会商结果");
        WebSession proposer = desk("卫林书").web();
        assertThat(proposer.get("/my/proposals/" + number).body()).doesNotContain("会商结果：");
        assertThat(proposer.get("/my/feedback/" + asked(number, PROPOSER).id()).body())
                .contains("会商结果", "另行跟踪。双方同意明年再看进展。");
        assertThatThrownBy(() -> bean(DissatisfiedFeedback.class)
                        .order(row(number, EDUCATION).id(), "还想再办一次。", CLERK))
                .hasMessageContaining("只进行一次");
    }

    @Test
    default void aConsultationTheProposerSaysDidNotHappenEndsNothing() {
        String number = replied();
        rates(number, PROPOSER, "dissatisfied");
        step(number, "examineFeedback", DIRECTOR, Map.of("examination", "rehandle", "examinationNote", "请再研究第二条。"));
        answered(number, reply(), 1);
        rates(number, PROPOSER, "dissatisfied");
        consulted(number, CLERK, true);
        OwnConsultations own = bean(OwnConsultations.class);
        List<OwnConsultations.Own> held = own.of(number, PROPOSER);
        own.say(
                held.get(held.size() - 1).consultation().id(),
                number,
                ConsultationVerdict.DISPUTED,
                "没有通知我参加。",
                PROPOSER);
        Map<String, Object> outcome = Map.of("outcome", "followUp", "outcomeNote", "双方同意明年再看进展。");

        assertThatThrownBy(() -> step(number, "mediate", CLERK, outcome)).hasMessageContaining("提案者有异议的不算");

        consulted(number, CLERK, true);
        step(number, "mediate", CLERK, outcome);
        assertThat(status(number)).isEqualTo("closed");
    }

    /** After the reply, face to face. */
    private void consulted(String number, String enteredBy, boolean present) {
        bean(EngineTime.class).advance(Duration.ofHours(2));
        bean(Consultations.class)
                .record(
                        new Consultations.Entry(
                                List.of(number),
                                List.of(EDUCATION),
                                ConsultationKind.FACE_TO_FACE,
                                ConsultationStage.AFTER,
                                LocalDateTime.ofInstant(now().minusSeconds(600), ChineseTime.ZONE),
                                "市政协会议室",
                                "暴晓岚",
                                "卫林书 市政协委员\n冯远山 副局长",
                                "冯远山 副局长",
                                List.of(new Consultations.Presence(
                                        number, PROPOSER, present, present ? null : "在外地出差")),
                                "双方交换了意见。",
                                List.of(),
                                "时限没有谈拢。"),
                        List.of(),
                        enteredBy,
                        null);
    }

    @Test
    default void ofTwoDissatisfiedProposersTheSecondJoinsTheHandlingThatRuns() {
        String number = joint(SECOND);
        rates(number, PROPOSER, "dissatisfied");
        rates(number, SECOND, "dissatisfied");
        Map<String, Object> again = Map.of("examination", "rehandle", "examinationNote", "请一并研究。");
        step(number, "examineFeedback", CLERK, again);
        step(number, "examineFeedback", CLERK, again);

        assertThat(bean(Handlings.class).ofCase(number)).hasSize(2);
        assertThat(waiting(number)).containsExactly("userTask_forwardToSection");
    }

    @Test
    default void theCommitteeMayAskForASecondHandlingThoughNobodyIsDissatisfied() {
        String number = joint(SECOND);
        rates(number, PROPOSER, "satisfied");
        WebSession director = desk("路守正").web();
        String handling = String.valueOf(row(number, EDUCATION).id());
        assertThat(director.get("/cases/" + number).body()).contains("/proposals/feedback?case=" + number);
        assertThat(director.get("/proposals/feedback?case=" + number).body()).contains("要求再次办理", "郜清远对市教育局答复：待反馈");
        HttpResponse<String> refused = director.form(
                "/proposals/feedback/rehandle",
                List.of(Map.entry("case", number), Map.entry("handling", handling), Map.entry("rehandleReason", "不行")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("请填写「再次办理的理由」");
        HttpResponse<String> done = director.form(
                "/proposals/feedback/rehandle",
                List.of(
                        Map.entry("case", number),
                        Map.entry("handling", handling),
                        Map.entry("rehandleReason", "没有逐条答复，办理不到位。")));

        assertThat(director.follow(done).body()).contains("已要求再次办理");
        assertThat(status(number)).isEqualTo("secondHandling");
        answered(number, reply(), 2);
        assertThat(bean(Feedbacks.class).ofCase(number))
                .filteredOn(row -> row.round() == 1 && row.personId().equals(SECOND))
                .singleElement()
                .satisfies(row -> assertThat(row.stateLine()).contains("不再需要反馈", "请就再次答复反馈"));
        assertThat(waiting(number)).containsExactly("userTask_giveFeedback", "userTask_giveFeedback");
    }

    @Test
    default void whatCameOnPaperIsEnteredByTheClerkWithTheScanAndTheRecordSaysForWhom() {
        String number = replied();
        long id = asked(number, PROPOSER).id();
        ProposerFeedback feedback = bean(ProposerFeedback.class);
        ProposerFeedback.Typed paper =
                new ProposerFeedback.Typed("satisfied", "satisfied", "no", null, "yes", "", ChineseTime.day(now()));
        assertThatThrownBy(() -> feedback.enterFor(id, paper, "paper", null, CLERK))
                .hasMessageContaining("反馈表扫描件");
        assertThatThrownBy(() -> feedback.enterFor(id, paper, "online", null, CLERK))
                .hasMessageContaining("纸质或者电话");
        ProposerFeedback.Upload scan = new ProposerFeedback.Upload("反馈表.pdf", new ByteArrayInputStream(PDF));
        feedback.enterFor(id, paper, "paper", scan, CLERK);

        assertThat(asked(number, PROPOSER).given()).satisfies(given -> {
            assertThat(given.enteredBy()).isEqualTo(CLERK);
            assertThat(given.scanDocument()).isNotNull();
        });
        String address = "/api/documents/" + asked(number, PROPOSER).given().scanDocument();
        assertThat(List.of(
                        desk("卫林书").web().get(address).statusCode(),
                        desk("暴晓岚").web().get(address).statusCode(),
                        desk("郜清远").web().get(address).statusCode() / 100))
                .containsExactly(200, 200, 4);
        assertThat(bean(CaseFiles.class).timeline(number))
                .anySatisfy(entry -> assertThat(entry.detail()).isEqualTo("纸质，暴晓岚代卫林书录入"));
        assertThat(db().sql(
                                "select count(*) from casefile_step_answer where case_number = :n and person = :clerk and for_whom_name = '卫林书'")
                        .param("n", number)
                        .param("clerk", CLERK)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void theClerkFindsWhoHasNotAnsweredAndEntersACall() {
        String number = replied();
        Feedback row = asked(number, PROPOSER);
        WebSession clerk = desk("暴晓岚").web();
        assertThat(clerk.get("/proposals/feedback").body()).contains("/proposals/feedback?case=" + number);
        assertThat(clerk.get("/proposals/feedback?case=" + number).body()).contains("代卫林书录入（纸质、电话）");
        List<Map.Entry<String, String>> fields = ratingFields("satisfied", "电话里说可以。");
        fields.addAll(List.of(
                Map.entry("case", number),
                Map.entry("feedback", String.valueOf(row.id())),
                Map.entry("way", "telephone")));
        HttpResponse<String> refused = clerk.form("/proposals/feedback/enter", fields);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("「签名日期」", "电话里说可以。");
        fields.add(Map.entry("signedOn", ChineseTime.day(now()).toString()));

        termPasses(row);
        assertThat(asked(number, PROPOSER).stateLine()).isEqualTo("未反馈");
        WebSession later = desk("暴晓岚").web();
        later.get("/proposals/feedback?case=" + number);
        assertThat(later.follow(later.form("/proposals/feedback/enter", fields)).body())
                .contains("已代录入", "电话，暴晓岚代卫林书录入");
        assertThat(asked(number, PROPOSER).stateLine())
                .as("said within the term, only entered after it")
                .isEqualTo("已反馈");
    }

    @Test
    default void aUnitCanNeverRateForAProposer() {
        String number = replied();
        long id = asked(number, PROPOSER).id();
        ProposerFeedback feedback = bean(ProposerFeedback.class);
        for (String person : List.of(LIAISON, HANDLER, HEAD)) {
            assertThatThrownBy(() -> feedback.give(id, typed("satisfied", null), person))
                    .hasMessageContaining("不由您反馈");
            assertThatThrownBy(() -> feedback.enterFor(id, typed("satisfied", null), "telephone", null, person))
                    .hasMessageContaining("反馈由提案者本人填写");
        }
        WebSession liaison = desk("田禾").web();
        assertThat(liaison.get("/my/feedback/" + id).statusCode()).isEqualTo(403);
        List<Map.Entry<String, String>> fields = ratingFields("satisfied", "");
        fields.add(Map.entry("confirmed", "yes"));
        assertThat(liaison.form("/my/feedback/" + id, fields).statusCode()).isEqualTo(403);
        assertThat(liaison.form("/proposals/feedback/enter", fields).statusCode())
                .isEqualTo(403);
        assertThat(desk("郜清远").web().get("/my/feedback/" + id).body())
                .as("nor another member")
                .contains("不由您反馈");

        assertThat(asked(number, PROPOSER).state()).isEqualTo(FeedbackState.OPEN);
    }

    @Test
    default void theProposerSeesWhatHeSaysOnceMoreAndThenItIsFinal() {
        String number = replied();
        Feedback row = asked(number, PROPOSER);
        WebSession proposer = desk("卫林书").web();
        String page = "/my/feedback/" + row.id();
        assertThat(proposer.get("/my").body()).contains("请您反馈", page);
        assertThat(proposer.get(page).body()).contains("办理态度", "今年新招专职教师。", "请在");
        HttpResponse<String> without = proposer.form(page, ratingFields("dissatisfied", ""));
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).contains("请填写「意见」");
        assertThat(proposer.form(page, ratingFields("satisfied", "办得好。")).body())
                .contains("此后不能再改", "办得好。");
        assertThat(asked(number, PROPOSER).state()).isEqualTo(FeedbackState.OPEN);
        List<Map.Entry<String, String>> fields = ratingFields("satisfied", "办得好。");
        fields.add(Map.entry("confirmed", "yes"));
        assertThat(proposer.follow(proposer.form(page, fields)).body()).contains("反馈已提交", "已反馈", "办得好。");
        assertThat(proposer.get("/my").body()).contains("已办结").doesNotContain(page);

        HttpResponse<String> twice = proposer.form(page, fields);
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(twice.body()).contains("已经反馈过，不能再改");
        assertThatThrownBy(() -> bean(ProposerFeedback.class)
                        .enterFor(row.id(), typed("satisfied", null), "telephone", null, CLERK))
                .hasMessageContaining("已经反馈过");
    }

    @Test
    default void theClassOfADeliveredReplyIsCorrectedBesideItAndOnlyByTheCommittee() {
        String number = replied();
        long handling = row(number, EDUCATION).id();
        ClassCorrections corrections = bean(ClassCorrections.class);
        for (String person : Stream.of(LIAISON, HANDLER, HEAD, OFFICE).toList()) {
            assertThatThrownBy(() -> corrections.correct(handling, "B", "其实还在办。", person))
                    .hasMessageContaining("只能由提案委员会更正");
        }
        assertThat(desk("田禾")
                        .web()
                        .form("/proposals/feedback/class", List.of(Map.entry("case", number)))
                        .statusCode())
                .isEqualTo(403);
        assertThatThrownBy(() -> corrections.correct(handling, "A", "没有变化。", DIRECTOR))
                .hasMessageContaining("不必更正");
        assertThatThrownBy(() -> corrections.correct(handling, "B", "", DIRECTOR))
                .hasMessageContaining("更正的理由");
        String proposes = "update proposal_proposal set proposer_person = :person where case_number = :n";
        db().sql(proposes).param("person", DIRECTOR).param("n", number).update();
        assertThatThrownBy(() -> corrections.correct(handling, "B", "其实还在办。", DIRECTOR))
                .hasMessageContaining("应当回避");
        assertThatThrownBy(() -> bean(DissatisfiedFeedback.class).order(handling, "还想再办一次。", DIRECTOR))
                .hasMessageContaining("应当回避");
        db().sql(proposes).param("person", PROPOSER).param("n", number).update();
        WebSession director = desk("路守正").web();
        HttpResponse<String> done = director.form(
                "/proposals/feedback/class",
                List.of(
                        Map.entry("case", number),
                        Map.entry("handling", String.valueOf(handling)),
                        Map.entry("resultClass", "B"),
                        Map.entry("classReason", "第二条仍在办理。")));

        assertThat(director.follow(done).body()).contains("类别已更正", "提案委员会更正为B");
        assertThat(bean(Handlings.class).reply(handling))
                .hasValueSatisfying(reply -> assertThat(reply.resultClass()).isEqualTo("A"));
        assertThat(dossier(number, PROPOSER, "member")).contains("首次答复：A", "提案委员会更正：B");
    }

    private void whileOutOfOffice(String member, Runnable act) {
        String until = "update people_member set in_office_until = cast(:day as date) where id = :id";
        db().sql(until)
                .param("day", ChineseTime.day(now()).minusDays(1))
                .param("id", member)
                .update();
        try {
            act.run();
        } finally {
            db().sql(until).param("day", null).param("id", member).update();
        }
    }

    @Test
    default void whoHasLeftTheTermIsNotWaitedForAndTheNextSignerIsTheContact() {
        String number = joint(SECOND);
        whileOutOfOffice(PROPOSER, bean(FeedbackSweep.class)::daily);

        assertThat(asked(number, PROPOSER).state()).isEqualTo(FeedbackState.NOT_NEEDED);
        assertThat(asked(number, PROPOSER).endedReason()).isEqualTo("已离任，本件的联系人为郜清远");
        assertThat(waiting(number)).containsExactly("userTask_giveFeedback");
        rates(number, SECOND, "satisfied");
        assertThat(status(number)).isEqualTo("closed");
    }

    /** He signed it: the unit owes him its contact or a reason, and its reply, like everybody; asked for his opinion he is not. */
    @Test
    default void whoLeavesTheTermBetweenAssignmentAndReplyIsStillContactedAndAnsweredButNotAsked() {
        String number = invited(SECOND);
        bean(Submission.class).confirm(number, SECOND);
        reviewed(number, "file", Map.of());
        step(number, "assignFileNumber", CLERK, Map.of("numberConfirmed", true));
        assigned(number, Map.of("leadUnit", EDUCATION));
        whileOutOfOffice(SECOND, () -> {
            bean(FeedbackSweep.class).daily();
            handled(number, EDUCATION);
            contact(number, ConsultationKind.CALL, EDUCATION, PROPOSER::equals);
            assertThatThrownBy(() -> draft(number, reply()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.field()).isEqualTo("contactReason"))
                    .hasMessageContaining("还没有联系郜清远")
                    .hasMessageNotContaining("卫林书");
            draft(number, with(reply(), "contactReason", "已离任，寄送答复。"));
            signed(number);
            previewed(number);
            assertThatThrownBy(() -> deliver(number, EDUCATION, LIAISON, documentNumber(), 1))
                    .hasMessageContaining("2位提案者");
            deliver(number, EDUCATION, LIAISON, documentNumber(), 2);
            bean(FeedbackSweep.class).daily();
        });

        assertThat(status(number)).isEqualTo("replied");
        assertThat(bean(Feedbacks.class).own(number, SECOND))
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(FeedbackState.NOT_NEEDED));
        assertThat(waiting(number)).containsExactly("userTask_giveFeedback");
        rates(number, PROPOSER, "satisfied");
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void whatAnOrganisationIsAskedGoesOverToItsNewContact() {
        String number = replied();
        ofTheOrganisation(number);
        assertThatThrownBy(() -> rates(number, PROPOSER, "satisfied"))
                .as("a member himself, but not its contact any more")
                .hasMessageContaining("不由您反馈");
        whileOutOfOffice(ORGANISATION, () -> {
            bean(FeedbackSweep.class).daily();
            bean(FeedbackSweep.class).daily();
        });
        assertThat(bean(CaseFiles.class).timeline(number))
                .filteredOn(entry -> entry.what().startsWith("改由提案委员会办公室反馈"))
                .hasSize(1);
        bean(FeedbackSweep.class).daily();
        assertThat(bean(Feedbacks.class).own(number, PROPOSER)).isEmpty();
        assertThat(bean(Feedbacks.class).awaiting(CONTACT))
                .extracting(one -> one.feedback().caseNumber())
                .contains(number);

        String speaks = "update people_member set person_id = :person where id = :id";
        db().sql(speaks).param("person", SECOND).param("id", ORGANISATION).update();
        try {
            bean(FeedbackSweep.class).daily();
            assertThat(asked(number, SECOND).state()).isEqualTo(FeedbackState.OPEN);
            assertThat(asked(number, SECOND).name()).isEqualTo("市工商联（联系人郜清远）");
            assertThat(desk("郜清远").web().get("/my/proposals/" + number).statusCode())
                    .as("where the mail to the new contact leads")
                    .isEqualTo(200);
            assertThat(desk("郜清远").web().get("/my").body()).contains(number);
            rates(number, SECOND, "dissatisfied");
            step(number, "examineFeedback", CLERK, Map.of("examination", "rehandle", "examinationNote", "请再研究第二条。"));
            handled(number, EDUCATION);
            draft(number, with(reply(), "contactReason", "联系人外出，已约定时间当面沟通。"));
            step(number, "checkReply", CHECKER, Map.of("checkVerdict", "pass"));
            step(number, "signByDeputy", DEPUTY, Map.of("signVerdict", "toHead"));
            step(number, "signByHead", HEAD, Map.of("signVerdict", "sign"));
            previewed(number);
            deliver(number, EDUCATION, LIAISON, documentNumber(), 1);
            assertThat(asked(number, SECOND).round())
                    .as("the second reply is brought to the contact of today")
                    .isEqualTo(2);
            rates(number, SECOND, "satisfied");
        } finally {
            db().sql(speaks).param("person", CONTACT).param("id", ORGANISATION).update();
        }
        assertThat(status(number)).isEqualTo("closed");
    }

    private void ofTheOrganisation(String number) {
        db().sql("""
                        update proposal_proposal set kind = 'collective', proposer_member = :organisation,
                          proposer_name = '市工商联' where case_number = :n""").param("organisation", ORGANISATION).param("n", number).update();
    }

    private void administers(String page, String field, String value, String reason) {
        Desk.ok(
                desk("甲管").web().form("/admin/" + page, List.of(Map.entry(field, value), Map.entry("reason", reason))),
                302);
    }

    private void rests(String number) {
        administers("suspensions", "number", number, "等待批复");
    }

    private void goesOn(String number) {
        administers("suspensions/" + number + "/end", "number", number, "批复已到");
    }

    private void speaksFor(String login) {
        administers("members/" + ORGANISATION + "/account", "login", login, "");
    }

    @Test
    default void anOrganisationGetsAnotherContactThoughItsCaseRestsAndHeIsAskedWhenItGoesOn() {
        String number = replied();
        ofTheOrganisation(number);
        db().sql("update proposal_feedback set person_id = :person where case_number = :n")
                .param("person", CONTACT)
                .param("n", number)
                .update();
        rests(number);
        try {
            speaksFor(SECOND);
            assertThat(asked(number, CONTACT).state())
                    .as("nothing moves while it rests")
                    .isEqualTo(FeedbackState.OPEN);

            goesOn(number);

            assertThat(asked(number, SECOND).name()).isEqualTo("市工商联（联系人郜清远）");
            rates(number, SECOND, "satisfied");
        } finally {
            speaksFor(CONTACT);
        }
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void aMemberLeavesThoughHisCaseRestsAndIsNotWaitedForWhenItGoesOn() {
        String number = joint(SECOND);
        rests(number);
        whileOutOfOffice(PROPOSER, () -> {
            isNoMemberAnyMore();
            assertThat(asked(number, PROPOSER).state())
                    .as("nothing moves while it rests")
                    .isEqualTo(FeedbackState.OPEN);

            goesOn(number);

            assertThat(asked(number, PROPOSER).endedReason()).isEqualTo("已离任，本件的联系人为郜清远");
        });
        rates(number, SECOND, "satisfied");
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void whatAMemberWhoLeftWasToReviseWhileItRestedGoesOverWhenItGoesOn() {
        String number = desk("卫林书").propose("关于离任委员修改的提案", "society");
        desk("暴晓岚")
                .answer(
                        number,
                        Map.of(
                                "firstVerdict",
                                "return",
                                "defects",
                                List.of("noSuggestion"),
                                "firstOpinion",
                                "建议不够具体。"));
        rests(number);
        whileOutOfOffice(PROPOSER, () -> {
            isNoMemberAnyMore();
            assertThat(holders(number)).as("nothing moves while it rests").containsExactly(PROPOSER);

            goesOn(number);

            assertThat(holders(number)).containsExactly("");
        });
    }

    private void isNoMemberAnyMore() {
        new TransactionTemplate(bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> bean(ApplicationEventMulticaster.class)
                        .multicastEvent(new PayloadApplicationEvent<>(this, new LeftGroup(PROPOSER, Roles.MEMBER))));
    }

    private List<String> holders(String number) {
        return bean(OpenSteps.class).ofCase(number).stream()
                .map(step -> String.valueOf(step.assignee()).replace("null", ""))
                .toList();
    }

    @Test
    default void whoWasDissatisfiedAndNotLookedIntoHasHisAnswerInTheSecondReply() {
        String number = replied();
        rates(number, PROPOSER, "dissatisfied");
        bean(DissatisfiedFeedback.class).order(row(number, EDUCATION).id(), "第二条没有答复。", CLERK);
        answered(number, reply(), 1);

        assertThat(waiting(number)).containsExactly("userTask_giveFeedback");
        rates(number, PROPOSER, "satisfied");
        assertThat(status(number)).isEqualTo("closed");
    }

    @Test
    default void nobodyIsAskedAboutAProposalThatWasWithdrawn() {
        String number = filed();
        assigned(
                number,
                Map.of(
                        "separate",
                        List.of(Map.of("unit", EDUCATION, "numbers", "1"), Map.of("unit", HEALTH, "numbers", "2"))));
        Map<String, Object> one = reply();
        one.put("items", List.of(Map.of("itemAnswer", "今年新招专职教师。", "itemClass", "A")));
        one.remove("commitments");
        answered(number, one, 1);
        bean(Submission.class).withdraw(number, PROPOSER, "情况已经变化，不再需要。");

        assertThat(asked(number, PROPOSER).stateLine()).isEqualTo("不再需要反馈：提案已撤回");
        assertThat(waiting(number)).isEmpty();
    }

    /** Answered by one of two units, which promises something in ten days; the other one works on. */
    private String halfAnswered() {
        String number = filed();
        assigned(
                number,
                Map.of(
                        "separate",
                        List.of(Map.of("unit", EDUCATION, "numbers", "1"), Map.of("unit", HEALTH, "numbers", "2"))));
        Map<String, Object> one = reply();
        one.put("items", List.of(Map.of("itemAnswer", "今年新招专职教师。", "itemClass", "B")));
        one.put(
                "commitments",
                List.of(Map.of(
                        "commitment",
                        "出台转诊办法",
                        "commitmentDue",
                        ChineseTime.day(now()).plusDays(10).toString(),
                        "commitmentSection",
                        "基础教育科",
                        "commitmentSuggestion",
                        1)));
        answered(number, one, 1);
        return number;
    }

    @Test
    default void whoIsAskedAboutTwoRepliesOfOneDayReadsOneReminder() {
        String number = halfAnswered();
        handled(number, HEALTH);
        Map<String, Object> other = reply();
        other.put("items", List.of(Map.of("itemAnswer", "列入明年计划。", "itemClass", "A")));
        other.remove("commitments");
        other.put("contactReason", "提案者外出，已约定时间当面沟通。");
        answer(task(number, HEALTH, "draftReply"), HEALTH_PERSON, other);
        answer(task(number, HEALTH, "checkReply"), HEALTH_PERSON, Map.of("checkVerdict", "pass"));
        answer(task(number, HEALTH, "signByDeputy"), HEALTH_PERSON, Map.of("signVerdict", "sign"));
        previewed(number);
        deliver(number, HEALTH, HEALTH_PERSON, documentNumber(), 1);
        assertThat(waiting(number)).containsExactly("userTask_giveFeedback", "userTask_giveFeedback");
        Instant due = bean(Feedbacks.class).due(asked(number, PROPOSER)).orElseThrow();
        bean(EngineTime.class)
                .set(ChineseTime.day(due).atTime(9, 0).atZone(ChineseTime.ZONE).toInstant());
        NoticeRounds.remind(this);
        NoticeRounds.remind(this);

        assertThat(told(number, "reminder", PROPOSER)).isEqualTo(1);
    }

    @Test
    default void aProposalThatWasWithdrawnIsNotLookedBackAt() {
        String before = halfAnswered();
        String during = halfAnswered();
        bean(Submission.class).withdraw(before, PROPOSER, "情况已经变化，不再需要。");
        bean(EngineTime.class).advance(Duration.ofDays(11));
        bean(RevisitSweep.class).sweep();
        assertThat(waiting(before)).isEmpty();
        assertThat(waiting(during)).contains("userTask_reportProgress");
        bean(Submission.class).withdraw(during, PROPOSER, "情况已经变化，不再需要。");
        bean(EngineTime.class).advance(Duration.ofDays(30));
        bean(RevisitSweep.class).sweep();

        assertThat(waiting(during)).isEmpty();
        assertThat(bean(Revisits.class).ofCase(during))
                .singleElement()
                .satisfies(revisit -> assertThat(revisit.stateLine()).isEqualTo("提案撤回，不再进行"));
    }

    @Test
    default void aUnitThatTakesOverASecondHandlingAnswersForItself() {
        String number = filed();
        assigned(number, Map.of("leadUnit", HEALTH, "coUnits", List.of(EDUCATION)));
        handled(number, HEALTH);
        answer(task(number, HEALTH, "collateOpinions"), HEALTH_PERSON, Map.of("withoutReason", "已催办两次，期限将到。"));
        answer(task(number, HEALTH, "draftReply"), HEALTH_PERSON, with(reply(), "contactReason", "提案者外出，已约定时间当面沟通。"));
        answer(task(number, HEALTH, "checkReply"), HEALTH_PERSON, Map.of("checkVerdict", "pass"));
        answer(task(number, HEALTH, "signByDeputy"), HEALTH_PERSON, Map.of("signVerdict", "sign"));
        previewed(number);
        deliver(number, HEALTH, HEALTH_PERSON, documentNumber(), 1);
        rates(number, PROPOSER, "dissatisfied");
        step(number, "examineFeedback", CLERK, Map.of("examination", "rehandle", "examinationNote", "请再研究第二条。"));
        UnitSuccession succession = bean(UnitSuccession.class);
        List<Long> rows = succession.preview(HEALTH, OFFICE).stream()
                .map(UnitSuccession.Line::assignmentId)
                .toList();
        succession.move(HEALTH, EDUCATION, "机构改革，长发〔2026〕1号", rows, OFFICE);
        assertThat(status(number)).as("it owes its first reply").isEqualTo("secondHandling");
        answered(number, reply(), 1);

        assertThat(status(number)).isEqualTo("replied");
        rates(number, PROPOSER, "satisfied");
        assertThat(status(number)).isEqualTo("closed");
    }
}
