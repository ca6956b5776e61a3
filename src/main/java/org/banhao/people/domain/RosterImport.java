package org.banhao.people.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.base.SheetTable;
import org.banhao.base.SheetTable.Column;
import org.banhao.base.SheetTable.Kind;
import org.banhao.base.SheetTable.Line;
import org.banhao.base.SheetTable.Problem;
import org.banhao.people.Member;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rosters of members and of units from a table. Looking it through does all of it by the use cases a person would go through and takes
 * it back, so that it finds what the import would find, each bad cell at once; the import does it again, all of it or nothing. Who is
 * in the roster is known by code, by number, or by name and post; accounts are made only when that was asked for.
 */
@Service
public class RosterImport {

    public static final int MOST_MEMBERS = 2000;
    public static final int MOST_UNITS = 500;
    /** A password is made to be slow to guess, and so it is slow to make. */
    private static final int MOST_ACCOUNTS = 500;

    private static final Duration KEPT = Duration.ofDays(1);
    private static final String SAMPLE = "示例";

    /** Column → field of the use case. */
    private static final Map<String, String> MEMBER_FIELDS = fields(
            "姓名", "name", "类别", "kind", "代码", "id", "委员证号", "number", "界别", "sector", "党派", "party", "单位及职务", "post",
            "任职日期", "since", "任期截止", "until", "登录名", "login", "联系人", "contact", "电话", "phone", "电子邮箱", "email");

    private static final Map<String, String> UNIT_FIELDS = fields("单位代码", "id", "单位名称", "name", "所属系统", "system");

    private static final List<Column> MEMBERS = List.of(
            new Column("姓名", Kind.WORDS, true, List.of("名称", "单位名称", "姓名或单位名称")),
            new Column("类别", Kind.WORDS, false, List.of()),
            new Column("代码", Kind.CODE, false, List.of()),
            new Column("委员证号", Kind.CODE, false, List.of("证号")),
            new Column("界别", Kind.WORDS, false, List.of()),
            new Column("党派", Kind.WORDS, false, List.of("政治面貌")),
            new Column("单位及职务", Kind.WORDS, false, List.of("工作单位及职务")),
            new Column("任职日期", Kind.DAY, false, List.of()),
            new Column("任期截止", Kind.DAY, false, List.of()),
            new Column("登录名", Kind.CODE, true, List.of("账号")),
            new Column("联系人", Kind.WORDS, false, List.of("联系人姓名")),
            new Column("电话", Kind.CODE, false, List.of("手机")),
            new Column("电子邮箱", Kind.WORDS, false, List.of("邮箱")));

    private static final List<Column> UNITS = List.of(
            new Column("单位代码", Kind.CODE, true, List.of("代码")),
            new Column("单位名称", Kind.WORDS, true, List.of("名称")),
            new Column("所属系统", Kind.WORDS, true, List.of("系统")));

    /** Headings and a sample row of a table to fill in. */
    public static final Map<String, String> MEMBER_SAMPLE = sample(
            MEMBERS,
            "示例：卫林书",
            "委员",
            "",
            "14-0101",
            "教育界",
            "中国共产党",
            "某中学教师",
            "2022-01-10",
            "2027-03-31",
            "wei-linshu",
            "",
            "10000000001",
            "wei-linshu@demo.example");

    public static final Map<String, String> UNIT_SAMPLE = sample(UNITS, "education-bureau", "示例：市教育局", "政府");

    private final JdbcClient db;
    private final Roster roster;
    private final RosterRows rows;
    private final Units units;
    private final Accounts accounts;
    private final PersonRows people;
    private final ObjectMapper json;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate whole;
    private final TransactionTemplate row;

