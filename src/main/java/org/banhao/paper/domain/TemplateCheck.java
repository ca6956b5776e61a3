package org.banhao.paper.domain;

import com.deepoove.poi.XWPFTemplate;
import com.deepoove.poi.config.Configure;
import com.deepoove.poi.exception.ResolverException;
import com.deepoove.poi.template.ElementTemplate;
import com.deepoove.poi.template.MetaTemplate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.poi.xwpf.usermodel.IBody;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFHeaderFooter;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.banhao.base.Refusal;
import org.banhao.paper.PaperKind;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a Word file somebody sent before anything reads it. A template is code: it decides what stands on papers of an office. So it
 * holds no macro, nothing embedded, nothing that is fetched from elsewhere, no field that computes, and no placeholder nobody fills.
 */
final class TemplateCheck {

    static final String QR = "二维码";

    private static final int MOST_FILE = 5 * 1024 * 1024;
    private static final long MOST_UNPACKED = 40L * 1024 * 1024;
    private static final int MOST_PARTS = 2000;

    private static final String MAIN =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    /** Fields of a page count; every other one fetches, computes or asks. */
    private static final Set<String> FIELDS = Set.of("PAGE", "NUMPAGES", "SECTIONPAGES");

    private static final Pattern COLUMN = Pattern.compile("\\[([\\w\\u4e00-\\u9fa5]+)]");
    private static final int NAMED = 8;
    private static final int LONGEST_SHOWN = 40;

    private TemplateCheck() {}

