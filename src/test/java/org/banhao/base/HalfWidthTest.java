package org.banhao.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfWidthTest {

    @Test
    void aCodeNumberDayOrAddressOfFullWidthSignsIsTakenAsPlain() {
        assertThat(HalfWidth.ofCode("ＴＡ－２０２６－０００１２３")).isEqualTo("TA-2026-000123");
        assertThat(HalfWidth.ofCode("０３５５－１２３　４５６７")).isEqualTo("0355-123 4567");
        assertThat(HalfWidth.ofCode("ｗｅｉ＿ｌｉｎ＠ｃｚ．ｇｏｖ．ｃｎ")).isEqualTo("wei_lin@cz.gov.cn");
        assertThat(HalfWidth.ofCode("2026／１１／２３ 18：00")).isEqualTo("2026/11/23 18:00");
    }

    @Test
    void proseStaysAsItWasWritten() {
        for (String prose : new String[] {"第１０条：应当公开", "Ａ类，３件", "１、３", "１\n２", "plain", "", "（１）"})
            assertThat(HalfWidth.ofCode(prose)).isEqualTo(prose);
    }
}
