package org.banhao.whole.year;

import java.util.stream.LongStream;
import org.banhao.whole.OnPostgres;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

@ContextConfiguration(initializers = RandomYear.FromTheFirstDay.class)
@TestPropertySource(properties = "banhao.notice.sweep=24h")
class RandomYearOnPostgresTest extends OnPostgres implements RandomYear {

    static LongStream seeds() {
        return RandomYear.seeds(11, 20);
    }
}
