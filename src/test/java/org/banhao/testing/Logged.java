package org.banhao.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is written to the log that an operator reads. */
public final class Logged {

    private Logged() {}

    /** Everything as bad as an error that this thread writes while it does that, ours or the engine's. */
    public static List<String> errorsOf(Runnable act) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        root.addAppender(heard);
        heard.start();
        try {
            act.run();
        } finally {
            root.detachAppender(heard);
        }
        String thread = Thread.currentThread().getName();
        return heard.list.stream()
                .filter(one ->
                        one.getThreadName().equals(thread) && one.getLevel().isGreaterOrEqual(Level.ERROR))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
