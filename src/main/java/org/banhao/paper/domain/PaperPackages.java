package org.banhao.paper.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.banhao.base.Refusal;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.springframework.stereotype.Service;

/** The latest texts of many papers as one file (.zip), to be printed and sealed together. */
@Service
public class PaperPackages {

    private static final long MOST_BYTES = 200L * 1024 * 1024;

    private final PaperDesk desk;
    private final Documents documents;

    PaperPackages(PaperDesk desk, Documents documents) {
        this.desk = desk;
        this.documents = documents;
    }

    /**
     * Written to disk, and looked at first, so that no answer grows in memory.
     *
     * @param papers ids; one that stands there twice is in it once
     * @return to be deleted by who asked for it
     * @throws Refusal none, too many, too much, or one that is not this person's business
     */
    public Path of(List<Long> papers, String person) {
        List<Long> wanted = papers.stream().distinct().toList();
        if (wanted.isEmpty()) throw new Refusal("paper", "请先勾选要下载的公文。");
        if (wanted.size() > PaperBatch.MOST) {
            throw new Refusal("paper", "一次最多下载" + PaperBatch.MOST + "份，请分次下载。");
        }
        List<StoredDocument> texts = new ArrayList<>();
        long bytes = 0;
        for (long id : wanted) {
            StoredDocument text = desk.latestText(id, person);
            texts.add(text);
            bytes += text.bytes();
            if (bytes > MOST_BYTES) {
                throw new Refusal("paper", "所选公文合计超过" + MOST_BYTES / 1024 / 1024 + "兆，请分次下载。");
            }
        }
        try {
            return written(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path written(List<StoredDocument> texts) throws IOException {
        Path file = Files.createTempFile("banhao-papers-", ".zip");
        boolean complete = false;
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            int number = 0;
            for (StoredDocument text : texts) {
                zip.putNextEntry(new ZipEntry("%03d %s".formatted(++number, text.name())));
                try (InputStream content = documents.open(text.id())) {
                    content.transferTo(zip);
                }
                zip.closeEntry();
            }
            complete = true;
        } finally {
            if (!complete) Files.deleteIfExists(file);
        }
        return file;
    }
}
