package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.proposal.ProposalStories;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Seconding;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.selection.KeySelection;
import org.banhao.proposal.domain.solicitation.Participation;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.banhao.testing.Fresh;
import org.banhao.testing.WebSession;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** A session for practice beside the real one: as real as needed inside, and nothing of it outside. */
interface MockSessions extends Whole {

    String CONTACT = "niu-peiwen";

    private Member organizer() {
        return bean(People.class).membershipsOf(CONTACT).get(0);
    }

    private String opened() {
        String id = "mn-" + UUID.randomUUID().toString().substring(0, 8);
        bean(SessionAdministration.class)
                .addMock(
                        Answered.CLERK,
                        id,
                        "青少年模拟提案" + id,
                        bean(Clock.class).instant().plus(Duration.ofDays(10)),
                        List.of(organizer().id()));
        return id;
    }

    private String handedIn(String session) {
        Drafts drafts = bean(Drafts.class);
        String number = drafts.beginMock(CONTACT, session, organizer().id(), "市一中“浊漳小队”");
        drafts.save(
                number,
                CONTACT,
                1,
                // the page of a mock has no such tick
                ProposalStories.with(
                        DraftContent.of(
                                "关于校园周边" + Fresh.digits() + "的提案",
                                "现状摘自走访记录。",
                                "缺少统一的办法。",
                                List.of("配齐设施。"),
                                Category.SOCIETY),
                        "secondable",
                        true));
        bean(Submission.class).handIn(number, CONTACT);
        return number;
    }

    private void filed(String number) {
        Answered way = new Answered(this);
        way.step(number, "firstReview", Answered.CLERK, Map.of("firstVerdict", "file", "category", "society"));
        way.step(number, "secondReview", "miao-zhengqing", Map.of("secondVerdict", "file", "category", "society"));
        way.step(number, "decideByDirector", Answered.DIRECTOR, Map.of("finalVerdict", "file"));
        way.step(number, "assignFileNumber", Answered.CLERK, Map.of("numberConfirmed", true));
    }

    @Test
    default void aMockProposalIsReviewedAndNumberedInASeriesOfItsOwnAndIsNeverAssigned() {
        String session = opened();
        int real = nextFileNumber();

        String number = handedIn(session);
        assertThat(number).startsWith("MN-");
        assertThat(bean(CaseFiles.class).get(number).title()).startsWith("【模拟】关于校园周边");
        assertThat(bean(CaseFiles.class).get(number).mock()).isTrue();
        assertThat(desk("暴晓岚").sees(number)).isPresent();
        assertThat(desk("暴晓岚").web().get("/cases/" + number).body()).contains("【模拟】", "不计入统计");
        filed(number);

        assertThat(bean(CaseFiles.class).get(number).fileNumber()).isEqualTo("第001号");
        assertThat(bean(OpenSteps.class).ofCase(number)).isEmpty();
        assertThat(nextFileNumber()).isEqualTo(real);
        assertThat(desk("牛培文").web().get("/my").body()).contains("【模拟】关于校园周边");
    }

    private int nextFileNumber() {
        return db().sql("select coalesce(max(last_number), 0) from casefile_file_number where session_id = :s")
                .param("s", bean(Sessions.class).current().id())
                .query(Integer.class)
                .single();
    }

    @Test
    default void nothingOfAMockCountsPressesOrReachesAnybodyOutside() {
        Session current = bean(Sessions.class).current();
        Participation.Figures before = bean(Participation.class).figures(current.id(), null);

        String session = opened();
        String number = handedIn(session);

        assertThat(bean(Participation.class).figures(current.id(), null).collected())
                .isEqualTo(before.collected());
        assertThat(bean(OpenSteps.class).all()).extracting(OpenStep::caseNumber).doesNotContain(number);
        assertThat(bean(OpenSteps.class).ofCase(number)).isNotEmpty();
        assertThat(bean(Sessions.class).all()).extracting(Session::id).doesNotContain(session);
        assertThatThrownBy(() ->
                        bean(KeySelection.class).nominate(session, "公园经济", "群众关注。", List.of(number), Answered.CLERK))
                .hasMessageContaining("不遴选重点提案");
        assertThatThrownBy(() -> bean(Solicitations.class).begin(session, Answered.CLERK))
                .hasMessageContaining("不向委员征集");
        assertThatThrownBy(() -> bean(SessionAdministration.class).makeCurrent(Answered.CLERK, session))
                .hasMessageContaining("不能设为当前届次");
        assertThat(bean(Seconding.class).offers("wei-linshu"))
                .extracting(Seconding.Offer::caseNumber)
                .doesNotContain(number);
        assertThatThrownBy(() -> bean(Seconding.class).second(number, "wei-linshu"))
                .hasMessageContaining("没有这件可以附议的提案");
        filed(number);
        assertThat(db().sql("select distinct person_id from notice_outbox where case_number = :n")
                        .param("n", number)
                        .query(String.class)
                        .list())
                .containsExactly(CONTACT);
    }

