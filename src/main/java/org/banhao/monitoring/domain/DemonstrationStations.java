package org.banhao.monitoring.domain;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.TabFile;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.simulator.Station;
import org.banhao.people.DemonstrationCast;
import org.banhao.people.DemonstrationPieces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The invented enterprises of the demonstration with outlet, permit, logger, meter and ledger, by the same use cases as people: once, into a
 * registry without enterprises. What their devices need to know of themselves, passwords too, goes into a file that only its owner reads,
 * for the simulator ({@link SimulatorRun}, or the command of its own).
 */
@Component
class DemonstrationStations extends DemonstrationPieces {

    private static final Logger LOG = LoggerFactory.getLogger(DemonstrationStations.class);
    private static final String RESOURCE = "/demonstration/enterprises.tsv";
    /** In the data folder. */
    static final String FILE = "demo-devices.tsv";

    private static final String ISSUER = "长治市行政审批服务管理局（演示）";
    private static final int REALTIME_SECONDS = 60;
    private static final int MINUTES = 5;
    private static final int LEDGER_DAYS = 7;

    private final Registry registry;
    private final Enterprises enterprises;
    private final Outlets outlets;
    private final DeviceDesk devices;
    private final EnterpriseReports reports;
    private final Path file;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DemonstrationStations(
            DemonstrationCast cast,
            Registry registry,
            Enterprises enterprises,
            Outlets outlets,
            DeviceDesk devices,
            EnterpriseReports reports,
            @Value("${banhao.data}") Path data,
            TransactionTemplate transaction,
            Clock clock) {
        super(cast);
        this.registry = registry;
        this.enterprises = enterprises;
        this.outlets = outlets;
        this.devices = devices;
        this.reports = reports;
        this.file = data.resolve(FILE);
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Before the web server takes requests, and before the gateway hears devices. */
    @Override
    protected boolean present() {
        return !registry.enterprises().isEmpty();
    }

    @Override
    protected void load() {
        transaction.executeWithoutResult(status -> register());
    }

    private void register() {
        LocalDate today = ChineseTime.day(clock.instant());
        String since = today.withDayOfYear(1).toString();
        List<Station> stations = new ArrayList<>();
        for (Map<String, String> row : TabFile.table(RESOURCE)) stations.add(load(row, today, since));
        // before the commit: passwords that nobody knows are of no use
        Station.write(file, stations);
        LOG.info("演示企业{}家已登记，设备密码见 {}", stations.size(), file);
    }

    private Station load(Map<String, String> row, LocalDate today, String since) {
        String name = cell(row, "name");
        long enterprise = enterprises.add(new Enterprises.Input(
                cell(row, "code"),
                name,
                "上党区" + cell(row, "town"),
                cell(row, "town"),
                cell(row, "industry"),
                cell(row, "longitude"),
                cell(row, "latitude"),
                false));
        String keeper = cell(row, "keeper");
        enterprises.addKeeper(
                enterprise,
                keeper,
                keeper.equals("wang-xiaochuan") ? MonitoringRoles.CONTRACTOR : MonitoringRoles.ENTERPRISE);
        long outlet = outlets.add(
                enterprise,
                new Outlets.Input(
                        cell(row, "outlet"),
                        cell(row, "outletName"),
                        cell(row, "kind"),
                        cell(row, "category"),
                        cell(row, "oxygen"),
                        cell(row, "longitude"),
                        cell(row, "latitude")));
        List<String> factors = new ArrayList<>();
        Map<String, Double> limits = permits(row, enterprise, outlet, today, factors);
        // from then on data are due, and from then on there are some
        String due = today.minusDays(2).toString();
        for (String factor : factors) outlets.requireFactor(outlet, factor, due);
        String number = cell(row, "code").substring(4);
        int standard = Integer.parseInt(cell(row, "standard"));
        String key = cell(row, "key").isEmpty() ? null : DeviceDesk.random();
        Station.Login login = new Station.Login(
                "DEMO" + number + "LOGGER", DeviceDesk.random(), standard, key, REALTIME_SECONDS, MINUTES);
        long logger = devices.add(outlet, device(login, "数采仪", "logger", since));
        review(logger, row, number, since);
        double production = Double.parseDouble(cell(row, "production"));
        double treatment = Double.parseDouble(cell(row, "treatment"));
        Station.Login meter = null;
        if (production > 0) {
            meter = new Station.Login(
                    "DEMO" + number + "METER1", DeviceDesk.random(), 2017, null, REALTIME_SECONDS, MINUTES);
            devices.add(outlet, device(meter, "用电监测终端", "meter", since));
            outlets.addEquipment(outlet, cell(row, "productionName"), false, meter.mn(), "production", "50", "5");
            outlets.addEquipment(outlet, cell(row, "treatmentName"), true, meter.mn(), "treatment", "10", "1");
        }
        reports(row, enterprise, outlet, today);
        String oxygen = cell(row, "oxygen");
        return new Station(
                name + " " + cell(row, "outlet") + " " + cell(row, "outletName"),
                cell(row, "kind").equals("water"),
                cell(row, "plant"),
                factors,
                limits,
                oxygen.isEmpty() ? null : Double.valueOf(oxygen),
                login,
                meter,
                production,
                treatment);
    }

    /**
     * A permit with its limits; of the heating plant an earlier one too, which allowed more.
     *
     * @param factors takes all that are measured
     * @return the strictest limit of each factor
     */
    private Map<String, Double> permits(
            Map<String, String> row, long enterprise, long outlet, LocalDate today, List<String> factors) {
        String number = cell(row, "code");
        LocalDate from = today.minusYears(1).withDayOfYear(1);
        if (number.endsWith("1")) {
            long earlier = enterprises.addPermit(
                    enterprise,
                    number + "2021P",
                    ISSUER,
                    from.minusYears(4).toString(),
                    from.minusDays(1).toString());
            enterprises.addPermitLimit(earlier, outlet, "a21002", "hour", null, "80");
        }
        long permit = enterprises.addPermit(
                enterprise,
                number + "001P",
                ISSUER,
                from.toString(),
                from.plusYears(5).minusDays(1).toString());
        Map<String, Double> strictest = new HashMap<>();
        for (String one : cell(row, "limits").split(",")) {
            String[] parts = one.split("=", 2);
            factors.add(parts[0]);
            if (parts.length == 1) continue;
            for (String limit : parts[1].split("\\+")) {
                String[] figures = limit.substring(0, limit.length() - 2).split("~");
                String highest = figures[figures.length - 1];
                enterprises.addPermitLimit(
                        permit,
                        outlet,
                        parts[0],
                        limit.endsWith("/d") ? "day" : "hour",
                        figures.length > 1 ? figures[0] : null,
                        highest);
                strictest.merge(parts[0], Double.valueOf(highest), Math::min);
            }
        }
        return strictest;
    }

    /** Evidence review of all but the last two: one was not passed, of one nobody asked yet. */
    private void review(long logger, Map<String, String> row, String number, String since) {
        if (number.endsWith("9")) return;
        boolean passed = !number.endsWith("8");
        devices.review(
                logger,
                "acceptance",
                "演示验〔2025〕" + Integer.parseInt(number) + "号",
                since,
                cell(row, "outletName") + "监测站房",
                "分局网站公示栏（演示）",
                since,
                passed,
                passed ? "" : "采样平台高度不符合规范，整改后重新审核。",
                since,
                null,
                null);
    }

    /** What an enterprise reports on its own: the ledger of the last days, and stops that are to come. */
    private void reports(Map<String, String> row, long enterprise, long outlet, LocalDate today) {
        String number = cell(row, "code");
        if (number.endsWith("1") || number.endsWith("7") || number.endsWith("9")) {
            for (int back = 1; back <= LEDGER_DAYS; back++)
                reports.enter(
                        enterprise,
                        outlet,
                        "treatment",
                        today.minusDays(back).toString(),
                        cell(row, "treatmentName") + "全天运行正常，无异常停运。");
            reports.enter(enterprise, outlet, "calibration", today.minusDays(2).toString(), "零点、量程校准合格。");
        }
        // tomorrow it has no effect yet on what is shown today
        if (number.endsWith("5") || number.endsWith("3")) {
            reports.reportStop(
                    outlet,
                    "overhaul",
                    today.plusDays(2) + "T08:00",
                    today.plusDays(4) + "T20:00",
                    cell(row, "productionName") + "年度检修，期间停止生产。");
            if (number.endsWith("5"))
                reports.stops(outlet).forEach(stop -> reports.decideStop(outlet, stop.id(), true, "同意，请按期恢复。"));
        }
    }

    private static DeviceDesk.Input device(Station.Login login, String name, String kind, String since) {
        return new DeviceDesk.Input(
                login.mn(),
                name,
                kind,
                String.valueOf(login.standard()),
                login.password(),
                "",
                "",
                "STANDARD",
                true,
                false,
                login.key(),
                login.key() != null,
                null,
                false,
                String.valueOf(login.seconds()),
                String.valueOf(login.minutes()),
                true,
                since);
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }
}
