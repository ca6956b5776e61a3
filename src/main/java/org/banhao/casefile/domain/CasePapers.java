package org.banhao.casefile.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.PaperPreviews;
import org.banhao.document.Documents;
import org.banhao.document.PaperPdfs;
import org.banhao.document.PdfConversion;
import org.banhao.document.StoredDocument;
import org.banhao.document.TextComparison;
import org.banhao.document.WordFiles;
import org.banhao.document.WordText;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Looks into the papers of a case: previews, and two versions side by side. Who may see what, {@link Dossiers} says; what may not be
 * seen answers like what is not there. Holds no transaction: a conversion takes seconds.
 */
@Component
public class CasePapers implements PaperPreviews {
    private static final int LONGEST_TEXT = 1 << 20;
    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private final CaseFiles cases;
    private final Dossiers dossiers;
    private final Documents documents;
    private final PaperPdfs pdfs;
    private final WordFiles wordFiles;
    private final ObjectProvider<CaseView> views;
    private final Audit audit;

    CasePapers(
            CaseFiles cases,
            Dossiers dossiers,
            Documents documents,
            PaperPdfs pdfs,
            WordFiles wordFiles,
            ObjectProvider<CaseView> views,
            Audit audit) {
        this.cases = cases;
        this.dossiers = dossiers;
        this.documents = documents;
        this.pdfs = pdfs;
        this.wordFiles = wordFiles;
        this.views = views;
        this.audit = audit;
    }

    // ---- preview

    @Override
    public Optional<Preview> preview(String number, String id, String personId, List<String> groups) {
        return readable(number, id, personId, groups).map(document -> {
            audit.record("casefile.preview", number, document.id());
            return preview(document);
        });
    }

    private Optional<StoredDocument> readable(String number, String id, String personId, List<String> groups) {
        return documents
                .find(id)
                .filter(document -> number.equals(document.caseNumber()))
                .filter(document -> dossiers.mayRead(document, personId, groups));
    }

    private Preview preview(StoredDocument document) {
        return switch (document.mediaType()) {
            case "application/pdf" -> new Preview(document, Way.PDF, false, "", "");
            case "image/png", "image/jpeg", "image/webp" -> new Preview(document, Way.PICTURE, false, "", "");
            case "text/plain" -> new Preview(document, Way.TEXT, false, text(document), "");
            default -> office(document);
        };
    }

    private Preview office(StoredDocument document) {
        String why = "";
        if (pdfs.convertible(document)) {
            try {
                return new Preview(
                        document, Way.PDF, true, "", pdfs.of(document).note());
            } catch (Refusal refusal) {
                why = refusal.sentence();
            }
        }
        if (document.mediaType().equals(WORD)) {
            try {
                WordText word = word(document);
                String note = why + "下面只是文件里的文字，版面请下载Word文件查看。" + String.join("", word.remarks());
                return new Preview(document, Way.TEXT, false, word.text(), note);
            } catch (Refusal refusal) {
                return new Preview(document, Way.NONE, false, "", refusal.sentence());
            }
        }
        return new Preview(document, Way.NONE, false, "", why.isEmpty() ? "这类文件不能在网页里预览，请下载后查看。" : why);
    }

    @Override
    public PdfConversion.Pdf pdf(StoredDocument document) {
        audit.record("document.read", document.caseNumber(), document.id() + " PDF");
        return pdfs.of(document);
    }

