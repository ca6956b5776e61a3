package org.banhao.proposal.domain.solicitation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.banhao.base.Refusal;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Texts;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first sheet of a table of topics: a heading row with 选题 and, in any order, 来源, 类别 and 说明; other columns (序号) are
 * passed over. Every bad cell is named; nothing is guessed: a formula, a merged cell or a number where words belong is an error.
 */
final class TopicWorkbook {

    /** What unpacks to more is an attack or a mistake; a table of 2,000 topics has less than one. */
    private static final long MOST_UNPACKED = 40L * 1024 * 1024;

    private static final int MOST_FILE = 5 * 1024 * 1024;
    private static final int MOST_PROBLEMS = 50;
    private static final int HEADING_WITHIN = 5;
    private static final int MOST_MERGED = 5000;

    /** The reader fills a row with blanks up to the cell it names: one far to the right costs all memory. */
    private static final Pattern PLACE = Pattern.compile("[A-Z]{1,2}[0-9]{1,7}");

    private static final List<String> COLUMNS = List.of("选题", "来源", "类别", "说明");
    private static final Map<String, String> OTHER_NAMES =
            Map.of("选题名称", "选题", "题目", "选题", "选题来源", "来源", "推荐单位", "来源", "备注", "说明");

    private TopicWorkbook() {}

