package org.banhao.casefile.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.banhao.casefile.CasefileDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumbersTest {
    private static final int CLERKS = 32;

    @ParameterizedTest
    @EnumSource
    void thirty_two_cases_opened_at_once_get_thirty_two_numbers(CasefileDatabase database) throws Exception {
        House house = House.on(database);
        List<String> numbers = atOnce(n -> house.openCase("提案" + n));
        assertThat(numbers).doesNotHaveDuplicates().hasSize(CLERKS).allMatch(n -> n.matches("TA-2026-0000[0-3]\\d"));
    }

    @ParameterizedTest
    @EnumSource
    void file_numbers_have_no_gap_although_every_third_registration_is_rolled_back(CasefileDatabase database)
            throws Exception {
        House house = House.on(database);
        List<Integer> kept = atOnce(n -> house.transaction.execute(status -> {
                    int number = house.cases.nextFileNumber("14-5");
                    if (n % 3 == 0) {
                        status.setRollbackOnly();
                        return -1;
                    }
                    return number;
                }))
                .stream()
                .filter(n -> n > 0)
                .toList();
        assertThat(kept)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, kept.size()).boxed().toList());
        assertThat(kept).hasSize(21);
    }

    @ParameterizedTest
    @EnumSource
    void each_session_counts_for_itself(CasefileDatabase database) {
        House house = House.on(database);
        assertThat(house.cases.nextFileNumber("14-5")).isEqualTo(1);
        assertThat(house.cases.nextFileNumber("14-5")).isEqualTo(2);
        assertThat(house.cases.nextFileNumber("14-6")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void the_year_of_a_number_turns_at_midnight_in_shanghai(CasefileDatabase database) {
        House house = House.on(database);
        house.clock.now = Instant.parse("2026-12-31T15:59:59Z");
        assertThat(house.openCase("除夕")).isEqualTo("TA-2026-000001");
        house.clock.now = Instant.parse("2026-12-31T16:00:00Z");
        assertThat(house.openCase("元旦")).isEqualTo("TA-2027-000001");
    }

    private static <T> List<T> atOnce(Work<T> work) throws Exception {
        ExecutorService clerks = Executors.newFixedThreadPool(CLERKS);
        CyclicBarrier together = new CyclicBarrier(CLERKS);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < CLERKS; i++) {
                int n = i;
                calls.add(() -> {
                    together.await();
                    return work.by(n);
                });
            }
            List<T> done = new ArrayList<>();
            for (Future<T> future : clerks.invokeAll(calls)) done.add(future.get());
            return done;
        } finally {
            clerks.shutdownNow();
        }
    }

    private interface Work<T> {
        T by(int clerk);
    }
}
