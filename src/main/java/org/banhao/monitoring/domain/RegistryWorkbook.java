package org.banhao.monitoring.domain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.base.SafeWorkbook;
import org.banhao.monitoring.Enterprise;
import org.banhao.monitoring.Outlet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enterprises, outlets and devices from one workbook with the sheets 企业, 排放口 and 设备; a sheet may be missing. Each row goes through the
 * use case that a person would go through. A dry run does all of it and takes it back, so that it finds what the import would find.
 * Enterprises that are known already are passed over, so that outlets can be added to them.
 */
@Service
public class RegistryWorkbook {

    private static final int MOST_ROWS = 2000;
    private static final int MOST_PROBLEMS = 50;
    private static final int HEADING_WITHIN = 5;

    /** Column → field of the use case, sheet by sheet. The first two must be there. */
    private static final Map<String, String> ENTERPRISE = columns(
            "统一社会信用代码",
            "creditCode",
            "企业名称",
            "name",
            "地址",
            "address",
            "乡镇（街道）",
            "town",
            "行业",
            "industry",
            "经度",
            "longitude",
            "纬度",
            "latitude");

    private static final Map<String, String> OUTLET = columns(
            "统一社会信用代码",
            "enterprise",
            "排放口编号",
            "code",
            "排放口名称",
            "name",
            "类别",
            "kind",
            "执行标准类别",
            "category",
            "基准氧含量",
            "referenceOxygen",
            "经度",
            "longitude",
            "纬度",
            "latitude",
            "应测因子",
            "factors",
            "开始日期",
            "since");

    private static final Map<String, String> DEVICE = columns(
            "统一社会信用代码",
            "enterprise",
            "排放口编号",
            "outlet",
            "MN",
            "mn",
            "设备名称",
            "name",
            "设备类型",
            "kind",
            "标准版本",
            "standard",
            "访问密码",
            "password",
            "弱口令放行至",
            "weakUntil",
            "放行原因",
            "weakReason",
            "安装日期",
            "installedOn");

    private final Enterprises enterprises;
    private final Outlets outlets;
    private final DeviceDesk devices;
    private final StoredRegistry registry;
    private final Access access;
    private final Audit audit;
    private final TransactionTemplate whole;
    private final TransactionTemplate row;

