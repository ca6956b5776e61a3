package org.banhao.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.banhao.BanhaoApplication;
import org.banhao.flow.time.EngineTime;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The whole application with its demonstration data, listening on a port, the engine's timers fired by hand. A subclass
 * names its database in {@code @DynamicPropertySource} through {@link #register}; those of one database share one context
 * when they inherit it from one class.
 */
@SpringBootTest(
        classes = BanhaoApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "camunda.bpm.job-execution.enabled=false")
public abstract class WholeApplication {

    @LocalServerPort
    protected int port;

    @Autowired
    protected EngineTime time;

    @Autowired
    private org.springframework.core.env.Environment settings;

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

    @AfterEach
    void clockRunsAsUsualAgain() {
        time.reset();
    }

    protected String address() {
        return "http://127.0.0.1:" + port;
    }

    protected Accounts accounts() {
        return new Accounts(Path.of(settings.getRequiredProperty("banhao.data"), "demo-accounts.tsv"));
    }

    /** Signed in by the person's Chinese name, as in a browser. */
    protected WebSession signedIn(String name) {
        return new WebSession(address()).signIn(accounts().named(name));
    }
}
