package org.banhao.flow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.banhao.base.Audit;
import org.banhao.flow.FlowTestApplication;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.PlatformTransactionManager;

@SpringBootTest(classes = FlowTestApplication.class)
@ActiveProfiles("flowtest")
abstract class BundleDeployments {

    @Autowired
    BundleDeployer deployer;

    @Autowired
    RepositoryService repository;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Clock clock;

    @Autowired
    ObjectProvider<Audit> audit;

    private final String process =
            "p" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    @AfterEach
    void clean() {
        repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .list()
                .forEach(d -> repository.deleteDeployment(d.getDeploymentId(), true));
        jdbc.sql("delete from flow_deployment where process = ?").param(process).update();
    }

    private static byte[] model(String process, String tag, String name) {
        return ("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:camunda='http://camunda.org/schema/1.0/bpmn'"
                        + " targetNamespace='t'><process id='" + process + "' name='" + name
                        + "' isExecutable='true' camunda:versionTag='" + tag
                        + "' camunda:historyTimeToLive='P1D'><startEvent id='s'/></process></definitions>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Bundle bundle(String tag, String name) {
        TreeMap<String, byte[]> resources = new TreeMap<>();
        resources.put(process + ".bpmn", model(process, tag, name));
        return new Bundle(process, tag, resources);
    }

    private long versions() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .count();
    }

    private BundleDeployer confirming(String what) {
        return new BundleDeployer(repository, jdbc, transactions, clock, audit, List.of(what), "classpath*:");
    }

    @Test
    void bundlesOfTheClassPathAreDeployedOneByOneBeforeAnybodyCalls() throws Exception {
        assertThat(repository
                        .createDeploymentQuery()
                        .deploymentSource("classpath")
                        .list())
                .extracting("name")
                .contains("trial", "several", "caller");
        Bundle trial = Bundle.in("classpath*:flowtest/", new PathMatchingResourcePatternResolver()).stream()
                .filter(b -> b.process().equals("trial"))
                .findFirst()
                .orElseThrow();
        assertThat(trial.resources())
                .containsOnlyKeys("trial.bpmn", "trial_review.form", "trial_revise.form", "trial_start.form");
        assertThat(trial.versionTag()).isEqualTo("1.0.0");
    }

    @Test
    void unchangedContentIsDeployedOnceAndChangedContentAgain() {
        deployer.deploy(List.of(bundle("1.0.0", "甲")));
        deployer.deploy(List.of(bundle("1.0.0", "甲")));
        assertThat(versions()).isEqualTo(1);
        deployer.deploy(List.of(bundle("1.0.0", "乙")));
        assertThat(versions()).isEqualTo(2);
        assertThat(jdbc.sql("select count(*) from flow_deployment where process = ?")
                        .param(process)
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void aLostDeploymentIsMadeAgainAlthoughItsHashIsKnown() {
        deployer.deploy(List.of(bundle("1.0.0", "甲")));
        repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .list()
                .forEach(d -> repository.deleteDeployment(d.getDeploymentId(), true));
        deployer.deploy(List.of(bundle("1.0.0", "甲")));
        assertThat(versions()).isEqualTo(1);
    }

    @Test
    void anAdministratorsVersionIsKeptUnlessANewerOneIsConfirmed() {
        deployer.deploy(List.of(bundle("1.0.0", "甲")));
        repository
                .createDeployment()
                .source("admin")
                .addInputStream(process + ".bpmn", new java.io.ByteArrayInputStream(model(process, "1.9.0", "他")))
                .deploy();
        deployer.deploy(List.of(bundle("1.10.0", "乙")));
        assertThat(versions()).isEqualTo(2);
        confirming(process + ":1.10.1").deploy(List.of(bundle("1.10.0", "乙")));
        assertThat(versions()).isEqualTo(2);
        confirming(process + ":1.8.0").deploy(List.of(bundle("1.8.0", "乙")));
        assertThat(versions()).isEqualTo(2);
        confirming(process + ":1.10.0").deploy(List.of(bundle("1.10.0", "乙")));
        assertThat(versions()).isEqualTo(3);
    }

    @Test
    void oneUnfitBundleKeepsAllFromBeingDeployed() {
        TreeMap<String, byte[]> unfit = new TreeMap<>();
        unfit.put(
                "unfit.bpmn",
                new String(model("unfit", "1", "x"), StandardCharsets.UTF_8)
                        .replace("<startEvent id='s'/>", "<startEvent id='s'/><scriptTask id='t'/>")
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> deployer.deploy(List.of(bundle("1.0.0", "甲"), new Bundle("unfit", "1", unfit))))
                .isInstanceOf(UnfitModel.class)
                .hasMessageContaining("脚本任务");
        assertThat(versions()).isZero();
    }

    @Test
    void twoNodesStartingTogetherDeployOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> starts = List.of(
                    pool.submit(() -> deployer.deploy(List.of(bundle("1.0.0", "甲")))),
                    pool.submit(() -> deployer.deploy(List.of(bundle("1.0.0", "甲")))));
            for (Future<?> start : starts) {
                start.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(versions()).isEqualTo(1);
    }
}