    /** @param known titles that stand already @throws Refusal it is no .xlsx, too large, or has no heading */
    static Topics.DryRun read(InputStream xlsx, Set<String> known) {
        byte[] bytes;
        try {
            bytes = xlsx.readNBytes(MOST_FILE + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.length > MOST_FILE) {
            throw new Refusal("file", "表格超过5兆，请只留选题的工作表后再导入。");
        }
        Set<String> merged = checked(bytes);
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(bytes));
                Stream<Row> rows = book.getFirstSheet().openStream()) {
            return read(rows.iterator(), merged, known);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException e) {
            throw notATable();
        }
    }

    private static Refusal notATable() {
        return new Refusal("file", "读不出这个文件，请用WPS或Excel另存为.xlsx表格后再导入。");
    }

    /** Upper left cells of what is merged on any sheet; and that neither unpacking nor reading the file goes without bound. */
    private static Set<String> checked(byte[] bytes) {
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
                    throw new Refusal("file", "表格的内容太多，一次最多" + Topics.MOST + "行，请分开导入。");
                }
                workbook |= entry.getName().equals("xl/workbook.xml");
                // whatever its name: relations may call any part a sheet
                check(content, found);
            }
        } catch (IOException e) {
            throw notATable();
        }
        if (!workbook) {
            throw notATable();
        }
        return found;
    }

    private static void check(byte[] part, Set<String> merged) {
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
                    element(xml, merged);
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

    private static void element(XMLStreamReader xml, Set<String> merged) {
        switch (xml.getLocalName()) {
            case "c" -> {
                String place = xml.getAttributeValue(null, "r");
                if (place != null && !PLACE.matcher(place).matches()) {
                    throw new Refusal("file", "表格有ZZ列以外的单元格（" + cut(place) + "），请只留选题的列，另存为.xlsx表格后再导入。");
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

    private static Topics.DryRun read(Iterator<Row> rows, Set<String> merged, Set<String> known) {
        Map<String, Integer> columns = heading(rows);
        List<Topics.Entry> fresh = new ArrayList<>();
        List<Topics.Problem> problems = new ArrayList<>();
        Set<String> titles = new HashSet<>(known);
        int count = 0;
        while (rows.hasNext() && problems.size() < MOST_PROBLEMS) {
            Row row = rows.next();
            Map<String, String> values = new HashMap<>();
            int before = problems.size();
            columns.forEach((name, column) -> {
                Cell cell = row.getOptionalCell(column).orElse(null);
                String at = address(column, row.getRowNum());
                if (merged.contains(at)) {
                    problems.add(new Topics.Problem(at, "「" + name + "」是合并单元格，请取消合并后逐行填写。"));
                } else if (cell != null) {
                    values.put(name, value(cell, name, at, problems));
                }
            });
            if (values.values().stream().allMatch(String::isBlank) && problems.size() == before) {
                continue;
            }
            if (++count > Topics.MOST) {
                throw new Refusal("file", "表格超过" + Topics.MOST + "行，请分开导入。");
            }
            if (problems.size() > before) {
                continue;
            }
            add(values, columns, row.getRowNum(), titles, fresh, problems);
        }
        if (count == 0) {
            throw new Refusal("file", "表格里没有选题，请在标题行下面逐行填写后再导入。");
        }
        return new Topics.DryRun(List.copyOf(fresh), List.copyOf(problems));
    }

    private static void add(
            Map<String, String> values,
            Map<String, Integer> columns,
            int rowNumber,
            Set<String> titles,
            List<Topics.Entry> fresh,
            List<Topics.Problem> problems) {
        String word = values.getOrDefault("类别", "").strip();
        Category category = null;
        if (!word.isEmpty()) {
            for (Category one : Category.values()) {
                if (one.label().equals(word)) {
                    category = one;
                }
            }
            if (category == null) {
                problems.add(new Topics.Problem(
                        address(place(columns, "类别"), rowNumber),
                        "没有类别“" + cut(word) + "”，请填" + labels() + "之一，或者留空。"));
                return;
            }
        }
        try {
            Topics.Entry entry = Topics.entry(values.get("选题"), values.get("来源"), category, values.get("说明"));
            if (titles.add(entry.title())) {
                fresh.add(entry);
            } else {
                problems.add(new Topics.Problem(
                        address(place(columns, "选题"), rowNumber), "选题“" + cut(entry.title()) + "”已经有了，请删去这一行。"));
            }
        } catch (Refusal refusal) {
            String column = "source".equals(refusal.field()) ? "来源" : "note".equals(refusal.field()) ? "说明" : "选题";
            problems.add(new Topics.Problem(address(place(columns, column), rowNumber), refusal.sentence()));
        }
    }

    private static int place(Map<String, Integer> columns, String name) {
        return columns.getOrDefault(name, columns.getOrDefault("选题", 0));
    }

    private static String labels() {
        List<String> labels = new ArrayList<>();
        for (Category one : Category.values()) {
            labels.add(one.label());
        }
        return String.join("、", labels);
    }

    private static String value(Cell cell, String name, String at, List<Topics.Problem> problems) {
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            problems.add(new Topics.Problem(at, "「" + name + "」是公式，请改为文字（选择性粘贴为数值）。"));
            return "";
        }
        return switch (cell.getType()) {
            case EMPTY -> "";
            case STRING -> cell.asString();
            default -> {
                String what = cell.getType() == CellType.NUMBER ? "数字或者日期" : "不是文字";
                problems.add(new Topics.Problem(at, "「" + name + "」里是" + what + "，请写成文字。"));
                yield "";
            }
        };
    }

    /** Column of each name; the heading stands within the first rows, under a title. */
    private static Map<String, Integer> heading(Iterator<Row> rows) {
        for (int i = 0; i < HEADING_WITHIN && rows.hasNext(); i++) {
            Row row = rows.next();
            Map<String, Integer> columns = new HashMap<>();
            for (Cell cell : row) {
                String name = name(cell);
                if (name != null) {
                    if (columns.containsKey(name)) {
                        throw new Refusal("file", "标题行有两列「" + name + "」，请删去一列。");
                    }
                    columns.put(name, cell.getColumnIndex());
                }
            }
            if (columns.containsKey("选题")) {
                return columns;
            }
        }
        throw new Refusal("file", "没有找到标题行，请在表格前五行内写上列名：选题、来源、类别、说明。");
    }

    private static @Nullable String name(@Nullable Cell cell) {
        if (cell == null || cell.getType() != CellType.STRING) {
            return null;
        }
        String word =
                Texts.text(cell.asString(), Texts.LONGEST_TEXT, "file", "标题").strip();
        String name = OTHER_NAMES.getOrDefault(word, word);
        return COLUMNS.contains(name) ? name : null;
    }

    /** B7 */
    private static String address(int column, int row) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('A' + rest % 26));
        }
        return letters.append(row).toString();
    }

    private static String cut(String words) {
        return words.length() > 30 ? words.substring(0, 30) + "…" : words;
    }
}
