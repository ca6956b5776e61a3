package org.banhao.people;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.StandingIn;

/** Who there is. Reads only; changing accounts is a use case of this module behind its own pages. */
public interface People {

    int LONGEST_SIGNATURE = 64;

    Optional<Person> find(String personId);

    /** Those of them who are known, by id. */
    default Map<String, Person> findAll(Collection<String> personIds) {
        Map<String, Person> found = new LinkedHashMap<>();
        personIds.forEach(id -> find(id).ifPresent(person -> found.put(id, person)));
        return found;
    }

    /** The display name of today; the id itself when unknown, so that a record can always be written. */
    String nameOf(String personId);

    /**
     * The name as a record keeps it beside an act: 李四, or 李四（代 王五） within a call in which he does the step for an absent colleague.
     * At most {@value #LONGEST_SIGNATURE} characters.
     */
    default String signatureOf(String personId) {
        String name = nameOf(personId);
        StandingIn.Absent absent = StandingIn.present();
        if (absent == null || !absent.by().equals(personId)) return name;
        String both = name + "（代 " + absent.name() + "）";
        return both.length() <= LONGEST_SIGNATURE ? both : both.substring(0, LONGEST_SIGNATURE - 1) + "…";
    }

    /**
     * Group ids: {@code proposal-clerk} for a role of the whole, {@code education-bureau.liaison} for a role in a unit. Within a call in
     * which somebody does a step for an absent colleague ({@link org.banhao.base.StandingIn}), with those in which that one works.
     */
    List<String> groupsOf(String personId);

    /** Display name of a group: 提案委员会办公室工作人员, 市教育局·联络员. */
    String groupName(String groupId);

    List<Person> membersOf(String groupId);

    /** Active units in protocol order. */
    List<Unit> units();

    Optional<Unit> unit(String unitId);

    /** Members and proposing organisations in office today, by name. */
    List<Member> members();

    Optional<Member> member(String memberId);

    /** What the person may propose as: himself as member, or organisations whose contact he is. */
    List<Member> membershipsOf(String personId);
}
