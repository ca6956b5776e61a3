package org.banhao.proposal.domain.assignment;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Units and offices as assignment asks for them. */
@Component
class UnitBook {

    static final List<String> OFFICES = List.of(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER);

    /** Everybody of a unit who has to do with a case of his unit. Source: the division of work in a unit, 联络员 to 主要负责人. */
    static final List<String> UNIT_ROLES = List.of("liaison", "handler", "checker", "deputy", "head");

    private static final String LIAISON = ".liaison";

    private final People people;

    UnitBook(People people) {
        this.people = people;
    }

    /** @throws Refusal unknown or closed */
    Unit open(@Nullable String unitId, String field, String fieldName) {
        Unit unit = unitId == null ? null : people.unit(unitId).orElse(null);
        if (unit == null) {
            throw new Refusal(field, "「" + fieldName + "」不在单位表里，请重新选择。");
        }
        if (!unit.active()) {
            throw new Refusal(field, "「" + unit.name() + "」已经停用，请另选单位。");
        }
        return unit;
    }

    String name(String unitId) {
        return people.unit(unitId).map(Unit::name).orElse(unitId);
    }

    List<Person> liaisons(String unitId) {
        return people.membersOf(unitId + LIAISON);
    }

    /** @throws Refusal nobody would learn of it, and the window would lapse over a unit that was never told */
    void reachable(Unit unit, String field) {
        if (liaisons(unit.id()).isEmpty()) {
            throw new Refusal(field, "「" + unit.name() + "」还没有联络员账号，交办送达不到；请先由系统管理员建立账号，或者另选单位。");
        }
    }

    /** @throws Refusal the person is no liaison of that unit */
    void requireLiaison(String person, String unitId) {
        if (!people.groupsOf(person).contains(unitId + LIAISON)) {
            throw new Refusal("只有" + name(unitId) + "的联络员可以办理，请核对单位。");
        }
    }

    /** @throws Refusal the person works in neither assigning office */
    void requireAssigner(String person) {
        if (people.groupsOf(person).stream().noneMatch(OFFICES::contains)) {
            throw new Refusal("只有市委办公室、市政府办公室的交办人员可以办理。");
        }
    }

    /** @throws Refusal the person does not work in that office */
    void requireOffice(String person, String office) {
        if (!people.groupsOf(person).contains(office)) {
            throw new Refusal("这件提案由" + officeName(office) + "交办，请由该办的交办人员办理。");
        }
    }

    /** @throws Refusal the person is none of the leaders who rule */
    void requireLeader(String person) {
        if (!people.groupsOf(person).contains(Roles.ASSIGNING_OFFICE_LEADER)) {
            throw new Refusal("只有市委办公室、市政府办公室的分管领导可以裁定。");
        }
    }

    /** Units whose liaison the person is. */
    List<String> unitsOf(String person) {
        return people.groupsOf(person).stream()
                .filter(group -> group.endsWith(LIAISON))
                .map(group -> group.substring(0, group.length() - LIAISON.length()))
                .toList();
    }

    static String officeName(String office) {
        return office.equals(Roles.PARTY_OFFICE_ASSIGNER) ? "市委办公室" : "市政府办公室";
    }

    static String other(String office) {
        return office.equals(Roles.PARTY_OFFICE_ASSIGNER)
                ? Roles.GOVERNMENT_OFFICE_ASSIGNER
                : Roles.PARTY_OFFICE_ASSIGNER;
    }

    /** 主办：市教育局；会办：市财政局、团市委 */
    static String line(Collection<Assignment> assignments) {
        return assignments.stream()
                .collect(Collectors.groupingBy(
                        Assignment::roleLine,
                        java.util.LinkedHashMap::new,
                        Collectors.mapping(Assignment::unitName, Collectors.joining("、"))))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "：" + entry.getValue())
                .collect(Collectors.joining("；"));
    }
}
