package org.banhao.document.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.banhao.base.Refusal;
import org.banhao.document.Documents;
import org.banhao.document.PaperPdfs;
import org.banhao.document.PdfConversion;
import org.banhao.document.StoredDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Beside the files, in {@code pdf}: {@code <sha256>.<kind>.pdf}, and a line for each replaced font in {@code .fonts}; of what cannot be
 * converted, moment and sentence in {@code .failed}. Made anew when somebody removes them.
 */
@Component
class StoredPdfs implements PaperPdfs {
    /** A new version of LibreOffice or a machine with less to do may succeed. */
    private static final Duration FAILED_FOR = Duration.ofDays(1);

    private final Documents documents;
    private final PdfConversion conversion;
    private final Clock clock;
    private final Path folder;

    /** Of this node: another one may make the same at the same time, and writes the same. */
    private final Set<Path> making = ConcurrentHashMap.newKeySet();

    StoredPdfs(
            Documents documents,
            PdfConversion conversion,
            Clock clock,
            @Value("${banhao.documents.folder:${banhao.data}/documents}") Path folder) {
        this.documents = documents;
        this.conversion = conversion;
        this.clock = clock;
        this.folder = folder.toAbsolutePath().normalize().resolve("pdf");
    }

    @Override
    public boolean convertible(StoredDocument document) {
        return conversion.available() && conversion.reads(document.name());
    }

    @Override
    public PdfConversion.Pdf of(StoredDocument document) {
        String kind = document.name().substring(document.name().lastIndexOf('.') + 1);
        Path pdf = folder.resolve(document.sha256() + "." + kind.replaceAll("[^A-Za-z]", "") + ".pdf");
        Path fonts = pdf.resolveSibling(pdf.getFileName() + ".fonts");
        try {
            PdfConversion.Pdf before = before(pdf, fonts);
            if (before != null && !conversion.outdated(before)) return before;
            if (!making.add(pdf)) throw new Refusal("file", "这份文件正在转为PDF，请稍后再打开，或者下载文件查看。");
            try {
                return made(document, pdf, fonts);
            } finally {
                making.remove(pdf);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PdfConversion.@Nullable Pdf before(Path pdf, Path fonts) throws IOException {
        try {
            // the fonts are written first: a PDF that is there has its list
            return new PdfConversion.Pdf(Files.readAllBytes(pdf), Files.readAllLines(fonts));
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private PdfConversion.Pdf made(StoredDocument document, Path pdf, Path fonts) throws IOException {
        Path failed = pdf.resolveSibling(pdf.getFileName() + ".failed");
        requireNotFailed(failed);
        Files.createDirectories(folder);
        try {
            PdfConversion.Pdf made = convert(document);
            write(fonts, String.join("\n", made.replacedFonts()).getBytes(StandardCharsets.UTF_8));
            write(pdf, made.bytes());
            return made;
        } catch (PdfConversion.Unconvertible e) {
            write(failed, (clock.instant() + "\n" + e.sentence()).getBytes(StandardCharsets.UTF_8));
            throw e;
        }
    }

    private void requireNotFailed(Path failed) throws IOException {
        try {
            String[] told = Files.readString(failed).split("\n", 2);
            if (told.length == 2
                    && clock.instant().isBefore(Instant.parse(told[0]).plus(FAILED_FOR))) {
                throw new PdfConversion.Unconvertible(told[1]);
            }
        } catch (NoSuchFileException | DateTimeException none) {
            // not tried yet, or nothing that was written here
        }
    }

    private PdfConversion.Pdf convert(StoredDocument document) throws IOException {
        try (InputStream content = documents.open(document.id())) {
            return conversion.convert(document.name(), content.readAllBytes());
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        Path incoming = folder.resolve(UUID.randomUUID() + ".part");
        try {
            Files.write(incoming, content);
            Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    /** Content that nobody names any more has no PDF either. */
    static void forget(Path documents, String sha256) throws IOException {
        Path folder = documents.resolve("pdf");
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.newDirectoryStream(folder, sha256 + ".*")) {
            for (Path file : files) Files.deleteIfExists(file);
        }
    }
}
