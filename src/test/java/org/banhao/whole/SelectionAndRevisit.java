package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.Processes;
import org.banhao.flow.time.EngineTime;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.Units;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Status;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.assignment.UnitSuccessors;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.revisit.Revisit;
import org.banhao.proposal.domain.revisit.RevisitCause;
import org.banhao.proposal.domain.revisit.RevisitState;
import org.banhao.proposal.domain.revisit.RevisitSweep;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.proposal.domain.selection.KeySelection;
import org.banhao.proposal.domain.solicitation.Participation;
import org.banhao.proposal.domain.solicitation.Solicitation;
import org.banhao.proposal.domain.solicitation.SolicitationState;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.banhao.proposal.domain.solicitation.Topic;
import org.banhao.proposal.domain.solicitation.Topics;
import org.banhao.testing.Desk;
import org.banhao.testing.Logged;
import org.banhao.testing.Whole;
import org.camunda.bpm.engine.ManagementService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Key proposals, solicitation and look-back through the real forms, calendar and clock. */
interface SelectionAndRevisit extends Whole {

    String CHAIR = "ping-lichuan";
    String OFFICIAL = "guo-yan";

    @BeforeEach
    default void somebodyLeads() {
        if (!bean(People.class).groupsOf(OFFICIAL).contains(Roles.LEADING_OFFICIAL)) {
            bean(Accounts.class).join("yi-an", OFFICIAL, Roles.LEADING_OFFICIAL);
        }
    }

    private Answered way() {
        return new Answered(this);
    }

    private String session() {
        return bean(Sessions.class).current().id();
    }

    // ---- key proposals

    private long nominated(List<String> numbers) {
        return bean(KeySelection.class)
                .nominate(session(), "加速“公园经济”发展" + UUID.randomUUID(), "群众关注，见效快。", numbers, Answered.CLERK);
    }

    private void selected(long topic) {
        KeySelection selection = bean(KeySelection.class);
        selection.pass(way().meeting("partyGroup"), List.of(topic), Answered.SECRETARY);
        selection.decide(
                way().meeting("chairsCouncil"),
                List.of(new KeySelection.Decision(topic, true, CHAIR, OFFICIAL, null)),
                Answered.SECRETARY);
    }

