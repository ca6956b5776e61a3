package org.banhao.casefile.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.LastWrites;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseLink;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.StoredAnswer;
import org.banhao.casefile.TimelineEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** {@link CaseFiles} over the tables {@code casefile_*}. */
@Component
@Transactional
class StoredCaseFiles implements CaseFiles {
    private static final Pattern KIND = Pattern.compile("[A-Z]{2}");
    private static final int LONGEST_TITLE = 400;

    /** Kind of link → how it reads from the case it starts at, and from the other one. */
    private static final Map<String, String[]> LINK_NAMES = Map.of(
            "merged", new String[] {"并入", "并入本案"},
            "similar", new String[] {"相似", "相似"},
            "followUp", new String[] {"延续自", "后续"},
            "keyTopic", new String[] {"列入重点督办", "督办提案"},
            "converted", new String[] {"转为", "转自"});

    private final JdbcClient jdbc;
    private final LastWrites last;
    private final Clock clock;
    private final CurrentActor actor;
    private final Audit audit;
    private final Numbers numbers;
    private final UnlistedCases unlisted;

    StoredCaseFiles(
            JdbcClient jdbc,
            LastWrites last,
            Clock clock,
            CurrentActor actor,
            Audit audit,
            PlatformTransactionManager transactions,
            UnlistedCases unlisted) {
        this.jdbc = jdbc;
        this.last = last;
        this.unlisted = unlisted;
        this.clock = clock;
        this.actor = actor;
        this.audit = audit;
        this.numbers = new Numbers(jdbc, transactions);
    }

