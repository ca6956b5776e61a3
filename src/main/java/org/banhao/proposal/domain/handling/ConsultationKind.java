package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** How people came together, or only spoke. */
public enum ConsultationKind implements Coded {
    CALL("call", "电话联系"),
    MESSAGE("message", "微信、邮件联系"),
    VISIT("visit", "上门走访"),
    FACE_TO_FACE("faceToFace", "面商"),
    MEETING("meeting", "座谈"),
    RESEARCH("research", "调研视察"),
    ON_SITE("onSite", "现场办理"),
    SUPERVISION("supervision", "督办协商会");

    private final String code;
    private final String label;

    ConsultationKind(String code, String label) {
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

    /** Those who take part sit opposite each other. */
    public boolean inPerson() {
        return this != CALL && this != MESSAGE;
    }
}
