package org.banhao.monitoring.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong at a simulated outlet, by fate or by somebody's hand. */
public enum SimulatedFault {
    EXCEED("超标排放", "折算浓度升到限值的1.5倍，整点后出现小时超标", Duration.ofMinutes(5)),
    CONSTANT("恒值", "污染物数值停在开始时的数，30分钟后出现分钟恒值，6小时后出现小时恒值", Duration.ZERO),
    ZERO("零值", "污染物和流量报零，整点后出现零值", Duration.ZERO),
    MARK("标记异常", "数据带故障标记D，4小时后出现标记异常过久", Duration.ZERO),
    OFFLINE("离线", "断线，5分钟后出现离线；恢复后自动补传小时和日数据，分钟数据由平台催补", Duration.ZERO),
    CLOCK("时钟走快", "设备时钟快3小时，数据不入库，整点20分后出现缺数", Duration.ZERO),
    CRC("校验错误", "报文CRC错误，平台不应答，随后出现离线", Duration.ZERO),
    TREATMENT_OFF("治污停、生产不停", "治污设施断电而生产在运行，10分钟后出现产污治污不同步，浓度随之升高", Duration.ofMinutes(20)),
    PLANT_OFF("生产治污都停", "生产和治污都断电，不应出现用电预警", Duration.ofMinutes(10)),
    FOREIGN_ID("冒用标识", "报文写另一家的设备标识，平台不接收，本设备随后离线", Duration.ZERO),
    DUPLICATE("重复发送", "每条报文发两遍，只入库一次", Duration.ZERO),
    DEAF("收不到应答", "设备收不到应答，按规定重发，只入库一次", Duration.ZERO);

    private final String label;
    private final String effect;
    private final Duration pace;

    SimulatedFault(String label, String effect, Duration pace) {
        this.label = label;
        this.effect = effect;
        this.pace = pace;
    }

    public String label() {
        return label;
    }

    /** What it does, and what the platform should make of it. */
    public String effect() {
        return effect;
    }

    /** How slowly its effect comes and goes; zero: at once. */
    Duration pace() {
        return pace;
    }

    /** Whether it concerns one factor where one is named. */
    boolean ofOneFactor() {
        return this == EXCEED || this == CONSTANT || this == ZERO || this == MARK;
    }

    /** By Chinese name or by code in any letters. */
    public static Optional<SimulatedFault> named(String word) {
        String code = word.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values())
                .filter(one -> one.name().equals(code) || one.label.equals(word.strip()))
                .findFirst();
    }
}
