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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.Ledger;
import org.banhao.casefile.LedgerLayouts;
import org.banhao.document.Documents;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The templates of all kinds of papers and of the ledgers: the one that comes with the application (version 0) and those that were uploaded. None is ever
 * changed or deleted; which one is used is chosen. Who may, the pages ask.
 */
@Service
@Transactional
public class Templates implements LedgerLayouts {

    private static final String STEP = "paperTemplate";
    private static final String TURN = "template/";
    private static final int LONGEST_NOTE = 200;

    private final PaperKinds kinds;
    private final ObjectProvider<CaseView> views;
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
            ObjectProvider<CaseView> views,
            Documents documents,
            Turns turns,
            JdbcClient jdbc,
            CurrentActor actor,
            Audit audit,
            Clock clock) {
        this.kinds = kinds;
        this.views = views;
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
    public record Line(
            String code,
            String name,
            String form,
            String ending,
            int used,
            List<Version> versions,
            List<String> placeholders) {}

    @Transactional(readOnly = true)
    public List<Line> list() {
        Map<String, Integer> used = jdbc
                .sql("select kind, version from paper_template_use")
                .query((row, n) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return all().map(one -> line(one, used.getOrDefault(one.code(), 0))).toList();
    }

    /** Papers first. */
    private Stream<Templated> all() {
        return Stream.concat(kinds.all().stream().map(WordTemplate::new), ledgers());
    }

    private Stream<Templated> ledgers() {
        return views.orderedStream()
                .flatMap(view -> view.ledgers().stream())
                .distinct()
                .map(LedgerTemplate::new);
    }

    /** @throws Refusal there is none */
    private Templated get(String code) {
        return ledgers()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseGet(() -> new WordTemplate(kinds.get(code)));
    }

    private Line line(Templated kind, int used) {
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
        versions.add(new Version(0, kind.name() + kind.ending(), "随系统提供", "", null, used == 0));
        return new Line(kind.code(), kind.name(), kind.form(), kind.ending(), used, versions, kind.placeholders());
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
        Templated kind = get(kindCode);
        if (version == 0) {
            return shipped.computeIfAbsent(kind.code(), any -> kind.shipped()).clone();
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

    /** A file of that template. @param version in words @throws Refusal no such kind */
    public FileOf file(String kind, String version) {
        Templated one = get(kind);
        return new FileOf(one.name() + version + one.ending(), one.mediaType());
    }

    public record FileOf(String name, String mediaType) {}

    public String name(String kind) {
        return get(kind).name();
    }

    /** The version that comes with the application says what {@code PrintedTable} does, which keeps no long list in memory. */
    @Override
    @Transactional(readOnly = true)
    public Optional<LedgerLayouts.Layout> of(Ledger ledger) {
        LedgerTemplate template = new LedgerTemplate(ledger);
        int version = used(template.code());
        if (version == 0) return Optional.empty();
        byte[] layout = content(template.code(), version);
        return Optional.of((table, out) -> LedgerFilling.write(layout, table, out));
    }

    /** The template filled with what is invented for it. */
    @Transactional(readOnly = true)
    public byte[] preview(String kindCode, int version) {
        Templated kind = get(kindCode);
        return kind.sample(content(kindCode, version));
    }

    /**
     * Checked, tried on invented data, stored as the next version and used from now on. Papers that are made already stay as they are.
     *
     * @param note what was changed
     * @return the version
     * @throws Refusal what is wrong with it
     */
    public int upload(String kindCode, String name, InputStream content, @Nullable String note) {
        Templated kind = get(kindCode);
        String said = note == null ? "" : note.strip();
        if (said.length() > LONGEST_NOTE) {
            throw new Refusal("note", "「修改说明」最多" + LONGEST_NOTE + "字，请缩短。");
        }
        byte[] bytes = kind.checked(content);
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
                get(kindCode).name() + "，" + (version == 0 ? "随系统提供的版本" : "第" + version + "版"));
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
