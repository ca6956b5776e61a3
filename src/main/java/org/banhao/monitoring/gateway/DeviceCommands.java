package org.banhao.monitoring.gateway;

import java.util.concurrent.CompletableFuture;

/** Asks devices to do something. A bean while the gateway is on. */
public interface DeviceCommands {

    /**
     * Sends a command on the newest line of the device. It is sent again with the same QN while the device does not answer.
     * Data that come in answer go to the {@link FrameSink} like all others, marked as late.
     *
     * @return ends in any case, and never exceptionally; on a thread that reads the line: what follows must not wait
     */
    CompletableFuture<CommandResult> send(String mn, Command command);
}