    @Test
    default void whatTheChairsCouncilSelectsIsKeyEverywhereAtOnceAndEverybodyConcernedIsTold() {
        Answered way = way();
        String number = way.filed(true);
        way.assigned(number);
        assertThat(bean(KeySelection.class).board(session(), Answered.CLERK).suggested())
                .extracting(KeySelection.Item::caseNumber)
                .contains(number);
        assertThat(desk("郭岩").web().get("/cases/" + number).statusCode()).isNotEqualTo(200);

        long topic = nominated(List.of(number));
        selected(topic);

        assertThat(bean(CaseFiles.class).get(number).key()).isTrue();
        assertThat(db().sql("select distinct important from casefile_open_step where number = :n")
                        .param("n", number)
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
        for (String person :
                List.of(Answered.PROPOSER, Answered.LIAISON, "qin-huaiyuan", "hou-wang", CHAIR, OFFICIAL)) {
            assertThat(way.told(number, "keySelected", person)).as(person).isEqualTo(1);
        }
        assertThat(desk("郭岩").web().get("/cases/" + number).body()).contains("公园经济", "督办：平立川，领办：郭岩");
        // the rule of the face-to-face meeting, reached without a test's hand on the flag
        way.step(number, "forwardToSection", Answered.LIAISON, Map.of("section", "基础教育科"));
        way.step(number, "handle", Answered.HANDLER, Map.of("handlingNote", "已经走访并列出清单。"));
        way.contacted(number, ConsultationKind.CALL);
        assertThatThrownBy(() -> way.step(
                        number,
                        "draftReply",
                        Answered.HANDLER,
                        way.reply("A", way.today().plusDays(30))))
                .hasMessageContaining("重点提案还没有当面协商");
    }

    @Test
    default void aKeyTopicGoesThroughThePartyGroupFirstUnlessTheSessionSaysOtherwise() {
        String number = way().filed(false);
        long topic = nominated(List.of(number));
        KeySelection selection = bean(KeySelection.class);
        List<KeySelection.Decision> decision = List.of(new KeySelection.Decision(topic, true, CHAIR, null, null));
        long council = way().meeting("chairsCouncil");

        assertThatThrownBy(() -> selection.decide(council, decision, Answered.SECRETARY))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("还没有经过党组会议");
        assertThatThrownBy(() -> selection.decide(way().meeting("committee"), decision, Answered.SECRETARY))
                .hasMessageContaining("请选择一次主席会议");
        assertThatThrownBy(() -> selection.decide(council, decision, Answered.CLERK))
                .hasMessageContaining("只有会议秘书");
        selection.partyGroupFirst(session(), false, Answered.DIRECTOR);
        try {
            selection.decide(council, decision, Answered.SECRETARY);
        } finally {
            selection.partyGroupFirst(session(), true, Answered.DIRECTOR);
        }

        assertThat(bean(CaseFiles.class).get(number).key()).isTrue();
    }

    @Test
    default void whatIsHandledAgainOrClosedIsAnsweredTooAndIsNotSelected() {
        for (Status status : List.of(Status.SECOND_HANDLING, Status.CLOSED)) {
            String number = way().filed(false);
            long topic = nominated(List.of(number));
            bean(CaseFiles.class).status(number, status.code(), status.label());
            assertThatThrownBy(() -> selected(topic)).hasMessageContaining("已经答复");
            bean(KeySelection.class).drop(topic, "已经答复的不再列入。", Answered.CLERK);
        }
    }

    @Test
    default void aProposalOfTwoKeyTopicsStaysKeyUntilBothAreRevoked() {
        String number = way().filed(false);
        long first = nominated(List.of(number));
        long second = nominated(List.of(number, way().filed(false)));
        selected(first);
        selected(second);
        KeySelection selection = bean(KeySelection.class);
        assertThatThrownBy(() -> selection.revoke(first, " ", Answered.DIRECTOR))
                .hasMessageContaining("撤销理由");
        assertThatThrownBy(() -> selection.revoke(first, "改为一般提案。", Answered.CLERK))
                .hasMessageContaining("只有提案委员会主任");

        selection.revoke(first, "内容已经解决。", Answered.DIRECTOR);
        assertThat(bean(CaseFiles.class).get(number).key()).isTrue();
        assertThat(bean(CaseFiles.class).persons(number, KeySelection.OFFICIAL)).containsExactly(OFFICIAL);
        selection.revoke(second, "调整督办安排。", Answered.DIRECTOR);

        assertThat(bean(CaseFiles.class).get(number).key()).isFalse();
        assertThat(bean(CaseFiles.class).persons(number, KeySelection.OFFICIAL)).isEmpty();
        assertThat(way().told(number, "keyRevoked", Answered.PROPOSER)).isEqualTo(2);
    }

    @Test
    default void theKeyPageShowsEachRoleItsOwnAndKeepsWhatWasTyped() {
        String number = way().filed(true);
        String clerk = desk("暴晓岚").web().get("/proposals/key").body();
        assertThat(clerk).contains("审查建议拟重点", number, "列为候选").doesNotContain("撤销重点提案…");
        var refused = Desk.ok(
                desk("暴晓岚")
                        .web()
                        .form(
                                "/proposals/key",
                                List.of(
                                        Map.entry("session", session()),
                                        Map.entry("name", "一个还缺理由的选题"),
                                        Map.entry("case", number),
                                        Map.entry("reason", " "))),
                302);
        assertThat(refused.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).contains("/proposals/key"));
        long topic = nominated(List.of(number));
        assertThat(desk("阎小满").web().get("/proposals/key").body()).contains("等待党组会议", "等待主席会议");
        assertThat(desk("平立川").web().get("/proposals/key").body()).doesNotContain(number);
        selected(topic);
        assertThat(desk("路守正").web().get("/proposals/key").body()).contains("撤销重点提案…", "督办：平立川");
    }

    // ---- solicitation

    /** A session of its own: one solicitation each, and the usual session stays as the others know it. */
    private String newSession(Duration open) {
        String id = "t" + UUID.randomUUID().toString().substring(0, 8);
        bean(SessionAdministration.class)
                .add(
                        Answered.CLERK,
                        id,
                        way().now().plus(open),
                        new SessionAdministration.Rules("届次" + id, "meeting", 50, 1500, 500, 3, 1));
        return id;
    }

