package org.banhao.casefile.web;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.CasefileDatabase;
import org.banhao.casefile.CasefileFakes;
import org.banhao.casefile.LedgerLayouts;
import org.banhao.document.StoredDocument;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.MultipartAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The web side of the modules on a real server; who is signed in stands in two headers. */
@EnableTransactionManagement(proxyTargetClass = true)
@ComponentScan({"org.banhao.casefile.domain", "org.banhao.casefile.web", "org.banhao.document.domain"})
@Import(CasefileFakes.class)
@ImportAutoConfiguration({
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    MultipartAutoConfiguration.class,
    ThymeleafAutoConfiguration.class
})
@NullMarked
class CasefileWeb {
    @Bean
    DataSource source() {
        return CasefileDatabase.H2.source();
    }

    @Bean
    JdbcClient jdbcClient(DataSource source) {
        return JdbcClient.create(source);
    }

    @Bean
    PlatformTransactionManager transactions(DataSource source) {
        return new JdbcTransactionManager(source);
    }

    @Bean
    SignedIn signedIn() {
        return new SignedIn() {
            @Override
            public Person person() {
                Person person = personOrNull();
                if (person == null) throw new AccessDeniedException("nobody");
                return person;
            }

            @Override
            public @Nullable Person personOrNull() {
                String id = header("X-Person");
                return id.isEmpty() ? null : new Person(id, id, "", null, null, true);
            }

            @Override
            public List<String> groups() {
                return List.of(header("X-Groups").split(","));
            }

            @Override
            public boolean has(String groupId) {
                return groups().contains(groupId);
            }

            @Override
            public void require(String... anyOfGroups) {
                throw new UnsupportedOperationException();
            }

            private static String header(String name) {
                var request = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
                String value = request.getHeader(name);
                return value == null ? "" : value;
            }
        };
    }

    @Bean
    LedgerLayouts layouts() {
        return ledger -> Optional.empty();
    }

    @Bean
    CaseView proposals() {
        return new CaseView() {
            @Override
            public String kind() {
                return "TA";
            }

            @Override
            public Map<String, String> summary(CaseRow row) {
                Map<String, String> facts = new LinkedHashMap<>();
                facts.put("第一提案者", "卫林书（教育界）");
                facts.put("联名", "3人");
                facts.put("希望承办单位", "市教育局、市公安局交警支队");
                facts.put("联系电话", "");
                return facts;
            }

            @Override
            public boolean shows(CaseRow row, StoredDocument paper, List<String> groups) {
                return "draft".equals(paper.origin());
            }

            @Override
            public @Nullable String writer(CaseRow row) {
                return row.status().equals("draft") ? "weilinshu" : null;
            }

            @Override
            public List<Section> sections(CaseRow row, String personId, List<String> groups) {
                return List.of(
                        new Section("案由", "每天上下学时段，英雄中路小学门前道路两侧停满接送车辆，公交车无法靠站。", List.of()),
                        new Section("建议", "", List.of("错时放学，分年级间隔十五分钟。", "在校门两侧各设五十米即停即走区。", "增开两条助学公交专线。")),
                        new Section("审查意见", "", List.of()));
            }
        };
    }

    static final Instant NOW = Instant.parse("2026-03-26T02:00:00Z");
}