    private WordText word(StoredDocument document) {
        try (InputStream content = documents.open(document.id())) {
            return wordFiles.read(document.name(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(StoredDocument document) {
        try (InputStream content = documents.open(document.id())) {
            byte[] bytes = content.readNBytes(LONGEST_TEXT);
            String text = decoded(bytes);
            return document.bytes() > LONGEST_TEXT ? text + "\n……（文件较长，其余请下载后查看。）" : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As old text editors wrote it: UTF-8, the national encoding, or UTF-16 with its mark. */
    static String decoded(byte[] bytes) {
        if (bytes.length > 1 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        // a character may have been cut in two at the end
        for (int cut = 0; cut < 4 && cut < bytes.length; cut++) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut))
                        .toString();
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            } catch (CharacterCodingException e) {
                // not in UTF-8, or not up to here
            }
        }
        return new String(bytes, Charset.forName("GB18030"));
    }

    // ---- comparison

    /**
     * @param name of what is compared: 提案正文, 方案.docx
     * @param versions that can be chosen, oldest first
     * @param note a sentence beside it; empty: none
     */
    public record Compared(
            CaseRow row,
            String of,
            String name,
            List<Choice> versions,
            int from,
            int to,
            TextComparison comparison,
            String note) {}

    /** @param line 第2版，卫林书，2026年11月23日 09:00（周一），补充数据 */
    public record Choice(int number, String line) {}

    /** @param content the text of a version: of a file it is read only when it is compared */
    private record Text(
            String name,
            List<CaseView.TextVersion> versions,
            Function<CaseView.TextVersion, String> content,
            String note) {}

    /**
     * Two versions of a text or of a paper.
     *
     * @param of key of a {@link CaseView.VersionedText}, or id of any version of a paper
     * @param from number of a version; below 1: the one before {@code to}
     * @param to number of a version; below 1: the latest
     * @return empty: no such text or version in this case, or not for this reader
     * @throws Refusal a file whose text cannot be read
     */
    public Optional<Compared> compare(
            String number, String of, int from, int to, String personId, List<String> groups) {
        if (!dossiers.mayRead(number, personId, groups)) return Optional.empty();
        CaseRow row = cases.get(number);
        Text found = text(row, of, personId, groups);
        if (found == null) found = paper(row, of, personId, groups);
        if (found == null || found.versions().size() < 2) return Optional.empty();
        Text text = found;
        int last = text.versions().get(text.versions().size() - 1).number();
        int second = to < 1 ? last : to;
        int first = from < 1 ? second - 1 : from;
        return version(text, first)
                .flatMap(before -> version(text, second).map(after -> {
                    audit.record("casefile.compare", number, of + " " + first + "、" + second);
                    return new Compared(
                            row,
                            of,
                            text.name(),
                            text.versions().stream().map(CasePapers::choice).toList(),
                            first,
                            second,
                            TextComparison.of(
                                    text.content().apply(before), text.content().apply(after)),
                            text.note());
                }));
    }

    private static Optional<CaseView.TextVersion> version(Text text, int number) {
        return text.versions().stream().filter(one -> one.number() == number).findFirst();
    }

    private static Choice choice(CaseView.TextVersion version) {
        return new Choice(
                version.number(),
                "第" + version.number() + "版，" + version.who() + "，" + ChineseTime.text(version.at())
                        + (version.note().isEmpty() ? "" : "，" + version.note()));
    }

    private @Nullable Text text(CaseRow row, String key, String personId, List<String> groups) {
        return views.stream()
                .filter(view -> view.kind().equals(row.kind()))
                .flatMap(view -> view.texts(row, personId, groups).stream())
                .filter(text -> text.key().equals(key))
                .findFirst()
                .map(text -> new Text(text.name(), text.versions(), CaseView.TextVersion::text, ""))
                .orElse(null);
    }

    private @Nullable Text paper(CaseRow row, String id, String personId, List<String> groups) {
        StoredDocument asked = readable(row.number(), id, personId, groups).orElse(null);
        if (asked == null) return null;
        Map<Integer, StoredDocument> files = new TreeMap<>();
        documents.ofCase(row.number()).stream()
                .filter(one -> one.first().equals(asked.first()))
                .forEach(one -> files.put(one.version(), one));
        List<CaseView.TextVersion> versions = files.values().stream()
                .map(one -> new CaseView.TextVersion(
                        one.version(), one.personName(), one.at(), one.reason() == null ? "" : one.reason(), ""))
                .toList();
        return new Text(
                asked.name(),
                versions,
                version -> content(Objects.requireNonNull(files.get(version.number()))),
                "对照的是文件里的文字，不含图片和版式。");
    }

    private String content(StoredDocument document) {
        if (document.mediaType().equals("text/plain")) return text(document);
        if (document.mediaType().equals(WORD)) return word(document).text();
        throw new Refusal("file", "「" + document.name() + "」不是Word（.docx）或文本文件，不能对照，请下载两个版本查看。");
    }

    /** Whether two versions of it can be compared. */
    public static boolean comparable(StoredDocument document) {
        return document.mediaType().equals(WORD) || document.mediaType().equals("text/plain");
    }
}
