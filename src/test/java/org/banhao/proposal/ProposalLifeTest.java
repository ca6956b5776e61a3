package org.banhao.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.OpenStep;
import org.banhao.people.LeftGroup;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Incomplete;
import org.banhao.proposal.domain.Meetings;
import org.banhao.proposal.domain.Meetings.Decision;
import org.banhao.proposal.domain.Merging;
import org.banhao.proposal.domain.Missing;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.NoticeList;
import org.banhao.proposal.domain.NumberOrder;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Registration;
import org.banhao.proposal.domain.Reviews;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Databases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Whole lives: real rows, real models, real use cases. */
class ProposalLifeTest {

    /** Proposal with its two lists, titles, then what the check of a draft reads. */
    private static final long FORM_OF_FIRST_REVIEW = 10;

    ProposalWorld world;
    private ProposalStories stories;
    private Drafts drafts;
    private Submission submission;
    private MyProposals mine;

    /** The same lives run on PostgreSQL in {@link ProposalLifeOnPostgresTest}. */
    Databases database() {
        return Databases.H2;
    }

    @BeforeEach
    void open() {
        world = ProposalWorld.empty(database());
        stories = new ProposalStories(world);
        drafts = world.get(Drafts.class);
        submission = world.get(Submission.class);
        mine = world.get(MyProposals.class);
    }

    private String line(String number, String person) {
        return mine.page(number, person).statusLine();
    }

    private String status(String number) {
        return world.cases.get(number).status();
    }

    // ---- drafts

    @Test
    void aDraftKeepsWhatIsWrittenAndTellsTheNextVersion() {
        String number = drafts.begin("wei-linshu", "wei-linshu");

        Drafts.Saved saved = drafts.save(
                number,
                "wei-linshu",
                1,
                ProposalStories.with(ProposalStories.GOOD, "wish", List.of("education-bureau")));

        assertThat(saved.version()).isEqualTo(2);
        assertThat(saved.line()).isEqualTo("已保存 09:00");
        Drafts.View view = drafts.view(number, "wei-linshu");
        assertThat(view.proposal().suggestions()).containsExactly("编制公园业态规划。", "开放公园配套用房。");
        assertThat(view.proposal().wish()).containsExactly("education-bureau");
        assertThat(world.cases.get(number).title()).isEqualTo("关于加快“公园经济”发展的提案");
    }

    @Test
    void aSecondTabThatSavesAnOldVersionIsRefusedWithTheHourOfTheNewerOne() {
        String number = stories.draft("wei-linshu", ProposalStories.GOOD);

        assertThatThrownBy(() -> drafts.save(number, "wei-linshu", 1, ProposalStories.GOOD))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("在别处（09:00）保存过");
        assertThat(drafts.view(number, "wei-linshu").proposal().version()).isEqualTo(2);
    }

