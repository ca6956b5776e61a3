package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.banhao.administration.domain.RunningCases;
import org.banhao.base.ActingAs;
import org.banhao.base.Actor;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.Retractions;
import org.banhao.flow.InstanceMigrated;
import org.banhao.flow.MigrationRuns;
import org.banhao.flow.Migrations;
import org.banhao.flow.deploy.Releases;
import org.banhao.flow.time.EngineTime;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Desk;
import org.banhao.testing.Together;
import org.banhao.testing.WebSession;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;

/** Running cases go over from a released state of the models to the present one, wherever they wait, and are finished on it. */
interface Migrating extends EveryStep {

    String FIRST = "2026-11-22";
    String LAST = "2026-11-23";

    Pattern WAITING =
            Pattern.compile("<bpmn:(?:userTask|receiveTask|callActivity|intermediateCatchEvent) id=\"([^\"]+)\"");

    // ---- the rules administrator

    private static void asAdministrator(Runnable act) {
        ActingAs.run(new Actor("wu-gui", "戊规", null, null, "127.0.0.1"), act);
    }

    private List<Migrations.Behind> behind() {
        List<Migrations.Behind> found = new ArrayList<>();
        asAdministrator(() -> found.addAll(bean(RunningCases.class).behind()));
        return found;
    }

    private Migrations.Behind behind(String process) {
        return behind().stream()
                .filter(one -> one.process().equals(process))
                .findFirst()
                .orElseThrow(() -> new AssertionError(process + " in " + behind()));
    }

    private Migrations.Plan planned(String version, Map<String, String> instead) {
        List<Migrations.Plan> plans = new ArrayList<>();
        asAdministrator(() -> plans.add(bean(Migrations.class).plan(version, instead, Migrations.Progress.UNHEARD)));
        return plans.get(0);
    }

    private void migrated(String version, Map<String, String> instead) {
        asAdministrator(() -> bean(Migrations.class).migrate(version, instead, Migrations.Progress.UNHEARD));
    }

    private void allMigrated() {
        behind().forEach(version -> migrated(version.id(), Map.of()));
        assertThat(behind()).isEmpty();
    }

