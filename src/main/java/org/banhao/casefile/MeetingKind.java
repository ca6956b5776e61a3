package org.banhao.casefile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.banhao.people.Roles;

/**
 * Meetings that decide on lists of cases, with who keeps their records and who reads them besides. All are of the whole house: a
 * meeting belongs to no unit.
 */
public enum MeetingKind {
    COMMITTEE("committee", "提案委员会会议", List.of(Roles.MEETING_SECRETARY), Conference.READERS),
    CHAIRS_COUNCIL("chairsCouncil", "主席会议", List.of(Roles.MEETING_SECRETARY), Conference.READERS),
    PARTY_GROUP("partyGroup", "党组会议", List.of(Roles.MEETING_SECRETARY), Conference.READERS),
    STANDING_COMMITTEE("standingCommittee", "常委会会议", List.of(Roles.MEETING_SECRETARY), Conference.READERS),
    ASSIGNMENT(
            "assignment",
            "交办会",
            List.of(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER, Roles.MEETING_SECRETARY),
            Stream.concat(Conference.READERS.stream(), Stream.of(Roles.ASSIGNING_OFFICE_LEADER))
                    .toList());

    private static final class Conference {
        static final List<String> READERS = List.of(
                Roles.PROPOSAL_CLERK,
                Roles.GROUP_REVIEWER,
                Roles.COMMITTEE_DIRECTOR,
                Roles.SECRETARY_GENERAL,
                Roles.SUPERVISING_CHAIR);
    }

    private final String code;
    private final String label;
    private final List<String> keepers;
    private final List<String> readers;

    MeetingKind(String code, String label, List<String> keepers, List<String> readers) {
        this.code = code;
        this.label = label;
        this.keepers = keepers;
        this.readers = readers;
    }

    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    /** Whether one of these groups keeps the records of such meetings. */
    public boolean keptBy(List<String> groups) {
        return groups.stream().anyMatch(keepers::contains);
    }

    /** Who keeps or reads them, as a page's rule names them. */
    public List<String> roles() {
        return Stream.concat(keepers.stream(), readers.stream()).toList();
    }

    public boolean readBy(List<String> groups) {
        return keptBy(groups) || groups.stream().anyMatch(readers::contains);
    }

    public static Optional<MeetingKind> find(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }
}
