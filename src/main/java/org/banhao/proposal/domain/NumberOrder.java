package org.banhao.proposal.domain;

/** In which order a pile is numbered. */
public enum NumberOrder implements Coded {
    COLLECTIVE_FIRST("collectiveFirst", "集体提案在前（党派、团体、专委会、界别、小组），各按提交先后"),
    BY_CATEGORY("byCategory", "按类别，再按提交先后"),
    BY_SUBMISSION("bySubmission", "按提交先后");

    private final String code;
    private final String label;

    NumberOrder(String code, String label) {
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
