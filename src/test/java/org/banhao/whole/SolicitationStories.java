package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.banhao.base.ChineseTime;
import org.banhao.document.Documents;
import org.banhao.proposal.ProposalStories;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.solicitation.Participation;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.banhao.proposal.domain.solicitation.Topics;
import org.banhao.testing.WebSession;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

/** Who takes part in a session and who is reminded, and the topics it names; each in a session of its own. */
interface SolicitationStories extends HandlingWay {

    String COSIGNER = "gao-qingyuan";
    String WITHDRAWER = "shen-yuhe";

    private String ownSession() {
        String id = "t" + UUID.randomUUID().toString().substring(0, 8);
        bean(SessionAdministration.class)
                .add(
                        "bao-xiaolan",
                        id,
                        now().plus(Duration.ofDays(10)),
                        new SessionAdministration.Rules("届次" + id, "meeting", 50, 1500, 500, 3, 1));
        return id;
    }

    /** What is handed in goes to the open session; it is counted in this one. */
    private void countedIn(String session, String... numbers) {
        db().sql("update proposal_proposal set session_id = :s where case_number in (:n)")
                .param("s", session)
                .param("n", List.of(numbers))
                .update();
    }

    private String joint() {
        String number = invited(COSIGNER);
        bean(Submission.class).confirm(number, COSIGNER);
        return number;
    }

    private String ofAnOrganisation(String id) {
        db().sql("""
                        insert into people_member (id, person_id, kind, name, member_number, sector, party, post)
                        values (:id, 'niu-peiwen', 'organization', '测试团体', '', '', '', '')""").param("id", id).update();
        String number = bean(Drafts.class).begin("niu-peiwen", id);
        DraftContent content = ProposalStories.with(
                DraftContent.of("关于团体" + id + "的提案", "现状。", "分析。", List.of("配齐专职教师。"), Category.SOCIETY),
                "seal",
                bean(Documents.class)
                        .store(
                                null,
                                Drafts.step(number),
                                "盖章页.pdf",
                                new ByteArrayInputStream(PDF),
                                "niu-peiwen",
                                "niu-peiwen")
                        .id());
        bean(Drafts.class).save(number, "niu-peiwen", 1, content);
        bean(Submission.class).handIn(number, "niu-peiwen");
        return number;
    }

    private int inOffice() {
        LocalDate today = ChineseTime.day(now());
        return db().sql("""
                        select count(*) from people_member where kind = 'member'
                          and (in_office_until is null or in_office_until >= :today) and (in_office_since is null or in_office_since <= :today)""").param("today", today).query(Integer.class).single();
    }