    RegistryWorkbook(
            Enterprises enterprises,
            Outlets outlets,
            DeviceDesk devices,
            StoredRegistry registry,
            Access access,
            Audit audit,
            PlatformTransactionManager transactions) {
        this.enterprises = enterprises;
        this.outlets = outlets;
        this.devices = devices;
        this.registry = registry;
        this.access = access;
        this.audit = audit;
        this.whole = new TransactionTemplate(transactions);
        this.row = new TransactionTemplate(transactions);
        this.row.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** @param place 设备!B3 */
    public record Problem(String place, String sentence) {
        String said() {
            return place + "：" + sentence;
        }
    }

    /** What would be, or was, added. */
    public record Result(int enterprises, int outlets, int devices, List<Problem> problems) {}

    private record Line(int number, Map<String, String> values, Map<String, String> places) {

        String get(String field) {
            return values.getOrDefault(field, "");
        }
    }

    private static final class Counts {
        private int enterprises;
        private int outlets;
        private int devices;
        private final List<Problem> problems = new ArrayList<>();
    }

    /** Nothing is stored. @throws Refusal it is no table, or has none of the sheets */
    public Result dryRun(InputStream xlsx) {
        return run(xlsx, false);
    }

    /** All or nothing. @throws Refusal as {@link #dryRun}, or the first problem */
    public Result adopt(InputStream xlsx) {
        Result result = run(xlsx, true);
        if (!result.problems().isEmpty()) {
            throw new Refusal("file", result.problems().get(0).said());
        }
        return result;
    }

    private Result run(InputStream xlsx, boolean keep) {
        access.require(Access.REGISTRY);
        SafeWorkbook safe = SafeWorkbook.of(xlsx, "档案", MOST_ROWS);
        Counts counts = new Counts();
        Map<String, List<Line>> sheets = new LinkedHashMap<>();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(safe.bytes()))) {
            read(book, "企业", ENTERPRISE, safe.merged(), counts, sheets);
            read(book, "排放口", OUTLET, safe.merged(), counts, sheets);
            read(book, "设备", DEVICE, safe.merged(), counts, sheets);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException e) {
            throw SafeWorkbook.notATable();
        }
        if (sheets.isEmpty()) throw new Refusal("file", "没有找到工作表，请把工作表命名为企业、排放口、设备。");
        if (counts.problems.isEmpty()) {
            whole.executeWithoutResult(status -> {
                each(sheets, "企业", counts, line -> {
                    if (addEnterprise(line)) counts.enterprises++;
                });
                each(sheets, "排放口", counts, line -> {
                    addOutlet(line);
                    counts.outlets++;
                });
                each(sheets, "设备", counts, line -> {
                    addDevice(line);
                    counts.devices++;
                });
                if (!keep || !counts.problems.isEmpty()) {
                    status.setRollbackOnly();
                } else {
                    audit.record(
                            "monitoring.importRegistry",
                            null,
                            counts.enterprises + "家企业，" + counts.outlets + "个排放口，" + counts.devices + "台设备");
                }
            });
        }
        return new Result(counts.enterprises, counts.outlets, counts.devices, List.copyOf(counts.problems));
    }

    private interface Act {
        void take(Line line);
    }

    private void each(Map<String, List<Line>> sheets, String sheet, Counts counts, Act act) {
        for (Line line : sheets.getOrDefault(sheet, List.of())) {
            if (counts.problems.size() >= MOST_PROBLEMS) return;
            try {
                // what the database refuses must not spoil what comes after it
                row.executeWithoutResult(status -> act.take(line));
            } catch (Refusal refusal) {
                String field = refusal.field() == null ? "" : refusal.field();
                String place = line.places().getOrDefault(field, "第" + line.number() + "行");
                counts.problems.add(new Problem(sheet + "!" + place, refusal.sentence()));
            }
        }
    }

    private boolean addEnterprise(Line line) {
        String code = line.get("creditCode").strip().toUpperCase(Locale.ROOT);
        if (registry.enterprises().stream().anyMatch(known -> known.creditCode().equals(code))) return false;
        enterprises.add(new Enterprises.Input(
                code,
                line.get("name"),
                line.get("address"),
                line.get("town"),
                line.get("industry"),
                line.get("longitude"),
                line.get("latitude"),
                false));
        return true;
    }

    private void addOutlet(Line line) {
        Enterprise enterprise = enterprise(line);
        long id = outlets.add(
                enterprise.id(),
                new Outlets.Input(
                        line.get("code"),
                        line.get("name"),
                        line.get("kind"),
                        line.get("category"),
                        line.get("referenceOxygen"),
                        line.get("longitude"),
                        line.get("latitude")));
        for (String factor : line.get("factors").split("[,，、;；\\s]+")) {
            if (factor.isEmpty()) continue;
            try {
                outlets.requireFactor(id, factor, line.get("since"));
            } catch (Refusal refusal) {
                throw new Refusal("factor".equals(refusal.field()) ? "factors" : refusal.field(), refusal.sentence());
            }
        }
    }

    private void addDevice(Line line) {
        Enterprise enterprise = enterprise(line);
        String code = line.get("outlet").strip().toUpperCase(Locale.ROOT);
        Outlet outlet = registry.outletsOf(enterprise.id()).stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Refusal("outlet", "「" + enterprise.name() + "」没有排放口「" + code + "」，请先登记排放口。"));
        devices.add(
                outlet.id(),
                DeviceDesk.Input.usual(
                        line.get("mn"),
                        line.get("name"),
                        line.get("kind"),
                        line.get("standard"),
                        line.get("password"),
                        line.get("weakUntil"),
                        line.get("weakReason"),
                        line.get("installedOn")));
    }

    private Enterprise enterprise(Line line) {
        String code = line.get("enterprise").strip().toUpperCase(Locale.ROOT);
        return registry.enterprises().stream()
                .filter(known -> known.creditCode().equals(code))
                .findFirst()
                .orElseThrow(() -> new Refusal("enterprise", "没有统一社会信用代码为「" + code + "」的企业，请先在「企业」工作表登记。"));
    }

    private static void read(
            ReadableWorkbook book,
            String name,
            Map<String, String> columns,
            Set<String> merged,
            Counts counts,
            Map<String, List<Line>> sheets)
            throws IOException {
        Sheet sheet = book.findSheet(name).orElse(null);
        if (sheet == null) return;
        List<Line> lines = new ArrayList<>();
        try (Stream<Row> stream = sheet.openStream()) {
            Iterator<Row> rows = stream.iterator();
            Map<String, Integer> places = heading(rows, name, columns);
            while (rows.hasNext() && counts.problems.size() < MOST_PROBLEMS) {
                Row next = rows.next();
                Line line = line(next, name, places, merged, counts);
                if (line.values().values().stream().allMatch(String::isBlank)) continue;
                if (lines.size() == MOST_ROWS)
                    throw new Refusal("file", "工作表「" + name + "」超过" + MOST_ROWS + "行，请分开导入。");
                lines.add(line);
            }
        }
        sheets.put(name, lines);
    }

    private static Line line(Row row, String sheet, Map<String, Integer> columns, Set<String> merged, Counts counts) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> places = new HashMap<>();
        columns.forEach((field, column) -> {
            String at = SafeWorkbook.address(column, row.getRowNum());
            places.put(field, at);
            Cell cell = row.getOptionalCell(column).orElse(null);
            if (cell == null) return;
            if (merged.contains(at)) {
                counts.problems.add(new Problem(sheet + "!" + at, "这是合并单元格，请取消合并后逐行填写。"));
                return;
            }
            values.put(field, value(cell, sheet + "!" + at, counts));
        });
        return new Line(row.getRowNum(), values, places);
    }

    private static String value(Cell cell, String at, Counts counts) {
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            counts.problems.add(new Problem(at, "这里是公式，请改为文字（选择性粘贴为数值）。"));
            return "";
        }
        return switch (cell.getType()) {
            case EMPTY -> "";
            case STRING -> cell.asString().strip();
            case NUMBER -> {
                BigDecimal number = cell.asNumber();
                // a spreadsheet keeps 15 digits: a code of more is not what was typed; a date is a number too
                if (number.precision() > 15
                        || cell.getDataFormatString() != null
                                && cell.getDataFormatString().matches(".*[ymd].*")) {
                    counts.problems.add(new Problem(at, "这里是数字或者日期格式，请先设为文本格式再填写，日期写成2026-03-26。"));
                    yield "";
                }
                yield number.toPlainString();
            }
            default -> {
                counts.problems.add(new Problem(at, "这里不是文字，请改为文字。"));
                yield "";
            }
        };
    }

    /** Field → column; the heading stands within the first rows, under a title. */
    private static Map<String, Integer> heading(Iterator<Row> rows, String sheet, Map<String, String> columns) {
        Iterator<String> names = columns.keySet().iterator();
        List<String> needed = List.of(names.next(), names.next());
        for (int i = 0; i < HEADING_WITHIN && rows.hasNext(); i++) {
            Map<String, Integer> found = new LinkedHashMap<>();
            for (Cell cell : rows.next()) {
                if (cell == null || cell.getType() != CellType.STRING) continue;
                String field = columns.get(cell.asString().strip());
                if (field != null && found.put(field, cell.getColumnIndex()) != null) {
                    throw new Refusal(
                            "file", "工作表「" + sheet + "」有两列「" + cell.asString().strip() + "」，请删去一列。");
                }
            }
            if (needed.stream().allMatch(name -> found.containsKey(columns.get(name)))) return found;
        }
        throw new Refusal("file", "工作表「" + sheet + "」没有标题行，请在前五行内写上列名：" + String.join("、", columns.keySet()) + "。");
    }

    private static Map<String, String> columns(String... pairs) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) columns.put(pairs[i], pairs[i + 1]);
        return java.util.Collections.unmodifiableMap(columns);
    }
}
