package org.banhao.whole.year;

import java.util.stream.LongStream;
import org.banhao.whole.OnH2;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

@ContextConfiguration(initializers = RandomYear.FromTheFirstDay.class)
@TestPropertySource(properties = "banhao.notice.sweep=24h")
class RandomYearOnH2Test extends OnH2 implements RandomYear {

    static LongStream seeds() {
        return RandomYear.seeds(1, 10);
    }
}
