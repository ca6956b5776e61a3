package org.banhao.people.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

/** What follows from settings before anything starts: an address with https, a certificate of its own, a demonstration. */
class HttpsTest {

    private static MockEnvironment settings(String... pairs) {
        MockEnvironment settings = new MockEnvironment();
        for (int i = 0; i < pairs.length; i += 2) settings.setProperty(pairs[i], pairs[i + 1]);
        new Https().postProcessEnvironment(settings, new SpringApplication());
        return settings;
    }

    @Test
    void behindAProxyWithTlsCookiesAreSecureAndOnlyThisMachinesProxyIsBelieved() {
        MockEnvironment settings = settings("banhao.address", "https://banhao.example.cn");
        assertThat(Https.configured(settings)).isTrue();
        assertThat(settings.getProperty("server.servlet.session.cookie.secure")).isEqualTo("true");
        assertThat(settings.getProperty("camunda.bpm.webapp.csrf.enable-secure-cookie"))
                .isEqualTo("true");
        assertThat(settings.getProperty("server.forward-headers-strategy")).isEqualTo("native");
        String internal = settings.getRequiredProperty("server.tomcat.remoteip.internal-proxies");
        assertThat("127.0.0.1").matches(internal);
        assertThat("10.1.2.3").doesNotMatch(internal);
    }

    @Test
    void withACertificateOfItsOwnNoHeadersOfAProxyAreBelieved() {
        MockEnvironment settings = settings("server.ssl.bundle", "web");
        assertThat(settings.getProperty("server.servlet.session.cookie.secure")).isEqualTo("true");
        assertThat(settings.getProperty("server.forward-headers-strategy")).isNull();
    }

    @Test
    void whatIsSetOtherwiseStays() {
        MockEnvironment settings = settings(
                "banhao.address", "https://banhao.example.cn",
                "server.tomcat.remoteip.internal-proxies", "10\\.0\\.0\\.5");
        assertThat(settings.getProperty("server.tomcat.remoteip.internal-proxies"))
                .isEqualTo("10\\.0\\.0\\.5");
    }

    @Test
    void aCityAtWorkDoesNotStartWithInventedPeople() {
        MockEnvironment settings = new MockEnvironment();
        settings.setProperty("banhao.demonstration", "true");
        new NoDemonstrationInService().postProcessEnvironment(settings, new SpringApplication());
        settings.setActiveProfiles("postgres");
        assertThatThrownBy(
                        () -> new NoDemonstrationInService().postProcessEnvironment(settings, new SpringApplication()))
                .hasMessageContaining("不能装入演示数据")
                .hasMessageContaining("BANHAO_DEMONSTRATION");
        settings.setProperty("banhao.demonstration", "false");
        new NoDemonstrationInService().postProcessEnvironment(settings, new SpringApplication());
    }

    @Test
    void withoutTlsNothingIsSet() {
        MockEnvironment settings = settings("banhao.address", "http://localhost:8080");
        assertThat(Https.configured(settings)).isFalse();
        assertThat(settings.getProperty("server.servlet.session.cookie.secure")).isNull();
    }
}
