package org.banhao.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.TimelineEntry;
import org.banhao.flow.Shown;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.NumberOrder;
import org.banhao.proposal.domain.Registration;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.AssignmentEvents;
import org.banhao.proposal.domain.assignment.AssignmentRole;
import org.banhao.proposal.domain.assignment.AssignmentState;
import org.banhao.proposal.domain.assignment.AssignmentTable;
import org.banhao.proposal.domain.assignment.Assignments;
import org.banhao.proposal.domain.assignment.Choice;
import org.banhao.proposal.domain.assignment.InnerForwardings;
import org.banhao.proposal.domain.assignment.OfficePlans;
import org.banhao.proposal.domain.assignment.Outcome;
import org.banhao.proposal.domain.assignment.Ruling;
import org.banhao.proposal.domain.assignment.UnitAnswers;
import org.banhao.proposal.domain.assignment.UnitSuccession;
import org.banhao.proposal.domain.assignment.UnitWords;
import org.banhao.testing.Databases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** From a filed proposal until every unit has accepted: real rows, real models, real use cases. */
class AssignmentLifeTest {

    private static final String TITLE = "关于加强在校中小学生心理健康教育的提案";

    ProposalWorld world;
    private ProposalStories stories;
    private Assignments assignments;
    private AssignmentTable table;
    private final List<AssignmentEvents> events = Collections.synchronizedList(new ArrayList<>());

    /** The same lives run on PostgreSQL in {@link AssignmentLifeOnPostgresTest}. */
    Databases database() {
        return Databases.H2;
    }

    @BeforeEach
    void open() {
        world = ProposalWorld.empty(database());
        stories = new ProposalStories(world);
        assignments = world.get(Assignments.class);
        table = world.get(AssignmentTable.class);
        events.clear();
        ApplicationListener<PayloadApplicationEvent<?>> ear = event -> {
            if (event.getPayload() instanceof AssignmentEvents happened) {
                events.add(happened);
            }
        };
        world.context.addApplicationListener(ear);
    }

    // ---- helpers

    private String filed(long meeting, String title, List<String> suggestions, List<String> committee) {
        String number = stories.draft(
                "wei-linshu",
                DraftContent.of(
                        title,
                        ProposalStories.GOOD.situation(),
                        ProposalStories.GOOD.analysis(),
                        suggestions,
                        Category.SOCIETY));
        world.get(Submission.class).handIn(number, "wei-linshu");
        Map<String, Object> details = new HashMap<>(Map.of("category", "society"));
        if (!committee.isEmpty()) {
            details.put("suggestedUnits", committee);
        }
        stories.reviewed(meeting, number, "file", details);
        stories.numbered(number);
        return number;
    }

    private String filed() {
        return filed(stories.meeting(), TITLE, List.of("配齐教师。", "建立转诊通道。"), List.of());
    }

    private String task(String number, String name) {
        return world.processes.ofCase(number).stream()
                .filter(step -> step.task().equals("userTask_" + name))
                .map(OpenStep::taskId)
                .findFirst()
                .orElseThrow(() -> new AssertionError(number + " waits for " + world.processes.ofCase(number)));
    }

    /** The task of the unit's own process. */
    private String task(String number, String unit, String name) {
        String instance = row(number, unit).instanceId();
        return world.processes.ofCase(number).stream()
                .filter(step -> step.task().equals("userTask_" + name)
                        && step.instanceId().equals(instance))
                .map(OpenStep::taskId)
                .findFirst()
                .orElseThrow(() -> new AssertionError(unit + " has no task " + name));
    }

    /** The row that holds or is planned, else the last one. */
    private Assignment row(String number, String unit) {
        List<Assignment> all = assignments.of(number).stream()
                .filter(row -> row.unitId().equals(unit))
                .toList();
        return all.stream()
                .filter(row -> row.state().holds() || row.state() == AssignmentState.PLANNED)
                .findFirst()
                .orElseGet(() -> all.get(all.size() - 1));
    }

    private void confirm(String number, String person, Map<String, Object> choice) {
        Map<String, Object> values = new HashMap<>(choice);
        values.put("confirmation", "confirm");
        world.processes.answer(task(number, "confirmUnits"), person, values);
    }

    /** 教育局 leads, 卫健委 co-handles: what the rule suggests, so no reason is asked. */
    private String assigned() {
        String number = filed();
        confirm(
                number,
                "hou-wang",
                Map.of("leadUnit", "education-bureau", "coUnits", List.of("health-commission"), "requirement", "请面商。"));
        return number;
    }

    private void accept(String number, String unit, String person) {
        world.processes.answer(task(number, unit, "answerAssignment"), person, Map.of("unitAnswer", "accept"));
    }

    private void requestReturn(String number, String unit, String person, String suggested) {
        String taskId = task(number, unit, "answerAssignment");
        String document = world.documents
                .store(number, taskId, "签字件.pdf", new ByteArrayInputStream(new byte[] {1}), person, person)
                .id();
        world.processes.answer(
                taskId,
                person,
                Map.of(
                        "unitAnswer", "return",
                        "returnReason", "此事不属于本单位职责，建议另定单位。",
                        "dutyBasis", "“三定”规定第三条",
                        "proposedUnit", suggested,
                        "signedScan", List.of(document)));
    }

    private void rule(String number, String unit, Map<String, Object> ruling) {
        Map<String, Object> values = new HashMap<>(ruling);
        values.putIfAbsent("rulingReason", "按职责分工裁定。");
        values.putIfAbsent("restartClock", "continue");
        world.processes.answer(task(number, unit, "ruleOnReturn"), "jing-mingde", values);
    }

    private String status(String number) {
        return world.cases.get(number).status();
    }

    private boolean reads(String number, String group) {
        return world.cases.mayRead(number, "nobody", List.of(group));
    }

