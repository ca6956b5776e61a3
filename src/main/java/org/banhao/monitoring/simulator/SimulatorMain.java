package org.banhao.monitoring.simulator;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.base.MovableClock;
import org.jspecify.annotations.Nullable;

/**
 * The simulator as a command of its own: plays the devices of a file against any gateway, with a console in Chinese. Ends with 0, or with 2
 * when the command line cannot be understood.
 */
public final class SimulatorMain {

    private static final String HELP = """
            办好·模拟数采仪：按HJ 212经TCP发送数据，用于演示和调试。

            用法：SimulatorMain [选项]
              --devices=文件    设备清单，默认 data/demo-devices.tsv（演示环境首次启动时生成，含访问密码）
              --host=地址       接收平台地址，默认 127.0.0.1
              --port=端口       接收平台端口，默认 8212
              --past=时长       开始时先补发多久以前的小时、日数据，如 2d、6h、30m，默认 0m
              --speed=倍数      从「--past」之前起按几倍速度播放，追上现在后按实际速度，默认 1
              --seed=数         随机种子，种子相同则同一时刻数值相同，默认 20260101
              --fault=序号:故障[:因子]  启动时打开故障，可以写多次，如 --fault=1:超标排放:a21002
              --console=no      不读键盘，一直运行到进程结束
              --help            显示本说明

            故障：
            """;

    private static final Pattern OPTION = Pattern.compile("--([a-z]+)(?:=(.*))?");

    /** @param faults not looked at yet */
    record Command(
            Path devices, InetSocketAddress host, Simulator.Settings settings, List<String> faults, boolean console) {}

    private SimulatorMain() {}

    /** What was typed makes no sense; the message is one Chinese sentence. */
    static final class Misunderstood extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misunderstood(String sentence) {
            super(sentence);
        }
    }

    public static void main(String[] arguments) {
        // UTF-8, whatever the machine's language: what is read and written here is Chinese
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
        System.exit(run(arguments, in, out, new MovableClock()));
    }

    /** @return what the process ends with */
    static int run(String[] arguments, BufferedReader in, PrintStream out, Clock clock) {
        if (List.of(arguments).contains("--help")) {
            out.println(help());
            return 0;
        }
        try {
            Command command = command(arguments);
            play(command, in, out, clock);
            return 0;
        } catch (Misunderstood e) {
            out.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String help() {
        StringBuilder help = new StringBuilder(HELP);
        for (SimulatedFault fault : SimulatedFault.values())
            help.append("  ")
                    .append(fault.label())
                    .append("（")
                    .append(fault.name())
                    .append("）：")
                    .append(fault.effect())
                    .append('\n');
        return help.append('\n').append(SimulatorConsole.HELP).toString();
    }

    private static void play(Command command, BufferedReader in, PrintStream out, Clock clock) throws IOException {
        if (!Files.isReadable(command.devices()))
            throw new Misunderstood("读不到设备清单 " + command.devices() + "，请先启动一次演示环境，或者用 --devices= 指定文件。");
        Simulator simulator;
        try {
            simulator = new Simulator(Station.read(command.devices()), command.settings(), clock);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new Misunderstood("设备清单 " + command.devices() + " 不能使用（" + e.getMessage() + "），请用演示环境生成的文件。");
        }
        SimulatorConsole console = new SimulatorConsole(simulator, out);
        for (String fault : command.faults()) {
            String[] parts = fault.split(":", 3);
            if (parts.length < 2) throw new Misunderstood("「--fault」请写成 序号:故障，如 --fault=1:离线。");
            console.begin(parts[0], parts[1], parts.length > 2 ? parts[2] : null);
        }
        Thread thread = new Thread(simulator, "simulator");
        thread.start();
        out.println(
                "正在向 " + command.host().getHostString() + ":" + command.host().getPort() + " 发送"
                        + simulator.stations().size() + "套设备的数据。" + (command.console() ? "键入 帮助 查看命令。" : ""));
        try {
            if (command.console()) console.read(in);
            else thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            simulator.close();
        }
    }

    static Command command(String[] arguments) {
        Path devices = Path.of("data", "demo-devices.tsv");
        String host = "127.0.0.1";
        int port = 8212;
        Duration past = Duration.ZERO;
        int speed = 1;
        long seed = 20_260_101;
        boolean console = true;
        List<String> faults = new ArrayList<>();
        for (String argument : arguments) {
            Matcher option = OPTION.matcher(argument);
            if (!option.matches()) throw new Misunderstood("看不懂「" + argument + "」，用 --help 查看说明。");
            @Nullable String given = option.group(2);
            String value = given == null ? "" : given;
            switch (option.group(1)) {
                case "devices" -> devices = Path.of(value);
                case "host" -> host = value;
                case "port" -> port = (int) number("port", value, 1, 65_535);
                case "past" -> past = span(value);
                case "speed" -> speed = (int) number("speed", value, 1, 10_000);
                case "seed" -> seed = number("seed", value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "fault" -> faults.add(value);
                case "console" -> console = !value.equals("no");
                default -> throw new Misunderstood("没有选项「" + argument + "」，用 --help 查看说明。");
            }
        }
        if (speed > 1 && past.isZero()) throw new Misunderstood("「--speed」大于1时请用「--past」说明从多久以前播放起，如 --past=2d。");
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) throw new Misunderstood("找不到地址「" + host + "」，请核对「--host」。");
        return new Command(devices, address, new Simulator.Settings(address, seed, past, speed), faults, console);
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Misunderstood("「--" + name + "」应是" + least + "至" + most + "的整数，请核对。");
    }

    /** 2d, 6h, 30m; at most 30 days. */
    private static Duration span(String value) {
        try {
            String upper = value.toUpperCase(Locale.ROOT);
            Duration span = Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
            if (!span.isNegative() && span.compareTo(Duration.ofDays(30)) <= 0) return span;
        } catch (DateTimeException e) {
            // said below
        }
        throw new Misunderstood("「--past」请写成 2d、6h 或 30m，最长30d。");
    }
}
