package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Enterprise;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PowerFormula;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 排放口: what they are, what they must report, which equipment stands behind them. */
@Service
@Transactional
public class Outlets {

    private final JdbcClient db;
    private final StoredRegistry registry;
    private final Enterprises enterprises;
    private final Access access;
    private final Audit audit;
    private final Clock clock;

    Outlets(JdbcClient db, StoredRegistry registry, Enterprises enterprises, Access access, Audit audit, Clock clock) {
        this.db = db;
        this.registry = registry;
        this.enterprises = enterprises;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** As typed. */
    public record Input(
            @Nullable String code,
            @Nullable String name,
            @Nullable String kind,
            @Nullable String category,
            @Nullable String referenceOxygen,
            @Nullable String longitude,
            @Nullable String latitude) {}

    record Checked(
            String code,
            String name,
            Outlet.Kind kind,
            @Nullable String category,
            @Nullable Double referenceOxygen,
            @Nullable Double longitude,
            @Nullable Double latitude) {}

    // ---- reading

    /** Of all enterprises the person may see. */
    @Transactional(readOnly = true)
    public List<Outlet> visible() {
        List<Long> seen = enterprises.visible().stream().map(Enterprise::id).toList();
        return registry.outlets().stream()
                .filter(outlet -> seen.contains(outlet.enterpriseId()))
                .toList();
    }

    @Transactional(readOnly = true)
    public Outlet get(long id) {
        return access.outlet(id);
    }

    /** In force today, the one that holds before those that do not. */
    @Transactional(readOnly = true)
    public List<EmissionLimit> limits(long id) {
        access.outlet(id);
        return registry.limits(id, ChineseTime.day(clock.instant()));
    }

    @Transactional(readOnly = true)
    public List<String> factorsDue(long id) {
        access.outlet(id);
        return registry.factorsDue(id, ChineseTime.day(clock.instant()));
    }

    @Transactional(readOnly = true)
    public List<Equipment> equipment(long id) {
        access.outlet(id);
        return registry.equipment(id);
    }

    /** Code → name, in the order of the standards. */
    @Transactional(readOnly = true)
    public Map<String, String> categories() {
        Map<String, String> found = new LinkedHashMap<>();
        db.sql("select code, name from monitoring_limit_category order by name").query(row -> {
            found.put(row.getString(1), row.getString(2));
        });
        return found;
    }

    // ---- changing

    public long add(long enterpriseId, Input input) {
        access.require(Access.REGISTRY);
        if (registry.enterprise(enterpriseId).isEmpty()) throw new Refusal("没有这家企业，请刷新页面后再试。");
        Checked checked = check(input);
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        try {
            db.sql("""
                            insert into monitoring_outlet (enterprise_id, code, name, kind, category, reference_oxygen, longitude, latitude)
                            values (?, ?, ?, ?, ?, ?, ?, ?)""")
                    .param(enterpriseId)
                    .param(checked.code())
                    .param(checked.name())
                    .param(checked.kind().name().toLowerCase(Locale.ROOT))
                    .param(checked.category())
                    .param(checked.referenceOxygen())
                    .param(checked.longitude())
                    .param(checked.latitude())
                    .update(key, "id");
        } catch (DuplicateKeyException taken) {
            throw new Refusal("code", "这家企业已有排放口「" + checked.code() + "」，请核对编号。");
        }
        audit.record("monitoring.addOutlet", null, enterpriseId + " " + checked.code() + " " + checked.name());
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    public void change(long id, Input input, boolean active) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(id);
        Checked checked = check(input);
        if (checked.kind() != outlet.kind()) throw new Refusal("kind", "排放口类别不能改动，请停用后另建一个排放口。");
        try {
            db.sql("""
                            update monitoring_outlet set code = ?, name = ?, category = ?, reference_oxygen = ?, longitude = ?, latitude = ?,
                              active = ? where id = ?""")
                    .param(checked.code())
                    .param(checked.name())
                    .param(checked.category())
                    .param(checked.referenceOxygen())
                    .param(checked.longitude())
                    .param(checked.latitude())
                    .param(active)
                    .param(id)
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new Refusal("code", "这家企业已有排放口「" + checked.code() + "」，请核对编号。");
        }
        audit.record("monitoring.changeOutlet", null, outlet.title());
    }

    /** From that day on the outlet has to report the factor. Begins anew when it did before. */
    public void requireFactor(long id, @Nullable String factor, @Nullable String since) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(id);
        Factor known = enterprises.factor(factor);
        if (known.kind() == (outlet.kind() == Outlet.Kind.GAS ? Factor.Kind.WATER : Factor.Kind.GAS)) {
            throw new Refusal(
                    "factor", "「" + known.name() + "」不是" + outlet.kind().label() + "的监测因子，请重新选择。");
        }
        LocalDate from = Typed.day("since", "开始日期", since);
        db.sql("delete from monitoring_outlet_factor where outlet_id = ? and factor = ?")
                .params(id, known.code())
                .update();
        db.sql("insert into monitoring_outlet_factor (outlet_id, factor, since) values (?, ?, ?)")
                .params(id, known.code(), from)
                .update();
        audit.record("monitoring.requireFactor", null, outlet.title() + " " + known.name());
    }

