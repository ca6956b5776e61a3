package org.banhao.monitoring.domain;

import java.util.List;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.simulator.SimulatedFault;
import org.banhao.monitoring.simulator.SimulatedStation;
import org.banhao.monitoring.simulator.Simulator;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The simulated devices of the demonstration, and their faults. Faults are of this run: a restart forgets them. */
@Service
@Transactional
public class SimulatorDesk {

    /** Those who care for devices, and for the system. */
    private static final String[] WHO = {"*." + MonitoringRoles.DATA_ENGINEER, Roles.SYSTEM_ADMINISTRATOR};

    private final ObjectProvider<SimulatorRun> run;
    private final StoredRegistry registry;
    private final Access access;
    private final Audit audit;

    SimulatorDesk(ObjectProvider<SimulatorRun> run, StoredRegistry registry, Access access, Audit audit) {
        this.run = run;
        this.registry = registry;
        this.access = access;
        this.audit = audit;
    }

    /** Groups that may look at them and let them fail; {@code *.role} for a role in any unit. */
    public static List<String> who() {
        return List.of(WHO);
    }

    /** @param outletId null: its logger is not registered (any more) */
    public record Seen(SimulatedStation state, @Nullable Long outletId, List<Factor> factors) {}

    /** Whether devices are simulated here at all. */
    public boolean wanted() {
        return run.getIfAvailable() != null;
    }

    /** Empty: nothing is simulated now. */
    @Transactional(readOnly = true)
    public List<Seen> stations() {
        access.require(WHO);
        List<Factor> factors = registry.factors();
        return playing().map(Simulator::stations).orElse(List.of()).stream()
                .map(state -> new Seen(
                        state,
                        registry.device(state.station().logger().mn())
                                .map(MonitoringDevice::outletId)
                                .orElse(null),
                        factors.stream()
                                .filter(one -> one.pollutant()
                                        && state.station().factors().contains(one.code()))
                                .toList()))
                .toList();
    }

    /**
     * From now on, until somebody ends it.
     *
     * @param mn of the station's logger
     * @param factor empty: what the fault usually concerns
     */
    public void begin(@Nullable String mn, @Nullable String fault, @Nullable String factor) {
        access.require(WHO);
        SimulatedFault wanted = fault(fault);
        SimulatedStation station = station(mn);
        String code = factor == null || factor.isBlank() ? null : factor.strip();
        if (code != null && !station.station().factors().contains(code))
            throw new Refusal("factor", "这个排放口不监测「" + code + "」，请重新选择「监测因子」。");
        if (!simulator().begin(station.station().logger().mn(), wanted, code))
            throw new Refusal("fault", "「" + wanted.label() + "」已经开着，请先恢复，或者选择别的故障。");
        audit.record(
                "monitoring.beginFault",
                null,
                station.station().name() + "：" + wanted.label() + (code == null ? "" : " " + code));
    }

    public void end(@Nullable String mn, @Nullable String fault) {
        access.require(WHO);
        SimulatedFault ended = fault(fault);
        SimulatedStation station = station(mn);
        if (!simulator().end(station.station().logger().mn(), ended))
            throw new Refusal("fault", "「" + ended.label() + "」没有开着，请刷新页面查看。");
        audit.record("monitoring.endFault", null, station.station().name() + "：" + ended.label());
    }

    private static SimulatedFault fault(@Nullable String typed) {
        return SimulatedFault.named(typed == null ? "" : typed).orElseThrow(() -> new Refusal("fault", "请在列表中选择「故障」。"));
    }

    private SimulatedStation station(@Nullable String mn) {
        return simulator().stations().stream()
                .filter(one -> one.station().logger().mn().equals(mn))
                .findFirst()
                .orElseThrow(() -> new Refusal("mn", "没有这套模拟设备，请刷新页面后再试。"));
    }

    private Simulator simulator() {
        return playing().orElseThrow(() -> new Refusal("模拟器没有运行，请用演示数据重新启动系统。"));
    }

    private Optional<Simulator> playing() {
        SimulatorRun present = run.getIfAvailable();
        return present == null ? Optional.empty() : present.playing();
    }
}
