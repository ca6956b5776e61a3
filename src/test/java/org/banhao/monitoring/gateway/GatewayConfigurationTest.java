package org.banhao.monitoring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Standard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GatewayConfigurationTest {

    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);
    private static final Device DEVICE = new Device("M1", 31, DIALECT, "123456", List.of());
    private static final Packet PACKET =
            Packet.of("20260801080000001", 31, 2011, "123456", "M1", "a-Rtd=1").wantingAnswer();

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(GatewayConfiguration.class)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(FrameSink.class, MemorySink::new)
            .withBean(DeviceDirectory.class, () -> mn -> mn.equals("M1") ? DEVICE : null);

    @Test
    void withoutAPortThereIsNoGateway() {
        context.run(started -> assertThat(started).hasNotFailed().doesNotHaveBean(DeviceCommands.class));
    }

    @Test
    void withAPortItListensOnTheLoopbackAddressOnly() {
        context.withPropertyValues("banhao.monitoring.port=0").run(started -> {
            assertThat(started).hasNotFailed().hasSingleBean(DeviceCommands.class);
            assertThat(started.getBean(GatewayProperties.class).address()).isEqualTo("127.0.0.1");
            try (TestLogger logger =
                    new TestLogger(started.getBean(Gateway.class).port(), DIALECT)) {
                logger.send(PACKET);
                assertThat(logger.answer().cn()).isEqualTo(9014);
            }
        });
    }

    @Test
    void aPortWithoutSomebodyWhoStoresIsAMistake() {
        new ApplicationContextRunner()
                .withUserConfiguration(GatewayConfiguration.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withPropertyValues("banhao.monitoring.port=0")
                .run(started -> assertThat(started).hasFailed());
    }

    @Test
    void withACertificateTheLineIsEncrypted(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore keys = keys(folder);
        Path certificate =
                pem(folder, "CERTIFICATE", keys.getCertificate("gateway").getEncoded());
        Path key = pem(
                folder,
                "PRIVATE KEY",
                keys.getKey("gateway", "changeit".toCharArray()).getEncoded());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("gateway", keys.getCertificate("gateway"));
        trust.init(trusted);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        context.withPropertyValues(
                        "banhao.monitoring.port=0",
                        "banhao.monitoring.tls.certificate=" + certificate,
                        "banhao.monitoring.tls.key=" + key)
                .run(started -> {
                    assertThat(started).hasNotFailed();
                    int port = started.getBean(Gateway.class).port();
                    try (TestLogger logger =
                            new TestLogger(client.getSocketFactory().createSocket("127.0.0.1", port), DIALECT)) {
                        logger.send(PACKET);
                        assertThat(logger.answer().cn()).isEqualTo(9014);
                    }
                    try (TestLogger plain = new TestLogger(port, DIALECT)) {
                        plain.send(PACKET);
                        assertThat(plain.isClosedUnanswered()).isTrue();
                    }
                });
    }

    private static KeyStore keys(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gateway",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=gateway",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    }

    private static Path pem(Path folder, String what, byte[] der) throws IOException {
        String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
        return Files.writeString(folder.resolve(what.replace(' ', '-') + ".pem"), text);
    }
}
