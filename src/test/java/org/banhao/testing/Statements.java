package org.banhao.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What our own code asks of the database. */
public final class Statements {

    private Statements() {}

    /** How many statements this thread sends while it does that. */
    public static int of(Runnable act) {
        Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        Level before = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(heard);
        heard.start();
        try {
            act.run();
        } finally {
            logger.setLevel(before);
            logger.detachAppender(heard);
        }
        String thread = Thread.currentThread().getName();
        return (int) heard.list.stream()
                .filter(one -> one.getThreadName().equals(thread)
                        && one.getMessage().startsWith("Executing prepared SQL statement"))
                .count();
    }
}
