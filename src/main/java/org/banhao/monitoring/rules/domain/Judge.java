package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.MarkWatch;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.PowerFormula;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.ReadingWatch;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.Arrivals;
import org.banhao.monitoring.rules.Finding;
import org.banhao.monitoring.rules.Period;
import org.banhao.monitoring.rules.PeriodJudging;
import org.banhao.monitoring.rules.PowerJudging;
import org.banhao.monitoring.rules.PowerState;
import org.banhao.monitoring.rules.RuleKey;
import org.banhao.monitoring.rules.RuleState;
import org.banhao.monitoring.rules.Silence;
import org.banhao.monitoring.rules.Surroundings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Judges readings inside the transaction that stores them. Data that follow those judged before are judged as they come; for data that come
 * late everything since the slot they fall into is judged anew from what is stored, so that the order in which they come does not matter.
 * Nobody else judges the same outlet meanwhile, on whichever node.
 *
 * <p>A rule that fails never keeps readings from being stored: the outlet is noted and judged again by the sweep.
 */
@Component
class Judge implements ReadingWatch, MarkWatch {

    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    /** Data older than this are stored and no more judged by themselves. */
    static final Duration HORIZON = Duration.ofDays(45);
    /** Meters do not send at the same moment: the clock goes on this long behind. */
    private static final Duration LAG = Duration.ofMinutes(1);
    /** An hour that a device does not send is made of its minutes at H+20 and at most so much later: until then nobody can say that it is missing. */
    private static final Duration COMPUTED = Duration.ofMinutes(7);
    /** Stops and orders that begin later concern nothing that is judged now. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private final Registry registry;
    private final Readings readings;
    private final Marks marks;
    private final BookRows books;
    private final StateRows states;
    private final EpisodeRows episodes;
    private final EpisodeKeeper keeper;
    private final History history;
    private final Clock clock;
    private final TransactionTemplate nested;

    Judge(
            Registry registry,
            Readings readings,
            Marks marks,
            BookRows books,
            StateRows states,
            EpisodeRows episodes,
            EpisodeKeeper keeper,
            History history,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.registry = registry;
        this.readings = readings;
        this.marks = marks;
        this.books = books;
        this.states = states;
        this.episodes = episodes;
        this.keeper = keeper;
        this.history = history;
        this.clock = clock;
        this.nested = new TransactionTemplate(transactions);
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    Known known() {
        return new Known(registry, marks, books);
    }

    /** To the second, as moments are compared with stored ones. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public void stored(List<Reading> lot) {
        Instant now = now();
        Map<Long, Lot> byOutlet = new TreeMap<>();
        Map<Long, Optional<MonitoringDevice>> devices = new HashMap<>();
        Map<Long, Set<Long>> meters = meters(lot);
        for (Reading reading : lot) {
            if (reading.time().isBefore(now.minus(HORIZON)) || reading.time().isAfter(now.plus(AHEAD))) continue;
            if (mayTellPower(reading))
                for (long outletId : meters.getOrDefault(reading.deviceId(), Set.of()))
                    byOutlet.computeIfAbsent(outletId, Lot::of).power().add(reading);
            if (reading.kind() == ReadingKind.REALTIME) continue;
            devices.computeIfAbsent(reading.deviceId(), registry::device)
                    .ifPresent(device -> byOutlet.computeIfAbsent(device.outletId(), Lot::of)
                            .own()
                            .add(reading));
        }
        Known known = known();
        byOutlet.forEach(
                (outletId, some) -> safely(outletId, some.earliest(), () -> judge(outletId, some, known, now)));
    }

    /**
     * What of a lot concerns one outlet.
     *
     * @param own of its devices, without realtime values
     * @param power realtime and minutes of meters that tell the power of its equipment, wherever these are registered
     */
    private record Lot(List<Reading> own, List<Reading> power) {

        static Lot of(long outletId) {
            return new Lot(new ArrayList<>(), new ArrayList<>());
        }

