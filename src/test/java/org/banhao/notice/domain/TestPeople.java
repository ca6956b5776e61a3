package org.banhao.notice.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Unit;

/** A few accounts that a test may change. */
public final class TestPeople implements People {

    private final Map<String, Person> persons = new ConcurrentHashMap<>();

    private final Map<String, List<String>> groups = new ConcurrentHashMap<>();

    public void put(Person person) {
        persons.put(person.id(), person);
    }

    public void joins(String personId, String... groupIds) {
        groups.put(personId, List.of(groupIds));
    }

    @Override
    public Optional<Person> find(String personId) {
        return Optional.ofNullable(persons.get(personId));
    }

    @Override
    public String nameOf(String personId) {
        return find(personId).map(Person::name).orElse(personId);
    }

    @Override
    public List<String> groupsOf(String personId) {
        return groups.getOrDefault(personId, List.of());
    }

    @Override
    public String groupName(String groupId) {
        return groupId;
    }

    @Override
    public List<Person> membersOf(String groupId) {
        return List.of();
    }

    @Override
    public List<Unit> units() {
        return List.of();
    }

    @Override
    public Optional<Unit> unit(String unitId) {
        return Optional.empty();
    }

    @Override
    public List<Member> members() {
        return List.of();
    }

    @Override
    public Optional<Member> member(String memberId) {
        return Optional.empty();
    }

    @Override
    public List<Member> membershipsOf(String personId) {
        return List.of();
    }
}
