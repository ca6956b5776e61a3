package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.casefile.TimelineEntry;
import org.banhao.casefile.domain.StoredMeetings;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Meetings;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.assignment.AssignmentTable;
import org.banhao.proposal.domain.assignment.Outcome;
import org.banhao.proposal.domain.selection.KeySelection;
import org.banhao.testing.WebSession;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** A meeting as one object: who came, the agenda, decisions that complete what waited for them, minutes, the end. */
interface MeetingRecords extends Whole {

    byte[] MINUTES = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
            .getBytes(StandardCharsets.US_ASCII);

    private StoredMeetings meetings() {
        return bean(StoredMeetings.class);
    }

    private StoredMeetings.View view(long meeting) {
        return meetings().view(meeting, Answered.SECRETARY);
    }

    private String waitsForMeeting() {
        return waitsForMeeting(Answered.PROPOSER);
    }

    private String waitsForMeeting(String proposer) {
        String number = bean(Drafts.class).begin(proposer, proposer);
        bean(Drafts.class)
                .save(
                        number,
                        proposer,
                        1,
                        DraftContent.of(
                                "关于会议议程" + UUID.randomUUID().toString().substring(0, 8) + "的提案",
                                "现状摘自走访记录。",
                                "缺少统一的办法。",
                                List.of("配齐设施。"),
                                Category.SOCIETY));
        bean(Submission.class).handIn(number, proposer);
        Answered way = new Answered(this);
        way.step(number, "firstReview", Answered.CLERK, Map.of("firstVerdict", "file", "category", "society"));
        way.step(number, "secondReview", "miao-zhengqing", Map.of("secondVerdict", "file", "category", "society"));
        return number;
    }

    private long held(String kind) {
        return new Answered(this).meeting(kind);
    }

    private Meetings.Outcome decide(long meeting, String... numbers) {
        return bean(Meetings.class)
                .decide(
                        meeting,
                        List.of(numbers).stream()
                                .map(number -> new Meetings.Decision(
                                        number, null, "file", null, null, null, List.of(), "同意立案", null))
                                .toList(),
                        Answered.SECRETARY);
    }

    @Test
    default void whatTheMeetingDecidesCompletesTheWaitingTasksAndStandsOnceInItsRecord() {
        String one = waitsForMeeting();
        String two = waitsForMeeting();
        long meeting = held("committee");
        meetings().planWaiting(meeting, Answered.SECRETARY);
        assertThat(view(meeting).agenda())
                .extracting(StoredMeetings.Item::caseNumber)
                .contains(one, two);

        Meetings.Outcome outcome = decide(meeting, one, two, "TA-2000-000001");

        assertThat(outcome.done()).isEqualTo(2);
        assertThat(outcome.failures()).extracting(Meetings.Failure::caseNumber).containsExactly("TA-2000-000001");
        assertThat(bean(OpenSteps.class).ofCase(one))
                .extracting(OpenStep::task)
                .containsExactly("userTask_assignFileNumber");
        StoredMeetings.Item item = view(meeting).agenda().stream()
                .filter(each -> one.equals(each.caseNumber()))
                .findFirst()
                .orElseThrow();
        assertThat(item.decision().words()).isEqualTo("立案");
        assertThat(item.earlier()).isEmpty();
        assertThat(decide(meeting, one).failures()).hasSize(1);
        assertThatThrownBy(() -> meetings().record(item.id(), "不立案", null, Answered.SECRETARY))
                .hasMessageContaining("已经登记过决定");
    }

