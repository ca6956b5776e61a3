package org.banhao.paper.domain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.banhao.base.FileAnswers;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.base.SafeWorkbook;
import org.banhao.casefile.CaseColumn;
import org.banhao.casefile.Ledger;

/**
 * The table a ledger is printed in. Plain POI without a template language: a layout has one row that is repeated and four placeholders,
 * and expressions in a file that somebody uploads would be code.
 */
record LedgerTemplate(Ledger ledger) implements Templated {

    private static final Pattern PLACEHOLDER =
            Pattern.compile(LedgerFilling.COLUMN.pattern() + "|" + LedgerFilling.TAG.pattern());
    private static final Set<String> FACTS = new LinkedHashSet<>(List.of("标题", "说明", "条数", "制表时间"));
    /** Parts that run, fetch or hold something else. */
    private static final List<String> FOREIGN = List.of(
            "/externallinks/",
            "/macrosheets/",
            "/dialogsheets/",
            "/embeddings/",
            "/activex/",
            "/ctrlprops/",
            "/connections",
            "/querytables/",
            "/model/",
            "/webextensions/");

    private static final int NAMED = 8;
    private static final int MOST_BELOW = 50;
    private static final int SAMPLES = 3;
    private static final Instant SAMPLE_DAY = Instant.parse("2026-03-26T01:00:00Z");

    @Override
    public String code() {
        return "ledger." + ledger.id();
    }

    @Override
    public String name() {
        return ledger.name();
    }

    @Override
    public String form() {
        return "台账";
    }

    @Override
    public String ending() {
        return ".xlsx";
    }

    @Override
    public String mediaType() {
        return FileAnswers.XLSX;
    }

    @Override
    public List<String> placeholders() {
        List<String> all = new ArrayList<>();
        names().forEach(name -> all.add("[" + name + "]"));
        FACTS.forEach(name -> all.add("{{" + name + "}}"));
        return all;
    }

