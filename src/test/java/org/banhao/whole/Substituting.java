package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.flow.time.EngineTime;
import org.banhao.people.Substitutions;
import org.banhao.people.domain.Accounts;
import org.banhao.testing.Desk;
import org.banhao.testing.Fresh;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 外出与代理 over HTTP: who stands in sees and does the work, who is away keeps it, every record names both. */
public interface Substituting extends Whole {

    private LocalDate today() {
        return ChineseTime.day(bean(java.time.Clock.class).instant());
    }

    private HttpResponse<String> away(Desk by, String person, String substitute, LocalDate from, LocalDate until) {
        return by.web()
                .form(
                        "/absence",
                        List.of(
                                Map.entry("person", person),
                                Map.entry("substitute", substitute),
                                Map.entry("from", from.toString()),
                                Map.entry("until", until.toString())));
    }

    private long absence(String person) {
        return db().sql("select max(id) from people_absence where person_id = ? and ended_at is null")
                .param(person)
                .query(Long.class)
                .single();
    }

    @AfterEach
    default void everybodyIsBack() {
        db().sql("update people_absence set ended_at = entered_at where ended_at is null")
                .update();
    }

    private JsonNode card(Desk desk, String number) {
        for (JsonNode task : desk.list(Desk.WAITING, "{}").path("_embedded").path("task")) {
            if (task.path("caseNumber").asText().equals(number)) return task;
        }
        throw new AssertionError(desk.account().name() + " sees no card of " + number);
    }