        Instant earliest() {
            return Stream.concat(own.stream(), power.stream())
                    .map(Reading::time)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        boolean late() {
            return Stream.concat(own.stream(), power.stream()).anyMatch(Reading::late);
        }
    }

    private static boolean mayTellPower(Reading reading) {
        return reading.kind() == ReadingKind.REALTIME || reading.kind() == ReadingKind.MINUTE;
    }

    /** Realtime values and minutes are of interest where they tell the power of equipment; the many others cost one look-up a lot. */
    private Map<Long, Set<Long>> meters(List<Reading> lot) {
        return lot.stream().anyMatch(Judge::mayTellPower) ? books.meters() : Map.of();
    }

    private static Instant earliest(List<Reading> some) {
        return some.stream().map(Reading::time).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** What fails is undone for this outlet alone and noted. */
    private void safely(long outletId, Instant since, Runnable judging) {
        try {
            nested.executeWithoutResult(status -> judging.run());
        } catch (RuntimeException e) {
            LOG.error("Outlet {} could not be judged and will be judged again", outletId, e);
            StateRows.Held held = states.hold(outletId);
            Instant before = held.behindSince();
            if (before == null || since.isBefore(before)) states.behind(outletId, since);
        }
    }

    private void judge(long outletId, Lot lot, Known known, Instant now) {
        Outlet outlet = known.inUse(outletId).orElse(null);
        if (outlet == null) return;
        states.hold(outletId);
        Surroundings around = around(known, outlet, lot.earliest(), now);
        Cause cause = lot.late() ? Cause.LATE_DATA : Cause.NEW;
        Instant powerChanged = power(outletId, lot.power(), around, cause);
        List<Reading> some = lot.own();
        for (ReadingKind kind : List.of(ReadingKind.MINUTE, ReadingKind.HOUR, ReadingKind.DAY)) {
            TreeSet<Instant> times = new TreeSet<>();
            for (Reading reading : some) if (reading.kind() == kind) times.add(reading.time());
            if (!times.isEmpty()) periods(outletId, kind, times, around, cause);
        }
        if (powerChanged != null) productionTold(outletId, powerChanged, around, cause);
        arrived(outletId, some, around);
        lateForSilence(outletId, some);
    }

    private Surroundings around(Known known, Outlet outlet, Instant from, Instant now) {
        // a slot and the run before it begin earlier
        return known.around(outlet, from.minus(Duration.ofDays(3)), now.plus(AHEAD));
    }

    // ---- periods of readings

    private void periods(long outletId, ReadingKind kind, SortedSet<Instant> times, Surroundings around, Cause cause) {
        Family family = Family.of(kind);
        Optional<StateRows.Row> latest = states.latest(outletId, family);
        Instant until = latest.map(StateRows.Row::until).orElse(null);
        if (until != null && times.first().isBefore(until)) {
            periodsAnew(outletId, kind, times.first(), times.last(), around, cause);
            return;
        }
        Map<RuleKey, RuleState> before =
                latest.map(row -> StateRows.rules(row.json())).orElse(Map.of());
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        foldPeriods(
                outletId,
                kind,
                before,
                history.periods(outletId, kind, times.first(), after(times.last()), around.equipment()),
                around,
                one -> found.put(one.key(), one));
        keeper.keep(outletId, found.values(), Set.of(), null, cause);
    }

    private static Instant after(Instant time) {
        return time.plusMillis(1);
    }

    private Map<RuleKey, RuleState> foldPeriods(
            long outletId,
            ReadingKind kind,
            Map<RuleKey, RuleState> before,
            List<Period> periods,
            Surroundings around,
            Consumer<Finding> told) {
        Family family = Family.of(kind);
        Map<RuleKey, RuleState> state = before;
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            state = PeriodJudging.judge(state, period, around, told);
            Instant slot = family.slot(period.begins());
            boolean last = i + 1 == periods.size()
                    || !family.slot(periods.get(i + 1).begins()).equals(slot);
            if (last) states.save(outletId, family, slot, period.ends(), StateRows.json(state));
        }
        return state;
    }

