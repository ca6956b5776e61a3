package org.banhao.document.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.unit.DataSize;

/** Bytes in {@link FileStore}, one row per upload. The row comes last: a row never names a file that is not there. */
@Component
class StoredDocuments implements Documents {
    /** More waiting uploads than any form has fields for: somebody fills the disk. */
    private static final int MOST_WAITING = 60;

    /** The same over all steps: whoever uploads may name steps that nobody ever hands in. */
    private static final int MOST_WAITING_OF_PERSON = 600;

    private static final int LONGEST_REASON = 300;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;
    private final FileStore files;
    private final FileKinds kinds = new FileKinds();

    StoredDocuments(
            JdbcClient jdbc,
            Clock clock,
            Audit audit,
            @Value("${banhao.documents.folder:${banhao.data}/documents}") Path folder,
            @Value("${banhao.upload.largest}") DataSize largest) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
        this.files = new FileStore(folder, largest);
    }

    @Override
    @Transactional
    public StoredDocument store(
            @Nullable String caseNumber,
            String step,
            String name,
            InputStream content,
            String personId,
            String personName) {
        if (step.isBlank() || step.length() > 200) throw new Refusal("step", "上传的步骤不明，请刷新页面后重试。");
        String clean = FileNames.clean(name);
        if (ofStep(step, personId).size() >= MOST_WAITING) {
            throw new Refusal("file", "本步骤上传的文件已达" + MOST_WAITING + "个，请先删去不用的文件。");
        }
        if (waiting(personId) >= MOST_WAITING_OF_PERSON) {
            throw new Refusal("file", "您上传而尚未提交的文件已达" + MOST_WAITING_OF_PERSON + "个，请先提交或删去一些。");
        }
        try (FileStore.Received received = files.receive(content)) {
            String type = kinds.recognise(received.path, clean);
            keep(received);
            var document = new StoredDocument(
                    UUID.randomUUID().toString(),
                    caseNumber,
                    step,
                    null,
                    clean,
                    type,
                    received.bytes,
                    received.sha256,
                    personId,
                    personName,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    null,
                    1,
                    null);
            jdbc.sql("""
                            insert into document_file
                                (id, case_number, step, name, media_type, bytes, sha256, person_id, person_name, at)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            document.id(),
                            caseNumber,
                            step,
                            clean,
                            type,
                            document.bytes(),
                            document.sha256(),
                            personId,
                            personName,
                            document.at().atOffset(ZoneOffset.UTC))
                    .update();
            audit.record(
                    "document.store", caseNumber, document.name() + "，" + document.bytes() + "字节，" + document.id());
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In its place before its row; when the row is rolled back or never comes, {@link UploadSweep} finds it by its doubt. */
    private static void keep(FileStore.Received received) throws IOException {
        Path doubt = received.keep();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            FileStore.named(doubt);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                FileStore.named(doubt);
            }
        });
    }

    private long waiting(String personId) {
        return jdbc.sql("select count(*) from document_file where person_id = ? and step is not null")
                .param(personId)
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<StoredDocument> find(String id) {
        return jdbc.sql("select * from document_file where id = ?")
                .param(id)
                .query(StoredDocuments::document)
                .optional();
    }

    @Override
    public InputStream open(String id) {
        StoredDocument document = find(id).orElseThrow(StoredDocuments::none);
        try {
            return files.open(document.sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean owned(String step, String personId, List<String> ids) {
        if (ids.isEmpty()) return true;
        Set<String> asked = new HashSet<>(ids);
        return jdbc.sql("select id from document_file where step = :step and person_id = :person and id in (:ids)")
                        .param("step", step)
                        .param("person", personId)
                        .param("ids", asked)
                        .query(String.class)
                        .list()
                        .size()
                == asked.size();
    }

    @Override
    @Transactional
    public void attach(String caseNumber, List<String> ids, String origin) {
        if (ids.isEmpty()) return;
        // the guard keeps a document from being carried from one case into another
        int attached = jdbc.sql("""
                        update document_file set case_number = :number, step = null, origin = coalesce(origin, :origin)
                        where id in (:ids) and (case_number is null or case_number = :number)""")
                .param("number", caseNumber)
                .param("origin", origin)
                .param("ids", new HashSet<>(ids))
                .update();
        if (attached != new HashSet<>(ids).size()) throw none();
        // later versions that went with them when they were detached
        jdbc.sql("""
                        update document_file set case_number = :number, step = null, origin = :origin
                        where version_of in (:ids) and step is not null and case_number = :number""")
                .param("number", caseNumber)
                .param("origin", origin)
                .param("ids", new HashSet<>(ids))
                .update();
        audit.record("document.attach", caseNumber, attached + " 份");
    }

    @Override
    @Transactional
    public void keep(String id, String origin, String personId) {
        int kept = jdbc.sql("""
                        update document_file set step = null, origin = ?
                        where id = ? and person_id = ? and case_number is null and step is not null""").params(origin, id, personId).update();
        if (kept == 0) throw none();
        audit.record("document.attach", null, origin + " " + id);
    }

    @Override
    @Transactional
    public void detach(String caseNumber, List<String> ids, String origin, String personId, String step) {
        if (ids.isEmpty()) return;
        int detached = jdbc.sql("""
                        update document_file set step = :step, origin = null
                        where id in (:ids) and case_number = :number and step is null and origin = :origin
                          and person_id = :person""")
                .param("step", step)
                .param("ids", new HashSet<>(ids))
                .param("number", caseNumber)
                .param("origin", origin)
                .param("person", personId)
                .update();
        jdbc.sql("""
                        update document_file set step = :step, origin = null
                        where case_number = :number and step is null and version_of in
                          (select id from document_file where id in (:ids) and step = :step and case_number = :number)""")
                .param("step", step)
                .param("ids", new HashSet<>(ids))
                .param("number", caseNumber)
                .update();
        audit.record("document.detach", caseNumber, detached + " 份");
    }

    @Override
    @Transactional
    public StoredDocument revise(
            String id, String name, InputStream content, @Nullable String reason, String personId, String personName) {
        String why = reason == null ? "" : reason.strip();
        if (why.isEmpty()) throw new Refusal("reason", "请填写「修改说明」，写明改了什么、为什么改。");
        if (why.length() > LONGEST_REASON) {
            throw new Refusal("reason", "「修改说明」最多" + LONGEST_REASON + "字（现" + why.length() + "字），请缩短。");
        }
        String first = find(id).map(StoredDocument::first).orElseThrow(StoredDocuments::none);
        // two new versions at the same moment go one after the other
        StoredDocument root = jdbc.sql(
                        "select * from document_file where id = ? and case_number is not null and step is null for update")
                .param(first)
                .query(StoredDocuments::document)
                .optional()
                .orElseThrow(StoredDocuments::none);
        StoredDocument last = jdbc.sql(
                        "select * from document_file where id = ? or version_of = ? order by version desc limit 1")
                .params(first, first)
                .query(StoredDocuments::document)
                .single();
        String clean = FileNames.clean(name);
        try (FileStore.Received received = files.receive(content)) {
            if (received.sha256.equals(last.sha256())) {
                throw new Refusal("file", "选择的文件与第" + last.version() + "版内容相同，没有更新。");
            }
            String type = kinds.recognise(received.path, clean);
            keep(received);
            String next = UUID.randomUUID().toString();
            jdbc.sql("""
                            insert into document_file (id, case_number, step, origin, name, media_type, bytes, sha256,
                                person_id, person_name, at, version_of, version, reason)
                            values (?, ?, null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            next,
                            root.caseNumber(),
                            root.origin(),
                            clean,
                            type,
                            received.bytes,
                            received.sha256,
                            personId,
                            personName,
                            clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                            first,
                            last.version() + 1,
                            why)
                    .update();
            audit.record("document.revise", root.caseNumber(), first + " 第" + (last.version() + 1) + "版，" + next);
            return find(next).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<StoredDocument> ofCase(String caseNumber) {
        return jdbc.sql("select * from document_file where case_number = ? and step is null order by at, id")
                .param(caseNumber)
                .query(StoredDocuments::document)
                .list();
    }

    @Override
    public List<StoredDocument> ofStep(String step, String personId) {
        return jdbc.sql(
                        "select * from document_file where step = ? and person_id = ? and version_of is null order by at, id")
                .params(step, personId)
                .query(StoredDocuments::document)
                .list();
    }

    @Override
    @Transactional
    public void discard(String id, String personId) {
        StoredDocument upload =
                find(id).filter(d -> d.personId().equals(personId)).orElse(null);
        if (upload == null || !forget(upload)) throw new Refusal("file", "只能删除本人上传且尚未提交的文件。");
        audit.record("document.discard", null, id);
    }

    /** Uploads that were not handed in, made before that moment; those that came back with their first version go with it. */
    List<StoredDocument> waitingSince(Instant before) {
        return jdbc.sql("""
                        select * from document_file where step is not null and version_of is null and at < ?
                        order by at, id""")
                .param(before.atOffset(ZoneOffset.UTC))
                .query(StoredDocuments::document)
                .list();
    }

    /** The bytes stay, because another row may name the same content; {@link UploadSweep} looks. @return whether it still waited */
    boolean forget(StoredDocument upload) {
        int gone = jdbc.sql("delete from document_file where id = ? and step is not null")
                .param(upload.id())
                .update();
        if (gone == 0) return false;
        left(upload);
        jdbc.sql("select * from document_file where version_of = ? and step is not null")
                .param(upload.id())
                .query(StoredDocuments::document)
                .list()
                .forEach(this::forget);
        return true;
    }

    private void left(StoredDocument upload) {
        jdbc.sql("insert into document_left (sha256) values (?)")
                .param(upload.sha256())
                .update();
    }

    /** Whether any row names the content. */
    boolean named(String sha256) {
        return jdbc.sql("select count(*) from document_file where sha256 = ?")
                        .param(sha256)
                        .query(Long.class)
                        .single()
                > 0;
    }

    FileStore files() {
        return files;
    }

    private static Refusal none() {
        return new Refusal("file", "没有这份文件，请刷新页面后重试。");
    }

    private static StoredDocument document(ResultSet row, int n) throws SQLException {
        return new StoredDocument(
                row.getString("id"),
                row.getString("case_number"),
                row.getString("step"),
                row.getString("origin"),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("bytes"),
                row.getString("sha256"),
                row.getString("person_id"),
                row.getString("person_name"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("version_of"),
                row.getInt("version"),
                row.getString("reason"));
    }
}
