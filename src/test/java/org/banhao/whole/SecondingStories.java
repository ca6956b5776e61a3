package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.Retractions;
import org.banhao.casefile.TimelineEntry;
import org.banhao.flow.time.EngineTime;
import org.banhao.proposal.ProposalStories;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Merging;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.Second;
import org.banhao.proposal.domain.Seconding;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.feedback.Feedback;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.solicitation.Participation;
import org.banhao.testing.Desk;
import org.banhao.testing.Fresh;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;

/** 附议: who stands behind a proposal of others without proposing, as long as it is on its way to 交办. */
interface SecondingStories extends HandlingWay {

    String SECONDER = "gao-qingyuan";
    String ANOTHER = "yuan-zhixia";
    String ASKED_TO_SIGN = "shen-yuhe";
    String NOT_OPEN = "没有这件可以附议的提案";

    private Seconding seconding() {
        return bean(Seconding.class);
    }

    private static DraftContent ticked(String consent, String... coSigners) {
        DraftContent content = DraftContent.of(
                "关于步行道" + Fresh.digits() + "的提案",
                "现状摘自走访记录。",
                "缺少统一的办法。",
                List.of("补齐路灯。", "每月巡查一次。"),
                Category.SOCIETY);
        content = ProposalStories.with(content, "consent", consent);
        content = ProposalStories.with(content, "coSigners", List.of(coSigners));
        return ProposalStories.with(content, "secondable", true);
    }

    private String handedIn(String person, DraftContent content) {
        String number = bean(Drafts.class).begin(person, person);
        bean(Drafts.class).save(number, person, 1, content);
        bean(Submission.class).handIn(number, person);
        return number;
    }

    private String secondable() {
        return handedIn(PROPOSER, ticked("full"));
    }