    private String begun(String session) {
        String number = bean(Solicitations.class).begin(session, Answered.CLERK);
        way().step(number, "prepareTopics", Answered.CLERK, Map.of("callText", "现征集本届次提案，请于截止以前提交。"));
        return number;
    }

    private void timersFire(String number) {
        ManagementService jobs = bean(ManagementService.class);
        String instance = db().sql("select instance_id from proposal_solicitation where case_number = :n")
                .param("n", number)
                .query(String.class)
                .single();
        jobs.createJobQuery()
                .processInstanceId(instance)
                .executable()
                .list()
                .forEach(job -> jobs.executeJob(job.getId()));
    }

    @Test
    default void theCallGoesToEverybodyInOfficeAndTheHourOfTheSessionClosesTheSolicitation() {
        String session = newSession(Duration.ofDays(10));
        Topics topics = bean(Topics.class);
        topics.add(session, "加速“公园经济”发展", "市城市管理局", Category.SOCIETY, "", Answered.CLERK);
        String number = begun(session);
        assertThat(number).startsWith("ZJ-");
        assertThatThrownBy(() -> bean(Solicitations.class).begin(session, Answered.CLERK))
                .hasMessageContaining("已经启动");
        assertThatThrownBy(() -> way().step(number, "approveCall", Answered.DIRECTOR, Map.of("callVerdict", "return")))
                .hasMessageContaining("请填写「意见」");
        way().step(number, "approveCall", Answered.DIRECTOR, Map.of("callVerdict", "approve"));

        long told = db().sql("select count(distinct person_id) from notice_outbox where case_number = :n")
                .param("n", number)
                .query(Long.class)
                .single();
        assertThat(told)
                .isEqualTo(bean(People.class).members().stream()
                        .map(Member::personId)
                        .distinct()
                        .count());
        bean(EngineTime.class).advance(Duration.ofDays(11));
        timersFire(number);

        assertThat(bean(CaseFiles.class).get(number).status()).isEqualTo("closed");
        way().step(number, "writeSummary", Answered.CLERK, Map.of("summaryText", "本届次征集工作已经完成。"));
        Solicitation done = bean(Solicitations.class).of(session).orElseThrow();
        assertThat(done.state()).isEqualTo(SolicitationState.SUMMARIZED);
        assertThat(done.summaryText()).contains("本届次征集工作已经完成。", "委员参与率0/");
        assertThat(desk("暴晓岚").web().get("/cases/" + number).body()).contains("征集情况汇总", "委员参与率0/");
    }

    @Test
    default void whenTheClosingHourMovesTheSolicitationClosesAtTheNewOne() {
        String session = newSession(Duration.ofDays(5));
        String number = begun(session);
        way().step(number, "approveCall", Answered.DIRECTOR, Map.of("callVerdict", "approve"));
        bean(SessionAdministration.class)
                .moveClosing(Answered.CLERK, session, way().now().plus(Duration.ofDays(20)), "会期推迟。");
        bean(EngineTime.class).advance(Duration.ofDays(6));
        timersFire(number);
        assertThat(bean(CaseFiles.class).get(number).status()).isEqualTo("calling");
        bean(EngineTime.class).advance(Duration.ofDays(15));
        timersFire(number);
        assertThat(bean(CaseFiles.class).get(number).status()).isEqualTo("closed");
    }

    @Test
    default void anHourMovedAfterItHasComeOpensTheSolicitationAgainUntilItsSummary() {
        String session = newSession(Duration.ofDays(5));
        String number = begun(session);
        way().step(number, "approveCall", Answered.DIRECTOR, Map.of("callVerdict", "approve"));
        bean(EngineTime.class).advance(Duration.ofDays(6));
        timersFire(number);
        assertThat(bean(CaseFiles.class).get(number).status()).isEqualTo("closed");

        SessionAdministration sessions = bean(SessionAdministration.class);
        sessions.moveClosing(Answered.CLERK, session, way().now().plus(Duration.ofDays(3)), "会期推迟。");
        assertThat(bean(CaseFiles.class).get(number).status()).isEqualTo("calling");
        assertThat(bean(Solicitations.class).remind(session, Answered.CLERK)).isPositive();
        assertThatThrownBy(() -> way().step(number, "writeSummary", Answered.CLERK, Map.of("summaryText", "征集情况汇总。")))
                .hasMessageContaining("截止以后再提交汇总");
        bean(EngineTime.class).advance(Duration.ofDays(4));
        way().step(number, "writeSummary", Answered.CLERK, Map.of("summaryText", "征集情况汇总。"));

        assertThat(bean(Solicitations.class).of(session).orElseThrow().closedAt())
                .isNotNull();
        assertThatThrownBy(() -> sessions.moveClosing(
                        Answered.CLERK, session, way().now().plus(Duration.ofDays(3)), "再推迟。"))
                .hasMessageContaining("请新建届次");
    }

