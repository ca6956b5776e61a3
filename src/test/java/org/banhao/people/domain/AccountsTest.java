package org.banhao.people.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.LeftGroup;
import org.banhao.people.Member;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.banhao.testing.Databases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts, groups and throttling in both databases. */
class AccountsTest {

    /** The module over one database. */
    private static final class House {

        Instant now = Instant.parse("2026-11-22T08:00:00Z");
        final Clock clock = new Clock() {
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
        final List<Object> events = new ArrayList<>();
        final List<String> audit = new ArrayList<>();
        final JdbcClient db;
        final PersonRows rows;
        final Passwords passwords = new Passwords(4, true);
        final SignInThrottle throttle;
        final KnownBrowsers browsers;
        final Accounts accounts;
        final SignIns signIns;
        final TransactionTemplate transaction;

        House(Databases database) {
            DataSource source = database.migrated();
            db = JdbcClient.create(source);
            rows = new PersonRows(db, clock);
            throttle = new SignInThrottle(db, clock);
            browsers = new KnownBrowsers(db, clock);
            accounts = new Accounts(
                    rows,
                    passwords,
                    (action, number, detail) -> {
                        synchronized (audit) {
                            audit.add(action + " " + detail);
                        }
                    },
                    events::add,
                    new Pinyin());
            signIns = new SignIns(
                    rows, passwords, throttle, browsers, (action, number, detail) -> audit.add(action + " " + detail));
            transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        }

        String create(String login) {
            return transaction.execute(s -> accounts.create(new Accounts.NewAccount(login, "张三", "", null, null)));
        }

        void in(Runnable work) {
            transaction.executeWithoutResult(s -> work.run());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_new_account_signs_in_with_the_password_shown_once_and_must_change_it(Databases database) {
        House house = new House(database);
        String password = house.create("zhang-san");
        Account account =
                house.signIns.enter(" Zhang-San ", password, "10.0.0.1", null).orElseThrow();
        assertThat(account.mustChangePassword()).isTrue();
        assertThat(account.groups()).isEmpty();
        house.in(() -> house.accounts.changePassword("zhang-san", password, "青山 绿水 5 大桥", "青山 绿水 5 大桥"));
        assertThat(house.signIns.enter("zhang-san", password, "10.0.0.1", null)).isEmpty();
        assertThat(house.signIns
                        .enter("zhang-san", "青山 绿水 5 大桥", "10.0.0.1", null)
                        .orElseThrow()
                        .mustChangePassword())
                .isFalse();
        assertThat(house.signIns.still(account))
                .as("the session from before the change")
                .isEmpty();
        assertThat(house.audit).contains("people.create zhang-san", "people.changePassword zhang-san");
    }

    @ParameterizedTest
    @EnumSource
    void hostile_logins_names_and_addresses_are_refused(Databases database) {
        House house = new House(database);
        house.create("li-ming");
        for (String login : List.of(
                "", "a,b", "a/b", "a b", "*", "a$b", "a{b", "李明", "-a", "x".repeat(65), "system", "a\nb", "a'b"))
            assertThatThrownBy(() -> house.accounts.create(new Accounts.NewAccount(login, "张三", "", null, null)))
                    .as(login)
                    .isInstanceOfSatisfying(
                            Refusal.class, r -> assertThat(r.field()).isEqualTo("login"));
        assertThatThrownBy(() -> house.create("LI-MING")).hasMessageContaining("已被使用");
        assertThatThrownBy(() -> house.accounts.create(new Accounts.NewAccount("a", " ", "", null, null)))
                .hasMessageContaining("请填写「姓名」");
        assertThatThrownBy(() -> house.accounts.create(new Accounts.NewAccount("a", "张三", "", "a@b\nBcc: c@d", null)))
                .isInstanceOf(Refusal.class);
        for (String good : List.of("wang.fang_2", "zhao@cz", "a")) house.create(good);
    }

    @ParameterizedTest
    @EnumSource
    void the_three_administrators_exclude_each_other(Databases database) {
        House house = new House(database);
        house.create("zhang-san");
        house.in(() -> house.accounts.join("by", "zhang-san", Roles.SYSTEM_ADMINISTRATOR));
        for (String other : List.of(Roles.SECURITY_ADMINISTRATOR, Roles.AUDIT_ADMINISTRATOR))
            assertThatThrownBy(() -> house.in(() -> house.accounts.join("by", "zhang-san", other)))
                    .hasMessageContaining("不得由同一人担任");
        house.in(() -> house.accounts.join("by", "zhang-san", Roles.PROPOSAL_CLERK));
        assertThat(house.rows.groupsOf("zhang-san")).containsExactly(Roles.PROPOSAL_CLERK, Roles.SYSTEM_ADMINISTRATOR);
    }

    @ParameterizedTest
    @EnumSource
    void of_two_administrator_roles_given_at_the_same_moment_one_is_refused(Databases database) throws Exception {
        House house = new House(database);
        house.create("zhang-san");
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        List<Future<Boolean>> results = new ArrayList<>();
        for (String group : List.of(Roles.SYSTEM_ADMINISTRATOR, Roles.AUDIT_ADMINISTRATOR))
            results.add(two.submit(() -> {
                together.await();
                try {
                    house.in(() -> house.accounts.join("by", "zhang-san", group));
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
    void nobody_gives_himself_rights_or_names_that_mean_something_to_the_engine(Databases database) {
        House house = new House(database);
        house.create("yi-an");
        assertThatThrownBy(() -> house.accounts.join("yi-an", "yi-an", Roles.PROPOSAL_CLERK))
                .hasMessageContaining("自己");
        for (String group : List.of("camunda-admin", Roles.STAFF, "none-such", "a,b", ""))
            assertThatThrownBy(() -> house.in(() -> house.accounts.join("by", "yi-an", group)))
                    .as(group)
                    .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void who_leaves_a_group_or_the_house_is_told_to_those_who_hand_over_his_tasks(Databases database) {
        House house = new House(database);
        String password = house.create("zhang-san");
        house.in(() -> house.accounts.join("by", "zhang-san", Roles.PROPOSAL_CLERK));
        house.in(() -> house.accounts.join("by", "zhang-san", Roles.GROUP_REVIEWER));
        house.in(() -> house.accounts.join("by", "zhang-san", Roles.MEETING_SECRETARY));
        house.in(() -> house.accounts.leave("by", "zhang-san", Roles.PROPOSAL_CLERK));
        assertThat(house.events).containsExactly(new LeftGroup("zhang-san", Roles.PROPOSAL_CLERK));
        house.in(() -> house.accounts.deactivate("by", "zhang-san"));
        assertThat(house.events)
                .contains(
                        new LeftGroup("zhang-san", Roles.GROUP_REVIEWER),
                        new LeftGroup("zhang-san", Roles.MEETING_SECRETARY));
        assertThat(house.rows.groupsOf("zhang-san")).isEmpty();
        assertThat(house.signIns.enter("zhang-san", password, "10.0.0.1", null)).isEmpty();
        assertThat(house.rows.nameOf("zhang-san"))
                .as("his name stays on what he did")
                .isEqualTo("张三");
    }

    @ParameterizedTest
    @EnumSource
    void the_last_system_administrator_cannot_be_closed(Databases database) {
        House house = new House(database);
        house.create("jia");
        house.create("ding");
        house.in(() -> house.accounts.join("by", "jia", Roles.SYSTEM_ADMINISTRATOR));
        assertThatThrownBy(() -> house.in(() -> house.accounts.deactivate("by", "jia")))
                .hasMessageContaining("最后一位");
        house.in(() -> house.accounts.join("by", "ding", Roles.SYSTEM_ADMINISTRATOR));
        house.in(() -> house.accounts.deactivate("by", "jia"));
        assertThat(house.rows.find("jia").orElseThrow().active()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void until_there_is_a_security_administrator_the_system_administrator_may_name_one_and_nothing_else(
            Databases database) {
        House house = new House(database);
        house.create("yi");
        house.create("wu");
        assertThatThrownBy(() -> house.in(() -> house.accounts.nameAdministrator("jia", "yi", Roles.PROPOSAL_CLERK)))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() ->
                        house.in(() -> house.accounts.nameAdministrator("jia", "jia", Roles.SECURITY_ADMINISTRATOR)))
                .isInstanceOf(Refusal.class);
        house.in(() -> house.accounts.nameAdministrator("jia", "yi", Roles.SECURITY_ADMINISTRATOR));
        assertThatThrownBy(() ->
                        house.in(() -> house.accounts.nameAdministrator("jia", "wu", Roles.SECURITY_ADMINISTRATOR)))
                .hasMessageContaining("已有安全保密管理员");
    }

    @ParameterizedTest
    @EnumSource
    void a_session_follows_changed_groups_and_ends_with_a_changed_password(Databases database) {
        House house = new House(database);
        String password = house.create("zhang-san");
        Account account =
                house.signIns.enter("zhang-san", password, "10.0.0.1", null).orElseThrow();
        assertThat(house.signIns.still(account)).containsSame(account);
        house.in(() -> house.accounts.join("by", "zhang-san", Roles.PROPOSAL_CLERK));
        assertThat(house.signIns.still(account).orElseThrow().groups())
                .containsExactly(Roles.PROPOSAL_CLERK, Roles.STAFF);
        house.in(() -> house.accounts.resetPassword("by", "zhang-san"));
        assertThat(house.signIns.still(account)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void wrong_passwords_make_one_pair_of_login_and_address_wait_and_nobody_else(Databases database) {
        House house = new House(database);
        String password = house.create("zhang-san");
        for (int i = 0; i < 5; i++)
            assertThat(house.signIns.enter("zhang-san", "wrong", "10.0.0.66", null))
                    .isEmpty();
        assertThatThrownBy(() -> house.signIns.enter("ZHANG-SAN", password, "10.0.0.66", null))
                .isInstanceOf(SignIns.Blocked.class);
        assertThat(house.signIns.enter("zhang-san", password, "10.0.0.1", null)).isPresent();
        assertThat(house.throttle.wait("li-si", "10.0.0.66")).isZero();
        house.now = house.now.plus(Duration.ofMillis(1_001));
        assertThat(house.signIns.enter("zhang-san", password, "10.0.0.66", null))
                .isPresent();
        assertThat(house.throttle.wait("zhang-san", "10.0.0.66")).as("forgiven").isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_browser_that_has_signed_in_before_is_not_locked_by_what_others_type_behind_the_same_address(
            Databases database) {
        House house = new House(database);
        String password = house.create("zhang-san");
        house.create("li-si");
        String marks = house.browsers.after("zhang-san", house.browsers.after("li-si", null));
        for (int i = 0; i < 12; i++) house.throttle.failed("zhang-san", "10.0.0.66");
        assertThatThrownBy(() -> house.signIns.enter("zhang-san", password, "10.0.0.66", null))
                .isInstanceOf(SignIns.Blocked.class);

        assertThat(house.signIns.enter(" Zhang-San ", password, "10.0.0.66", marks))
                .isPresent();

        for (int i = 0; i < 5; i++)
            assertThat(house.signIns.enter("zhang-san", "wrong", "10.0.0.77", marks))
                    .isEmpty();
        assertThatThrownBy(() -> house.signIns.enter("zhang-san", password, "10.0.0.88", marks))
                .as("whoever has stolen it has no more tries than anybody")
                .isInstanceOf(SignIns.Blocked.class);
        assertThat(house.signIns.enter("zhang-san", password, "10.0.0.77", null))
                .as("and locks nobody out elsewhere")
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void the_mark_of_a_browser_is_good_for_its_login_and_its_time_and_cannot_be_made_by_others(Databases database) {
        House house = new House(database);
        String marks = house.browsers.after("zhang-san", null);
        String name = house.browsers.name("zhang-san", marks).orElseThrow();
        assertThat(house.browsers.name("li-si", marks)).isEmpty();
        assertThat(new KnownBrowsers(house.db, house.clock).name("zhang-san", marks))
                .as("another node, the same key")
                .contains(name);
        assertThat(house.browsers.name("zhang-san", house.browsers.after("zhang-san", marks)))
                .as("one count for one browser")
                .contains(name);
        String signature = marks.substring(marks.lastIndexOf('.') + 1);
        for (String bad : List.of(
                "",
                "~~~",
                marks.replace(signature, "A".repeat(43)),
                "AAAAAAAAAAAAAAAA" + marks.substring(16),
                marks.replaceFirst("\\.[0-9]+\\.", ".9999999999."),
                marks + "x",
                "x".repeat(100_000)))
            assertThat(house.browsers.name("zhang-san", bad)).as(bad).isEmpty();
        String crowded = marks;
        for (int i = 0; i < 20; i++) crowded = house.browsers.after("person-" + i, crowded);
        assertThat(crowded.length()).isLessThan(500);
        assertThat(house.browsers.name("person-19", crowded)).isPresent();
        assertThat(house.browsers.name("zhang-san", crowded)).as("long ago").isEmpty();

        house.now = house.now.plus(KnownBrowsers.GOOD);

        assertThat(house.browsers.name("zhang-san", marks)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_wait_grows_to_a_quarter_of_an_hour_and_no_further(Databases database) {
        House house = new House(database);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            house.throttle.failed("x", "10.0.0.66");
            waits.add(house.throttle.wait("x", "10.0.0.66").toSeconds());
        }
        assertThat(waits.subList(0, 8)).containsExactly(0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L);
        assertThat(waits.get(17)).isEqualTo(900);
        house.now = house.now.plus(Duration.ofHours(25));
        house.throttle.failed("x", "10.0.0.66");
        assertThat(house.throttle.wait("x", "10.0.0.66")).isZero();
        house.now = house.now.plus(Duration.ofHours(25));
        house.throttle.forget();
        assertThat(house.db
                        .sql("select count(*) from people_sign_in_failure")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void first_failures_of_one_pair_at_the_same_moment_are_all_counted(Databases database) throws Exception {
        House house = new House(database);
        for (int round = 0; round < 10; round++) {
            String login = "guess" + round;
            CyclicBarrier together = new CyclicBarrier(4);
            ExecutorService four = Executors.newFixedThreadPool(4);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++)
                results.add(four.submit(() -> {
                    together.await();
                    house.throttle.failed(login, "10.0.0.66");
                    return null;
                }));
            for (Future<?> result : results) result.get();
            four.shutdown();
            assertThat(house.db
                            .sql("select failures from people_sign_in_failure where login = ?")
                            .param(login)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void passwords_stored_in_another_way_never_open(Databases database) {
        House house = new House(database);
        house.create("zhang-san");
        house.db
                .sql("update people_person set password_hash = '{noop}open-sesame'")
                .update();
        assertThat(house.signIns.enter("zhang-san", "open-sesame", "10.0.0.1", null))
                .isEmpty();
        assertThat(house.signIns.enter("zhang-san", "{noop}open-sesame", "10.0.0.1", null))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_roster_knows_who_is_in_office_and_whom_a_person_speaks_for(Databases database) {
        House house = new House(database);
        house.create("niu");
        house.rows.insertMember(member("fed", "organization", "市工商联", null));
        house.rows.insertMember(member("niu", "member", "牛某", LocalDate.parse("2026-11-22")));
        assertThat(house.rows.membershipsOf("niu")).extracting(Member::id).containsExactly("niu", "fed");
        house.now = Instant.parse("2026-11-22T16:00:00Z");
        assertThat(house.rows.membershipsOf("niu"))
                .as("the day after, by the clock of Shanghai")
                .extracting(Member::id)
                .containsExactly("fed");
        assertThat(house.rows.members()).extracting(Member::id).containsExactly("fed");
    }

    @ParameterizedTest
    @EnumSource
    void a_unit_comes_with_its_five_groups_and_its_people_are_staff(Databases database) {
        House house = new House(database);
        house.create("tian-he");
        house.in(() -> house.accounts.addUnit(new Unit("education-bureau", "市教育局", "政府", 1, true)));
        house.in(() -> house.accounts.join("by", "tian-he", "education-bureau.liaison"));
        assertThat(house.rows.groupName("education-bureau.liaison")).isEqualTo("市教育局·联络员");
        assertThat(house.rows.sessionGroups("tian-he")).containsExactly("education-bureau.liaison", Roles.STAFF);
        assertThat(house.rows.groupsOf("tian-he")).containsExactly("education-bureau.liaison");
        assertThat(house.rows.membersOf("education-bureau.liaison"))
                .extracting(Person::id)
                .containsExactly("tian-he");
        assertThatThrownBy(() -> house.in(() -> house.accounts.addUnit(new Unit("a.b", "x", "政府", 1, true))))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void the_search_takes_its_special_characters_literally(Databases database) {
        House house = new House(database);
        house.create("wang_fang");
        house.create("wangxfang");
        assertThat(house.accounts.search("wang_", true, 10))
                .extracting(l -> l.person().id())
                .containsExactly("wang_fang");
        assertThat(house.accounts.search("%", true, 10)).isEmpty();
        assertThat(house.accounts.search("张", true, 10))
                .hasSize(2)
                .allMatch(l -> l.groups().equals(Map.of()));
    }

    private static Member member(String id, String kind, String name, LocalDate until) {
        return new Member(id, "niu", kind, name, "", "", "", "", until);
    }
}