    private List<String> happened(String number) {
        return world.cases.timeline(number).stream().map(TimelineEntry::what).toList();
    }

    private <T extends AssignmentEvents> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static void refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable act, @Nullable String field, String words) {
        assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.sentence()).contains(words);
            assertThat(refusal.field()).isEqualTo(field);
        });
    }

    // ---- suggestions

    @Test
    void aFiledProposalHasSuggestedUnitsWithReasonsAndWaitsForTheOffice() {
        String number = filed();

        assertThat(assignments.of(number))
                .extracting(Assignment::unitId)
                .containsExactly("education-bureau", "health-commission");
        assertThat(assignments.of(number)).allMatch(row -> row.state() == AssignmentState.SUGGESTED);
        Shown shown = world.processes.shown(task(number, "confirmUnits"));
        assertThat(shown.values())
                .containsEntry("leadUnit", "education-bureau")
                .containsEntry("coUnits", List.of("health-commission"));
        assertThat(shown.values().get("unitSuggestions").toString()).contains("在校学生的心理健康归教育部门");
        assertThat(status(number)).isEqualTo("filed");
        assertThat(reads(number, "education-bureau.liaison"))
                .as("nobody is told yet")
                .isFalse();
        assertThat(reads(number, "government-office-assigner")).isTrue();
        assertThat(reads(number, "party-office-assigner")).isTrue();
    }

    @Test
    void whatTheCommitteeSuggestsGoesBeforeTheRule() {
        String number =
                filed(stories.meeting(), TITLE, List.of("配齐教师。"), List.of("health-commission", "commerce-bureau"));

        assertThat(assignments.of(number))
                .extracting(Assignment::unitId)
                .containsExactly("health-commission", "commerce-bureau", "education-bureau");
        assertThat(world.processes.shown(task(number, "confirmUnits")).values())
                .containsEntry("leadUnit", "health-commission")
                .containsEntry("coUnits", List.of("commerce-bureau"));
    }

    @Test
    void aUnitOfThePartySystemGivesTheCaseToThePartyOffice() {
        String number = filed(stories.meeting(), "关于规范长治驿站管理的提案", List.of("健全制度。"), List.of());

        assertThat(assignments.plan(number).orElseThrow().office()).isEqualTo("party-office-assigner");
        refused(
                () -> world.processes.answerFor(
                        task(number, "confirmUnits"),
                        "hou-wang",
                        "市政府办公室",
                        Map.of("confirmation", "confirm", "leadUnit", "education-bureau")),
                null,
                "由市委办公室交办");
    }

    // ---- 交办

    @Test
    void assignedEveryUnitIsToldReadsTheCaseAndIsAsked() {
        String number = assigned();

        assertThat(status(number)).isEqualTo("assigned");
        assertThat(row(number, "education-bureau").role()).isEqualTo(AssignmentRole.LEAD);
        assertThat(assignments.holding(number)).allMatch(row -> row.state() == AssignmentState.SENT);
        assertThat(assignments.holding(number))
                .allMatch(row -> row.sentAt() != null && row.sentAt().equals(row.clockStart()));
        assertThat(world.notices.persons("assigned", number)).containsExactlyInAnyOrder("tian-he", "cui-baihe");
        assertThat(world.notices.persons("unitsAssigned", number)).containsExactly("wei-linshu");
        assertThat(reads(number, "education-bureau.handler")).isTrue();
        assertThat(reads(number, "health-commission.head")).isTrue();
        assertThat(reads(number, "water-bureau.liaison")).isFalse();
        assertThat(world.processes
                        .shown(task(number, "education-bureau", "answerAssignment"))
                        .values())
                .containsEntry("dutyName", "主办")
                .containsEntry("requirement", "请面商。")
                .containsEntry("otherUnits", "会办：市卫生健康委员会");
        assertThat(events).as("told is not accepted").isEmpty();
    }

    @Test
    void withTheFirstCaseTheNumbersOfTheSessionArePublishedAndNeverDealtAgain() {
        assertThat(world.get(Sessions.class).current().published()).isFalse();
        assigned();

        assertThat(world.get(Sessions.class).current().published()).isTrue();
        refused(() -> world.get(Registration.class).renumber(NumberOrder.BY_SUBMISSION, "bao-xiaolan"), null, "已经公布");
    }

    @Test
    void whenTheLastUnitAcceptsHandlingBeginsAndTheBackboneWaitsForReplies() {
        String number = assigned();

        accept(number, "education-bureau", "tian-he");
        assertThat(status(number)).isEqualTo("assigned");
        accept(number, "health-commission", "cui-baihe");

        assertThat(status(number)).isEqualTo("handling");
        assertThat(events(AssignmentEvents.Accepted.class))
                .extracting(
                        event -> event.assignment().unitId(),
                        event -> event.assignment().state())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("education-bureau", AssignmentState.ACCEPTED),
                        org.assertj.core.groups.Tuple.tuple("health-commission", AssignmentState.ACCEPTED));
        assertThat(row(number, "education-bureau").answeredByName()).isEqualTo("田禾");
        assertThat(world.processes.ofCase(number)).extracting(OpenStep::process).containsOnly("proposalHandling");
        String instance = Objects.requireNonNull(world.get(MyProposals.class)
                .page(number, "wei-linshu")
                .proposal()
                .instanceId());
        assertThat(world.processes.tell(instance, "proposal.handlingComplete", Map.of()))
                .isTrue();
        assertThat(world.processes.tell(instance, "proposal.feedbackComplete", Map.of()))
                .isTrue();
        assertThat(world.engine
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isZero();
    }

    @Test
    void ofTwoLastAnswersAtTheSameMomentOneSeesTheOther() throws Exception {
        String number = assigned();
        String education = task(number, "education-bureau", "answerAssignment");
        String health = task(number, "health-commission", "answerAssignment");
        Map<String, Object> yes = Map.of("unitAnswer", "accept");

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> world.processes.answer(education, "tian-he", yes)),
                        CompletableFuture.runAsync(() -> world.processes.answer(health, "cui-baihe", yes)))
                .get(60, TimeUnit.SECONDS);

        assertThat(status(number)).isEqualTo("handling");
        assertThat(events(AssignmentEvents.Accepted.class)).hasSize(2);
    }

    @Test
    void aUnitAloneHandlesAlone() {
        String number = filed();
        confirm(number, "hou-wang", Map.of("leadUnit", "education-bureau", "changeReason", "一家可以办妥"));

        assertThat(row(number, "education-bureau").role()).isEqualTo(AssignmentRole.SOLE);
        assertThat(row(number, "health-commission").state()).isEqualTo(AssignmentState.NOT_CHOSEN);
        accept(number, "education-bureau", "tian-he");
        assertThat(status(number)).isEqualTo("handling");
    }

    @Test
    void separateUnitsAnswerTheSuggestionsThatAreTheirs() {
        String number = filed();
        confirm(
                number,
                "hou-wang",
                Map.of(
                        "separate",
                        List.of(
                                Map.of("unit", "education-bureau", "numbers", "1"),
                                Map.of("unit", "health-commission", "numbers", "１、2")),
                        "changeReason",
                        "两条建议各有归口"));

        assertThat(row(number, "health-commission").roleLine()).isEqualTo("分办（建议1、2）");
        assertThat(row(number, "education-bureau").suggestions()).containsExactly(1);
    }

    @Test
    void aChoiceThatDoesNotHoldTogetherIsRefusedAtItsField() {
        String number = filed();

        refused(() -> confirm(number, "hou-wang", Map.of()), "leadUnit", "请填写「主办（独办）单位」");
        refused(() -> confirm(number, "hou-wang", Map.of("leadUnit", "nowhere")), "leadUnit", "不在单位表里");
        refused(
                () -> confirm(
                        number,
                        "hou-wang",
                        Map.of("leadUnit", "education-bureau", "coUnits", List.of("education-bureau"))),
                "coUnits",
                "填了两次");
        refused(
                () -> confirm(
                        number,
                        "hou-wang",
                        Map.of("separate", List.of(Map.of("unit", "education-bureau", "numbers", "1")))),
                "separate",
                "至少两个");
        refused(
                () -> confirm(
                        number,
                        "hou-wang",
                        Map.of(
                                "separate",
                                List.of(
                                        Map.of("unit", "education-bureau", "numbers", "1"),
                                        Map.of("unit", "water-bureau", "numbers", "3")))),
                "separate",
                "没有第3条");
        refused(
                () -> confirm(
                        number,
                        "hou-wang",
                        Map.of(
                                "separate",
                                List.of(
                                        Map.of("unit", "education-bureau", "numbers", "1"),
                                        Map.of("unit", "water-bureau", "numbers", "1")))),
                "separate",
                "第2条建议没有单位承办");
        refused(() -> confirm(number, "hou-wang", Map.of("leadUnit", "water-bureau")), "changeReason", "请写明「调整理由」");
        refused(
                () -> confirm(number, "hou-wang", Map.of("leadUnit", "commerce-bureau", "changeReason", "商务归口")),
                "leadUnit",
                "还没有联络员账号");
        refused(
                () -> confirm(number, "hou-wang", Map.of("leadUnit", "social-work-department", "changeReason", "基层治理")),
                "leadUnit",
                "归市委办公室交办");
        world.people.closedUnits.add("water-bureau");
        refused(
                () -> confirm(number, "hou-wang", Map.of("leadUnit", "water-bureau", "changeReason", "水利归口")),
                "leadUnit",
                "已经停用");
        assertThat(status(number)).as("nothing happened").isEqualTo("filed");
        assertThat(assignments.of(number)).allMatch(row -> row.state() == AssignmentState.SUGGESTED);
    }

    @Test
    void passedOnTheOtherOfficeAssigns() {
        String number = filed();
        refused(
                () -> world.processes.answer(
                        task(number, "confirmUnits"), "hou-wang", Map.of("confirmation", "otherOffice")),
                "passOnReason",
                "转办理由");
        world.processes.answer(
                task(number, "confirmUnits"),
                "hou-wang",
                Map.of("confirmation", "otherOffice", "passOnReason", "属基层治理"));

        refused(
                () -> world.processes.answer(
                        task(number, "confirmUnits"), "hou-wang", Map.of("confirmation", "confirm")),
                null,
                "不是您的");
        confirm(
                number,
                "qin-huaiyuan",
                Map.of(
                        "leadUnit",
                        "social-work-department",
                        "coUnits",
                        List.of("education-bureau"),
                        "changeReason",
                        "归口社工部"));
        assertThat(status(number)).isEqualTo("assigned");
        assertThat(happened(number)).contains("审查协商：市政府办公室转市委办公室交办", "市委办公室交办");
    }

    // ---- the table

    private AssignmentTable.Line line(String number) {
        return table.lines(new AssignmentTable.Filter(null, null, false), "hou-wang").stream()
                .filter(line -> line.caseNumber().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private AssignmentTable.Typed typed(String number, String lead, String cos, String separate, String reason) {
        return new AssignmentTable.Typed(number, line(number).version(), lead, cos, separate, "", reason);
    }

    @Test
    void theTableShowsAllThatWaitsAndIsFilteredByUnitSystemAndOffice() {
        long meeting = stories.meeting();
        String school = filed(meeting, TITLE, List.of("配齐教师。"), List.of());
        String station = filed(meeting, "关于规范长治驿站管理的提案", List.of("健全制度。"), List.of());

        assertThat(table.lines(new AssignmentTable.Filter(null, null, false), "hou-wang"))
                .extracting(AssignmentTable.Line::caseNumber)
                .containsExactly(school, station);
        assertThat(table.lines(new AssignmentTable.Filter("social-work-department", null, false), "hou-wang"))
                .extracting(AssignmentTable.Line::caseNumber)
                .containsExactly(station);
        assertThat(table.lines(new AssignmentTable.Filter(null, "党委", false), "hou-wang"))
                .extracting(AssignmentTable.Line::caseNumber)
                .containsExactly(station);
        assertThat(table.lines(new AssignmentTable.Filter(null, null, true), "hou-wang"))
                .extracting(AssignmentTable.Line::caseNumber)
                .containsExactly(school);
        assertThat(line(school).lead()).isEqualTo("市教育局");
        assertThat(line(school).cos()).isEqualTo("市卫生健康委员会");
        assertThat(line(school).suggestions()).anyMatch(why -> why.contains("职责规则，在校学生的心理健康归教育部门"));
        refused(
                () -> table.lines(new AssignmentTable.Filter(null, null, false), "bao-xiaolan"),
                null,
                "只有市委办公室、市政府办公室");
    }

    @Test
    void manyCasesInOneActThoseThatFailAreListedWithWhyAndWaitOn() {
        long meeting = stories.meeting();
        String school = filed(meeting, TITLE, List.of("配齐教师。"), List.of());
        String traffic = filed(meeting, "关于规范停车秩序的提案", List.of("增加车位。"), List.of("city-management-bureau"));
        String station = filed(meeting, "关于规范长治驿站管理的提案", List.of("健全制度。"), List.of());

        Outcome outcome = table.assign(shown(school, station, traffic), "hou-wang");

        assertThat(outcome.done()).isEqualTo(2);
        assertThat(outcome.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.caseNumber()).isEqualTo(station);
            assertThat(failure.sentence()).contains("由市委办公室交办");
        });
        assertThat(status(school)).isEqualTo("assigned");
        assertThat(status(traffic)).isEqualTo("assigned");
        assertThat(status(station)).isEqualTo("filed");
        assertThat(table.assign(shown(school), "hou-wang").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.sentence()).contains("不在等待交办"));
        refused(() -> table.assign(shown(), "hou-wang"), null, "请至少勾选一件");
        refused(() -> table.assign(shown(station), "tian-he"), null, "只有市委办公室、市政府办公室");
    }

    @Test
    void whatIsTypedAndNotSavedOrChangedByAColleagueSinceIsNotAssigned() {
        String school = filed(stories.meeting(), TITLE, List.of("配齐教师。"), List.of());
        List<AssignmentTable.Typed> seen = shown(school);
        AssignmentTable.Typed typed =
                new AssignmentTable.Typed(school, seen.get(0).expectedVersion(), "市城市管理局", "", "", "", "由城管部门办理更合适");

        assertThat(table.assign(List.of(typed), "hou-wang").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.sentence()).contains("还没有保存"));
        assertThat(table.plan(List.of(typed), "hou-wang").failures()).isEmpty();
        assertThat(table.assign(seen, "hou-wang").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.sentence()).contains("又有改动"));
        assertThat(status(school)).isEqualTo("filed");
        assertThat(table.assign(shown(school), "hou-wang").done()).isEqualTo(1);
    }

    @Test
    void aLineIsTypedByNamesAndAnUnknownNameIsRefused() {
        String number = filed();

        assertThat(table.plan(List.of(typed(number, "市教育厅", "", "", "")), "hou-wang")
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.sentence()).contains("单位表里没有“市教育厅”"));
        assertThat(table.plan(List.of(typed(number, "市教育局", "市水利局，市卫生健康委员会", "", "涉及校园饮水")), "hou-wang")
                        .done())
                .isEqualTo(1);
        assertThat(line(number).cos()).isEqualTo("市水利局、市卫生健康委员会");
        assertThat(table.plan(List.of(typed(number, "", "", "市教育局：１；市卫生健康委员会:2", "各有归口")), "hou-wang")
                        .failures())
                .isEmpty();
        assertThat(line(number).separate()).isEqualTo("市教育局：1；市卫生健康委员会：2");
        assertThat(line(number).lead()).isEmpty();
        assertThat(row(number, "health-commission").reason())
                .as("the rule's reason stays")
                .contains("在校学生");
        assertThat(assignments.of(number)).extracting(Assignment::unitId).doesNotContain("water-bureau");
    }

    @Test
    void aLineSomebodyElseChangedMeanwhileIsRefused() {
        String number = filed();
        AssignmentTable.Typed old = typed(number, "市水利局", "", "", "水利归口");
        table.plan(List.of(typed(number, "市教育局", "", "", "一家可以办妥")), "hou-wang");

        assertThat(table.plan(List.of(old), "hou-wang").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.sentence()).contains("别人刚改过"));
        assertThat(line(number).lead()).isEqualTo("市教育局");
    }

    @Test
    void signedOffTheListStandsUntilItIsChangedWithAReason() {
        String number = filed();
        table.signOff(shown(number), "hou-wang");
        assertThat(line(number).signedOff()).isEqualTo("侯望签定");
        assertThat(assignments.of(number)).allMatch(row -> row.state() == AssignmentState.PLANNED);

        assertThat(table.plan(List.of(typed(number, "市教育局", "", "", "")), "hou-wang")
                        .failures())
                .hasSize(1);
        assertThat(line(number).signedOff()).isEqualTo("侯望签定");
        table.plan(List.of(typed(number, "市教育局", "", "", "一家可以办妥")), "hou-wang");
        assertThat(line(number).signedOff()).isEmpty();
        assertThat(happened(number)).contains("审查协商：签定承办单位", "审查协商：签定后调整承办单位");
    }

    // ---- the units' word

    @Test
    void aUnitAskedBeforeSeesTheCaseAndItsWordStandsInTheTable() {
        String number = filed();
        assertThat(table.ask(shown(number), "hou-wang").done()).isEqualTo(1);

        UnitWords words = world.get(UnitWords.class);
        assertThat(words.waiting("tian-he"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.roleLine()).isEqualTo("主办"));
        assertThat(reads(number, "education-bureau.liaison")).isTrue();
        assertThat(reads(number, "education-bureau.handler"))
                .as("only the liaison is asked")
                .isFalse();
        assertThat(world.notices.persons("unitWordAsked", number)).containsExactlyInAnyOrder("tian-he", "cui-baihe");
        long id = words.waiting("tian-he").get(0).word().id();

        refused(() -> words.answer(id, true, null, null, "cui-baihe"), null, "没有这项征求意见");
        refused(() -> words.answer(id, false, "health-commission", "", "tian-he"), "reason", "请写明「理由」");
        refused(() -> words.answer(id, false, "education-bureau", "不合适", "tian-he"), "other", "不能是本单位");
        words.answer(id, false, "health-commission", "心理咨询归卫健", "tian-he");
        refused(() -> words.answer(id, true, null, null, "tian-he"), null, "已经答复");

        assertThat(line(number).words()).containsExactly("市教育局：建议改由市卫生健康委员会承办（心理咨询归卫健）", "市卫生健康委员会：尚未答复");
        assertThat(line(number).disagreed()).isTrue();
        assertThat(table.ask(shown(number), "hou-wang").done()).isEqualTo(1);
        assertThat(words.waiting("tian-he")).as("nobody is asked twice").isEmpty();
    }

    @Test
    void aUnitThatWasAskedAndNotChosenReadsTheCaseNoMore() {
        String number = filed();
        table.ask(shown(number), "hou-wang");

        confirm(number, "hou-wang", Map.of("leadUnit", "education-bureau", "changeReason", "一家可以办妥"));

        assertThat(reads(number, "health-commission.liaison")).isFalse();
        assertThat(reads(number, "education-bureau.liaison")).isTrue();
        assertThat(world.get(UnitWords.class).waiting("cui-baihe")).isEmpty();
    }

    // ---- answers and rulings

    @Test
    void withoutAnAnswerInTheWindowItIsDeemedAcceptedAndCountedApart() {
        String number = assigned();
        accept(number, "education-bureau", "tian-he");

        world.move(Duration.ofDays(6));

        assertThat(row(number, "health-commission").state()).isEqualTo(AssignmentState.DEEMED_ACCEPTED);
        assertThat(row(number, "health-commission").answeredBy()).isNull();
        assertThat(row(number, "education-bureau").state()).isEqualTo(AssignmentState.ACCEPTED);
        assertThat(world.notices.persons("assignmentDeemed", number)).containsExactly("cui-baihe");
        assertThat(status(number)).isEqualTo("handling");
        assertThat(events(AssignmentEvents.Accepted.class)).hasSize(2);
    }

    @Test
    void onlyTheUnitsOwnLiaisonAnswersAndNobodyPassesACaseOn() {
        String number = assigned();
        UnitAnswers answers = world.get(UnitAnswers.class);
        String instance = Objects.requireNonNull(row(number, "education-bureau").instanceId());

        refused(() -> answers.accept(instance, "cui-baihe"), null, "只有市教育局的联络员");
        refused(
                () -> world.processes.answer(
                        task(number, "education-bureau", "answerAssignment"),
                        "cui-baihe",
                        Map.of("unitAnswer", "accept")),
                null,
                "不是您的");
        refused(
                () -> world.get(OfficePlans.class)
                        .plan(number, null, new Choice("water-bureau", List.of(), List.of(), "", "转走"), "tian-he"),
                null,
                "市政府办公室交办");
        refused(() -> world.get(UnitSuccession.class).preview("education-bureau", "tian-he"), null, "只有市委办公室、市政府办公室");
        refused(
                () -> answers.rule(
                        instance,
                        "tian-he",
                        new UnitAnswers.Verdict(Ruling.CHANGE, "water-bureau", null, false, "转走算了")),
                null,
                "不能再办这一步");
        assertThat(row(number, "education-bureau").state()).isEqualTo(AssignmentState.SENT);
    }

    @Test
    void aReturnNeedsReasonBasisAnotherUnitAndTheSignedPage() {
        String number = assigned();
        UnitAnswers answers = world.get(UnitAnswers.class);
        String instance = Objects.requireNonNull(row(number, "education-bureau").instanceId());
        String reason = "此事不属于本单位职责，建议另定单位。";

        refused(
                () -> answers.requestReturn(instance, "tian-he", "不办", "依据", "water-bureau", "d"),
                "returnReason",
                "至少10个字");
        refused(() -> answers.requestReturn(instance, "tian-he", reason, "", "water-bureau", "d"), "dutyBasis", "职责依据");
        refused(
                () -> answers.requestReturn(instance, "tian-he", reason, "三定", "education-bureau", "d"),
                "proposedUnit",
                "不能是本单位");
        refused(
                () -> answers.requestReturn(instance, "tian-he", reason, "三定", "water-bureau", null),
                "signedScan",
                "签字件");
        assertThat(assignments.requests(number)).isEmpty();
    }

    @Test
    void untilTheRulingTheUnitStaysResponsibleAndKeptItHandles() {
        String number = assigned();
        requestReturn(number, "education-bureau", "tian-he", "water-bureau");
        accept(number, "health-commission", "cui-baihe");

        assertThat(row(number, "education-bureau").state().holds()).isTrue();
        assertThat(reads(number, "education-bureau.liaison")).isTrue();
        assertThat(status(number)).isEqualTo("assigned");
        world.move(Duration.ofDays(30));
        assertThat(row(number, "education-bureau").state())
                .as("a late ruling decides nothing by itself")
                .isEqualTo(AssignmentState.RETURN_REQUESTED);
        assertThat(world.processes
                        .shown(task(number, "education-bureau", "ruleOnReturn"))
                        .values())
                .containsEntry("countLine", "本件第1次申请退回")
                .containsEntry("proposedUnitName", "市水利局")
                .containsEntry("signedScanName", "签字件.pdf");

        rule(number, "education-bureau", Map.of("ruling", "keep"));

        Assignment row = row(number, "education-bureau");
        assertThat(row.state()).isEqualTo(AssignmentState.KEPT);
        assertThat(row.clockStart()).isEqualTo(row.sentAt());
        assertThat(world.notices.persons("returnRuled", number)).containsExactly("tian-he");
        assertThat(status(number)).isEqualTo("handling");
        assertThat(events(AssignmentEvents.Accepted.class)).hasSize(2);
    }

    @Test
    void aRulingMayStartTheTermsAnew() {
        String number = assigned();
        requestReturn(number, "education-bureau", "tian-he", "water-bureau");
        world.move(Duration.ofDays(3));
        Instant ruled = world.clock.instant();

        rule(number, "education-bureau", Map.of("ruling", "keep", "restartClock", "restart"));

        assertThat(row(number, "education-bureau").clockStart()).isEqualTo(ruled);
    }

    @Test
    void changedTheNewUnitIsAskedAnewAndTheOldOneLosesSightOfIt() {
        String number = assigned();
        accept(number, "health-commission", "cui-baihe");
        requestReturn(number, "education-bureau", "tian-he", "water-bureau");
        world.move(Duration.ofDays(2));

        rule(number, "education-bureau", Map.of("ruling", "change", "newUnit", "water-bureau"));

        Assignment old = row(number, "education-bureau");
        Assignment next = row(number, "water-bureau");
        assertThat(old.state()).isEqualTo(AssignmentState.CHANGED);
        assertThat(old.replacedBy()).isEqualTo(next.id());
        assertThat(next.state()).isEqualTo(AssignmentState.SENT);
        assertThat(next.role()).isEqualTo(AssignmentRole.LEAD);
        assertThat(next.clockStart()).as("continued").isEqualTo(old.clockStart());
        assertThat(reads(number, "education-bureau.liaison")).isFalse();
        assertThat(reads(number, "water-bureau.liaison")).isTrue();
        assertThat(happened(number)).contains("市教育局申请退回", "裁定退回申请：市教育局改为市水利局");
        assertThat(world.notices.persons("unitsAssigned", number))
                .as("told once more")
                .hasSize(2);
        assertThat(events(AssignmentEvents.Replaced.class)).singleElement().satisfies(event -> {
            assertThat(event.next().id()).isEqualTo(next.id());
            assertThat(event.accepted()).isFalse();
        });
        assertThat(status(number)).isEqualTo("assigned");
        accept(number, "water-bureau", "mi-xiuyan");
        assertThat(status(number)).isEqualTo("handling");
    }

    @Test
    void returnsAreCountedPerCaseAndTheThirdSaysSo() {
        String number = assigned();
        accept(number, "health-commission", "cui-baihe");
        requestReturn(number, "education-bureau", "tian-he", "water-bureau");
        rule(number, "education-bureau", Map.of("ruling", "change", "newUnit", "water-bureau"));
        requestReturn(number, "water-bureau", "mi-xiuyan", "city-management-bureau");
        rule(number, "water-bureau", Map.of("ruling", "change", "newUnit", "city-management-bureau"));
        requestReturn(number, "city-management-bureau", "lian-zhou", "education-bureau");

        Map<String, Object> shown = world.processes
                .shown(task(number, "city-management-bureau", "ruleOnReturn"))
                .values();
        assertThat(shown.get("countLine").toString()).contains("第3次", "超过2次");
        assertThat(shown.get("earlierLine").toString()).contains("第1次：裁定改办", "第2次：裁定改办");
        refused(
                () -> rule(
                        number, "city-management-bureau", Map.of("ruling", "change", "newUnit", "health-commission")),
                "newUnit",
                "已经承办");
        rule(number, "city-management-bureau", Map.of("ruling", "change", "newUnit", "education-bureau"));
        assertThat(assignments.holding(number))
                .extracting(Assignment::unitId)
                .containsExactlyInAnyOrder("education-bureau", "health-commission");
    }

    @Test
    void addedAUnitCoHandlesAndTheSoleOneLeads() {
        String number = filed();
        confirm(number, "hou-wang", Map.of("leadUnit", "education-bureau", "changeReason", "一家可以办妥"));
        requestReturn(number, "education-bureau", "tian-he", "health-commission");

        refused(
                () -> rule(number, "education-bureau", Map.of("ruling", "add", "newUnit", "health-commission")),
                "addedRole",
                "主办还是会办");
        rule(number, "education-bureau", Map.of("ruling", "add", "newUnit", "health-commission", "addedRole", "co"));

        assertThat(row(number, "education-bureau").role()).isEqualTo(AssignmentRole.LEAD);
        assertThat(row(number, "education-bureau").state()).isEqualTo(AssignmentState.KEPT);
        assertThat(row(number, "health-commission").role()).isEqualTo(AssignmentRole.CO);
        assertThat(events(AssignmentEvents.Accepted.class))
                .singleElement()
                .satisfies(event -> assertThat(event.assignment().role()).isEqualTo(AssignmentRole.LEAD));
        assertThat(status(number)).as("the added unit has not answered").isEqualTo("assigned");
        accept(number, "health-commission", "cui-baihe");
        assertThat(status(number)).isEqualTo("handling");
    }

    @Test
    void anAddedUnitMayTakeTheLead() {
        String number = filed();
        confirm(number, "hou-wang", Map.of("leadUnit", "education-bureau", "changeReason", "一家可以办妥"));
        requestReturn(number, "education-bureau", "tian-he", "health-commission");

        rule(number, "education-bureau", Map.of("ruling", "add", "newUnit", "health-commission", "addedRole", "lead"));

        assertThat(row(number, "education-bureau").role()).isEqualTo(AssignmentRole.CO);
        assertThat(row(number, "health-commission").role()).isEqualTo(AssignmentRole.LEAD);
        assertThat(assignments.holding(number)).extracting(Assignment::unitId).contains("health-commission");
    }

    @Test
    void onlyTheLeadersOfTheOfficesRule() {
        String number = assigned();
        requestReturn(number, "education-bureau", "tian-he", "water-bureau");
        UnitAnswers answers = world.get(UnitAnswers.class);
        String instance = Objects.requireNonNull(row(number, "education-bureau").instanceId());

        refused(
                () -> answers.rule(
                        instance, "hou-wang", new UnitAnswers.Verdict(Ruling.KEEP, null, null, false, "按职责分工裁定。")),
                null,
                "分管领导可以裁定");
        refused(
                () -> answers.rule(
                        instance, "jing-mingde", new UnitAnswers.Verdict(Ruling.KEEP, null, null, false, "好")),
                "rulingReason",
                "至少4个字");
    }

    // ---- withdrawal, succession, inner forwarding

    @Test
    void withdrawnEverythingEndsAndTheUnitsAreTold() {
        String number = assigned();
        accept(number, "education-bureau", "tian-he");

        world.get(Submission.class).withdraw(number, "wei-linshu", "情况有变");

        assertThat(world.engine.getRuntimeService().createProcessInstanceQuery().count())
                .isZero();
        assertThat(assignments.of(number)).allMatch(row -> row.state() == AssignmentState.WITHDRAWN);
        assertThat(world.notices.persons("assignmentWithdrawn", number))
                .containsExactlyInAnyOrder("tian-he", "cui-baihe");
        assertThat(events(AssignmentEvents.Withdrawn.class))
                .extracting(event -> event.assignment().unitId(), AssignmentEvents.Withdrawn::accepted)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("education-bureau", true),
                        org.assertj.core.groups.Tuple.tuple("health-commission", false));
        assertThat(status(number)).isEqualTo("withdrawn");
    }

    @Test
    void withdrawnBeforeItIsAssignedNobodyIsTold() {
        String number = filed();
        table.ask(shown(number), "hou-wang");

        world.get(Submission.class).withdraw(number, "wei-linshu", "情况有变");

        assertThat(world.notices.persons("assignmentWithdrawn", number)).isEmpty();
        assertThat(world.get(UnitWords.class).waiting("tian-he")).isEmpty();
        assertThat(reads(number, "education-bureau.liaison")).isFalse();
        assertThat(table.lines(new AssignmentTable.Filter(null, null, false), "hou-wang"))
                .isEmpty();
    }

    @Test
    void aClosedUnitsCasesGoOverToAnotherEachAsFarAsItHasCome() {
        long meeting = stories.meeting();
        String accepted = filed(meeting, "关于打造浊漳河“生态走廊”的提案", List.of("治理河道。"), List.of("water-bureau"));
        String open = filed(meeting, "关于沁河流域保护的提案", List.of("治理河道。"), List.of("water-bureau"));
        String planned = filed(meeting, "关于节约水资源的提案", List.of("节水。"), List.of("water-bureau"));
        String both = filed(meeting, "关于河道垃圾的提案", List.of("清理。"), List.of("water-bureau", "environment-bureau"));
        table.assign(shown(accepted, open, both), "hou-wang");
        table.ask(shown(planned), "hou-wang");
        table.signOff(shown(planned), "hou-wang");
        accept(accepted, "water-bureau", "mi-xiuyan");
        UnitWords words = world.get(UnitWords.class);
        assertThat(words.waiting("mi-xiuyan")).hasSize(1);
        world.people.closedUnits.add("water-bureau");
        UnitSuccession succession = world.get(UnitSuccession.class);
        List<Long> shown = succession.preview("water-bureau", "hou-wang").stream()
                .map(UnitSuccession.Line::assignmentId)
                .toList();
        assertThat(shown).hasSize(4);
        assertThat(succession.holders("hou-wang").get(0).name()).isEqualTo("市水利局");

        refused(() -> succession.move("water-bureau", "environment-bureau", "改", shown, "hou-wang"), "reason", "划转理由");
        refused(
                () -> succession.move("water-bureau", "environment-bureau", "机构改革方案", shown.subList(1, 4), "hou-wang"),
                null,
                "有变化");
        Outcome outcome = succession.move("water-bureau", "environment-bureau", "机构改革方案", shown, "hou-wang");

        assertThat(outcome.failures()).isEmpty();
        assertThat(row(accepted, "environment-bureau").state()).isEqualTo(AssignmentState.ACCEPTED);
        assertThat(row(accepted, "environment-bureau").clockStart())
                .isEqualTo(row(accepted, "water-bureau").clockStart());
        assertThat(row(open, "environment-bureau").state()).isEqualTo(AssignmentState.SENT);
        assertThat(row(planned, "environment-bureau").state()).isEqualTo(AssignmentState.PLANNED);
        assertThat(words.waiting("mi-xiuyan")).isEmpty();
        assertThat(words.waiting("fan-qiuyang"))
                .as("the question goes on to the successor, who reads the case")
                .singleElement()
                .satisfies(asked -> {
                    assertThat(asked.word().caseNumber()).isEqualTo(planned);
                    assertThat(asked.roleLine()).isEqualTo("独办");
                });
        assertThat(reads(planned, "environment-bureau.liaison")).isTrue();
        assertThat(world.notices.persons("unitWordAsked", planned)).contains("fan-qiuyang");
        assertThat(assignments.holding(both))
                .singleElement()
                .satisfies(row -> assertThat(row.role()).isEqualTo(AssignmentRole.SOLE));
        assertThat(reads(accepted, "water-bureau.liaison")).isFalse();
        assertThat(reads(accepted, "environment-bureau.liaison")).isTrue();
        assertThat(events(AssignmentEvents.Replaced.class))
                .filteredOn(AssignmentEvents.Replaced::accepted)
                .singleElement()
                .satisfies(event -> assertThat(event.next().caseNumber()).isEqualTo(accepted));
        accept(open, "environment-bureau", "fan-qiuyang");
        accept(both, "environment-bureau", "fan-qiuyang");
        assertThat(status(open)).isEqualTo("handling");
        assertThat(status(both)).isEqualTo("handling");
        refused(
                () -> succession.move("water-bureau", "environment-bureau", "机构改革方案", List.of(), "hou-wang"),
                null,
                "没有尚未办结");
    }

    @Test
    void aCountyHandsOnToItsOwnBureauWithAnEarlierDateAndStaysResponsible() {
        String number =
                filed(stories.meeting(), TITLE, List.of("配齐教师。"), List.of("luzhou-district", "education-bureau"));
        table.assign(shown(number), "hou-wang");
        InnerForwardings inner = world.get(InnerForwardings.class);
        long id = row(number, "luzhou-district").id();
        LocalDate today = ChineseTime.day(world.clock.instant());

        refused(() -> inner.forward(id, "潞州区教育局", today.plusDays(20), "", "bai-shuren"), null, "请先签收");
        accept(number, "luzhou-district", "bai-shuren");
        refused(() -> inner.forward(id, "潞州区教育局", today.plusMonths(3), "", "bai-shuren"), "due", "须早于对外期限");
        refused(() -> inner.forward(id, "潞州区教育局", today, "", "bai-shuren"), "due", "今天以后");
        refused(() -> inner.forward(id, "潞州区教育局", today.plusDays(20), "", "tian-he"), null, "没有这项交办");
        inner.forward(id, "潞州区教育局", today.plusDays(20), "请先摸底", "bai-shuren");
        refused(() -> inner.forward(id, "潞州区教育局", today.plusDays(21), "", "bai-shuren"), "innerUnit", "请勿重复");

        InnerForwardings.Line line = inner.of("bai-shuren").get(0);
        assertThat(line.outerDue()).isEqualTo(today.plusMonths(3));
        assertThat(line.forwardings())
                .singleElement()
                .satisfies(one -> assertThat(one.dueOn()).isEqualTo(today.plusDays(20)));
        assertThat(row(number, "luzhou-district").state()).isEqualTo(AssignmentState.ACCEPTED);
        inner.takeBack(id, line.forwardings().get(0).id(), "bai-shuren");
        assertThat(inner.of("bai-shuren").get(0).forwardings()).isEmpty();
        inner.forward(id, "潞州区民政局", today.plusDays(20), "", "bai-shuren");
        accept(number, "education-bureau", "tian-he");
        long bureau = row(number, "education-bureau").id();
        refused(() -> inner.forward(bureau, "某科室", today.plusDays(5), "", "tian-he"), null, "只有县（区）政府");
        world.get(Submission.class).withdraw(number, "wei-linshu", "情况有变");
        assertThat(assignments.forwardings(List.of(id)))
                .as("the case is over, so is what was handed on")
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.endedAt()).isNotNull());
    }

    // ---- what readers see

    @Test
    void whatTheOfficesPlanIsNotToldToTheProposer() {
        String number = filed();
        table.plan(List.of(typed(number, "市教育局", "", "", "一家可以办妥")), "hou-wang");
        CaseView view = world.proposalView();

        assertThat(view.summary(world.cases.get(number))).doesNotContainKey("独办单位");
        assertThat(view.sections(world.cases.get(number), "wei-linshu", List.of("member")))
                .extracting(CaseView.Section::heading)
                .doesNotContain("推荐的承办单位");
        assertThat(view.sections(world.cases.get(number), "hou-wang", List.of("government-office-assigner")))
                .extracting(CaseView.Section::heading)
                .contains("推荐的承办单位");
        TimelineEntry plan = world.cases.timeline(number).stream()
                .filter(entry -> entry.what().startsWith("审查协商："))
                .findFirst()
                .orElseThrow();
        assertThat(view.tells(world.cases.get(number), plan, List.of("member"))).isFalse();
        assertThat(view.tells(world.cases.get(number), plan, List.of("government-office-assigner")))
                .isTrue();

        table.assign(shown(number), "hou-wang");
        assertThat(view.summary(world.cases.get(number))).containsEntry("独办单位", "市教育局（待签收）");
        assertThat(world.get(MyProposals.class).page(number, "wei-linshu").statusLine())
                .endsWith("已交办，待承办单位签收");
    }

    /** The lines of these cases as they stand on the office's screen; one that is not there any more as it was when it was empty. */
    private List<AssignmentTable.Typed> shown(String... numbers) {
        List<AssignmentTable.Line> lines = table.lines(new AssignmentTable.Filter(null, null, false), "hou-wang");
        return Stream.of(numbers)
                .map(number -> lines.stream()
                        .filter(line -> line.caseNumber().equals(number))
                        .findFirst()
                        .map(line -> new AssignmentTable.Typed(
                                number,
                                line.version(),
                                line.lead(),
                                line.cos(),
                                line.separate(),
                                line.requirement(),
                                ""))
                        .orElse(new AssignmentTable.Typed(number, 0, "", "", "", "", "")))
                .toList();
    }
}