    /** From the slot of that moment on, up to where it was judged before. */
    private void periodsAnew(
            long outletId, ReadingKind kind, Instant from, @Nullable Instant last, Surroundings around, Cause cause) {
        Family family = Family.of(kind);
        Instant until =
                states.latest(outletId, family).map(StateRows.Row::until).orElse(null);
        if (last != null && (until == null || !last.isBefore(until))) until = after(last);
        if (until == null) return;
        Instant slot = family.slot(from);
        Map<RuleKey, RuleState> before = states.before(outletId, family, slot)
                .map(row -> StateRows.rules(row.json()))
                .orElse(Map.of());
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        states.forgetFrom(outletId, family, slot);
        Map<RuleKey, RuleState> end = foldPeriods(
                outletId,
                kind,
                before,
                history.periods(outletId, kind, slot, until, around.equipment()),
                around,
                one -> found.put(one.key(), one));
        PlannedStop stop = around.stopAt(now()).orElse(null);
        if (stop != null) {
            // nothing may come that would end it
            end = PeriodJudging.stopped(end, stop, one -> found.put(one.key(), one));
            StateRows.Row latest = states.latest(outletId, family).orElse(null);
            if (latest != null) states.save(outletId, family, latest.slot(), latest.until(), StateRows.json(end));
        }
        goesOn(end.values(), found);
        keeper.keep(outletId, found.values(), family.rules(), slot, cause);
    }

    private static void goesOn(Collection<RuleState> states, Map<Finding.Key, Finding> found) {
        for (RuleState state : states) {
            Finding open = state.open();
            if (open != null) found.put(open.key(), open);
        }
    }

    // ---- power

    /** @return from when on what is known of production has changed for hours that were judged already; null: it has not */
    private @Nullable Instant power(long outletId, List<Reading> some, Surroundings around, Cause cause) {
        List<History.Point> points = new ArrayList<>();
        for (Equipment equipment : around.equipment())
            for (PowerFormula.Drawn drawn : drawn(equipment, some))
                points.add(new History.Point(equipment.id(), drawn.at(), drawn.kilowatts()));
        if (points.isEmpty()) return null;
        points.sort(History.Point.ORDER);
        Instant first = points.get(0).at();
        Optional<StateRows.Row> latest = states.latest(outletId, Family.POWER);
        if (latest.isPresent() && first.isBefore(latest.get().until())) {
            powerAnew(outletId, first, points.get(points.size() - 1).at(), around, cause);
        } else {
            Map<Finding.Key, Finding> found = new LinkedHashMap<>();
            PowerState before = latest.map(row -> StateRows.power(row.json())).orElse(PowerState.NONE);
            PowerState state = foldPower(outletId, before, points, around, one -> found.put(one.key(), one));
            goesOn(List.of(state.link(), state.stop()), found);
            // the clock may have gone further than these readings, and have found what they disprove
            keeper.keep(
                    outletId,
                    found.values(),
                    Family.POWER.rules(),
                    latest.map(StateRows.Row::until).orElse(null),
                    cause);
        }
        return first;
    }

    /** What a lot says of one equipment. Of several phases some may have come in a packet before: what is stored is asked. */
    private List<PowerFormula.Drawn> drawn(Equipment equipment, List<Reading> some) {
        PowerFormula formula = equipment.formula();
        Set<String> codes = formula.codes();
        List<Reading> own = some.stream()
                .filter(reading -> Long.valueOf(reading.deviceId()).equals(equipment.meterId())
                        && codes.contains(reading.factor()))
                .toList();
        if (own.isEmpty() || codes.size() == 1) return formula.drawn(own);
        Set<Instant> times = new TreeSet<>();
        for (Reading reading : own) times.add(reading.time());
        Instant last =
                own.stream().map(Reading::time).max(Comparator.naturalOrder()).orElseThrow();
        return history.power(equipment, earliest(own), after(last)).stream()
                .filter(one -> times.contains(one.at()))
                .toList();
    }

