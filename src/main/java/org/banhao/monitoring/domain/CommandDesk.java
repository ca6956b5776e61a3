package org.banhao.monitoring.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.gateway.Command;
import org.banhao.monitoring.gateway.CommandResult;
import org.banhao.monitoring.gateway.DeviceCommands;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 反控: commands to devices. Off, until one person opens a command for an outlet with a reason and a second one agrees; every command
 * stands in the device's book. A certified logger's clock and settings are evidence.
 */
@Service
public class CommandDesk {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /** 超标留样. */
    private static final int KEEP_SAMPLE = 3015;

    private static final Map<Integer, String> COMMANDS = commands();

    private final JdbcClient db;
    private final DeviceDesk desk;
    private final Devices devices;
    private final Access access;
    private final ObjectProvider<DeviceCommands> line;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;

    CommandDesk(
            JdbcClient db,
            DeviceDesk desk,
            Devices devices,
            Access access,
            ObjectProvider<DeviceCommands> line,
            TransactionTemplate transaction,
            Audit audit,
            Clock clock) {
        this.db = db;
        this.desk = desk;
        this.devices = devices;
        this.access = access;
        this.line = line;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param agreedByName null: waits for a second person */
    public record Right(
            long id,
            int command,
            String reason,
            Instant validUntil,
            String askedBy,
            String askedByName,
            @Nullable String agreedByName,
            boolean closed) {

        public String commandName() {
            return COMMANDS.getOrDefault(command, String.valueOf(command));
        }

        public String untilWords() {
            return ChineseTime.text(validUntil);
        }
    }

    /** A right with the outlet it is meant for. */
    public record Entry(Outlet outlet, Right right) {}

    /** Of all outlets: those that wait for a second person first, then open ones, then the latest that are over; at most 200. */
    @Transactional(readOnly = true)
    public List<Entry> entries() {
        access.require(Access.REGISTRY);
        Map<Long, Outlet> outlets = new HashMap<>();
        return db.sql("""
                        select r.*, r.closed_at is not null or r.valid_until <= :now as closed from monitoring_command_right r
                        order by case when r.closed_at is not null or r.valid_until <= :now then 2 when r.agreed_at is null then 0 else 1 end,
                          r.id desc fetch first 200 rows only""")
                .param("now", Moments.sql(clock.instant()))
                .query((row, n) ->
                        new Entry(outlets.computeIfAbsent(row.getLong("outlet_id"), access::outlet), right(row)))
                .list();
    }

    /** Code → name, of those that can be opened. */
    public Map<Integer, String> known() {
        return COMMANDS;
    }

    @Transactional(readOnly = true)
    public List<Right> rights(long outletId) {
        access.outlet(outletId);
        return db.sql("""
                        select id, command, reason, valid_until, asked_by, asked_by_name, agreed_by_name,
                          closed_at is not null or valid_until <= ? as closed
                        from monitoring_command_right where outlet_id = ? order by id desc limit 50""")
                .params(Moments.sql(clock.instant()), outletId)
                .query((row, n) -> right(row))
                .list();
    }

    private static Right right(ResultSet row) throws SQLException {
        return new Right(
                row.getLong("id"),
                row.getInt("command"),
                row.getString("reason"),
                Moments.read(row, "valid_until"),
                row.getString("asked_by"),
                row.getString("asked_by_name"),
                row.getString("agreed_by_name"),
                row.getBoolean("closed"));
    }

    @Transactional
    public void open(long outletId, int command, @Nullable String reason, @Nullable String validUntil) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(outletId);
        if (!COMMANDS.containsKey(command)) throw new Refusal("command", "这条命令不能开通，请在列表中选择。");
        if (command == KEEP_SAMPLE && outlet.kind() != Outlet.Kind.WATER) {
            throw new Refusal("command", "超标留样只用于废水排放口的采样器，请重新选择。");
        }
        String why = Typed.needed("reason", "开通原因", reason, 500);
        Instant now = clock.instant();
        Instant until = Typed.moment("validUntil", "开通至", validUntil);
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
            throw new Refusal("validUntil", "「开通至」应在今后30天之内，请重新选择。");
        }
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_command_right (outlet_id, command, reason, valid_until, asked_at, asked_by, asked_by_name)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(outletId, command, why, Moments.sql(until), Moments.sql(now), who.id(), who.name())
                .update();
        audit.record("monitoring.askCommand", null, outlet.title() + " " + command);
    }

    @Transactional
    public void agree(long outletId, long rightId) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(outletId);
        Right right = right(outletId, rightId);
        Actor who = access.actor();
        if (right.askedBy().equals(who.id())) throw new Refusal("开通命令须由另一人同意，请指挥中心负责人或者另一名数据员办理。");
        int changed = db.sql("""
                        update monitoring_command_right set agreed_at = ?, agreed_by = ?, agreed_by_name = ?
                        where id = ? and agreed_at is null and closed_at is null and asked_by <> ?""")
                .params(Moments.sql(clock.instant()), who.id(), who.name(), rightId, who.id())
                .update();
        if (changed == 0) throw new Refusal("这项开通已经办理过，请刷新页面查看。");
        audit.record("monitoring.agreeCommand", null, outlet.title() + " " + right.command());
        devices.refreshAfterCommit();
    }

    @Transactional
    public void close(long outletId, long rightId) {
        access.require(Access.REGISTRY);
        Outlet outlet = access.outlet(outletId);
        Right right = right(outletId, rightId);
        Actor who = access.actor();
        int changed = db.sql(
                        "update monitoring_command_right set closed_at = ?, closed_by = ?, closed_by_name = ? where id = ? and closed_at is null")
                .params(Moments.sql(clock.instant()), who.id(), who.name(), rightId)
                .update();
        if (changed == 0) throw new Refusal("这项开通已经关闭，请刷新页面查看。");
        audit.record("monitoring.closeCommand", null, outlet.title() + " " + right.command());
        devices.refreshAfterCommit();
    }

    /**
     * Sends a command that is open for the device's outlet, and waits for how it ends, at most a minute. Written into the book before it is
     * sent, and again with its end. Not within a transaction.
     *
     * @param value what the command needs: seconds, minutes, or a factor's code
     * @return what became of it, one Chinese sentence
     */
    public String send(long deviceId, int command, @Nullable String value) {
        access.require(Access.REGISTRY);
        DeviceDesk.Card card = desk.get(deviceId);
        Outlet outlet = access.outlet(card.outletId());
        boolean open = rights(card.outletId()).stream()
                .anyMatch(right -> right.command() == command && right.agreedByName() != null && !right.closed());
        if (!open) throw new Refusal("command", "这个排放口没有开通「" + COMMANDS.getOrDefault(command, "") + "」，请先由两人办理开通。");
        DeviceCommands commands = line.getIfAvailable();
        if (commands == null) throw new Refusal("平台没有开启数据接收，不能发送命令，请联系系统管理员。");
        String content = content(command, value, clock.instant());
        transaction.executeWithoutResult(status -> {
            desk.write(deviceId, "发送命令：" + COMMANDS.get(command) + (content.isEmpty() ? "" : "（" + content + "）"));
            audit.record("monitoring.sendCommand", null, outlet.title() + " " + card.mn() + " " + command);
        });
        CompletableFuture<CommandResult> result = commands.send(card.mn(), Command.of(command, content));
        String end = end(result);
        transaction.executeWithoutResult(status -> {
            desk.write(deviceId, COMMANDS.get(command) + "：" + end);
            audit.record("monitoring.commandEnded", null, card.mn() + " " + command);
        });
        return end;
    }

    private static String end(CompletableFuture<CommandResult> result) {
        try {
            return result.get(60, TimeUnit.SECONDS).sentence();
        } catch (TimeoutException e) {
            return "一分钟内没有结果，请稍后查看数据。";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "平台正在停止，没有等到结果。";
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static String content(int command, @Nullable String value, Instant now) {
        return switch (command) {
            case 1012 -> "SystemTime=" + MOMENT.format(ZonedDateTime.ofInstant(now, ChineseTime.ZONE));
            case 1062 -> "RtdInterval=" + Typed.integer("value", "实时数据间隔（秒）", value, 30, 3600);
            case 1064 -> {
                int minutes = Typed.integer("value", "分钟数据间隔（分钟）", value, 1, 30);
                if (60 % minutes != 0) throw new Refusal("value", "「分钟数据间隔」应能整除60，请重新填写。");
                yield "MinInterval=" + minutes;
            }
            case 3012, 3014 -> {
                String factor = Typed.needed("value", "监测因子编码", value, 24);
                if (!factor.matches("[0-9A-Za-z]+")) throw new Refusal("value", "「监测因子编码」只能是数字和字母，请核对。");
                yield "PolId=" + factor;
            }
            default -> "";
        };
    }

    private Right right(long outletId, long rightId) {
        return rights(outletId).stream()
                .filter(one -> one.id() == rightId)
                .findFirst()
                .orElseThrow(() -> new Refusal("没有这项开通，请刷新页面后再试。"));
    }

    private static Map<Integer, String> commands() {
        Map<Integer, String> names = new LinkedHashMap<>();
        names.put(1011, "提取现场机时间");
        names.put(1012, "设置现场机时间");
        names.put(1061, "提取实时数据间隔");
        names.put(1062, "设置实时数据间隔");
        names.put(1063, "提取分钟数据间隔");
        names.put(1064, "设置分钟数据间隔");
        names.put(3012, "即时采样");
        names.put(3014, "比对采样");
        names.put(KEEP_SAMPLE, "超标留样");
        return java.util.Collections.unmodifiableMap(names);
    }
}