    @Override
    public CaseRow open(
            String kind, String title, @Nullable String session, String status, String statusName, String unit) {
        if (!KIND.matcher(kind).matches()) throw new IllegalArgumentException("Not a kind of case: " + kind);
        checkTitle(title);
        Instant now = now();
        int year = ChineseTime.day(now).getYear();
        String number = "%s-%d-%06d".formatted(kind, year, numbers.nextOfYear(kind, year));
        jdbc.sql("""
                        insert into casefile_case
                            (number, kind, title, session_id, status, status_name, unit, opened, changed, changed_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(number, kind, marked(kind, title), session, status, statusName, unit, at(now), at(now), who())
                .update();
        unlisted.changed(number);
        audit.record("casefile.open", number, statusName);
        return get(number);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<CaseRow> find(String number) {
        return jdbc.sql("select * from casefile_case where number = ?")
                .param(number)
                .query(StoredCaseFiles::caseRow)
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, CaseRow> all(Collection<String> numbers) {
        if (numbers.isEmpty()) return Map.of();
        return jdbc
                .sql("select * from casefile_case where number in (:numbers)")
                .param("numbers", numbers)
                .query(StoredCaseFiles::caseRow)
                .list()
                .stream()
                .collect(Collectors.toMap(CaseRow::number, Function.identity()));
    }

    @Override
    @Transactional(readOnly = true)
    public CaseRow get(String number) {
        return find(number).orElseThrow(() -> new Refusal("没有这个案件，请核对案件编号后重试。"));
    }

    @Override
    public CaseRow change(
            String number, int expectedVersion, String title, String status, String statusName, String unit) {
        checkTitle(title);
        String shown = marked(number.substring(0, 2), title);
        int changed = jdbc.sql("""
                        update casefile_case
                        set title = ?, status = ?, status_name = ?, unit = ?,
                            version = version + 1, changed = ?, changed_by = ?
                        where number = ? and version = ?""")
                .params(shown, status, statusName, unit, at(now()), who(), number, expectedVersion)
                .update();
        if (changed == 0) {
            get(number);
            throw jdbc.sql("select changed, changed_by from casefile_case where number = ?")
                    .param(number)
                    .query((row, n) -> new Overtaken("案件已由" + row.getString("changed_by") + "于"
                            + ChineseTime.text(instant(row, "changed")) + "改动，请刷新页面，看过新内容后再提交。"))
                    .single();
        }
        unlisted.changed(number);
        jdbc.sql("update casefile_open_step set title = ?, unit = ? where number = ?")
                .params(shown, unit, number)
                .update();
        audit.record("casefile.change", number, statusName);
        return get(number);
    }

    @Override
    public void status(String number, String status, String statusName) {
        changed(jdbc.sql("""
                        update casefile_case
                        set status = ?, status_name = ?, version = version + 1, changed = ?, changed_by = ?
                        where number = ?""")
                .params(status, statusName, at(now()), who(), number)
                .update());
        unlisted.changed(number);
        audit.record("casefile.status", number, statusName);
    }

    @Override
    public void factsChanged(String number) {
        unlisted.changed(number);
    }

    @Override
    public void key(String number, boolean key) {
        changed(jdbc.sql("""
                        update casefile_case set important = ?, version = version + 1, changed = ?, changed_by = ?
                        where number = ?""").params(key, at(now()), who(), number).update());
        jdbc.sql("update casefile_open_step set important = ? where number = ?")
                .params(key, number)
                .update();
        unlisted.changed(number);
        audit.record("casefile.key", number, key ? "重点" : "非重点");
    }

    @Override
    public void close(String number) {
        changed(jdbc.sql("""
                        update casefile_case
                        set closed = coalesce(closed, cast(? as timestamp with time zone)),
                            version = version + 1, changed = ?, changed_by = ?
                        where number = ?""").params(at(now()), at(now()), who(), number).update());
        unlisted.changed(number);
        audit.record("casefile.close", number, "");
    }

    @Override
    public void reopen(String number) {
        if (get(number).closed() == null) {
            return;
        }
        boolean archived = jdbc.sql("select archived is not null from casefile_case where number = ?")
                .param(number)
                .query(Boolean.class)
                .single();
        changed(jdbc.sql("""
                        update casefile_case
                        set closed = null, archived = null, version = version + 1, changed = ?, changed_by = ?
                        where number = ?""").params(at(now()), who(), number).update());
        unlisted.changed(number);
        if (archived) happened(number, "取消归档：案件重新办理", null);
        audit.record("casefile.reopen", number, "");
    }

    @Override
    public int nextFileNumber(String session) {
        int next = numbers.nextOfSession(session);
        audit.record("casefile.nextFileNumber", null, session + ": " + next);
        return next;
    }

    @Override
    public void fileNumber(String number, @Nullable String fileNumber) {
        try {
            changed(jdbc.sql("""
                            update casefile_case
                            set file_number = ?, version = version + 1, changed = ?, changed_by = ?
                            where number = ?""").params(fileNumber, at(now()), who(), number).update());
        } catch (DuplicateKeyException e) {
            throw new Refusal("fileNumber", "案号" + fileNumber + "在本次会议中已用于另一案件，请改用下一个案号。");
        }
        unlisted.changed(number);
        audit.record("casefile.fileNumber", number, String.valueOf(fileNumber));
    }

    // ---- who takes part

    @Override
    public void party(String number, String role, String holder, boolean group) {
        boolean already = jdbc.sql("""
                        select count(*) from casefile_party
                        where case_number = ? and role = ? and holder = ? and is_group = ? and until is null""")
                        .params(number, role, holder, group)
                        .query(Integer.class)
                        .single()
                > 0;
        if (already) return;
        jdbc.sql("insert into casefile_party (case_number, role, holder, is_group, since, opened)"
                        + " select number, cast(? as varchar(60)), cast(? as varchar(128)), cast(? as boolean),"
                        + " cast(? as timestamp with time zone), opened from casefile_case where number = ?")
                .params(role, holder, group, at(now()), number)
                .update();
        unlisted.changed(number);
        audit.record("casefile.party", number, role + " " + holder);
    }

    @Override
    public void partyEnds(String number, String role, String holder) {
        int ended = jdbc.sql("""
                        update casefile_party set until = ?
                        where case_number = ? and role = ? and holder = ? and until is null""").params(at(now()), number, role, holder).update();
        if (ended > 0) {
            unlisted.changed(number);
            audit.record("casefile.partyEnds", number, role + " " + holder);
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> persons(String number, String role) {
        return jdbc.sql("""
                        select holder from casefile_party
                        where case_number = ? and role = ? and is_group = false and until is null order by id""").params(number, role).query(String.class).list();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean mayRead(String number, String personId, List<String> groups) {
        return jdbc.sql("""
                        select count(*) from casefile_party
                        where case_number = :number and until is null
                          and (is_group = false and holder = :person or is_group = true and holder in (:groups))""")
                        .param("number", number)
                        .param("person", personId)
                        .param("groups", groups.isEmpty() ? List.of("") : groups)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    @Transactional(readOnly = true)
    public Set<String> readable(Collection<String> numbers, String personId, List<String> groups) {
        if (numbers.isEmpty()) return Set.of();
        return Set.copyOf(jdbc.sql("""
                        select distinct case_number from casefile_party where case_number in (:numbers) and until is null
                          and (is_group = false and holder = :person or is_group = true and holder in (:groups))""")
                .param("numbers", numbers)
                .param("person", personId)
                .param("groups", groups.isEmpty() ? List.of("") : groups)
                .query(String.class)
                .list());
    }

    // ---- timeline and links

    /** While it is bound to the transaction's thread, nothing that is told has happened: an act is being put back. */
    static final Object PUTTING_BACK = new Object();

    @Override
    public void happened(String number, String what, @Nullable String detail) {
        unlisted.changed(number);
        if (TransactionSynchronizationManager.hasResource(PUTTING_BACK)) return;
        last.add(
                "insert into casefile_timeline (case_number, at, who, what, detail) values (?, ?, ?, ?, ?)",
                number,
                at(now()),
                who(),
                what,
                detail);
    }

    @Override
    @Transactional(readOnly = true)
    public List<TimelineEntry> timeline(String number) {
        last.flush();
        return jdbc.sql("select at, who, what, detail from casefile_timeline where case_number = ? order by id")
                .param(number)
                .query((row, n) -> new TimelineEntry(
                        instant(row, "at"), row.getString("who"), row.getString("what"), row.getString("detail")))
                .list();
    }

    @Override
    public void link(String from, String kind, String to) {
        if (from.equals(to)) throw new Refusal("案件不能关联自身，请另选一件。");
        boolean already =
                jdbc.sql("""
                        select count(*) from casefile_link
                        where from_number = ? and kind = ? and to_number = ? and until is null""").params(from, kind, to).query(Integer.class).single() > 0;
        if (already) return;
        jdbc.sql("insert into casefile_link (from_number, kind, to_number, since) values (?, ?, ?, ?)")
                .params(from, kind, to, at(now()))
                .update();
        audit.record("casefile.link", from, kind + " " + to);
    }

    @Override
    public void unlink(String from, String kind, String to) {
        int ended = jdbc.sql("""
                        update casefile_link set until = ?
                        where from_number = ? and kind = ? and to_number = ? and until is null""").params(at(now()), from, kind, to).update();
        if (ended > 0) audit.record("casefile.unlink", from, kind + " " + to);
    }

    @Override
    @Transactional(readOnly = true)
    public List<CaseLink> links(String number) {
        return jdbc.sql("""
                        select l.id, l.kind, 1 as outgoing, c.number, c.title, c.status_name
                        from casefile_link l join casefile_case c on c.number = l.to_number
                        where l.from_number = ? and l.until is null
                        union all
                        select l.id, l.kind, 0 as outgoing, c.number, c.title, c.status_name
                        from casefile_link l join casefile_case c on c.number = l.from_number
                        where l.to_number = ? and l.until is null
                        order by 1""")
                .params(number, number)
                .query((row, n) -> {
                    boolean outgoing = row.getInt("outgoing") == 1;
                    String kind = row.getString("kind");
                    String[] names = LINK_NAMES.getOrDefault(kind, new String[] {"相关", "相关"});
                    return new CaseLink(
                            kind,
                            names[outgoing ? 0 : 1],
                            outgoing,
                            row.getString("number"),
                            row.getString("title"),
                            row.getString("status_name"));
                })
                .list();
    }

    // ---- what was answered

    @Override
    @Transactional(readOnly = true)
    public @Nullable StoredAnswer lastAnswer(String number, String process, String instanceId, String task) {
        last.flush();
        return jdbc.sql("""
                        select * from casefile_step_answer
                        where case_number = ? and process = ? and task = ? and instance_id = ? and retracted_at is null
                        order by id desc limit 1""")
                .params(number, process, task, instanceId)
                .query(StoredCaseFiles::answer)
                .optional()
                .orElse(null);
    }

    @Override
    @Transactional(readOnly = true)
    public List<StoredAnswer> answers(String number) {
        last.flush();
        return jdbc.sql("select * from casefile_step_answer where case_number = ? and retracted_at is null order by id")
                .param(number)
                .query(StoredCaseFiles::answer)
                .list();
    }

    // ----

    /** Said once, here: lists, cards and pages show what the row says. */
    private static String marked(String kind, String title) {
        return kind.equals(MOCK) && !title.startsWith(MOCK_MARK) ? MOCK_MARK + title : title;
    }

    private static void checkTitle(String title) {
        if (title.isBlank()) throw new Refusal("title", "请填写标题。");
        if (title.length() > LONGEST_TITLE) throw new Refusal("title", "标题超过" + LONGEST_TITLE + "字，请缩短。");
    }

    private static void changed(int rows) {
        if (rows == 0) throw new Refusal("没有这个案件，请核对案件编号后重试。");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String who() {
        return actor.get().line();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static CaseRow caseRow(ResultSet row, int n) throws SQLException {
        OffsetDateTime closed = row.getObject("closed", OffsetDateTime.class);
        return new CaseRow(
                row.getString("number"),
                row.getString("kind"),
                row.getString("title"),
                row.getString("session_id"),
                row.getString("file_number"),
                row.getString("status"),
                row.getString("status_name"),
                row.getString("unit"),
                row.getBoolean("important"),
                instant(row, "opened"),
                closed == null ? null : closed.toInstant(),
                row.getInt("version"));
    }

    private static StoredAnswer answer(ResultSet row, int n) throws SQLException {
        return new StoredAnswer(
                row.getString("process"),
                row.getString("task"),
                row.getString("form_id"),
                row.getString("answer"),
                row.getString("person"),
                row.getString("person_name"),
                row.getString("for_whom_name"),
                instant(row, "at"));
    }
}
