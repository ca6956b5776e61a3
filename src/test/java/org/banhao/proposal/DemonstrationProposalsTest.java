package org.banhao.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.casefile.TimelineEntry;
import org.banhao.testing.Databases;
import org.banhao.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The demonstration as a newcomer finds it: a database of its own, because other tests work on the same piles. */
class DemonstrationProposalsTest extends WholeApplication {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        register(registry, Databases.H2);
    }

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private OpenSteps openSteps;

    private String number(String title) {
        return jdbc.sql("select case_number from proposal_proposal where title = ?")
                .param(title)
                .query(String.class)
                .single();
    }

    @Test
    void theThemesOfTheCityStandAtDifferentStages() {
        List<String> statuses = jdbc
                .sql("select case_number from proposal_proposal where situation like '%（演示数据）' order by case_number")
                .query(String.class)
                .list()
                .stream()
                .map(number -> cases.get(number).status())
                .toList();

        assertThat(statuses)
                .containsExactlyInAnyOrder(
                        "filed",
                        "filed",
                        "filed",
                        "merged",
                        "awaitingNumber",
                        "planFile",
                        "secondReview",
                        "returned",
                        "collecting",
                        "firstReview",
                        "firstReview",
                        "secondReview",
                        "draft",
                        "notFiled",
                        "converted",
                        "withdrawn",
                        "draft",
                        "assigned",
                        "handling",
                        "handling",
                        "handling",
                        "replied",
                        "replied",
                        "secondHandling");
    }

    @Test
    void aPromiseStandsASecondHandlingRunsAndOfTwoSeparateUnitsOneHasReplied() {
        String economy = number("关于发展低空经济的提案");
        assertThat(jdbc.sql("select content from proposal_commitment where case_number = ?")
                        .param(economy)
                        .query(String.class)
                        .list())
                .containsExactly("建成三处公共起降点，由一个平台统一预约");
        assertThat(jdbc.sql(
                                "select r.result_class from proposal_reply r join proposal_handling h on h.id = r.handling_id"
                                        + " where h.case_number = ?")
                        .param(economy)
                        .query(String.class)
                        .list())
                .containsExactly("B");

        assertThat(openSteps.ofCase(number("关于规范畜禽养殖场医疗废弃物处置的提案")))
                .singleElement()
                .satisfies(step -> assertThat(step.groups()).containsExactly("agriculture-bureau.liaison"));
        assertThat(states("关于规范畜禽养殖场医疗废弃物处置的提案")).containsExactlyInAnyOrder("delivered", "opinionSent", "handling");

        assertThat(states("关于建设浊漳河“生态走廊”的提案")).containsExactlyInAnyOrder("delivered", "drafting");
    }

    private List<String> states(String title) {
        return jdbc.sql("select state from proposal_handling where case_number = ?")
                .param(number(title))
                .query(String.class)
                .list();
    }

    @Test
    void theDesksOfTheBureausAreNotEmpty() {
        assertThat(jdbc
                        .sql("select case_number from proposal_proposal where situation like '%（演示数据）'")
                        .query(String.class)
                        .list()
                        .stream()
                        .flatMap(number -> openSteps.ofCase(number).stream())
                        .map(OpenStep::task))
                .contains(
                        "userTask_confirmUnits",
                        "userTask_answerAssignment",
                        "userTask_forwardToSection",
                        "userTask_draftReply");
    }

    @Test
    void theRecordSaysWhichPersonDidWhat() {
        List<TimelineEntry> timeline = cases.timeline(number("关于推进老旧小区加装电梯的提案"));

        assertThat(timeline).extracting(TimelineEntry::who).contains("申雨禾").doesNotContain("系统");
    }

    @Test
    void aMemberSeesHisOwnOnTheirPage() {
        String page = signedIn("卫林书").get("/my").body();

        assertThat(page)
                .contains("关于加强在校中小学生心理健康教育的提案")
                .contains("草稿，")
                .contains("邀请我联名的提案")
                .contains("等待2位联名人确认")
                .doesNotContain("关于规范畜禽养殖场医疗废弃物处置的提案");
    }
}