    @Test
    default void onlyItsOrganisersAndTheCommitteeSeeAMockAndOnlyWhileItIsOpenIsOneHandedIn() {
        String session = opened();
        String number = handedIn(session);
        assertThat(desk("平立川").web().get("/cases/" + number).statusCode()).isNotEqualTo(200);
        assertThat(desk("卫林书").web().get("/cases/" + number).statusCode()).isNotEqualTo(200);
        assertThat(desk("牛培文").web().get("/my/proposals/" + number).statusCode())
                .isEqualTo(200);
        assertThatThrownBy(() -> bean(Drafts.class).beginMock("wei-linshu", session, "wei-linshu", "一队"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不由您所在的单位承办");

        String draft =
                bean(Drafts.class).beginMock(CONTACT, session, organizer().id(), "二队");
        bean(SessionAdministration.class).closeMock(Answered.CLERK, session);

        assertThatThrownBy(() -> bean(Drafts.class)
                        .beginMock(CONTACT, session, organizer().id(), "三队"))
                .hasMessageContaining("没有开放或者已经截止");
        assertThatThrownBy(() -> bean(Submission.class).handIn(draft, CONTACT)).hasMessageContaining("没有开放或者已经截止");
        bean(SessionAdministration.class).reopenMock(Answered.CLERK, session);
        assertThat(handedIn(session)).startsWith("MN-");
    }

    @Test
    default void aMockIsOpenedOnThePageOfSessionsAndEnteredOnTheOrganisersOwnPage() {
        String id = "mn-" + UUID.randomUUID().toString().substring(0, 8);
        List<Map.Entry<String, String>> fields = List.of(
                Map.entry("id", id),
                Map.entry("name", "竞赛" + id),
                Map.entry("closesAt", "2030-01-01T18:00"),
                Map.entry("organizers", organizer().id()));
        assertThat(desk("暴晓岚").web().form("/proposals/sessions/mock", fields).body())
                .contains("请写明“模拟”");
        List<Map.Entry<String, String>> named =
                List.of(fields.get(0), Map.entry("name", "模拟竞赛" + id), fields.get(2), fields.get(3));
        assertThat(desk("暴晓岚").web().form("/proposals/sessions/mock", named).statusCode())
                .isEqualTo(302);
        assertThat(desk("暴晓岚").web().get("/proposals/sessions").body())
                .contains("模拟竞赛" + id, organizer().name());

        assertThat(desk("牛培文").web().get("/my").body()).contains("模拟竞赛" + id);
        String there = desk("牛培文")
                .web()
                .form(
                        "/my/mock",
                        List.of(
                                Map.entry("session", id),
                                Map.entry("member", organizer().id()),
                                Map.entry("team", "市二中“丹河小队”")))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(there).contains("/my/drafts/MN-");
        assertThat(desk("牛培文").web().get(there.substring(there.indexOf("/my/"))).body())
                .contains("模拟提案（模拟竞赛" + id)
                .doesNotContain("data-cosigners");

        WebSession clerk = desk("暴晓岚").web();
        String close = "/proposals/sessions/" + id + "/mock-end";
        assertThat(clerk.follow(clerk.form(close, List.of())).body()).contains("模拟届次已关闭");
        var again = clerk.form(close, List.of());
        assertThat(again.statusCode())
                .as("told where it was asked, on no error page")
                .isEqualTo(302);
        assertThat(clerk.follow(again).body()).contains("模拟竞赛" + id + "已经关闭，请刷新页面。");
    }
}