    private PowerState foldPower(
            long outletId, PowerState before, List<History.Point> points, Surroundings around, Consumer<Finding> told) {
        PowerState state = before;
        for (int i = 0; i < points.size(); i++) {
            History.Point point = points.get(i);
            state = PowerJudging.read(state, point.equipmentId(), point.at(), point.power(), around, told);
            Instant slot = Family.POWER.slot(point.at());
            boolean last = i + 1 == points.size()
                    || !Family.POWER.slot(points.get(i + 1).at()).equals(slot);
            if (last) states.save(outletId, Family.POWER, slot, point.at(), StateRows.json(state));
        }
        return state;
    }

    private void powerAnew(long outletId, Instant from, @Nullable Instant last, Surroundings around, Cause cause) {
        Instant until =
                states.latest(outletId, Family.POWER).map(StateRows.Row::until).orElse(null);
        if (last != null && (until == null || last.isAfter(until))) until = last;
        if (until == null) return;
        Instant slot = Family.POWER.slot(from);
        PowerState before = states.before(outletId, Family.POWER, slot)
                .map(row -> StateRows.power(row.json()))
                .orElse(PowerState.NONE);
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        states.forgetFrom(outletId, Family.POWER, slot);
        PowerState state = foldPower(
                outletId,
                before,
                history.points(around.equipment(), slot, after(until)),
                around,
                one -> found.put(one.key(), one));
        state = PowerJudging.advance(state, now().minus(LAG), around, one -> found.put(one.key(), one));
        goesOn(List.of(state.link(), state.stop()), found);
        keeper.keep(outletId, found.values(), Family.POWER.rules(), slot, cause);
    }

    /** Power that came after the hour it belongs to had been judged: whether production ran may be known otherwise now. */
    private void productionTold(long outletId, Instant from, Surroundings around, Cause cause) {
        Instant until =
                states.latest(outletId, Family.HOUR).map(StateRows.Row::until).orElse(null);
        if (until != null && from.isBefore(until)) periodsAnew(outletId, ReadingKind.HOUR, from, null, around, cause);
    }

    // ---- hours that are due

    /** Late hours answer for what was missing. */
    private void arrived(long outletId, List<Reading> some, Surroundings around) {
        Instant until = states.latest(outletId, Family.ARRIVAL)
                .map(StateRows.Row::until)
                .orElse(null);
        if (until == null) return;
        some.stream()
                .filter(reading -> reading.kind() == ReadingKind.HOUR)
                .map(Reading::time)
                .filter(time -> time.isBefore(until))
                .min(Comparator.naturalOrder())
                .ifPresent(from -> arrivalsAnew(outletId, from, around, Cause.LATE_DATA));
    }

    private void arrivalsAnew(long outletId, Instant from, Surroundings around, Cause cause) {
        Instant until = states.latest(outletId, Family.ARRIVAL)
                .map(StateRows.Row::until)
                .orElse(null);
        if (until == null) return;
        Instant slot = Family.ARRIVAL.slot(from);
        Optional<StateRows.Row> earlier = states.before(outletId, Family.ARRIVAL, slot);
        if (earlier.isEmpty()) {
            // nothing was due before it was watched, and the first row says since when it is
            earlier = states.first(outletId, Family.ARRIVAL);
            if (earlier.isEmpty()) return;
            slot = earlier.get().slot().plusSeconds(1);
        }
        StateRows.Row start = earlier.get();
        RuleState before = arrival(start);
        Instant first = start.until();
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        states.forgetFrom(outletId, Family.ARRIVAL, slot);
        RuleState end = foldArrivals(outletId, before, first, until, around, one -> found.put(one.key(), one));
        goesOn(List.of(end), found);
        keeper.keep(outletId, found.values(), Family.ARRIVAL.rules(), slot, cause);
    }

