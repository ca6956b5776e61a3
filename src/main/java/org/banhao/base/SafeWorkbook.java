package org.banhao.base;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

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
    /** Characters of a cell that spreadsheet programs can write; one such text may be named by thousands of cells. */
    private static final int LONGEST_TEXT = 32_767;

    private static final Set<String> OF_ONE_CELL = Set.of("si", "is", "c");

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
        kind(bytes);
        return new SafeWorkbook(bytes, checked(bytes, what, most));
    }

    /** For readers that fail in spite of all. */
    public static Refusal notATable() {
        return new Refusal("file", "读不出这个文件，请用WPS或Excel另存为.xlsx表格后再导入。");
    }

    /** What people take for the same kind of file: said by its name. */
    private static void kind(byte[] bytes) {
        if (begins(bytes, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new Refusal("file", "这是旧格式（.xls）或者加了密码的表格，请用WPS或Excel打开，去掉密码，另存为.xlsx表格后再导入。");
        }
        if (bytes.length > 0 && !begins(bytes, 'P', 'K') && text(bytes)) {
            throw new Refusal("file", "这是文本（如CSV），不是.xlsx表格，请用WPS或Excel打开，核对有没有乱码，另存为.xlsx表格后再导入。");
        }
    }

    private static boolean begins(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) return false;
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xFF) != magic[i]) return false;
        }
        return true;
    }

    /** In UTF-8, GB 18030 or UTF-16: a text has none of the control characters that binary files are full of. */
    private static boolean text(byte[] bytes) {
        boolean wide = begins(bytes, 0xFF, 0xFE) || begins(bytes, 0xFE, 0xFF);
        for (int i = 0; i < Math.min(bytes.length, 4096); i++) {
            int one = bytes[i] & 0xFF;
            if (one < 0x20 && one != '\t' && one != '\r' && one != '\n' && !(wide && one == 0)) return false;
        }
        return true;
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
                if (entry.getName().toLowerCase(Locale.ROOT).endsWith("vbaproject.bin")) {
                    throw new Refusal("file", "表格里有宏，请用WPS或Excel另存为不带宏的.xlsx表格后再导入。");
                }
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
            boolean inCell = false;
            int written = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    throw notATable();
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (OF_ONE_CELL.contains(xml.getLocalName())) {
                        inCell = true;
                        written = 0;
                    }
                    element(xml, merged, what);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    inCell &= !OF_ONE_CELL.contains(xml.getLocalName());
                } else if (inCell && event == XMLStreamConstants.CHARACTERS) {
                    written += xml.getTextLength();
                    if (written > LONGEST_TEXT) {
                        throw new Refusal("file", "表格里有一个单元格超过" + LONGEST_TEXT + "字，请把长文字放到附件里，再导入。");
                    }
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
