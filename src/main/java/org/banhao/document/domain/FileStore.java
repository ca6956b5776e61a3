package org.banhao.document.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.banhao.base.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * The folder of files, addressed by their content: {@code <first two digits>/<sha256>}. A file is complete on disk before
 * anybody can name it; with several nodes the folder is shared.
 */
final class FileStore {
    private static final String INCOMING = "incoming";
    private static final String LEAVING = "leaving";

    /** {@code <sha256>.<some id>} for each file that is in its place and whose row is not known to be committed. */
    private static final String DOUBTFUL = "doubtful";

    private static final Logger log = LoggerFactory.getLogger(FileStore.class);

    private final Path folder;
    private final DataSize largest;

    FileStore(Path folder, DataSize largest) {
        this.folder = folder.toAbsolutePath().normalize();
        this.largest = largest;
    }

    /** A received file, not yet named. Closing it removes what was not kept. */
    final class Received implements AutoCloseable {
        final Path path;
        final String sha256;
        final long bytes;

        private Received(Path path, String sha256, long bytes) {
            this.path = path;
            this.sha256 = sha256;
            this.bytes = bytes;
        }

        /**
         * Moves it to its place. The same content twice is one file.
         *
         * @return to be given to {@link FileStore#named} when a row names it
         */
        Path keep() throws IOException {
            Path doubt = Files.createFile(
                    Files.createDirectories(folder.resolve(DOUBTFUL)).resolve(sha256 + "." + UUID.randomUUID()));
            Path shelf = Files.createDirectories(shelf(sha256));
            Files.move(
                    path, shelf.resolve(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(shelf);
            return doubt;
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /** @throws Refusal empty, or larger than allowed */
    Received receive(InputStream content) throws IOException {
        Path incoming = Files.createDirectories(folder.resolve(INCOMING))
                .resolve(UUID.randomUUID().toString());
        MessageDigest digest = sha256();
        long bytes = 0;
        boolean complete = false;
        try (FileChannel channel =
                FileChannel.open(incoming, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            DigestInputStream in = new DigestInputStream(content, digest);
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
                if (bytes > largest.toBytes()) throw tooLarge(largest);
                out.write(buffer, 0, n);
            }
            if (bytes == 0) throw new Refusal("file", "文件是空的，请检查后重新选择。");
            channel.force(true);
            complete = true;
        } finally {
            if (!complete) Files.deleteIfExists(incoming);
        }
        return new Received(incoming, HexFormat.of().formatHex(digest.digest()), bytes);
    }

    /** @throws NoSuchFileException the folder was not restored with the database */
    InputStream open(String sha256) throws IOException {
        return Files.newInputStream(shelf(sha256).resolve(sha256));
    }

    /**
     * Removes content that no row names. Somebody may be uploading the same at this moment, its file in place and its row not yet
     * committed: that file is young, so what was moved away is looked at and put back. Received after the move, it has a file of its
     * own.
     *
     * @return whether it is gone; false: received again since {@code before}
     */
    boolean remove(String sha256, Instant before) throws IOException {
        Path place = shelf(sha256).resolve(sha256);
        Path leaving = Files.createDirectories(folder.resolve(LEAVING)).resolve(sha256);
        try {
            Files.move(place, leaving, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return true;
        }
        if (Files.getLastModifiedTime(leaving).toInstant().isBefore(before)) {
            Files.delete(leaving);
            StoredPdfs.forget(folder, sha256);
            return true;
        }
        Files.move(leaving, place, StandardCopyOption.ATOMIC_MOVE);
        return false;
    }

    /** A row that names the file is committed. */
    static void named(Path doubt) {
        try {
            Files.deleteIfExists(doubt);
        } catch (IOException e) {
            // looked at in the night
            log.warn("A file that is named stays doubtful: {}", e.toString());
        }
    }

    /** sha256 of what came into its place before that moment for rows that may not be there. */
    Set<String> doubtful(Instant before) throws IOException {
        Set<String> doubtful = new TreeSet<>();
        for (Path doubt : list(folder.resolve(DOUBTFUL))) {
            if (Files.getLastModifiedTime(doubt).toInstant().isBefore(before)) doubtful.add(content(doubt));
        }
        return doubtful;
    }

    /** Looked at: a row names it, or it is gone. */
    void settled(String sha256, Instant before) throws IOException {
        for (Path doubt : list(folder.resolve(DOUBTFUL))) {
            boolean old = Files.getLastModifiedTime(doubt).toInstant().isBefore(before);
            if (old && content(doubt).equals(sha256)) Files.deleteIfExists(doubt);
        }
    }

    private static String content(Path doubt) {
        String name = doubt.getFileName().toString();
        return name.substring(0, Math.max(name.indexOf('.'), 0));
    }

    /** What a killed process left: a removal half done is undone, uploads that broke off long ago are deleted. */
    void tidy(Instant before) throws IOException {
        for (Path leaving : list(folder.resolve(LEAVING))) {
            Path place = shelf(leaving.getFileName().toString()).resolve(leaving.getFileName());
            if (Files.exists(place)) Files.delete(leaving);
            else Files.move(leaving, place, StandardCopyOption.ATOMIC_MOVE);
        }
        for (Path incoming : list(folder.resolve(INCOMING))) {
            if (Files.getLastModifiedTime(incoming).toInstant().isBefore(before)) Files.deleteIfExists(incoming);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    static Refusal tooLarge(DataSize largest) {
        return new Refusal("file", "文件超过" + largest.toMegabytes() + " MB的上限，请压缩或拆分后再上传。");
    }

    private Path shelf(String sha256) {
        return folder.resolve(sha256.substring(0, 2));
    }

    /** Makes the new name itself last. */
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // a system that cannot open a folder (Windows) keeps names by itself
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
