package org.banhao.monitoring.domain;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.gateway.Device;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Standard;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 数采仪 and meters: how they speak, their book, and whether what they say may be evidence. */
@Service
@Transactional
public class DeviceDesk {

    /** Passwords of manuals and of habit: who knows one knows them all. */
    private static final Set<String> WEAK =
            Set.of("123456", "000000", "111111", "666666", "888888", "654321", "123123", "");

    private static final Pattern MN = Pattern.compile("[0-9A-Za-z_-]{5,64}");
    private static final Pattern PASSWORD = Pattern.compile("[!-~&&[^;,=&#]]{1,32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient db;
    private final Devices devices;
    private final Access access;
    private final Papers papers;
    private final Audit audit;
    private final Clock clock;

    DeviceDesk(JdbcClient db, Devices devices, Access access, Papers papers, Audit audit, Clock clock) {
        this.papers = papers;
        this.db = db;
        this.devices = devices;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * As typed.
     *
     * @param kind logger 数采仪, meter 用电监测终端
     * @param password empty: stays; for a new meter, which is not heard on the line, one is made
     * @param weakUntil last day on which a password everybody knows is let through
     * @param addresses networks, by comma
     * @param addressesBind other addresses are refused; else they only raise a note
     */
    public record Input(
            @Nullable String mn,
            @Nullable String name,
            @Nullable String kind,
            @Nullable String standard,
            @Nullable String password,
            @Nullable String weakUntil,
            @Nullable String weakReason,
            @Nullable String checksum,
            boolean lowerCase,
            boolean oversize,
            @Nullable String key,
            boolean encryptionRequired,
            @Nullable String addresses,
            boolean addressesBind,
            @Nullable String realtimeSeconds,
            @Nullable String minutes,
            boolean backfill,
            @Nullable String installedOn) {

        /** What is usual, for tables that say no more. */
        static Input usual(
                String mn,
                String name,
                String kind,
                String standard,
                String password,
                String weakUntil,
                String weakReason,
                String installedOn) {
            return new Input(
                    mn,
                    name,
                    kind,
                    standard,
                    password,
                    weakUntil,
                    weakReason,
                    "STANDARD",
                    true,
                    false,
                    null,
                    false,
                    null,
                    false,
                    "60",
                    "10",
                    true,
                    installedOn);
        }
    }

    record Checked(
            String mn,
            String name,
            String kind,
            int standard,
            @Nullable String password,
            @Nullable LocalDate weakUntil,
            @Nullable String weakReason,
            String checksum,
            boolean lowerCase,
            int largest,
            @Nullable String key,
            boolean encryptionRequired,
            String addresses,
            boolean addressesBind,
            int realtimeSeconds,
            int minutes,
            boolean backfill,
            LocalDate installedOn) {}

    /** A device as its page shows it; never the password nor the key. */
    public record Card(
            long id,
            long outletId,
            String mn,
            String name,
            boolean meter,
            int standard,
            @Nullable LocalDate weakUntil,
            @Nullable String weakReason,
            String checksum,
            boolean lowerCase,
            int largest,
            boolean encrypted,
            boolean encryptionRequired,
            String addresses,
            boolean addressesBind,
            int realtimeSeconds,
            int minutes,
            boolean backfill,
            LocalDate installedOn,
            @Nullable LocalDate removedOn,
            @Nullable Instant heardAt,
            @Nullable String address,
            @Nullable Long clockAhead,
            long refused,
            @Nullable String refusedWhy) {

        public String kindName() {
            return meter ? "用电监测终端" : "数采仪";
        }

        public String standardName() {
            return Devices.standard(standard).title();
        }

        /** 2026年3月26日 10:00（周四）, or that it was never heard. */
        public String heardWords() {
            return heardAt == null ? "从未收到报文" : ChineseTime.text(heardAt);
        }

        /** Whether it calls from where it usually does not: a note, since mobile routers change. */
        public boolean elsewhere() {
            String from = address;
            if (from == null || addresses.isEmpty()) return false;
            try {
                Device hint =
                        new Device(mn, 0, Dialect.of(Standard.HJ_212_2017), "", Devices.networks(addresses), false);
                return !hint.mayCallFrom(from);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        /** More than two minutes off. */
        public boolean clockWrong() {
            return DeviceDesk.clockWrong(clockAhead);
        }

        public String clockWords() {
            return clockAhead == null ? "" : DeviceDesk.clockWords(clockAhead);
        }
    }

    /** Farther from ours than two minutes. */
    static boolean clockWrong(@Nullable Long ahead) {
        return ahead != null && Math.abs(ahead) > 120;
    }

    /** @param ahead seconds; 快3分钟, 慢12秒, 准 */
    static String clockWords(long ahead) {
        if (ahead == 0) return "准";
        long seconds = Math.abs(ahead);
        String much = seconds < 120
                ? seconds + "秒"
                : seconds < 7200
                        ? seconds / 60 + "分钟"
                        : seconds < 172_800 ? seconds / 3600 + "小时" : seconds / 86_400 + "天";
        return (ahead > 0 ? "快" : "慢") + much;
    }

    public record Entry(Instant at, String personName, String text) {

        public String when() {
            return ChineseTime.text(at);
        }
    }

    public record Review(
            String paper,
            String paperNumber,
            LocalDate paperOn,
            String location,
            String publishedAt,
            LocalDate publishedOn,
            boolean passed,
            String remark,
            LocalDate validFrom,
            @Nullable LocalDate validUntil,
            String reviewedByName,
            @Nullable String documentId) {

        public String paperName() {
            return paper.equals("acceptance") ? "验收" : "备案";
        }
    }

    /** @param packets how many, since the first */
    public record Stranger(String mn, String address, String why, Instant lastAt, long packets) {

        public String lastWords() {
            return ChineseTime.text(lastAt);
        }

        public String whyName() {
            return switch (why) {
                case "unknown_device" -> "设备没有登记";
                case "password" -> "访问密码错误";
                case "address" -> "不在允许的地址段";
                case "checksum" -> "CRC校验错误";
                case "too_long" -> "超过允许的长度";
                case "encryption" -> "加密设置不一致";
                default -> "报文不完整";
            };
        }
    }

    // ---- reading

    @Transactional(readOnly = true)
    public List<Card> ofOutlet(long outletId) {
        access.outlet(outletId);
        return cards(" where d.outlet_id = ? order by d.removed_on nulls first, d.id", outletId);
    }

    /** @throws org.springframework.security.access.AccessDeniedException no such device, or not to be seen */
    @Transactional(readOnly = true)
    public Card get(long id) {
        List<Card> found = cards(" where d.id = ?", id);
        access.outlet(found.isEmpty() ? 0 : found.get(0).outletId());
        return found.get(0);
    }

    /** Latest first, at most 200. */
    @Transactional(readOnly = true)
    public List<Entry> book(long id) {
        get(id);
        return db.sql(
                        "select at, person_name, entry from monitoring_device_book where device_id = ? order by id desc limit 200")
                .param(id)
                .query((row, n) -> new Entry(Moments.read(row, "at"), row.getString(2), row.getString(3)))
                .list();
    }

    @Transactional(readOnly = true)
    public List<Review> reviews(long id) {
        get(id);
        return db.sql("""
                        select paper, paper_number, paper_on, location, published_at, published_on, passed, remark, valid_from, valid_until,
                          reviewed_by_name, document_id from monitoring_device_review where device_id = ? order by valid_from desc, id desc""")
                .param(id)
                .query((row, n) -> new Review(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, LocalDate.class),
                        row.getBoolean(7),
                        row.getString(8),
                        row.getObject(9, LocalDate.class),
                        row.getObject(10, LocalDate.class),
                        row.getString(11),
                        row.getString(12)))
                .list();
    }

    /** Those that knock and are not let in, latest first. */
    @Transactional(readOnly = true)
    public List<Stranger> strangers() {
        access.require(Access.REGISTRY);
        return db.sql(
                        "select mn, address, why, last_at, packets from monitoring_stranger order by last_at desc limit 200")
                .query((row, n) -> new Stranger(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Moments.read(row, "last_at"),
                        row.getLong(5)))
                .list();
    }

    // ---- changing

    public long add(long outletId, Input input) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(outletId);
        Checked checked = check(input, true);
        String password = Objects.requireNonNullElseGet(checked.password(), DeviceDesk::random);
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        try {
            db.sql("""
                            insert into monitoring_device (outlet_id, mn, name, kind, standard, system_code, password, weak_until,
                              weak_reason, checksum, lower_case, largest, cipher_key, encryption_required, addresses, addresses_bind,
                              realtime_seconds, minutes, backfill, installed_on)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .param(outletId)
                    .param(checked.mn())
                    .param(checked.name())
                    .param(checked.kind())
                    .param(checked.standard())
                    .param(systemCode(checked, outlet))
                    .param(password)
                    .param(checked.weakUntil())
                    .param(checked.weakReason())
                    .param(checked.checksum())
                    .param(checked.lowerCase())
                    .param(checked.largest())
                    .param(checked.key())
                    .param(checked.encryptionRequired())
                    .param(checked.addresses())
                    .param(checked.addressesBind())
                    .param(checked.realtimeSeconds())
                    .param(checked.minutes())
                    .param(checked.backfill())
                    .param(checked.installedOn())
                    .update(key, "id");
        } catch (DuplicateKeyException taken) {
            throw new Refusal("mn", "设备唯一标识「" + checked.mn() + "」已经登记过，请核对。");
        }
        long id = Objects.requireNonNull(key.getKeyAs(Long.class));
        db.sql("insert into monitoring_device_state (device_id) values (?)")
                .param(id)
                .update();
        write(
                id,
                "登记设备，" + Devices.standard(checked.standard()).title()
                        + (checked.weakUntil() == null
                                ? ""
                                : "；弱口令放行至" + ChineseTime.text(checked.weakUntil()) + "：" + checked.weakReason()));
        audit.record("monitoring.addDevice", null, outlet.title() + " " + checked.mn());
        devices.refreshAfterCommit();
        return id;
    }

    /** ST: 31 废气, 32 废水; HJ 212-2025 has 44 for what reads electricity. */
    private static int systemCode(Checked device, Outlet outlet) {
        if (device.kind().equals("meter") && device.standard() == 2025) return 44;
        return outlet.kind() == Outlet.Kind.GAS ? 31 : 32;
    }

    /** The MN stays: another device is another entry. */
    public void change(long id, Input input) {
        access.require(Access.REGISTRY);
        Card card = get(id);
        Checked checked = check(input, false);
        if (!checked.mn().equals(card.mn())) throw new Refusal("mn", "设备唯一标识不能改动；换了设备请停用原设备，再登记新设备。");
        if (checked.kind().equals("meter") != card.meter()) throw new Refusal("kind", "设备类型不能改动；换了设备请停用原设备，再登记新设备。");
        String password = checked.password();
        String present = db.sql("select password from monitoring_device where id = ?")
                .param(id)
                .query(String.class)
                .single();
        boolean weak = WEAK.contains(password == null ? present : password);
        if (weak && checked.weakUntil() == null) throw weak();
        db.sql("""
                        update monitoring_device set name = ?, standard = ?, password = coalesce(cast(? as varchar), password),
                          weak_until = ?, weak_reason = ?, checksum = ?, lower_case = ?, largest = ?,
                          cipher_key = coalesce(cast(? as varchar), cipher_key), encryption_required = ?, addresses = ?,
                          addresses_bind = ?, realtime_seconds = ?, minutes = ?, backfill = ?, installed_on = ?
                        where id = ?""")
                .param(checked.name())
                .param(checked.standard())
                .param(password)
                .param(weak ? checked.weakUntil() : null)
                .param(weak ? checked.weakReason() : null)
                .param(checked.checksum())
                .param(checked.lowerCase())
                .param(checked.largest())
                .param(checked.key())
                .param(checked.encryptionRequired())
                .param(checked.addresses())
                .param(checked.addressesBind())
                .param(checked.realtimeSeconds())
                .param(checked.minutes())
                .param(checked.backfill())
                .param(checked.installedOn())
                .param(id)
                .update();
        write(
                id,
                "修改设备设置" + (password == null ? "" : "，更换访问密码") + (checked.key() == null ? "" : "，更换密钥")
                        + (weak
                                ? "；弱口令放行至" + ChineseTime.text(Objects.requireNonNull(checked.weakUntil())) + "："
                                        + checked.weakReason()
                                : "")
                        + "；" + Devices.standard(checked.standard()).title() + "，校验按"
                        + checksumName(checked.checksum()));
        audit.record("monitoring.changeDevice", null, card.mn());
        devices.refreshAfterCommit();
    }

    /** It is not heard any more; its readings stay. */
    public void remove(long id, @Nullable String reason) {
        access.require(Access.REGISTRY);
        Card card = get(id);
        String why = Typed.needed("reason", "停用原因", reason, 500);
        int changed = db.sql("update monitoring_device set removed_on = ? where id = ? and removed_on is null")
                .params(ChineseTime.day(clock.instant()), id)
                .update();
        if (changed == 0) throw new Refusal("这台设备已经停用，请刷新页面查看。");
        write(id, "停用：" + why);
        audit.record("monitoring.removeDevice", null, card.mn());
        devices.refreshAfterCommit();
    }

    /**
     * 证据审核: legal and technical review of the device (行政处罚法第四十一条). Without one that passed and is valid its data may start a
     * check, and never found a penalty.
     *
     * @param scan the paper itself; null: none
     */
    public void review(
            long id,
            @Nullable String paper,
            @Nullable String paperNumber,
            @Nullable String paperOn,
            @Nullable String location,
            @Nullable String publishedAt,
            @Nullable String publishedOn,
            boolean passed,
            @Nullable String remark,
            @Nullable String validFrom,
            @Nullable String validUntil,
            Papers.@Nullable Upload scan) {
        access.require(Access.REGISTRY);
        Card card = get(id);
        if (!"acceptance".equals(paper) && !"filing".equals(paper)) throw new Refusal("paper", "「文书」请选择验收或者备案。");
        LocalDate from = Typed.day("validFrom", "生效日期", validFrom);
        LocalDate until = Typed.dayOrNull("validUntil", "有效期止", validUntil);
        if (until != null && until.isBefore(from)) throw new Refusal("validUntil", "「有效期止」早于「生效日期」，请核对。");
        String words = Typed.text("remark", "审核意见", remark, 2000);
        if (!passed && words.isEmpty()) throw new Refusal("remark", "审核不通过的，请在「审核意见」写明原因。");
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_device_review (device_id, paper, paper_number, paper_on, location, published_at, published_on,
                          passed, remark, valid_from, valid_until, reviewed_by, reviewed_by_name, reviewed_at, document_id)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(id)
                .param(paper)
                .param(Typed.needed("paperNumber", "文号", paperNumber, 60))
                .param(Typed.day("paperOn", "文书日期", paperOn))
                .param(Typed.needed("location", "设置地点", location, 200))
                .param(Typed.needed("publishedAt", "公布方式", publishedAt, 300))
                .param(Typed.day("publishedOn", "公布日期", publishedOn))
                .param(passed)
                .param(words)
                .param(from)
                .param(until)
                .param(who.id())
                .param(who.name())
                .param(Moments.sql(clock.instant()))
                .param(papers.keep(scan, "monitoring.review"))
                .update();
        write(id, "证据审核：" + (passed ? "通过" : "不通过"));
        audit.record("monitoring.reviewDevice", null, card.mn() + "，" + (passed ? "通过" : "不通过"));
    }

    /** Adds to the book; the caller records the act. */
    void write(long deviceId, String entry) {
        Actor who = access.actor();
        db.sql(
                        "insert into monitoring_device_book (device_id, at, person_id, person_name, entry) values (?, ?, ?, ?, ?)")
                .params(deviceId, Moments.sql(clock.instant()), who.id(), who.name(), entry)
                .update();
    }

    Checked check(Input input, boolean fresh) {
        String mn = Typed.needed("mn", "设备唯一标识MN", input.mn(), 64);
        if (!MN.matcher(mn).matches()) throw new Refusal("mn", "「设备唯一标识MN」只能是数字和字母，标准为24个字符，请核对。");
        String kind =
                switch (input.kind() == null ? "" : input.kind().strip()) {
                    case "logger", "数采仪" -> "logger";
                    case "meter", "用电监测终端" -> "meter";
                    default -> throw new Refusal("kind", "「设备类型」请填数采仪或者用电监测终端。");
                };
        int standard =
                switch (input.standard() == null ? "" : input.standard().strip()) {
                    case "2005" -> 2005;
                    case "2017" -> 2017;
                    case "2025" -> 2025;
                    default -> throw new Refusal("standard", "「标准版本」请填2005、2017或2025。");
                };
        String password = input.password() == null || input.password().isBlank()
                ? null
                : input.password().strip();
        if (password != null && !PASSWORD.matcher(password).matches()) {
            throw new Refusal("password", "「访问密码」不能有空格、汉字和 ; , = & # ，请核对。");
        }
        if (password == null && fresh && kind.equals("logger")) throw new Refusal("password", "请填写「访问密码」。");
        LocalDate weakUntil = Typed.dayOrNull("weakUntil", "弱口令放行至", input.weakUntil());
        String weakReason = Typed.text("weakReason", "放行原因", input.weakReason(), 200);
        boolean weak = password != null && WEAK.contains(password);
        if (weak && weakUntil == null) throw weak();
        if (weakUntil != null) {
            LocalDate today = ChineseTime.day(clock.instant());
            if (weakUntil.isBefore(today) || weakUntil.isAfter(today.plusYears(1))) {
                throw new Refusal("weakUntil", "「弱口令放行至」应在今天至一年之内，请重新选择。");
            }
            if (weakReason.isEmpty()) throw new Refusal("weakReason", "放行弱口令请填写「放行原因」。");
        }
        String checksum = input.checksum() == null || input.checksum().isBlank()
                ? "STANDARD"
                : input.checksum().strip();
        if (!Set.of("STANDARD", "MODBUS", "MODBUS_SWAPPED").contains(checksum)) {
            throw new Refusal("checksum", "「校验算法」请在列表中选择。");
        }
        String key = input.key() == null || input.key().isBlank()
                ? null
                : input.key().strip();
        if (key != null && !key.matches("[0-9A-Fa-f]{32}") && !key.matches("[!-~]{16}")) {
            throw new Refusal("key", "「密钥」是16个字符，或者32位十六进制数，请核对。");
        }
        String addresses = Typed.text("addresses", "常用地址段", input.addresses(), 500);
        try {
            var unused = new Device(mn, 31, Dialect.of(Standard.HJ_212_2017), "", Devices.networks(addresses));
        } catch (IllegalArgumentException e) {
            throw new Refusal("addresses", "「常用地址段」请写成10.1.2.3或10.1.2.0/24，多个用逗号隔开。");
        }
        int minutes = Typed.integer("minutes", "分钟数据间隔", input.minutes(), 1, 30);
        if (60 % minutes != 0) throw new Refusal("minutes", "「分钟数据间隔」应能整除60：1、2、3、4、5、6、10、12、15、20、30。");
        return new Checked(
                mn,
                Typed.needed("name", "设备名称", input.name(), 100),
                kind,
                standard,
                password,
                weakUntil,
                weakReason.isEmpty() ? null : weakReason,
                checksum,
                input.lowerCase(),
                input.oversize() ? Dialect.LARGEST_SEGMENT : Dialect.STANDARD_SEGMENT,
                key == null || key.length() == 16 ? key : key.toLowerCase(Locale.ROOT),
                input.encryptionRequired(),
                addresses,
                input.addressesBind(),
                Typed.integer("realtimeSeconds", "实时数据间隔", input.realtimeSeconds(), 1, 3600),
                minutes,
                input.backfill(),
                Typed.day("installedOn", "安装日期", input.installedOn()));
    }

    private static Refusal weak() {
        return new Refusal("password", "这个访问密码人人皆知，请更换；暂时不能更换的，请填写「弱口令放行至」和原因。");
    }

    private static String checksumName(String code) {
        return switch (code) {
            case "MODBUS" -> "CRC-16/Modbus";
            case "MODBUS_SWAPPED" -> "CRC-16/Modbus（高低字节颠倒）";
            default -> "标准附录A";
        };
    }

    static String random() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 16; i++) password.append((char) ('a' + RANDOM.nextInt(26)));
        return password.toString();
    }

    private List<Card> cards(String where, long id) {
        return db.sql("""
                        select d.id, d.outlet_id, d.mn, d.name, d.kind, d.standard, d.weak_until, d.weak_reason, d.checksum, d.lower_case,
                          d.largest, d.cipher_key is not null as encrypted, d.encryption_required, d.addresses, d.addresses_bind,
                          d.realtime_seconds, d.minutes, d.backfill, d.installed_on, d.removed_on, s.heard_at, s.address,
                          s.clock_ahead, s.refused, s.refused_why
                        from monitoring_device d join monitoring_device_state s on s.device_id = d.id""" + where).param(id).query((row, n) -> card(row)).list();
    }

    private static Card card(ResultSet row) throws SQLException {
        return new Card(
                row.getLong("id"),
                row.getLong("outlet_id"),
                row.getString("mn"),
                row.getString("name"),
                row.getString("kind").equals("meter"),
                row.getInt("standard"),
                row.getObject("weak_until", LocalDate.class),
                row.getString("weak_reason"),
                row.getString("checksum"),
                row.getBoolean("lower_case"),
                row.getInt("largest"),
                row.getBoolean("encrypted"),
                row.getBoolean("encryption_required"),
                row.getString("addresses"),
                row.getBoolean("addresses_bind"),
                row.getInt("realtime_seconds"),
                row.getInt("minutes"),
                row.getBoolean("backfill"),
                row.getObject("installed_on", LocalDate.class),
                row.getObject("removed_on", LocalDate.class),
                Moments.readOrNull(row, "heard_at"),
                row.getString("address"),
                Moments.id(row, "clock_ahead"),
                row.getLong("refused"),
                row.getString("refused_why"));
    }
}
