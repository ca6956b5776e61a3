package org.banhao.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.banhao.BanhaoApplication;
import org.banhao.flow.time.EngineTime;
import org.camunda.bpm.BpmPlatform;
import org.camunda.bpm.container.RuntimeContainerDelegate;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The whole application with its demonstration data, listening on a port, the engine's timers fired and
 * deadlines looked through by hand. A subclass
 * names its database in {@code @DynamicPropertySource} through {@link #register}; those of one database share one context
 * when they inherit it from one class.
 */
@SpringBootTest(
        classes = BanhaoApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "banhao.people.password-cost=4",
            "banhao.notice.reminders=-",
            "banhao.notice.digest=-",
            "banhao.monitoring.rules=-"
        })
public abstract class WholeApplication implements Whole {

    @LocalServerPort
    protected int port;

    @Autowired
    protected EngineTime time;

    @Autowired
    private org.springframework.core.env.Environment settings;

    @Autowired
    private org.springframework.context.ApplicationContext beans;

    protected static void register(DynamicPropertyRegistry registry, Databases database) {
        Path data = dataFolder();
        registry.add("banhao.data", data::toString);
        database.register(registry);
    }

    private static Path dataFolder() {
        try {
            return Files.createTempDirectory("banhao");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The web applications and REST resources find their engine by its name in a register of the JVM: the context of the other
     * database, kept for later classes, would answer this one's calls.
     */
    @BeforeEach
    void ownEngineIsTheOneThatAnswers() {
        ProcessEngine own = beans.getBean(ProcessEngine.class);
        ProcessEngine known = BpmPlatform.getDefaultProcessEngine();
        if (known == own) return;
        RuntimeContainerDelegate register = RuntimeContainerDelegate.INSTANCE.get();
        if (known != null) register.unregisterProcessEngine(known);
        register.registerProcessEngine(own);
        ProcessEngines.registerProcessEngine(own);
    }

    @AfterEach
    void clockRunsAsUsualAgain() {
        time.reset();
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public Accounts accounts() {
        return new Accounts(Path.of(settings.getRequiredProperty("banhao.data"), "demo-accounts.tsv"));
    }

    @Override
    public <T> T bean(Class<T> type) {
        return beans.getBean(type);
    }

    @Override
    public <T> java.util.List<T> beans(Class<T> type) {
        return java.util.List.copyOf(beans.getBeansOfType(type).values());
    }

    /** Signed in by the person's Chinese name, as in a browser. */
    protected WebSession signedIn(String name) {
        return new WebSession(address()).signIn(accounts().named(name));
    }
}
