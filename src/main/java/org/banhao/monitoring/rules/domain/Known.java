package org.banhao.monitoring.rules.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.StatutoryMark;
import org.banhao.monitoring.rules.Exemption;
import org.banhao.monitoring.rules.ProductionOrder;
import org.banhao.monitoring.rules.Surroundings;
import org.banhao.monitoring.rules.ThresholdBook;

/** What the tables know, as of one lot of readings or one sweep; each thing is read once, and only when a rule asks. */
final class Known {

    private final Registry registry;
    private final Marks marks;
    private final BookRows books;
    private final Once<Map<Long, Outlet>> outlets;
    private final Once<Map<String, Factor>> factors;
    private final Once<ThresholdBook> thresholds;
    private final Once<List<Exemption>> exemptions;

    Known(Registry registry, Marks marks, BookRows books) {
        this.registry = registry;
        this.marks = marks;
        this.books = books;
        outlets = new Once<>(() -> {
            Map<Long, Outlet> byId = new LinkedHashMap<>();
            for (Outlet outlet : registry.outlets()) byId.put(outlet.id(), outlet);
            return byId;
        });
        factors = new Once<>(
                () -> registry.factors().stream().collect(Collectors.toMap(Factor::code, Function.identity())));
        thresholds = new Once<>(books::thresholds);
        exemptions = new Once<>(books::exemptions);
    }

    /** Those in use, whose enterprise is too. */
    Collection<Outlet> outlets() {
        return outlets.get().values();
    }

    /** Empty: no such outlet, or it or its enterprise is out of use: it is not judged. */
    Optional<Outlet> inUse(long outletId) {
        return Optional.ofNullable(outlets.get().get(outletId));
    }

    /** @param until marks, stops and orders are known up to here */
    Surroundings around(Outlet outlet, Instant from, Instant until) {
        return new Around(outlet, from, until, thresholds);
    }

    /** The same with figures that are tried. */
    Surroundings trying(Outlet outlet, Instant from, Instant until, ThresholdBook book) {
        return new Around(outlet, from, until, new Once<>(() -> book));
    }

    ThresholdBook thresholds() {
        return thresholds.get();
    }

    private final class Around implements Surroundings {

        private final Outlet outlet;
        private final Once<List<StatutoryMark>> marked;
        private final Once<List<PlannedStop>> stops;
        private final Once<List<ProductionOrder>> orders;
        private final Once<List<Equipment>> equipment;
        private final Once<ThresholdBook> book;
        private final Map<LocalDate, List<EmissionLimit>> limits = new HashMap<>();

        Around(Outlet outlet, Instant from, Instant until, Once<ThresholdBook> book) {
            this.outlet = outlet;
            this.book = book;
            marked = new Once<>(() -> marks.ofOutlet(outlet.id(), from, until));
            stops = new Once<>(() -> registry.stops(outlet.id(), from, until));
            orders = new Once<>(() -> books.orders(outlet.id(), from, until));
            equipment = new Once<>(() -> registry.equipment(outlet.id()));
        }

        @Override
        public Outlet outlet() {
            return outlet;
        }

        @Override
        public Optional<Factor> factor(String code) {
            return Optional.ofNullable(factors.get().get(code));
        }

        @Override
        public Optional<EmissionLimit> limit(String factor, ReadingKind averaging, LocalDate day) {
            return EmissionLimit.of(
                    limits.computeIfAbsent(day, one -> registry.limits(outlet.id(), one)), factor, averaging);
        }

        @Override
        public List<StatutoryMark> marks() {
            return marked.get();
        }

        @Override
        public List<PlannedStop> stops() {
            return stops.get();
        }

        @Override
        public List<ProductionOrder> orders() {
            return orders.get();
        }

        @Override
        public List<Exemption> exemptions() {
            return exemptions.get();
        }

        @Override
        public List<Equipment> equipment() {
            return equipment.get();
        }

        @Override
        public ThresholdBook thresholds() {
            return book.get();
        }
    }
}