    private static RuleState arrival(StateRows.Row row) {
        return StateRows.rules(row.json())
                .getOrDefault(new RuleKey(MonitoringRule.MISSING, RuleKey.WHOLE_OUTLET), RuleState.NONE);
    }

    private RuleState foldArrivals(
            long outletId, RuleState before, Instant first, Instant end, Surroundings around, Consumer<Finding> told) {
        RuleState state = before;
        Set<Instant> missed = new HashSet<>();
        for (EpisodeRows.Row row : episodes.findings(outletId, Family.ARRIVAL.rules(), first)) {
            if (row.unfounded()) continue;
            for (Instant hour = row.finding().beganAt();
                    hour.isBefore(row.finding().lastAt());
                    hour = hour.plus(ReadingKind.HOUR.length())) missed.add(hour);
        }
        List<Arrivals.DueHour> hours =
                history.dueHours(outletId, first, end, missed::contains, hour -> Arrivals.due(hour, around));
        for (int i = 0; i < hours.size(); i++) {
            Arrivals.DueHour hour = hours.get(i);
            state = Arrivals.judge(state, hour, around, told);
            Instant slot = Family.ARRIVAL.slot(hour.begins());
            boolean last = i + 1 == hours.size()
                    || !Family.ARRIVAL.slot(hours.get(i + 1).begins()).equals(slot);
            if (last)
                states.save(
                        outletId,
                        Family.ARRIVAL,
                        slot,
                        hour.begins().plus(ReadingKind.HOUR.length()),
                        StateRows.json(Map.of(new RuleKey(MonitoringRule.MISSING, RuleKey.WHOLE_OUTLET), state)));
        }
        return state;
    }

    /** A silence of which the data came in the end. */
    private void lateForSilence(long outletId, List<Reading> some) {
        List<Reading> late = some.stream()
                .filter(reading -> reading.late() && reading.kind() != ReadingKind.REALTIME)
                .toList();
        if (late.isEmpty()) return;
        Set<Finding> filled = new HashSet<>();
        for (EpisodeRows.Row row : episodes.findings(outletId, Set.of(MonitoringRule.OFFLINE), earliest(late))) {
            Finding one = row.finding();
            Instant ended = one.endedAt();
            if (ended == null || one.ending() != EpisodeEnding.RECOVERED) continue;
            if (late.stream()
                    .anyMatch(reading -> one.subject().equals("device:" + reading.deviceId())
                            && !reading.time()
                                    .isBefore(one.beganAt().minus(reading.kind().length()))
                            && reading.time().isBefore(ended))) filled.add(ended(one, ended, EpisodeEnding.LATE_DATA));
        }
        keeper.keep(outletId, filled, Set.of(), null, Cause.LATE_DATA);
    }

    private static Finding ended(Finding one, Instant at, EpisodeEnding why) {
        return new Finding(
                one.rule(),
                one.subject(),
                one.beganAt(),
                one.lastAt(),
                one.seconds(),
                one.level(),
                one.ratio(),
                one.sentence(),
                one.countsFrom(),
                at,
                why);
    }

    // ---- marks, stops, and by hand

    @Override
    public void marked(long outletId, Instant begins, Instant ends) {
        Instant oldest = now().minus(HORIZON);
        if (ends.isBefore(oldest)) return;
        Instant from = begins.isBefore(oldest) ? oldest : begins;
        safely(outletId, from, () -> anew(outletId, from, Cause.MARK));
    }

    /** Everything from the moment on, at most {@link #HORIZON} back. Within the caller's transaction. */
    void anew(long outletId, Instant from, Cause cause) {
        Known known = known();
        Outlet outlet = known.inUse(outletId).orElse(null);
        if (outlet == null) return;
        states.hold(outletId);
        Surroundings around = around(known, outlet, from, now());
        // up to now: what could not be judged when it came was never reached
        Instant last = now();
        powerAnew(outletId, from, last, around, cause);
        for (ReadingKind kind : List.of(ReadingKind.MINUTE, ReadingKind.HOUR, ReadingKind.DAY))
            periodsAnew(outletId, kind, from, last, around, cause);
        arrivalsAnew(outletId, from, around, cause);
    }