    @Test
    default void aCallThatIsAgreedToAfterTheHourSendsNothingAndLeadsToTheSummary() {
        String session = newSession(Duration.ofDays(5));
        String number = begun(session);
        bean(EngineTime.class).advance(Duration.ofDays(6));
        way().step(number, "approveCall", Answered.DIRECTOR, Map.of("callVerdict", "approve"));
        timersFire(number);

        assertThat(way().told(number, "solicitationCall", Answered.PROPOSER)).isZero();
        assertThat(bean(CaseFiles.class).get(number).status()).isEqualTo("closed");
    }

    @Test
    default void whoHasNotSubmittedIsRemindedOnceADay() {
        String session = newSession(Duration.ofDays(10));
        Solicitations solicitations = bean(Solicitations.class);
        String number = begun(session);
        assertThatThrownBy(() -> solicitations.remind(session, Answered.CLERK)).hasMessageContaining("现在不能提醒");
        way().step(number, "approveCall", Answered.DIRECTOR, Map.of("callVerdict", "approve"));
        assertThat(solicitations.remind(session, Answered.CLERK)).isPositive();
        assertThatThrownBy(() -> solicitations.remind(session, Answered.CLERK)).hasMessageContaining("今天已经提醒过");
        bean(EngineTime.class).advance(Duration.ofDays(1));
        assertThat(solicitations.remind(session, Answered.CLERK)).isPositive();

        assertThat(way().told(number, "solicitationReminder", Answered.PROPOSER))
                .isEqualTo(2);
    }

    @Test
    default void whoProposedOrCoSignedCountsOnceAndBothDenominatorsAreShown() {
        way().filed(false);
        way().filed(false);
        Participation participation = bean(Participation.class);
        Participation.Line line = participation.lines(session()).stream()
                .filter(one -> one.member().personId().equals(Answered.PROPOSER)
                        && one.member().kind().equals("member"))
                .findFirst()
                .orElseThrow();
        assertThat(line.proposed()).isGreaterThanOrEqualTo(2);
        Participation.Figures figures = participation.figures(session(), null);
        long submitted = participation.lines(session()).stream()
                .filter(one -> one.member().kind().equals("member") && one.submitted())
                .count();
        assertThat(figures.participants()).isEqualTo((int) submitted);

        String session = newSession(Duration.ofDays(10));
        begun(session);
        Solicitations solicitations = bean(Solicitations.class);
        assertThatThrownBy(() -> solicitations.denominator(session, 355, " ", Answered.CLERK))
                .hasMessageContaining("分母的说明");
        solicitations.denominator(session, 355, "开幕日应到委员", Answered.CLERK);
        assertThat(participation
                        .figures(session, solicitations.of(session).orElseThrow())
                        .rates())
                .hasSize(2)
                .last()
                .asString()
                .contains("0/355", "0.00％", "开幕日应到委员");
    }

