package org.banhao.people;

/** Group ids of roles of the whole city; a unit's people are groups {@code <unit>.<role>}. Source: the committee's division of work. */
public final class Roles {

    public static final String MEMBER = "member";
    public static final String ORGANIZATION_CONTACT = "organization-contact";
    public static final String SECTOR_CONVENER = "sector-convener";
    public static final String PROPOSAL_CLERK = "proposal-clerk";
    public static final String GROUP_REVIEWER = "group-reviewer";
    public static final String COMMITTEE_DIRECTOR = "committee-director";
    public static final String MEETING_SECRETARY = "meeting-secretary";
    public static final String SECRETARY_GENERAL = "secretary-general";
    public static final String SUPERVISING_CHAIR = "supervising-chair";
    public static final String LEADING_OFFICIAL = "leading-official";
    public static final String PARTY_OFFICE_ASSIGNER = "party-office-assigner";
    public static final String GOVERNMENT_OFFICE_ASSIGNER = "government-office-assigner";
    public static final String ASSIGNING_OFFICE_LEADER = "assigning-office-leader";
    public static final String MODEL_ADMINISTRATOR = "model-administrator";
    public static final String RULES_ADMINISTRATOR = "rules-administrator";
    public static final String SYSTEM_ADMINISTRATOR = "system-administrator";
    public static final String SECURITY_ADMINISTRATOR = "security-administrator";
    public static final String AUDIT_ADMINISTRATOR = "audit-administrator";

    /**
     * Everybody whose work is in Tasklist. Computed from the other groups, never joined; carries the engine's common
     * grants. Members and contacts of organisations are not staff.
     */
    public static final String STAFF = "staff";

    private Roles() {}
}
