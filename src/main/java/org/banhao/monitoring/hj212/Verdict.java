package org.banhao.monitoring.hj212;

/** What became of a packet. Only {@link #VALID} ones may be stored or answered. */
public enum Verdict {
    VALID("报文完整，校验正确"),
    NOT_A_PACKET("不是HJ 212报文"),
    MALFORMED("数据段不完整：缺少命令编码CN，或缺少CP=&&…&&"),
    TOO_LONG("数据段超过允许的长度"),
    CHECKSUM_WRONG("CRC校验错误"),
    UNREADABLE("报文已加密，但没有密钥或密文不完整"),
    PLAIN_REFUSED("该设备应加密传输，收到的却是明文");

    private final String sentence;

    Verdict(String sentence) {
        this.sentence = sentence;
    }

    /** In Chinese, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
