package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.Table.Line;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The second way in, beside the line: values that an upper platform hands on, with its marks, and what meters report that speak no
 * HJ 212. All of a file or nothing of it; the same file again changes nothing.
 */
@Service
public class ReadingImport {

    private static final List<String> NEEDED = List.of("MN", "类型", "因子", "时间", "数值");
    private static final Set<String> FLAGS = Set.of("N", "F", "M", "S", "D", "C", "T", "B");
    private static final int MOST_PROBLEMS = 50;
    private static final int LOT = 5000;
    private static final int TIMES = 3;

    private final Devices devices;
    private final ReadingIntake intake;
    private final MarkDesk marks;
    private final Partitions partitions;
    private final Registry registry;
    private final MonitoringProperties settings;
    private final Access access;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    ReadingImport(
            Devices devices,
            ReadingIntake intake,
            MarkDesk marks,
            Partitions partitions,
            Registry registry,
            MonitoringProperties settings,
            Access access,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.devices = devices;
        this.intake = intake;
        this.marks = marks;
        this.partitions = partitions;
        this.registry = registry;
        this.settings = settings;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param place 第3行「时间」 */
    public record Problem(String place, String sentence) {
        String said() {
            return place + "：" + sentence;
        }
    }

    /**
     * @param readings good lines
     * @param fresh how many of them were new or said something else than before; 0 when nothing was stored
     */
    public record Result(int readings, int fresh, List<Problem> problems) {}

    private record Marked(long outletId, String factor, Instant begins, Instant ends, boolean invalid, String label) {}

    private record Checked(List<Reading> readings, List<Marked> marks, List<Problem> problems) {}

    /** Names each bad line and cell; nothing is stored. */
    public Result dryRun(byte[] file) {
        access.require(Access.REGISTRY);
        Checked checked = check(Table.of(file, NEEDED));
        return new Result(checked.readings().size(), 0, checked.problems());
    }

    /**
     * Stores all lines, or none.
     *
     * @throws Refusal the first bad line
     */
    public Result adopt(byte[] file) {
        access.require(Access.REGISTRY);
        Checked checked = check(Table.of(file, NEEDED));
        if (!checked.problems().isEmpty()) {
            throw new Refusal("file", checked.problems().get(0).said());
        }
        partitions.ensure(
                checked.readings().stream().map(Reading::time).collect(Collectors.toSet()), List.of(clock.instant()));
        return new Result(checked.readings().size(), store(checked), List.of());
    }

    /** A device may send the same hour at the same moment: the file is taken again then, and finds it there. */
    private int store(Checked checked) {
        for (int times = 1; ; times++) {
            try {
                Integer fresh = transaction.execute(status -> storeAll(checked));
                return fresh == null ? 0 : fresh;
            } catch (DuplicateKeyException | ConcurrencyFailureException e) {
                if (times == TIMES) throw new Overtaken("设备正在上传同一时段的数据，请稍后再导入一次。");
            }
        }
    }

    private int storeAll(Checked checked) {
        int count = 0;
        List<Reading> all = checked.readings();
        for (int at = 0; at < all.size(); at += LOT) {
            count +=
                    intake.take(all.subList(at, Math.min(all.size(), at + LOT))).size();
        }
        mark(checked.marks());
        audit.record("monitoring.importReadings", null, all.size() + "行，其中" + count + "行为新数据");
        return count;
    }

    private record Span(Instant begins, Instant ends) {

        Span with(Span other) {
            return new Span(
                    begins.isBefore(other.begins) ? begins : other.begins,
                    ends.isAfter(other.ends) ? ends : other.ends);
        }
    }

    /** Each outlet is judged again once, and not for each line. */
    private void mark(List<Marked> marked) {
        Map<Long, Span> spans = new TreeMap<>();
        for (Marked mark : marked) {
            boolean fresh = marks.set(
                    mark.outletId(),
                    mark.factor(),
                    mark.begins(),
                    mark.ends(),
                    mark.invalid(),
                    mark.label(),
                    null,
                    "数据文件");
            if (fresh) spans.merge(mark.outletId(), new Span(mark.begins(), mark.ends()), Span::with);
        }
        spans.forEach((outletId, span) -> marks.tell(outletId, span.begins(), span.ends()));
    }

    private Checked check(Table table) {
        List<Reading> readings = new ArrayList<>();
        List<Marked> marked = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Factor> factors = new LinkedHashMap<>();
        for (Factor factor : registry.factors()) {
            factors.put(factor.code(), factor);
            factors.putIfAbsent(factor.name(), factor);
        }
        Map<ReadingKey, Integer> lines = new TreeMap<>();
        Map<Long, Boolean> meters = new HashMap<>();
        for (Line line : table.lines()) {
            if (problems.size() >= MOST_PROBLEMS) break;
            try {
                Reading reading = reading(line, factors, meters);
                Integer before = lines.put(ReadingKey.of(reading), line.number());
                if (before != null) throw new Refusal("时间", "与第" + before + "行重复，请删去一行。");
                readings.add(reading);
                Marked mark = mark(line, reading);
                if (mark != null) marked.add(mark);
            } catch (Refusal refusal) {
                problems.add(new Problem("第" + line.number() + "行「" + refusal.field() + "」", refusal.sentence()));
            }
        }
        if (readings.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem("第1行「MN」", "文件里没有数据，请在列名下面逐行填写。"));
        }
        return new Checked(readings, marked, problems);
    }

