package org.banhao.people.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * People come by TLS: the application has a certificate itself, or {@code banhao.address} begins with https because a
 * proxy before it has one. Then cookies are secure, browsers are told to keep to TLS, and the proxy on this machine is
 * believed where a call came from. Each of these settings can still be given otherwise.
 */
public class Https implements EnvironmentPostProcessor, Ordered {

    /** Only the proxy on this machine; a city's own network may not write addresses into the record. */
    private static final String THIS_MACHINE = "127\\.0\\.0\\.1|0:0:0:0:0:0:0:1|::1";

    static boolean proxied(Environment settings) {
        return settings.getProperty("banhao.address", "")
                .toLowerCase(Locale.ROOT)
                .startsWith("https://");
    }

    private static boolean own(Environment settings) {
        return settings.getProperty("server.ssl.enabled", Boolean.class, true)
                && (settings.containsProperty("server.ssl.key-store")
                        || settings.containsProperty("server.ssl.certificate")
                        || settings.containsProperty("server.ssl.bundle"));
    }

    static boolean configured(Environment settings) {
        return own(settings) || proxied(settings);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment settings, SpringApplication application) {
        if (!configured(settings)) return;
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("server.servlet.session.cookie.secure", "true");
        defaults.put("camunda.bpm.webapp.csrf.enable-secure-cookie", "true");
        if (!own(settings)) {
            defaults.put("server.forward-headers-strategy", "native");
            defaults.put("server.tomcat.remoteip.internal-proxies", THIS_MACHINE);
        }
        settings.getPropertySources().addLast(new MapPropertySource("https", defaults));
    }

    /** After the files of settings are read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