    // ---- the clock

    /** What follows from time alone, for one outlet. In a transaction of its own. */
    void tick(Outlet outlet, Known known) {
        Instant now = now();
        StateRows.Held held = states.hold(outlet.id());
        Instant behind = held.behindSince();
        if (behind != null) backlog(outlet.id(), behind);
        Surroundings around = around(known, outlet, now.minus(HORIZON), now);
        reportedStops(outlet.id(), held, around, now);
        around.stopAt(now).ifPresent(stop -> stands(outlet.id(), stop));
        tickPower(outlet.id(), around, now);
        tickArrivals(outlet.id(), around, now);
        tickSilence(outlet, around, now);
    }

    /** What fails again is tried again the next minute, and keeps nothing else from being judged. */
    private void backlog(long outletId, Instant behind) {
        try {
            nested.executeWithoutResult(status -> {
                anew(outletId, behind, Cause.NEW);
                states.behind(outletId, null);
            });
        } catch (RuntimeException e) {
            LOG.error("Outlet {} could not be judged again from {} on", outletId, behind, e);
        }
    }

    /**
     * The outlet, or its enterprise, was taken out of use: what is open ends. Nothing of it is judged any more; what is remembered is
     * forgotten, so that it begins anew when it is taken into use again. Within the caller's transaction.
     */
    void outOfUse(long outletId) {
        states.hold(outletId);
        Instant now = now();
        List<Finding> ended = new ArrayList<>();
        for (EpisodeRows.Row row : episodes.open(outletId)) {
            Finding one = row.finding();
            ended.add(ended(one, now.isAfter(one.lastAt()) ? now : one.lastAt(), EpisodeEnding.OUT_OF_USE));
        }
        for (Family family : Family.values()) states.forgetFrom(outletId, family, Instant.EPOCH);
        states.behind(outletId, null);
        keeper.keep(outletId, ended, Set.of(), null, Cause.NEW);
    }

    /** A stop that was acknowledged or withdrawn since asks for judging again what it covers. */
    private void reportedStops(long outletId, StateRows.Held held, Surroundings around, Instant now) {
        Map<String, Instant> begins = new TreeMap<>();
        for (PlannedStop stop : around.stops())
            begins.put(stop.id() + "@" + stop.beginsAt() + "/" + stop.endsAt(), stop.beginsAt());
        String present = String.join(" ", begins.keySet());
        if (present.equals(held.stops())) return;
        Set<String> before = new TreeSet<>(List.of(held.stops().split(" ")));
        before.remove("");
        Instant from = now;
        for (String stop : before)
            if (!begins.containsKey(stop)) {
                Instant began = Instant.parse(stop.substring(stop.indexOf('@') + 1, stop.indexOf('/')));
                // one that has only grown old is no change
                Instant ended = Instant.parse(stop.substring(stop.indexOf('/') + 1));
                if (ended.isAfter(now.minus(HORIZON)) && began.isBefore(from)) from = began;
            }
        for (Map.Entry<String, Instant> stop : begins.entrySet())
            if (!before.contains(stop.getKey()) && stop.getValue().isBefore(from)) from = stop.getValue();
        if (from.isBefore(now))
            anew(outletId, from.isBefore(now.minus(HORIZON)) ? now.minus(HORIZON) : from, Cause.STOP);
        states.stops(outletId, present);
    }

