package org.banhao.whole.year;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.LongStream;
import org.banhao.base.MovableClock;
import org.banhao.testing.Whole;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
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
 * the step that failed; with {@code -Dbanhao.year.on=true} it goes on after a failure and tells all. Tier full plays twenty, ten on each
 * database: one takes some minutes of a processor.
 */
interface RandomYear extends Whole {

    /**
     * The application starts on the first day of the year: what it loads at its start belongs to it. What the year before it left in memory
     * goes: ten whole years do not fit.
     */
    class FromTheFirstDay implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static @Nullable HikariDataSource before;

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            forget();
            long offset = Year.BEGIN.toEpochMilli() - System.currentTimeMillis();
            ClockUtil.offset(offset);
            context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof MovableClock clock) clock.offset(Duration.ofMillis(offset));
                    if (bean instanceof HikariDataSource database) before = database;
                    return bean;
                }
            });
        }

        private static void forget() {
            HikariDataSource database = before;
            before = null;
            if (database == null || !database.getJdbcUrl().startsWith("jdbc:h2:mem:")) return;
            try (Connection connection = DriverManager.getConnection(
                            database.getJdbcUrl(), database.getUsername(), database.getPassword());
                    Statement statement = connection.createStatement()) {
                statement.execute("shutdown");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Those of the class, or {@code -Dbanhao.year.seeds=3-5}. */
    static LongStream seeds(long first, long last) {
        String some = System.getProperty("banhao.year.seeds");
        if (some == null) return LongStream.rangeClosed(first, last);
        String[] ends = some.split("-");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    /** Says before and after which year it is, so that one that hangs is known too, and how long it took by the clock and in processor time. */
    private void played(long usualSeed, int usualProposals) {
        long seed = Long.getLong("banhao.year.seed", usualSeed);
        int proposals = Integer.getInteger("banhao.year.proposals", usualProposals);
        System.out.println(getClass().getSimpleName() + " plays seed " + seed + " with " + proposals + " proposals");
        long begun = System.nanoTime();
        Duration computed = computed();
        System.out.println(new Year(this, seed, proposals, Long.getLong("banhao.year.steps", 0L)).play());
        System.out.println("seed " + seed + " took "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s, of a processor "
                + computed().minus(computed).toSeconds() + " s");
    }

    /** By this JVM: what its database server computes is not counted. */
    private static Duration computed() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @DirtiesContext(methodMode = DirtiesContext.MethodMode.AFTER_METHOD)
    @Test
    default void aRandomYearKeepsEveryPromiseOfTheHouse() {
        played(2, 40);
    }

    @Tag("full")
    @DirtiesContext(methodMode = DirtiesContext.MethodMode.AFTER_METHOD)
    @ParameterizedTest
    @MethodSource("seeds")
    default void everyYearKeepsEveryPromiseOfTheHouse(long seed) {
        played(seed, 200);
    }
}
