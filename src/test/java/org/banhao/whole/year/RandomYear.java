package org.banhao.whole.year;

import java.util.stream.LongStream;
import org.banhao.base.MovableClock;
import org.banhao.testing.Whole;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;

/**
 * Random legal years. {@code -Dbanhao.year.seed}, {@code -Dbanhao.year.proposals} and {@code -Dbanhao.year.steps} play one again up to
 * the step that failed; with {@code -Dbanhao.year.on=true} it goes on after a failure and tells all.
 */
interface RandomYear extends Whole {

    /** The application starts on the first day of the year: what it loads at its start belongs to it. */
    class FromTheFirstDay implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            long offset = Year.BEGIN.toEpochMilli() - System.currentTimeMillis();
            ClockUtil.offset(offset);
            context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof MovableClock clock) clock.offset(java.time.Duration.ofMillis(offset));
                    return bean;
                }
            });
        }
    }

    /** Those of the class, or {@code -Dbanhao.year.seeds=3-5}. */
    static LongStream seeds(long first, long last) {
        String some = System.getProperty("banhao.year.seeds");
        if (some == null) return LongStream.rangeClosed(first, last);
        String[] ends = some.split("-");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    /** Says before and after which year it is: one that hangs is known too. */
    private void played(long usualSeed, int usualProposals) {
        long seed = Long.getLong("banhao.year.seed", usualSeed);
        int proposals = Integer.getInteger("banhao.year.proposals", usualProposals);
        System.out.println(getClass().getSimpleName() + " plays seed " + seed + " with " + proposals + " proposals");
        System.out.println(new Year(this, seed, proposals, Long.getLong("banhao.year.steps", 0L)).play());
    }

    @Test
    default void aRandomYearKeepsEveryPromiseOfTheHouse() {
        played(2, 40);
    }

    @Tag("full")
    @DirtiesContext(methodMode = DirtiesContext.MethodMode.BEFORE_METHOD)
    @ParameterizedTest
    @MethodSource("seeds")
    default void everyYearKeepsEveryPromiseOfTheHouse(long seed) {
        played(seed, 200);
    }
}