    private void put(String number) {
        reviewed(number, "file", Map.of());
        step(number, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
    }

    private boolean offered(String number, String person) {
        return seconding().offers(person).stream()
                .anyMatch(offer -> offer.caseNumber().equals(number));
    }

    private List<String> seconders(String number) {
        return bean(MyProposals.class).page(number, PROPOSER).seconds().stream()
                .map(Second::personId)
                .toList();
    }

    private long told(String number, String template, String person) {
        return db().sql("""
                        select count(*) from notice_outbox
                        where case_number = :n and template = :t and person_id = :p and channel = 'mail'""")
                .param("n", number)
                .param("t", template)
                .param("p", person)
                .query(Long.class)
                .single();
    }

    private String factOfTheCase(String number) {
        return beans(CaseView.class).stream()
                .filter(view -> view.kind().equals("TA"))
                .findFirst()
                .orElseThrow()
                .summary(bean(CaseFiles.class).get(number))
                .getOrDefault("附议", "");
    }

    private void sentBack(String number) {
        step(
                number,
                "firstReview",
                "bao-xiaolan",
                Map.of("firstVerdict", "return", "defects", List.of("noSuggestion")));
    }

    @Test
    default void aMemberFindsWhatMayBeSecondedSecondsItAndItsProposerAndTheCaseNameHimAndTheDay() {
        DraftContent content = ticked("full");
        String number = handedIn(PROPOSER, content);
        String day = ChineseTime.text(ChineseTime.day(now()));
        WebSession member = desk("郜清远").web();
        WebSession proposer = desk("卫林书").web();
        WebSession clerk = desk("暴晓岚").web();
        assertThat(member.get("/my").body()).contains("href=\"/my/seconding\"");
        assertThat(member.get("/my/seconding").body())
                .contains(content.title(), "提案者：卫林书", "现状摘自走访记录。", "补齐路灯。")
                .doesNotContain("缺少统一的办法。");
        assertThat(proposer.get("/my/seconding").body()).doesNotContain(content.title());
        assertThat(proposer.get("/my/proposals/" + number).body()).contains("还没有委员附议。");

        String done = member.follow(Desk.ok(member.form("/my/seconding/" + number, List.of()), 302))
                .body();

        assertThat(done).contains("已附议", "/my/seconding/" + number + "/withdraw", "交办以前可以撤回附议");
        assertThat(member.follow(Desk.ok(member.form("/my/seconding/" + number, List.of()), 302))
                        .body())
                .as("sent twice")
                .contains("不必再附议");
        assertThat(proposer.get("/my/proposals/" + number).body()).contains("附议（1位）", "郜清远，" + day);
        assertThat(clerk.get("/cases/" + number).body()).contains("已有1位委员附议", "郜清远，" + day, "委员郜清远附议");
        assertThat(told(number, "seconded", PROPOSER)).isOne();

        assertThat(member.follow(Desk.ok(member.form("/my/seconding/" + number + "/withdraw", List.of()), 302))
                        .body())
                .contains("附议已撤回。", content.title());
        assertThat(proposer.get("/my/proposals/" + number).body())
                .contains("还没有委员附议。")
                .doesNotContain("郜清远，" + day);
        assertThat(clerk.get("/cases/" + number).body())
                .doesNotContain("已有1位委员附议", "郜清远，" + day)
                .as("the record keeps both")
                .contains("委员郜清远附议", "委员郜清远撤回附议");
        assertThat(db().sql("select action from base_audit where case_number = ? order by id")
                        .param(number)
                        .query(String.class)
                        .list())
                .contains("proposal.second", "proposal.withdrawSecond");
    }

    @Test
    default void onlyWhatItsProposerOpensToOthersIsOfferedAndSeconded() {
        String draft = bean(Drafts.class).begin(PROPOSER, PROPOSER);
        bean(Drafts.class).save(draft, PROPOSER, 1, ticked("full"));
        String internal = handedIn(PROPOSER, ticked("internal"));
        String unticked = handedIn(PROPOSER);
        for (String number : List.of(draft, internal, unticked, "TA-2026-999999")) {
            assertThat(offered(number, SECONDER)).as(number).isFalse();
            assertThatThrownBy(() -> seconding().second(number, SECONDER))
                    .as(number)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(NOT_OPEN);
        }
        assertThat(factOfTheCase(internal)).contains("内部提案不向其他委员列出");

        String titleOnly = handedIn(PROPOSER, ticked("titleOnly"));
        assertThat(seconding().offers(SECONDER))
                .filteredOn(offer -> offer.caseNumber().equals(titleOnly))
                .singleElement()
                .satisfies(offer -> {
                    assertThat(offer.title()).startsWith("关于步行道");
                    assertThat(offer.situation()).isEmpty();
                    assertThat(offer.suggestions()).isEmpty();
                });
        seconding().second(titleOnly, SECONDER);
        assertThat(seconders(titleOnly)).containsExactly(SECONDER);
    }

    @Test
    default void whoProposesIsAskedToSignOrIsNoMemberDoesNotSecondAndWhoDeclinedMay() {
        String number = handedIn(PROPOSER, ticked("full", ASKED_TO_SIGN, ANOTHER));
        for (String person : List.of(PROPOSER, ASKED_TO_SIGN, ANOTHER)) {
            assertThat(offered(number, person)).as(person).isFalse();
            assertThatThrownBy(() -> seconding().second(number, person))
                    .as(person)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("提案者或者已被邀请联名");
        }
        assertThatThrownBy(() -> seconding().second(number, "niu-peiwen")).hasMessageContaining("只有在任的委员可以附议");
        seconding().second(number, SECONDER);

        bean(Submission.class).confirm(number, ANOTHER);
        bean(Submission.class).decline(number, ASKED_TO_SIGN);

        assertThatThrownBy(() -> seconding().second(number, ANOTHER)).hasMessageContaining("提案者");
        assertThat(offered(number, ASKED_TO_SIGN)).isTrue();
        seconding().second(number, ASKED_TO_SIGN);
        assertThat(seconders(number)).containsExactly(SECONDER, ASKED_TO_SIGN);
        assertThat(factOfTheCase(number)).contains("已有2位委员附议");
    }

    @Test
    default void untilItIsHandedToUnitsItIsSecondedAndTakenBackAndNeitherAfterwards() {
        String number = secondable();
        seconding().second(number, SECONDER);
        put(number);
        assertThat(offered(number, ANOTHER)).isTrue();
        seconding().withdraw(number, SECONDER);
        assertThat(seconders(number)).isEmpty();
        assertThatThrownBy(() -> seconding().withdraw(number, SECONDER)).hasMessageContaining("没有附议这件提案");
        seconding().second(number, SECONDER);

        confirmed(number, Map.of("leadUnit", EDUCATION));

        assertThat(offered(number, ANOTHER)).isFalse();
        assertThatThrownBy(() -> seconding().second(number, ANOTHER)).hasMessageContaining(NOT_OPEN);
        assertThatThrownBy(() -> seconding().withdraw(number, SECONDER)).hasMessageContaining("已经交办");
        assertThat(seconding().own(SECONDER))
                .filteredOn(own -> own.caseNumber().equals(number))
                .singleElement()
                .satisfies(own -> assertThat(own.mayWithdraw()).isFalse());
        assertThat(seconders(number)).containsExactly(SECONDER);
    }

    @Test
    default void takenBackAsADraftOrRetractedNobodySecondsItAnyMoreAndThoseWhoDidAreTold() {
        String number = handedIn(PROPOSER, ticked("full", ASKED_TO_SIGN));
        seconding().second(number, SECONDER);

        bean(Submission.class).backToDraft(number, PROPOSER);

        assertThat(factOfTheCase(number)).isEqualTo("同意其他委员附议");
        assertThat(told(number, "secondedChanged", SECONDER)).isOne();
        assertThat(seconding().own(SECONDER))
                .extracting(Seconding.Own::caseNumber)
                .doesNotContain(number);
        assertThatThrownBy(() -> seconding().second(number, SECONDER)).hasMessageContaining(NOT_OPEN);
        bean(Submission.class).handIn(number, PROPOSER);
        seconding().second(number, SECONDER);
        assertThat(seconders(number)).containsExactly(SECONDER);

        String retracted = secondable();
        seconding().second(retracted, SECONDER);
        bean(Retractions.class)
                .retract(
                        bean(Retractions.class)
                                .retractable(PROPOSER, retracted)
                                .get(0)
                                .id(),
                        PROPOSER);
        assertThat(status(retracted)).isEqualTo("draft");
        assertThat(factOfTheCase(retracted)).isEqualTo("同意其他委员附议");
        assertThat(told(retracted, "secondedChanged", SECONDER)).isOne();
    }

    @Test
    default void returnedItWaitsForItsProposerAndRevisedItsSecondersAreToldAndMayGo() {
        String number = secondable();
        seconding().second(number, SECONDER);
        sentBack(number);
        assertThat(offered(number, ANOTHER)).isFalse();
        assertThatThrownBy(() -> seconding().second(number, ANOTHER)).hasMessageContaining(NOT_OPEN);
        assertThat(told(number, "secondedChanged", SECONDER)).isZero();

        step(
                number,
                "reviseProposal",
                PROPOSER,
                Map.of(
                        "title",
                        "关于步行道照明" + Fresh.digits() + "的提案",
                        "situation",
                        "新情况",
                        "analysis",
                        "新分析",
                        "suggestions",
                        List.of(Map.of("text", "一")),
                        "noSecret",
                        true));

        assertThat(told(number, "secondedChanged", SECONDER)).isOne();
        assertThat(seconders(number)).containsExactly(SECONDER);
        assertThat(offered(number, ANOTHER)).isTrue();
        seconding().withdraw(number, SECONDER);
        assertThat(seconders(number)).isEmpty();
    }

    @Test
    default void mergedItKeepsItsSecondersUntilItsLeadIsHandedToUnitsAndTakenOutItIsOpenAgain() {
        String lead = handedIn(PROPOSER);
        String minor = secondable();
        seconding().second(minor, SECONDER);
        seconding().second(minor, ASKED_TO_SIGN);
        reviewed(minor, "merge", Map.of("leadCase", lead));
        assertThat(status(minor)).isEqualTo("merged");
        assertThat(offered(minor, ANOTHER)).isFalse();
        assertThatThrownBy(() -> seconding().second(minor, ANOTHER)).hasMessageContaining(NOT_OPEN);
        seconding().withdraw(minor, ASKED_TO_SIGN);

        put(lead);
        confirmed(lead, Map.of("leadUnit", EDUCATION));
        assertThatThrownBy(() -> seconding().withdraw(minor, SECONDER)).hasMessageContaining("已经交办");
        assertThat(seconders(minor)).containsExactly(SECONDER);
        assertThat(factOfTheCase(lead)).isEmpty();

        bean(Merging.class).undo(minor, "bao-xiaolan", "内容不同。");
        assertThat(offered(minor, ANOTHER)).isTrue();
        seconding().withdraw(minor, SECONDER);
    }

    @Test
    default void withdrawnItsSecondersAreToldOnceAndStayInTheRecord() {
        String number = secondable();
        seconding().second(number, SECONDER);

        bean(Submission.class).withdraw(number, PROPOSER, "相关工作已经启动。");

        assertThat(told(number, "secondedChanged", SECONDER)).isOne();
        assertThat(told(number, "withdrawn", SECONDER)).isZero();
        assertThat(offered(number, ANOTHER)).isFalse();
        assertThatThrownBy(() -> seconding().withdraw(number, SECONDER)).hasMessageContaining("不能再撤回");
        assertThat(seconding().own(SECONDER))
                .filteredOn(own -> own.caseNumber().equals(number))
                .extracting(Seconding.Own::stateLine)
                .containsExactly("提案者已撤回提案");
        assertThat(seconders(number)).containsExactly(SECONDER);
    }

    @Test
    default void whateverTheirNumberOnADayTheProposerIsToldOnceAndOnceMoreTheNextDay() {
        String number = secondable();
        seconding().second(number, SECONDER);
        seconding().second(number, ASKED_TO_SIGN);
        assertThat(told(number, "seconded", PROPOSER)).isOne();

        bean(EngineTime.class).advance(Duration.ofDays(1));
        seconding().second(number, ANOTHER);

        assertThat(told(number, "seconded", PROPOSER)).isEqualTo(2);
        assertThat(db().sql("""
                                select text_body from notice_outbox where case_number = :n and template = 'seconded'
                                  and channel = 'mail' order by id desc""").param("n", number).query(String.class).list().get(0))
                .contains("附议人：原知夏", "附议的委员：3位");
    }

    @Test
    default void whoSecondsIsAskedForNoOpinionGetsNoReplyAndCountsAsNoProposer() {
        String session = bean(Sessions.class).current().id();
        int coSigned = coSigned(session);
        String number = secondable();
        seconding().second(number, SECONDER);
        put(number);
        assigned(number, Map.of("leadUnit", EDUCATION));
        handled(number, EDUCATION);
        draft(number, with(reply(), "contactReason", "提案者外出，已约定时间当面沟通。"));
        signed(number);
        previewed(number);
        deliver(number, EDUCATION, LIAISON, documentNumber(), 1);

        assertThat(waiting(number)).containsExactly("userTask_giveFeedback");
        assertThat(bean(Feedbacks.class).own(number, PROPOSER)).hasSize(1);
        assertThat(bean(Feedbacks.class).own(number, SECONDER)).isEmpty();
        assertThat(bean(Feedbacks.class).awaiting(SECONDER))
                .extracting(asked -> asked.feedback())
                .extracting(Feedback::caseNumber)
                .doesNotContain(number);
        assertThat(db().sql("select distinct template from notice_outbox where case_number = :n and person_id = :p")
                        .param("n", number)
                        .param("p", SECONDER)
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThat(coSigned(session)).isEqualTo(coSigned);
        assertThat(bean(CaseFiles.class).mayRead(number, SECONDER, List.of())).isFalse();
    }

    private int coSigned(String session) {
        return bean(Participation.class).lines(session).stream()
                .filter(line -> line.member().id().equals(SECONDER))
                .findFirst()
                .orElseThrow()
                .coSigned();
    }

    @Test
    default void whoLeavesTheTermStaysNamedAndSecondsNothingMore() {
        String number = secondable();
        String other = secondable();
        seconding().second(number, ANOTHER);
        String until = "update people_member set in_office_until = cast(:day as date) where id = :id";
        db().sql(until)
                .param("day", ChineseTime.day(now()).minusDays(1))
                .param("id", ANOTHER)
                .update();
        try {
            assertThat(seconders(number)).containsExactly(ANOTHER);
            assertThat(factOfTheCase(number)).contains("已有1位委员附议");
            assertThat(seconding().offers(ANOTHER)).isEmpty();
            assertThatThrownBy(() -> seconding().second(other, ANOTHER)).hasMessageContaining("只有在任的委员可以附议");
            seconding().withdraw(number, ANOTHER);
            assertThat(bean(CaseFiles.class).timeline(number))
                    .extracting(TimelineEntry::what)
                    .contains("委员原知夏撤回附议");
        } finally {
            db().sql(until).param("day", null).param("id", ANOTHER).update();
        }
    }
}