    @Test
    default void whatIsInAnAbsentPersonsHandsIsDoneForHimAndEveryRecordNamesBoth() {
        Desk absent = desk("宿明");
        Desk substitute = desk("暴晓岚");
        String number = desk("卫林书").propose("关于代理初审的提案", "society");
        String task = absent.task(number);
        Desk.ok(absent.claim(task), 204);
        assertThat(substitute.sees(number)).as("before").isEmpty();
        assertThat(substitute.submit(task, Map.of()).statusCode()).isEqualTo(409);

        HttpResponse<String> entered =
                Desk.ok(away(absent, "su-ming", "bao-xiaolan", today(), today().plusDays(3)), 302);
        assertThat(absent.web().follow(entered).body()).contains("由暴晓岚代理");
        assertThat(db().sql(
                                "select count(*) from notice_outbox where template = 'absence' and person_id = 'bao-xiaolan'"
                                        + " and text_body like '%宿明%'")
                        .query(Long.class)
                        .single())
                .isPositive();

        assertThat(card(substitute, number).path("standsInFor").asText()).isEqualTo("宿明");
        assertThat(card(substitute, number).path("assignee").asText()).isEqualTo("bao-xiaolan");
        assertThat(card(absent, number).path("assignee").asText()).isEqualTo("su-ming");
        JsonNode shown = Desk.json(Desk.ok(substitute.engine("GET", "/task/" + task, ""), 200));
        assertThat(shown.path("assignee").asText())
                .as("or Tasklist would not let him fill in the form")
                .isEqualTo("bao-xiaolan");
        assertThat(shown.path("_embedded").path("user"))
                .as("whom Tasklist shows at 办理人")
                .anySatisfy(user -> {
                    assertThat(user.path("id").asText()).isEqualTo("bao-xiaolan");
                    assertThat(user.path("firstName").asText()).isEqualTo("代宿明办理");
                });
        for (JsonNode link : shown.path("_embedded").path("identityLink")) {
            if (link.path("type").asText().equals("assignee")) {
                assertThat(link.path("userId").asText()).isEqualTo("bao-xiaolan");
            }
        }
        assertThat(Desk.json(Desk.ok(absent.engine("GET", "/task/" + task, ""), 200))
                        .path("assignee")
                        .asText())
                .isEqualTo("su-ming");
        assertThat(substitute.shown(task).isEmpty()).isFalse();
        assertThat(substitute.web().get("/cases/" + number).statusCode()).isEqualTo(200);
        assertThat(substitute
                        .web()
                        .script(
                                "PUT",
                                "/api/drafts/" + task,
                                "application/json",
                                "{\"firstOpinion\":\"待补\"}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(204);
        assertThat(db().sql("select for_whom_id from base_audit where action = 'flow.draft' and detail = ?")
                        .param(task)
                        .query(String.class)
                        .list())
                .containsOnly("su-ming");
        assertThat(desk("郎慧").submit(task, Map.of()).statusCode())
                .as("others not")
                .isEqualTo(404);

        Desk.ok(substitute.web().upload(task, "说明.txt", "说明".getBytes(StandardCharsets.UTF_8)), 200);
        assertThat(db().sql(
                                "select for_whom_id from base_audit where action = 'document.store' and person_id = 'bao-xiaolan'"
                                        + " order by id desc fetch first 1 rows only")
                        .query(String.class)
                        .single())
                .isEqualTo("su-ming");

        Desk.ok(substitute.submit(task, Map.of("firstVerdict", "file", "category", "society")), 204);

        assertThat(db().sql("select reviewer_name from proposal_review where case_number = ?")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("暴晓岚（代 宿明）");
        assertThat(db().sql("select person || ' ' || for_whom || ' ' || person_name || ' ' || for_whom_name"
                                + " from casefile_step_answer where task_id = ?")
                        .param(task)
                        .query(String.class)
                        .single())
                .isEqualTo("bao-xiaolan su-ming 暴晓岚 宿明");
        assertThat(substitute.web().get("/cases/" + number).body()).contains("暴晓岚（代 宿明）");
        assertThat(db().sql(
                                "select distinct person_id || ' ' || for_whom_id from base_audit where case_number = ?"
                                        + " and action in ('casefile.answer', 'proposal.firstReview') and for_whom_id is not null")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactly("bao-xiaolan su-ming");
        assertThat(Consistency.faults(db())).isEmpty();
    }

    private static JsonNode mine(Desk desk, String number) {
        for (JsonNode line : Desk.json(Desk.ok(desk.web().get("/api/retractions"), 200))) {
            if (line.path("number").asText().equals(number)) return line;
        }
        throw new AssertionError(desk.account().name() + " can take nothing back in " + number);
    }

    @Test
    default void whoAnsweredForAnAbsentPersonTakesItBackAndItIsInThatOnesHandsAgain() {
        Desk absent = desk("宿明");
        Desk substitute = desk("暴晓岚");
        String number = desk("卫林书").propose("关于代理撤回的提案", "society");
        String task = absent.task(number);
        Desk.ok(absent.claim(task), 204);
        Desk.ok(away(absent, "su-ming", "bao-xiaolan", today(), today().plusDays(3)), 302);
        Desk.ok(
                substitute.submit(task, Map.of("firstVerdict", "file", "category", "society", "firstOpinion", "建议可行。")),
                204);
        JsonNode done = mine(substitute, number);
        assertThat(done.path("why").isNull()).isTrue();
        assertThat(absent.web().get("/api/retractions").body())
                .as("nobody takes back what another did, not even for him")
                .doesNotContain(number);

        HttpResponse<String> back =
                Desk.ok(substitute.web().form("/retractions/" + done.path("id").asText(), List.of()), 302);
        assertThat(substitute.web().follow(back).body()).contains("已撤回「初审提案」");

        assertThat(card(absent, number).path("assignee").asText()).isEqualTo("su-ming");
        assertThat(card(substitute, number).path("standsInFor").asText()).isEqualTo("宿明");
        String again = substitute.task(number);
        assertThat(substitute.web().get("/api/drafts/" + again).body()).contains("建议可行。");
        assertThat(db().sql("select who from casefile_timeline where case_number = ? and what = '初审：撤回「初审提案」'")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("暴晓岚（代 宿明）");
        assertThat(db().sql("select for_whom_id from base_audit where case_number = ? and action = 'casefile.retract'")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("su-ming");
        Desk.ok(substitute.submit(again, Map.of("firstVerdict", "file", "category", "society")), 204);
    }

    @Test
    default void whoIsBackHasHisWorkAgainWhetherTheDaysAreOverOrHeEndsItEarly() {
        Desk absent = desk("宿明");
        Desk substitute = desk("暴晓岚");
        String number = desk("卫林书").propose("关于代理期满的提案", "society");
        String task = absent.task(number);
        Desk.ok(absent.claim(task), 204);
        Desk.ok(away(absent, "su-ming", "bao-xiaolan", today(), today()), 302);
        assertThat(substitute.sees(number)).hasValue(task);

        bean(EngineTime.class)
                .set(today().plusDays(1)
                        .atTime(LocalTime.of(0, 1))
                        .atZone(ChineseTime.ZONE)
                        .toInstant());
        assertThat(desk("暴晓岚").sees(number)).as("the days are over").isEmpty();
        assertThat(desk("宿明").sees(number)).hasValue(task);
        bean(EngineTime.class).reset();

        assertThat(substitute.sees(number)).hasValue(task);
        HttpResponse<String> refused = substitute.web().form("/absence/" + absence("su-ming") + "/end", List.of());
        assertThat(refused.statusCode()).as("a substitute does not end it").isEqualTo(400);
        Desk.ok(absent.web().form("/absence/" + absence("su-ming") + "/end", List.of()), 302);
        assertThat(substitute.sees(number)).isEmpty();
        assertThat(substitute
                        .submit(task, Map.of("firstVerdict", "file", "category", "society"))
                        .statusCode())
                .isEqualTo(409);
        Desk.ok(absent.submit(task, Map.of("firstVerdict", "file", "category", "society")), 204);
    }

    @Test
    default void ofTheSameUnitInAnotherRoleTheSubstituteTakesWhatIsOfferedInTheOthersName() {
        Committee committee = new Committee(this);
        String number =
                committee.upToTheNumber(this, "代理签收" + Fresh.digits(), 1).get(0);
        committee.clerk.answer(number, Map.of("numberConfirmed", true));
        Desk office = desk("侯望");
        office.answer(
                number, Map.of("confirmation", "confirm", "leadUnit", "education-bureau", "changeReason", "按职责分工交办。"));
        Desk handler = desk("宋一鸣");
        assertThat(handler.sees(number)).isEmpty();
        assertThat(handler.web().get("/cases/" + number).statusCode()).isEqualTo(200);

        // the head enters it for his liaison
        Desk.ok(away(desk("赵知行"), "tian-he", "song-yiming", today(), today().plusDays(1)), 302);

        String task = handler.task(number);
        assertThat(card(handler, number).path("standsInFor").asText()).isEqualTo("田禾");
        assertThat(handler.web().get("/proposals/unit-assignments").statusCode())
                .as("no page of a role he does not have")
                .isEqualTo(403);
        Desk.ok(handler.claim(task), 204);
        assertThat(card(desk("田禾"), number).path("assignee").asText())
                .as("taken in his name")
                .isEqualTo("tian-he");
        Desk.ok(handler.submit(task, Map.of("unitAnswer", "accept")), 204);
        assertThat(db().sql("select person || ' ' || for_whom from casefile_step_answer where task_id = ?")
                        .param(task)
                        .query(String.class)
                        .single())
                .isEqualTo("song-yiming tian-he");
        assertThat(db().sql(
                                "select answered_by_name from proposal_assignment where case_number = ? and state = 'accepted'")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("宋一鸣（代 田禾）");
    }

    @Test
    default void whoDidAStepInAnothersPlaceDoesNotFollowOnItAsHimselfAlsoWhenThatOneIsBack() {
        Accounts accounts = bean(Accounts.class);
        String number = desk("卫林书").propose("关于代理初审后复审的提案", "society");
        Desk absent = desk("宿明");
        Desk.ok(absent.claim(absent.task(number)), 204);
        accounts.join("yi-an", "miao-zhengqing", "proposal-clerk");
        try {
            Desk.ok(away(absent, "su-ming", "miao-zhengqing", today(), today()), 302);
            desk("苗正清").answer(number, Map.of("firstVerdict", "file", "category", "society"));
        } finally {
            accounts.leave("yi-an", "miao-zhengqing", "proposal-clerk");
        }
        everybodyIsBack();
        Desk reviewer = desk("苗正清");
        String task = reviewer.task(number);
        Desk.ok(reviewer.claim(task), 204);

        refused(
                reviewer.submit(task, Map.of("secondVerdict", "file", "category", "society")),
                "您已代宿明办理本案的初审，不能再由您办理此步骤");
        assertThat(reviewer.sees(number)).as("nothing has happened").hasValue(task);
    }

    @Test
    default void onlyWorkOfTheCommonUnitOrRoleIsLentAndNothingOnceOneOfThemIsAnAdministrator() {
        Accounts accounts = bean(Accounts.class);
        Desk substitute = desk("暴晓岚");
        String first = desk("卫林书").propose("关于代理范围之一的提案", "society");
        String second = desk("卫林书").propose("关于代理范围之二的提案", "society");
        Desk.ok(desk("宿明").claim(desk("宿明").task(first)), 204);
        substitute.answer(second, Map.of("firstVerdict", "file", "category", "society"));
        accounts.join("yi-an", "su-ming", "group-reviewer");
        try {
            Desk absent = desk("宿明");
            String review = absent.task(second);
            Desk.ok(absent.claim(review), 204);
            Desk.ok(away(absent, "su-ming", "bao-xiaolan", today(), today()), 302);

            assertThat(substitute.sees(first)).isPresent();
            assertThat(substitute.sees(second))
                    .as("of a role he does not share")
                    .isEmpty();
            assertThat(substitute.submit(review, Map.of()).statusCode()).isGreaterThanOrEqualTo(400);
        } finally {
            accounts.leave("yi-an", "su-ming", "group-reviewer");
        }
        accounts.join("yi-an", "su-ming", "rules-administrator");
        try {
            assertThat(substitute.sees(first)).as("administrators lend nothing").isEmpty();
            assertThat(bean(Substitutions.class).today()).isEmpty();
        } finally {
            accounts.leave("yi-an", "su-ming", "rules-administrator");
        }
        assertThat(substitute.sees(first)).isPresent();
        assertThat(bean(Substitutions.class).today())
                .singleElement()
                .satisfies(one -> assertThat(one.groups()).containsExactly("proposal-clerk", "staff"));
    }

    @Test
    default void whoDidTheStepBeforeOrProposedTheCaseDoesNotStandInForIt() {
        bean(Accounts.class).join("yi-an", "lang-hui", "proposal-clerk");
        try {
            String number = desk("卫林书").propose("关于代理回避的提案", "society");
            desk("郎慧").answer(number, Map.of("firstVerdict", "file", "category", "society"));
            Desk reviewer = desk("苗正清");
            String task = reviewer.task(number);
            Desk.ok(reviewer.claim(task), 204);
            Desk.ok(away(reviewer, "miao-zhengqing", "lang-hui", today(), today()), 302);

            HttpResponse<String> refused =
                    desk("郎慧").submit(task, Map.of("secondVerdict", "file", "category", "society"));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("您已办理本案的初审", "不能代苗正清办理");
            assertThat(desk("郎慧")
                            .engine("GET", "/task/" + task + "/form-variables", "")
                            .statusCode())
                    .isEqualTo(400);
            Desk.ok(reviewer.submit(task, Map.of("secondVerdict", "file", "category", "society")), 204);
        } finally {
            bean(Accounts.class).leave("yi-an", "lang-hui", "proposal-clerk");
        }
    }

    private void refused(HttpResponse<String> answer, String words) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(words);
    }

    @Test
    default void whatCannotBeEnteredIsRefusedWithTheWayOut() {
        Desk clerk = desk("宿明");
        Desk administrator = desk("甲管");
        LocalDate today = today();
        refused(away(clerk, "su-ming", "su-ming", today, today), "代理人不能是外出人员本人");
        refused(away(clerk, "su-ming", "tian-he", today, today), "同一单位或同一岗位");
        refused(away(clerk, "su-ming", "nobody", today, today), "请从列表中选择");
        refused(away(clerk, "su-ming", "bao-xiaolan", today.minusDays(1), today), "不能早于今天");
        refused(away(clerk, "su-ming", "bao-xiaolan", today, today.minusDays(1)), "不能早于外出开始");
        refused(away(clerk, "su-ming", "bao-xiaolan", today, today.plusDays(400)), "最长180天");
        refused(away(clerk, "bao-xiaolan", "su-ming", today, today), "只能登记本人的外出");
        refused(away(administrator, "yi-an", "su-ming", today, today), "不得由他人代理");
        refused(away(administrator, "su-ming", "yi-an", today, today), "担任管理岗位");
        refused(away(desk("卫林书"), "wei-linshu", "gao-qingyuan", today, today), "不需要登记代理");

        Desk.ok(away(administrator, "su-ming", "bao-xiaolan", today, today.plusDays(2)), 302);
        refused(away(clerk, "su-ming", "bao-xiaolan", today.plusDays(1), today.plusDays(5)), "已登记外出");
        refused(away(desk("暴晓岚"), "bao-xiaolan", "su-ming", today.plusDays(2), today.plusDays(3)), "也外出");
        bean(Accounts.class).join("yi-an", "lang-hui", "proposal-clerk");
        try {
            refused(away(desk("暴晓岚"), "bao-xiaolan", "lang-hui", today, today), "是宿明的代理人");
        } finally {
            bean(Accounts.class).leave("yi-an", "lang-hui", "proposal-clerk");
        }
        refused(clerk.web().form("/absence/99999999/end", List.of()), "没有这条外出登记");
        refused(clerk.web().form("/absence/x/end", List.of()), "没有这条外出登记");
    }
}
