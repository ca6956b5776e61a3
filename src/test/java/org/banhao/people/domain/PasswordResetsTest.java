package org.banhao.people.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
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

/** The password of one of the three administrators, in both databases. */
class PasswordResetsTest {

    private static final String NEXT = "qingshan lvshui 7";

    /** jia and xin: system, yi: security, bing: audit, wu: nobody. */
    private static final class House {

        Instant now = Instant.parse("2026-11-22T08:00:00Z");
        final List<String> audit = new ArrayList<>();
        final PersonRows rows;
        final Accounts accounts;
        final PasswordResets resets;
        final PasswordResetRows requests;
        final Passwords passwords = new Passwords(4, true);
        final SignIns signIns;
        final Clock clock;
        final Audit record = (action, number, detail) -> audit.add(action + " " + detail);
        private final TransactionTemplate transaction;

        House(Databases database) {
            DataSource source = database.migrated();
            JdbcClient db = JdbcClient.create(source);
            clock = new Clock() {
                @Override
                public ZoneId getZone() {
                    return ChineseTime.ZONE;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
            rows = new PersonRows(db, clock);
            SignInThrottle throttle = new SignInThrottle(db, clock);
            accounts = new Accounts(rows, passwords, record, event -> {}, new Pinyin());
            requests = new PasswordResetRows(db);
            resets = new PasswordResets(rows, requests, passwords, record, clock);
            signIns = new SignIns(rows, passwords, throttle, new KnownBrowsers(db, clock), record);
            transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
            for (String login : List.of("jia", "xin", "yi", "bing", "wu"))
                get(() -> accounts.create(new Accounts.NewAccount(login, "姓" + login, "", null, null)));
            join("jia", Roles.SYSTEM_ADMINISTRATOR);
            join("xin", Roles.SYSTEM_ADMINISTRATOR);
            join("yi", Roles.SECURITY_ADMINISTRATOR);
            join("bing", Roles.AUDIT_ADMINISTRATOR);
        }

        void join(String login, String group) {
            in(() -> accounts.join("by", login, group));
        }

        void in(Runnable work) {
            transaction.executeWithoutResult(s -> work.run());
        }

        <T> T get(Supplier<T> work) {
            return Objects.requireNonNull(transaction.execute(s -> work.get()));
        }

        String ask(String by, String of) {
            return get(() -> resets.ask(by, of, "本人忘记密码"));
        }

        long open(String of) {
            return requests.ofPerson(of).get(0).id();
        }

        String confirm(String by, String of) {
            long id = open(of);
            return get(() -> resets.confirm(by, id));
        }

        void redeem(String token, String code) {
            in(() -> resets.redeem(token, code, NEXT, NEXT));
        }

        boolean enters(String login) {
            return signIns.enter(login, NEXT, "10.0.0.1", null).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyResetsThePasswordOfOneOfTheThreeAloneNorOpensItToMachines(Databases database) {
        House house = new House(database);
        for (String login : List.of("xin", "yi", "bing")) {
            assertThatThrownBy(() -> house.in(() -> house.accounts.resetPassword("jia", login)))
                    .as(login)
                    .hasMessageContaining("提交重置申请");
            assertThatThrownBy(() -> house.in(() -> house.accounts.api("jia", login, true)))
                    .as(login)
                    .hasMessageContaining("不能开通接口");
        }
        house.in(() -> house.accounts.resetPassword("jia", "wu"));
        house.in(() -> house.accounts.api("jia", "wu", true));
    }

    @ParameterizedTest
    @EnumSource
    void theOwnerChoosesHisPasswordWithWhatTheTwoOthersGaveHim(Databases database) {
        House house = new House(database);
        Account before = house.signIns.account("yi").orElseThrow();
        String code = house.ask("jia", "yi");
        String token = house.confirm("bing", "yi");
        assertThat(house.signIns.still(before)).as("nothing has happened yet").isPresent();
        house.redeem(token, code);
        assertThat(house.enters("yi")).isTrue();
        assertThat(house.signIns.still(before)).as("open sessions end").isEmpty();
        assertThat(house.signIns.account("yi").orElseThrow().mustChangePassword())
                .isFalse();
        assertThatThrownBy(() -> house.redeem(token, code)).as("once").hasMessageContaining("已使用");
        assertThat(house.audit)
                .contains(
                        "people.askReset yi，本人忘记密码",
                        "people.confirmReset yi，姓jia申请",
                        "people.resetPassword yi，本人凭链接设置");
    }

    @ParameterizedTest
    @EnumSource
    void neitherWhoAskedNorWhoConfirmedCanActWithHisHalf(Databases database) {
        House house = new House(database);
        String code = house.ask("jia", "bing");
        assertThatThrownBy(() -> house.redeem(code, code)).as("no link").isInstanceOf(Refusal.class);
        String token = house.confirm("yi", "bing");
        for (String guess : List.of("", token, "abcdefgh", code.toUpperCase(java.util.Locale.ROOT) + "x"))
            assertThatThrownBy(() -> house.redeem(token, guess))
                    .as(guess)
                    .isInstanceOfSatisfying(
                            Refusal.class, r -> assertThat(r.field()).isEqualTo("code"));
        assertThat(house.enters("bing")).isFalse();
        house.redeem(token, code);
        assertThat(house.enters("bing")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void eachAccountHasItsConfirmersAndNobodyConfirmsWhatHeAskedFor(Databases database) {
        House house = new House(database);
        house.ask("jia", "yi");
        house.ask("jia", "bing");
        house.ask("jia", "xin");
        refusedTo(house, "yi", List.of("jia", "xin", "yi", "wu"));
        refusedTo(house, "bing", List.of("jia", "xin", "bing", "wu"));
        refusedTo(house, "xin", List.of("jia", "xin", "bing", "wu"));
        house.confirm("bing", "yi");
        house.confirm("yi", "bing");
        house.confirm("yi", "xin");
    }

    private static void refusedTo(House house, String of, List<String> others) {
        for (String other : others)
            assertThatThrownBy(() -> house.confirm(other, of))
                    .as(other + " for " + of)
                    .hasMessageContaining("确认");
    }

    @ParameterizedTest
    @EnumSource
    void whoAskedAndBecameAConfirmerSinceThenDoesNotConfirm(Databases database) {
        House house = new House(database);
        house.ask("xin", "bing");
        house.in(() -> house.accounts.leave("by", "xin", Roles.SYSTEM_ADMINISTRATOR));
        house.join("xin", Roles.SECURITY_ADMINISTRATOR);
        assertThatThrownBy(() -> house.confirm("xin", "bing")).hasMessageContaining("不能由申请人");
    }

    @ParameterizedTest
    @EnumSource
    void aRequestLastsADayAndALinkHalfAnHour(Databases database) {
        House house = new House(database);
        house.ask("jia", "yi");
        assertThatThrownBy(() -> house.ask("xin", "yi")).as("one at a time").hasMessageContaining("正在等待确认");
        house.now = house.now.plus(Duration.ofHours(24));
        assertThatThrownBy(() -> house.confirm("bing", "yi")).hasMessageContaining("失效");
        house.in(() -> house.requests.close(house.open("yi"), "withdrawn", "jia", "x", house.now, null));
        String code = house.ask("jia", "yi");
        house.now = house.now.plus(Duration.ofHours(24)).minusSeconds(1);
        String token = house.confirm("bing", "yi");
        house.now = house.now.plus(Duration.ofMinutes(30));
        assertThat(house.resets.needsCode(token)).isEmpty();
        assertThatThrownBy(() -> house.redeem(token, code)).hasMessageContaining("超过30分钟");
        house.now = house.now.minusSeconds(1);
        house.redeem(token, code);
    }

    @ParameterizedTest
    @EnumSource
    void ofSeveralLinksForOneAccountOnlyTheLastIsGoodAndAllAreVoidOnceAPasswordIsChosen(Databases database) {
        House house = new House(database);
        String firstCode = house.ask("jia", "yi");
        String first = house.confirm("bing", "yi");
        String secondCode = house.ask("xin", "yi");
        assertThat(house.resets.needsCode(first))
                .as("until the new one is given out")
                .isPresent();
        String second = house.confirm("bing", "yi");
        assertThatThrownBy(() -> house.redeem(first, firstCode)).hasMessageContaining("链接无效");
        assertThat(house.resets.latest("jia"))
                .extracting(PasswordResets.Line::state)
                .contains("已由后来的申请取代");
        house.ask("jia", "yi");

        house.redeem(second, secondCode);

        assertThatThrownBy(() -> house.confirm("bing", "yi"))
                .as("the request that still waited")
                .isInstanceOf(Exception.class);
        String thirdCode = house.ask("jia", "yi");
        String third = house.confirm("bing", "yi");
        console(house, "yi");
        assertThatThrownBy(() -> house.redeem(third, thirdCode)).hasMessageContaining("链接无效");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedOrWithdrawnRequestIsOverAndSaysWhy(Databases database) {
        House house = new House(database);
        house.ask("jia", "yi");
        long first = house.open("yi");
        assertThatThrownBy(() -> house.in(() -> house.resets.refuse("bing", first, " ")))
                .isInstanceOf(Refusal.class);
        house.in(() -> house.resets.refuse("bing", first, "本人说没有忘记"));
        assertThatThrownBy(() -> house.in(() -> house.resets.confirm("bing", first)))
                .isInstanceOf(Refusal.class);
        String code = house.ask("jia", "yi");
        long second = house.open("yi");
        String token = house.confirm("bing", "yi");
        assertThatThrownBy(() -> house.in(() -> house.resets.withdraw("xin", second)))
                .isInstanceOf(Refusal.class);
        house.in(() -> house.resets.withdraw("jia", second));
        assertThatThrownBy(() -> house.redeem(token, code)).isInstanceOf(Refusal.class);
        assertThat(house.resets.latest("jia"))
                .extracting(PasswordResets.Line::state)
                .containsExactly("已撤回", "姓bing未同意");
        assertThat(house.resets.latest("jia").get(1).answer()).isEqualTo("本人说没有忘记");
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsShownToWhoDecidesItAsHis(Databases database) {
        House house = new House(database);
        house.ask("jia", "yi");
        house.ask("jia", "bing");
        assertThat(house.resets.latest("bing"))
                .extracting(l -> l.personId() + l.decides() + l.mine())
                .containsExactly("yitruefalse", "bingfalsefalse");
        assertThat(house.resets.latest("jia"))
                .allSatisfy(l -> assertThat(l.decides()).isFalse())
                .allSatisfy(l -> assertThat(l.mine()).isTrue());
        assertThat(house.resets.latest("bing").get(0).state()).isEqualTo("待安全审计员确认");
    }

    @ParameterizedTest
    @EnumSource
    void isNobodyLeftWhoCouldConfirmTheServerIsTheWayAndOnlyForTheThree(Databases database) {
        House house = new House(database);
        house.in(() -> house.rows.deactivate("bing"));
        assertThatThrownBy(() -> house.ask("jia", "yi"))
                .hasMessageContaining("目前没有可以确认的安全审计员")
                .hasMessageContaining("BANHAO_RESET_ACCOUNT");
        console(house, "wu");
        console(house, "bing");
        console(house, "nobody");
        assertThat(house.resets.latest("jia")).isEmpty();
        console(house, " YI ");
        assertThat(house.audit).contains("people.consoleReset yi");
        assertThat(house.resets.latest("jia").get(0).askedBy()).isEqualTo("服务器控制台");
    }

    private static void console(House house, String login) {
        ConsoleReset console = new ConsoleReset(
                house.rows, house.requests, house.passwords, house.record, house.clock, login, "http://localhost");
        house.in(console::invite);
    }

    @ParameterizedTest
    @EnumSource
    void theLastOfEachOfTheThreeStays(Databases database) {
        House house = new House(database);
        assertThatThrownBy(() -> house.in(() -> house.accounts.deactivate("jia", "bing")))
                .as("else the system administrator could name an auditor of his own making")
                .hasMessageContaining("最后一位安全审计员");
        assertThatThrownBy(() -> house.in(() -> house.accounts.leave("yi", "bing", Roles.AUDIT_ADMINISTRATOR)))
                .hasMessageContaining("最后一位安全审计员");
    }

    @ParameterizedTest
    @EnumSource
    void whoBecomesOneOfTheThreeLosesTheRightToCallMachineInterfaces(Databases database) {
        House house = new House(database);
        house.in(() -> house.accounts.api("jia", "wu", true));
        house.join("wu", Roles.AUDIT_ADMINISTRATOR);
        assertThat(house.signIns.account("wu").orElseThrow().api()).isFalse();
    }
}
