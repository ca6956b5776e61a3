package org.banhao.paper.domain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.document.Documents;
import org.banhao.paper.PaperKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The templates of all kinds of papers: the one that comes with the application (version 0) and those that were uploaded. None is ever
 * changed or deleted; which one is used is chosen. Who may, the pages ask.
 */
@Service
@Transactional
public class Templates {

    private static final String STEP = "paperTemplate";
    private static final String TURN = "template/";
    private static final int LONGEST_NOTE = 200;

    private final PaperKinds kinds;
    private final Documents documents;
    private final Turns turns;
    private final JdbcClient jdbc;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;
    /** Made of the wording alone, so every node makes the same. */
    private final Map<String, byte[]> shipped = new ConcurrentHashMap<>();

    Templates(
            PaperKinds kinds,
            Documents documents,
            Turns turns,
            JdbcClient jdbc,
            CurrentActor actor,
            Audit audit,
            Clock clock) {
        this.kinds = kinds;
        this.documents = documents;
        this.turns = turns;
        this.jdbc = jdbc;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param version 0: it came with the application; {@code at} is null then
     * @param name of the file that was uploaded
     */
    public record Version(
            int version,
            String name,
            String note,
            String personName,
            @Nullable Instant at,
            boolean used) {}

    /** @param versions the latest first */
    public record Line(PaperKind kind, int used, List<Version> versions, List<String> placeholders) {}

    @Transactional(readOnly = true)
    public List<Line> list() {
        Map<String, Integer> used = jdbc
                .sql("select kind, version from paper_template_use")
                .query((row, n) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return kinds.all().stream()
                .map(kind -> line(kind, used.getOrDefault(kind.code(), 0)))
                .toList();
    }

    private Line line(PaperKind kind, int used) {
        List<Version> versions =
                new ArrayList<>(jdbc.sql("select * from paper_template where kind = ? order by version desc")
                        .param(kind.code())
                        .query((row, n) -> new Version(
                                row.getInt("version"),
                                row.getString("name"),
                                row.getString("note"),
                                row.getString("person_name"),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                row.getInt("version") == used))
                        .list());
        versions.add(new Version(0, kind.name() + ".docx", "随系统提供", "", null, used == 0));
        List<String> placeholders = new ArrayList<>();
        TemplateCheck.known(kind)
                .forEach(name -> placeholders.add("{{" + (name.equals(TemplateCheck.QR) ? "@" : "") + name + "}}"));
        kind.tables()
                .forEach(table -> placeholders.add("表格“" + table.name() + "”的下一行："
                        + table.columns().stream()
                                .map(column -> "[" + column.name() + "]")
                                .collect(Collectors.joining())));
        return new Line(kind, used, versions, placeholders);
    }

    @Transactional(readOnly = true)
    int used(String kind) {
        return jdbc.sql("select version from paper_template_use where kind = ?")
                .param(kind)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** @throws Refusal no such kind or version */
    @Transactional(readOnly = true)
    public byte[] content(String kindCode, int version) {
        PaperKind kind = kinds.get(kindCode);
        if (version == 0) {
            return shipped.computeIfAbsent(kind.code(), any -> DefaultTemplate.of(kind))
                    .clone();
        }
        String document = jdbc.sql("select document_id from paper_template where kind = ? and version = ?")
                .params(kindCode, version)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refusal("version", "“" + kind.name() + "”没有第" + version + "版模板，请刷新页面。"));
        try (InputStream in = documents.open(document)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name(String kind) {
        return kinds.get(kind).name();
    }

    /** The template filled with what is invented for it. */
    @Transactional(readOnly = true)
    public byte[] preview(String kindCode, int version) {
        PaperKind kind = kinds.get(kindCode);
        return Filling.fill(
                content(kindCode, version),
                kind,
                TemplateCheck.samples(kind),
                TemplateCheck.sampleTables(kind),
                kind.code2d() ? "https://example.org/" : null);
    }

    /**
     * Checked, tried on invented data, stored as the next version and used from now on. Papers that are made already stay as they are.
     *
     * @param note what was changed
     * @return the version
     * @throws Refusal what is wrong with it
     */
    public int upload(String kindCode, String name, InputStream content, @Nullable String note) {
        PaperKind kind = kinds.get(kindCode);
        String said = note == null ? "" : note.strip();
        if (said.length() > LONGEST_NOTE) {
            throw new Refusal("note", "「修改说明」最多" + LONGEST_NOTE + "字，请缩短。");
        }
        byte[] bytes = TemplateCheck.safe(content);
        TemplateCheck.template(bytes, kind);
        Actor who = actor.get();
        String document = documents
                .store(null, STEP, name, new ByteArrayInputStream(bytes), who.id(), who.name())
                .id();
        documents.keep(document, "paperTemplate/" + kindCode, who.id());
        turns.take(TURN + kindCode);
        int version = 1
                + jdbc.sql("select coalesce(max(version), 0) from paper_template where kind = ?")
                        .param(kindCode)
                        .query(Integer.class)
                        .single();
        jdbc.sql("""
            insert into paper_template (kind, version, document_id, name, note, person, person_name, at)
            values (?, ?, ?, ?, ?, ?, ?, ?)\
            """)
                .params(
                        kindCode,
                        version,
                        document,
                        name.length() > 200 ? name.substring(0, 200) : name,
                        said,
                        who.id(),
                        who.name(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        choose(kindCode, version);
        audit.record("paper.uploadTemplate", null, kind.name() + "，第" + version + "版");
        return version;
    }

    /** Papers that are made from now on are made of that version. @throws Refusal no such kind or version */
    public void use(String kindCode, int version) {
        content(kindCode, version);
        turns.take(TURN + kindCode);
        choose(kindCode, version);
        audit.record(
                "paper.chooseTemplate",
                null,
                kinds.get(kindCode).name() + "，" + (version == 0 ? "随系统提供的版本" : "第" + version + "版"));
    }

    private void choose(String kind, int version) {
        int changed = jdbc.sql("update paper_template_use set version = ? where kind = ?")
                .params(version, kind)
                .update();
        if (changed == 0) {
            jdbc.sql("insert into paper_template_use (kind, version) values (?, ?)")
                    .params(kind, version)
                    .update();
        }
    }
}
