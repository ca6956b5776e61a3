package org.banhao.people.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.testing.Databases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The way into an empty installation. */
class FirstAdministratorTest {

    private static final String TOKEN = "a-token-from-the-environment";
    private static final String PASSWORD = "qingshan lvshui 7";

    private final Audit audit = (action, number, detail) -> {};
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private PersonRows rows;
    private TransactionTemplate transaction;

    private FirstAdministrator first(Databases database, String token, boolean demonstration) {
        DataSource source = database.migrated();
        JdbcClient db = JdbcClient.create(source);
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ChineseTime.ZONE;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        rows = new PersonRows(db, clock);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        Passwords passwords = new Passwords(4, true);
        Accounts accounts = new Accounts(rows, passwords, audit, event -> {}, new Pinyin());
        return new FirstAdministrator(
                rows,
                accounts,
                passwords,
                new SignInThrottle(db, clock),
                audit,
                clock,
                demonstration,
                token,
                "https://banhao.example");
    }

    private void create(FirstAdministrator first, String token, String login) {
        transaction.executeWithoutResult(s -> first.create(
                token, new Accounts.NewAccount(login, "甲某", "", null, null), PASSWORD, PASSWORD, "10.0.0.1"));
    }

    @ParameterizedTest
    @EnumSource
    void the_token_makes_one_system_administrator_and_no_second(Databases database) {
        FirstAdministrator first = first(database, TOKEN, false);
        first.invite();
        assertThat(first.open()).isTrue();
        create(first, TOKEN, "jia");
        assertThat(rows.groupsOf("jia")).containsExactly(Roles.SYSTEM_ADMINISTRATOR);
        assertThat(first.open()).isFalse();
        assertThatThrownBy(() -> create(first, TOKEN, "yi")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_an_old_and_a_short_token_make_nobody(Databases database) {
        FirstAdministrator first = first(database, TOKEN, false);
        first.invite();
        assertThatThrownBy(() -> create(first, "guess", "jia")).hasMessageContaining("无效");
        now = now.plus(Duration.ofHours(24).plusSeconds(1));
        assertThatThrownBy(() -> create(first, TOKEN, "jia")).hasMessageContaining("无效");
        assertThat(rows.anybody()).isFalse();
        FirstAdministrator shortOne = first(database, "short", false);
        shortOne.invite();
        assertThatThrownBy(() -> create(shortOne, "short", "jia")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void an_easy_password_does_not_use_the_token_up(Databases database) {
        FirstAdministrator first = first(database, TOKEN, false);
        first.invite();
        assertThatThrownBy(() -> transaction.executeWithoutResult(s -> first.create(
                        TOKEN, new Accounts.NewAccount("jia", "甲某", "", null, null), "1234567890", "1234567890", "")))
                .hasMessageContaining("简单");
        create(first, TOKEN, "jia");
        assertThat(rows.anybody()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void of_two_who_use_the_token_at_the_same_moment_one_is_made(Databases database) throws Exception {
        FirstAdministrator first = first(database, TOKEN, false);
        first.invite();
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        List<Future<Boolean>> results = new ArrayList<>();
        for (String login : List.of("jia", "yi"))
            results.add(two.submit(() -> {
                together.await();
                try {
                    create(first, TOKEN, login);
                    return true;
                } catch (Refusal refused) {
                    return false;
                }
            }));
        assertThat(List.of(results.get(0).get(), results.get(1).get())).containsExactlyInAnyOrder(true, false);
        two.shutdown();
    }

    @ParameterizedTest
    @EnumSource
    void guesses_from_one_address_have_to_wait(Databases database) {
        FirstAdministrator first = first(database, TOKEN, false);
        first.invite();
        for (int i = 0; i < 5; i++) first.failed("10.0.0.1");
        assertThatThrownBy(() -> create(first, TOKEN, "jia")).hasMessageContaining("稍候");
    }

    @ParameterizedTest
    @EnumSource
    void the_demonstration_invites_nobody(Databases database) {
        FirstAdministrator first = first(database, TOKEN, true);
        first.invite();
        assertThatThrownBy(() -> create(first, TOKEN, "jia")).hasMessageContaining("无效");
    }
}
