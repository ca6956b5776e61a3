package org.banhao.monitoring.gateway;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param port TCP port for data loggers; 0: any free one. Unless it is set the gateway opens for simulated devices only
 * @param address where it listens
 * @param idle a line on which nothing came for so long is closed; longer than any reporting interval
 * @param greeting a line must bring a good packet within that time
 */
@ConfigurationProperties("banhao.monitoring")
record GatewayProperties(
        @DefaultValue("8212") int port,
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("70m") Duration idle,
        @DefaultValue("60s") Duration greeting,
        @DefaultValue Limits limits,
        @DefaultValue Answers answers,
        @DefaultValue Tls tls) {

    /**
     * @param connections lines in all
     * @param perAddress lines from one address; many sites of a mobile operator share one
     * @param perDevice lines on which one device is heard; the oldest is closed for a new one
     * @param devices devices on one line
     * @param unstored packets of one line that are read but not stored; then its reading stops
     * @param unstoredInAll the same for all lines
     * @param perSecond packets of one device and of one line a second, in the long run; then reading waits
     * @param burst packets that may come at once before that
     * @param refused packets in a row that are refused, before the line is closed
     * @param rubbish bytes in a row that belong to no packet, before the line is closed
     * @param lot most packets that are stored at once
     */
    record Limits(
            @DefaultValue("5000") int connections,
            @DefaultValue("500") int perAddress,
            @DefaultValue("2") int perDevice,
            @DefaultValue("64") int devices,
            @DefaultValue("1000") int unstored,
            @DefaultValue("20000") int unstoredInAll,
            @DefaultValue("200") int perSecond,
            @DefaultValue("2000") int burst,
            @DefaultValue("20") int refused,
            @DefaultValue("65536") int rubbish,
            @DefaultValue("1000") int lot) {}

    /**
     * @param within how long a device may take to take a command; HJ 212-2017 table 1: 10 s on a mobile line
     * @param again how often a command is sent again; HJ 212-2017 table 1: 3
     * @param done how long a device may take from one sign of life to the next while it executes a command
     */
    record Answers(
            @DefaultValue("10s") Duration within,
            @DefaultValue("3") int again,
            @DefaultValue("5m") Duration done) {}

    /**
     * TLS is on when there is a certificate.
     *
     * @param certificate chain in PEM
     * @param key private key in PEM
     * @param clients certificates of authorities; then devices must bring a certificate of one of them
     */
    record Tls(
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path clients) {}
}
