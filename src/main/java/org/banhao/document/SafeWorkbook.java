package org.banhao.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.banhao.base.Refusal;

/**
 * A table somebody uploaded as .xlsx, checked before any reader touches it: neither unpacking nor reading it goes without bound.
 *
 * @param bytes the file
 * @param merged upper left cells of what is merged on any sheet: A3
 */
public record SafeWorkbook(byte[] bytes, Set<String> merged) {

    /** What unpacks to more is an attack or a mistake; a table of 2,000 lines has less than one megabyte. */
    private static final long MOST_UNPACKED = 40L * 1024 * 1024;

    private static final int MOST_FILE = 5 * 1024 * 1024;
    private static final int MOST_MERGED = 5000;

    /** A reader fills a row with blanks up to the cell it names: one far to the right costs all memory. */
    private static final Pattern PLACE = Pattern.compile("[A-Z]{1,2}[0-9]{1,7}");

    private static final int LONGEST_PLACE = 30;

    /**
     * @param what the table is of, in sentences: 选题
     * @param most rows that may be imported at once, in sentences
     * @throws Refusal it is no .xlsx, or too large
     */
    public static SafeWorkbook of(InputStream xlsx, String what, int most) {
        byte[] bytes;
        try {
            bytes = xlsx.readNBytes(MOST_FILE + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.length > MOST_FILE) {
            throw new Refusal("file", "表格超过5兆，请只留" + what + "的工作表后再导入。");
        }
        return new SafeWorkbook(bytes, checked(bytes, what, most));
    }

    /** For readers that fail in spite of all. */
    public static Refusal notATable() {
        return new Refusal("file", "读不出这个文件，请用WPS或Excel另存为.xlsx表格后再导入。");
    }

    /** B7. @param column from 0 @param row from 1 */
    public static String address(int column, int row) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('A' + rest % 26));
        }
        return letters.append(row).toString();
    }

    private static Set<String> checked(byte[] bytes, String what, int most) {
        Set<String> found = new HashSet<>();
        long unpacked = 0;
        boolean workbook = false;
        // by its table of contents, as spreadsheet programs read it
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                byte[] content;
                try (InputStream in = zip.getInputStream(entry)) {
                    content = in.readNBytes((int) (MOST_UNPACKED - unpacked + 1));
                }
                unpacked += content.length;
                if (unpacked > MOST_UNPACKED) {
                    throw new Refusal("file", "表格的内容太多，一次最多" + most + "行，请分开导入。");
                }
                workbook |= entry.getName().equals("xl/workbook.xml");
                // whatever its name: relations may call any part a sheet
                check(content, found, what);
            }
        } catch (IOException e) {
            throw notATable();
        }
        if (!workbook) {
            throw notATable();
        }
        return Set.copyOf(found);
    }

    private static void check(byte[] part, Set<String> merged, String what) {
        // pictures and printer settings; no reader takes them for a sheet
        if (!beginsLikeXml(part)) {
            return;
        }
        // the JDK's own, whatever else is on the class path
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(part));
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    throw notATable();
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    element(xml, merged, what);
                }
            }
        } catch (XMLStreamException e) {
            throw notATable();
        }
    }

    private static boolean beginsLikeXml(byte[] part) {
        for (byte one : part) {
            if (!Character.isWhitespace(one)) {
                // an angle bracket, or the first byte of a byte order mark or of a wide character
                return one == '<'
                        || one == 0
                        || one == (byte) 0xEF
                        || one == (byte) 0xFE
                        || one == (byte) 0xFF && part.length > 1 && part[1] == (byte) 0xFE;
            }
        }
        return false;
    }

    private static void element(XMLStreamReader xml, Set<String> merged, String what) {
        switch (xml.getLocalName()) {
            case "c" -> {
                String place = xml.getAttributeValue(null, "r");
                if (place != null && !PLACE.matcher(place).matches()) {
                    String shown = place.length() > LONGEST_PLACE ? place.substring(0, LONGEST_PLACE) + "…" : place;
                    throw new Refusal("file", "表格有ZZ列以外的单元格（" + shown + "），请只留" + what + "的列，另存为.xlsx表格后再导入。");
                }
            }
            case "mergeCell" -> {
                String ref = xml.getAttributeValue(null, "ref");
                if (ref != null) {
                    merged.add(ref.split(":", 2)[0]);
                    if (merged.size() > MOST_MERGED) {
                        throw new Refusal("file", "表格的合并单元格太多，请取消合并后再导入。");
                    }
                }
            }
            default -> {
                // nothing else makes the reader spend more than it reads
            }
        }
    }
}
