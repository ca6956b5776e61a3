package org.banhao.paper;

/** How a paper is laid out. Source: GB/T 9704-2012. */
public enum PaperForm {
    /** §10.1 信函格式: name of the organ in red over double lines, number at the right, no page number on the first page. */
    LETTER("信函格式"),
    /** §7 文件格式: 红头, number below it in the middle, red line, 版记 with 抄送 and 印发. */
    NOTICE("文件格式"),
    /** 表单: a sheet that is filled in and signed, without number or seal of its own. */
    SHEET("表单");

    private final String label;

    PaperForm(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
