package org.banhao.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ChineseTimeTest {

    @Test
    void aMomentIsWrittenInShanghaiWithItsWeekday() {
        assertThat(ChineseTime.text(Instant.parse("2026-03-26T10:00:00Z"))).isEqualTo("2026年3月26日 18:00（周四）");
    }

    @Test
    void aDayHasNoLeadingZeros() {
        assertThat(ChineseTime.text(LocalDate.of(2026, 1, 5))).isEqualTo("2026年1月5日（周一）");
    }

    @Test
    void theDayOfAMomentIsThatOfShanghai() {
        assertThat(ChineseTime.day(Instant.parse("2026-03-25T16:00:00Z"))).isEqualTo(LocalDate.of(2026, 3, 26));
    }
}
