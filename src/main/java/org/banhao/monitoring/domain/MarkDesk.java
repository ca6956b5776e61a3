package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Enterprise;
import org.banhao.monitoring.MarkWatch;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.StatutoryMark;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Statutory marks: entered by the data engineer as they stand on the platform where enterprises set them; by the enterprise itself only
 * where this platform is that one ({@link Enterprise#marksHere}). Whether a mark was set in time is reckoned from the data's day.
 */
@Service
@Transactional
public class MarkDesk {

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");

    private final JdbcClient db;
    private final Registry registry;
    private final Marks marks;
    private final Access access;
    private final ObjectProvider<MarkWatch> watches;
    private final Audit audit;
    private final Clock clock;

    MarkDesk(
            JdbcClient db,
            Registry registry,
            Marks marks,
            Access access,
            ObjectProvider<MarkWatch> watches,
            Audit audit,
            Clock clock) {
        this.db = db;
        this.registry = registry;
        this.marks = marks;
        this.access = access;
        this.watches = watches;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * As typed.
     *
     * @param setAt when it was set on the other platform; empty on this one
     */
    public void enter(
            long outletId,
            @Nullable String factor,
            @Nullable String beginsAt,
            @Nullable String endsAt,
            boolean invalid,
            @Nullable String label,
            @Nullable String setAt) {
        Outlet outlet = access.outlet(outletId);
        Instant begins = Typed.moment("beginsAt", "开始时间", beginsAt);
        Instant ends = Typed.moment("endsAt", "结束时间", endsAt);
        String words = Typed.needed("label", "标记内容", label, 60);
        Instant now = clock.instant();
        boolean fresh;
        if (access.keepsRegistry()) {
            Instant set = Typed.moment("setAt", "标记时间", setAt);
            if (set.isAfter(now)) throw new Refusal("setAt", "「标记时间」在今后，请核对。");
            fresh = set(outletId, factor, begins, ends, invalid, words, set, "上级平台");
        } else {
            access.requireVoice(outlet.enterpriseId());
            Enterprise enterprise = registry.enterprise(outlet.enterpriseId()).orElseThrow();
            if (!enterprise.marksHere()) {
                throw new Refusal("本平台不是该企业的法定标记平台，请到规定的平台标记；在这里请提交「情况说明」。");
            }
            if (now.isAfter(Marks.windowEnds(begins))) {
                throw new Refusal(
                        "beginsAt", "这一天的数据标记已于" + ChineseTime.text(Marks.windowEnds(begins)) + "截止，请提交「情况说明」。");
            }
            fresh = set(outletId, factor, begins, ends, invalid, words, now, "本平台");
        }
        if (fresh) tell(outletId, begins, ends);
        audit.record("monitoring.mark", null, outlet.title() + "：" + words);
    }

    /**
     * Within the caller's use case, which records it and tells of it ({@link #tell}).
     *
     * @param setAt null: not told, and taken as in time
     * @return false: the same mark is there already, and nothing has changed
     */
    boolean set(
            long outletId,
            @Nullable String factor,
            Instant begins,
            Instant ends,
            boolean invalid,
            String label,
            @Nullable Instant setAt,
            String origin) {
        if (!ends.isAfter(begins)) throw new Refusal("endsAt", "「结束时间」应晚于「开始时间」，请核对。");
        if (ends.isAfter(begins.plus(LONGEST))) throw new Refusal("endsAt", "一次标记最长31天，请分次填写。");
        String code = factor == null || factor.isBlank() ? null : Typed.text("factor", "监测因子", factor, 24);
        Instant now = clock.instant();
        boolean known = db.sql("""
                        select count(*) from monitoring_mark where outlet_id = ? and begins_at = ? and ends_at = ? and label = ?
                          and coalesce(factor, '') = ? and revoked_at is null""")
                        .params(outletId, Moments.sql(begins), Moments.sql(ends), label, code == null ? "" : code)
                        .query(Long.class)
                        .single()
                > 0;
        if (known) return false;
        boolean inTime = setAt == null || !setAt.isAfter(Marks.windowEnds(begins));
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_mark (outlet_id, factor, begins_at, ends_at, kind, label, set_at, origin, in_time, entered_at,
                          entered_by, entered_by_name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(outletId)
                .param(code)
                .param(Moments.sql(begins))
                .param(Moments.sql(ends))
                .param(invalid ? "invalid" : "condition")
                .param(label)
                .param(Moments.sqlOrNull(setAt))
                .param(origin)
                .param(inTime)
                .param(Moments.sql(now))
                .param(who.id())
                .param(who.name())
                .update();
        return true;
    }

    /** It was entered wrongly. */
    public void revoke(long outletId, long markId, @Nullable String reason) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(outletId);
        String why = Typed.needed("reason", "撤销原因", reason, 500);
        StatutoryMark mark = marks.ofOutlet(outletId, Instant.EPOCH, FOREVER).stream()
                .filter(one -> one.id() == markId)
                .findFirst()
                .orElseThrow(MarkDesk::gone);
        Actor who = access.actor();
        int revoked = db.sql("""
                        update monitoring_mark set revoked_at = ?, revoked_by = ?, revoked_by_name = ?, revoke_reason = ?
                        where id = ? and revoked_at is null""")
                .params(Moments.sql(clock.instant()), who.id(), who.name(), why, markId)
                .update();
        if (revoked == 0) throw gone();
        tell(outletId, mark.beginsAt(), mark.endsAt());
        audit.record("monitoring.revokeMark", null, outlet.title() + "：" + mark.label());
    }

    private static Refusal gone() {
        return new Refusal("没有这项标记，或者已经撤销，请刷新页面查看。");
    }

    /** Readings of the span are judged again. */
    void tell(long outletId, Instant begins, Instant ends) {
        watches.orderedStream().forEach(watch -> watch.marked(outletId, begins, ends));
    }
}
