package org.banhao.monitoring.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/** Commands typed at the simulator, a line each, and their answers. */
final class SimulatorConsole {

    static final String HELP = """
            控制台命令：
              设备                      各套设备的连接、报文和故障
              开始 序号 故障 [因子]     打开故障，如：开始 1 超标排放 a21002
              恢复 序号 [故障]          关闭一个故障，不写故障则全部关闭
              帮助                      显示本说明
              退出                      停止发送""";

    private final Simulator simulator;
    private final PrintStream out;

    SimulatorConsole(Simulator simulator, PrintStream out) {
        this.simulator = simulator;
        this.out = out;
    }

    /** Until 退出 or the end of the input. */
    void read(BufferedReader in) throws IOException {
        String line;
        while ((line = in.readLine()) != null) {
            if (List.of("退出", "quit", "exit").contains(line.strip())) return;
            try {
                command(line.strip());
            } catch (SimulatorMain.Misunderstood e) {
                out.println(e.getMessage());
            }
        }
    }

    private void command(String line) {
        if (line.isEmpty()) return;
        String[] words = line.split("\\s+");
        switch (words[0]) {
            case "设备", "list" -> list();
            case "开始", "begin" -> {
                if (words.length < 3) throw new SimulatorMain.Misunderstood("请写明序号和故障，如：开始 1 离线。");
                begin(words[1], words[2], words.length > 3 ? words[3] : null);
            }
            case "恢复", "end" -> {
                if (words.length < 2) throw new SimulatorMain.Misunderstood("请写明序号，如：恢复 1。");
                end(words[1], words.length > 2 ? words[2] : null);
            }
            case "帮助", "help" -> out.println(HELP);
            default -> throw new SimulatorMain.Misunderstood("没有命令「" + words[0] + "」，键入 帮助 查看命令。");
        }
    }

    private void list() {
        int number = 0;
        for (SimulatedStation one : simulator.stations()) {
            number++;
            out.println(number + "  " + one.station().name() + "  " + (one.connected() ? "在线" : "断线") + "  发送"
                    + one.sent() + "，应答" + one.answered() + "，等待" + one.waiting()
                    + one.faults().stream()
                            .map(fault -> "  【" + fault.fault().label()
                                    + (fault.factor() == null ? "" : " " + fault.factor()) + "，自"
                                    + ChineseTime.text(fault.since()) + "】")
                            .collect(Collectors.joining()));
        }
    }

    /** @throws SimulatorMain.Misunderstood no such station or fault, or it goes on already */
    void begin(String number, String word, @Nullable String factor) {
        Station station = station(number).station();
        SimulatedFault fault = fault(word);
        if (factor != null && !station.factors().contains(factor))
            throw new SimulatorMain.Misunderstood(
                    station.name() + "不监测「" + factor + "」，可选：" + String.join("、", station.factors()) + "。");
        if (!simulator.begin(station.logger().mn(), fault, factor))
            throw new SimulatorMain.Misunderstood("「" + fault.label() + "」已经开着，请先恢复。");
        out.println(station.name() + "：" + fault.label() + "，" + fault.effect() + "。");
    }

    private void end(String number, @Nullable String word) {
        SimulatedStation one = station(number);
        List<SimulatedFault> ended = word == null
                ? one.faults().stream().map(SimulatedStation.Active::fault).toList()
                : List.of(fault(word));
        boolean any = false;
        for (SimulatedFault fault : ended)
            any |= simulator.end(one.station().logger().mn(), fault);
        if (!any) throw new SimulatorMain.Misunderstood(one.station().name() + "没有这样的故障，键入 设备 查看。");
        out.println(one.station().name() + "：已恢复正常。");
    }

    private SimulatedStation station(String number) {
        List<SimulatedStation> all = simulator.stations();
        try {
            int index = Integer.parseInt(number);
            if (index >= 1 && index <= all.size()) return all.get(index - 1);
        } catch (NumberFormatException e) {
            // said below
        }
        throw new SimulatorMain.Misunderstood("序号应是1至" + all.size() + "，键入 设备 查看。");
    }

    private static SimulatedFault fault(String word) {
        return SimulatedFault.named(word)
                .orElseThrow(() -> new SimulatorMain.Misunderstood("没有故障「" + word + "」，用 --help 查看有哪些故障。"));
    }
}
