package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.domain.Accounts;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.selection.KeySelection;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
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
        assertThat(desk("平立川").web().get("/proposals/key").body()).doesNotContain("推荐理由：群众关注");
        selected(topic);
        assertThat(desk("路守正").web().get("/proposals/key").body()).contains("撤销重点提案…", "督办：平立川");
    }
}
