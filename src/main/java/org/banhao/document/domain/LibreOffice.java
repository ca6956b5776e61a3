package org.banhao.document.domain;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.banhao.base.Refusal;
import org.banhao.document.PdfConversion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Starts {@code soffice} for each file. What it writes lies in a folder of its own that is removed afterwards. */
@Component
class LibreOffice implements PdfConversion {
    private static final Logger log = LoggerFactory.getLogger(LibreOffice.class);

    private static final Set<String> READS = Set.of("docx", "doc", "wps", "xlsx", "xls", "et", "pptx", "ppt", "dps");

    /** Each takes a processor and some hundred megabytes. */
    private static final int AT_ONCE = 2;

    private static final int LARGEST_PART = 8 << 20;

    /** Larger than what a browser's reader shows well; it is held in memory to be sent. */
    private static final long LARGEST_PDF = 60L << 20;

    /** Latin and theme fonts too: w:ascii, w:hAnsi, w:eastAsia, w:cs; not w:asciiTheme, which names no font. */
    private static final Pattern FONT = Pattern.compile("w:(?:ascii|hAnsi|eastAsia)=\"([^\"]{1,80})\"");

    /** Nothing of the file runs, and nothing it links to is fetched. */
    private static final String PROFILE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
            oor:op="fuse"><value>true</value></prop></item>
            <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" \
            oor:op="fuse"><value>3</value></prop></item>
            <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" \
            oor:op="fuse"><value>true</value></prop></item>
            <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
            oor:op="fuse"><value>true</value></prop></item>
            <item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" \
            oor:op="fuse"><value>0</value></prop></item>
            <item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" \
            oor:op="fuse"><value>1</value></prop></item>
            </oor:items>
            """;

    private final @Nullable Path program;
    private final Duration longest;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Fonts fonts;

    /**
     * @param program path of soffice; empty: looked for on the PATH
     * @param fonts folder with fonts the machine has not; need not be there
     */
    LibreOffice(
            @Value("${banhao.pdf.soffice:}") String program,
            @Value("${banhao.pdf.longest:60s}") Duration longest,
            @Value("${banhao.pdf.fonts:${banhao.data}/fonts}") Path fonts) {
        this.program = program.isBlank() ? onPath() : existing(Path.of(program));
        this.longest = longest;
        this.fonts = new Fonts(fonts);
    }

    private static @Nullable Path onPath() {
        String path = System.getenv("PATH");
        return Stream.of(path == null ? new String[0] : path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder ->
                        Stream.of("soffice", "libreoffice", "soffice.com").map(Path.of(folder)::resolve))
                .map(LibreOffice::existing)
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Path existing(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file) ? file.toAbsolutePath() : null;
    }

    @Override
    public boolean available() {
        return program != null;
    }

    @Override
    public boolean reads(String name) {
        return READS.contains(extension(name));
    }

    @Override
    public Pdf convert(String name, byte[] content) {
        Path soffice = program;
        if (soffice == null) throw new Refusal("file", "本系统没有安装LibreOffice，不能转为PDF，请下载Word文件查看。");
        if (!reads(name)) throw new Refusal("file", "「" + name + "」不是可以转为PDF的文件，请下载后查看。");
        boolean placed = false;
        try {
            placed = places.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (!placed) throw new Refusal("file", "正在转换的文件较多，请稍后再打开，或者下载文件查看。");
            return new Pdf(run(soffice, name, content), missingFonts(name, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("file", "转换为PDF时被中断，请重试，或者下载文件查看。");
        } finally {
            if (placed) places.release();
        }
    }

    private byte[] run(Path soffice, String name, byte[] content) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("banhao-pdf-");
        try {
            Path user = Files.createDirectories(folder.resolve("profile").resolve("user"));
            Files.writeString(user.resolve("registrymodifications.xcu"), PROFILE);
            // a name of ours: what people call a file must not become an argument
            Path in = Files.write(folder.resolve("in." + extension(name)), content);
            requireBounded(in, content);
            Path out = Files.createDirectories(folder.resolve("out"));
            ProcessBuilder builder = new ProcessBuilder(
                    soffice.toString(),
                    "--headless",
                    "--invisible",
                    "--norestore",
                    "--nologo",
                    "--nodefault",
                    "--nolockcheck",
                    "--nofirststartwizard",
                    "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                    "--convert-to",
                    "pdf",
                    "--outdir",
                    out.toString(),
                    in.toString());
            cleanEnvironment(builder.environment(), folder);
            builder.environment().putAll(fonts.environment(folder));
            builder.directory(folder.toFile());
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            Process process = builder.start();
            boolean ended = false;
            try {
                process.getOutputStream().close();
                ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                if (!ended) end(process);
            }
            if (!ended) {
                log.warn("LibreOffice took more than {} for a file of {} bytes", longest, content.length);
                throw new Unconvertible("文件太大或太复杂，没有在" + longest.toSeconds() + "秒内转为PDF，请下载文件查看。");
            }
            try {
                Path pdf = out.resolve("in.pdf");
                if (Files.size(pdf) > LARGEST_PDF) {
                    throw new Unconvertible("转成的PDF超过" + (LARGEST_PDF >> 20) + " MB，请下载文件查看。");
                }
                return Files.readAllBytes(pdf);
            } catch (NoSuchFileException e) {
                log.warn(
                        "LibreOffice made no PDF of a file of {} bytes, status {}",
                        content.length,
                        process.exitValue());
                throw new Unconvertible("文件已损坏或设有密码，不能转为PDF，请下载文件查看。");
            }
        } finally {
            remove(folder);
        }
    }

    /** By what it is, not by its name: the office looks at the content too. */
    private static void requireBounded(Path file, byte[] content) throws IOException {
        boolean zip = content.length > 1 && content[0] == 'P' && content[1] == 'K';
        if (!zip) return;
        try {
            OfficeParts.requireBounded(file);
        } catch (Refusal refusal) {
            throw new Unconvertible("文件已损坏或展开后的内容太多，不能转为PDF，请下载文件查看。");
        }
    }

    /** Passwords stand in our environment. */
    private static void cleanEnvironment(Map<String, String> environment, Path folder) {
        environment.keySet().retainAll(Set.of("PATH", "SystemRoot", "SYSTEMROOT", "windir", "ProgramFiles"));
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", folder.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("TZ", "Asia/Shanghai");
        environment.put("SAL_USE_VCLPLUGIN", "svp");
    }

    /** The command is a script on most systems: the office itself is its child. A script whose child is gone ends by itself and buries it. */
    private static void end(Process process) throws InterruptedException {
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
        process.waitFor(2, TimeUnit.SECONDS);
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }

    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException | UncheckedIOException e) {
            log.warn("Files of a conversion could not be removed: {}", e.toString());
        }
    }

    @Override
    public boolean outdated(Pdf made) {
        if (made.replacedFonts().isEmpty()) return false;
        try {
            return fonts.missing(made.replacedFonts()).size()
                    < made.replacedFonts().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Of .docx only: what else names its fonts does not break into pages. */
    private List<String> missingFonts(String name, byte[] content) throws IOException, InterruptedException {
        if (!extension(name).equals("docx")) return List.of();
        Set<String> named = new TreeSet<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content), StandardCharsets.ISO_8859_1)) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                if (!part.getName().equals("word/document.xml")
                        && !part.getName().equals("word/styles.xml")) continue;
                Matcher font = FONT.matcher(new String(zip.readNBytes(LARGEST_PART), StandardCharsets.UTF_8));
                while (font.find()) named.add(font.group(1));
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            // converted all the same: which fonts it names cannot be told
            return List.of();
        }
        return List.copyOf(fonts.missing(named));
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
