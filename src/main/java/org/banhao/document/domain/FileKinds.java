package org.banhao.document.domain;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.tika.Tika;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a file is by its content and takes only the kinds of papers an office exchanges: PDF, OFD, pictures, plain text
 * and office documents without macros. The extension must agree, because it decides which program opens the file later.
 */
final class FileKinds {
    private static final String TAKEN = "请上传PDF、OFD、图片、Word、Excel、PPT、WPS或TXT文件。";
    private static final String OOXML = "application/vnd.openxmlformats-officedocument.";

    /** Extension → the only media type it may have. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("pdf", "application/pdf"),
            Map.entry("ofd", "application/ofd"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heic"),
            Map.entry("txt", "text/plain"),
            Map.entry("docx", OOXML + "wordprocessingml.document"),
            Map.entry("xlsx", OOXML + "spreadsheetml.sheet"),
            Map.entry("pptx", OOXML + "presentationml.presentation"),
            Map.entry("doc", "application/msword"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("ppt", "application/vnd.ms-powerpoint"),
            Map.entry("wps", "application/msword"),
            Map.entry("et", "application/vnd.ms-excel"),
            Map.entry("dps", "application/vnd.ms-powerpoint"));

    private static final byte[] OLE = {
        (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };
    private static final List<Charset> TEXT_CHARSETS = List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));
    private static final int LARGEST_CONTENT_TYPES = 1 << 20;

    /** Reads the signatures of a thousand kinds of files: at the first upload, not at the start. */
    private static final class Detector {
        static final Tika TIKA = new Tika();
    }

    /**
     * @param name cleaned name, with extension
     * @return media type
     * @throws Refusal a kind that is not taken, or the extension says something else
     */
    String recognise(Path file, String name) throws IOException {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        String type = byContent(file, extension);
        if (type.equals(TYPES.get(extension))) return type;
        throw new Refusal("file", "文件“" + name + "”的扩展名与内容不符，请用原来的程序另存后再上传。");
    }

