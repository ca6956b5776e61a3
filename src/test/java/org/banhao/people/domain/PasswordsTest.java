package org.banhao.people.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashSet;
import java.util.Set;
import org.banhao.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private final Passwords passwords = new Passwords(Passwords.LEAST_COST, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short-1",
                "123456789",
                "1234567890",
                "aaaaaaaaaaaa",
                "ababababababab",
                "qwertyuiop12",
                "zhang-san-2026",
                "ZHANG-SAN-2026",
                "abcdefghij",
                "tab\tinside-it",
                "长长长长长长长长长长长长长长长长长长长长长长长长长"
            })
    void easy_passwords_are_refused(String password) {
        assertThatThrownBy(() -> passwords.judge("zhang-san", password)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "qingshan-lvshui-2", "9d!kE02mmQ", "青山绿水大桥灯火夜航船"})
    void good_passwords_pass(String password) {
        assertThatCode(() -> passwords.judge("zhang-san", password)).doesNotThrowAnyException();
    }

    @Test
    void generated_passwords_are_long_readable_and_never_the_same() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String password = passwords.generate();
            assertThat(password).matches("[a-km-zA-HJ-NP-Z2-9]{14}");
            assertThat(seen.add(password)).isTrue();
        }
    }

    @Test
    void a_password_longer_than_what_is_compared_never_matches() {
        String most = "x".repeat(72);
        String hash = passwords.hash(most);
        assertThat(passwords.matches(most, hash)).isTrue();
        assertThat(passwords.matches(most + "y", hash)).isFalse();
    }

    /** Else a password that no account can have would tell which login names exist. */
    @Test
    void a_password_that_is_too_long_costs_a_comparison_too() {
        String hash = passwords.hash("correct horse battery");
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        long before = cpu.getCurrentThreadCpuTime();
        assertThat(passwords.matches("x".repeat(100), hash)).isFalse();
        long tooLong = cpu.getCurrentThreadCpuTime() - before;
        passwords.pretend("x".repeat(100));
        long unknown = cpu.getCurrentThreadCpuTime() - before - tooLong;
        assertThat(tooLong).isGreaterThan(unknown / 4);
    }

    @Test
    void cheap_passwords_are_for_invented_people_only() {
        assertThat(new Passwords(4, true).hash("correct horse battery")).startsWith("{bcrypt}$2a$04$");
        assertThat(passwords.hash("correct horse battery")).startsWith("{bcrypt}$2a$10$");
        assertThatThrownBy(() -> new Passwords(Passwords.LEAST_COST - 1, false))
                .hasMessageContaining("banhao.people.password-cost 不能小于 10（现为 9）");
    }
}
