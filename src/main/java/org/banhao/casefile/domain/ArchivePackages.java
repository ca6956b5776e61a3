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
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.domain.Dossiers.Dossier;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final String LIST_TABLE = "卷内目录.xlsx";
    /** As many cases as one file holds. */
    public static final int MOST = 200;

    /** Headings of the list, on the page and in the table. */
    private static final List<String> HEADINGS = List.of("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注");

    private static final List<Integer> WIDTHS = List.of(7, 16, 14, 44, 11, 7, 24);
    private static final String PAGES = "案卷.html";
    private static final String METADATA = "案卷.json";
    private static final String DIGESTS = "校验.sha256";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ChineseTime.ZONE);

    private static final Logger LOG = LoggerFactory.getLogger(ArchivePackages.class);

    private final Dossiers dossiers;
    private final ArchiveRows rows;
    private final CaseFiles cases;
    private final Documents documents;
    private final ObjectProvider<CaseView> views;
    private final ObjectProvider<ITemplateEngine> templates;
    private final ObjectMapper json;
    private final Audit audit;
    private final Clock clock;

    ArchivePackages(
            Dossiers dossiers,
            ArchiveRows rows,
            CaseFiles cases,
            Documents documents,
            ObjectProvider<CaseView> views,
            ObjectProvider<ITemplateEngine> templates,
            ObjectMapper json,
            Audit audit,
            Clock clock) {
        this.dossiers = dossiers;
        this.rows = rows;
        this.cases = cases;
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
     * @param documentNumber 文号, empty: it has none
     * @param responsible 责任者: the organ whose paper it is, or who handed it in
     * @param day 成文日期, or the day it was handed in
     * @param path in the package
     */
    public record Item(
            int number,
            String documentNumber,
            String responsible,
            String title,
            LocalDate day,
            String path,
            String note) {

        /** What stands after the number, in the order of the headings; 页号 is written in by hand, on the printed pages. */
        public List<String> cells() {
            return List.of(documentNumber, responsible, title, DAY.format(day), "", note);
        }
    }

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

    /** 卷内目录 alone, as a table for WPS and Excel: the one that lies in the package. As {@link #of}. */
    public Optional<PrintedTable> contents(String number, Person person, List<String> groups) {
        return dossiers.read(number, person.id(), groups, "卷内目录")
                .filter(Dossier::kept)
                .map(dossier -> {
                    audit.record("casefile.archive", number, "卷内目录");
                    ZipOutputStream nowhere =
                            new ZipOutputStream(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
                    Writing writing = new Writing(dossier, person, groups, clock.instant(), nowhere);
                    try {
                        writing.write();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return writing.contents();
                });
    }

    /**
     * Many packages as one file, with a list of them. A case whose package cannot be made is named in the list; the others are there.
     *
     * @throws Refusal none, or too many
     */
    public Archive of(List<String> numbers, Person person, List<String> groups) {
        List<String> wanted = numbers.stream().distinct().toList();
        if (wanted.isEmpty()) throw new Refusal("number", "请先选择案件。");
        if (wanted.size() > MOST) throw new Refusal("number", "一次最多下载" + MOST + "卷，请分次下载。");
        Instant now = clock.instant();
        try {
            Path file = Files.createTempFile("banhao-archives-", ".zip");
            boolean complete = false;
            try (ZipOutputStream all = new ZipOutputStream(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
                List<List<String>> lines = new ArrayList<>();
                for (String number : wanted) lines.add(packed(number, person, groups, all));
                all.putNextEntry(entry("归档文件目录.xlsx", now));
                new PrintedTable(
                                "归档文件目录",
                                "归档文件目录",
                                now,
                                List.of("序号", "档号", "保管期限", "案号", "编号", "题名", "归档时间", "归档人", "说明"),
                                List.of(6, 18, 10, 14, 18, 44, 18, 10, 30),
                                lines)
                        .write(all);
                all.closeEntry();
                complete = true;
            } finally {
                if (!complete) Files.deleteIfExists(file);
            }
            audit.record("casefile.archive", null, wanted.size() + "卷");
            return new Archive(file, "案卷" + DAY.format(now) + ".zip");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the line of the list */
    private List<String> packed(String number, Person person, List<String> groups, ZipOutputStream all)
            throws IOException {
        Archive one;
        try {
            one = of(number, person, groups).orElse(null);
        } catch (UncheckedIOException damaged) {
            LOG.error("The package of {} could not be made", number, damaged);
            return List.of("", "", "", number, "", "", "", "没有导出：案卷中有文件读不出来，请联系系统管理员");
        }
        // not to be told apart from a case that is not there
        if (one == null) return List.of("", "", "", number, "", "", "", "没有导出：没有这个案件，或者案卷不由您管理");
        try {
            all.putNextEntry(entry(one.name(), clock.instant()));
            Files.copy(one.file(), all);
            all.closeEntry();
        } finally {
            Files.deleteIfExists(one.file());
        }
        CaseRow row = cases.get(number);
        Archived archived = rows.of(number).orElse(null);
        return List.of(
                archived == null ? "" : archived.number(),
                archived == null ? "" : archived.retention(),
                Objects.requireNonNullElse(row.fileNumber(), ""),
                number,
                row.title(),
                archived == null ? "" : ChineseTime.text(archived.at()),
                archived == null ? "" : archived.by(),
                archived == null ? "尚未归档" : archived.note() == null ? "" : "缺件说明：" + archived.note());
    }

    private static ZipEntry entry(String path, Instant now) {
        ZipEntry entry = new ZipEntry(path);
        // an hour of Asia/Shanghai, whatever the machine's zone
        entry.setTimeLocal(now.atZone(ChineseTime.ZONE).toLocalDateTime());
        return entry;
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
        private final Map<String, CaseView.Imprint> imprints;

        Writing(Dossier dossier, Person person, List<String> groups, Instant now, ZipOutputStream zip) {
            this.dossier = dossier;
            this.person = person;
            this.groups = groups;
            this.now = now;
            this.zip = zip;
            this.imprints = views.stream()
                    .filter(view -> view.kind().equals(dossier.row().kind()))
                    .findFirst()
                    .map(view -> view.imprints(dossier.row()))
                    .orElse(Map.of());
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
            part(LIST_TABLE, contents().xlsx());
            part(METADATA, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(metadata(closed)));
            StringBuilder lines = new StringBuilder();
            digests.forEach((path, digest) ->
                    lines.append(digest).append("  ").append(path).append('\n'));
            part(DIGESTS, lines.toString().getBytes(StandardCharsets.UTF_8));
            zip.finish();
        }

        /** What {@link #LIST} says, as a table. */
        PrintedTable contents() {
            CaseRow row = dossier.row();
            return new PrintedTable(
                    "卷内目录",
                    "卷内文件目录",
                    String.join("　", labels()) + "　" + row.title(),
                    items.size(),
                    now,
                    HEADINGS,
                    WIDTHS,
                    items.stream().map(Item::cells).toList(),
                    true);
        }

        /** 档号、编号、案号 */
        private List<String> labels() {
            List<String> labels = new ArrayList<>();
            if (dossier.archived() != null)
                labels.add("档号 " + dossier.archived().number());
            labels.add(dossier.row().number());
            if (dossier.row().fileNumber() != null)
                labels.add("案号 " + dossier.row().fileNumber());
            return labels;
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
                    items.add(new Item(
                            number, "", version.who(), title, ChineseTime.day(version.at()), path, version.note()));
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
            CaseView.Imprint imprint = imprints.get(document.id());
            LocalDate day = imprint == null ? null : imprint.day();
            items.add(new Item(
                    number,
                    imprint == null ? "" : imprint.number(),
                    imprint == null || imprint.organ().isEmpty() ? document.personName() : imprint.organ(),
                    document.name(),
                    day == null ? ChineseTime.day(document.at()) : day,
                    path,
                    String.join("；", notes)));
            Map<String, Object> paper = new LinkedHashMap<>();
            paper.put("id", document.id());
            paper.put("path", path);
            paper.put("name", document.name());
            paper.put("mediaType", document.mediaType());
            paper.put("bytes", document.bytes());
            paper.put("sha256", document.sha256());
            paper.put("intact", intact);
            paper.put("documentNumber", imprint == null ? null : imprint.number());
            paper.put("organ", imprint == null ? null : imprint.organ());
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
            context.setVariable("headings", HEADINGS);
            context.setVariable("labels", labels());
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
            Archived archived = dossier.archived();
            if (archived != null) {
                row.put("archiveNumber", archived.number());
                row.put("retention", archived.retention());
                row.put("archived", time(archived.at()));
                row.put("archivedBy", archived.by());
                row.put("archiveNote", archived.note());
            }
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
            zip.putNextEntry(entry(path, now));
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