    RosterImport(
            JdbcClient db,
            Roster roster,
            RosterRows rows,
            Units units,
            Accounts accounts,
            PersonRows people,
            ObjectMapper json,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.db = db;
        this.roster = roster;
        this.rows = rows;
        this.units = units;
        this.accounts = accounts;
        this.people = people;
        this.json = json;
        this.audit = audit;
        this.clock = clock;
        this.whole = new TransactionTemplate(transactions);
        this.row = new TransactionTemplate(transactions);
        this.row.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    public enum Outcome {
        NEW("新增"),
        CHANGED("变更"),
        SAME("相同"),
        REFUSED("不能导入");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** @param what changes, or which account is made; empty for what is the same */
    public record Entry(int number, String name, Outcome outcome, String what) {}

    /** An account that was made; the password is shown once. */
    public record Made(String login, String name, String password) {}

    /**
     * What was found, or done.
     *
     * @param id to import it by; 0: there is nothing to import, or it was done
     * @param accounts how many accounts are made
     * @param problems each bad cell, by row
     */
    public record Result(long id, List<Entry> entries, int accounts, List<Problem> problems, List<Made> made) {

        public long count(Outcome outcome) {
            return entries.stream().filter(entry -> entry.outcome() == outcome).count();
        }
    }

    // ---- looking through

    /**
     * Changes no member and no account.
     *
     * @param makeAccounts who has no account gets one
     * @throws Refusal it is no table, or too large
     */
    public Result checkMembers(String by, InputStream xlsx, boolean makeAccounts) {
        return check("members", by, SheetTable.read(xlsx, "名册", MOST_MEMBERS, MEMBERS), makeAccounts);
    }

    /** Changes no unit. @throws Refusal it is no table, or too large */
    public Result checkUnits(String by, InputStream xlsx) {
        return check("units", by, SheetTable.read(xlsx, "单位", MOST_UNITS, UNITS), false);
    }

    private Result check(String kind, String by, SheetTable.Content content, boolean makeAccounts) {
        Result found = run(kind, by, content, makeAccounts, false);
        boolean changes = found.count(Outcome.NEW) + found.count(Outcome.CHANGED) > 0;
        boolean fit = found.problems().isEmpty() && changes;
        long id = fit ? keep(kind, by, content.lines(), makeAccounts, digest(found)) : 0;
        return new Result(id, found.entries(), found.accounts(), found.problems(), List.of());
    }

    /** Telephone numbers of people who never were imported are kept no longer than they may be needed. */
    @Scheduled(cron = "0 30 3 * * *", zone = "Asia/Shanghai")
    public void sweep() {
        whole.executeWithoutResult(status -> {
            int forgotten = db.sql("delete from people_import where at < ?")
                    .param(oldest())
                    .update();
            if (forgotten > 0) audit.record("people.forgetImports", null, forgotten + "份");
        });
    }

    private OffsetDateTime oldest() {
        return clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
    }

    private long keep(String kind, String by, List<Line> lines, boolean makeAccounts, String digest) {
        return Objects.requireNonNull(whole.execute(status -> {
            db.sql("delete from people_import where person_id = ? and kind = ? or at < ?")
                    .params(by, kind, oldest())
                    .update();
            GeneratedKeyHolder key = new GeneratedKeyHolder();
            db.sql("insert into people_import (kind, person_id, at, accounts, lines, digest)"
                            + " values (:kind, :by, :at, :accounts, :lines, :digest)")
                    .param("kind", kind)
                    .param("by", by)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("accounts", makeAccounts)
                    .param("lines", text(lines))
                    .param("digest", digest)
                    .update(key, "id");
            audit.record("people.checkImport", null, kind + "，" + lines.size() + "行");
            return Objects.requireNonNull(key.getKey()).longValue();
        }));
    }

    // ---- importing

    /**
     * All that was looked through, in one transaction.
     *
     * @throws Refusal it was imported already or is too old, or by now it would come to something else
     */
    public Result adopt(String kind, String by, long id) {
        record Kept(boolean accounts, String lines, String digest) {}
        Kept kept = db.sql(
                        "select accounts, lines, digest from people_import where id = ? and kind = ? and person_id = ? and at >= ?")
                .params(id, kind, by, oldest())
                .query((rs, n) -> new Kept(rs.getBoolean(1), rs.getString(2), rs.getString(3)))
                .optional()
                .orElseThrow(RosterImport::gone);
        return Objects.requireNonNull(whole.execute(status -> {
            // whoever sends it twice does it once
            if (db.sql("delete from people_import where id = ?").param(id).update() == 0) throw gone();
            Result done = run(kind, by, new SheetTable.Content(lines(kept.lines()), List.of()), kept.accounts(), true);
            if (!done.problems().isEmpty() || !digest(done).equals(kept.digest())) {
                throw new Refusal("核对以后名册有了变动，没有导入，请重新上传表格核对。");
            }
            audit.record(
                    kind.equals("members") ? "people.importMembers" : "people.importUnits",
                    null,
                    "新增" + done.count(Outcome.NEW) + "，变更" + done.count(Outcome.CHANGED) + "，新建账号" + done.accounts()
                            + "个");
            return done;
        }));
    }

    private static Refusal gone() {
        return new Refusal("这份表格已经导入过，或者核对后超过了一天，请重新上传核对。");
    }

    // ---- both

    /** What has been gone through. */
    private static final class Run {
        private final boolean keep;
        private final boolean makeAccounts;
        private final List<Entry> entries = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<Made> made = new ArrayList<>();
        private final Map<String, Integer> seen = new HashMap<>();
        private int accounts;

        Run(boolean keep, boolean makeAccounts) {
            this.keep = keep;
            this.makeAccounts = makeAccounts;
        }
    }

    private interface Act {
        Entry take(Line line);
    }

    /** In one transaction, which is taken back unless it is kept. */
    private Result run(String kind, String by, SheetTable.Content content, boolean makeAccounts, boolean keep) {
        Run run = new Run(keep, makeAccounts);
        run.problems.addAll(content.problems());
        whole.executeWithoutResult(status -> {
            if (kind.equals("members")) {
                List<RosterRows.Row> present = rows.all();
                each(content, run, MEMBER_FIELDS, "姓名", line -> member(by, line, present, run));
            } else {
                each(content, run, UNIT_FIELDS, "单位名称", line -> unit(line, run));
            }
            if (!keep) status.setRollbackOnly();
        });
        run.problems.sort(Comparator.comparingInt(Problem::row));
        return new Result(0, run.entries, run.accounts, run.problems, run.made);
    }

    private void each(SheetTable.Content content, Run run, Map<String, String> fields, String nameColumn, Act act) {
        Set<Integer> bad = content.problems().stream().map(Problem::row).collect(Collectors.toSet());
        for (Line line : content.lines()) {
            String name = cut(line.get(nameColumn).strip());
            if (bad.contains(line.number())) {
                run.entries.add(new Entry(line.number(), name, Outcome.REFUSED, "见下面的问题"));
                continue;
            }
            try {
                if (name.startsWith(SAMPLE)) throw new Refusal("name", "这是表格里的示例，请删去这一行。");
                // what the database refuses must not spoil what comes after it
                run.entries.add(Objects.requireNonNull(row.execute(status -> act.take(line))));
            } catch (Refusal refusal) {
                String column = fields.entrySet().stream()
                        .filter(one -> one.getValue().equals(refusal.field()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
                run.problems.add(new Problem(line.place(column), refusal.sentence()));
                run.entries.add(new Entry(line.number(), name, Outcome.REFUSED, refusal.sentence()));
            }
        }
    }

    private static void once(Run run, Line line, String field, String key) {
        Integer before = run.seen.putIfAbsent(field + " " + key, line.number());
        if (before != null) throw new Refusal(field, "与第" + before + "行重复，请删去一行。");
    }

    // ---- members

    private Entry member(String by, Line line, List<RosterRows.Row> present, Run run) {
        String name = Accounts.text("name", "姓名", line.get("姓名"), 50);
        String word = line.get("类别").strip();
        String kind = word.isEmpty()
                ? "member"
                : Roster.KINDS.entrySet().stream()
                        .filter(one -> one.getValue().equals(word))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> new Refusal(
                                "kind",
                                "没有类别“" + cut(word) + "”，请填" + String.join("、", Roster.KINDS.values()) + "之一。"));
        String login = line.get("登录名").strip().toLowerCase(Locale.ROOT);
        RosterRows.Row known = known(line, kind, name, login, present);
        if (known != null) return change(line, known, name, login, run);
        if (login.isEmpty()) throw new Refusal("login", "请填写「登录名」：已有账号的填账号，没有的填想用的登录名。");
        once(run, line, "login", kind + " " + login);
        String id = line.get("代码").strip();
        if (!id.isEmpty()) once(run, line, "id", id.toLowerCase(Locale.ROOT));
        String number = line.get("委员证号").strip();
        if (!number.isEmpty()) once(run, line, "number", number);
        if (!kind.equals("member") && id.isEmpty()) throw new Refusal("id", "提案单位请填写「代码」，如 sector-agriculture。");
        Roster.Input input = input(line, id, kind, name, null);
        if (people.find(login).isPresent()) {
            add(by, input, login, run);
            return new Entry(line.number(), name, Outcome.NEW, "账号" + login);
        }
        if (!run.makeAccounts) {
            throw new Refusal("login", "没有账号「" + cut(login) + "」，请先新建账号，或者在导入时勾选“同时新建账号”。");
        }
        if (++run.accounts > MOST_ACCOUNTS) throw new Refusal("login", "一次最多新建" + MOST_ACCOUNTS + "个账号，请分开导入。");
        String person = kind.equals("member") ? name : Accounts.text("contact", "联系人", line.get("联系人"), 50);
        Accounts.NewAccount account =
                new Accounts.NewAccount(login, person, line.get("单位及职务"), line.get("电子邮箱"), line.get("电话"));
        if (run.keep) {
            Roster.Added added = roster.add(by, input, account);
            run.made.add(new Made(login, person, Objects.requireNonNull(added.password())));
        } else {
            accounts.tryOut(account);
            add(by, input, login, run);
        }
        return new Entry(line.number(), name, Outcome.NEW, "新建账号" + login);
    }

    private void add(String by, Roster.Input input, String login, Run run) {
        if (run.keep) roster.add(by, input, login);
        else roster.tryOut(by, input, login);
    }

    /**
     * By code, by number, else by name together with the account or the post: two may share a name. An organisation is known by its
     * name alone.
     *
     * @return null: somebody new
     * @throws Refusal it may be one who is known, or another of his name
     */
    private static RosterRows.@Nullable Row known(
            Line line, String kind, String name, String login, List<RosterRows.Row> present) {
        String id = line.get("代码").strip().toLowerCase(Locale.ROOT);
        String number = line.get("委员证号").strip();
        if (!id.isEmpty()) {
            return present.stream()
                    .filter(one -> one.member().id().equals(id))
                    .findFirst()
                    .orElse(null);
        }
        List<RosterRows.Row> same = number.isEmpty()
                ? List.of()
                : present.stream()
                        .filter(one -> one.member().number().equals(number))
                        .toList();
        if (same.isEmpty()) same = named(line, kind, name, login, number, present);
        if (same.size() > 1) throw new Refusal("name", "名册里有几位“" + cut(name) + "”，请在「代码」或「委员证号」里写明是哪一位。");
        return same.isEmpty() ? null : same.get(0);
    }

    private static List<RosterRows.Row> named(
            Line line, String kind, String name, String login, String number, List<RosterRows.Row> present) {
        String post = line.get("单位及职务").strip();
        List<RosterRows.Row> all = present.stream()
                .filter(one ->
                        one.member().kind().equals(kind) && one.member().name().equals(name))
                // of two of one name each has a number of his own
                .filter(one -> number.isEmpty() || one.member().number().isEmpty())
                .toList();
        boolean person = kind.equals("member");
        if (all.isEmpty() || !person && all.size() == 1) return all;
        List<RosterRows.Row> same = all.stream()
                .filter(one -> one.member().personId().equals(login))
                .toList();
        if (same.isEmpty() && !post.isEmpty()) {
            same = all.stream().filter(one -> one.member().post().equals(post)).toList();
        }
        // who has a number or an account of his own is another one
        if (same.isEmpty() && number.isEmpty() && login.isEmpty()) {
            throw new Refusal("name", "名册里已有同名的“" + cut(name) + "”，请在「代码」或「委员证号」里写明；是另一位的，请填写「登录名」。");
        }
        return same;
    }

    private Entry change(Line line, RosterRows.Row known, String name, String login, Run run) {
        Member member = known.member();
        once(run, line, "name", member.id());
        if (!login.isEmpty() && !login.equals(member.personId())) {
            throw new Refusal("login", "名册里登记的账号是“" + member.personId() + "”，更换账号请在委员名册里办理。");
        }
        Roster.Input input = input(line, member.id(), member.kind(), name, known);
        List<String> changes = new ArrayList<>();
        differs(changes, "姓名", member.name(), name);
        differs(changes, "委员证号", member.number(), input.number());
        differs(changes, "界别", member.sector(), input.sector());
        differs(changes, "党派", member.party(), input.party());
        differs(changes, "单位及职务", member.post(), input.post());
        differs(changes, "任职日期", day(known.since()), day(input.since()));
        differs(changes, "任期截止", day(member.inOfficeUntil()), day(input.until()));
        if (changes.isEmpty()) return new Entry(line.number(), name, Outcome.SAME, "");
        roster.change(member.id(), input);
        return new Entry(line.number(), name, Outcome.CHANGED, String.join("；", changes));
    }

    /** What the table has no word for stays as it is. */
    private static Roster.Input input(Line line, String id, String kind, String name, RosterRows.@Nullable Row known) {
        return new Roster.Input(
                id,
                kind,
                name,
                or(line.get("委员证号"), known == null ? "" : known.member().number()),
                or(line.get("界别"), known == null ? "" : known.member().sector()),
                or(line.get("党派"), known == null ? "" : known.member().party()),
                or(line.get("单位及职务"), known == null ? "" : known.member().post()),
                day(line.get("任职日期"), known == null ? null : known.since()),
                day(line.get("任期截止"), known == null ? null : known.member().inOfficeUntil()));
    }

    private static String or(String typed, String before) {
        return typed.isBlank() ? before : typed.strip();
    }

    private static @Nullable LocalDate day(String typed, @Nullable LocalDate before) {
        return typed.isBlank() ? before : LocalDate.parse(typed);
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private static void differs(List<String> changes, String label, String before, @Nullable String now) {
        String next = now == null ? "" : now;
        if (!before.equals(next)) changes.add(label + "：" + (before.isEmpty() ? "（空）" : before) + " → " + next);
    }

    // ---- units

    private Entry unit(Line line, Run run) {
        String id = line.get("单位代码").strip();
        String name = Accounts.text("name", "单位名称", line.get("单位名称"), 50);
        String system = line.get("所属系统").strip();
        if (id.isEmpty()) throw new Refusal("id", "请填写「单位代码」，如 education-bureau。");
        if (!Units.SYSTEMS.contains(system)) {
            throw new Refusal("system", "没有系统“" + cut(system) + "”，请填" + String.join("、", Units.SYSTEMS) + "之一。");
        }
        once(run, line, "id", id);
        Unit known = people.unit(id).orElse(null);
        if (known == null) {
            units.add(id, name, system);
            return new Entry(line.number(), name, Outcome.NEW, id);
        }
        if (!known.active()) throw new Refusal("id", "「" + known.name() + "」已停用，请先在单位页恢复使用。");
        List<String> changes = new ArrayList<>();
        differs(changes, "名称", known.name(), name);
        differs(changes, "所属系统", known.system(), system);
        if (changes.isEmpty()) return new Entry(line.number(), name, Outcome.SAME, "");
        units.change(id, name, system);
        return new Entry(line.number(), name, Outcome.CHANGED, String.join("；", changes));
    }

    // ---- what is kept in between

    private String text(List<Line> lines) {
        try {
            return json.writeValueAsString(lines);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Line> lines(String text) {
        try {
            return json.readValue(text, new TypeReference<List<Line>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(Result result) {
        return Passwords.digest(result.entries().stream()
                .map(one -> one.number() + " " + one.outcome() + " " + one.name() + " " + one.what())
                .collect(Collectors.joining("\n")));
    }

    private static String cut(String words) {
        return words.length() > 30 ? words.substring(0, words.offsetByCodePoints(0, 15)) + "…" : words;
    }

    private static Map<String, String> fields(String... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) fields.put(pairs[i], pairs[i + 1]);
        return fields;
    }

    private static Map<String, String> sample(List<Column> columns, String... values) {
        Map<String, String> sample = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) sample.put(columns.get(i).name(), values[i]);
        return Collections.unmodifiableMap(sample);
    }
}
