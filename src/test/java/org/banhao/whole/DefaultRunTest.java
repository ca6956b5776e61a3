package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.banhao.testing.Accounts;
import org.banhao.testing.RunningApp;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The way a newcomer starts it: nothing set, H2 in a folder. */
class DefaultRunTest {

    @Test
    void loadsTheDemonstrationOnceIntoAnEmptyFolderPrintsItsAccountsAndFindsAllAgainAtTheSecondStart()
            throws IOException {
        Path data = Files.createTempDirectory("default");
        Path file = data.resolve("demo-accounts.tsv");
        Accounts.Account clerk;
        try (RunningApp app = RunningApp.start(data, Map.of())) {
            assertThat(app.log()).contains("演示环境：http://localhost:");
            assertThat(Files.readAllLines(file).get(0)).isEqualTo("login\tpassword\trole\tname");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            for (Accounts.Account account : app.accounts().all()) {
                assertThat(app.log()).contains(account.login()).contains(account.password());
            }
            clerk = app.accounts().named("暴晓岚");
        }
        String accounts = Files.readString(file);
        Map<String, Integer> before = counts(data);
        assertThat(before.get("PEOPLE_PERSON")).isGreaterThan(40);
        assertThat(before.get("CASEFILE_CASE")).isGreaterThan(15);

        try (RunningApp app = RunningApp.start(data, Map.of())) {
            assertThat(Files.readString(file)).isEqualTo(accounts);
            WebSession session = new WebSession(app.url("")).signIn(clerk);
            assertThat(session.get("/proposals/sessions").statusCode()).isEqualTo(200);
        }
        assertThat(counts(data)).isEqualTo(before);
    }

    /** Rows of what a second loading would double, and nothing that time alone adds to; the application is not running. */
    private static Map<String, Integer> counts(Path data) {
        JdbcClient db = JdbcClient.create(
                new DriverManagerDataSource("jdbc:h2:file:" + data.resolve("banhao") + ";IFEXISTS=TRUE", "banhao", ""));
        Map<String, Integer> counts = new TreeMap<>();
        for (String table : new String[] {
            "PEOPLE_PERSON", "PEOPLE_UNIT", "CASEFILE_CASE", "PROPOSAL_PROPOSAL", "PROPOSAL_SESSION", "ACT_RE_PROCDEF"
        }) {
            counts.put(
                    table,
                    db.sql("select count(*) from " + table).query(Integer.class).single());
        }
        return counts;
    }
}