    /** @param meters which devices are meters, as far as they were met */
    private Reading reading(Line line, Map<String, Factor> factors, Map<Long, Boolean> meters) {
        String mn = Typed.needed("MN", "MN", line.get("MN"), 64);
        KnownDevice device = devices.known(mn);
        if (device == null) throw new Refusal("MN", "没有登记设备「" + mn + "」，请先登记。");
        ReadingKind kind = kind(line.get("类型"));
        String code = Typed.needed("因子", "因子", line.get("因子"), 24);
        Factor factor = factors.get(device.oldCodes().getOrDefault(code, code));
        if (factor == null) throw new Refusal("因子", "没有监测因子「" + code + "」，请按编码表填写，例如a21026。");
        Instant time = kind.begin(Typed.moment("时间", "时间", line.get("时间")));
        Instant now = clock.instant();
        if (time.isAfter(now)) throw new Refusal("时间", "「时间」在今后，请核对。");
        LocalDate oldest = ChineseTime.day(now).minusMonths(settings.keepMonths() - 1L);
        if (ChineseTime.day(time).isBefore(oldest))
            throw new Refusal("时间", "「时间」早于" + ChineseTime.text(oldest) + "，已过保存期限。");
        String flag = line.get("标记").isEmpty() ? null : line.get("标记");
        if (flag != null && !FLAGS.contains(flag)) throw new Refusal("标记", "「标记」应是N、F、M、S、D、C、T、B之一，请核对。");
        Double value = Typed.numberOrNull("数值", "数值", line.get("数值"));
        Double converted = Typed.numberOrNull("折算值", "折算值", line.get("折算值"));
        if (value == null && converted == null && flag == null) throw new Refusal("数值", "请填写「数值」，没有数值的请填写「标记」。");
        if (value != null && value < 0 && !factor.negative())
            throw new Refusal("数值", "「" + factor.name() + "」不会是负数，请核对。");
        boolean meter = meters.computeIfAbsent(
                device.id(),
                id -> registry.device(id).filter(MonitoringDevice::meter).isPresent());
        return new Reading(
                device.id(),
                kind,
                factor.code(),
                time,
                value,
                Typed.numberOrNull("最小值", "最小值", line.get("最小值")),
                Typed.numberOrNull("最大值", "最大值", line.get("最大值")),
                Typed.numberOrNull("累计值", "累计值", line.get("累计值")),
                converted,
                null,
                null,
                flag,
                // what a meter says by file is its own word, and nobody's above it
                meter ? Reading.Source.DEVICE : Reading.Source.PLATFORM,
                null,
                now,
                time.plus(kind.length()).isBefore(now.minusSeconds(3600)),
                0);
    }

    private @Nullable Marked mark(Line line, Reading reading) {
        String label = line.get("法定标记");
        if (label.isEmpty()) return null;
        String text = Typed.needed("法定标记", "法定标记", label, 60);
        KnownDevice device = java.util.Objects.requireNonNull(devices.known(reading.deviceId()));
        return new Marked(
                device.outletId(),
                reading.factor(),
                reading.time(),
                reading.time()
                        .plus(
                                reading.kind().length().isZero()
                                        ? java.time.Duration.ofMinutes(1)
                                        : reading.kind().length()),
                !text.contains("工况"),
                text);
    }

    private static ReadingKind kind(String word) {
        for (ReadingKind kind : ReadingKind.values()) {
            if (kind.label().equals(word)
                    || kind.name().equalsIgnoreCase(word)
                    || String.valueOf(kind.command()).equals(word)) return kind;
        }
        throw new Refusal("类型", "「类型」请填实时、分钟、小时或者日。");
    }
}
