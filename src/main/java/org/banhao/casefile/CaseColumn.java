package org.banhao.casefile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A column of a list of cases; those of a unit's part stand in lists with a line for each unit. */
public enum CaseColumn {
    FILE_NUMBER("fileNumber", "案号", 12, false),
    NUMBER("number", "流水号", 18, false),
    TITLE("title", "案由（标题）", 46, false),
    PROPOSER("proposer", "提出者", 20, false),
    CATEGORY("category", "类别", 14, false),
    STATUS("status", "状态", 16, false),
    UNITS("units", "承办单位", 28, false),
    RESULT("result", "办理结果", 16, false),
    SESSION("session", "届次", 12, false),
    PERIOD("period", "大会、平时", 12, false),
    KEY("key", "重点", 7, false),
    DUE("due", "最近时限", 24, false),
    SUPERVISION("supervision", "督办、领办", 24, false),
    OPENED("opened", "登记时间", 18, false),
    CLOSED("closed", "办结时间", 18, false),
    UNIT("unit", "承办单位", 22, true),
    ROLE("role", "办理形式", 10, true),
    UNIT_STATE("unitState", "办理进度", 16, true),
    SENT("sent", "交办时间", 18, true),
    UNIT_DUE("unitDue", "办理时限", 24, true),
    ANSWERED("answered", "答复时间", 18, true),
    UNIT_RESULT("unitResult", "原办理结果", 16, true),
    PRESENT_RESULT("presentResult", "现办理结果", 16, true),
    LOOK_BACK("lookBack", "回头看情况", 24, true);

    /** What a list shows unless somebody chose otherwise. */
    public static final List<CaseColumn> USUAL = List.of(FILE_NUMBER, TITLE, PROPOSER, STATUS, UNITS, DUE, OPENED);

    private final String id;
    private final String label;
    private final int width;
    private final boolean ofUnit;

    CaseColumn(String id, String label, int width, boolean ofUnit) {
        this.id = id;
        this.label = label;
        this.width = width;
        this.ofUnit = ofUnit;
    }

    /** As in addresses and stored views. */
    public String id() {
        return id;
    }

    public String label() {
        return label;
    }

    /** On paper, in characters. */
    public int width() {
        return width;
    }

    public boolean ofUnit() {
        return ofUnit;
    }

    public static Optional<CaseColumn> of(String id) {
        return Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
    }
}
