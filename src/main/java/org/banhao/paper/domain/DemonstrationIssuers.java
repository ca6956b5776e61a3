package org.banhao.paper.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.banhao.people.DemonstrationCast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Names and words of some organs of the demonstration: once, while nobody has entered any. */
@Component
class DemonstrationIssuers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DemonstrationIssuers.class);
    private static final String RESOURCE = "/demonstration/issuers.tsv";

    private final DemonstrationCast cast;
    private final Issuers issuers;
    private final TransactionTemplate transaction;
    private volatile boolean done;

    DemonstrationIssuers(DemonstrationCast cast, Issuers issuers, TransactionTemplate transaction) {
        this.cast = cast;
        this.issuers = issuers;
        this.transaction = transaction;
    }

    /** Before the web server, so that nobody meets a desk without words. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 11_000;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public void start() {
        done = true;
        if (!cast.loaded() || issuers.list().stream().anyMatch(one -> one.changedAt() != null)) return;
        try {
            transaction.executeWithoutResult(status -> lines().stream()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t", -1))
                    .forEach(cells -> issuers.change(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])));
        } catch (RuntimeException e) {
            // another node was faster; the house must open without its show pieces, too
            LOG.error("The organs of the demonstration could not be loaded", e);
        }
    }

    private static List<String> lines() {
        try (InputStream in =
                        Objects.requireNonNull(DemonstrationIssuers.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
