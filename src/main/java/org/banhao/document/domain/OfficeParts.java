package org.banhao.document.domain;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The parts of an office file in its package, after all of them were found to unpack to something bounded. */
final class OfficeParts implements AutoCloseable {

    /** A text of 20,000 characters with all its looks has less than one megabyte. */
    private static final int LARGEST_XML = 12 << 20;

    private static final long MOST_UNPACKED = 200L << 20;
    private static final int MOST_PARTS = 3000;

    /** Elements and attributes of one part, roughly: each becomes an object of a hundred bytes. */
    private static final int MOST_NODES = 1_500_000;

    /** What lies deeper was not written by Word, and would be walked by as many calls in each other. */
    private static final int DEEPEST_ELEMENT = 500;

    private final ZipFile zip;

    /** Of each part, as it unpacks. */
    private final Map<String, Long> sizes = new HashMap<>();

    private OfficeParts(ZipFile zip) {
        this.zip = zip;
    }

    /** @throws Refusal damaged, or unpacks to more than any paper */
    static OfficeParts of(Path file) throws IOException {
        return opened(file, true);
    }

    /**
     * For who reads the file by another program: its parts may be larger than ours may be, such as the rows of a sheet.
     *
     * @throws Refusal as above
     */
    static void requireBounded(Path file) throws IOException {
        opened(file, false).close();
    }

    private static OfficeParts opened(Path file, boolean read) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException | IllegalArgumentException e) {
            throw damaged();
        }
        OfficeParts parts = new OfficeParts(zip);
        try {
            parts.check(read);
            return parts;
        } catch (ZipException | EOFException e) {
            parts.close();
            throw damaged();
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** By unpacking: what the table of contents says about sizes may be a lie. */
    private void check(boolean read) throws IOException {
        if (zip.size() > MOST_PARTS) throw tooMuch();
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            boolean xml =
                    read && (entry.getName().endsWith(".xml") || entry.getName().endsWith(".rels"));
            long one = 0;
            int nodes = 0;
            try (InputStream in = zip.getInputStream(entry)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    one += n;
                    all += n;
                    if (all > MOST_UNPACKED || (xml && one > LARGEST_XML)) throw tooMuch();
                    for (int i = 0; xml && i < n; i++) if (buffer[i] == '<' || buffer[i] == '=') nodes++;
                    if (nodes > MOST_NODES) throw tooMuch();
                }
            }
            sizes.merge(entry.getName(), one, Math::max);
        }
    }

    boolean has(String part) {
        return sizes.containsKey(part);
    }

    /** In bytes, unpacked; 0: there is no such part. */
    long size(String part) {
        return sizes.getOrDefault(part, 0L);
    }

    byte[] bytes(String part, int most) throws IOException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) return new byte[0];
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) throw tooMuch();
            return bytes;
        }
    }

    /**
     * @return its root; null: there is no such part
     * @throws Refusal it cannot be read, or declares entities
     */
    @Nullable
    Element xml(String part) throws IOException {
        if (!has(part)) return null;
        byte[] bytes = bytes(part, LARGEST_XML);
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(DEEPEST_ELEMENT));
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Document document = builder.parse(new ByteArrayInputStream(bytes));
            return document.getDocumentElement();
        } catch (SAXException | IOException e) {
            // the bytes are here: what cannot be read are their characters
            throw damaged();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    static Refusal damaged() {
        return new Refusal("file", "文件已损坏，读不出内容，请用Word或WPS打开后另存一份再试。");
    }

    private static Refusal tooMuch() {
        return new Refusal("file", "文件展开后的内容太多，请把内容复制到新的文件里再试。");
    }

    // ---- by local names: the transitional and the strict format differ in their namespaces only

    static List<Element> children(Node parent) {
        List<Element> children = new ArrayList<>();
        for (Node one = parent.getFirstChild(); one != null; one = one.getNextSibling()) {
            if (one instanceof Element element) children.add(element);
        }
        return children;
    }

    static @Nullable Element child(@Nullable Node parent, String name) {
        if (parent == null) return null;
        for (Node one = parent.getFirstChild(); one != null; one = one.getNextSibling()) {
            if (one instanceof Element element && name.equals(element.getLocalName())) return element;
        }
        return null;
    }

    /** All below, at whatever depth; none of null. */
    static List<Element> elements(@Nullable Element root, String name) {
        List<Element> found = new ArrayList<>();
        if (root == null) return found;
        var list = root.getElementsByTagNameNS("*", name);
        for (int i = 0; i < list.getLength(); i++) found.add((Element) list.item(i));
        return found;
    }

    /** An attribute by its local name; empty when it is missing. */
    static String value(@Nullable Element element, String attribute) {
        if (element == null) return "";
        var all = element.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            Node one = all.item(i);
            if (attribute.equals(one.getLocalName())) return one.getNodeValue();
        }
        return "";
    }

    /** The {@code val} of a child: {@code <w:pStyle w:val="1"/>}; empty when there is none. */
    static String of(@Nullable Element parent, String child) {
        return value(child(parent, child), "val");
    }

    /** A switch such as {@code <w:vanish/>} or {@code <w:vanish w:val="0"/>}. */
    static boolean on(@Nullable Element parent, String child) {
        Element found = child(parent, child);
        return found != null && !OFF.contains(value(found, "val"));
    }

    private static final List<String> OFF = List.of("0", "false", "off");
}