    private String byContent(Path file, String extension) throws IOException {
        String detected;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            detected = Detector.TIKA.detect(in);
        }
        if (startsWith(file, OLE)) return ole(file);
        if (detected.equals("application/zip") || startsWith(file, new byte[] {'P', 'K', 3, 4})) return zip(file);
        return switch (detected) {
            case "application/pdf", "image/png", "image/jpeg", "image/webp" -> detected;
            case "image/heic", "image/heif" -> "image/heic";
            case "text/html", "application/xhtml+xml", "image/svg+xml" ->
                throw new Refusal("file", "不接收网页和SVG文件，请另存为PDF或图片后再上传。");
            case "application/x-dosexec",
                    "application/x-msdownload",
                    "application/x-elf",
                    "application/x-executable",
                    "application/x-sharedlib",
                    "application/x-sh",
                    "application/x-bat",
                    "application/x-mach-o",
                    "application/java-vm",
                    "application/x-msi",
                    "application/x-ms-installer" -> throw new Refusal("file", "不接收程序文件，" + TAKEN);
            case "application/gzip",
                    "application/x-7z-compressed",
                    "application/x-rar-compressed",
                    "application/x-rar-compressed; version=4",
                    "application/x-rar-compressed; version=5",
                    "application/x-tar",
                    "application/x-gtar",
                    "application/x-bzip2",
                    "application/x-xz" -> throw new Refusal("file", "不接收压缩包，请解压后逐个上传。");
            default -> {
                // Tika takes Chinese text in GB18030 for bytes: plain text is what decodes and holds no control
                // characters
                if (extension.equals("txt")
                        && (detected.startsWith("text/plain") || detected.equals("application/octet-stream"))
                        && isText(file)) yield "text/plain";
                throw new Refusal("file", "不接收这一类型的文件，" + TAKEN);
            }
        };
    }

    /** Office documents and OFD are ZIP packages; any other package is an archive. */
    private static String zip(Path file) throws IOException {
        Set<String> names = new HashSet<>();
        String contentTypes = "";
        // ISO 8859-1 reads any name: an undecodable one is no reason to fail, only ASCII names are looked for
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.ISO_8859_1)) {
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                names.add(
                        entries.nextElement().getName().toLowerCase(Locale.ROOT).replace('\\', '/'));
            }
            ZipEntry types = zip.getEntry("[Content_Types].xml");
            if (types != null) {
                try (InputStream in = zip.getInputStream(types)) {
                    contentTypes = new String(in.readNBytes(LARGEST_CONTENT_TYPES), StandardCharsets.UTF_8);
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new Refusal("file", "文件已损坏，打不开，请检查后重新上传。");
        }
        if (names.contains("ofd.xml")) return "application/ofd";
        if (contentTypes.isEmpty()) throw new Refusal("file", "不接收压缩包，请解压后逐个上传。");
        boolean macros = contentTypes.toLowerCase(Locale.ROOT).contains("macroenabled")
                || contentTypes.contains("vbaProject")
                || names.stream().anyMatch(n -> n.endsWith("vbaproject.bin") || n.startsWith("xl/macrosheets/"));
        if (macros) throw macros();
        String kind = office(names);
        if (kind == null) throw new Refusal("file", "不接收这一类型的文件，" + TAKEN);
        // who opens it unpacks it, and so do we for a preview
        OfficeParts.requireBounded(file);
        return kind;
    }

    private static @Nullable String office(Set<String> names) {
        if (names.contains("word/document.xml")) return OOXML + "wordprocessingml.document";
        if (names.contains("xl/workbook.xml")) return OOXML + "spreadsheetml.sheet";
        return names.contains("ppt/presentation.xml") ? OOXML + "presentationml.presentation" : null;
    }

    /** Names in the directory of a compound file: UTF-16, at the start of records of 128 bytes. */
    private static String ole(Path file) throws IOException {
        Set<String> names = new HashSet<>();
        Set<String> wanted = Set.of(
                "WordDocument",
                "Workbook",
                "Book",
                "PowerPoint Document",
                "_VBA_PROJECT",
                "_VBA_PROJECT_CUR",
                "EncryptedPackage");
        byte[] entry = new byte[128];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            while (in.readNBytes(entry, 0, entry.length) == entry.length) {
                int end = 0;
                while (end < 64 && entry[end + 1] == 0 && entry[end] >= ' ') end += 2;
                if (end >= 8 && end < 64) {
                    String name = new String(entry, 0, end, StandardCharsets.UTF_16LE);
                    if (wanted.contains(name)) names.add(name);
                }
            }
        }
        if (names.contains("EncryptedPackage")) {
            throw new Refusal("file", "文件设有打开密码，请取消密码后再上传。");
        }
        if (names.contains("_VBA_PROJECT") || names.contains("_VBA_PROJECT_CUR")) throw macros();
        if (names.contains("WordDocument")) return "application/msword";
        if (names.contains("Workbook") || names.contains("Book")) return "application/vnd.ms-excel";
        if (names.contains("PowerPoint Document")) return "application/vnd.ms-powerpoint";
        throw new Refusal("file", "不接收这一类型的文件，" + TAKEN);
    }

    private static boolean isText(Path file) throws IOException {
        for (Charset charset : TEXT_CHARSETS) if (isText(file, charset)) return true;
        return startsWith(file, new byte[] {(byte) 0xFF, (byte) 0xFE}) && isText(file, StandardCharsets.UTF_16);
    }

    private static boolean isText(Path file, Charset charset) throws IOException {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        char[] chars = new char[1 << 13];
        try (Reader in = new java.io.InputStreamReader(new BufferedInputStream(Files.newInputStream(file)), decoder)) {
            for (int n = in.read(chars); n >= 0; n = in.read(chars)) {
                for (int i = 0; i < n; i++) {
                    char c = chars[i];
                    if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') return false;
                }
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean startsWith(Path file, byte[] head) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(head.length), head);
        }
    }

    private static Refusal macros() {
        return new Refusal("file", "文件内含宏程序，请另存为不含宏的格式后再上传。");
    }
}