    /** Nothing may come from an outlet that stands: what is open ends by the clock. */
    private void stands(long outletId, PlannedStop stop) {
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        for (Family family : List.of(Family.MINUTE, Family.HOUR, Family.DAY)) {
            Optional<StateRows.Row> latest = states.latest(outletId, family);
            if (latest.isEmpty()) continue;
            Map<RuleKey, RuleState> before = StateRows.rules(latest.get().json());
            if (before.values().stream().allMatch(state -> state.open() == null)) continue;
            Map<RuleKey, RuleState> after = PeriodJudging.stopped(before, stop, one -> found.put(one.key(), one));
            states.save(outletId, family, latest.get().slot(), latest.get().until(), StateRows.json(after));
        }
        keeper.keep(outletId, found.values(), Set.of(), null, Cause.NEW);
    }

    private void tickPower(long outletId, Surroundings around, Instant now) {
        Optional<StateRows.Row> latest = states.latest(outletId, Family.POWER);
        if (latest.isEmpty()) return;
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        // not stored: the next reading goes the same way again
        PowerState state = PowerJudging.advance(
                StateRows.power(latest.get().json()), now.minus(LAG), around, one -> found.put(one.key(), one));
        goesOn(List.of(state.link(), state.stop()), found);
        keeper.keep(outletId, found.values(), Family.POWER.rules(), latest.get().until(), Cause.NEW);
    }

    private void tickArrivals(long outletId, Surroundings around, Instant now) {
        Optional<StateRows.Row> latest = states.latest(outletId, Family.ARRIVAL);
        Instant first = latest.map(StateRows.Row::until).orElse(null);
        if (first == null) {
            // nothing was missing before it was watched: from the first hour on that is not due yet
            Duration hour = ReadingKind.HOUR.length();
            first = ReadingKind.HOUR.begin(now);
            while (mayStillCome(first.minus(hour), around, now)) first = first.minus(hour);
            Instant dayBefore = Family.ARRIVAL.slot(Family.ARRIVAL.slot(first).minusSeconds(1));
            states.save(outletId, Family.ARRIVAL, dayBefore, first, StateRows.json(Map.of()));
        }
        Instant end = first;
        while (!mayStillCome(end, around, now)) end = end.plus(ReadingKind.HOUR.length());
        if (!first.isBefore(end)) return;
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        foldArrivals(
                outletId,
                latest.map(Judge::arrival).orElse(RuleState.NONE),
                first,
                end,
                around,
                one -> found.put(one.key(), one));
        keeper.keep(outletId, found.values(), Set.of(), null, Cause.NEW);
    }

    /** Whether it is too early to say that the hour is missing. */
    boolean mayStillCome(Instant hour, Surroundings around, Instant now) {
        return Arrivals.due(hour, around).plus(COMPUTED).isAfter(now);
    }

    private void tickSilence(Outlet outlet, Surroundings around, Instant now) {
        List<Finding> found = new ArrayList<>();
        for (MonitoringDevice device : registry.devices(outlet.id())) {
            Finding open = episodes.open(outlet.id(), MonitoringRule.OFFLINE, Silence.subject(device))
                    .orElse(null);
            if (device.removedOn() != null) {
                if (open != null) found.add(ended(open, now, EpisodeEnding.RECOVERED));
                continue;
            }
            Instant heard = readings.heardAt(device.id()).orElse(null);
            if (heard == null) continue;
            Silence.judge(open, device, heard, now, around)
                    .map(one -> filled(one, device))
                    .ifPresent(found::add);
        }
        keeper.keep(outlet.id(), found, Set.of(), null, Cause.NEW);
    }

    /** Over, and what was measured meanwhile has come: late data. */
    private Finding filled(Finding one, MonitoringDevice device) {
        Instant ended = one.endedAt();
        if (ended == null || one.ending() != EpisodeEnding.RECOVERED) return one;
        for (ReadingKind kind : List.of(ReadingKind.MINUTE, ReadingKind.HOUR))
            for (Reading reading : readings.ofDevice(device.id(), kind, null, one.beganAt(), ended))
                if (reading.late()) return ended(one, ended, EpisodeEnding.LATE_DATA);
        return one;
    }
}
