package org.banhao.monitoring.domain;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.base.SheetTable;
import org.banhao.base.SheetTable.Column;
import org.banhao.base.SheetTable.Kind;
import org.banhao.monitoring.Enterprise;
import org.banhao.monitoring.Outlet;
import org.jspecify.annotations.Nullable;
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

    private static final Set<String> DAYS = Set.of("开始日期", "弱口令放行至", "安装日期");

    /** Sheet → its columns with their fields. */
    private static final Map<String, Map<String, String>> FIELDS = inOrder();

    private static final Map<String, List<Column>> SHEETS = sheets();

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

    /** A line, asked by the fields of the use case. */
    private record Line(SheetTable.Line cells, Map<String, String> columns) {

        String get(String field) {
            String column = columns.get(field);
            return column == null ? "" : cells.get(column).strip();
        }

        String place(@Nullable String field) {
            return cells.place(field == null ? null : columns.get(field));
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
        Counts counts = new Counts();
        Map<String, List<Line>> sheets = new LinkedHashMap<>();
        SheetTable.read(xlsx, "档案", MOST_ROWS, SHEETS).forEach((sheet, content) -> {
            Map<String, String> columns = new HashMap<>();
            Objects.requireNonNull(FIELDS.get(sheet)).forEach((column, field) -> columns.put(field, column));
            sheets.put(
                    sheet,
                    content.lines().stream()
                            .map(line -> new Line(line, columns))
                            .toList());
            content.problems().stream()
                    .limit(MOST_PROBLEMS)
                    .forEach(one -> counts.problems.add(new Problem(sheet + "!" + one.place(), one.sentence())));
        });
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
                counts.problems.add(new Problem(sheet + "!" + line.place(refusal.field()), refusal.sentence()));
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

    private static Map<String, String> columns(String... pairs) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) columns.put(pairs[i], pairs[i + 1]);
        return Collections.unmodifiableMap(columns);
    }

    private static Map<String, Map<String, String>> inOrder() {
        Map<String, Map<String, String>> sheets = new LinkedHashMap<>();
        sheets.put("企业", ENTERPRISE);
        sheets.put("排放口", OUTLET);
        sheets.put("设备", DEVICE);
        return Collections.unmodifiableMap(sheets);
    }

    /** Dates may be written in every usual way; everything else is words, or a code that looks like a number. */
    private static Map<String, List<Column>> sheets() {
        Map<String, List<Column>> sheets = new LinkedHashMap<>();
        FIELDS.forEach((sheet, fields) -> {
            List<Column> columns = new ArrayList<>();
            fields.keySet()
                    .forEach(name -> columns.add(new Column(
                            name, DAYS.contains(name) ? Kind.DAY : Kind.CODE, columns.size() < 2, List.of())));
            sheets.put(sheet, columns);
        });
        return Collections.unmodifiableMap(sheets);
    }
}