    /** The list as it is always printed, with placeholders where its words stand. */
    @Override
    public byte[] shipped() {
        List<String> line =
                names().stream().skip(1).map(name -> "[" + name + "]").toList();
        byte[] printed = table("{{标题}}", List.of(line)).xlsx();
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(printed));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            XSSFSheet sheet = book.getSheetAt(0);
            sheet.getRow(1).getCell(0).setCellValue("共{{条数}}条，制表时间：{{制表时间}}{{说明}}");
            Row pattern = sheet.getRow(LedgerFilling.pattern(sheet));
            List<String> names = names();
            for (int at = 0; at < names.size(); at++) LedgerFilling.set(pattern.getCell(at), "[" + names.get(at) + "]");
            book.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] sample(byte[] template) {
        List<List<String>> lines = IntStream.rangeClosed(1, SAMPLES)
                .mapToObj(at -> names().stream().skip(1).map(name -> name + at).toList())
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            LedgerFilling.write(template, table("某某届次" + ledger.name(), lines), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private PrintedTable table(String title, List<List<String>> lines) {
        List<Integer> widths = new ArrayList<>(List.of(6));
        ledger.columns().forEach(column -> widths.add(column.width()));
        return new PrintedTable(ledger.name(), title, SAMPLE_DAY, names(), widths, lines);
    }

    /** 序号 first. */
    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(LedgerFilling.NUMBER));
        ledger.columns().stream().map(CaseColumn::label).forEach(names::add);
        return names;
    }

    @Override
    public byte[] checked(InputStream content) {
        byte[] bytes = SafeWorkbook.of(content, "台账模板", 1).bytes();
        try (OPCPackage parts = OPCPackage.open(new ByteArrayInputStream(bytes))) {
            for (PackagePart part : parts.getParts()) foreign(part);
            try (XSSFWorkbook book = new XSSFWorkbook(parts)) {
                read(book);
            }
            sample(bytes);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | OpenXML4JException | RuntimeException e) {
            throw new Refusal("file", "用示例数据试填这个模板没有成功，请从现用的模板另存一份，改好后再上传。");
        }
        return bytes;
    }

    private static void foreign(PackagePart part) throws OpenXML4JException {
        String name = part.getPartName().getName().toLowerCase(Locale.ROOT);
        if (part.getContentType().contains("macroEnabled") || name.contains("/macrosheets/"))
            throw new Refusal("file", "表格里有宏，不能使用，请另存为不带宏的.xlsx表格后再上传。");
        if (FOREIGN.stream().anyMatch(name::contains))
            throw new Refusal("file", "表格里有指向其他文件的链接、控件或嵌入的文件，请在WPS或Excel里断开链接、删除控件后再上传。");
        if (part.isRelationshipPart()) return;
        for (PackageRelationship relation : part.getRelationships())
            if (relation.getTargetMode() == TargetMode.EXTERNAL)
                throw new Refusal("file", "表格里有指向外部的链接或图片，请取消超链接、改为插入图片后再上传。");
    }

    private void read(XSSFWorkbook book) {
        List<String> wrong = new ArrayList<>();
        for (Sheet sheet : book)
            for (Row row : sheet)
                for (Cell cell : row)
                    if (cell.getCellType() == CellType.FORMULA)
                        wrong.add(at(book, cell) + "是公式（" + shortened(cell.getCellFormula()) + "）");
        if (!wrong.isEmpty()) throw refusal("模板里不能有公式，请改为文字，件数可以写{{条数}}：", wrong);

        XSSFSheet sheet = book.getSheetAt(0);
        List<String> names = names();
        Set<Integer> patterns = new LinkedHashSet<>();
        for (Row row : sheet)
            for (Cell cell : row) {
                Matcher found = PLACEHOLDER.matcher(LedgerFilling.text(cell));
                while (found.find()) {
                    String column = found.group(1);
                    if (column == null ? !FACTS.contains(found.group(2)) : !names.contains(column))
                        wrong.add(at(book, cell) + "的" + found.group());
                    if (column != null) patterns.add(row.getRowNum());
                }
            }
        if (!wrong.isEmpty()) throw refusal("模板里有不认识的占位符，请对照页面上列出的改正：", wrong);
        if (patterns.isEmpty()) throw new Refusal("file", "第一张工作表里没有写列名的一行，请写上[序号][案号]这样的一行后再上传。");
        if (patterns.size() > 1)
            throw new Refusal(
                    "file",
                    patterns.stream().map(row -> "第" + (row + 1) + "行").collect(Collectors.joining("、"))
                            + "都写了列名，只能有一行，请删去多余的后再上传。");
        int pattern = patterns.iterator().next();
        for (CellRangeAddress merged : sheet.getMergedRegions())
            if (merged.getFirstRow() <= pattern && merged.getLastRow() >= pattern)
                throw new Refusal("file", merged.formatAsString() + "是合并单元格，写列名的一行不能合并，请取消合并后再上传。");
        if (sheet.getLastRowNum() - pattern > MOST_BELOW)
            throw new Refusal("file", "写列名的一行下面超过" + MOST_BELOW + "行，请删去多余的行后再上传。");
    }

    private static Refusal refusal(String why, List<String> wrong) {
        String more = wrong.size() > NAMED ? "等" + wrong.size() + "处" : "";
        return new Refusal("file", why + wrong.stream().limit(NAMED).collect(Collectors.joining("、")) + more + "。");
    }

    /** B7, with the sheet when it is not the first. */
    private static String at(XSSFWorkbook book, Cell cell) {
        String place = cell.getAddress().formatAsString();
        return book.getSheetIndex(cell.getSheet()) == 0
                ? place
                : "工作表“" + cell.getSheet().getSheetName() + "”的" + place;
    }

    private static String shortened(String text) {
        return text.length() <= 30 ? text : text.substring(0, 30) + "…";
    }
}
