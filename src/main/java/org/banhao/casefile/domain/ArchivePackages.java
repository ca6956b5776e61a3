package org.banhao.casefile.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.domain.Dossiers.Dossier;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The file of a case as one package (.zip) for an archive: the list of contents (卷内目录) and the case itself as pages that print, the
 * originals of all papers in all versions, the texts in all versions, and the metadata with a digest of everything. The columns of the list
 * are those of GB/T 9705 (文书档案案卷格式). Nothing that the person may not read is in it; how much that was, is said.
 */
@Component
public class ArchivePackages {
    private static final String LIST = "卷内目录.html";
    private static final String PAGES = "案卷.html";
    private static final String METADATA = "案卷.json";
    private static final String DIGESTS = "校验.sha256";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ChineseTime.ZONE);

    private final Dossiers dossiers;
    private final Documents documents;
    private final ObjectProvider<CaseView> views;
    private final ObjectProvider<ITemplateEngine> templates;
    private final ObjectMapper json;
    private final Audit audit;
    private final Clock clock;

    ArchivePackages(
            Dossiers dossiers,
            Documents documents,
            ObjectProvider<CaseView> views,
            ObjectProvider<ITemplateEngine> templates,
            ObjectMapper json,
            Audit audit,
            Clock clock) {
        this.dossiers = dossiers;
        this.documents = documents;
        this.views = views;
        this.templates = templates;
        this.json = json;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param file to be deleted by who asked for it */
    public record Archive(Path file, String name) {}

    /**
     * One line of the list of contents.
     *
     * @param responsible 责任者: who handed it in
     * @param path in the package
     */
    public record Item(int number, String responsible, String title, Instant at, String path, String note) {}

    /**
     * Empty: there is no such case, the person does not keep its file ({@link CaseView#keepers}) or may not read it.
     *
     * @throws UncheckedIOException a file of the case is missing or cannot be written
     */
    public Optional<Archive> of(String number, Person person, List<String> groups) {
        return dossiers.read(number, person.id(), groups, "案卷导出")
                .filter(Dossier::kept)
                .map(dossier -> {
                    audit.record("casefile.archive", number, "导出案卷");
                    try {
                        return written(dossier, person, groups);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private Archive written(Dossier dossier, Person person, List<String> groups) throws IOException {
        Instant now = clock.instant();
        Path file = Files.createTempFile("banhao-archive-", ".zip");
        boolean complete = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            new Writing(dossier, person, groups, now, new ZipOutputStream(out, StandardCharsets.UTF_8)).write();
            complete = true;
        } finally {
            if (!complete) Files.deleteIfExists(file);
        }
        return new Archive(file, dossier.row().number() + "案卷" + DAY.format(now) + ".zip");
    }

    /** One package being written. */
    private final class Writing {
        private final Dossier dossier;
        private final Person person;
        private final List<String> groups;
        private final Instant now;
        private final ZipOutputStream zip;
        private final List<Item> items = new ArrayList<>();
        private final Map<String, String> digests = new LinkedHashMap<>();
        private final List<Map<String, Object>> papers = new ArrayList<>();

        Writing(Dossier dossier, Person person, List<String> groups, Instant now, ZipOutputStream zip) {
            this.dossier = dossier;
            this.person = person;
            this.groups = groups;
            this.now = now;
            this.zip = zip;
        }

        void write() throws IOException {
            texts();
            for (Dossiers.Paper paper : dossier.papers()) {
                List<StoredDocument> versions = new ArrayList<>(paper.older());
                Collections.reverse(versions);
                versions.add(paper.latest());
                for (StoredDocument version : versions) paper(version, versions.size(), paper.voided());
            }
            int closed = closed();
            page(PAGES, "casefile/archive", closed);
            page(LIST, "casefile/archive-list", closed);
            part(METADATA, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(metadata(closed)));
            StringBuilder lines = new StringBuilder();
            digests.forEach((path, digest) ->
                    lines.append(digest).append("  ").append(path).append('\n'));
            part(DIGESTS, lines.toString().getBytes(StandardCharsets.UTF_8));
            zip.finish();
        }

        /** Papers of the case that this person may not read. */
        private int closed() {
            return documents.ofCase(dossier.row().number()).size() - papers.size();
        }

        private void texts() throws IOException {
            for (CaseView.VersionedText text : allTexts()) {
                for (CaseView.TextVersion version : text.versions()) {
                    int number = items.size() + 1;
                    String title = text.name() + (text.versions().size() > 1 ? "（第" + version.number() + "版）" : "");
                    String path = "正文/" + place(number) + safe(title) + ".txt";
                    part(path, version.text().getBytes(StandardCharsets.UTF_8));
                    items.add(new Item(number, version.who(), title, version.at(), path, version.note()));
                }
            }
        }

        private List<CaseView.VersionedText> allTexts() {
            return views.stream()
                    .filter(view -> view.kind().equals(dossier.row().kind()))
                    .flatMap(view -> view.texts(dossier.row(), person.id(), groups).stream())
                    .toList();
        }

        private void paper(StoredDocument document, int versions, @Nullable String voided) throws IOException {
            int number = items.size() + 1;
            String path = "材料/" + place(number) + safe(document.name());
            String digest;
            try (InputStream content = documents.open(document.id())) {
                digest = part(path, content);
            }
            // what lies in the folder is no longer what was handed in
            boolean intact = digest.equals(document.sha256());
            List<String> notes = new ArrayList<>();
            if (voided != null) notes.add("作废：" + voided);
            if (versions > 1) notes.add("第" + document.version() + "版，共" + versions + "版");
            if (document.reason() != null) notes.add(document.reason());
            if (!intact) notes.add("文件与登记的校验值不符");
            items.add(new Item(
                    number, document.personName(), document.name(), document.at(), path, String.join("；", notes)));
            Map<String, Object> paper = new LinkedHashMap<>();
            paper.put("id", document.id());
            paper.put("path", path);
            paper.put("name", document.name());
            paper.put("mediaType", document.mediaType());
            paper.put("bytes", document.bytes());
            paper.put("sha256", document.sha256());
            paper.put("intact", intact);
            paper.put("handedInBy", document.personName());
            paper.put("handedInAt", time(document.at()));
            paper.put("version", document.version());
            paper.put("versionOf", document.versionOf());
            paper.put("reason", document.reason());
            paper.put("voided", voided);
            papers.add(paper);
        }

        private void page(String path, String template, int closed) throws IOException {
            Context context = new Context(Locale.SIMPLIFIED_CHINESE);
            context.setVariable("dossier", dossier);
            context.setVariable("items", items);
            context.setVariable("closed", closed);
            context.setVariable("made", ChineseTime.text(now));
            context.setVariable("maker", person.name());
            part(path, templates.getObject().process(template, context).getBytes(StandardCharsets.UTF_8));
        }

        private Map<String, Object> metadata(int closed) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("format", "banhao-archive-1");
            all.put("made", time(now));
            all.put("madeBy", person.name());
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("number", dossier.row().number());
            row.put("kind", dossier.row().kind());
            row.put("title", dossier.row().title());
            row.put("session", dossier.row().session());
            row.put("fileNumber", dossier.row().fileNumber());
            row.put("status", dossier.row().status());
            row.put("statusName", dossier.row().statusName());
            row.put("unit", dossier.row().unit());
            row.put("key", dossier.row().key());
            row.put("opened", time(dossier.row().opened()));
            row.put("closed", time(dossier.row().closed()));
            all.put("case", row);
            all.put("summary", dossier.summary());
            all.put("sections", dossier.sections());
            all.put(
                    "deadlines",
                    dossier.deadlines().stream()
                            .map(line -> Map.of(
                                    "name", line.deadline().name(),
                                    "due", time(line.deadline().due()),
                                    "state", line.word(),
                                    "sentence", line.deadline().sentence()))
                            .toList());
            all.put("links", dossier.links());
            all.put(
                    "timeline",
                    dossier.timeline().stream()
                            .map(entry -> {
                                Map<String, Object> line = new LinkedHashMap<>();
                                line.put("at", time(entry.at()));
                                line.put("who", entry.who());
                                line.put("what", entry.what());
                                line.put("detail", entry.detail());
                                return line;
                            })
                            .toList());
            all.put("papers", papers);
            all.put("notIncluded", closed);
            all.put("digests", digests);
            return all;
        }

        private String part(String path, byte[] content) throws IOException {
            return part(path, new ByteArrayInputStream(content));
        }

        /** @return its digest */
        private String part(String path, InputStream content) throws IOException {
            ZipEntry entry = new ZipEntry(path);
            // an hour of Asia/Shanghai, whatever the machine's zone
            entry.setTimeLocal(now.atZone(ChineseTime.ZONE).toLocalDateTime());
            zip.putNextEntry(entry);
            MessageDigest digest = sha256();
            DigestOutputStream out = new DigestOutputStream(zip, digest);
            content.transferTo(out);
            zip.closeEntry();
            String hex = HexFormat.of().formatHex(digest.digest());
            digests.put(path, hex);
            return hex;
        }
    }

    private static String place(int number) {
        return "%03d_".formatted(number);
    }

    /** Names are clean already; in a package a slash would make a folder. */
    private static String safe(String name) {
        return name.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
    }

    /** 2026-11-23T09:00:00+08:00 */
    private static String time(@Nullable Instant moment) {
        return moment == null
                ? ""
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        moment.truncatedTo(ChronoUnit.SECONDS).atZone(ChineseTime.ZONE));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