    private Participation.Line line(String session, String member) {
        return bean(Participation.class).lines(session).stream()
                .filter(one -> one.member().id().equals(member))
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void whoTookPartIsCountedOnceAmongTheMembersOfToday() {
        String session = ownSession();
        String withdrawn = handedIn(WITHDRAWER);
        bean(Submission.class).withdraw(withdrawn, WITHDRAWER, "情况已经变化");
        String body = "body-" + UUID.randomUUID().toString().substring(0, 8);
        countedIn(session, joint(), handedIn(PROPOSER), withdrawn, ofAnOrganisation(body));

        assertThat(line(session, PROPOSER)).satisfies(line -> {
            assertThat(line.proposed()).isEqualTo(2);
            assertThat(line.coSigned()).isZero();
        });
        assertThat(line(session, COSIGNER)).satisfies(line -> {
            assertThat(line.proposed()).isZero();
            assertThat(line.coSigned()).isEqualTo(1);
            assertThat(line.submitted()).isTrue();
        });
        assertThat(line(session, WITHDRAWER).submitted())
                .as("a withdrawn one is none")
                .isFalse();
        assertThat(line(session, body).proposed())
                .as("an organisation has a line of its own")
                .isEqualTo(1);
        Participation participation = bean(Participation.class);
        assertThat(participation.figures(session, null)).satisfies(figures -> {
            assertThat(figures.collected()).isEqualTo(3);
            assertThat(figures.withdrawn()).isEqualTo(1);
            assertThat(figures.participants())
                    .as("two members; an organisation is no member")
                    .isEqualTo(2);
            assertThat(figures.inOffice()).isEqualTo(inOffice()).isGreaterThan(3);
            assertThat(figures.byKind())
                    .containsEntry("委员联名提案", 1)
                    .containsEntry("委员个人提案", 1)
                    .containsEntry("集体提案", 1);
        });

        int before = inOffice();
        String left = "update people_member set in_office_until = cast(:day as date) where id = :id";
        db().sql(left)
                .param("day", ChineseTime.day(now()).minusDays(1))
                .param("id", COSIGNER)
                .update();
        try {
            assertThat(participation.figures(session, null)).satisfies(figures -> {
                assertThat(figures.inOffice()).isEqualTo(before - 1);
                assertThat(figures.participants())
                        .as("who left is neither above nor below the line")
                        .isEqualTo(1);
                assertThat(figures.collected()).as("his proposal stays").isEqualTo(3);
            });
            assertThat(participation.lines(session))
                    .extracting(one -> one.member().id())
                    .doesNotContain(COSIGNER);
        } finally {
            db().sql("update people_member set in_office_until = null where id = :id")
                    .param("id", COSIGNER)
                    .update();
        }
    }

    @Test
    default void whoHasHandedInOrCoSignedIsNotReminded() {
        String session = ownSession();
        String number = bean(Solicitations.class).begin(session, "bao-xiaolan");
        step(number, "prepareTopics", "bao-xiaolan", Map.of("callText", "现征集本届次提案，请于截止以前提交。"));
        step(number, "approveCall", "lu-shouzheng", Map.of("callVerdict", "approve"));
        String withdrawn = handedIn(WITHDRAWER);
        bean(Submission.class).withdraw(withdrawn, WITHDRAWER, "情况已经变化");
        countedIn(session, joint(), withdrawn);

        int told = bean(Solicitations.class).remind(session, "bao-xiaolan");

        List<String> reminded = db().sql(
                        "select distinct person_id from notice_outbox where case_number = :n and template = 'solicitationReminder'")
                .param("n", number)
                .query(String.class)
                .list();
        assertThat(reminded)
                .as("who withdrew has nothing in; who proposed or co-signed has")
                .contains(WITHDRAWER)
                .doesNotContain(PROPOSER, COSIGNER)
                .hasSize(told);
    }

    @Test
    default void aTableOfAHundredAndFiveTopicsIsTakenInThroughThePage() throws IOException {
        String session = ownSession();
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(table, "test", "1.0")) {
            Worksheet sheet = book.newWorksheet("选题");
            for (String heading : List.of("序号", "选题", "来源"))
                sheet.value(0, List.of("序号", "选题", "来源").indexOf(heading), heading);
            for (int row = 1; row <= 105; row++) {
                sheet.value(row, 0, row);
                sheet.value(row, 1, "参考选题" + row);
                sheet.value(row, 2, row % 2 == 0 ? "市教育局" : "委员线索");
            }
        }
        WebSession clerk = desk("暴晓岚").web();
        String page = "/proposals/solicitation/table";

        assertThat(clerk.follow(clerk.upload(page, Map.of("session", session), "选题.xlsx", table.toByteArray()))
                        .body())
                .contains("可以导入105个选题")
                .contains("还没有参考选题");
        assertThat(clerk.follow(clerk.upload(
                                page, Map.of("session", session, "takeIn", "yes"), "选题.xlsx", table.toByteArray()))
                        .body())
                .contains("已导入105个选题", "参考选题（<span>105</span>个）", "参考选题105");
        assertThat(bean(Topics.class).of(session))
                .hasSize(105)
                .allSatisfy(topic -> assertThat(topic.source()).isIn("市教育局", "委员线索"));
        assertThat(clerk.follow(clerk.upload(page, Map.of("session", session), "选题.xlsx", table.toByteArray()))
                        .body())
                .as("none is taken in twice; so many of the bad cells are listed")
                .contains("表格有105处要改", "另有55处没有列出", "参考选题（<span>105</span>个）");
    }
}
