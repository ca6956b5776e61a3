package org.banhao.monitoring.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Registry;
import org.banhao.people.DemonstrationCast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The invented enterprises of the demonstration with an outlet, a logger and a meter each, by the same use cases as people: once, into a
 * registry without enterprises. Their devices have passwords nobody knows: who wants to simulate one gives it a password first.
 */
@Component
class DemonstrationStations implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DemonstrationStations.class);
    private static final String RESOURCE = "/demonstration/enterprises.tsv";

    private final DemonstrationCast cast;
    private final Registry registry;
    private final Enterprises enterprises;
    private final Outlets outlets;
    private final DeviceDesk devices;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile boolean done;

    DemonstrationStations(
            DemonstrationCast cast,
            Registry registry,
            Enterprises enterprises,
            Outlets outlets,
            DeviceDesk devices,
            TransactionTemplate transaction,
            Clock clock) {
        this.cast = cast;
        this.registry = registry;
        this.enterprises = enterprises;
        this.outlets = outlets;
        this.devices = devices;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Before the web server takes requests, and before the gateway hears devices. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 10_000;
    }

    @Override
    public void start() {
        done = true;
        if (!cast.loaded() || !registry.enterprises().isEmpty()) return;
        try {
            transaction.executeWithoutResult(status -> load());
        } catch (DuplicateKeyException | Refusal another) {
            // of two nodes that start together the other one was first
            if (registry.enterprises().isEmpty()) throw another;
            LOG.info("演示企业已由另一个节点载入。");
        }
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    private void load() {
        String since = ChineseTime.day(clock.instant()).withDayOfYear(1).toString();
        for (Map<String, String> row : rows()) {
            long enterprise = enterprises.add(new Enterprises.Input(
                    cell(row, "code"), cell(row, "name"), "", cell(row, "town"), cell(row, "industry"), "", "", false));
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
                            "",
                            ""));
            for (String factor : cell(row, "factors").split(",")) outlets.requireFactor(outlet, factor, since);
            String number = cell(row, "code").substring(4);
            devices.add(outlet, device("DEMO" + number + "LOGGER", "数采仪", "logger", since));
            if (cell(row, "meter").equals("yes")) {
                String meter = "DEMO" + number + "METER1";
                devices.add(outlet, device(meter, "用电监测终端", "meter", since));
                outlets.addEquipment(outlet, "生产线", false, meter, "production", "50", "5");
                outlets.addEquipment(outlet, "治污设施", true, meter, "treatment", "10", "1");
            }
        }
    }

    private static DeviceDesk.Input device(String mn, String name, String kind, String since) {
        return DeviceDesk.Input.usual(mn, name, kind, "2017", DeviceDesk.random(), "", "", since);
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private static List<Map<String, String>> rows() {
        try (InputStream in = DemonstrationStations.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException(RESOURCE + " is missing");
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            String[] names = lines.get(0).split("\t", -1);
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.length; i++) row.put(names[i], cells[i]);
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
