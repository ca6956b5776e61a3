package org.banhao.monitoring.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Factor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 监测因子: codes, names and how they are shown and judged. Code, unit, kind and averaging stay as they were entered: stored values mean
 * what they meant.
 */
@Service
@Transactional
public class FactorBook {

    private static final int MOST_DECIMALS = 6;

    /** As stored → what it is. */
    public static final Map<Factor.Kind, String> KINDS = Map.of(
            Factor.Kind.GAS, "废气",
            Factor.Kind.WATER, "废水",
            Factor.Kind.PROCESS, "工况",
            Factor.Kind.POWER, "用电",
            Factor.Kind.OTHER, "其他");

    public static final Map<Factor.Averaging, String> AVERAGINGS = Map.of(
            Factor.Averaging.MEAN, "算术平均",
            Factor.Averaging.FLOW, "按流量加权",
            Factor.Averaging.SUM, "流量，另计累计",
            Factor.Averaging.RANGE, "只取范围");

    private final JdbcClient db;
    private final StoredRegistry registry;
    private final Access access;
    private final Audit audit;

    FactorBook(JdbcClient db, StoredRegistry registry, Access access, Audit audit) {
        this.db = db;
        this.registry = registry;
        this.access = access;
        this.audit = audit;
    }

    /** By code. */
    @Transactional(readOnly = true)
    public List<Factor> all() {
        access.require(Limits.readers().toArray(String[]::new));
        return registry.factors();
    }

    /** As typed. */
    public record Input(
            @Nullable String code,
            @Nullable String name,
            @Nullable String unit,
            @Nullable String kind,
            @Nullable String averaging,
            boolean pollutant,
            boolean negative,
            @Nullable String decimals) {}

    public void add(Input input) {
        requireKeeper();
        String code = Typed.needed("code", "因子编码", input.code(), 24);
        if (!code.matches("[A-Za-z]*[0-9][0-9A-Za-z]*")) throw new Refusal("code", "「因子编码」由字母和数字组成，例如a21026，请核对。");
        Factor.Kind kind = chosen("kind", "类别", Factor.Kind.class, input.kind());
        Factor.Averaging averaging = chosen("averaging", "均值算法", Factor.Averaging.class, input.averaging());
        power(code, kind);
        try {
            db.sql("""
                            insert into monitoring_factor (code, name, unit, kind, averaging, pollutant, negative, decimals)
                            values (?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            code,
                            Typed.needed("name", "因子名称", input.name(), 60),
                            Typed.needed("unit", "单位", input.unit(), 16),
                            kind.name().toLowerCase(Locale.ROOT),
                            averaging.name().toLowerCase(Locale.ROOT),
                            input.pollutant(),
                            input.negative(),
                            decimals(input))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new Refusal("code", "已有因子编码「" + code + "」，请在列表中修改。");
        }
        audit.record("monitoring.addFactor", null, code);
    }

    /** HJ 212-2025 has d2… for electricity of production and d3… for that of treatment. */
    private static void power(String code, Factor.Kind kind) {
        if (code.matches("d[23].*") && kind != Factor.Kind.POWER)
            throw new Refusal("kind", "HJ 212-2025以d2、d3开头的编码是用电参数，「类别」请选择用电。");
    }

    public void change(Input input) {
        requireKeeper();
        String code = input.code() == null ? "" : input.code().strip();
        int changed = db.sql("""
                        update monitoring_factor set name = ?, pollutant = ?, negative = ?, decimals = ? where code = ?""")
                .params(
                        Typed.needed("name", "因子名称", input.name(), 60),
                        input.pollutant(),
                        input.negative(),
                        decimals(input),
                        code)
                .update();
        if (changed == 0) throw new Refusal("code", "没有这个因子，请刷新页面后重新选择。");
        audit.record(
                "monitoring.changeFactor",
                null,
                code + "：" + Typed.needed("name", "因子名称", input.name(), 60) + "，" + (input.pollutant() ? "污染物" : "参数")
                        + (input.negative() ? "，可为负值" : "") + "，" + decimals(input) + "位小数");
    }

    private void requireKeeper() {
        access.require(Limits.keepers().toArray(String[]::new));
    }

    private static int decimals(Input input) {
        return Typed.integer("decimals", "小数位数", input.decimals(), 0, MOST_DECIMALS);
    }

    private static <E extends Enum<E>> E chosen(String field, String label, Class<E> type, @Nullable String typed) {
        for (E one : type.getEnumConstants()) if (one.name().equals(typed)) return one;
        throw new Refusal(field, "「" + label + "」请在列表中选择。");
    }
}
