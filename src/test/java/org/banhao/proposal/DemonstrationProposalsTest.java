package org.banhao.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.casefile.TimelineEntry;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.banhao.testing.Accounts;
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
                        "assigned",
                        "handling",
                        "handling",
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

    private static List<String> words(String text) {
        return List.of(text.strip().split("[\\s、，,]+"));
    }

    /** Who appears in the demonstration, organs by their real names, people invented. */
    @Test
    void theCastHasThePeopleTheProposersAndTheUnitsThatWereChosenForIt() {
        assertThat(accounts().all()).extracting(Accounts.Account::name).containsAll(words("""
                        卫林书 郜清远 申雨禾 靳松年 原知夏 牛培文 暴晓岚 宿明 路守正 苗正清 郎慧 平立川 阎小满 秦怀远 侯望
                        田禾 宋一鸣 牛莉 冯远山 赵知行 武晨 史坚 段海 申昱 栗青 郭岩 韩越 苗壮 王小川 甲管 乙安 丙审
                        """));
        assertThat(bean(People.class).members()).extracting(Member::name).containsAll(words("""
                        民革长治市委会 民盟长治市委会 民建长治市委会 民进长治市委会 农工党长治市委会 九三学社长治市委会
                        市工商联 团市委 市总工会 市妇联 市科协
                        市政协经济委员会 市政协农业和农村委员会 市政协人口资源环境委员会 市政协教科卫体委员会
                        市政协社会法制委员会 市政协文化文史和学习委员会
                        经济界 教育界 医药卫生界 农业界
                        """));
        assertThat(bean(People.class).units()).extracting(Unit::name).containsAll(words("""
                        市委办公室 市政府办公室 市发展和改革委员会 市教育局 市工业和信息化局 市公安局 市民政局 市司法局 市财政局
                        市人力资源和社会保障局 市规划和自然资源局 市生态环境局 市住房和城乡建设局 市城市管理局 市交通运输局 市水利局
                        市农业农村局 市商务局 市文化和旅游局 市卫生健康委员会 市应急管理局 市市场监督管理局 市能源局 市医疗保障局
                        市林业局 市文物局 市行政审批服务管理局 市数据局 市委组织部 市委宣传部 市委统战部 市委社会工作部
                        市中级人民法院 国网长治供电公司 国家税务总局长治市税务局 市生态环境局上党分局
                        潞州区 上党区 屯留区 潞城区 襄垣县 平顺县 黎城县 壶关县 长子县 武乡县 沁县 沁源县 高新区 经开区管委会
                        """));
    }

    @Test
    void everyOrganisationOfTheCastHasAnAccountThatCanProposeForIt() {
        assertThat(bean(People.class).members())
                .filteredOn(one -> !one.kind().equals("member"))
                .allSatisfy(one -> assertThat(bean(People.class).groupsOf(one.personId()))
                        .as(one.name())
                        .containsAnyOf("organization-contact", "sector-convener", "member"));
    }

    /** Unit, what it is in the case, and how that stands; without those that were only suggested. */
    private List<String> units(String title) {
        return jdbc.sql("select unit_name, role, state from proposal_assignment where case_number = ?"
                        + " and state not in ('suggested', 'notChosen') order by id")
                .param(number(title))
                .query((row, n) -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3))
                .list();
    }

    private List<String> consultations(String title) {
        return jdbc.sql("select c.kind from proposal_consultation c join proposal_consultation_case k"
                        + " on k.consultation_id = c.id where k.case_number = ? order by c.id")
                .param(number(title))
                .query(String.class)
                .list();
    }

    @Test
    void theParkEconomyIsKeyLedByOneUnitWithADistrictAndWasLookedAtOnTheSpotAndFaceToFace() {
        String title = "关于加速“公园经济”发展的提案";
        assertThat(cases.get(number(title)).key()).isTrue();
        assertThat(units(title)).containsExactlyInAnyOrder("市城市管理局 lead accepted", "潞州区 co accepted");
        assertThat(consultations(title)).containsExactly("research", "faceToFace");
        assertThat(signedIn("平立川").get("/cases/" + number(title)).body()).contains("★ 重点", "督办：平立川");
    }

    @Test
    void theWorkForGraduatesIsKeyAndGoesOnFromTheYearBefore() {
        String title = "关于推动高校毕业生就业政策落实的提案";
        assertThat(cases.get(number(title)).key()).isTrue();
        assertThat(units(title))
                .containsExactlyInAnyOrder("市人力资源和社会保障局 lead accepted", "市工商联 co accepted", "市教育局 co accepted");
        assertThat(signedIn("暴晓岚").get("/cases/" + number(title)).body()).contains("往年提过", "跨年办理");
    }

    @Test
    void theStationsOfTheCityWereGivenBackByOneUnitAndWaitAtAnother() {
        String title = "关于规范“长治驿站”管理的提案";
        assertThat(units(title)).containsExactly("市住房和城乡建设局 sole changed", "市城市管理局 sole sent");
        assertThat(openSteps.ofCase(number(title)))
                .singleElement()
                .satisfies(step -> assertThat(step.groups()).containsExactly("city-management-bureau.liaison"));
    }

    @Test
    void theOtherThemesLieWithTheUnitsOneExpects() {
        assertThat(units("关于建设浊漳河“生态走廊”的提案"))
                .allMatch(unit -> unit.contains(" separate "))
                .hasSize(2);
        assertThat(units("关于发展低空经济的提案")).containsExactly("市发展和改革委员会 sole accepted");
        assertThat(units("关于规范畜禽养殖场医疗废弃物处置的提案"))
                .containsExactlyInAnyOrder("市农业农村局 lead accepted", "市生态环境局 co accepted");
        for (var wished : Map.of(
                        "关于健全完善寺观壁画保护体系的提案", "cultural-relics-bureau",
                        "关于发展普惠性托育服务的提案", "health-commission",
                        "关于加快老旧小区改造的提案", "housing-bureau",
                        "关于推进老旧小区加装电梯的提案", "housing-bureau")
                .entrySet())
            assertThat(jdbc.sql("select unit_id from proposal_wished_unit where case_number = ?")
                            .param(number(wished.getKey()))
                            .query(String.class)
                            .list())
                    .as(wished.getKey())
                    .containsExactly(wished.getValue());
        assertThat(jdbc.sql("select lead_case from proposal_proposal where case_number = ?")
                        .param(number("关于推进老旧小区加装电梯的提案"))
                        .query(String.class)
                        .list())
                .containsExactly(number("关于加快老旧小区改造的提案"));
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