    /**
     * Any Word file that is to be opened, filled or sent out here.
     *
     * @return its bytes
     * @throws Refusal says what is wrong with it
     */
    static byte[] safe(InputStream content) {
        byte[] bytes;
        try {
            bytes = content.readNBytes(MOST_FILE + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.length == 0) throw new Refusal("file", "文件是空的，请重新选择。");
        if (bytes.length > MOST_FILE) throw new Refusal("file", "文件超过5兆，请压缩其中的图片后再上传。");
        boolean document = false;
        long unpacked = 0;
        int parts = 0;
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (++parts > MOST_PARTS) throw tooMuch();
                String name = entry.getName().toLowerCase(Locale.ROOT);
                if (name.endsWith("vbaproject.bin") || name.endsWith("vbadata.xml")) throw macros();
                if (name.contains("/embeddings/") || name.contains("/activex/") || name.contains("/afchunk"))
                    throw new Refusal("file", "文件里嵌有其他文件或控件，请在Word里删除后再上传。");
                byte[] part;
                try (InputStream in = zip.getInputStream(entry)) {
                    part = in.readNBytes((int) (MOST_UNPACKED - unpacked + 1));
                }
                unpacked += part.length;
                if (unpacked > MOST_UNPACKED) throw tooMuch();
                document |= name.equals("word/document.xml");
                if (name.endsWith(".xml") || name.endsWith(".rels")) new Part(name).read(part);
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof Refusal refusal) throw refusal;
            throw notWord();
        }
        if (!document) throw notWord();
        return bytes;
    }

    /**
     * That it can be a template of this kind; filled once with what is invented for it.
     *
     * @return the placeholders it uses, in their order
     * @throws Refusal the first things that are wrong
     */
    static Set<String> template(byte[] bytes, PaperKind kind) {
        Set<String> used = placeholders(bytes, kind);
        if (kind.numbered() && !used.contains(DefaultTemplate.NUMBER))
            throw new Refusal("file", "模板里没有{{发文字号}}，发出的公文会没有文号，请加上后再上传。");
        try {
            byte[] filled = Filling.fill(bytes, kind, samples(kind), sampleTables(kind), "https://example.org/");
            try (XWPFDocument again = new XWPFDocument(new ByteArrayInputStream(filled))) {
                if (again.getBodyElements().isEmpty()) throw notWord();
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof Refusal refusal) throw refusal;
            throw new Refusal("file", "用示例数据试填这个模板没有成功，请从现用的模板另存一份，改好后再上传。");
        }
        return used;
    }

    private static Set<String> placeholders(byte[] bytes, PaperKind kind) {
        Set<String> known = known(kind);
        Set<String> used = new LinkedHashSet<>();
        Set<String> wrong = new LinkedHashSet<>();
        try (XWPFDocument word = new XWPFDocument(new ByteArrayInputStream(bytes))) {
            broken(word, wrong);
            columns(word, kind, wrong);
        } catch (IOException | RuntimeException e) {
            throw notWord();
        }
        refuse(wrong, "这些占位符没有写完整或者不是这种公文的：");
        try (XWPFTemplate template = XWPFTemplate.compile(
                new ByteArrayInputStream(bytes), Configure.builder().build())) {
            for (MetaTemplate meta : template.getElementTemplates()) {
                // sections, pictures and charts that are filled by their description
                if (!(meta instanceof com.deepoove.poi.template.run.RunTemplate run)) {
                    wrong.add(meta instanceof ElementTemplate element ? element.getSource() : meta.variable());
                    continue;
                }
                String name = run.getTagName();
                used.add(name);
                Character sign = run.getSign();
                boolean picture = sign != null && sign == '@';
                boolean text = sign == null || sign == '\0';
                if (picture != name.equals(QR) || (!text && !picture) || !known.contains(name))
                    wrong.add(run.getSource());
            }
        } catch (ResolverException e) {
            throw new Refusal("file", "模板里的占位符前后不配对，请检查双花括号后再上传。");
        } catch (IOException | RuntimeException e) {
            throw notWord();
        }
        refuse(wrong, "这些占位符不是“" + kind.name() + "”的：");
        return used;
    }

    private static void refuse(Set<String> wrong, String what) {
        if (wrong.isEmpty()) return;
        throw new Refusal(
                "file",
                what + wrong.stream().limit(NAMED).collect(Collectors.joining("、")) + (wrong.size() > NAMED ? "等" : "")
                        + "。请对照本页列出的占位符改好后再上传。");
    }

    /** Everything its template may name. */
    static Set<String> known(PaperKind kind) {
        Set<String> known = new LinkedHashSet<>(samples(kind).keySet());
        kind.tables().forEach(table -> known.add(table.name()));
        if (kind.code2d()) known.add(QR);
        return known;
    }

    static Map<String, String> samples(PaperKind kind) {
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put(DefaultTemplate.ORGAN, "某某市教育局");
        samples.put(DefaultTemplate.NUMBER, "某教函〔2026〕15号");
        samples.put(DefaultTemplate.DAY, "2026年3月26日");
        samples.put(DefaultTemplate.PRINTED, "2026年3月26日");
        samples.put(DefaultTemplate.SIGNER, "某某某");
        samples.put(DefaultTemplate.CONTACT, "某某市某某路1号，电话0000-0000000");
        samples.put(DefaultTemplate.DEMONSTRATION, "演示");
        kind.fields().forEach(field -> samples.put(field.name(), field.sample()));
        kind.inputs().forEach(input -> samples.put(input.name(), input.sample()));
        return samples;
    }

    static Map<String, List<Map<String, String>>> sampleTables(PaperKind kind) {
        Map<String, List<Map<String, String>>> tables = new TreeMap<>();
        for (PaperKind.Table table : kind.tables()) {
            Map<String, String> row = new LinkedHashMap<>();
            table.columns().forEach(column -> row.put(column.name(), column.sample()));
            tables.put(table.name(), List.of(row, row));
        }
        return tables;
    }

    private static void broken(IBody body, Set<String> wrong) {
        List<XWPFParagraph> all = new ArrayList<>(body.getParagraphs());
        for (XWPFTable table : body.getTables())
            for (XWPFTableRow row : table.getRows()) for (XWPFTableCell cell : row.getTableCells()) broken(cell, wrong);
        if (body instanceof XWPFDocument word) {
            for (XWPFHeaderFooter part : word.getHeaderList()) broken(part, wrong);
            for (XWPFHeaderFooter part : word.getFooterList()) broken(part, wrong);
        }
        for (XWPFParagraph paragraph : all) {
            String rest = Filling.TAG.matcher(paragraph.getText()).replaceAll("");
            if (rest.contains("{{") || rest.contains("}}")) wrong.add(shortened(rest.strip()));
        }
    }

    /** What stands in square brackets below a row that names a table. */
    private static void columns(XWPFDocument word, PaperKind kind, Set<String> wrong) {
        Map<String, PaperKind.Table> tables =
                kind.tables().stream().collect(Collectors.toMap(PaperKind.Table::name, one -> one));
        for (XWPFTable table : word.getTables())
            for (int i = 0; i < table.getNumberOfRows() - 1; i++) {
                Matcher tag = Filling.TAG.matcher(text(table.getRow(i)));
                PaperKind.Table named = tag.find() ? tables.get(tag.group(2)) : null;
                if (named == null) continue;
                Matcher column = COLUMN.matcher(text(table.getRow(i + 1)));
                while (column.find()) {
                    String name = column.group(1);
                    if (named.columns().stream().noneMatch(one -> one.name().equals(name))) wrong.add(column.group());
                }
            }
    }

    private static String text(XWPFTableRow row) {
        return row.getTableCells().stream().map(XWPFTableCell::getText).collect(Collectors.joining(" "));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    static Refusal notWord() {
        return new Refusal("file", "读不出这个文件，请用WPS或Word另存为.docx文件后再上传。");
    }

    private static Refusal macros() {
        return new Refusal("file", "文件里有宏，不能使用，请另存为不带宏的.docx文件后再上传。");
    }

    private static Refusal tooMuch() {
        return new Refusal("file", "文件解开后太大，请删去不需要的图片后再上传。");
    }

    /** One part of the package, read as XML that fetches nothing. */
    private static final class Part {

        private final String name;
        private @Nullable StringBuilder field;
        private boolean instruction;

        Part(String name) {
            this.name = name;
        }

        void read(byte[] bytes) {
            // the JDK's own, whatever else is on the class path
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            try {
                XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
                while (xml.hasNext()) {
                    switch (xml.next()) {
                        case XMLStreamConstants.DTD -> throw notWord();
                        case XMLStreamConstants.START_ELEMENT -> begins(xml);
                        case XMLStreamConstants.CHARACTERS -> {
                            StringBuilder open = field;
                            if (instruction && open != null) open.append(xml.getText());
                        }
                        case XMLStreamConstants.END_ELEMENT -> {
                            if (xml.getLocalName().equals("instrText")) instruction = false;
                        }
                        default -> {
                            // comments and the like say nothing
                        }
                    }
                }
            } catch (XMLStreamException e) {
                throw notWord();
            }
        }

        private void begins(XMLStreamReader xml) {
            switch (xml.getLocalName()) {
                case "Relationship" -> {
                    if ("External".equalsIgnoreCase(xml.getAttributeValue(null, "TargetMode")))
                        throw new Refusal("file", "文件里有指向外部的链接或图片（" + shortened(target(xml)) + "），请在Word里取消链接后再上传。");
                }
                case "Override" -> {
                    String type = Objects.requireNonNullElse(xml.getAttributeValue(null, "ContentType"), "");
                    if (type.contains("macroEnabled")) throw macros();
                    if ("/word/document.xml".equals(xml.getAttributeValue(null, "PartName")) && !type.equals(MAIN))
                        throw notWord();
                }
                case "altChunk", "object", "subDoc", "control", "OLEObject" ->
                    throw new Refusal("file", "文件里嵌有其他文件或控件，请在Word里删除后再上传。");
                case "ins", "del", "moveFrom", "moveTo" -> {
                    if (name.startsWith("word/")) throw new Refusal("file", "文件里还有修订痕迹，请在Word里全部接受或拒绝后再上传。");
                }
                case "commentReference" -> throw new Refusal("file", "文件里还有批注，请在Word里删除后再上传。");
                case "fldSimple" -> allowed(attribute(xml, "instr"));
                case "fldChar" -> fieldMark(attribute(xml, "fldCharType"));
                case "instrText" -> instruction = true;
                default -> {
                    // shapes, text, tables
                }
            }
        }

        private void fieldMark(String type) {
            StringBuilder open = field;
            if (type.equals("begin")) {
                // a field within a field computes
                if (open != null) allowed("");
                field = new StringBuilder();
            } else if (open != null) {
                allowed(open.toString());
                field = type.equals("end") ? null : open;
            }
        }

        private static void allowed(String instruction) {
            String first = instruction.strip().split("\\s+")[0].toUpperCase(Locale.ROOT);
            if (!FIELDS.contains(first))
                throw new Refusal(
                        "file",
                        "文件里有域“" + (first.isEmpty() ? "嵌套" : shortened(first))
                                + "”，只能使用页码，请在Word里按Ctrl+Shift+F9把它变成文字后再上传。");
        }

        private static String target(XMLStreamReader xml) {
            return Objects.requireNonNullElse(xml.getAttributeValue(null, "Target"), "");
        }

        private static String attribute(XMLStreamReader xml, String local) {
            for (int i = 0; i < xml.getAttributeCount(); i++)
                if (xml.getAttributeLocalName(i).equals(local)) return xml.getAttributeValue(i);
            return "";
        }
    }
}
