package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.WorkCalendar;
import org.banhao.calendar.WorkingDaysChanged;
import org.banhao.monitoring.Outlet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What enterprises and their contractors report: faults with their statutory clocks, planned stops, the ledger, explanations of
 * readings. Each only for those they look after; the branch's data engineer may enter what came on paper.
 */
@Service
@Transactional
public class EnterpriseReports {

    /** 污染源自动监控设施现场监督检查办法: reported within 12 hours. */
    static final Duration REPORT_WITHIN = Duration.ofHours(12);

    /** The same: restored within 5 working days. */
    static final int REPAIR_WITHIN = 5;

    private static final LocalTime END_OF_DAY = LocalTime.of(18, 0);
    private static final Duration LONGEST_STOP = Duration.ofDays(366);

    public static final Map<String, String> STOPS = words("production", "停产", "boiler", "停炉", "overhaul", "检修");

    public static final Map<String, String> LEDGER =
            words("treatment", "治污设施运行", "dosing", "加药", "calibration", "校准", "inspection", "巡检", "stop", "停运");

    private final JdbcClient db;
    private final DeviceDesk desk;
    private final Access access;
    private final WorkCalendar calendar;
    private final Papers papers;
    private final Audit audit;
    private final Clock clock;

    EnterpriseReports(
            JdbcClient db,
            DeviceDesk desk,
            Access access,
            WorkCalendar calendar,
            Papers papers,
            Audit audit,
            Clock clock) {
        this.papers = papers;
        this.db = db;
        this.desk = desk;
        this.access = access;
        this.calendar = calendar;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param reportedLate reported later than 12 hours after it began @param overdue not restored in time */
    public record Fault(
            long id,
            Instant beganAt,
            Instant reportDue,
            Instant repairDue,
            String symptom,
            String manualSampling,
            Instant reportedAt,
            String reportedByName,
            @Nullable Instant repairedAt,
            @Nullable String repair,
            boolean reportedLate,
            boolean overdue,
            @Nullable String documentId) {

        public String beganWords() {
            return ChineseTime.text(beganAt);
        }

        public String dueWords() {
            return ChineseTime.text(repairDue);
        }

        public String repairedWords() {
            return repairedAt == null ? "" : ChineseTime.text(repairedAt);
        }
    }

    /** @param decision null: not decided yet; acknowledged, refused, withdrawn */
    public record Stop(
            long id,
            String kind,
            Instant beginsAt,
            Instant endsAt,
            String reason,
            String reportedByName,
            @Nullable String decision,
            @Nullable String decisionReason,
            @Nullable String decidedByName,
            @Nullable String documentId) {

        public String kindName() {
            return STOPS.getOrDefault(kind, kind);
        }

        public String spanWords() {
            return ChineseTime.text(beginsAt) + "至" + ChineseTime.text(endsAt);
        }

        public String decisionName() {
            return switch (decision == null ? "" : decision) {
                case "acknowledged" -> "已确认";
                case "refused" -> "不予确认";
                case "withdrawn" -> "已撤回";
                default -> "待确认";
            };
        }
    }

    public record LedgerEntry(
            long id, LocalDate day, String kind, @Nullable String outlet, String content, String enteredByName) {

        public String kindName() {
            return LEDGER.getOrDefault(kind, kind);
        }
    }

    public record Explanation(
            long id,
            @Nullable String factor,
            Instant beginsAt,
            Instant endsAt,
            String content,
            Instant givenAt,
            String givenByName) {

        public String spanWords() {
            return ChineseTime.text(beginsAt) + "至" + ChineseTime.text(endsAt);
        }
    }

    // ---- faults

    /** @param beganAt when the device failed, in China @param paper null: none */
    public void reportFault(
            long deviceId,
            @Nullable String beganAt,
            @Nullable String symptom,
            @Nullable String manualSampling,
            Papers.@Nullable Upload paper) {
        DeviceDesk.Card card = desk.get(deviceId);
        Outlet outlet = access.outlet(card.outletId());
        access.requireVoice(outlet.enterpriseId());
        Instant began = Typed.moment("beganAt", "故障开始时间", beganAt);
        Instant now = clock.instant();
        if (began.isAfter(now)) throw new Refusal("beganAt", "「故障开始时间」在今后，请核对。");
        if (began.isBefore(now.minus(Duration.ofDays(90)))) throw new Refusal("beganAt", "「故障开始时间」早于90天前，请核对。");
        long open = db.sql("select count(*) from monitoring_fault where device_id = ? and repaired_at is null")
                .param(deviceId)
                .query(Long.class)
                .single();
        if (open > 0) throw new Refusal("这台设备还有未修复的故障，请先登记修复。");
        Instant repairDue = repairDue(began);
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_fault (device_id, began_at, report_due, repair_due, symptom, manual_sampling, reported_at,
                          reported_by, reported_by_name, document_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(deviceId)
                .param(Moments.sql(began))
                .param(Moments.sql(began.plus(REPORT_WITHIN)))
                .param(Moments.sql(repairDue))
                .param(Typed.needed("symptom", "故障现象", symptom, 2000))
                .param(Typed.needed("manualSampling", "人工监测安排", manualSampling, 2000))
                .param(Moments.sql(now))
                .param(who.id())
                .param(who.name())
                .param(papers.keep(paper, "monitoring.fault"))
                .update();
        desk.write(deviceId, "报告故障，" + ChineseTime.text(repairDue) + "前修复");
        audit.record("monitoring.reportFault", null, outlet.title() + " " + card.mn());
    }

    private Instant repairDue(Instant began) {
        return calendar.plusWorkingDays(ChineseTime.day(began), REPAIR_WITHIN)
                .atTime(END_OF_DAY)
                .atZone(ChineseTime.ZONE)
                .toInstant();
    }

    /** A year's working days are others than before: days by which faults have to be repaired follow, in the same transaction. */
    @EventListener
    public void on(WorkingDaysChanged changed) {
        record Open(long id, long deviceId, Instant began, Instant due) {}
        List<Open> open = db.sql(
                        "select id, device_id, began_at, repair_due from monitoring_fault where repaired_at is null for update")
                .query((row, n) -> new Open(
                        row.getLong(1), row.getLong(2), Moments.read(row, "began_at"), Moments.read(row, "repair_due")))
                .list();
        int moved = 0;
        for (Open fault : open) {
            Instant due = repairDue(fault.began());
            if (due.equals(fault.due())) continue;
            db.sql("update monitoring_fault set repair_due = ? where id = ?")
                    .params(Moments.sql(due), fault.id())
                    .update();
            desk.write(
                    fault.deviceId(),
                    "依据" + changed.year() + "年放假安排，故障修复时限由" + ChineseTime.text(fault.due()) + "改至"
                            + ChineseTime.text(due));
            moved++;
        }
        if (moved > 0) audit.record("monitoring.moveRepairDue", null, changed.year() + "年，" + moved + "项");
    }

    public void repairFault(long deviceId, long faultId, @Nullable String repairedAt, @Nullable String repair) {
        DeviceDesk.Card card = desk.get(deviceId);
        Outlet outlet = access.outlet(card.outletId());
        access.requireVoice(outlet.enterpriseId());
        Fault fault = faults(deviceId).stream()
                .filter(one -> one.id() == faultId)
                .findFirst()
                .orElseThrow(() -> new Refusal("没有这项故障，请刷新页面后再试。"));
        Instant at = Typed.moment("repairedAt", "修复时间", repairedAt);
        if (at.isAfter(clock.instant())) throw new Refusal("repairedAt", "「修复时间」在今后，请核对。");
        if (at.isBefore(fault.beganAt())) throw new Refusal("repairedAt", "「修复时间」早于故障开始时间，请核对。");
        Actor who = access.actor();
        int changed = db.sql("""
                        update monitoring_fault set repaired_at = ?, repair = ?, repaired_by = ?, repaired_by_name = ?
                        where id = ? and repaired_at is null""")
                .params(Moments.sql(at), Typed.needed("repair", "修复情况", repair, 2000), who.id(), who.name(), faultId)
                .update();
        if (changed == 0) throw new Refusal("这项故障已经登记修复，请刷新页面查看。");
        desk.write(deviceId, "故障修复");
        audit.record("monitoring.repairFault", null, outlet.title() + " " + card.mn());
    }

    /** Latest first. */
    @Transactional(readOnly = true)
    public List<Fault> faults(long deviceId) {
        desk.get(deviceId);
        Instant now = clock.instant();
        return db.sql("""
                        select id, began_at, report_due, repair_due, symptom, manual_sampling, reported_at, reported_by_name, repaired_at, repair,
                          document_id from monitoring_fault where device_id = ? order by began_at desc, id desc""")
                .param(deviceId)
                .query((row, n) -> {
                    Instant repaired = Moments.readOrNull(row, "repaired_at");
                    Instant reportDue = Moments.read(row, "report_due");
                    Instant repairDue = Moments.read(row, "repair_due");
                    Instant reported = Moments.read(row, "reported_at");
                    return new Fault(
                            row.getLong("id"),
                            Moments.read(row, "began_at"),
                            reportDue,
                            repairDue,
                            row.getString("symptom"),
                            row.getString("manual_sampling"),
                            reported,
                            row.getString("reported_by_name"),
                            repaired,
                            row.getString("repair"),
                            reported.isAfter(reportDue),
                            (repaired == null ? now : repaired).isAfter(repairDue),
                            row.getString("document_id"));
                })
                .list();
    }

    // ---- planned stops

    /** Without a paper. */
    public void reportStop(
            long outletId,
            @Nullable String kind,
            @Nullable String beginsAt,
            @Nullable String endsAt,
            @Nullable String reason) {
        reportStop(outletId, kind, beginsAt, endsAt, reason, null);
    }

    /** 停运报备. Without effect until the branch has acknowledged it. @param paper null: none */
    public void reportStop(
            long outletId,
            @Nullable String kind,
            @Nullable String beginsAt,
            @Nullable String endsAt,
            @Nullable String reason,
            Papers.@Nullable Upload paper) {
        Outlet outlet = access.outlet(outletId);
        access.requireVoice(outlet.enterpriseId());
        if (kind == null || !STOPS.containsKey(kind)) throw new Refusal("kind", "「报备类型」请选择停产、停炉或者检修。");
        Instant begins = Typed.moment("beginsAt", "开始时间", beginsAt);
        Instant ends = Typed.moment("endsAt", "结束时间", endsAt);
        if (!ends.isAfter(begins)) throw new Refusal("endsAt", "「结束时间」应晚于「开始时间」，请核对。");
        if (ends.isAfter(begins.plus(LONGEST_STOP))) throw new Refusal("endsAt", "一次报备最长一年，请分次报备。");
        Instant now = clock.instant();
        if (ends.isBefore(now)) throw new Refusal("endsAt", "停运已经结束，不能事后报备，请用「情况说明」说明。");
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_planned_stop (outlet_id, kind, begins_at, ends_at, reason, reported_at, reported_by,
                          reported_by_name, document_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(outletId)
                .param(kind)
                .param(Moments.sql(begins))
                .param(Moments.sql(ends))
                .param(Typed.needed("reason", "停运原因", reason, 2000))
                .param(Moments.sql(now))
                .param(who.id())
                .param(who.name())
                .param(papers.keep(paper, "monitoring.stop"))
                .update();
        audit.record("monitoring.reportStop", null, outlet.title());
    }

    /** By the branch. */
    public void decideStop(long outletId, long stopId, boolean acknowledged, @Nullable String reason) {
        access.require(Access.DESK);
        Outlet outlet = access.outlet(outletId);
        String why = Typed.text("decisionReason", "意见", reason, 500);
        if (!acknowledged && why.isEmpty()) throw new Refusal("decisionReason", "不予确认的，请填写「意见」。");
        end(outletId, stopId, acknowledged ? "acknowledged" : "refused", why);
        audit.record("monitoring.decideStop", null, outlet.title() + "，" + (acknowledged ? "确认" : "不予确认"));
    }

    /** By who may speak for the enterprise, before it is decided. */
    public void withdrawStop(long outletId, long stopId) {
        Outlet outlet = access.outlet(outletId);
        access.requireVoice(outlet.enterpriseId());
        end(outletId, stopId, "withdrawn", "");
        audit.record("monitoring.withdrawStop", null, outlet.title());
    }

    private void end(long outletId, long stopId, String decision, String reason) {
        Actor who = access.actor();
        int changed = db.sql("""
                        update monitoring_planned_stop set decision = ?, decision_reason = ?, decided_at = ?, decided_by = ?, decided_by_name = ?
                        where id = ? and outlet_id = ? and decision is null""")
                .params(decision, reason, Moments.sql(clock.instant()), who.id(), who.name(), stopId, outletId)
                .update();
        if (changed == 0) throw new Refusal("这项报备已经办理过，请刷新页面查看。");
    }

    /** Latest first, at most 100. */
    @Transactional(readOnly = true)
    public List<Stop> stops(long outletId) {
        access.outlet(outletId);
        return db.sql("""
                        select id, kind, begins_at, ends_at, reason, reported_by_name, decision, decision_reason, decided_by_name,
                          document_id from monitoring_planned_stop where outlet_id = ? order by begins_at desc, id desc limit 100""")
                .param(outletId)
                .query((row, n) -> new Stop(
                        row.getLong("id"),
                        row.getString("kind"),
                        Moments.read(row, "begins_at"),
                        Moments.read(row, "ends_at"),
                        row.getString("reason"),
                        row.getString("reported_by_name"),
                        row.getString("decision"),
                        row.getString("decision_reason"),
                        row.getString("decided_by_name"),
                        row.getString("document_id")))
                .list();
    }

    // ---- ledger

    /** @param outletId null: of the whole enterprise */
    public void enter(
            long enterpriseId,
            @Nullable Long outletId,
            @Nullable String kind,
            @Nullable String day,
            @Nullable String content) {
        access.requireVoice(enterpriseId);
        if (outletId != null && access.outlet(outletId).enterpriseId() != enterpriseId) {
            throw new Refusal("outlet", "这个排放口不属于本企业，请重新选择。");
        }
        if (kind == null || !LEDGER.containsKey(kind)) throw new Refusal("kind", "「台账类型」请在列表中选择。");
        LocalDate on = Typed.day("day", "日期", day);
        if (on.isAfter(ChineseTime.day(clock.instant()))) throw new Refusal("day", "「日期」在今后，请核对。");
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_ledger_entry (enterprise_id, outlet_id, kind, on_day, content, entered_at, entered_by, entered_by_name)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(enterpriseId)
                .param(outletId)
                .param(kind)
                .param(on)
                .param(Typed.needed("content", "内容", content, 4000))
                .param(Moments.sql(clock.instant()))
                .param(who.id())
                .param(who.name())
                .update();
        audit.record("monitoring.enterLedger", null, enterpriseId + " " + LEDGER.get(kind) + " " + on);
    }

    /** Of a span, latest first. */
    @Transactional(readOnly = true)
    public List<LedgerEntry> ledger(long enterpriseId, LocalDate from, LocalDate until) {
        access.requireSight(enterpriseId);
        return db.sql("""
                        select l.id, l.on_day, l.kind, o.code, l.content, l.entered_by_name
                        from monitoring_ledger_entry l left join monitoring_outlet o on o.id = l.outlet_id
                        where l.enterprise_id = ? and l.on_day >= ? and l.on_day <= ? order by l.on_day desc, l.id desc limit 500""")
                .params(enterpriseId, from, until)
                .query((row, n) -> new LedgerEntry(
                        row.getLong(1),
                        row.getObject(2, LocalDate.class),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
    }

    /** Days of the span, up to yesterday, on which nothing was entered on the running of the treatment. */
    @Transactional(readOnly = true)
    public List<LocalDate> ledgerGaps(long enterpriseId, LocalDate from, LocalDate until) {
        access.requireSight(enterpriseId);
        Set<LocalDate> there = new TreeSet<>(db.sql("""
                        select distinct on_day from monitoring_ledger_entry
                        where enterprise_id = ? and kind in ('treatment', 'stop') and on_day >= ? and on_day <= ?""")
                .params(enterpriseId, from, until)
                .query(LocalDate.class)
                .list());
        LocalDate yesterday = ChineseTime.day(clock.instant()).minusDays(1);
        LocalDate last = until.isBefore(yesterday) ? until : yesterday;
        return from.isAfter(last)
                ? List.of()
                : from.datesUntil(last.plusDays(1))
                        .filter(day -> !there.contains(day))
                        .toList();
    }

    // ---- explanations

    /** 情况说明. Never a statutory mark: those are set on the platform that is designated for them. */
    public void explain(
            long outletId,
            @Nullable String factor,
            @Nullable String beginsAt,
            @Nullable String endsAt,
            @Nullable String content) {
        Outlet outlet = access.outlet(outletId);
        access.requireVoice(outlet.enterpriseId());
        Instant begins = Typed.moment("beginsAt", "开始时间", beginsAt);
        Instant ends = Typed.moment("endsAt", "结束时间", endsAt);
        if (!ends.isAfter(begins)) throw new Refusal("endsAt", "「结束时间」应晚于「开始时间」，请核对。");
        if (begins.isAfter(clock.instant())) throw new Refusal("beginsAt", "「开始时间」在今后，请在数据出现后再说明。");
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_explanation (outlet_id, factor, begins_at, ends_at, content, given_at, given_by, given_by_name)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(outletId)
                .param(factor == null || factor.isBlank() ? null : Typed.text("factor", "监测因子", factor, 24))
                .param(Moments.sql(begins))
                .param(Moments.sql(ends))
                .param(Typed.needed("content", "情况说明", content, 4000))
                .param(Moments.sql(clock.instant()))
                .param(who.id())
                .param(who.name())
                .update();
        audit.record("monitoring.explain", null, outlet.title());
    }

    /** That touch the span, latest first. */
    @Transactional(readOnly = true)
    public List<Explanation> explanations(long outletId, Instant from, Instant until) {
        access.outlet(outletId);
        return db.sql("""
                        select id, factor, begins_at, ends_at, content, given_at, given_by_name from monitoring_explanation
                        where outlet_id = ? and begins_at < ? and ends_at > ? order by given_at desc, id desc""")
                .params(outletId, Moments.sql(until), Moments.sql(from))
                .query((row, n) -> new Explanation(
                        row.getLong("id"),
                        row.getString("factor"),
                        Moments.read(row, "begins_at"),
                        Moments.read(row, "ends_at"),
                        row.getString("content"),
                        Moments.read(row, "given_at"),
                        row.getString("given_by_name")))
                .list();
    }

    private static Map<String, String> words(String... pairs) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) words.put(pairs[i], pairs[i + 1]);
        return java.util.Collections.unmodifiableMap(words);
    }
}
