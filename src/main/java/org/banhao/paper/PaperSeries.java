package org.banhao.paper;

/** Which of an organ's series a paper is numbered in; each organ has a word (发文代字) of its own for each. */
public enum PaperSeries {
    LETTER("letter", "函件"),
    OPINION("opinion", "会办意见函"),
    NOTICE("notice", "通知、通报、决定");

    private final String code;
    private final String label;

    PaperSeries(String code, String label) {
        this.code = code;
        this.label = label;
    }

    public String code() {
        return code;
    }

    public String label() {
        return label;
    }
}
