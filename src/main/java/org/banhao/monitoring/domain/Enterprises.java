package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Enterprise;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 污染源档案: enterprises, who looks after them, their permits and the limits these set. Nothing is deleted. */
@Service
@Transactional
public class Enterprises {

    private static final Pattern CREDIT_CODE = Pattern.compile("[0-9A-Z]{18}");

    private final JdbcClient db;
    private final StoredRegistry registry;
    private final Access access;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    Enterprises(JdbcClient db, StoredRegistry registry, Access access, People people, Audit audit, Clock clock) {
        this.db = db;
        this.registry = registry;
        this.access = access;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** As typed. */
    public record Input(
            @Nullable String creditCode,
            @Nullable String name,
            @Nullable String address,
            @Nullable String town,
            @Nullable String industry,
            @Nullable String longitude,
            @Nullable String latitude,
            boolean marksHere) {}

    /** Checked. */
    record Checked(
            String creditCode,
            String name,
            String address,
            String town,
            String industry,
            @Nullable Double longitude,
            @Nullable Double latitude,
            boolean marksHere) {}

    public record Keeper(String personId, String personName, String role) {

        public String roleName() {
            return role.equals(MonitoringRoles.ENTERPRISE) ? "企业环保负责人" : "运维单位";
        }
    }

    public record Permit(
            long id,
            String number,
            String issuedBy,
            LocalDate validFrom,
            @Nullable LocalDate validUntil) {}

    // ---- reading

    /** Those the person may see, by name. */
    @Transactional(readOnly = true)
    public List<Enterprise> visible() {
        if (access.office()) return registry.enterprises();
        List<Long> kept = access.kept();
        return registry.enterprises().stream()
                .filter(one -> kept.contains(one.id()) && access.keeps(one.id()))
                .toList();
    }

    /** @throws org.springframework.security.access.AccessDeniedException not to be seen by this person */
    @Transactional(readOnly = true)
    public Enterprise get(long id) {
        access.requireSight(id);
        return registry.enterprise(id).orElseThrow(Enterprises::unknown);
    }

    @Transactional(readOnly = true)
    public List<Outlet> outlets(long id) {
        access.requireSight(id);
        return registry.outletsOf(id);
    }

    @Transactional(readOnly = true)
    public List<Keeper> keepers(long id) {
        access.requireSight(id);
        return db.sql(
                        "select person_id, person_name, role from monitoring_keeper where enterprise_id = ? order by role, person_id")
                .param(id)
                .query((row, n) -> new Keeper(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    @Transactional(readOnly = true)
    public List<Permit> permits(long id) {
        access.requireSight(id);
        return db.sql("""
                        select id, number, issued_by, valid_from, valid_until from monitoring_permit
                        where enterprise_id = ? order by valid_from desc, id desc""")
                .param(id)
                .query((row, n) -> new Permit(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getObject(5, LocalDate.class)))
                .list();
    }

    // ---- changing

    /** @throws Refusal a field is wrong, or the code or the name is taken */
    public long add(Input input) {
        access.require(Access.REGISTRY);
        Checked checked = check(input);
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        try {
            db.sql("""
                            insert into monitoring_enterprise (credit_code, name, address, town, industry, longitude, latitude, marks_here)
                            values (?, ?, ?, ?, ?, ?, ?, ?)""")
                    .param(checked.creditCode())
                    .param(checked.name())
                    .param(checked.address())
                    .param(checked.town())
                    .param(checked.industry())
                    .param(checked.longitude())
                    .param(checked.latitude())
                    .param(checked.marksHere())
                    .update(key, "id");
        } catch (DuplicateKeyException taken) {
            throw new Refusal("creditCode", "统一社会信用代码或者名称已经登记过，请先在企业列表中查找。");
        }
        audit.record("monitoring.addEnterprise", null, checked.creditCode() + " " + checked.name());
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    public void change(long id, Input input, boolean active) {
        access.require(Access.REGISTRY);
        if (registry.enterprise(id).isEmpty()) throw unknown();
        Checked checked = check(input);
        try {
            db.sql("""
                            update monitoring_enterprise set credit_code = ?, name = ?, address = ?, town = ?, industry = ?, longitude = ?,
                              latitude = ?, marks_here = ?, active = ? where id = ?""")
                    .param(checked.creditCode())
                    .param(checked.name())
                    .param(checked.address())
                    .param(checked.town())
                    .param(checked.industry())
                    .param(checked.longitude())
                    .param(checked.latitude())
                    .param(checked.marksHere())
                    .param(active)
                    .param(id)
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new Refusal("creditCode", "统一社会信用代码或者名称已由另一家企业使用，请核对。");
        }
        audit.record("monitoring.changeEnterprise", null, checked.creditCode() + " " + checked.name());
    }

    /** @param role {@link MonitoringRoles#ENTERPRISE} or {@link MonitoringRoles#CONTRACTOR}; the account must have it already */
    public void addKeeper(long id, String personId, String role) {
        access.require(Access.REGISTRY);
        Enterprise enterprise = registry.enterprise(id).orElseThrow(Enterprises::unknown);
        String login = personId.strip().toLowerCase(Locale.ROOT);
        if (!List.of(MonitoringRoles.ENTERPRISE, MonitoringRoles.CONTRACTOR).contains(role)) {
            throw new Refusal("role", "「身份」请选择企业环保负责人或者运维单位。");
        }
        if (people.find(login).filter(p -> p.active()).isEmpty()
                || !people.groupsOf(login).contains(role)) {
            throw new Refusal("person", "账号「" + login + "」不存在或没有这一身份，请先由安全保密管理员授权。");
        }
        db.sql("delete from monitoring_keeper where enterprise_id = ? and person_id = ?")
                .params(id, login)
                .update();
        db.sql(
                        "insert into monitoring_keeper (enterprise_id, person_id, person_name, role, since) values (?, ?, ?, ?, ?)")
                .params(id, login, people.nameOf(login), role, Moments.sql(clock.instant()))
                .update();
        audit.record("monitoring.addKeeper", null, enterprise.name() + "：" + login + "，" + role);
    }

    public void removeKeeper(long id, String personId) {
        access.require(Access.REGISTRY);
        int gone = db.sql("delete from monitoring_keeper where enterprise_id = ? and person_id = ?")
                .params(id, personId)
                .update();
        if (gone == 0) throw new Refusal("person", "这个账号已不在其中，请刷新页面查看。");
        audit.record("monitoring.removeKeeper", null, id + "：" + personId);
    }

    public long addPermit(
            long id,
            @Nullable String number,
            @Nullable String issuedBy,
            @Nullable String validFrom,
            @Nullable String validUntil) {
        access.require(Access.REGISTRY);
        if (registry.enterprise(id).isEmpty()) throw unknown();
        String checked = Typed.needed("number", "许可证编号", number, 40);
        String issuer = Typed.needed("issuedBy", "发证机关", issuedBy, 100);
        LocalDate from = Typed.day("validFrom", "有效期起", validFrom);
        LocalDate until = Typed.dayOrNull("validUntil", "有效期止", validUntil);
        if (until != null && until.isBefore(from)) throw new Refusal("validUntil", "「有效期止」早于「有效期起」，请核对。");
        Actor who = access.actor();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        try {
            db.sql("""
                            insert into monitoring_permit (enterprise_id, number, issued_by, valid_from, valid_until, entered_by,
                              entered_by_name, entered_at) values (?, ?, ?, ?, ?, ?, ?, ?)""")
                    .param(id)
                    .param(checked)
                    .param(issuer)
                    .param(from)
                    .param(until)
                    .param(who.id())
                    .param(who.name())
                    .param(Moments.sql(clock.instant()))
                    .update(key, "id");
        } catch (DuplicateKeyException taken) {
            throw new Refusal("number", "这份许可证已经登记过，请在列表中查看。");
        }
        audit.record("monitoring.addPermit", null, checked);
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    /**
     * The permit was replaced or withdrawn (换发、注销): its limits end with it. As typed.
     *
     * @param lastDay not before today: what has been judged by it stays as it was
     */
    public void endPermit(long id, long permitId, @Nullable String lastDay) {
        access.require(Access.REGISTRY);
        Permit permit = permits(id).stream()
                .filter(one -> one.id() == permitId)
                .findFirst()
                .orElseThrow(() -> new Refusal("permit", "没有这份许可证，请刷新页面后再试。"));
        LocalDate last = Typed.day("lastDay", "最后一天", lastDay);
        if (last.isBefore(ChineseTime.day(clock.instant())))
            throw new Refusal("lastDay", "「最后一天」不能早于今天，已判定的数据不因许可证变更而改变，请重新选择。");
        if (last.isBefore(permit.validFrom())) throw new Refusal("lastDay", "「最后一天」早于有效期起，请核对。");
        LocalDate until = permit.validUntil();
        if (until != null && until.isBefore(last)) throw new Refusal("lastDay", "「最后一天」晚于有效期止，延续的请登记新证。");
        db.sql("update monitoring_permit set valid_until = ? where id = ?")
                .params(last, permitId)
                .update();
        audit.record("monitoring.endPermit", null, permit.number() + " 至" + last);
    }

    /** A limit of a permit, for one outlet of the same enterprise. Limits are added, never changed: what held on a day stays known. */
    public void addPermitLimit(
            long permitId,
            long outletId,
            @Nullable String factor,
            @Nullable String averaging,
            @Nullable String lowest,
            @Nullable String highest) {
        access.require(Access.REGISTRY);
        Outlet outlet = registry.outlet(outletId).orElseThrow(() -> new Refusal("outlet", "没有这个排放口，请重新选择。"));
        Permit permit = permits(outlet.enterpriseId()).stream()
                .filter(one -> one.id() == permitId)
                .findFirst()
                .orElseThrow(() -> new Refusal("permit", "这个排放口的企业没有这份许可证，请重新选择。"));
        Factor known = factor(factor);
        Limits.Amount amount = Limits.amount(known, averaging, lowest, highest);
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_limit (source, outlet_id, permit_id, factor, averaging, lowest, highest, basis, valid_from,
                          valid_until, entered_by, entered_by_name, entered_at)
                        values ('permit', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(outletId)
                .param(permitId)
                .param(known.code())
                .param(amount.averaging().name().toLowerCase(Locale.ROOT))
                .param(amount.lowest())
                .param(amount.highest())
                .param("排污许可证" + permit.number())
                .param(permit.validFrom())
                .param(permit.validUntil())
                .param(who.id())
                .param(who.name())
                .param(Moments.sql(clock.instant()))
                .update();
        audit.record(
                "monitoring.addLimit",
                null,
                outlet.title() + " " + known.name() + " " + amount.highest() + known.unit());
    }

    Factor factor(@Nullable String code) {
        String wanted = code == null ? "" : code.strip();
        Optional<Factor> known = registry.factors().stream()
                .filter(one -> one.code().equals(wanted) || one.name().equals(wanted))
                .findFirst();
        return known.orElseThrow(() ->
                new Refusal("factor", "没有监测因子「" + Typed.text("factor", "监测因子", wanted, 24) + "」，请按编码表填写，例如a21026。"));
    }

    static Checked check(Input input) {
        String code =
                Typed.needed("creditCode", "统一社会信用代码", input.creditCode(), 18).toUpperCase(Locale.ROOT);
        // DEMO…: invented firms of the demonstration carry no code that could be somebody's
        if (!CREDIT_CODE.matcher(code).matches() && !code.startsWith("DEMO")) {
            throw new Refusal("creditCode", "「统一社会信用代码」是18位数字和大写字母，请核对。");
        }
        Double longitude = Typed.numberOrNull("longitude", "经度", input.longitude());
        Double latitude = Typed.numberOrNull("latitude", "纬度", input.latitude());
        place(longitude, latitude);
        return new Checked(
                code,
                Typed.needed("name", "企业名称", input.name(), 100),
                Typed.text("address", "地址", input.address(), 200),
                Typed.text("town", "乡镇（街道）", input.town(), 40),
                Typed.text("industry", "行业", input.industry(), 60),
                longitude,
                latitude,
                input.marksHere());
    }

    static void place(@Nullable Double longitude, @Nullable Double latitude) {
        if ((longitude == null) != (latitude == null)) throw new Refusal("longitude", "「经度」和「纬度」请都填写，或者都留空。");
        if (longitude != null && (longitude < 73 || longitude > 136)) {
            throw new Refusal("longitude", "「经度」应在73至136之间，请核对是否与纬度填反。");
        }
        if (latitude != null && (latitude < 3 || latitude > 54)) throw new Refusal("latitude", "「纬度」应在3至54之间，请核对。");
    }

    private static Refusal unknown() {
        return new Refusal("没有这家企业，请刷新页面后再试。");
    }
}
