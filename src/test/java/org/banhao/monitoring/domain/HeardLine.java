package org.banhao.monitoring.domain;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.banhao.monitoring.gateway.Device;
import org.banhao.monitoring.gateway.FrameSink;
import org.banhao.monitoring.gateway.LineWatch;
import org.banhao.monitoring.gateway.ReceivedFrame;
import org.banhao.monitoring.hj212.Decoder;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Standard;
import org.banhao.monitoring.hj212.Verdict;
import org.banhao.testing.Whole;

/** The line of one device of the whole application, without a socket: packets are handed over as the gateway does. */
public final class HeardLine {

    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);

    private final Whole whole;
    private final String mn;

    public HeardLine(Whole whole, String mn) {
        this.whole = whole;
        this.mn = mn;
    }

    /** @param qn when its clock says that it sends: yyyyMMddHHmmssSSS */
    public void hour(Instant at, String qn, String content) {
        byte[] line = new Packet(qn, 31, 2061, "Ku9x!q", mn, true, 0, 0, false, content).encode(DIALECT);
        Decoder decoder = new Decoder();
        if (decoder.decode(line, 0, line.length - 2, DIALECT) != Verdict.VALID)
            throw new IllegalArgumentException(content);
        whole.bean(FrameSink.class)
                .store(List.of(new ReceivedFrame(
                        new Device(mn, 31, DIALECT, "Ku9x!q", List.of()),
                        decoder.frame().keep(),
                        at,
                        InetAddress.getLoopbackAddress(),
                        false)));
    }

    public void refused(LineWatch.Refused why) {
        whole.bean(LineWatch.class).refused(mn, InetAddress.getLoopbackAddress(), why);
    }

    /** Now, and not in ten seconds. */
    public void write() {
        whole.bean(DeviceNotes.class).flush();
    }
}
