package org.banhao.proposal.domain;

/** Meetings that decide on lists of proposals. */
public enum MeetingKind implements Coded {
    COMMITTEE("committee", "提案委员会会议"),
    CHAIRS_COUNCIL("chairsCouncil", "主席会议"),
    PARTY_GROUP("partyGroup", "党组会议"),
    STANDING_COMMITTEE("standingCommittee", "常委会会议");

    private final String code;
    private final String label;

    MeetingKind(String code, String label) {
        this.code = code;
        this.label = label;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }
}
