package org.banhao.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small .docx files, with what Word itself writes into them. */
public final class Docx {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private static final String NAMESPACES = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
            + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
            + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
            + " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
    private static final String RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private final StringBuilder body = new StringBuilder();
    private final StringBuilder relations = new StringBuilder();
    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    /** A paragraph of one run. */
    public Docx p(String text) {
        return xml("<w:p>" + run(text) + "</w:p>");
    }

    public Docx heading(int level, String text) {
        return xml("<w:p><w:pPr><w:pStyle w:val=\"H" + level + "\"/></w:pPr>" + run(text) + "</w:p>");
    }

    /** A paragraph of the list 1 (一、) at level 0, or (一) at level 1. */
    public Docx listed(int level, String text) {
        return xml("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" + level + "\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
                + run(text) + "</w:p>");
    }

    public Docx xml(String block) {
        body.append(block);
        return this;
    }

    public static String run(String text) {
        return "<w:r><w:t xml:space=\"preserve\">" + text.replace("&", "&amp;").replace("<", "&lt;") + "</w:t></w:r>";
    }

    /** In the last place so far. */
    public Docx picture(String name, byte[] content) {
        String id = "p" + parts.size();
        parts.put("word/media/" + name, content);
        relations.append(
                "<Relationship Id=\"" + id + "\" Type=\"" + RELATION + "image\" Target=\"media/" + name + "\"/>");
        return xml("<w:p><w:r><w:drawing><a:blip r:embed=\"" + id + "\"/></w:drawing></w:r></w:p>");
    }

    public Docx part(String name, String content) {
        parts.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            put(
                    zip,
                    "[Content_Types].xml",
                    HEAD
                            + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                            + "<Default Extension=\"png\" ContentType=\"image/png\"/>"
                            + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
                            + "</Types>");
            put(
                    zip,
                    "_rels/.rels",
                    HEAD
                            + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                            + "<Relationship Id=\"r1\" Type=\"" + RELATION
                            + "officeDocument\" Target=\"word/document.xml\"/></Relationships>");
            put(
                    zip,
                    "word/_rels/document.xml.rels",
                    HEAD
                            + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                            + relations + "</Relationships>");
            put(zip, "word/styles.xml", HEAD + "<w:styles" + NAMESPACES + ">" + style(1) + style(2) + "</w:styles>");
            if (!parts.containsKey("word/numbering.xml")) {
                put(
                        zip,
                        "word/numbering.xml",
                        HEAD + "<w:numbering" + NAMESPACES + "><w:abstractNum w:abstractNumId=\"0\">"
                                + "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl>"
                                + "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>"
                                + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>");
            }
            if (!parts.containsKey("word/document.xml")) {
                put(
                        zip,
                        "word/document.xml",
                        HEAD + "<w:document" + NAMESPACES + "><w:body>" + body + "</w:body></w:document>");
            }
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(entry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String style(int level) {
        return "<w:style w:type=\"paragraph\" w:styleId=\"H" + level + "\"><w:name w:val=\"heading " + level
                + "\"/></w:style>";
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** Of no hour: the same text makes the same file whenever it is written. */
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }
}
