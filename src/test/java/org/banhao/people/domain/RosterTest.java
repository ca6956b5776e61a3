package org.banhao.people.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.Member;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.banhao.testing.Databases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Units, and the roster of those who may propose, in both databases. */
class RosterTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    /** The module over one database. */
    private static final class House {

        final List<String> audit = new ArrayList<>();
        final PersonRows rows;
        final Accounts accounts;
        final Units units;
        final Roster roster;
        private final TransactionTemplate transaction;

        final List<Object> heard = new java.util.ArrayList<>();

        House(Databases database) {
            DataSource source = database.migrated();
            JdbcClient db = JdbcClient.create(source);
            Clock clock = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ChineseTime.ZONE);
            Audit record = (action, number, detail) -> audit.add(action + " " + detail);
            Pinyin pinyin = new Pinyin();
            rows = new PersonRows(db, clock);
            accounts = new Accounts(rows, new Passwords(4, true), record, event -> {}, pinyin);
            units = new Units(rows, accounts, record);
            roster = new Roster(new RosterRows(db), rows, accounts, pinyin, record, clock, heard::add);
            transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        }

        void in(Runnable work) {
            transaction.executeWithoutResult(s -> work.run());
        }

        <T> T get(Supplier<T> work) {
            return java.util.Objects.requireNonNull(transaction.execute(s -> work.get()));
        }

        void account(String login, String name) {
            in(() -> accounts.create(new Accounts.NewAccount(login, name, "", null, null)));
        }

        Roster.Added member(String login, String name) {
            return get(() -> roster.add(
                    "clerk",
                    input(null, "member", name, null, null),
                    new Accounts.NewAccount(login, name, "", null, null)));
        }

        List<String> found(String text) {
            return get(() -> roster.search(text, "", null, false)).stream()
                    .map(e -> e.member().name())
                    .toList();
        }
    }

    private static Roster.Input input(
            @Nullable String id, String kind, String name, @Nullable LocalDate since, @Nullable LocalDate until) {
        return new Roster.Input(id, kind, name, null, null, null, null, since, until);
    }

    @ParameterizedTest
    @EnumSource
    void aMemberIsEnteredWithAnAccountAndMayOnlyPropose(Databases database) {
        House house = new House(database);
        Roster.Added added = house.member("wei-linshu", "卫林书");
        assertThat(added.password()).hasSize(14);
        assertThat(house.rows.sessionGroups("wei-linshu")).containsExactly(Roles.MEMBER);
        assertThat(house.rows.membershipsOf("wei-linshu"))
                .extracting(Member::name)
                .containsExactly("卫林书");
        assertThat(house.audit)
                .contains("people.create wei-linshu", "people.join wei-linshu → member")
                .anyMatch(a -> a.startsWith("people.addMember wei-linshu（委员）"));
    }

    @ParameterizedTest
    @EnumSource
    void theContactOfAnOrganizationAndAConvenerGetTheirOwnGroups(Databases database) {
        House house = new House(database);
        house.account("niu", "牛培文");
        house.account("jin", "靳松年");
        house.in(() -> house.roster.add("clerk", input("federation", "organization", "市工商联", null, null), "niu"));
        house.in(() -> house.roster.add("clerk", input("agriculture", "sector", "农业界", null, null), "jin"));
        assertThat(house.rows.groupsOf("niu")).containsExactly(Roles.ORGANIZATION_CONTACT);
        assertThat(house.rows.groupsOf("jin")).containsExactly(Roles.SECTOR_CONVENER);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyEntersHimselfAndTheThreeAdministratorsAreNotEntered(Databases database) {
        House house = new House(database);
        house.account("clerk", "暴晓岚");
        house.account("yi-an", "乙安");
        house.in(() -> house.accounts.enter("yi-an", Roles.SECURITY_ADMINISTRATOR));
        for (String login : List.of("clerk", "yi-an", "nobody")) {
            assertThatThrownBy(() ->
                            house.in(() -> house.roster.add("clerk", input("x", "member", "某某", null, null), login)))
                    .as(login)
                    .isInstanceOfSatisfying(
                            Refusal.class, r -> assertThat(r.field()).isEqualTo("login"));
        }
        assertThat(house.rows.groupsOf("clerk")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void codesLoginsAndNumbersAreGivenOnce(Databases database) {
        House house = new House(database);
        house.member("wei-linshu", "卫林书");
        assertThatThrownBy(() -> house.member("wei-linshu", "另一位")).isInstanceOf(Refusal.class);
        house.account("gao", "郜清远");
        Roster.Input numbered = new Roster.Input("gao", "member", "郜清远", "14-0102", null, null, null, null, null);
        house.in(() -> house.roster.add("clerk", numbered, "gao"));
        assertThatThrownBy(() -> house.in(() -> house.roster.add(
                        "clerk",
                        new Roster.Input("gao-2", "member", "郜清远", null, null, null, null, null, null),
                        "gao")))
                .as("one person is a member once")
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> house.in(() -> house.roster.change(
                        "wei-linshu",
                        new Roster.Input("wei-linshu", "member", "卫林书", "14-0102", null, null, null, null, null))))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.field()).isEqualTo("number"));
        for (String id : List.of("A b", "甲", "-a", "a".repeat(65))) {
            assertThatThrownBy(() ->
                            house.in(() -> house.roster.add("clerk", input(id, "party", "民盟", null, null), "gao")))
                    .as(id)
                    .isInstanceOf(Refusal.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAreFoundByInitialsAndSyllablesWithSurnamesReadAsSurnames(Databases database) {
        House house = new House(database);
        house.member("a1", "单志强");
        house.member("a2", "解晓东");
        house.member("a3", "申雨禾");
        house.account("b", "李四");
        house.in(() -> house.roster.add("clerk", input("mm", "party", "民盟长治市委员会", null, null), "b"));
        assertThat(house.found("szq")).containsExactly("单志强");
        assertThat(house.found("ＳＺＱ")).containsExactly("单志强");
        assertThat(house.found("xiexiaodong")).containsExactly("解晓东");
        assertThat(house.found("yuhe")).containsExactly("申雨禾");
        assertThat(house.found("mmcz")).containsExactly("民盟长治市委员会");
        assertThat(house.found("%")).isEmpty();
        house.in(() -> house.roster.change("a3", input("a3", "member", "申雨和", null, null)));
        assertThat(house.found("syh")).containsExactly("申雨和");
        assertThat(house.get(() -> house.accounts.search("szq", true, 10)))
                .extracting(l -> l.person().id())
                .containsExactly("a1");
    }

    @ParameterizedTest
    @EnumSource
    void whoIsInOfficeIsCountedForADay(Databases database) {
        House house = new House(database);
        house.member("a1", "单志强");
        house.member("a2", "解晓东");
        house.in(() -> house.roster.change(
                "a1", input("a1", "member", "单志强", LocalDate.of(2027, 1, 10), LocalDate.of(2027, 12, 31))));
        house.in(() -> house.roster.leave("a2", TODAY));
        assertThat(house.roster.inOffice(TODAY)).containsEntry("委员", 1L);
        assertThat(house.roster.inOffice(TODAY.plusDays(1))).containsEntry("委员", 0L);
        assertThat(house.roster.inOffice(LocalDate.of(2027, 1, 10))).containsEntry("委员", 1L);
        assertThat(house.roster.inOffice(LocalDate.of(2028, 1, 1))).containsEntry("委员", 0L);
        assertThat(house.rows.members()).extracting(Member::id).containsExactly("a2");
        assertThat(house.rows.membershipsOf("a1")).as("not yet in office").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyLeavesBeforeHeCame(Databases database) {
        House house = new House(database);
        house.member("a1", "单志强");
        house.in(() -> house.roster.change("a1", input("a1", "member", "单志强", TODAY, null)));
        assertThatThrownBy(() -> house.in(() -> house.roster.leave("a1", TODAY.minusDays(1))))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> house.in(() -> house.roster.leave("a1", null))).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void anotherAccountSpeaksFromNowOnWhenItIsOpenFreeAndSomebodyElses(Databases database) {
        House house = new House(database);
        for (String login : List.of("clerk", "niu", "ma", "shut", "yi-an")) house.account(login, login);
        house.in(() -> house.accounts.enter("yi-an", Roles.SECURITY_ADMINISTRATOR));
        house.in(() -> house.accounts.deactivate("jia", "shut"));
        house.in(() -> house.roster.add("clerk", input("federation", "organization", "市工商联", null, null), "niu"));
        for (String login : List.of("niu", "clerk", "shut", "yi-an", "nobody"))
            assertThatThrownBy(() -> house.in(() -> house.roster.account("clerk", "federation", login)))
                    .as(login)
                    .isInstanceOfSatisfying(
                            Refusal.class, r -> assertThat(r.field()).isEqualTo("login"));
        assertThat(house.rows.member("federation").orElseThrow().personId()).isEqualTo("niu");

        house.in(() -> house.roster.account("clerk", "federation", " MA "));
        assertThat(house.heard)
                .as("those who hold what waits for the one before")
                .containsExactly(new org.banhao.people.SpeakerChanged("federation", "niu", "ma"));

        assertThat(house.rows.membershipsOf("ma")).extracting(Member::id).containsExactly("federation");
        assertThat(house.rows.membershipsOf("niu")).isEmpty();
        assertThat(house.rows.groupsOf("ma")).containsExactly(Roles.ORGANIZATION_CONTACT);
        assertThat(house.audit).contains("people.linkMember federation，账号niu → ma");
    }

    @ParameterizedTest
    @EnumSource
    void aTermEndsNoEarlierThanItBegins(Databases database) {
        House house = new House(database);
        house.member("a1", "单志强");
        assertThatThrownBy(() -> house.in(
                        () -> house.roster.change("a1", input("a1", "member", "单志强", TODAY, TODAY.minusDays(1)))))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.field()).isEqualTo("until"));
        house.in(() -> house.roster.change("a1", input("a1", "member", "单志强", TODAY, TODAY)));
        assertThat(house.roster.get("a1").inOffice()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anEntryOfNoKindIsRefusedAndLeavesNoAccountBehind(Databases database) {
        House house = new House(database);
        assertThatThrownBy(() -> house.in(() -> house.roster.add(
                        "clerk",
                        input("x", "king", "某某", null, null),
                        new Accounts.NewAccount("mou-mou", "某某", "", null, null))))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.field()).isEqualTo("kind"));
        assertThat(house.rows.find("mou-mou")).isEmpty();
    }

    // ---- units

    @ParameterizedTest
    @EnumSource
    void aUnitHasFiveGroupsThatAreRenamedWithIt(Databases database) {
        House house = new House(database);
        house.in(() -> house.units.add("education-bureau", "市教育局", "政府"));
        assertThat(house.rows.groupName("education-bureau.head")).isEqualTo("市教育局·主要负责人");
        house.in(() -> house.units.change("education-bureau", "市教育和体育局", "政府"));
        assertThat(house.rows.unit("education-bureau").orElseThrow().name()).isEqualTo("市教育和体育局");
        assertThat(house.rows.groupName("education-bureau.head")).isEqualTo("市教育和体育局·主要负责人");
        assertThat(house.rows.unitGroups("education-bureau")).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource
    void unitsOfWrongCodeNameOrSystemAreRefusedAtTheirField(Databases database) {
        House house = new House(database);
        house.in(() -> house.units.add("a", "甲", "政府"));
        refused(house, "id", "a", "乙", "政府");
        refused(house, "id", "市教育局", "乙", "政府");
        refused(house, "id", "a.b", "乙", "政府");
        refused(house, "id", "a".repeat(49), "乙", "政府");
        refused(house, "name", "b", "甲", "政府");
        refused(house, "name", "b", " ", "政府");
        refused(house, "system", "b", "乙", "军队");
        assertThat(house.rows.allUnits()).extracting(Unit::id).containsExactly("a");
    }

    private static void refused(House house, String field, String id, String name, String system) {
        assertThatThrownBy(() -> house.in(() -> house.units.add(id, name, system)))
                .as(id + " " + name + " " + system)
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @EnumSource
    void unitsStandInTheOrderTheyAreMovedTo(Databases database) {
        House house = new House(database);
        for (String id : List.of("a", "b", "c")) house.in(() -> house.units.add(id, id, "政府"));
        house.in(() -> house.units.move("c", 1));
        house.in(() -> house.units.move("a", 99));
        assertThat(house.rows.units()).extracting(Unit::id).containsExactly("c", "b", "a");
        assertThatThrownBy(() -> house.in(() -> house.units.move("a", 0))).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void aClosedUnitIsNoLongerOfferedAndTheListNamesWhoIsInItsGroups(Databases database) {
        House house = new House(database);
        house.in(() -> house.units.add("a", "甲局", "政府"));
        house.account("tian-he", "田禾");
        house.in(() -> house.accounts.enter("tian-he", "a.liaison"));
        house.in(() -> house.accounts.enter("tian-he", "a.handler"));
        assertThat(house.units.all().get(0).people()).containsExactly("田禾（经办人、联络员）");
        house.in(() -> house.units.close("a"));
        assertThat(house.rows.units()).isEmpty();
        assertThat(house.rows.groupsOf("tian-he")).hasSize(2);
        assertThatThrownBy(() -> house.in(() -> house.units.close("a"))).isInstanceOf(Refusal.class);
        house.in(() -> house.units.reopen("a"));
        assertThat(house.rows.units()).hasSize(1);
    }

    // ---- accounts

    @ParameterizedTest
    @EnumSource
    void anAccountIsChangedExceptItsLoginAndNobodyOpensInterfacesToHimself(Databases database) {
        House house = new House(database);
        house.account("li", "李四");
        int before = house.rows.secret("li").orElseThrow().stamp();
        house.in(() ->
                house.accounts.change(new Accounts.NewAccount("li", "李思", "市教育局科长", "li@example.cn", "0355-1234567")));
        assertThat(house.rows.find("li").orElseThrow().post()).isEqualTo("市教育局科长");
        assertThat(house.rows.secret("li").orElseThrow().stamp())
                .as("sessions follow")
                .isGreaterThan(before);
        assertThatThrownBy(() -> house.in(
                        () -> house.accounts.change(new Accounts.NewAccount("li", "李思", "", "no address", null))))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.field()).isEqualTo("email"));
        assertThatThrownBy(() -> house.in(() -> house.accounts.api("li", "li", true)))
                .isInstanceOf(Refusal.class);
        house.in(() -> house.accounts.api("jia", "li", true));
        assertThat(house.rows.secret("li").orElseThrow().api()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void peopleAreFoundByTheirGroupAndClosedAccountsStandApart(Databases database) {
        House house = new House(database);
        house.account("jia", "甲管");
        house.account("li", "李四");
        house.in(() -> house.accounts.enter("li", Roles.PROPOSAL_CLERK));
        for (String text : List.of("提案委办公室", Roles.PROPOSAL_CLERK)) {
            assertThat(house.get(() -> house.accounts.search(text, true, 10)))
                    .as(text)
                    .extracting(l -> l.person().id())
                    .containsExactly("li");
        }
        house.in(() -> house.accounts.deactivate("jia", "li"));
        assertThat(house.get(() -> house.accounts.search("", true, 10)))
                .extracting(l -> l.person().id())
                .containsExactly("jia");
        assertThat(house.get(() -> house.accounts.search("", false, 10)))
                .extracting(l -> l.person().id())
                .containsExactly("li");
    }
}
