package org.banhao.monitoring.gateway;

import java.net.InetAddress;
import java.time.Instant;
import org.banhao.monitoring.hj212.Frame;

/**
 * A packet that was checked and has to be stored.
 *
 * @param frame a kept one
 * @param at when it came
 * @param late whether it was sent again later: by its own mark (HJ 212-2025), or because it was asked for
 */
public record ReceivedFrame(Device device, Frame frame, Instant at, InetAddress from, boolean late) {}