    @Test
    default void whoIsRecusedStandsInTheRecordWhicheverWayTheDecisionCameInAndRecordsNothingHimself() {
        String batch = waitsForMeeting();
        String single = waitsForMeeting();
        String own = waitsForMeeting();
        long meeting = held("committee");
        WebSession secretary = desk("阎小满").web();
        secretary.form(
                "/proposals/meetings/decisions",
                List.of(
                        Map.entry("meeting", String.valueOf(meeting)),
                        Map.entry("case", batch),
                        Map.entry("verdict-" + batch, "file"),
                        Map.entry("text-" + batch, "同意立案"),
                        Map.entry("recusal-" + batch, "卫林书，提案者")));
        new Answered(this)
                .step(
                        single,
                        "decideInMeeting",
                        Answered.SECRETARY,
                        Map.of(
                                "meeting",
                                String.valueOf(meeting),
                                "finalVerdict",
                                "file",
                                "decisionText",
                                "同意立案",
                                "recusal",
                                "卫林书，提案者"));

        assertThat(db().sql("select recusal from proposal_review where case_number in (:all) and level = 'final'")
                        .param("all", List.of(batch, single))
                        .query(String.class)
                        .list())
                .as("both ways store the same")
                .containsExactly("卫林书，提案者", "卫林书，提案者");
        assertThat(view(meeting).agenda())
                .extracting(item -> item.decision().note())
                .containsExactly("同意立案\n回避：卫林书，提案者", "同意立案\n回避：卫林书，提案者");
        assertThat(secretary.get("/meetings/" + meeting).body()).contains("回避：卫林书，提案者");
        assertThat(desk("暴晓岚").web().get("/cases/" + batch).body()).contains("同意立案。回避：卫林书，提案者");

        Meetings.Outcome refused = bean(Meetings.class)
                .decide(
                        meeting,
                        List.of(new Meetings.Decision(
                                own, null, "file", null, null, null, List.of(), "同意立案", "阎小满，提案者的亲属")),
                        Answered.SECRETARY);
        assertThat(refused.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.sentence()).contains("请由其他同志登记"));
        meetings()
                .change(
                        meeting,
                        view(meeting).meeting().name(),
                        view(meeting).meeting().heldOn(),
                        null,
                        "",
                        "路守正",
                        Answered.SECRETARY);
        for (Map.Entry<String, Integer> said : List.of(Map.entry("路守正，提案者", 0), Map.entry("路守正，提案者；本件由郎慧主持", 1)))
            assertThat(bean(Meetings.class)
                            .decide(
                                    meeting,
                                    List.of(new Meetings.Decision(
                                            own, null, "file", null, null, null, List.of(), "", said.getKey())),
                                    Answered.SECRETARY)
                            .done())
                    .as(said.getKey())
                    .isEqualTo(said.getValue());
    }

    @Test
    default void aCorrectedDecisionStandsBesideTheOriginalAndIsCorrectedOnce() {
        String number = waitsForMeeting();
        long meeting = held("committee");
        decide(meeting, number);
        long wrong = view(meeting).agenda().get(0).decision().id();
        assertThatThrownBy(() -> meetings().correct(wrong, "立案（重点）", " ", Answered.SECRETARY))
                .hasMessageContaining("更正理由");

        meetings().correct(wrong, "立案（重点）", "漏记了重点", Answered.SECRETARY);

        StoredMeetings.Item item = view(meeting).agenda().get(0);
        assertThat(item.decision().words()).isEqualTo("立案（重点）");
        assertThat(item.earlier()).extracting(StoredMeetings.Decision::words).containsExactly("立案");
        assertThatThrownBy(() -> meetings().correct(wrong, "另一个", "再改", Answered.SECRETARY))
                .hasMessageContaining("已经更正过");
        assertThat(bean(CaseFiles.class).timeline(number))
                .extracting(TimelineEntry::what)
                .contains("更正会议决定：立案 → 立案（重点）");
        assertThatThrownBy(() -> meetings().correct(item.decision().id(), "立案", "不对", Answered.CLERK))
                .hasMessageContaining("只有会议秘书");
    }

    @Test
    default void belowTheQuorumThePartyGroupDecidesNothingAndOthersSayWhyTheyDoAllTheSame() {
        String number = waitsForMeeting();
        long party = held("partyGroup");
        meetings().attendance(party, "甲一", "乙二 出差\n丙三", null, null, Answered.SECRETARY);
        assertThat(decide(party, number).failures())
                .singleElement()
                .extracting(Meetings.Failure::sentence)
                .asString()
                .contains("应到3人、实到1人", "不能登记决定");

        long committee = held("committee");
        meetings().attendance(committee, "甲一", "乙二 出差", null, null, Answered.SECRETARY);
        assertThat(decide(committee, number).failures())
                .singleElement()
                .extracting(Meetings.Failure::sentence)
                .asString()
                .contains("写明仍然作出决定的依据");
        meetings().attendance(committee, "甲一", "乙二 出差", "列席人", "电话征得乙二同意", Answered.SECRETARY);
        assertThat(decide(committee, number).done()).isEqualTo(1);
        assertThat(view(committee).entitled()).isEqualTo(2);
    }

    @Test
    default void theQuorumIsDataThatCountsFromTheDayItWasChanged() {
        StoredMeetings.Quorum before = meetings().quorums().stream()
                .filter(rule -> rule.kind().code().equals("standingCommittee"))
                .findFirst()
                .orElseThrow();
        long meeting = held("standingCommittee");
        meetings().attendance(meeting, "甲一\n乙二", "丙三", null, null, Answered.SECRETARY);
        assertThat(view(meeting).quorate()).isTrue();
        try {
            meetings().quorum("standingCommittee", 3, 4, false, true, "常委会工作规则", Answered.SECRETARY);
            assertThat(view(meeting).quorate()).isFalse();
            assertThatThrownBy(
                            () -> meetings().quorum("standingCommittee", 5, 4, false, true, "规则", Answered.SECRETARY))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("法定人数");
        } finally {
            meetings()
                    .quorum(
                            "standingCommittee",
                            before.numerator(),
                            before.denominator(),
                            before.moreThan(),
                            before.refuses(),
                            before.basis(),
                            Answered.SECRETARY);
        }
    }

    @Test
    default void aMeetingEndsWhenNothingIsMissingAndThenDecidesNoMore() {
        String number = waitsForMeeting();
        long meeting = held("committee");
        meetings().plan(meeting, "", "听取提案审查情况报告", Answered.SECRETARY);
        long topic = view(meeting).agenda().get(0).id();
        assertThatThrownBy(() -> meetings().close(meeting, Answered.SECRETARY)).hasMessageContaining("先登记到会人员");
        meetings().attendance(meeting, "甲一\n乙二", null, null, null, Answered.SECRETARY);
        assertThatThrownBy(() -> meetings().close(meeting, Answered.SECRETARY)).hasMessageContaining("没有登记决定");
        meetings().record(topic, "同意报告", null, Answered.SECRETARY);
        assertThatThrownBy(() -> meetings().close(meeting, Answered.SECRETARY)).hasMessageContaining("先上传会议纪要");
        meetings().minutes(meeting, "纪要.pdf", new ByteArrayInputStream(MINUTES), Answered.SECRETARY);
        meetings().close(meeting, Answered.SECRETARY);

        assertThatThrownBy(() -> decide(meeting, number)).hasMessageContaining("已经结束的会议不能再登记决定");
        String minutes = view(meeting).minutes().get(0).id();
        assertThat(desk("暴晓岚").web().get("/api/documents/" + minutes).statusCode())
                .isEqualTo(200);
        assertThat(desk("卫林书").web().get("/api/documents/" + minutes).statusCode())
                .isNotEqualTo(200);
        assertThat(desk("田禾").web().get("/meetings/" + meeting).statusCode()).isNotEqualTo(200);
        assertThat(desk("田禾").web().get("/meetings").statusCode()).isEqualTo(403);
    }

    @Test
    default void aMeetingThatHasDecidedIsNotMovedToADayToCome() {
        long meeting = held("committee");
        LocalDate today = new Answered(this).today();
        meetings().plan(meeting, "", "听取审查报告", Answered.SECRETARY);
        meetings().plan(meeting, "", "讨论下届选题", Answered.SECRETARY);
        String name = view(meeting).meeting().name();
        meetings().change(meeting, name, today.plusDays(1), null, "", "", Answered.SECRETARY);
        meetings().change(meeting, name, today, null, "", "", Answered.SECRETARY);
        meetings().record(view(meeting).agenda().get(0).id(), "同意报告", null, Answered.SECRETARY);

        assertThatThrownBy(() -> meetings().change(meeting, name, today.plusDays(1), null, "", "", Answered.SECRETARY))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("heldOn"));
        assertThat(view(meeting).meeting().heldOn()).isEqualTo(today);
        assertThat(meetings().readable(Answered.SECRETARY))
                .filteredOn(line -> line.meeting().id() == meeting)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.items()).isEqualTo(2);
                    assertThat(line.undecided()).isEqualTo(1);
                });
    }

    @Test
    default void whatWasTypedForOneItemOfTheAgendaIsThereAgainAfterARefusalAndOnlyThere() {
        long meeting = held("committee");
        meetings().plan(meeting, "", "听取审查报告", Answered.SECRETARY);
        meetings().plan(meeting, "", "讨论下届选题", Answered.SECRETARY);
        long first = view(meeting).agenda().get(0).id();
        WebSession secretary = desk("阎小满").web();
        String path = "/meetings/" + meeting;
        secretary.form(
                path + "/agenda/" + first + "/decision",
                List.of(Map.entry("words", "同意" + "很".repeat(200)), Map.entry("note", "纪要第三页")));
        String refused = secretary.get(path).body();
        assertThat(refused).contains("「会议决定」最多200字");
        assertThat(typed(refused, "纪要第三页")).as(refused).isEqualTo(1);

        secretary.follow(secretary.form(path + "/agenda/" + first + "/decision", List.of(Map.entry("words", "同意报告"))));
        long wrong = view(meeting).agenda().get(0).decision().id();
        secretary.form(
                path + "/decisions/" + wrong + "/correction",
                List.of(Map.entry("words", "原则同意报告"), Map.entry("note", " ")));
        assertThat(typed(secretary.get(path).body(), "原则同意报告")).isEqualTo(1);
        assertThat(typed(secretary.get(path).body(), "原则同意报告")).as("told once").isZero();
    }

    private static int typed(String page, String words) {
        return page.split("value=\"" + words + "\"", -1).length - 1;
    }

    @Test
    default void whileAStepWaitsTheDecisionIsRecordedWhereItIsCarriedOut() {
        String number = waitsForMeeting();
        long meeting = held("committee");
        meetings().plan(meeting, number, null, Answered.SECRETARY);
        assertThatThrownBy(() -> meetings().plan(meeting, number, null, Answered.SECRETARY))
                .hasMessageContaining("已经在议程里");
        long item = view(meeting).agenda().get(0).id();

        assertThatThrownBy(() -> meetings().record(item, "立案", null, Answered.SECRETARY))
                .hasMessageContaining("请在“提案终审”里登记");
        assertThat(view(meeting).businesses())
                .extracting(StoredMeetings.Business::page)
                .contains("/proposals/meetings?meeting=" + meeting);
        String draft = bean(Drafts.class).begin(Answered.PROPOSER, Answered.PROPOSER);
        assertThatThrownBy(() -> meetings().plan(meeting, draft, null, Answered.SECRETARY))
                .hasMessageContaining("没有编号为");
    }

    @Test
    default void anAssignmentMeetingAssignsWhatWaitsForIt() {
        String number = new Answered(this).filed(false);
        long meeting = bean(CaseMeetings.class)
                .create("assignment", "交办会" + UUID.randomUUID(), new Answered(this).today(), "hou-wang");
        AssignmentTable table = bean(AssignmentTable.class);
        table.plan(List.of(typed(table, number)), "hou-wang");

        Outcome outcome = table.assign(List.of(typed(table, number)), meeting, "hou-wang");

        assertThat(outcome.failures()).isEmpty();
        StoredMeetings.Item item = meetings().view(meeting, "hou-wang").agenda().get(0);
        assertThat(item.caseNumber()).isEqualTo(number);
        assertThat(item.decision().words()).isEqualTo("交办");
        assertThatThrownBy(() -> table.assign(List.of(), held("committee"), "hou-wang"))
                .hasMessageContaining("请选择一次交办会");
    }

    @Test
    default void whenAProposalBecomesKeyThoseWhoWereMergedIntoItAreToldInTheirOwnCase() {
        String lead = waitsForMeeting();
        String merged = waitsForMeeting("gao-qingyuan");
        long committee = held("committee");
        assertThat(decide(committee, lead).done()).isEqualTo(1);
        new Answered(this).step(lead, "assignFileNumber", Answered.CLERK, Map.of("numberConfirmed", true));
        assertThat(bean(Meetings.class)
                        .decide(
                                committee,
                                List.of(new Meetings.Decision(
                                        merged, null, "merge", lead, null, null, List.of(), null, null)),
                                Answered.SECRETARY)
                        .done())
                .isEqualTo(1);
        KeySelection selection = bean(KeySelection.class);
        String session = bean(Sessions.class).current().id();
        long topic = selection.nominate(session, "选题" + UUID.randomUUID(), "群众关注，见效快。", List.of(lead), Answered.CLERK);
        selection.pass(held("partyGroup"), List.of(topic), Answered.SECRETARY);
        long council = held("chairsCouncil");
        selection.decide(
                council,
                List.of(new KeySelection.Decision(topic, true, "ping-lichuan", null, null)),
                Answered.SECRETARY);

        assertThat(new Answered(this).told(merged, "keySelected", "gao-qingyuan"))
                .isEqualTo(1);
        assertThat(view(council).agenda())
                .singleElement()
                .satisfies(item -> assertThat(item.decision().words()).isEqualTo("确定为重点提案，督办：平立川"));
    }

    @Test
    default void theLiaisonForwardsWithinATermOfItsOwnAndTheSectionHasUntilTheReply() {
        Answered way = new Answered(this);
        String number = way.filed(false);
        way.assigned(number);
        Instant forward = way.open(number).get(0).due();
        way.step(number, "forwardToSection", Answered.LIAISON, Map.of("section", "基础教育科"));
        Instant handle = way.open(number).get(0).due();

        assertThat(forward).isBefore(way.now().plus(Duration.ofDays(20)));
        assertThat(handle).isAfter(way.now().plus(Duration.ofDays(60)));
    }

    private static AssignmentTable.Typed typed(AssignmentTable table, String number) {
        AssignmentTable.Line line = table.lines(new AssignmentTable.Filter(null, null, false), "hou-wang").stream()
                .filter(each -> each.caseNumber().equals(number))
                .findFirst()
                .orElseThrow();
        return new AssignmentTable.Typed(number, line.version(), "市教育局", "", "", "", "按职责分工");
    }

    @Test
    default void thePagesOfAMeetingLeadThroughItFromTheListToItsEnd() {
        String name = "提案委员会会议" + UUID.randomUUID();
        String there = desk("阎小满")
                .web()
                .form(
                        "/meetings",
                        List.of(
                                Map.entry("kind", "committee"),
                                Map.entry("name", name),
                                Map.entry("heldOn", new Answered(this).today().toString())))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String path = there.substring(there.indexOf("/meetings/"));
        assertThat(desk("阎小满").web().get("/meetings").body()).contains(name, "超过应到人数的1/2");
        desk("阎小满")
                .web()
                .form(
                        path,
                        List.of(
                                Map.entry("name", name),
                                Map.entry("heldOn", new Answered(this).today().toString()),
                                Map.entry("heldAt", "09:30"),
                                Map.entry("place", "机关三楼会议室"),
                                Map.entry("chair", "路守正")));
        desk("阎小满")
                .web()
                .form(path + "/attendance", List.of(Map.entry("present", "路守正\n暴晓岚"), Map.entry("absent", "宿明 出差")));
        desk("阎小满").web().form(path + "/agenda", List.of(Map.entry("caseNumber", ""), Map.entry("subject", "听取审查报告")));
        String body = desk("阎小满").web().get(path).body();
        assertThat(body).contains("09:30", "机关三楼会议室", "应到3人，实到2人", "宿明 出差", "听取审查报告");
        assertThat(desk("暴晓岚").web().get(path).body()).contains("听取审查报告").doesNotContain("结束会议…");
        Meeting meeting = bean(CaseMeetings.class).all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(desk("暴晓岚").web().get("/cases/" + meeting.number()).body()).contains(name, "登记到会");
    }
}
