package org.banhao.document.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.banhao.base.Refusal;
import org.banhao.document.WordFiles;
import org.banhao.document.WordText;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.w3c.dom.Element;

/** The package and its parts; what stands in them is read by {@link WordBody}. */
@Component
class WordReader implements WordFiles {
    private static final DataSize LARGEST = DataSize.ofMegabytes(20);
    private static final int LARGEST_PICTURE = 20 << 20;
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
    public List<TakenPicture> pictures(String name, InputStream content, Set<Integer> numbers) {
        return with(name, content, parts -> {
            WordBody body = body(parts);
            List<TakenPicture> taken = new ArrayList<>();
            for (WordText.Picture picture : text(body, parts).pictures()) {
                if (!picture.kept() || !numbers.contains(picture.number())) continue;
                String part = body.pictures().get(picture.number() - 1);
                taken.add(new TakenPicture(picture.name(), parts.bytes(part, LARGEST_PICTURE)));
            }
            return taken;
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
            String extension = part.substring(part.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            boolean kept = KEPT.contains(extension) && parts.has(part);
            if (!kept) {
                remarks.add(
                        "图" + number + "是" + extension.toUpperCase(Locale.ROOT) + "格式，不能直接作附件；需要的，请另存为PNG或JPG图片后再添加。");
            }
            pictures.add(new WordText.Picture(
                    number, "图" + number + "." + extension, parts.has(part) ? parts.size(part) : 0, kept));
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
        return new WordBody(
                parts.xml(MAIN),
                WordStyles.of(parts.xml("word/styles.xml"), parts.xml("word/numbering.xml")),
                notes(parts.xml("word/footnotes.xml"), parts.xml("word/endnotes.xml")),
                targets);
    }

    private static String part(String target) {
        if (target.startsWith("/")) return target.substring(1);
        Path resolved = Path.of("word").resolve(target.replace('\\', '/')).normalize();
        return resolved.toString().replace('\\', '/');
    }

    /** footnote 3 is {@code footnote3} */
    private static Map<String, Element> notes(@Nullable Element... parts) {
        Map<String, Element> notes = new HashMap<>();
        for (Element part : parts) {
            for (String kind : List.of("footnote", "endnote")) {
                for (Element note : OfficeParts.elements(part, kind)) {
                    notes.put(kind + OfficeParts.value(note, "id"), note);
                }
            }
        }
        return notes;
    }
}
