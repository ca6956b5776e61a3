package org.banhao.flow.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.banhao.base.Audit;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinitionQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deploys what lies on the class path at start, before the web server takes requests. One deployment for each process, all in one
 * transaction under a lock row, so that of two nodes starting together one finds the work done. A bundle that is unfit stops the
 * start: a half-deployed application would be worse.
 */
@Component
class BundleDeployer implements SmartInitializingSingleton {

    static final String SOURCE = "classpath";

    private static final Logger LOG = LoggerFactory.getLogger(BundleDeployer.class);

    private final RepositoryService repository;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ObjectProvider<Audit> audit;
    private final List<String> confirmed;
    private final String folder;

    /**
     * @param confirmed {@code <process>:<versionTag>} the operator agreed to put over an administrator's version
     * @param folder where the bundles lie
     */
    BundleDeployer(
            RepositoryService repository,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            ObjectProvider<Audit> audit,
            @Value("${banhao.deploy.confirm:}") List<String> confirmed,
            @Value("${banhao.deploy.folder:classpath*:}") String folder) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.audit = audit;
        this.confirmed = List.copyOf(confirmed);
        this.folder = folder;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            deploy(Bundle.in(folder, new PathMatchingResourcePatternResolver()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deploy(List<Bundle> bundles) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select name from flow_lock where name = 'deploy' for update")
                    .query(String.class)
                    .single();
            bundles.forEach(this::deploy);
        });
    }

    private void deploy(Bundle bundle) {
        String process = bundle.process();
        String hash = bundle.hash();
        Optional<String> known = jdbc.sql("select hash from flow_deployment where process = ?")
                .param(process)
                .query(String.class)
                .optional();
        // counted, not read: whoever reads a definition makes the engine parse its model
        if (known.filter(hash::equals).isPresent() && definitions(process).count() > 0) {
            return;
        }
        ProcessDefinition latest = definitions(process).latestVersion().singleResult();
        if (latest != null && !ours(latest) && !mayReplace(bundle, latest)) {
            return;
        }
        DeploymentBuilder builder = repository.createDeployment().name(process).source(SOURCE);
        bundle.resources().forEach((name, content) -> builder.addInputStream(name, new ByteArrayInputStream(content)));
        Deployment deployment = builder.deploy();
        remember(process, hash, deployment.getId());
        LOG.info(
                "Deployed {} {} ({} files)",
                process,
                bundle.versionTag(),
                bundle.resources().size());
        audit.ifAvailable(a -> a.record("flow.deploy", null, process + " " + bundle.versionTag()));
    }

    private ProcessDefinitionQuery definitions(String process) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .withoutTenantId();
    }

    private boolean ours(ProcessDefinition definition) {
        Deployment deployment = repository
                .createDeploymentQuery()
                .deploymentId(definition.getDeploymentId())
                .singleResult();
        return deployment != null && SOURCE.equals(deployment.getSource());
    }

    private boolean mayReplace(Bundle bundle, ProcessDefinition theirs) {
        String process = bundle.process();
        boolean newer = Versions.isNewer(bundle.versionTag(), theirs.getVersionTag());
        if (newer && confirmed.contains(process + ":" + bundle.versionTag())) {
            LOG.warn(
                    "Process {}: version {} of an administrator is replaced by {} as confirmed",
                    process,
                    theirs.getVersionTag(),
                    bundle.versionTag());
            return true;
        }
        LOG.warn(
                "Process {}: the latest version (number {}, tag {}) comes from an administrator and is kept; the application's own"
                        + " (tag {}) is not deployed. {}",
                process,
                theirs.getVersion(),
                theirs.getVersionTag(),
                bundle.versionTag(),
                newer
                        ? "To put it on top, start with banhao.deploy.confirm=" + process + ":" + bundle.versionTag()
                        : "Its version tag is not newer.");
        return false;
    }

    private void remember(String process, String hash, String deploymentId) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        int updated = jdbc.sql(
                        "update flow_deployment set hash = ?, deployment_id = ?, source = ?, deployed_at = ? where process = ?")
                .params(hash, deploymentId, SOURCE, now, process)
                .update();
        if (updated == 0) {
            jdbc.sql(
                            "insert into flow_deployment (process, hash, deployment_id, source, deployed_at) values (?, ?, ?, ?, ?)")
                    .params(process, hash, deploymentId, SOURCE, now)
                    .update();
        }
    }

    /** Tags such as 1.10.2, compared number by number. */
    static final class Versions {

        private Versions() {}

        static boolean isNewer(@Nullable String ours, @Nullable String theirs) {
            if (ours == null || theirs == null) {
                return ours != null;
            }
            String[] a = ours.split("\\.");
            String[] b = theirs.split("\\.");
            for (int i = 0; i < Math.max(a.length, b.length); i++) {
                int difference = Integer.compare(part(a, i), part(b, i));
                if (difference != 0) {
                    return difference > 0;
                }
            }
            return false;
        }

        private static int part(String[] parts, int i) {
            if (i >= parts.length || !parts[i].matches("\\d{1,9}")) {
                return 0;
            }
            return Integer.parseInt(parts[i]);
        }
    }
}
