package org.banhao.document.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.banhao.casefile.CasefileDatabase;
import org.banhao.casefile.CasefileFakes.TestAudit;
import org.banhao.casefile.CasefileFakes.TestClock;
import org.banhao.document.KeptUploads;
import org.banhao.document.StoredDocument;
import org.banhao.testing.Together;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Uploads that nobody handed in, in both databases. */
class UploadSweepTest {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final TestAudit audit = new TestAudit();
    private final Set<String> wanted = new HashSet<>();
    private JdbcClient jdbc;
    private StoredDocuments documents;
    private TransactionTemplate transaction;
    private DataSource source;

    private UploadSweep on(CasefileDatabase database) {
        source = database.source();
        jdbc = JdbcClient.create(source);
        jdbc.sql("delete from document_file").update();
        jdbc.sql("delete from document_left").update();
        clock.now = Instant.now(java.time.Clock.systemUTC());
        documents = new StoredDocuments(jdbc, clock, audit, folder, DataSize.ofKilobytes(64));
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        return sweep();
    }

    private UploadSweep sweep() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("kept", (KeptUploads) upload -> wanted.contains(upload.id()));
        return new UploadSweep(
                jdbc,
                documents,
                beans.getBeanProvider(KeptUploads.class),
                audit,
                clock,
                new JdbcTransactionManager(source));
    }

    private StoredDocument upload(String step, String content) {
        return transaction.execute(status -> documents.store(
                null,
                step,
                "a.txt",
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                "weilinshu",
                "卫林书"));
    }

    private Path place(StoredDocument document) {
        return folder.resolve(document.sha256().substring(0, 2)).resolve(document.sha256());
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodyHandedInWithinADayGoesWithItsBytesAndTheRestStays(CasefileDatabase database) {
        UploadSweep sweep = on(database);
        StoredDocument orphan = upload("task-1", "孤件");
        StoredDocument twin = upload("task-1", "两处");
        StoredDocument attached = upload("task-2", "两处");
        StoredDocument drafted = upload("draft:TA-2026-000001", "草稿");
        documents.attach("TA-2026-000001", List.of(attached.id()), "draft");
        wanted.add(drafted.id());
        clock.now = clock.now.plus(Duration.ofHours(24)).minusSeconds(5);
        assertThat(sweep.sweep()).as("not a day old").isZero();
        clock.now = clock.now.plusSeconds(10);
        StoredDocument fresh = upload("task-1", "刚传");

        assertThat(sweep.sweep()).isEqualTo(2);

        assertThat(documents.find(orphan.id())).isEmpty();
        assertThat(documents.find(twin.id())).isEmpty();
        assertThat(place(orphan)).doesNotExist();
        assertThat(place(attached)).as("another row names the same content").exists();
        assertThat(Stream.of(attached, drafted, fresh))
                .allSatisfy(d -> assertThat(documents.find(d.id())).isPresent());
        assertThat(audit.lines).contains("document.sweep null 2 份");
        wanted.clear();
        assertThat(sweep.sweep()).as("its draft is gone").isEqualTo(1);
        assertThat(place(drafted)).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void contentThatIsReceivedAgainWhileItsBytesGoStays(CasefileDatabase database) throws IOException {
        UploadSweep sweep = on(database);
        StoredDocument old = upload("task-1", "同一份");
        clock.now = clock.now.plus(Duration.ofHours(25));
        // somebody uploads the same: his file is in place, his row is not committed yet
        Files.setLastModifiedTime(place(old), FileTime.from(clock.now));

        assertThat(sweep.sweep()).isEqualTo(1);

        assertThat(place(old)).exists();
        assertThat(jdbc.sql("select count(*) from document_left")
                        .query(Long.class)
                        .single())
                .as("looked at again tomorrow")
                .isEqualTo(1);
        clock.now = clock.now.plus(Duration.ofHours(25));
        sweep.sweep();
        assertThat(place(old)).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void bytesWhoseRowWasRolledBackGoAndThoseThatAreNamedElsewhereStay(CasefileDatabase database) throws IOException {
        UploadSweep sweep = on(database);
        StoredDocument kept = upload("draft:TA-2026-000001", "留下");
        wanted.add(kept.id());
        StoredDocument refused = transaction.execute(status -> {
            upload("task-1", "留下");
            StoredDocument stored = upload("task-1", "退回");
            status.setRollbackOnly();
            return stored;
        });
        assertThat(place(refused)).exists();
        sweep.sweep();
        assertThat(place(refused)).as("too young to judge").exists();
        clock.now = clock.now.plus(Duration.ofHours(25));

        sweep.sweep();

        assertThat(place(refused)).doesNotExist();
        assertThat(place(kept)).exists();
        try (Stream<Path> doubts = Files.list(folder.resolve("doubtful"))) {
            assertThat(doubts).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRemovalThatWasKilledHalfWayIsUndoneFirst(CasefileDatabase database) throws IOException {
        UploadSweep sweep = on(database);
        StoredDocument document = upload("task-1", "半途");
        documents.attach("TA-2026-000001", List.of(document.id()), "draft");
        Path leaving = Files.createDirectories(folder.resolve("leaving")).resolve(document.sha256());
        Files.move(place(document), leaving);

        sweep.sweep();

        assertThat(place(document)).exists();
        assertThat(leaving).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoNodesOneSweeps(CasefileDatabase database) {
        on(database);
        for (int i = 0; i < 20; i++) upload("task-1", "第" + i + "份");
        clock.now = clock.now.plus(Duration.ofHours(25));

        assertThat(Together.all(List.of(() -> sweep().sweep(), () -> sweep().sweep())))
                .containsExactlyInAnyOrder(20, 0);
        assertThat(audit.lines.stream().filter(l -> l.startsWith("document.sweep")))
                .containsExactly("document.sweep null 20 份");
    }
}