    @Test
    default void bothNumbersOfAClosedRateStayAsTheyWereAndTheTableWithNumbersToCallIsAudited() {
        String session = newSession(Duration.ofDays(10));
        String number = begun(session);
        way().step(number, "approveCall", Answered.DIRECTOR, Map.of("callVerdict", "approve"));
        bean(EngineTime.class).advance(Duration.ofDays(11));
        timersFire(number);
        Participation participation = bean(Participation.class);
        Solicitations solicitations = bean(Solicitations.class);
        List<String> closed = participation
                .figures(session, solicitations.of(session).orElseThrow())
                .rates();
        String late = way().filed(false);
        db().sql("update proposal_proposal set session_id = :s where case_number = :n")
                .param("s", session)
                .param("n", late)
                .update();
        try {
            Participation.Figures figures =
                    participation.figures(session, solicitations.of(session).orElseThrow());
            assertThat(figures.collected()).isEqualTo(1);
            assertThat(figures.rates()).isEqualTo(closed).first().asString().contains("率0/");
        } finally {
            db().sql("update proposal_proposal set session_id = :s where case_number = :n")
                    .param("s", session())
                    .param("n", late)
                    .update();
        }

        assertThatThrownBy(() -> participation.missing(session, Answered.LIAISON))
                .isInstanceOf(Refusal.class);
        assertThat(desk("暴晓岚")
                        .web()
                        .get("/proposals/solicitation/missing.xlsx?session=" + session)
                        .statusCode())
                .isEqualTo(200);
        assertThat(db().sql("select count(*) from base_audit where action = 'proposal.exportMissing'")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    default void aDraftNamesTheTopicItAnswersAndThatTopicStays() {
        Topics topics = bean(Topics.class);
        String title = "选题" + UUID.randomUUID();
        topics.add(session(), title, "提案线索", null, "", Answered.CLERK);
        Topic topic = topics.of(session()).stream()
                .filter(one -> one.title().equals(title))
                .findFirst()
                .orElseThrow();
        String number = bean(Drafts.class).begin("gao-qingyuan", "gao-qingyuan");
        assertThatThrownBy(() -> topics.choose(number, topic.id(), Answered.PROPOSER))
                .isInstanceOf(Refusal.class);
        topics.choose(number, topic.id(), "gao-qingyuan");
        bean(Drafts.class)
                .save(
                        number,
                        "gao-qingyuan",
                        1,
                        DraftContent.of(
                                "关于" + title.substring(0, 10) + "的提案", "情况。", "分析。", List.of("建议。"), Category.SOCIETY));
        bean(Submission.class).handIn(number, "gao-qingyuan");

        assertThat(desk("暴晓岚").web().get("/cases/" + number).body()).contains("参考选题", title);
        assertThatThrownBy(() -> topics.delete(topic.id(), Answered.CLERK)).hasMessageContaining("已有提案对应");
        assertThat(desk("暴晓岚").web().get("/proposals/solicitation").body()).contains(title, "提案线索", "尚未提交");
    }

    // ---- look-back

    private Revisit last(String number) {
        List<Revisit> all = bean(Revisits.class).ofCase(number);
        return all.get(all.size() - 1);
    }

    private void reports(String number, String liaison, String result, String resultClass, boolean evidence) {
        Map<String, Object> values = new HashMap<>();
        values.put(
                "items",
                bean(Revisits.class).items(last(number).id()).stream()
                        .map(item -> Map.of(
                                "itemResult", result, "itemReason", "经费下半年到位，明年建成。", "itemFigures", "长政办发〔2027〕3号"))
                        .toList());
        values.put("reportText", "管理办法已经印发，设施正在建设。");
        values.put("proposedClass", resultClass);
        if (evidence) {
            values.put("evidence", List.of(way().upload(number, "reportProgress", liaison)));
        }
        way().step(number, "reportProgress", liaison, values);
    }

    private void checks(String number, String outcome, String resultClass, @Nullable LocalDate next) {
        Map<String, Object> values =
                new HashMap<>(Map.of("checkVerdict", "accept", "outcome", outcome, "acceptedClass", resultClass));
        if (next != null) {
            values.put("nextOn", next.toString());
        }
        way().step(number, "checkReport", Answered.CLERK, values);
    }

    @Test
    default void aPromiseOfARestingCaseIsLookedAtWhenItGoesOnAndIsNoErrorMeanwhile() {
        Answered way = way();
        String number = way.answered("B", way.today().plusDays(60));
        bean(Processes.class).suspend(number);
        bean(EngineTime.class).advance(Duration.ofDays(61));

        List<String> errors = Logged.errorsOf(() -> bean(RevisitSweep.class).sweep());

        assertThat(errors).isEmpty();
        assertThat(bean(Revisits.class).ofCase(number)).as("it rests").isEmpty();
        bean(Processes.class).resume(number);
        bean(RevisitSweep.class).sweep();
        assertThat(last(number).cause()).isEqualTo(RevisitCause.COMMITMENT);
    }

    @Test
    default void aPromiseIsLookedAtWhenItsDayComesAndAgainAYearLaterAndTheOriginalClassStays() {
        Answered way = way();
        String number = way.answered("B", way.today().plusDays(60));
        long before = bean(Handlings.class).ofCase(number).get(0).id();
        assertThat(bean(Revisits.class).ofCase(number)).isEmpty();
        bean(EngineTime.class).advance(Duration.ofDays(61));
        assertThat(bean(RevisitSweep.class).sweep()).isPositive();
        bean(RevisitSweep.class).sweep();
        assertThat(bean(Revisits.class).ofCase(number))
                .as("a second sweep finds it begun")
                .hasSize(1);
        assertThat(last(number).cause()).isEqualTo(RevisitCause.COMMITMENT);
        assertThat(way.told(number, "revisitBegun", Answered.LIAISON)).isEqualTo(1);

        assertThatThrownBy(() -> reports(number, Answered.LIAISON, "kept", "A", false))
                .hasMessageContaining("请附「证明材料」");
        reports(number, Answered.LIAISON, "partly", "B", true);
        assertThat(way.told(number, "revisitReported", Answered.PROPOSER)).isEqualTo(1);
        assertThatThrownBy(() -> checks(number, "kept", "A", null)).hasMessageContaining("不能认定为已兑现");
        assertThatThrownBy(() -> checks(number, "partly", "B", null)).hasMessageContaining("下次回头看的日期");
        way.step(number, "checkReport", Answered.CLERK, Map.of("checkVerdict", "return", "checkOpinion", "请补充设施清单。"));
        reports(number, Answered.LIAISON, "partly", "B", true);
        assertThat(desk("卫林书").web().get("/my/proposals/" + number).body()).contains("回头看", "管理办法已经印发");
        Desk.ok(
                desk("卫林书")
                        .web()
                        .form(
                                "/my/proposals/" + number + "/revisits/"
                                        + last(number).id(),
                                List.of(Map.entry("word", "partly"), Map.entry("opinion", "公园还没有开工。"))),
                302);
        // the evidence is open to the proposer and to the committee
        String paper = last(number).evidence().get(0);
        assertThat(desk("卫林书").web().get("/api/documents/" + paper).statusCode())
                .isEqualTo(200);
        assertThat(desk("暴晓岚").web().get("/cases/" + number).body()).contains("/api/documents/" + paper);
        LocalDate next = way.today().plusYears(1);
        checks(number, "partly", "B", next);
        assertThat(last(number).state()).isEqualTo(RevisitState.DONE);

        bean(EngineTime.class).advance(Duration.ofDays(367));
        assertThat(bean(RevisitSweep.class).sweep()).isPositive();
        assertThat(last(number).cause()).isEqualTo(RevisitCause.NEXT);
        assertThat(bean(Revisits.class).items(last(number).id()))
                .as("what was partly kept is asked again")
                .hasSize(1)
                .first()
                .satisfies(item -> assertThat(item.content()).contains("出台管理办法"));
        reports(number, Answered.LIAISON, "kept", "A", true);
        checks(number, "kept", "A", null);

        assertThat(bean(Handlings.class).reply(before))
                .hasValueSatisfying(reply -> assertThat(reply.resultClass()).isEqualTo("B"));
        assertThat(db().sql("select class_code from proposal_class_history where handling_id = :h order by id")
                        .param("h", before)
                        .query(String.class)
                        .list())
                .containsExactly("B", "A");
        bean(EngineTime.class).advance(Duration.ofDays(800));
        int looked = bean(Revisits.class).ofCase(number).size();
        bean(RevisitSweep.class).sweep();
        assertThat(bean(Revisits.class).ofCase(number))
                .as("nothing is owed any more")
                .hasSize(looked);
        String page = desk("暴晓岚").web().get("/cases/" + number).body();
        assertThat(page)
                .contains("原办理结果", "市教育局：B（正在解决或者列入计划解决）", "现办理结果", "市教育局：A（已经解决或者采纳）", "提案者意见：卫林书：部分属实。公园还没有开工。");
        assertThat(bean(Revisits.class).changes(session(), "测试", Answered.CLERK))
                .filteredOn(line -> line.caseNumber().equals(number))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.original()).startsWith("B");
                    assertThat(line.present()).startsWith("A");
                });
        assertThat(desk("暴晓岚")
                        .web()
                        .get("/proposals/revisits/changes.xlsx?session=" + session())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    default void aYearlyRoundTakesTheClassesTheClerkChoosesAndAPromiseNotKeptGoesUp() {
        Answered way = way();
        String number = way.answered("C", way.today().plusDays(900));
        String solved = way.answered("A", way.today().plusDays(900));
        Revisits revisits = bean(Revisits.class);
        var preview = revisits.preview(session(), List.of("B", "C"), Answered.CLERK);
        assertThat(preview)
                .extracting(Revisits.Candidate::caseNumber)
                .contains(number)
                .doesNotContain(solved);
        assertThat(desk("暴晓岚").web().get("/proposals/revisits?class=C").body()).contains("启动所选的回头看", number);
        long handling = preview.stream()
                .filter(one -> one.caseNumber().equals(number))
                .findFirst()
                .orElseThrow()
                .handlingId();
        assertThatThrownBy(() -> revisits.beginRound(session(), " ", List.of(handling), Answered.CLERK))
                .hasMessageContaining("本轮名称");
        assertThatThrownBy(() -> revisits.beginRound(session(), "一轮", List.of(handling), Answered.LIAISON))
                .isInstanceOf(Refusal.class);
        assertThat(revisits.beginRound(session(), "2026年C类回头看", List.of(handling), Answered.CLERK))
                .isEqualTo(1);
        assertThatThrownBy(() -> revisits.beginRound(session(), "又一轮", List.of(handling), Answered.CLERK))
                .hasMessageContaining("正在回头看");

        reports(number, Answered.LIAISON, "notKept", "C", false);
        checks(number, "notKept", "C", null);
        way.step(
                number,
                "decideEscalation",
                Answered.DIRECTOR,
                Map.of(
                        "escalation",
                        "chair",
                        "nextOn",
                        way.today().plusDays(90).toString(),
                        "escalationOpinion",
                        "请主要负责人研究，年底前落实。"));

        assertThat(last(number).state()).isEqualTo(RevisitState.DONE);
        assertThat(way.told(number, "revisitEscalated", CHAIR)).isEqualTo(1);
        assertThat(way.told(number, "revisitEscalated", "zhao-zhixing")).isEqualTo(1);
        bean(EngineTime.class).advance(Duration.ofDays(91));
        bean(RevisitSweep.class).sweep();
        assertThat(last(number).cause()).isEqualTo(RevisitCause.NEXT);
    }

    private void pressed(String number, LocalDate next) {
        way().step(
                        number,
                        "decideEscalation",
                        Answered.DIRECTOR,
                        Map.of("escalation", "director", "nextOn", next.toString(), "escalationOpinion", "请年底前落实。"));
    }

    @Test
    default void whatProvedAReportThatCameBackStaysBesideTheNewOne() {
        Answered way = way();
        String number = way.answered("B", way.today().plusDays(10));
        bean(EngineTime.class).advance(Duration.ofDays(11));
        bean(RevisitSweep.class).sweep();
        reports(number, Answered.LIAISON, "kept", "A", true);
        List<String> first = last(number).evidence();
        way.step(number, "checkReport", Answered.CLERK, Map.of("checkVerdict", "return", "checkOpinion", "请补充验收材料。"));
        reports(number, Answered.LIAISON, "kept", "A", true);

        assertThat(last(number).evidence()).hasSize(2).containsAll(first);
        assertThat(desk("卫林书").web().get("/api/documents/" + first.get(0)).statusCode())
                .isEqualTo(200);
        assertThat(desk("卫林书").web().get("/my/proposals/" + number).body()).contains("/api/documents/" + first.get(0));
    }

    @Test
    default void aPromiseTheUnitCallsKeptIsAskedAgainWhenTheCommitteeFoundItIsNot() {
        Answered way = way();
        String number = way.answered("B", way.today().plusDays(10));
        bean(EngineTime.class).advance(Duration.ofDays(11));
        bean(RevisitSweep.class).sweep();
        reports(number, Answered.LIAISON, "kept", "A", true);
        checks(number, "notKept", "B", null);
        pressed(number, way.today().plusDays(90));
        bean(EngineTime.class).advance(Duration.ofDays(91));
        bean(RevisitSweep.class).sweep();

        assertThat(last(number).cause()).isEqualTo(RevisitCause.NEXT);
        assertThat(bean(Revisits.class).items(last(number).id()))
                .singleElement()
                .satisfies(item -> assertThat(item.content()).contains("出台管理办法"));
    }

    @Test
    default void theLastRoundsReplyIsLookedAtForWhatTheFirstRoundPromised() {
        Answered way = way();
        String number = way.answered("B", way.today().plusDays(10));
        long first = bean(Handlings.class).ofCase(number).get(0).id();
        db().sql("""
                        insert into proposal_handling (assignment_id, case_number, unit_id, unit_name, state, section, instruction,
                          instructed_by, handling_note, started_at, version, round)
                        select assignment_id, case_number, unit_id, unit_name, 'delivered', section, instruction, instructed_by,
                          handling_note, started_at, 1, 2 from proposal_handling where id = :first""").param("first", first).update();
        long second = db().sql("select max(id) from proposal_handling where case_number = :n")
                .param("n", number)
                .query(Long.class)
                .single();
        db().sql("""
                        insert into proposal_reply (handling_id, draft, opening, result_class, result_class_name, publicity,
                          publicity_reason, money_related, main_to, copy_to, contact_person, contact_phone, sign_level_reason,
                          delivered_at)
                        select :second, draft, opening, result_class, result_class_name, publicity, publicity_reason, money_related,
                          main_to, copy_to, contact_person, contact_phone, sign_level_reason, delivered_at
                        from proposal_reply where handling_id = :first""").param("second", second).param("first", first).update();
        bean(EngineTime.class).advance(Duration.ofDays(11));
        bean(RevisitSweep.class).sweep();
        bean(RevisitSweep.class).sweep();

        assertThat(bean(Revisits.class).ofCase(number)).singleElement().satisfies(revisit -> {
            assertThat(revisit.handlingId()).isEqualTo(second);
            assertThat(bean(Revisits.class).items(revisit.id()))
                    .singleElement()
                    .satisfies(item -> assertThat(item.content()).contains("出台管理办法"));
        });
    }

    @Test
    default void aRoundDoesNotAskForWhatIsNotDueAndTheSuccessorOfAClosedUnitIsTold() {
        Answered way = way();
        String number = way.answered("C", way.today().plusDays(900));
        long handling = bean(Handlings.class).ofCase(number).get(0).id();
        bean(Revisits.class).beginRound(session(), "一轮", List.of(handling), Answered.CLERK);
        assertThat(bean(Revisits.class).items(last(number).id()))
                .singleElement()
                .satisfies(item -> assertThat(item.content()).doesNotContain("出台管理办法"));
        bean(Units.class).close(Answered.EDUCATION);
        try {
            bean(UnitSuccessors.class).name(Answered.EDUCATION, "health-commission", "机构改革方案〔2027〕1号", Answered.CLERK);
            assertThat(last(number).unitId()).isEqualTo("health-commission");
            assertThat(way.told(number, "revisitBegun", "cui-baihe")).isEqualTo(1);
            reports(number, "cui-baihe", "kept", "A", true);
            checks(number, "kept", "A", null);
        } finally {
            // other stories close it with nobody to stand in
            db().sql("delete from proposal_unit_successor where unit_id = :unit")
                    .param("unit", Answered.EDUCATION)
                    .update();
            bean(Units.class).reopen(Answered.EDUCATION);
        }
    }

    @Test
    default void whoStandsInForAClosedUnitReportsInItsPlace() {
        Answered way = way();
        String number = way.answered("B", way.today().plusDays(10));
        bean(EngineTime.class).advance(Duration.ofDays(11));
        bean(Units.class).close(Answered.EDUCATION);
        try {
            bean(RevisitSweep.class).sweep();
            assertThat(bean(Revisits.class).ofCase(number))
                    .as("nobody could report")
                    .isEmpty();
            assertThat(bean(Revisits.class).orphans(Answered.CLERK)).containsKey(Answered.EDUCATION);
            bean(UnitSuccessors.class).name(Answered.EDUCATION, "health-commission", "机构改革方案〔2027〕1号", Answered.CLERK);
            bean(RevisitSweep.class).sweep();
            assertThat(last(number).unitId()).isEqualTo("health-commission");
            assertThat(desk("崔百禾").web().get("/cases/" + number).statusCode()).isEqualTo(200);
            reports(number, "cui-baihe", "kept", "A", true);
            checks(number, "kept", "A", null);
            assertThat(last(number).unitName()).isNotEqualTo("市教育局");
        } finally {
            bean(Units.class).reopen(Answered.EDUCATION);
        }
        assertThat(bean(UnitSuccessors.class).present(Answered.EDUCATION))
                .hasValueSatisfying(unit -> assertThat(unit.id()).isEqualTo(Answered.EDUCATION));
    }
}
