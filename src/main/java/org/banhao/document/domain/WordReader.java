package org.banhao.document.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.banhao.base.Refusal;
import org.banhao.document.WordFiles;
import org.banhao.document.WordText;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.w3c.dom.Element;

/** The package and its parts; what stands in them is read by {@link WordBody}. */
@Component
class WordReader implements WordFiles {
    private static final DataSize LARGEST = DataSize.ofMegabytes(20);
    private static final int LARGEST_PICTURE = 20 << 20;

    /** Of those wanted together: pictures are packed already, so that of a file taken they are hardly more than the file. */
    private static final long LARGEST_PICTURES = 60L << 20;

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,5}");
    private static final String MAIN = "word/document.xml";
    private static final Set<String> KEPT = Set.of("png", "jpg", "jpeg");

    private final FileStore files;
    private final FileKinds kinds = new FileKinds();

    WordReader(@Value("${banhao.documents.folder:${banhao.data}/documents}") Path folder) {
        this.files = new FileStore(folder, LARGEST);
    }

    @Override
    public WordText read(String name, InputStream content) {
        return with(name, content, parts -> text(body(parts), parts));
    }

    @Override
    public void pictures(String name, InputStream content, Set<Integer> numbers, Consumer<TakenPicture> to) {
        with(name, content, parts -> {
            WordBody body = body(parts);
            List<WordText.Picture> wanted = text(body, parts).pictures().stream()
                    .filter(picture -> picture.kept() && numbers.contains(picture.number()))
                    .toList();
            if (wanted.stream().mapToLong(WordText.Picture::bytes).sum() > LARGEST_PICTURES) {
                throw new Refusal("pictures", "选中的图片合计超过" + (LARGEST_PICTURES >> 20) + " MB，请少选几张，其余的另行压缩后添加。");
            }
            for (WordText.Picture picture : wanted) {
                String part = body.pictures().get(picture.number() - 1);
                to.accept(new TakenPicture(picture.name(), parts.bytes(part, LARGEST_PICTURE)));
            }
            return wanted.size();
        });
    }

    private interface Reading<T> {
        T of(OfficeParts parts) throws IOException;
    }

    private <T> T with(String name, InputStream content, Reading<T> reading) {
        String clean = FileNames.clean(name);
        try (FileStore.Received received = files.receive(content)) {
            requireDocx(received.path, clean);
            try (OfficeParts parts = OfficeParts.of(received.path)) {
                return reading.of(parts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireDocx(Path file, String name) throws IOException {
        String type = kinds.recognise(file, name);
        if (type.equals("application/msword")) {
            throw new Refusal("file", "「" + name + "」是旧的Word（.doc）或WPS格式，请用Word或WPS打开，选“另存为”，类型选“.docx”，再读入。");
        }
        if (!type.endsWith("wordprocessingml.document")) {
            throw new Refusal("file", "「" + name + "」不是Word文件，请选择.docx文件，或者把全文粘贴进来。");
        }
    }

    private static WordText text(WordBody body, OfficeParts parts) throws IOException {
        List<WordText.Picture> pictures = new ArrayList<>();
        List<String> remarks = new ArrayList<>(body.remarks());
        for (String part : body.pictures()) {
            int number = pictures.size() + 1;
            String extension = extension(part);
            boolean kept = KEPT.contains(extension) && parts.has(part);
            if (!kept) {
                String format = extension.isEmpty() ? "的格式不明" : "是" + extension.toUpperCase(Locale.ROOT) + "格式";
                remarks.add("图" + number + format + "，不能直接作附件；需要的，请另存为PNG或JPG图片后再添加。");
            }
            String name = "图" + number + (extension.isEmpty() ? "" : "." + extension);
            pictures.add(new WordText.Picture(number, name, parts.size(part), kept));
        }
        return new WordText(body.paragraphs(), List.copyOf(pictures), List.copyOf(remarks));
    }

    private static WordBody body(OfficeParts parts) throws IOException {
        Map<String, String> targets = new HashMap<>();
        for (Element one : OfficeParts.elements(parts.xml("word/_rels/document.xml.rels"), "Relationship")) {
            // what lies outside is never fetched
            if (!"External".equals(one.getAttribute("TargetMode"))) {
                targets.put(one.getAttribute("Id"), part(one.getAttribute("Target")));
            }
        }
        // one after the other: of each part only what is needed stays, not its elements
        WordStyles styles = new WordStyles();
        styles.readStyles(parts.xml("word/styles.xml"));
        styles.readLists(parts.xml("word/numbering.xml"));
        WordBody body = new WordBody(styles, targets);
        body.readNotes("footnote", parts.xml("word/footnotes.xml"));
        body.readNotes("endnote", parts.xml("word/endnotes.xml"));
        body.read(parts.xml(MAIN));
        return body;
    }

    /** Empty: none that a picture has. */
    private static String extension(String part) {
        String extension = part.substring(part.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSION.matcher(extension).matches() ? extension : "";
    }

    /** As names in a package are: what this machine allows in the name of a file does not matter. */
    private static String part(String target) {
        String clean = target.replace('\\', '/');
        if (clean.startsWith("/")) return clean.substring(1);
        Deque<String> names = new ArrayDeque<>(List.of("word"));
        for (String name : clean.split("/")) {
            if (name.equals("..")) names.pollLast();
            else if (!name.isEmpty() && !name.equals(".")) names.addLast(name);
        }
        return String.join("/", names);
    }
}
