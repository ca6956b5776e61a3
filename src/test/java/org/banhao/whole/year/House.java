package org.banhao.whole.year;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.Roster;
import org.banhao.testing.Whole;

/** Who works and who proposes: the demonstration's people, more members, organisations of all five kinds, whole staffs for some units. */
final class House {

    static final String CLERK = "bao-xiaolan";
    static final String DIRECTOR = "lu-shouzheng";
    static final String SECRETARY = "yan-xiaoman";
    static final String SYSTEM = "jia-guan";
    static final String SECURITY = "yi-an";
    static final String CHAIR = "ping-lichuan";

    /** Units that can carry a case to its reply. */
    static final List<String> STAFFED = List.of(
            "education-bureau",
            "city-management-bureau",
            "health-commission",
            "water-bureau",
            "finance-bureau",
            "social-work-department",
            "youth-league",
            "luzhou-district");

    private static final List<String> ROLES = List.of("handler", "checker", "deputy", "head");
    private static final String SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许";
    private static final String GIVEN = "安邦昌达恩方光浩嘉凯礼明宁平清荣思泰文欣";
    private static final int MEMBERS = 24;

    private final Whole whole;
    private int named;

    House(Whole whole) {
        this.whole = whole;
    }

    private <T> T bean(Class<T> type) {
        return whole.bean(type);
    }

    /** Nobody has the name of somebody else: lists tell people apart by it. */
    private String name() {
        int next = named++;
        return "" + SURNAMES.charAt(next % SURNAMES.length()) + GIVEN.charAt(next / SURNAMES.length() % GIVEN.length())
                + GIVEN.charAt((next * 7 + 3) % GIVEN.length());
    }

    private Accounts.NewAccount account(String login, String post) {
        return new Accounts.NewAccount(login, name(), post, login + "@year.example", null);
    }

    void moveIn() {
        Accounts accounts = bean(Accounts.class);
        for (String unit : STAFFED) {
            for (String role : ROLES) {
                if (!bean(People.class).membersOf(unit + "." + role).isEmpty()) continue;
                String login = unit + "-" + role;
                accounts.create(account(login, unit));
                accounts.join(SECURITY, login, unit + "." + role);
            }
        }
        Roster roster = bean(Roster.class);
        for (int i = 1; i <= MEMBERS; i++) {
            Accounts.NewAccount account = account("member-" + i, "市政协委员");
            // some sit until their term ends with the others, some were elected for longer
            LocalDate until = i % 3 == 0 ? LocalDate.of(2027, 3, 31) : null;
            roster.add(SYSTEM, input("member", account.name(), "14-1" + (100 + i), until), account);
        }
        organisation("party", "民盟长治市委员会");
        organisation("party", "民建长治市委员会");
        organisation("organization", "市青年联合会");
        organisation("committee", "经济委员会");
        organisation("committee", "教科卫体委员会");
        organisation("sector", "医药卫生界");
        organisation("group", "第一委员小组");
        organisation("group", "第二委员小组");
        accounts.join(SECURITY, "guo-yan", Roles.LEADING_OFFICIAL);
    }

    private void organisation(String kind, String name) {
        String login = kind + "-contact-" + named;
        bean(Roster.class).add(SYSTEM, input(kind, name, "", null), account(login, name));
    }

    private static Roster.Input input(
            String kind, String name, String number, @org.jspecify.annotations.Nullable LocalDate until) {
        return new Roster.Input("", kind, name, number, "", "", "", null, until);
    }

    /** In office today, in an order that does not depend on chance. */
    List<Member> members(String... kinds) {
        return bean(People.class).members().stream()
                .filter(member -> List.of(kinds).contains(member.kind()))
                .filter(member -> active(member.personId()))
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** Those of the staffed units that are open. */
    List<String> units() {
        List<String> open = bean(People.class).units().stream().map(Unit::id).toList();
        return STAFFED.stream().filter(open::contains).toList();
    }

    boolean active(String person) {
        return bean(People.class).find(person).filter(Person::active).isPresent();
    }

    /** Those who could do a step that is offered to these groups. */
    List<String> of(List<String> groups) {
        List<String> all = new ArrayList<>();
        groups.forEach(group -> bean(People.class).membersOf(group).stream()
                .filter(Person::active)
                .map(Person::id)
                .forEach(all::add));
        return all.stream().distinct().sorted().toList();
    }
}
