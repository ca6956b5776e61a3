package org.banhao.monitoring.gateway;

import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Standard;
import org.jspecify.annotations.Nullable;

/** What is said to a device once its packet is stored. */
final class Replies {

    private static final int SYSTEM = 91;
    private static final int REQUEST_ANSWER = 9011;
    private static final int NOTICE_ANSWER = 9013;
    private static final int DATA_ANSWER = 9014;

    /** 现场机时间校准请求. */
    static final int ASKS_FOR_TIME = 1013;

    private static final int HEARTBEAT = 9015;
    private static final String COMMAND_UNKNOWN = "QnRtn=8";

    private Replies() {}

    /** @return null: the packet wants no answer, or cannot be answered in its own words */
    static @Nullable Packet to(Frame frame, Device device) {
        if (!frame.answerWanted()) return null;
        int cn = frame.cn();
        if (cn == ASKS_FOR_TIME || cn == HEARTBEAT) return reply(NOTICE_ANSWER, "", frame, device);
        // the host of the standard executes no requests of devices
        if (cn >= 1000 && cn < 2000) return reply(REQUEST_ANSWER, COMMAND_UNKNOWN, frame, device);
        if (cn >= 2000 && cn < 4000) return reply(DATA_ANSWER, "", frame, device);
        return null;
    }

    private static @Nullable Packet reply(int cn, String content, Frame frame, Device device) {
        try {
            if (device.dialect().standard() == Standard.HJ_T_212_2005) {
                String what = "QN=" + frame.qn() + ";" + (cn == DATA_ANSWER ? "CN=" + frame.cn() : content);
                return Packet.of(
                        null, SYSTEM, cn, null, null, what.endsWith(";") ? what.substring(0, what.length() - 1) : what);
            }
            String qn = frame.qn();
            return Packet.of(qn.isEmpty() ? null : qn, SYSTEM, cn, device.password(), device.mn(), content);
        } catch (IllegalArgumentException e) {
            // its QN holds what no packet may hold
            return null;
        }
    }
}