    private static Set<String> waitStates(String release) {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "models", release, "bpmn"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".bpmn")).toList()) {
                Matcher wait = WAITING.matcher(Files.readString(file));
                while (wait.find()) found.add(wait.group(1));
            }
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        return found;
    }

    /** What a case shows of its waiting: nothing of it depends on the version. */
    private List<String> state(String number) {
        List<String> state = new ArrayList<>();
        open(number)
                .forEach(step -> state.add(step.taskId() + " " + step.task() + " " + step.groups() + " "
                        + step.assignee() + " " + step.due() + " " + step.created()));
        db().sql("""
                        select j.id_ || ' ' || j.handler_type_ || ' ' || j.duedate_ as job from act_ru_job j
                        join act_ru_execution e on e.id_ = j.process_instance_id_ where e.business_key_ = :n order by j.id_""").param("n", number).query(String.class).list().forEach(state::add);
        db().sql(
                        "select rule_key || ' ' || coalesce(task, '') || ' ' || due_at || ' ' || state as term from calendar_deadline"
                                + " where case_number = :n order by id")
                .param("n", number)
                .query(String.class)
                .list()
                .forEach(state::add);
        return state;
    }

    private long outdated(String number) {
        return db().sql("""
                        select count(*) from casefile_open_step s where s.number = :n and not exists (
                          select 1 from act_re_procdef d where d.id_ = s.definition_id and d.version_ = (
                            select max(l.version_) from act_re_procdef l where l.key_ = d.key_))""").param("n", number).query(Long.class).single();
    }

    // ---- stories

    @Test
    default void fromEveryWaitStateOfTheLastReleaseACaseGoesOnWithTheNextOneAndIsFinished() {
        Releases.deploy(this, LAST);
        Map<String, String> numbers = waitingEverywhere();
        String half = numbers.get("firstReview");
        Desk clerk = desk("暴晓岚");
        String task = clerk.task(half);
        Desk.ok(clerk.claim(task), 204);
        String halfFilled = "{\"opinion\":\"半张表单\"}";
        bean(org.banhao.flow.form.Drafts.class).save(CLERK, task, halfFilled);
        String resting = until(handedIn(PROPOSER), "secondReview");
        bean(org.banhao.flow.Processes.class).suspend(resting);
        Releases.deployChanged(
                this,
                List.of(),
                text -> text.replaceFirst("\"label\": \"", "\"label\": \"新表单")
                        .replaceAll("(<bpmn:userTask id=\"[^\"]+\" name=\")", "$1新")
                        .replace("camunda:versionTag=\"1.0.0\"", "camunda:versionTag=\"2.0.0\""));
        Map<String, List<String>> before = new LinkedHashMap<>();
        numbers.forEach((where, number) -> before.put(where, state(number)));
        Set<String> waits = new TreeSet<>();
        for (Migrations.Behind version : behind()) {
            Migrations.Plan plan = planned(version.id(), Map.of());
            assertThat(plan.cannot()).as(version.process()).isEmpty();
            assertThat(plan.moves())
                    .as(version.process())
                    .isNotEmpty()
                    .allSatisfy(move -> assertThat(move.toStep()).isEqualTo(move.fromStep()));
            plan.moves().forEach(move -> waits.add(move.fromStep()));
        }
        Set<String> missing = waitStates(LAST);
        missing.removeAll(waits);
        assertThat(missing).as("wait states no case stood in").containsExactly("userTask_writeSummary");
        numbers.forEach((where, number) ->
                assertThat(state(number)).as("a plan changes nothing").isEqualTo(before.get(where)));

        allMigrated();

        numbers.forEach((where, number) -> {
            assertThat(state(number)).as(where).isEqualTo(before.get(where));
            assertThat(outdated(number)).as(where).isZero();
            assertThat(open(number))
                    .as(where)
                    .allSatisfy(step -> assertThat(step.name()).startsWith("新"));
        });
        assertThat(bean(org.banhao.flow.form.Drafts.class).find(CLERK, task)).hasValue(halfFilled);
        assertThat(clerk.engine("GET", "/task/" + task + "/deployed-form", "").body())
                .contains("新表单");
        assertThat(desk("暴晓岚").web().get("/cases/" + half).statusCode()).isEqualTo(200);
        assertThat(db().sql(
                                "select count(*) from base_audit where action = 'flow.migrate' and case_number = :n and person_id = 'wu-gui'")
                        .param("n", half)
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(db().sql("select distinct suspended from casefile_open_step where number = :n")
                        .param("n", resting)
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
        bean(org.banhao.flow.Processes.class).resume(resting);
        bean(Submission.class).confirm(numbers.get("receiveTask_signatures"), CO_SIGNER);
        numbers.forEach((where, number) -> {
            try {
                toTheEnd(number);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("from " + where + ": " + failed, failed);
            }
        });
        for (String where : List.of("prepareTopics", "approveCall", "closing")) {
            timerFires(numbers.get(where));
            toTheEnd(numbers.get(where));
        }
        toTheEnd(resting);
        for (String merged : List.of("receiveTask_leadReply", "receiveTask_mergedFeedback")) {
            toTheEnd(leadOf(numbers.get(merged)));
            toTheEnd(numbers.get(merged));
        }
        numbers.forEach((where, number) ->
                assertThat(bean(CaseFiles.class).get(number).closed()).as(where).isNotNull());
        assertThat(status(resting)).isEqualTo("closed");
        Releases.deployPresent(this);
        allMigrated();
    }

    @Test
    default void casesOfTheFirstReleaseGoOnWithTheStagesThatCameLater() {
        Releases.deploy(this, FIRST);
        Map<String, String> numbers = new LinkedHashMap<>();
        for (String where : List.of(
                "receiveTask_signatures",
                "firstReview",
                "secondReview",
                "decideInMeeting",
                "decideByDirector",
                "assignFileNumber",
                "reviseProposal")) {
            numbers.put(where, waits().get(where).get());
        }
        numbers.put("receiveTask_leadReply", merged("assignFileNumber"));
        String withdrawn = until(handedIn(PROPOSER), "secondReview");
        Releases.deployPresent(this);
        String former = db().sql(
                        "select proc_def_id_ from act_ru_execution where id_ = (select instance_id from proposal_proposal"
                                + " where case_number = :n)")
                .param("n", withdrawn)
                .query(String.class)
                .single();
        assertThat(waitStates(FIRST)).contains("callActivity_proposalReview").doesNotContain("receiveTask_handling");
        assertThat(planned(former, Map.of()).moves())
                .extracting(Migrations.Move::fromStep)
                .containsExactly("callActivity_proposalReview", "receiveTask_leadReply", "receiveTask_signatures");
        List<String> termBefore = state(numbers.get("receiveTask_signatures"));

        allMigrated();

        assertThat(state(numbers.get("receiveTask_signatures"))).isEqualTo(termBefore);
        bean(Submission.class).withdraw(withdrawn, PROPOSER, "情况已经变化，不再需要。");
        assertThat(waiting(withdrawn)).isEmpty();
        bean(Submission.class).confirm(numbers.get("receiveTask_signatures"), CO_SIGNER);
        String lead = leadOf(numbers.get("receiveTask_leadReply"));
        numbers.values().forEach(this::toTheEnd);
        toTheEnd(lead);
        toTheEnd(numbers.get("receiveTask_leadReply"));
        numbers.forEach((where, number) -> assertThat(status(number)).as(where).isEqualTo("closed"));
        assertThat(status(lead)).isEqualTo("closed");
    }

    private String leadOf(String merged) {
        return db().sql("select to_number from casefile_link where from_number = :n and until is null")
                .param("n", merged)
                .query(String.class)
                .single();
    }

    @Test
    default void whatHasNoPlaceInTheNewVersionIsNamedWithTheReasonAndNothingMovesUntilOneIsGiven() {
        String first = until(handedIn(PROPOSER), "firstReview");
        String one = until(handedIn(PROPOSER), "secondReview");
        String two = until(handedIn(PROPOSER), "secondReview");
        Releases.deployChanged(
                this, List.of("proposalReview"), text -> text.replace("userTask_secondReview", "userTask_deepReview"));
        String former = behind("proposalReview").id();
        Map<String, List<String>> before = new LinkedHashMap<>();
        List.of(first, one, two).forEach(number -> before.put(number, state(number)));

        assertThat(planned(former, Map.of()).cannot())
                .extracting(Migrations.Hindrance::caseNumber)
                .contains(one, two)
                .doesNotContain(first);
        assertThatThrownBy(() -> migrated(former, Map.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有一件迁移")
                .hasMessageContaining("：停在「复审提案」，新版本没有对应的步骤");
        before.forEach((number, state) -> assertThat(state(number)).isEqualTo(state));
        assertThat(outdated(first)).isPositive();
        for (Map<String, String> unfit : List.of(
                Map.of("userTask_secondReview", "userTask_thirdReview"),
                Map.of("userTask_otherReview", "userTask_deepReview"),
                Map.of("userTask_secondReview", "gateway_secondVerdict"))) {
            assertThatThrownBy(() -> migrated(former, unfit))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("步骤");
        }

        migrated(former, Map.of("userTask_secondReview", "userTask_deepReview"));

        for (String number : List.of(one, two)) {
            assertThat(waiting(number)).containsExactly("userTask_deepReview");
            assertThat(state(number))
                    .isEqualTo(before.get(number).stream()
                            .map(line -> line.replace("userTask_secondReview", "userTask_deepReview"))
                            .toList())
                    .anyMatch(line -> line.startsWith("secondReview userTask_deepReview"));
        }
        assertThatThrownBy(() -> migrated(former, Map.of())).hasMessageContaining("没有在办案件");
        Releases.deployPresent(this);
        migrated(behind("proposalReview").id(), Map.of("userTask_deepReview", "userTask_secondReview"));
        assertThat(state(one)).isEqualTo(before.get(one));
        toTheEnd(one);
        assertThat(status(one)).isEqualTo("closed");
    }

    @Test
    default void theAdministratorTriesAndTakesThemOverOnHisPage() {
        String number = until(handedIn(PROPOSER), "secondReview");
        Releases.deployChanged(
                this, List.of("proposalReview"), text -> text.replace("userTask_secondReview", "userTask_deepReview"));
        Migrations.Behind former = behind("proposalReview");
        WebSession web = desk("戊规").web();
        assertThat(web.get("/admin/migrations").body()).contains("提案审查", former.running() + "件", former.id());
        Map.Entry<String, String> version = Map.entry("version", former.id());
        assertThat(ended(web, web.form("/admin/migrations/plan", List.of(version))))
                .contains(number, "新版没有这一步，请指定去处", "value=\"userTask_deepReview\"")
                .doesNotContain("formaction");
        Map.Entry<String, String> place = Map.entry("to.userTask_secondReview", "userTask_deepReview");
        Map.Entry<String, String> checked = Map.entry("checked", "yes");
        assertThat(ended(web, web.form("/admin/migrations/migrate", List.of(version, checked))))
                .contains("没有一件迁移");
        assertThat(outdated(number)).isPositive();
        HttpResponse<String> done = web.form("/admin/migrations/migrate", List.of(version, place, checked));
        assertThat(ended(web, done)).contains("已迁移" + former.running() + "件");
        assertThat(waiting(number)).containsExactly("userTask_deepReview");
        assertThat(web.get("/admin/migrations").body()).contains("已迁移" + former.running() + "件");
        assertThat(db().sql(
                                "select count(*) from base_audit where action = 'flow.migrate' and case_number = :n and person_id = 'wu-gui'")
                        .param("n", number)
                        .query(Long.class)
                        .single())
                .as("it was done in his name")
                .isPositive();
        assertThat(Desk.ok(web.form("/admin/migrations/migrate", List.of(version, checked)), 400)
                        .body())
                .contains("没有在办案件");
        assertThat(Desk.ok(web.get("/admin/migrations/999999"), 400).body()).contains("没有这次试算或者迁移");
        Releases.deployPresent(this);
        migrated(behind("proposalReview").id(), Map.of("userTask_deepReview", "userTask_secondReview"));
    }

    /** The page of what was begun, once it has ended. */
    private String ended(WebSession web, HttpResponse<String> begun) {
        String page = Desk.ok(begun, 302).headers().firstValue("Location").orElseThrow();
        long run = Long.parseLong(page.substring(page.lastIndexOf('/') + 1));
        // done by another thread
        org.awaitility.Awaitility.await()
                .until(() -> bean(MigrationRuns.class).one(run).endedAt() != null);
        return web.get("/admin/migrations/" + run).body();
    }

    @Test
    default void howFarItIsCanBeLookedAtWhileNothingHasMovedYetAndNobodyBeginsItTwice() throws Exception {
        String one = until(handedIn(PROPOSER), "firstReview");
        String two = until(handedIn(PROPOSER), "firstReview");
        Releases.deployChanged(this, List.of("proposalReview"), text -> text.replace("name=\"初审提案\"", "name=\"再审提案\""));
        Migrations.Behind former = behind("proposalReview");
        WebSession web = desk("戊规").web();
        Map.Entry<String, String> version = Map.entry("version", former.id());
        Map.Entry<String, String> checked = Map.entry("checked", "yes");
        CountDownLatch moving = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        // each is tried before any is moved: the second time it is the move
        AtomicInteger left = new AtomicInteger(2);
        var waits = new ApplicationListener<PayloadApplicationEvent<InstanceMigrated>>() {
            @Override
            public void onApplicationEvent(PayloadApplicationEvent<InstanceMigrated> event) {
                if (!two.equals(event.getPayload().caseNumber()) || left.decrementAndGet() != 0) return;
                moving.countDown();
                try {
                    looked.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        ApplicationEventMulticaster events = bean(ApplicationEventMulticaster.class);
        events.addApplicationListener(waits);
        String page;
        try {
            HttpResponse<String> begun = web.form("/admin/migrations/migrate", List.of(version, checked));
            page = Desk.ok(begun, 302).headers().firstValue("Location").orElseThrow();
            moving.await();
            HttpResponse<String> meanwhile = web.follow(begun);
            assertThat(meanwhile.body()).contains("正在", "<progress");
            assertThat(meanwhile.headers().firstValue("Refresh")).isPresent();
            assertThat(outdated(one)).as("all or none").isPositive();
            assertThat(Desk.ok(web.form("/admin/migrations/migrate", List.of(version, checked)), 400)
                            .body())
                    .contains("正在迁移，请等它结束");
        } finally {
            looked.countDown();
            events.removeApplicationListener(waits);
        }
        long run = Long.parseLong(page.substring(page.lastIndexOf('/') + 1));
        // done by another thread
        org.awaitility.Awaitility.await()
                .until(() -> bean(MigrationRuns.class).one(run).endedAt() != null);
        assertThat(outdated(one)).isZero();
        assertThat(outdated(two)).isZero();
        Releases.deployPresent(this);
        allMigrated();
    }

    @Test
    default void aCaseThatEndsWhileTheOthersAreTakenOverIsLeftOut() {
        for (int round = 1; round <= 2; round++) {
            String one = until(handedIn(PROPOSER), "firstReview");
            String two = until(handedIn(PROPOSER), "firstReview");
            Releases.deployChanged(
                    this, List.of("proposalReview"), text -> text.replace("name=\"初审提案\"", "name=\"再审提案\""));
            Migrations.Behind former = behind("proposalReview");
            // each is tried before any is moved: the second case ends during the trials, then among the moves
            AtomicInteger left = new AtomicInteger(round);
            var ends = new ApplicationListener<PayloadApplicationEvent<InstanceMigrated>>() {
                @Override
                public void onApplicationEvent(PayloadApplicationEvent<InstanceMigrated> event) {
                    if (one.equals(event.getPayload().caseNumber()) && left.decrementAndGet() == 0) {
                        CompletableFuture.runAsync(() -> bean(Submission.class).withdraw(two, PROPOSER, "情况已经变化，不再需要。"))
                                .join();
                    }
                }
            };
            ApplicationEventMulticaster events = bean(ApplicationEventMulticaster.class);
            events.addApplicationListener(ends);
            try {
                migrated(former.id(), Map.of());
            } finally {
                events.removeApplicationListener(ends);
            }
            assertThat(left.get()).isLessThanOrEqualTo(0);
            assertThat(outdated(one)).isZero();
            assertThat(status(two)).isEqualTo("withdrawn");
            assertThat(behind()).noneMatch(version -> version.id().equals(former.id()));
            assertThat(db().sql(
                                    "select detail from base_audit where action = 'flow.migrate' and case_number is null order by id desc")
                            .query(String.class)
                            .list()
                            .get(0))
                    .endsWith("，" + (former.running() - 1) + "件");
            Releases.deployPresent(this);
            allMigrated();
        }
    }

    @Test
    default void aFactTheNewVersionIsStartedWithIsMissingInWhatRuns() {
        String number = until(handedIn(PROPOSER), "firstReview");
        Releases.deployChanged(
                this,
                List.of("proposal"),
                text -> text.replace("\"signatures, finalDecider\"", "\"signatures, finalDecider, channel\""));
        String former = behind("proposal").id();

        assertThat(planned(former, Map.of()).cannot())
                .filteredOn(one -> one.caseNumber().equals(number))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.why()).contains("新版本开始时要有的内容，这件没有").doesNotContain("channel"));
        assertThatThrownBy(() -> migrated(former, Map.of())).isInstanceOf(Refusal.class);
        Releases.deployPresent(this);
        migrated(former, Map.of());
        assertThat(outdated(number)).isZero();
    }

    @Test
    default void onlyTheRulesAdministratorTakesCasesOverAndOfTwoAtOnceOneDoes() {
        until(handedIn(PROPOSER), "firstReview");
        Releases.deployChanged(this, List.of("proposalReview"), text -> text.replace("初审提案", "初步审查提案"));
        String former = behind("proposalReview").id();
        RunningCases cases = bean(RunningCases.class);
        for (String person : List.of(CLERK, "ding-liu", "jia-guan")) {
            ActingAs.run(new Actor(person, person, null, null, "127.0.0.1"), () -> {
                assertThatThrownBy(cases::behind).hasMessageContaining("只能由规则与代码管理员");
                assertThatThrownBy(() -> cases.start(former, Map.of(), true)).hasMessageContaining("只能由规则与代码管理员");
                assertThatThrownBy(() -> cases.start(former, Map.of(), false)).hasMessageContaining("只能由规则与代码管理员");
                assertThatThrownBy(cases::latest).hasMessageContaining("只能由规则与代码管理员");
                assertThatThrownBy(() -> cases.one(1)).hasMessageContaining("只能由规则与代码管理员");
            });
        }
        List<Callable<String>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(() -> {
                try {
                    migrated(former, Map.of());
                    return "done";
                } catch (Refusal slower) {
                    return slower.sentence();
                }
            });
        }
        assertThat(Together.all(both))
                .containsOnlyOnce("done")
                .anyMatch(said -> said.contains("没有在办案件") || said.contains("没有一件迁移"));
        Releases.deployPresent(this);
        allMigrated();
    }

    @Test
    default void whatWasHandedOnBeforeAMigrationIsNotTakenBackAfterIt() {
        String number = until(handedIn(PROPOSER), "secondReview");
        Retractions retractions = bean(Retractions.class);
        Retractions.Recent handedOn = retractions.recent(CLERK).stream()
                .filter(one -> one.caseNumber().equals(number))
                .findFirst()
                .orElseThrow();
        assertThat(handedOn.why()).isNull();
        Releases.deployChanged(this, List.of("proposalReview"), text -> text.replace("初审提案", "初步审查提案"));
        migrated(behind("proposalReview").id(), Map.of());

        assertThatThrownBy(() -> retractions.retract(handedOn.id(), CLERK))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("已迁移到新版流程");
        assertThat(waiting(number)).containsExactly("userTask_secondReview");
        Releases.deployPresent(this);
        allMigrated();
    }

    private void timerFires(String number) {
        bean(EngineTime.class).advance(Duration.ofDays(11));
        ManagementService jobs = bean(ManagementService.class);
        jobs.createJobQuery()
                .processInstanceId(db().sql("select instance_id from proposal_solicitation where case_number = :n")
                        .param("n", number)
                        .query(String.class)
                        .single())
                .executable()
                .list()
                .forEach(job -> jobs.executeJob(job.getId()));
    }
}