    /** Today is the last day. */
    public void releaseFactor(long id, String factor) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(id);
        int changed = db.sql(
                        "update monitoring_outlet_factor set until = ? where outlet_id = ? and factor = ? and until is null")
                .params(ChineseTime.day(clock.instant()), id, factor)
                .update();
        if (changed == 0) throw new Refusal("factor", "这个因子已不在其中，请刷新页面查看。");
        audit.record("monitoring.releaseFactor", null, outlet.title() + " " + factor);
    }

    /** @param meter MN of the device that reads its power; empty: none @param factor see {@link PowerFormula}; empty: {@code power} */
    public void addEquipment(
            long id,
            @Nullable String name,
            boolean treatment,
            @Nullable String meter,
            @Nullable String factor,
            @Nullable String workingFrom,
            @Nullable String standingBelow) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(id);
        String checked = Typed.needed("name", "设备名称", name, 100);
        double working = Typed.number("workingFrom", "运行功率", workingFrom, 0, 1_000_000);
        double standing = Typed.number("standingBelow", "停机功率", standingBelow, 0, 1_000_000);
        if (standing > working) throw new Refusal("standingBelow", "「停机功率」不能大于「运行功率」，请核对。");
        Long meterId = null;
        String code = null;
        if (meter != null && !meter.isBlank()) {
            // a logger of HJ 212-2025 sends electricity (ST=44) too
            MonitoringDevice device = registry.device(meter.strip()).orElse(null);
            if (device == null) throw new Refusal("meter", "没有设备「" + meter.strip() + "」，请先登记设备。");
            long owner =
                    registry.outlet(device.outletId()).map(Outlet::enterpriseId).orElse(outlet.enterpriseId());
            if (owner != outlet.enterpriseId()) throw new Refusal("meter", "这台设备不属于本企业，请核对。");
            meterId = device.id();
            PowerFormula formula = formula(Typed.text("factor", "功率编码", factor, 200));
            code = formula.toString();
            // HJ 212-2025: electricity of production and of treatment are told apart by the code
            if (formula.codes().stream().anyMatch(one -> one.startsWith(treatment ? "d2" : "d3")))
                throw new Refusal("factor", "HJ 212-2025以d2开头的是生产设施、d3开头的是治污设施，「功率编码」与「用途」不一致，请核对。");
        }
        try {
            db.sql("""
                            insert into monitoring_equipment (outlet_id, name, side, meter_id, factor, working_from, standing_below)
                            values (?, ?, ?, ?, ?, ?, ?)""")
                    .param(id)
                    .param(checked)
                    .param(treatment ? "treatment" : "production")
                    .param(meterId)
                    .param(code)
                    .param(working)
                    .param(standing)
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new Refusal("name", "这个排放口已有设备「" + checked + "」，请换一个名称。");
        }
        audit.record("monitoring.addEquipment", null, outlet.title() + " " + checked);
    }

    private static PowerFormula formula(String typed) {
        try {
            return PowerFormula.of(typed.isEmpty() ? "power" : typed);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    "factor", "「功率编码」请填一个编码；分相上报的用加号连接，只报电压电流的用星号相乘，例如d20105*d20405+d20205*d20505+d20305*d20605。");
        }
    }

    public void closeEquipment(long id, long equipmentId) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(id);
        int changed = db.sql("update monitoring_equipment set active = false where id = ? and outlet_id = ? and active")
                .params(equipmentId, id)
                .update();
        if (changed == 0) throw new Refusal("这台设备已经停用，请刷新页面查看。");
        audit.record("monitoring.closeEquipment", null, outlet.title() + " " + equipmentId);
    }

    Checked check(Input input) {
        String code = Typed.needed("code", "排放口编号", input.code(), 16).toUpperCase(Locale.ROOT);
        Outlet.Kind kind =
                switch (input.kind() == null ? "" : input.kind().strip()) {
                    case "gas", "废气" -> Outlet.Kind.GAS;
                    case "water", "废水" -> Outlet.Kind.WATER;
                    default -> throw new Refusal("kind", "「类别」请填废气或者废水。");
                };
        String category = input.category() == null || input.category().isBlank()
                ? null
                : input.category().strip();
        if (category != null) {
            Map<String, String> known = categories();
            String asked = category;
            category = known.entrySet().stream()
                    .filter(one -> one.getKey().equals(asked) || one.getValue().equals(asked))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new Refusal("category", "没有执行标准类别「" + asked + "」，请按列表选择，或者留空。"));
        }
        Double oxygen = Typed.numberOrNull("referenceOxygen", "基准氧含量", input.referenceOxygen());
        if (oxygen != null && (oxygen <= 0 || oxygen >= 21))
            throw new Refusal("referenceOxygen", "「基准氧含量」应在0至21之间，请核对。");
        Double longitude = Typed.numberOrNull("longitude", "经度", input.longitude());
        Double latitude = Typed.numberOrNull("latitude", "纬度", input.latitude());
        Enterprises.place(longitude, latitude);
        return new Checked(
                code, Typed.needed("name", "排放口名称", input.name(), 100), kind, category, oxygen, longitude, latitude);
    }
}