    @Test
    void nobodySeesOrChangesTheDraftOfSomebodyElse() {
        String number = stories.draft("wei-linshu", ProposalStories.GOOD);

        assertThatThrownBy(() -> drafts.view(number, "gao-qingyuan")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> drafts.save(number, "gao-qingyuan", 2, ProposalStories.GOOD))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> drafts.delete(number, "bao-xiaolan")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> submission.handIn(number, "gao-qingyuan")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> mine.page(number, "gao-qingyuan")).isInstanceOf(Refusal.class);
        assertThat(mine.own("gao-qingyuan")).isEmpty();
    }

    @Test
    void nobodyBeginsADraftInTheNameOfSomebodyElse() {
        assertThatThrownBy(() -> drafts.begin("wei-linshu", "gao-qingyuan")).hasMessageContaining("不能以这个身份");
        assertThatThrownBy(() -> drafts.beginOnBehalf("wei-linshu", "gao-qingyuan"))
                .hasMessageContaining("代录入");
    }

    @Test
    void anIncompleteDraftIsRefusedWithEveryMissingThingAtItsField() {
        String number = drafts.begin("wei-linshu", "wei-linshu");
        drafts.save(
                number,
                "wei-linshu",
                1,
                new DraftContent(
                        "短",
                        " ",
                        "x".repeat(1501),
                        List.of("好", ""),
                        null,
                        List.of(),
                        null,
                        true,
                        List.of(),
                        true,
                        "",
                        List.of(),
                        false,
                        false,
                        null,
                        false,
                        List.of(),
                        null,
                        null,
                        null));

        assertThatThrownBy(() -> submission.handIn(number, "wei-linshu"))
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        refusal -> assertThat(refusal.missing())
                                .extracting(Missing::field)
                                .containsExactly(
                                        "title",
                                        "situation",
                                        "analysis",
                                        "suggestion-2",
                                        "category",
                                        "consent",
                                        "researchForms",
                                        "raisedBeforeNote",
                                        "noSecret"));
    }

    @Test
    void theProposalOfAnEarlierYearThatIsNamedIsLinkedOnceHandedInAndOneThatIsNotThereIsRefused() {
        String former = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        String unseen = stories.draft("gao-qingyuan", ProposalStories.GOOD);
        DraftContent again = ProposalStories.with(ProposalStories.GOOD, "raisedBefore", true);
        String number = stories.draft(
                "wei-linshu", ProposalStories.with(again, "raisedBeforeNote", "上一年提过，" + former + " 和" + unseen));

        assertThat(drafts.earlier(drafts.view(number, "wei-linshu").proposal(), "wei-linshu"))
                .extracting(Proposal::caseNumber)
                .containsExactly(former);
        assertThatThrownBy(() -> submission.handIn(number, "wei-linshu"))
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        refusal -> assertThat(refusal.missing())
                                .extracting(Missing::sentence)
                                .containsExactly("没有找到往年的提案" + unseen + "，请核对提案号，或者改用文字写明。"));

        drafts.save(
                number,
                "wei-linshu",
                drafts.view(number, "wei-linshu").proposal().version(),
                ProposalStories.with(again, "raisedBeforeNote", "上一年提过，" + former));
        submission.handIn(number, "wei-linshu");
        assertThat(world.cases.links).contains(number + " followUp " + former);
    }

    @Test
    void hostileValuesAreRefusedWithTheFieldNamed() {
        String number = drafts.begin("wei-linshu", "wei-linshu");

        assertThatThrownBy(() -> drafts.save(
                        number,
                        "wei-linshu",
                        1,
                        ProposalStories.with(ProposalStories.GOOD, "wish", List.of("nowhere"))))
                .hasMessageContaining("希望的承办单位");
        assertThatThrownBy(() -> drafts.save(
                        number,
                        "wei-linshu",
                        1,
                        ProposalStories.with(
                                ProposalStories.GOOD,
                                "wish",
                                List.of("education-bureau", "water-bureau", "housing-bureau", "commerce-bureau"))))
                .hasMessageContaining("最多选3个");
        assertThatThrownBy(() -> drafts.save(number, "wei-linshu", 1, ProposalStories.coSigned("nobody")))
                .hasMessageContaining("联名人");
        assertThatThrownBy(() -> drafts.save(number, "wei-linshu", 1, ProposalStories.coSigned("wei-linshu")))
                .hasMessageContaining("第一提案人不必");
    }

    @Test
    void charactersADatabaseCannotKeepAreDroppedWhileRareIdeographsStay() {
        String number = drafts.begin("wei-linshu", "wei-linshu");

        drafts.save(
                number,
                "wei-linshu",
                1,
                DraftContent.of(
                        "关于\u0000保护𠮷字\n的提案",
                        "甲\r\n乙\u0007",
                        "丙\ud800",
                        List.of("丁"),
                        org.banhao.proposal.domain.Category.CULTURE));

        var draft = drafts.view(number, "wei-linshu").proposal();
        assertThat(draft.title()).isEqualTo("关于保护𠮷字 的提案");
        assertThat(draft.situation()).isEqualTo("甲\n乙");
        assertThat(draft.analysis()).isEqualTo("丙");
    }

    @Test
    void aDeletedDraftLeavesNothingButAClosedNumber() {
        String number = stories.draft("wei-linshu", ProposalStories.GOOD);

        drafts.delete(number, "wei-linshu");

        assertThat(mine.own("wei-linshu")).isEmpty();
        assertThat(world.cases.get(number).title()).doesNotContain("公园");
        assertThat(world.cases.get(number).closed()).isNotNull();
        assertThat(world.jdbc
                        .sql("select count(*) from proposal_suggestion")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    // ---- handing in

    @Test
    void aSingleProposalGoesToFirstReviewAtOnce() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");

        assertThat(status(number)).isEqualTo("firstReview");
        assertThat(line(number, "wei-linshu")).isEqualTo("审查中（初审）");
        assertThat(world.notices.persons("submitted", number)).containsExactly("wei-linshu");
        assertThat(mine.page(number, "wei-linshu").periodName()).isEqualTo("大会提案");
        assertThat(world.processes.ofCase(number)).extracting("task").containsExactly("userTask_firstReview");
    }

    @Test
    void handedInAfterTheClosingHourItIsAnInterimProposal() {
        world.clock.now = Instant.parse("2026-12-31T10:00:01Z");

        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");

        assertThat(mine.page(number, "wei-linshu").periodName()).isEqualTo("平时提案");
        assertThat(MyProposals.closingLine(
                        world.get(org.banhao.proposal.domain.Sessions.class).open(), world.clock.now))
                .isEqualTo("十四届五次大会提案已于2026年12月31日 18:00（周四）截止，现在提交的作为平时提案。");
    }

    @Test
    void exactlyAtTheClosingHourItIsStillAPlenaryProposal() {
        world.clock.now = Instant.parse("2026-12-31T10:00:00Z");

        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");

        assertThat(mine.page(number, "wei-linshu").periodName()).isEqualTo("大会提案");
    }

    @Test
    void aDraftCannotBeChangedOnceItIsHandedIn() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");

        assertThatThrownBy(() -> drafts.save(number, "wei-linshu", 2, ProposalStories.GOOD))
                .hasMessageContaining("已经提交");
        assertThatThrownBy(() -> submission.handIn(number, "wei-linshu")).hasMessageContaining("已经提交");
    }

    // ---- co-signing

    private String joint() {
        String number =
                stories.draft("wei-linshu", ProposalStories.coSigned("gao-qingyuan", "shen-yuhe", "yuan-zhixia"));
        submission.handIn(number, "wei-linshu");
        return number;
    }

    @Test
    void aJointProposalWaitsForItsCoSignersAndSaysUntilWhen() {
        String number = joint();

        assertThat(status(number)).isEqualTo("collecting");
        assertThat(line(number, "wei-linshu")).isEqualTo("等待3位联名人确认，截止2026年12月31日 18:00（周四）");
        assertThat(world.notices.persons("coSignInvited", number))
                .containsExactly("gao-qingyuan", "shen-yuhe", "yuan-zhixia");
        assertThat(world.processes.ofCase(number)).isEmpty();
        assertThat(mine.invited("gao-qingyuan")).singleElement().satisfies(invitation -> {
            assertThat(invitation.myTurn()).isTrue();
            assertThat(invitation.role()).isEqualTo("联名人");
        });
        assertThat(mine.page(number, "gao-qingyuan").proposal().situation()).isEqualTo("主城区公园游客多，配套消费少。");
    }

    @Test
    void whenAllHaveAnsweredReviewBeginsWithThoseWhoConfirmed() {
        String number = joint();

        submission.confirm(number, "gao-qingyuan");
        submission.decline(number, "shen-yuhe");
        assertThat(status(number)).isEqualTo("collecting");
        submission.confirm(number, "yuan-zhixia");

        assertThat(status(number)).isEqualTo("firstReview");
        assertThat(world.cases.get(number).unit()).isEqualTo("卫林书等3人");
        assertThat(world.notices.persons("submitted", number))
                .containsExactly("wei-linshu", "gao-qingyuan", "yuan-zhixia");
        assertThatThrownBy(() -> mine.page(number, "shen-yuhe")).isInstanceOf(Refusal.class);
    }

    @Test
    void whoIsSilentAtTheDeadlineIsDroppedAndTheProposerIsTold() {
        String number = joint();
        submission.confirm(number, "gao-qingyuan");

        world.move(Duration.ofDays(60));

        assertThat(status(number)).isEqualTo("firstReview");
        assertThat(world.cases.get(number).unit()).isEqualTo("卫林书等2人");
        assertThat(world.notices.told.values())
                .filteredOn(notice -> notice.template().equals("coSignDropped"))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.personId()).isEqualTo("wei-linshu");
                    assertThat(notice.values()).containsEntry("names", "申雨禾、原知夏");
                });
        assertThatThrownBy(() -> submission.confirm(number, "shen-yuhe")).isInstanceOf(Refusal.class);
    }

    @Test
    void aJointProposalWithoutAnyConfirmationGoesOnAsASingleOne() {
        String number = joint();

        world.move(Duration.ofDays(60));

        assertThat(mine.page(number, "wei-linshu").proposal().kind()).isEqualTo("single");
        assertThat(world.cases.get(number).unit()).isEqualTo("卫林书");
    }

    @Test
    void aRecalledInvitationCountsAsSettled() {
        String number = stories.draft("wei-linshu", ProposalStories.coSigned("gao-qingyuan"));
        submission.handIn(number, "wei-linshu");

        assertThatThrownBy(() -> submission.recallInvitation(number, "shen-yuhe", "gao-qingyuan"))
                .isInstanceOf(Refusal.class);
        submission.recallInvitation(number, "wei-linshu", "gao-qingyuan");

        assertThat(status(number)).isEqualTo("firstReview");
        assertThat(mine.invited("gao-qingyuan")).isEmpty();
    }

    @Test
    void nobodyConfirmsUninvitedOrTwice() {
        String number = joint();
        submission.confirm(number, "gao-qingyuan");

        assertThatThrownBy(() -> submission.confirm(number, "gao-qingyuan")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> submission.confirm(number, "jin-songnian")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> submission.confirm(number, "wei-linshu")).isInstanceOf(Refusal.class);
    }

    @Test
    void takenBackWhileSignaturesAreCollectedItIsADraftAgainAndAsksAgain() {
        String number = joint();
        submission.confirm(number, "gao-qingyuan");

        submission.backToDraft(number, "wei-linshu");

        assertThat(status(number)).isEqualTo("draft");
        assertThat(mine.invited("gao-qingyuan")).isEmpty();
        assertThat(world.engine.getRuntimeService().createProcessInstanceQuery().count())
                .isZero();
        world.clock.move(Duration.ofMinutes(5));
        submission.handIn(number, "wei-linshu");
        assertThat(line(number, "wei-linshu")).startsWith("等待3位联名人确认");
        assertThat(world.notices.persons("coSignInvited", number)).hasSize(6);
    }

    // ---- collective

    @Test
    void anOrganisationNeedsTheScanOfItsSeal() {
        String number = drafts.begin("niu-peiwen", "industry-commerce-federation");
        drafts.save(number, "niu-peiwen", 1, ProposalStories.GOOD);
        assertThatThrownBy(() -> submission.handIn(number, "niu-peiwen")).hasMessageContaining("盖章页");
        String seal = upload(number, "niu-peiwen");

        drafts.save(number, "niu-peiwen", 2, ProposalStories.with(ProposalStories.GOOD, "seal", seal));
        submission.handIn(number, "niu-peiwen");

        assertThat(mine.page(number, "niu-peiwen").kindName()).isEqualTo("集体提案（人民团体）");
        assertThat(world.documents.ofCase(number)).extracting("id").containsExactly(seal);
    }

    @Test
    void aForeignUploadIsNoSeal() {
        String number = drafts.begin("niu-peiwen", "industry-commerce-federation");
        String foreign = upload(number, "wei-linshu");

        assertThatThrownBy(() -> drafts.save(
                        number, "niu-peiwen", 1, ProposalStories.with(ProposalStories.GOOD, "seal", foreign)))
                .hasMessageContaining("盖章页");
    }

    @Test
    void aSectorsProposalWaitsForItsConvener() {
        String number = sector();
        assertThat(line(number, "wei-linshu")).startsWith("等待召集人确认，截止");
        assertThat(mine.invited("jin-songnian"))
                .singleElement()
                .extracting("role")
                .isEqualTo("召集人");

        submission.confirm(number, "jin-songnian");

        assertThat(status(number)).isEqualTo("firstReview");
    }

    @Test
    void aConvenerWhoDeclinesSendsItBackAsADraft() {
        String number = sector();

        submission.decline(number, "jin-songnian");

        assertThat(status(number)).isEqualTo("draft");
    }

    @Test
    void aSilentConvenerDecidesNothingTheReviewerIsTold() {
        String number = sector();

        world.move(Duration.ofDays(60));

        assertThat(status(number)).isEqualTo("firstReview");
        assertThat(world.processes.shown(world.processes.only(number)).values().get("autoCheckLine"))
                .asString()
                .contains("召集人靳松年未在期限内确认");
    }

    @Test
    void aConvenerWhoWritesHimselfNeedsNobodyElse() {
        String number = drafts.begin("jin-songnian", "sector-agriculture");
        drafts.save(number, "jin-songnian", 1, ProposalStories.with(ProposalStories.GOOD, "convener", "jin-songnian"));

        submission.handIn(number, "jin-songnian");

        assertThat(status(number)).isEqualTo("firstReview");
    }

    private String sector() {
        String number = drafts.begin("wei-linshu", "sector-education");
        drafts.save(number, "wei-linshu", 1, ProposalStories.with(ProposalStories.GOOD, "convener", "jin-songnian"));
        submission.handIn(number, "wei-linshu");
        return number;
    }

    private String upload(String number, String person) {
        return world.documents
                .store(number, Drafts.step(number), "盖章页.pdf", new ByteArrayInputStream(new byte[3]), person, person)
                .id();
    }

    // ---- on behalf

    @Test
    void aClerkEntersForAMemberWithTheScanAndTheRecordSaysForWhom() {
        world.actor.actor = new org.banhao.base.Actor("bao-xiaolan", "暴晓岚", null, null, "");
        String number = drafts.beginOnBehalf("bao-xiaolan", "gao-qingyuan");
        drafts.save(number, "bao-xiaolan", 1, ProposalStories.coSigned("shen-yuhe"));
        assertThatThrownBy(() -> submission.handIn(number, "bao-xiaolan")).hasMessageContaining("扫描件");
        assertThat(mine.own("gao-qingyuan")).isEmpty();
        String scan = upload(number, "bao-xiaolan");

        drafts.save(
                number, "bao-xiaolan", 2, ProposalStories.with(ProposalStories.coSigned("shen-yuhe"), "scan", scan));
        submission.handIn(number, "bao-xiaolan");

        assertThat(status(number)).isEqualTo("firstReview");
        assertThat(world.cases.timeline(number))
                .anySatisfy(entry -> assertThat(entry.detail()).contains("暴晓岚（代 郜清远）"));
        assertThat(mine.page(number, "gao-qingyuan").signatures())
                .extracting("stateName")
                .contains("已签名（纸质）");
        assertThat(world.cases.persons(number, "firstProposer")).containsExactly("gao-qingyuan");
    }

    // ---- who revises

    private String returned(String number) {
        stories.first(number, "return", Map.of("defects", List.of("noSuggestion")));
        return world.processes.only(number);
    }

    private OpenStep revision(String number) {
        return world.processes.ofCase(number).get(0);
    }

    private void leaves(String person, String group) {
        world.people.closed.add(person);
        world.context.publishEvent(new LeftGroup(person, group));
    }

    private static Map<String, Object> revised() {
        return Map.of(
                "title", "关于规范主城区停车秩序的提案",
                "situation", "新情况",
                "analysis", "新分析",
                "suggestions", List.of(Map.of("text", "一")));
    }

    @Test
    void aReturnedProposalIsGivenToItsProposerWithTheOfficeBehindHim() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        returned(number);

        assertThat(revision(number).assignee()).isEqualTo("wei-linshu");
        assertThat(revision(number).groups()).containsExactly("proposal-clerk");
        assertThat(mine.own("bao-xiaolan")).isEmpty();
    }

    @Test
    void whatCameOnPaperIsRevisedByAnyClerkOfTheOffice() {
        String number = drafts.beginOnBehalf("bao-xiaolan", "gao-qingyuan");
        drafts.save(
                number,
                "bao-xiaolan",
                1,
                ProposalStories.with(ProposalStories.GOOD, "scan", upload(number, "bao-xiaolan")));
        submission.handIn(number, "bao-xiaolan");
        String task = returned(number);

        assertThat(revision(number).assignee()).isNull();
        assertThat(mine.own("su-ming"))
                .singleElement()
                .satisfies(line -> assertThat(line.revises()).isTrue());
        assertThat(mine.page(number, "su-ming").reviseTask()).isEqualTo(task);
        assertThat(line(number, "gao-qingyuan")).startsWith("请修改（由提案委员会办公室代为录入）：建议不具体");
        world.processes.answer(task, "su-ming", revised());
        assertThat(status(number)).isEqualTo("firstReview");
    }

    @Test
    void whenTheProposersAccountIsClosedTheNextWhoSignedRevises() {
        String number = joint();
        submission.decline(number, "gao-qingyuan");
        submission.confirm(number, "shen-yuhe");
        submission.confirm(number, "yuan-zhixia");
        String task = returned(number);

        leaves("wei-linshu", "member");

        assertThat(revision(number).assignee()).isEqualTo("shen-yuhe");
        assertThat(mine.own("shen-yuhe"))
                .singleElement()
                .extracting("role", "revises")
                .containsExactly("代第一提案人修改", true);
        assertThat(mine.invited("shen-yuhe")).isEmpty();
        assertThat(world.notices.persons("returned", number)).contains("shen-yuhe", "shen-yuhe");
        assertThat(world.notices.told.keySet()).contains("returned:" + number + ":1-handed:shen-yuhe");
        world.processes.answer(task, "shen-yuhe", revised());
        assertThat(status(number)).isEqualTo("firstReview");
    }

    @Test
    void whenNobodyWhoSignedIsLeftTheOfficeRevises() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        String task = returned(number);
        assertThatThrownBy(() -> world.processes.answer(task, "bao-xiaolan", revised()))
                .hasMessageContaining("不是您的");

        leaves("wei-linshu", "member");

        assertThat(revision(number).assignee()).isNull();
        world.processes.answer(task, "bao-xiaolan", revised());
        assertThat(status(number)).isEqualTo("firstReview");
    }

    @Test
    void whoHasLeftTheTermIsNotAskedAnyMore() {
        String number = joint();
        submission.confirm(number, "gao-qingyuan");
        submission.confirm(number, "shen-yuhe");
        submission.confirm(number, "yuan-zhixia");
        world.people.gone.add("wei-linshu");
        returned(number);
        assertThat(revision(number).assignee()).isEqualTo("gao-qingyuan");

        // nobody is told when a term ends by its date: asked again when the date for handing in has passed
        world.people.gone.add("gao-qingyuan");
        world.move(Duration.ofDays(6));

        assertThat(revision(number).assignee()).isEqualTo("shen-yuhe");
    }

    // ---- merging and the way back

    private String lead;
    private String minor;

    /** The minor is signed by two; the lead is under review. */
    private long merged() {
        long meeting = stories.meeting();
        lead = stories.handedIn("wei-linshu", "关于加快老旧小区改造的提案");
        minor = stories.draft(
                "gao-qingyuan", ProposalStories.with(ProposalStories.coSigned("shen-yuhe"), "title", "关于推进老旧小区改造的提案"));
        submission.handIn(minor, "gao-qingyuan");
        submission.confirm(minor, "shen-yuhe");
        stories.reviewed(meeting, minor, "merge", Map.of("leadCase", lead));
        return meeting;
    }

    @Test
    void aLeadCaseDoesNotEndOtherwiseWhileOthersWaitForIt() {
        long meeting = merged();
        String named = minor + "《关于推进老旧小区改造的提案》";

        assertThatThrownBy(() -> stories.first(lead, "return", Map.of("defects", List.of("noSuggestion"))))
                .hasMessageContaining(named)
                .hasMessageContaining("撤销并案");
        stories.first(lead, "notFile", Map.of("ground", "hollow"));
        stories.second(lead, "notFile", Map.of("ground", "hollow"));
        assertThatThrownBy(() -> stories.decided(meeting, lead, "notFile", Map.of("ground", "hollow")))
                .hasMessageContaining(named)
                .hasMessageContaining("不能不予立案");
        assertThatThrownBy(() -> stories.decided(meeting, lead, "convert", Map.of("destination", "publicOpinion")))
                .hasMessageContaining(named);
        assertThatThrownBy(() -> stories.decided(meeting, lead, "return", Map.of("defects", List.of("noSuggestion"))))
                .hasMessageContaining(named);
        assertThatThrownBy(() -> submission.withdraw(lead, "wei-linshu", "不再需要。"))
                .hasMessageContaining(named);
        assertThat(status(lead)).isEqualTo("planNotFile");
        stories.decided(meeting, lead, "file", Map.of());
        assertThat(status(lead)).isEqualTo("awaitingNumber");
    }

    @Test
    void takenOutOfTheMergeItIsReviewedAgainWithAVerdictOfItsOwn() {
        long meeting = merged();
        Merging merging = world.get(Merging.class);
        assertThat(merging.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.mayUndo()).isTrue());
        assertThatThrownBy(() -> merging.undo(minor, "wei-linshu", "内容不同。")).hasMessageContaining("只有");
        assertThatThrownBy(() -> merging.undo(minor, "bao-xiaolan", " ")).hasMessageContaining("理由");

        merging.undo(minor, "bao-xiaolan", "内容不同。");

        assertThat(world.cases.links).isEmpty();
        assertThat(world.cases.mayRead(lead, "gao-qingyuan", List.of())).isFalse();
        assertThat(line(minor, "gao-qingyuan")).isEqualTo("审查中（初审）");
        assertThat(world.notices.persons("unmerged", minor)).containsExactly("gao-qingyuan", "shen-yuhe");
        assertThat(world.notices.persons("unmerged", lead)).containsExactly("wei-linshu");
        assertThat(world.cases.timeline(minor))
                .anySatisfy(entry -> assertThat(entry.detail()).contains(lead, "内容不同。"));
        assertThatThrownBy(() -> merging.undo(minor, "bao-xiaolan", "再来一次。")).hasMessageContaining("没有并入");
        stories.reviewed(meeting, minor, "file", Map.of("category", "society"));
        stories.numbered(minor);
        assertThat(line(minor, "gao-qingyuan")).isEqualTo("已立案，案号第001号");
    }

    @Test
    void takenOutOfTheMergeItGetsTheNextFreeNumberAndEverybodyElseKeepsHis() {
        long meeting = merged();
        stories.reviewed(meeting, lead, "file", Map.of("category", "society"));
        stories.numbered(lead);
        String other = stories.handedIn("wei-linshu", "关于公园经济的提案");
        stories.reviewed(meeting, other, "file", Map.of("category", "society"));
        stories.numbered(other);

        world.get(Merging.class).undo(minor, "bao-xiaolan", "内容不同。");
        stories.reviewed(meeting, minor, "file", Map.of("category", "society"));
        String later = stories.handedIn("wei-linshu", "关于夜间经济的提案");
        stories.reviewed(meeting, later, "file", Map.of("category", "society"));
        stories.numbered(minor);
        stories.numbered(later);

        assertThat(List.of(lead, other, minor, later))
                .extracting(number -> line(number, number.equals(minor) ? "gao-qingyuan" : "wei-linshu"))
                .allSatisfy(line -> assertThat(line).startsWith("已立案"))
                .extracting(line -> line.replaceAll("\\D", ""))
                .containsExactly("001", "002", "003", "004");
    }

    @Test
    void whoBelongsToAnotherMergedProposalGoesOnReadingTheLeadCase() {
        long meeting = merged();
        String other = stories.handedIn("shen-yuhe", "关于老旧小区加装电梯的提案");
        stories.reviewed(meeting, other, "merge", Map.of("leadCase", lead));

        world.get(Merging.class).undo(minor, "bao-xiaolan", "内容不同。");

        assertThat(world.cases.mayRead(lead, "shen-yuhe", List.of())).isTrue();
        assertThat(world.cases.mayRead(lead, "gao-qingyuan", List.of())).isFalse();
    }

    @Test
    void mergedAgainItsProposersAreToldAgain() {
        long meeting = merged();
        world.get(Merging.class).undo(minor, "bao-xiaolan", "主案要换。");

        stories.reviewed(meeting, minor, "merge", Map.of("leadCase", lead));

        assertThat(world.notices.persons("merged", minor))
                .containsExactly("gao-qingyuan", "shen-yuhe", "gao-qingyuan", "shen-yuhe");
        assertThat(world.notices.told.values())
                .filteredOn(notice -> notice.template().equals("merged") && lead.equals(notice.caseNumber()))
                .allSatisfy(notice -> assertThat(notice.values()).containsEntry("leadCase", minor));
    }

    @Test
    void anObjectionIsToldToTheOfficeAndDecidesNothing() {
        merged();
        Merging merging = world.get(Merging.class);
        assertThat(mine.page(minor, "shen-yuhe").voice().mayObject()).isTrue();
        assertThatThrownBy(() -> merging.object(minor, "wei-linshu", "我反对。")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> merging.object(minor, "shen-yuhe", "")).hasMessageContaining("不同意见");

        merging.object(minor, "shen-yuhe", "主案没有说加装电梯。");

        assertThat(status(minor)).isEqualTo("merged");
        assertThat(merging.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.objections()).singleElement().satisfies(objection -> {
                    assertThat(objection.personName()).isEqualTo("申雨禾");
                    assertThat(objection.reason()).isEqualTo("主案没有说加装电梯。");
                }));
        assertThat(world.notices.persons("mergeObjected", minor)).containsExactly("bao-xiaolan", "su-ming");
        assertThat(mine.page(minor, "shen-yuhe").voice().mayObject()).isFalse();
        assertThat(mine.page(minor, "gao-qingyuan").voice().mayObject()).isTrue();
        assertThatThrownBy(() -> merging.object(minor, "shen-yuhe", "再说一次。")).hasMessageContaining("不必再提");
    }

    @Test
    void onceTheLeadCaseIsHandedToUnitsNobodyObjectsAndOnlyTheOfficeTakesItOut() {
        long meeting = merged();
        stories.reviewed(meeting, lead, "file", Map.of("category", "society"));
        stories.numbered(lead);
        Merging merging = world.get(Merging.class);
        world.get(Registration.class).publish("bao-xiaolan");
        assertThat(merging.lines().get(0).mayUndo()).isTrue();

        world.processes.answer(
                world.processes.ofCase(lead).stream()
                        .filter(step -> step.task().equals("userTask_confirmUnits"))
                        .map(OpenStep::taskId)
                        .findFirst()
                        .orElseThrow(),
                "hou-wang",
                Map.of("confirmation", "confirm", "leadUnit", "education-bureau", "changeReason", "由教育部门办理更合适"));

        assertThat(merging.lines().get(0).assigned()).isTrue();
        assertThatThrownBy(() -> merging.object(minor, "gao-qingyuan", "内容不同。")).hasMessageContaining("已经交办");
        assertThat(status(minor)).isEqualTo("merged");
        merging.undo(minor, "bao-xiaolan", "内容不同。");
        assertThat(status(minor)).isEqualTo("firstReview");
    }

    @Test
    void aMergedProposalMayBeWithdrawnAndItsLeadCaseIsFree() {
        merged();

        submission.withdraw(minor, "gao-qingyuan", "主案已经说清楚了。");

        assertThat(status(minor)).isEqualTo("withdrawn");
        assertThat(world.cases.links).isEmpty();
        assertThat(world.get(Merging.class).lines()).isEmpty();
        submission.withdraw(lead, "wei-linshu", "不再需要。");
        assertThat(world.engine.getRuntimeService().createProcessInstanceQuery().count())
                .isZero();
    }

    // ---- the term of co-signing

    private Deadline term(String number) {
        return world.get(Fakes.FakeDeadlines.class).open(number, "coSignature").orElseThrow();
    }

    @Test
    void theTermOfCoSigningIsARowThatIsMetWhenAllHaveAnswered() {
        String number = joint();
        assertThat(term(number).due()).isEqualTo(Instant.parse("2026-12-31T10:00:00Z"));

        submission.confirm(number, "gao-qingyuan");
        submission.confirm(number, "shen-yuhe");
        submission.confirm(number, "yuan-zhixia");

        assertThat(world.get(Fakes.FakeDeadlines.class).of(number))
                .filteredOn(row -> row.key().equals("coSignature"))
                .extracting(Deadline::state)
                .containsExactly("met");
    }

    @Test
    void theTermOfCoSigningLapsesOrIsCancelledWithTheWait() {
        String silent = joint();
        world.move(Duration.ofDays(60));
        String taken = joint();
        submission.backToDraft(taken, "wei-linshu");

        assertThat(world.get(Fakes.FakeDeadlines.class).of(silent))
                .filteredOn(row -> row.key().equals("coSignature"))
                .extracting(Deadline::state)
                .containsExactly("lapsed");
        assertThat(world.get(Fakes.FakeDeadlines.class).of(taken))
                .extracting(Deadline::state)
                .containsExactly("cancelled");
    }

    @Test
    void movedByHandItHoldsForWhoSignsAndForTheTimer() {
        String number = joint();
        world.get(DeadlineMoves.class).move(term(number).id(), world.clock.now.plus(Duration.ofDays(1)), "代表在外考察");
        assertThat(line(number, "wei-linshu")).contains("截止2026年11月24日 09:00");

        world.move(Duration.ofDays(2));

        assertThat(status(number)).isEqualTo("firstReview");
    }

    @Test
    void handedInMinutesBeforeTheHourCoSignersHaveAWorkingDayAndItStaysAPlenaryProposal() {
        world.clock.now = Instant.parse("2026-12-31T09:55:00Z");

        String number = joint();

        // New Year's day is a Friday like others in this calendar
        assertThat(line(number, "wei-linshu")).contains("截止2027年1月1日 18:00（周五）");
        assertThat(term(number).sentence()).contains("至少有1个工作日").contains("2026年12月31日 18:00");
        world.clock.now = Instant.parse("2026-12-31T10:30:00Z");
        submission.confirm(number, "gao-qingyuan");
        submission.confirm(number, "shen-yuhe");
        submission.confirm(number, "yuan-zhixia");
        assertThat(mine.page(number, "wei-linshu").periodName()).isEqualTo("大会提案");
        assertThat(status(number)).isEqualTo("firstReview");
    }

    @Test
    void whereTheSessionSaysSoNobodySignsAfterTheHour() {
        rules(0);
        world.clock.now = Instant.parse("2026-12-31T09:55:00Z");

        String number = joint();

        assertThat(line(number, "wei-linshu")).contains("截止2026年12月31日 18:00");
        assertThat(term(number).sentence()).isEmpty();
    }

    private void rules(int leastDays) {
        world.get(SessionAdministration.class)
                .change(
                        "bao-xiaolan",
                        "14-5",
                        new SessionAdministration.Rules("十四届五次", "meeting", 50, 1500, 500, 3, leastDays));
    }

    @Test
    void theTermFollowsTheClosingHourUnlessItWasGivenADateOfItsOwn() {
        String follows = joint();
        String own = joint();
        Instant given = Instant.parse("2026-12-01T10:00:00Z");
        world.get(DeadlineMoves.class).move(term(own).id(), given, "代表在外考察");
        Instant earlier = Instant.parse("2026-12-24T10:00:00Z");

        int moved = world.get(SessionAdministration.class).moveClosing("bao-xiaolan", "14-5", earlier, "会期提前");

        assertThat(moved).isEqualTo(1);
        assertThat(term(follows).due()).isEqualTo(earlier);
        assertThat(term(own).due()).isEqualTo(given);
        assertThat(world.notices.persons("deadlineMoved", follows))
                .containsExactly("wei-linshu", "gao-qingyuan", "shen-yuhe", "yuan-zhixia");
        assertThat(world.notices.persons("deadlineMoved", own)).isEmpty();
        world.move(Duration.between(world.clock.now, earlier).plusSeconds(1));
        assertThat(status(follows)).isEqualTo("firstReview");
    }

    @Test
    void withoutASessionPagesSayWhoOpensOne() {
        world.jdbc.sql("delete from proposal_session").update();

        assertThat(MyProposals.closingLine(
                        world.get(org.banhao.proposal.domain.Sessions.class).open(), world.clock.now))
                .contains("还没有开启届次")
                .contains("提案委员会办公室工作人员或者提案委员会主任、副主任");
        assertThatThrownBy(() -> drafts.begin("wei-linshu", "wei-linshu")).hasMessageContaining("还没有开启届次");
        assertThat(mine.own("wei-linshu")).isEmpty();
    }

    // ---- lists

    private void manyOfAllKinds() {
        long meeting = world.get(CaseMeetings.class).all().stream()
                .findFirst()
                .map(Meeting::id)
                .orElseGet(stories::meeting);
        String one = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.first(one, "return", Map.of("defects", List.of("noSuggestion")));
        String two = stories.handedIn("wei-linshu", "关于推广某品牌饮品的提案");
        stories.reviewed(meeting, two, "notFile", Map.of("ground", "promotion"));
        String three = stories.handedIn("wei-linshu", "关于加快老旧小区改造的提案");
        String four = stories.handedIn("wei-linshu", "关于推进老旧小区改造的提案");
        stories.reviewed(meeting, four, "merge", Map.of("leadCase", three));
        stories.first(three, "file", Map.of("category", "society"));
        stories.second(three, "file", Map.of("category", "society"));
        joint();
    }

    @Test
    void aListTakesAsManyStatementsForOneProposalAsForMany() {
        manyOfAllKinds();
        Meetings meetings = world.get(Meetings.class);
        Reviews reviews = world.get(Reviews.class);
        Runnable leads = () -> reviews.possibleLeads(
                meetings.waiting().stream().map(Meetings.Waiting::caseNumber).toList());
        Merging merging = world.get(Merging.class);
        long own = world.statements(() -> mine.own("wei-linshu"));
        long asked = world.statements(() -> mine.invited("gao-qingyuan"));
        long waiting = world.statements(leads);
        long together = world.statements(merging::lines);

        manyOfAllKinds();
        manyOfAllKinds();

        assertThat(world.statements(() -> mine.own("wei-linshu"))).isEqualTo(own);
        assertThat(world.statements(() -> mine.invited("gao-qingyuan"))).isEqualTo(asked);
        assertThat(world.statements(leads)).isEqualTo(waiting);
        assertThat(world.statements(merging::lines)).isEqualTo(together);
    }

    @Test
    void aReviewersFormReadsAllTitlesOnce() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        var shown = world.processes.shown(world.processes.only(number));

        assertThat(world.statements(() -> {
                    shown.values().get("autoCheckLine");
                    shown.options().get("similarOptions");
                }))
                .isLessThanOrEqualTo(FORM_OF_FIRST_REVIEW);
        assertThat(world.statements(() -> {
                    shown.values().get("similarCount");
                    shown.options().get("similarOptions");
                }))
                .isZero();
    }

    // ---- review

    @Test
    void aProposalThroughThreeLevelsIsFiledWithTheFirstNumber() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.first(
                number, "file", Map.of("category", "society", "suggestedUnits", List.of("city-management-bureau")));
        assertThat(status(number)).isEqualTo("secondReview");
        stories.second(number, "file", Map.of("category", "economy"));
        assertThat(world.cases.get(number).statusName()).isEqualTo("拟立案");
        assertThat(line(number, "wei-linshu")).isEqualTo("审查中（终审）");
        stories.decided(stories.meeting(), number, "file", Map.of());
        assertThat(line(number, "wei-linshu")).isEqualTo("已决定立案，等待编定案号");
        stories.numbered(number);

        assertThat(status(number)).isEqualTo("filed");
        assertThat(line(number, "wei-linshu")).isEqualTo("已立案，案号第001号");
        assertThat(mine.page(number, "wei-linshu").proposal().categoryName()).isEqualTo("经济建设");
        assertThat(world.notices.persons("filed", number)).containsExactly("wei-linshu");
        assertThat(world.processes.ofCase(number)).extracting(OpenStep::task).containsExactly("userTask_confirmUnits");
    }

    @Test
    void theFirstReviewerCannotDoTheSecondReview() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.answer(number, "su-ming", "firstVerdict", "file", Map.of("category", "society"));

        assertThatThrownBy(
                        () -> stories.answer(number, "su-ming", "secondVerdict", "file", Map.of("category", "society")))
                .hasMessageContaining("复审人不能是本件的初审人");
        assertThat(status(number)).isEqualTo("secondReview");
    }

    @Test
    void aSecondReviewerWhoThinksOtherwiseSaysWhy() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.first(number, "file", Map.of("category", "society"));

        assertThatThrownBy(() -> stories.second(number, "notFile", Map.of("ground", "hollow")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("secondOpinion"));
        stories.second(number, "notFile", Map.of("ground", "hollow", "secondOpinion", "建议没有内容。"));
        assertThat(world.cases.get(number).statusName()).isEqualTo("拟不予立案");
    }

    @Test
    void aReturnedProposalTellsWhatToChangeAndBeginsReviewAgain() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.first(number, "return", Map.of("defects", List.of("noSuggestion", "severalMatters")));

        assertThat(line(number, "wei-linshu")).isEqualTo("请修改：建议不具体、一案多事，请拆分，请在2026年11月28日 09:00（周六）前重新提交");
        assertThat(world.notices.persons("returned", number)).containsExactly("wei-linshu");
        String task = mine.page(number, "wei-linshu").reviseTask();
        world.processes.answer(
                task,
                "wei-linshu",
                Map.of(
                        "title",
                        "关于规范主城区停车秩序的提案",
                        "situation",
                        "新情况",
                        "analysis",
                        "新分析",
                        "suggestions",
                        List.of(Map.of("text", "一"), Map.of("text", "二")),
                        "wish",
                        List.of("city-management-bureau"),
                        "noSecret",
                        true));

        assertThat(status(number)).isEqualTo("firstReview");
        assertThat(world.cases.get(number).title()).isEqualTo("关于规范主城区停车秩序的提案");
        assertThat(mine.page(number, "wei-linshu").proposal().suggestions()).containsExactly("一", "二");
        assertThat(world.jdbc
                        .sql("select count(*) from proposal_text_version where case_number = ?")
                        .param(number)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        // four eyes count per round: the person of the first round's first review may do this round's second
        stories.answer(number, "su-ming", "firstVerdict", "file", Map.of("category", "society"));
        stories.second(number, "file", Map.of("category", "society"));
        assertThat(status(number)).isEqualTo("planFile");
    }

    @Test
    void theRevisionObeysTheSessionsLimits() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.first(number, "return", Map.of("defects", List.of("noSuggestion")));
        String task = mine.page(number, "wei-linshu").reviseTask();

        assertThatThrownBy(() -> world.processes.answer(
                        task,
                        "wei-linshu",
                        Map.of(
                                "title",
                                "关于规范主城区停车秩序的提案",
                                "situation",
                                "新",
                                "analysis",
                                "新",
                                "suggestions",
                                List.of(Map.of("text", "长".repeat(501))))))
                .isInstanceOf(Incomplete.class)
                .hasMessageContaining("第1条建议最多500字");
    }

    @Test
    void theTermForHandingInAgainOnlyMarksAndReminds() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.first(number, "return", Map.of("defects", List.of("noSuggestion")));

        world.move(Duration.ofDays(6));

        assertThat(status(number)).isEqualTo("returned");
        assertThat(line(number, "wei-linshu")).endsWith("（已逾期，仍可提交）");
        assertThat(world.notices.persons("resubmissionOverdue", number)).containsExactly("wei-linshu", "bao-xiaolan");
        assertThat(mine.page(number, "wei-linshu").reviseTask()).isNotNull();
    }

    @Test
    void notFilingNeedsAGroundFromTheListAndTellsIt() {
        String number = stories.handedIn("wei-linshu", "关于推广某品牌饮品的提案");
        assertThatThrownBy(() -> stories.first(number, "notFile", Map.of("ground", "ugly")))
                .hasMessageContaining("不予立案的理由");

        stories.reviewed(stories.meeting(), number, "notFile", Map.of("ground", "promotion"));

        assertThat(line(number, "wei-linshu")).isEqualTo("不予立案，理由：宣传、推介具体作品、产品");
        assertThat(world.notices.told.values())
                .filteredOn(notice -> notice.template().equals("notFiled"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.values()).containsEntry("ground", "宣传、推介具体作品、产品"));
        assertThat(world.cases.get(number).closed()).isNotNull();
    }

    @Test
    void aConvertedProposalTellsWhereItWent() {
        String number = stories.handedIn("wei-linshu", "关于改善候车亭的提案");

        stories.reviewed(stories.meeting(), number, "convert", Map.of("destination", "publicOpinion"));

        assertThat(line(number, "wei-linshu")).isEqualTo("已转为意见建议，转往：社情民意信息");
        assertThat(world.notices.persons("converted", number)).containsExactly("wei-linshu");
    }

    @Test
    void aMergedProposalIsLinkedAndItsProposerMayReadTheLead() {
        String lead = stories.handedIn("wei-linshu", "关于加快老旧小区改造的提案");
        String minor = stories.handedIn("gao-qingyuan", "关于推进老旧小区改造的提案");

        stories.reviewed(stories.meeting(), minor, "merge", Map.of("leadCase", lead));

        assertThat(world.cases.links).containsExactly(minor + " merged " + lead);
        assertThat(line(minor, "gao-qingyuan")).isEqualTo("已并案，并入" + lead + "《关于加快老旧小区改造的提案》，仍会答复您");
        assertThat(world.cases.mayRead(lead, "gao-qingyuan", List.of())).isTrue();
        assertThat(world.notices.persons("merged", lead)).containsExactly("wei-linshu");
    }

    private String filing() {
        return world.get(SessionAdministration.class).all().stream()
                .filter(line -> line.session().id().equals("14-5"))
                .findFirst()
                .orElseThrow()
                .filing()
                .line();
    }

    @Test
    void whetherMergedOnesCountAsFiledIsASettingOfTheSession() {
        String lead = stories.handedIn("wei-linshu", "关于加快老旧小区改造的提案");
        String minor = stories.handedIn("gao-qingyuan", "关于推进老旧小区改造的提案");
        String gone = stories.handedIn("shen-yuhe", "关于老旧小区加装电梯的提案");
        stories.handedIn("yuan-zhixia", "关于规范停车秩序的提案");
        long meeting = stories.meeting();
        stories.reviewed(meeting, lead, "file", Map.of("category", "society"));
        stories.reviewed(meeting, minor, "merge", Map.of("leadCase", lead));
        submission.withdraw(gone, "shen-yuhe", "情况已经变化，不再需要。");

        assertThat(filing()).isEqualTo("收到提案3件，立案1件，立案率33.33％。并案1件，不计入立案数；转为意见建议等0件，不予立案0件，审查中1件；另有撤回1件。");
        world.get(SessionAdministration.class)
                .change(
                        "bao-xiaolan",
                        "14-5",
                        new SessionAdministration.Rules("十四届五次", "meeting", 50, 1500, 500, 3, 1, true));

        assertThat(filing()).startsWith("收到提案3件，立案2件，立案率66.67％。并案1件，计入立案数；");
    }

    @Test
    void nothingIsMergedIntoItselfADraftAMergedOneOrAwayFromItsOwnMinors() {
        long meeting = stories.meeting();
        String lead = stories.handedIn("wei-linshu", "关于加快老旧小区改造的提案");
        String minor = stories.handedIn("gao-qingyuan", "关于推进老旧小区改造的提案");
        String third = stories.handedIn("shen-yuhe", "关于老旧小区加装电梯的提案");
        String draft = stories.draft("yuan-zhixia", ProposalStories.GOOD);
        stories.reviewed(meeting, minor, "merge", Map.of("leadCase", lead));

        for (String wrong : List.of(third, draft, minor, "TA-1999-000001")) {
            assertThatThrownBy(() -> stories.first(third, "merge", Map.of("leadCase", wrong)))
                    .hasMessageContaining("主案");
        }
        assertThatThrownBy(() -> stories.first(lead, "merge", Map.of("leadCase", third)))
                .hasMessageContaining("已有别的提案并入本件");
    }

    @Test
    void whoProposesDoesNotReview() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");

        assertThatThrownBy(() ->
                        world.get(org.banhao.proposal.domain.Reviews.class).first(number, "wei-linshu", input("file")))
                .hasMessageContaining("回避");
    }

    private static org.banhao.proposal.domain.ReviewInput input(String verdict) {
        return new org.banhao.proposal.domain.ReviewInput(
                verdict, null, null, null, List.of(), null, "society", List.of(), null, null, null, false, null, null,
                null, null, null);
    }

    @Test
    void theFormShowsTheFirstReviewerWhatAMachineCanSee() {
        stories.handedIn("gao-qingyuan", "关于加快老旧小区改造的提案");
        String number = stories.handedIn("wei-linshu", "关于推进老旧小区加装电梯的建议");

        var shown = world.processes.shown(world.processes.only(number));

        assertThat(shown.values())
                .containsEntry("title", "关于推进老旧小区加装电梯的建议")
                .containsEntry("proposerLine", "卫林书（教育界），委员提案，大会提案")
                .containsEntry("categoryName", "社会建设")
                .containsEntry("wishLine", "未填")
                .containsEntry("similarCount", 1)
                .containsEntry("autoCheckLine", "必填内容、字数和签名（盖章）齐全，没有同名案由");
        assertThat(shown.values().get("similarProposals").toString()).contains("sharedWords=老旧小区");
        assertThat(shown.options().get("groundOptions")).hasSize(11);
        assertThat(shown.options().get("similarOptions"))
                .singleElement()
                .extracting("label")
                .asString()
                .endsWith("（相似）");
    }

    // ---- withdrawal

    @Test
    void aWithdrawnProposalStopsReviewAndFreesItsTasks() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        assertThatThrownBy(() -> submission.withdraw(number, "wei-linshu", " ")).hasMessageContaining("理由");
        assertThatThrownBy(() -> submission.withdraw(number, "gao-qingyuan", "不是我的"))
                .isInstanceOf(Refusal.class);

        submission.withdraw(number, "wei-linshu", "相关工作已经启动。");

        assertThat(status(number)).isEqualTo("withdrawn");
        assertThat(world.processes.ofCase(number)).isEmpty();
        assertThat(world.engine.getRuntimeService().createProcessInstanceQuery().count())
                .isZero();
        assertThatThrownBy(() -> submission.withdraw(number, "wei-linshu", "再来一次"))
                .hasMessageContaining("不能撤回");
    }

    @Test
    void aProposalWithdrawnWhileSignaturesAreCollectedNeverComesBack() {
        String number = joint();
        submission.confirm(number, "gao-qingyuan");
        submission.withdraw(number, "wei-linshu", "相关工作已经启动。");

        assertThatThrownBy(() -> submission.backToDraft(number, "wei-linshu")).hasMessageContaining("已经撤回");
        assertThatThrownBy(() -> submission.confirm(number, "shen-yuhe")).hasMessageContaining("没有等待您确认的邀请");
        assertThatThrownBy(() -> submission.recallInvitation(number, "wei-linshu", "shen-yuhe"))
                .isInstanceOf(Refusal.class);
        assertThat(mine.invited("shen-yuhe")).isEmpty();
        assertThat(world.cases.mayRead(number, "shen-yuhe", List.of())).isFalse();
        assertThat(status(number)).isEqualTo("withdrawn");
    }

    @Test
    void nothingIsMergedIntoAProposalThatIsBeingWithdrawn() throws Exception {
        long meeting = stories.meeting();
        String lead = stories.handedIn("wei-linshu", "关于加快老旧小区改造的提案");
        String minor = stories.handedIn("gao-qingyuan", "关于推进老旧小区改造的提案");
        stories.first(minor, "merge", Map.of("leadCase", lead));
        stories.second(minor, "merge", Map.of("leadCase", lead));

        CompletableFuture<Void> merging = duringAnUncommitted(
                () -> submission.withdraw(lead, "wei-linshu", "相关工作已经启动。"),
                () -> stories.decided(meeting, minor, "merge", Map.of("leadCase", lead)));

        assertThatThrownBy(() -> merging.get(20, TimeUnit.SECONDS)).hasMessageContaining("主案");
        assertThat(world.cases.links).isEmpty();
    }

    @Test
    void aDraftThatIsBeingHandedInIsNotDeleted() throws Exception {
        String number = stories.draft("wei-linshu", ProposalStories.GOOD);

        CompletableFuture<Void> deleting = duringAnUncommitted(
                () -> submission.handIn(number, "wei-linshu"), () -> drafts.delete(number, "wei-linshu"));

        assertThatThrownBy(() -> deleting.get(20, TimeUnit.SECONDS)).hasMessageContaining("已经提交");
        assertThat(mine.page(number, "wei-linshu").proposal().title()).isEqualTo(ProposalStories.GOOD.title());
    }

    @Test
    void theSameMeetingEnteredTwiceAtOneMomentIsRefusedTheSecondTime() throws Exception {
        CompletableFuture<Void> second = duringAnUncommitted(stories::meeting, stories::meeting);

        assertThatThrownBy(() -> second.get(20, TimeUnit.SECONDS)).hasMessageContaining("已经建立");
    }

    /** Does the second while the first is done but not committed; gives the second time to look before the commit. */
    private CompletableFuture<Void> duringAnUncommitted(Runnable first, Runnable second) {
        return world.get(TransactionTemplate.class).execute(transaction -> {
            first.run();
            CompletableFuture<Void> other = CompletableFuture.runAsync(second);
            try {
                other.get(300, TimeUnit.MILLISECONDS);
            } catch (TimeoutException waits) {
                return other;
            } catch (ExecutionException | InterruptedException e) {
                return other;
            }
            return other;
        });
    }

    // ---- meeting and numbers

    @Test
    void oneMeetingDecidesAllThatWaitAndListsWhatFailed() {
        long meeting = stories.meeting();
        List<String> numbers = List.of(
                stories.handedIn("wei-linshu", "关于规范停车秩序的提案"),
                stories.handedIn("gao-qingyuan", "关于推广某品牌饮品的提案"),
                stories.handedIn("shen-yuhe", "关于发展低空经济的提案"));
        numbers.forEach(number -> {
            stories.first(number, "file", Map.of("category", "society"));
            stories.second(number, "file", Map.of("category", "society"));
        });
        Meetings meetings = world.get(Meetings.class);
        assertThat(meetings.waiting()).extracting("caseNumber").containsExactlyElementsOf(numbers);

        Meetings.Outcome outcome = meetings.decide(
                meeting,
                List.of(
                        new Decision(numbers.get(0), 7, "file", null, null, null, List.of(), null, null),
                        new Decision(numbers.get(1), null, "notFile", null, null, null, List.of(), null, null),
                        new Decision(numbers.get(2), null, "file", null, "hollow", null, List.of(), "同意", null),
                        new Decision("TA-2026-009999", null, "file", null, null, null, List.of(), null, null)),
                "yan-xiaoman");

        assertThat(outcome.done()).isEqualTo(2);
        assertThat(outcome.failures()).extracting("caseNumber").containsExactly(numbers.get(1), "TA-2026-009999");
        assertThat(status(numbers.get(0))).isEqualTo("awaitingNumber");
        assertThat(status(numbers.get(1))).isEqualTo("planFile");
        assertThat(numbers)
                .extracting(number -> world.get(Reviews.class).latest(number, "final"))
                .extracting(review -> review == null ? null : review.agendaNumber())
                .containsExactly(7, null, null);
        assertThat(mine.page(numbers.get(0), "wei-linshu").proposal().decidedBy())
                .isEqualTo("提案委员会第二次会议");
    }

    @Test
    void aMeetingThatIsStillToComeHasDecidedNothing() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.first(number, "file", Map.of("category", "society"));
        stories.second(number, "file", Map.of("category", "society"));
        Meetings meetings = world.get(Meetings.class);
        CaseMeetings caseMeetings = world.get(CaseMeetings.class);
        long future = caseMeetings.create(
                "committee", "提案委员会第三次会议", ChineseTime.day(world.clock.now).plusDays(1), "yan-xiaoman");

        Meetings.Outcome outcome = meetings.decide(
                future,
                List.of(new Decision(number, null, "file", null, null, null, List.of(), null, null)),
                "yan-xiaoman");

        assertThat(outcome.failures())
                .singleElement()
                .extracting("sentence")
                .asString()
                .contains("会后才能登记");
        assertThatThrownBy(() -> caseMeetings.create(
                        "committee",
                        "提案委员会第三次会议",
                        ChineseTime.day(world.clock.now).plusDays(1),
                        "yan-xiaoman"))
                .hasMessageContaining("已经建立");
        assertThatThrownBy(
                        () -> caseMeetings.create("committee", "偷开的会", ChineseTime.day(world.clock.now), "wei-linshu"))
                .hasMessageContaining("只有会议秘书");
    }

    private List<String> threeDecided() {
        long meeting = stories.meeting();
        String first = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        world.clock.move(Duration.ofMinutes(1));
        String second = stories.handedIn("gao-qingyuan", "关于普惠性托育的提案");
        world.clock.move(Duration.ofMinutes(1));
        String collective = drafts.begin("niu-peiwen", "industry-commerce-federation");
        drafts.save(
                collective,
                "niu-peiwen",
                1,
                ProposalStories.with(ProposalStories.GOOD, "seal", upload(collective, "niu-peiwen")));
        submission.handIn(collective, "niu-peiwen");
        stories.reviewed(meeting, first, "file", Map.of("category", "society"));
        stories.reviewed(meeting, second, "file", Map.of("category", "economy"));
        stories.reviewed(meeting, collective, "file", Map.of("category", "politics"));
        return List.of(first, second, collective);
    }

    @Test
    void aPileIsNumberedInTheChosenOrderInOneAct() {
        List<String> numbers = threeDecided();
        Registration registration = world.get(Registration.class);
        List<String> previewed = registration.preview(NumberOrder.COLLECTIVE_FIRST).stream()
                .map(Registration.Line::caseNumber)
                .toList();
        assertThat(previewed).containsExactly(numbers.get(2), numbers.get(0), numbers.get(1));

        int done = registration.numberAll(NumberOrder.COLLECTIVE_FIRST, previewed, "bao-xiaolan");

        assertThat(done).isEqualTo(3);
        assertThat(world.cases.get(numbers.get(2)).fileNumber()).isEqualTo("第001号");
        assertThat(world.cases.get(numbers.get(0)).fileNumber()).isEqualTo("第002号");
        assertThat(world.cases.get(numbers.get(1)).fileNumber()).isEqualTo("第003号");
    }

    @Test
    void aPileThatChangedSinceThePreviewIsNotNumbered() {
        List<String> numbers = threeDecided();

        assertThatThrownBy(() -> world.get(Registration.class)
                        .numberAll(NumberOrder.BY_SUBMISSION, numbers.subList(0, 2), "bao-xiaolan"))
                .hasMessageContaining("有变化");
        assertThatThrownBy(
                        () -> world.get(Registration.class).numberAll(NumberOrder.BY_SUBMISSION, numbers, "wei-linshu"))
                .hasMessageContaining("只有提案委员会办公室");
        assertThat(numbers).allSatisfy(number -> assertThat(status(number)).isEqualTo("awaitingNumber"));
    }

    @Test
    void numbersMayBeDealtAgainUntilTheyArePublishedAndNeverAfter() {
        List<String> numbers = threeDecided();
        Registration registration = world.get(Registration.class);
        registration.numberAll(NumberOrder.BY_SUBMISSION, numbers, "bao-xiaolan");

        int changed = registration.renumber(NumberOrder.BY_CATEGORY, "bao-xiaolan");

        assertThat(changed).isEqualTo(3);
        assertThat(numbers)
                .extracting(number -> world.cases.get(number).fileNumber())
                .containsExactly("第003号", "第001号", "第002号");
        registration.publish("bao-xiaolan");
        assertThatThrownBy(() -> registration.renumber(NumberOrder.BY_SUBMISSION, "bao-xiaolan"))
                .hasMessageContaining("已经公布");
        String late = stories.handedIn("shen-yuhe", "关于发展低空经济的提案");
        stories.reviewed(
                world.get(CaseMeetings.class)
                        .create("committee", "闭会后的会议", ChineseTime.day(world.clock.now), "yan-xiaoman"),
                late,
                "file",
                Map.of("category", "economy"));
        stories.numbered(late);
        assertThat(world.cases.get(late).fileNumber()).isEqualTo("第004号");
    }

    @Test
    void aWithdrawnProposalKeepsItsNumberWhenTheOthersAreDealtAgain() {
        List<String> numbers = threeDecided();
        Registration registration = world.get(Registration.class);
        registration.numberAll(NumberOrder.BY_SUBMISSION, numbers, "bao-xiaolan");
        submission.withdraw(numbers.get(1), "gao-qingyuan", "不再需要。");

        registration.renumber(NumberOrder.COLLECTIVE_FIRST, "bao-xiaolan");

        assertThat(numbers)
                .extracting(number -> world.cases.get(number).fileNumber())
                .containsExactly("第003号", "第002号", "第001号");
    }

    @Test
    void aNumberIsNotDealtAgainToAProposalThatIsBeingWithdrawn() throws Exception {
        List<String> numbers = threeDecided();
        Registration registration = world.get(Registration.class);
        registration.numberAll(NumberOrder.BY_SUBMISSION, numbers, "bao-xiaolan");

        CompletableFuture<Void> dealing = duringAnUncommitted(
                () -> submission.withdraw(numbers.get(1), "gao-qingyuan", "不再需要。"),
                () -> registration.renumber(NumberOrder.COLLECTIVE_FIRST, "bao-xiaolan"));
        dealing.get(20, TimeUnit.SECONDS);

        assertThat(numbers)
                .extracting(number -> world.cases.get(number).fileNumber())
                .containsExactly("第003号", "第002号", "第001号");
    }

    @Test
    void theNoticeListOfWhatIsFiledNamesEverybodyWhoProposesItStillAndNotTheOffice() {
        List<String> numbers = threeDecided();
        world.get(Registration.class).numberAll(NumberOrder.BY_SUBMISSION, numbers, "bao-xiaolan");
        submission.withdraw(numbers.get(1), "gao-qingyuan", "不再需要。");
        NoticeList list = world.get(NoticeList.class);

        NoticeList.Sheet sheet = list.read(list.choice("filed", null, null, ""), "bao-xiaolan");

        assertThat(sheet.lines())
                .extracting(NoticeList.Line::fileNumber, NoticeList.Line::name, NoticeList.Line::phone)
                .containsExactly(tuple("第003号", "牛培文", ""), tuple("第001号", "卫林书", "10000000001"));
        assertThat(sheet.withoutPhone()).isEqualTo(1);
        assertThat(list.export(sheet.choice(), sheet.upTo(), "bao-xiaolan").lines())
                .isEqualTo(sheet.lines());
        assertThat(list.read(list.choice("withdrawn", null, null, ""), "bao-xiaolan")
                        .lines())
                .extracting(NoticeList.Line::name)
                .containsExactly("郜清远");
        assertThat(world.audit.recorded).contains("proposal.exportNoticeList null");
    }

    @Test
    void everyUseCaseIsRecorded() {
        String number = stories.handedIn("wei-linshu", "关于规范停车秩序的提案");
        stories.reviewed(stories.meeting(), number, "file", Map.of("category", "society"));
        stories.numbered(number);
        mine.page(number, "wei-linshu");

        assertThat(world.audit.recorded)
                .contains(
                        "proposal.begin " + number,
                        "proposal.saveDraft " + number,
                        "proposal.handIn " + number,
                        "proposal.register " + number,
                        "proposal.firstReview " + number,
                        "proposal.secondReview " + number,
                        "proposal.decide " + number,
                        "proposal.assignFileNumber " + number,
                        "proposal.read " + number);
    }
}
