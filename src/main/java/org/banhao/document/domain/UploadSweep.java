package org.banhao.document.domain;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.document.KeptUploads;
import org.banhao.document.StoredDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every night: uploads that nobody handed in within 24 hours and that no draft or half-filled form waits for are forgotten, then the
 * bytes of content that no row names any more. First the rows, committed; then the bytes, one content at a time: whenever it is
 * killed, a file may be there without a row, never a row without its file.
 */
@Component
class UploadSweep {
    private static final Logger log = LoggerFactory.getLogger(UploadSweep.class);
    private static final Duration WAITS = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final StoredDocuments documents;
    private final ObjectProvider<KeptUploads> kept;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    UploadSweep(
            JdbcClient jdbc,
            StoredDocuments documents,
            ObjectProvider<KeptUploads> kept,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.documents = documents;
        this.kept = kept;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(cron = "0 10 4 * * *", zone = "Asia/Shanghai")
    public void nightly() {
        sweep();
    }

    /** @return how many uploads were forgotten */
    int sweep() {
        Instant before = clock.instant().minus(WAITS);
        int gone = Objects.requireNonNull(transaction.execute(status -> {
            alone();
            int forgotten = 0;
            for (StoredDocument upload : documents.waitingSince(before)) {
                if (kept.stream().noneMatch(k -> k.keeps(upload)) && documents.forget(upload)) forgotten++;
            }
            if (forgotten > 0) audit.record("document.sweep", null, forgotten + " 份");
            return forgotten;
        }));
        transaction.executeWithoutResult(status -> {
            alone();
            bytes(before);
        });
        return gone;
    }

    /** The second node waits here and then finds nothing. */
    private void alone() {
        jdbc.sql("update document_sweep set at = ? where name = 'uploads'")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void bytes(Instant before) {
        try {
            documents.files().tidy(before);
            List<String> left = jdbc.sql("select distinct sha256 from document_left order by sha256")
                    .query(String.class)
                    .list();
            // nobody was told of those whose row was rolled back
            for (String sha256 : documents.files().doubtful(before)) {
                boolean settled = documents.named(sha256) || documents.files().remove(sha256, before);
                if (settled) documents.files().settled(sha256, before);
            }
            for (String sha256 : left) {
                boolean settled = documents.named(sha256) || documents.files().remove(sha256, before);
                if (settled)
                    jdbc.sql("delete from document_left where sha256 = ?")
                            .param(sha256)
                            .update();
            }
        } catch (IOException e) {
            // what is left is tried again tomorrow
            log.warn("Files that nobody needs could not be removed: {}", e.toString());
        }
    }
}
