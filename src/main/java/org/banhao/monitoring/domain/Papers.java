package org.banhao.monitoring.domain;

import java.io.InputStream;
import java.util.Optional;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Papers that come with reports: of a planned stop, of a fault, of a review of evidence. They lie in the document store; who may see the
 * enterprise may read them, nobody else.
 */
@Service
@Transactional
public class Papers {

    /** Where a paper is named, and by which outlet. */
    private static final String OWNER = """
            select s.outlet_id from monitoring_planned_stop s where s.document_id = :id
            union all select d.outlet_id from monitoring_fault f join monitoring_device d on d.id = f.device_id where f.document_id = :id
            union all select d.outlet_id from monitoring_device_review r join monitoring_device d on d.id = r.device_id
              where r.document_id = :id""";

    private static final String STEP = "monitoring";

    private final Documents documents;
    private final JdbcClient db;
    private final Access access;
    private final Audit audit;

    Papers(Documents documents, JdbcClient db, Access access, Audit audit) {
        this.documents = documents;
        this.db = db;
        this.access = access;
        this.audit = audit;
    }

    /** A file that was sent. */
    public record Upload(String name, InputStream content) {}

    /** What was read; the content is to be closed. */
    public record Paper(StoredDocument document, InputStream content) {}

    /**
     * Within the caller's use case, which has asked whether the person may, and names the paper.
     *
     * @param upload null: none came with it
     * @param origin monitoring.stop …
     * @return its id
     * @throws org.banhao.base.Refusal of a kind that is not taken, empty or too large
     */
    @Nullable
    String keep(@Nullable Upload upload, String origin) {
        if (upload == null) return null;
        Actor who = access.actor();
        StoredDocument stored = documents.store(null, STEP, upload.name(), upload.content(), who.id(), who.name());
        documents.keep(stored.id(), origin, who.id());
        return stored.id();
    }

    /** Empty: no such paper, or of an enterprise that the person may not see, who learns not whether it is there. */
    public Optional<Paper> read(String id) {
        boolean visible = db.sql(OWNER)
                .param("id", id)
                .query(Long.class)
                .optional()
                .filter(access::sees)
                .isPresent();
        if (!visible) return Optional.empty();
        return documents.find(id).map(document -> {
            audit.record("monitoring.readPaper", null, document.name() + "，" + id);
            return new Paper(document, documents.open(id));
        });
    }
}
