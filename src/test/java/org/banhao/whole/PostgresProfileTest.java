package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.testing.Accounts;
import org.banhao.testing.Databases;
import org.banhao.testing.RunningApp;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The way a city starts it: profile {@code postgres}, the database named by the environment, nobody in it. */
class PostgresProfileTest {

    private static final Pattern LINK = Pattern.compile("/first-administrator\\?token=(\\S+)");

    @Test
    void startsEmptyAndItsPrintedLinkMakesOneAdministratorAndNoSecondOne() throws IOException {
        Path data = Files.createTempDirectory("profile");
        Map<String, String> database = Databases.POSTGRESQL.properties();
        String url = String.valueOf(database.get("spring.datasource.url"));
        JdbcClient db = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
        try (RunningApp app = RunningApp.start(
                data,
                Map.of(
                        "SPRING_PROFILES_ACTIVE", "postgres",
                        "BANHAO_DB_URL", url,
                        "BANHAO_DB_USER", "postgres",
                        "BANHAO_DB_PASSWORD", "unused"))) {
            assertThat(data.resolve("demo-accounts.tsv")).doesNotExist();
            assertThat(count(db, "people_person")).isZero();
            assertThat(count(db, "casefile_case")).isZero();
            assertThat(count(db, "proposal_session")).isZero();
            Matcher link = LINK.matcher(app.log());
            assertThat(link.find()).as(app.log()).isTrue();
            String token = link.group(1);
            String page = "/first-administrator?token=" + token;

            HttpResponse<String> guessed = create(app, page, "not-the-token-of-the-log");
            assertThat(guessed.statusCode()).isEqualTo(400);
            assertThat(guessed.body()).contains("该链接无效");
            assertThat(count(db, "people_person")).isZero();

            WebSession late = new WebSession(app.url(""));
            HttpResponse<String> lateForm = late.get(page);
            assertThat(lateForm.statusCode()).isEqualTo(200);
            assertThat(create(app, page, token).statusCode()).isEqualTo(302);
            assertThat(count(db, "people_person")).isEqualTo(1);

            WebSession administrator = new WebSession(app.url(""))
                    .signIn(new Accounts.Account("chen-guan", "Shan-Feng-2026-Qing", "系统管理员", "陈管"));
            assertThat(administrator.get("/admin/people").statusCode()).isEqualTo(200);

            HttpResponse<String> again = new WebSession(app.url("")).get(page);
            assertThat(again.statusCode()).isEqualTo(404);
            Sentences.refused(again);
            Sentences.refused(late.post(
                    "/login",
                    "/first-administrator",
                    Map.of(
                            "token", token,
                            "login", "second-one",
                            "name", "第二人",
                            "password", "Shan-Feng-2026-Qing",
                            "again", "Shan-Feng-2026-Qing")));
            assertThat(count(db, "people_person")).isEqualTo(1);
        }
    }

    private static HttpResponse<String> create(RunningApp app, String page, String token) {
        return new WebSession(app.url(""))
                .post(
                        page,
                        "/first-administrator",
                        Map.of(
                                "token", token,
                                "login", "chen-guan",
                                "name", "陈管",
                                "password", "Shan-Feng-2026-Qing",
                                "again", "Shan-Feng-2026-Qing"));
    }

    private static int count(JdbcClient db, String table) {
        return db.sql("select count(*) from " + table).query(Integer.class).single();
    }
}
