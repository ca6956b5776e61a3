package org.banhao.monitoring.gateway;

/** Opens the line where it is not opened by itself. A bean while the gateway is on. */
public interface GatewaySwitch {

    /**
     * Opens the line, unless it is open.
     *
     * @return where it listens, on the address of the settings
     */
    int open();
}
