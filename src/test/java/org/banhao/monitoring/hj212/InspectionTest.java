package org.banhao.monitoring.hj212;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InspectionTest {

    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);
    private static final String GOOD =
            "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80";

    @Test
    void aGoodPacketHasItsFieldsInChineseAndNoProblems() {
        Inspection inspection = Inspection.of(GOOD, DIALECT);
        assertThat(inspection.valid()).isTrue();
        assertThat(inspection.problems()).isEmpty();
        assertThat(inspection.crcExpected()).isEqualTo("1C80");
        assertThat(inspection.crcActual()).isEqualTo("1C80");
        assertThat(inspection.declared()).isEqualTo(101);
        assertThat(inspection.length()).isEqualTo(101);
        assertThat(inspection.fields())
                .contains(
                        new Inspection.Field(true, "ST", "32", "系统编码：地表水体环境污染源"),
                        new Inspection.Field(true, "CN", "1062", "命令编码：设置实时数据间隔"),
                        new Inspection.Field(false, "RtdInterval", "30", "实时数据间隔（秒）"));
    }

    @Test
    void readingsAreNamed() {
        Inspection inspection = Inspection.of(
                "##0153QN=20260801080000001;ST=31;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;"
                        + "CP=&&DataTime=20260801070000;a21026-ZsAvg=36.5,a21026-Flag=D&&0000",
                DIALECT);
        assertThat(inspection.fields())
                .contains(
                        new Inspection.Field(false, "a21026-ZsAvg", "36.5", "二氧化硫（mg/m³） 折算平均值"),
                        new Inspection.Field(false, "a21026-Flag", "D", "二氧化硫（mg/m³） 数据标记：故障"));
    }

    @Test
    void whatIsNoPacketIsToldWhy() {
        assertThat(only("QN=2016;ST=32")).contains("没有找到包头");
        assertThat(only("")).contains("没有找到包头");
        assertThat(only("##QN=2016")).contains("四位十进制长度");
        assertThat(only("##0101QN=2016;CP=&&a=1&&")).contains("没有找到包尾");
    }

    @Test
    void whatStandsAroundThePacketIsMentioned() {
        assertThat(Inspection.of("2026-08-01 收到：" + GOOD + "\r\n" + GOOD, DIALECT)
                        .problems())
                .extracting(Inspection.Problem::sentence)
                .containsExactly("报文之外有20个字节不属于任何报文，已跳过。", "共有2条报文，这里只检查第一条。");
    }

    @Test
    void valuesThatCannotBeAreNamed() {
        String text = "##0000QN=1;ST=99;CN=2099;PW=1;MN=x;Flag=4;PNUM=1;PNO=2;CP=&&DataTime=20261301000000;"
                + "a21026-Rtd=abc,a21026-Flag=Q;a21026-Flag=N&&FFFF";
        assertThat(Inspection.of(text, DIALECT).problems())
                .extracting(Inspection.Problem::sentence)
                .contains(
                        "请求编码QN应是17位数字（年月日时分秒毫秒），报文中是“1”。",
                        "系统编码ST=99不在标准之内。",
                        "命令编码CN=2099不在标准之内。",
                        "访问密码PW应是6个字符。",
                        "设备唯一标识MN应是24个字符，报文中是1个。",
                        "有总包数PNUM或包号PNO，但标志Flag没有表示拆分包。",
                        "包号PNO大于总包数PNUM。",
                        "“DataTime”的值“20261301000000”不是有效的时间。",
                        "“a21026-Rtd”的值“abc”不是数字。",
                        "“a21026-Flag”的数据标记“Q”不在标准之内。",
                        "“a21026-Flag”写了两次。");
    }

    @Test
    void anEncryptedPacketWithoutAKeyAsksForOne() {
        Corpus.Row row = Corpus.frames().stream()
                .filter(r -> r.says("SM4-ECB"))
                .findFirst()
                .orElseThrow();
        Inspection without = Inspection.of(row.packet(), Dialect.of(Standard.HJ_212_2025));
        assertThat(without.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(without.problems().get(0).sentence()).contains("请先为该设备设置密钥");
        Inspection with =
                Inspection.of(row.packet(), Dialect.of(Standard.HJ_212_2025).encrypted(Sm4Test.TEST_KEY, true));
        assertThat(with.valid()).isTrue();
        assertThat(with.segment()).contains("CP=&&DataTime=");
    }

    private static String only(String text) {
        Inspection inspection = Inspection.of(text, DIALECT);
        assertThat(inspection.verdict()).isEqualTo(Verdict.NOT_A_PACKET);
        assertThat(inspection.problems()).hasSize(1);
        return inspection.problems().get(0).sentence();
    }
}
