package org.banhao.monitoring.gateway;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.banhao.monitoring.gateway.CommandResult.Outcome;
import org.banhao.monitoring.hj212.Frame;
import org.jspecify.annotations.Nullable;

/** Commands of one line that have not ended, found again by the QN they were sent with. Only on the line's own thread. */
final class Asked {

    private static final int ACCEPTED = 1;
    private static final int EXECUTED = 1;
    private static final int NO_DATA = 100;

    private final class Open {
        private final String mn;
        private final String qn;
        private final Command command;
        private final CompletableFuture<CommandResult> result;
        private final Runnable send;
        private int sent;
        private int packets;
        private @Nullable Future<?> timer;

        Open(String mn, String qn, Command command, CompletableFuture<CommandResult> result, Runnable send) {
            this.mn = mn;
            this.qn = qn;
            this.command = command;
            this.result = result;
            this.send = send;
        }

        void sendAgain() {
            if (sent > answers.again()) {
                end(Outcome.NO_ANSWER, 0);
                return;
            }
            sent++;
            send.run();
            after(answers.within().toMillis(), this::sendAgain);
        }

        void lives() {
            after(answers.done().toMillis(), () -> end(Outcome.NO_RESULT, 0));
        }

        private void after(long millis, Runnable next) {
            if (timer != null) timer.cancel(false);
            timer = executor.schedule(next, millis, TimeUnit.MILLISECONDS);
        }

        void end(Outcome outcome, int code) {
            if (timer != null) timer.cancel(false);
            open.remove(qn, this);
            result.complete(new CommandResult(outcome, code, packets));
        }
    }

    private final EventExecutor executor;
    private final GatewayProperties.Answers answers;
    private final Map<String, Open> open = new HashMap<>();

    Asked(EventExecutor executor, GatewayProperties.Answers answers) {
        this.executor = executor;
        this.answers = answers;
    }

    /** @param send writes the command to the line, with this QN */
    void ask(String mn, String qn, Command command, CompletableFuture<CommandResult> result, Runnable send) {
        Open one = new Open(mn, qn, command, result, send);
        open.put(qn, one);
        one.sendAgain();
    }

    /** An answer of the device: 9011, 9012, 9013. Those that belong to nothing (late, or sent twice) are forgotten. */
    void answered(String mn, Frame frame) {
        String qn = frame.qn();
        if (qn.isEmpty()) {
            // 2005 says it in the content
            String inContent = frame.value("QN");
            qn = inContent == null ? "" : inContent;
        }
        Open one = open.get(qn);
        if (one == null || !one.mn.equals(mn)) return;
        switch (frame.cn()) {
            case 9011 -> {
                int code = code(frame, "QnRtn");
                if (code == ACCEPTED) {
                    one.lives();
                } else {
                    one.end(Outcome.REFUSED, code);
                }
            }
            case 9012 -> {
                int code = code(frame, "ExeRtn");
                one.end(code == EXECUTED ? Outcome.DONE : code == NO_DATA ? Outcome.NO_DATA : Outcome.FAILED, code);
            }
            // a notice is done when it is heard
            case 9013 -> one.end(Outcome.DONE, 0);
            default -> {
                // 9014 answers data, and we send none
            }
        }
    }

    /** @return whether the packet was asked for by a command that has not ended */
    boolean asksFor(String mn, Frame frame) {
        if (open.isEmpty()) return false;
        Instant time = frame.dataTime();
        for (Open one : open.values()) {
            if (one.mn.equals(mn) && one.command.asksFor(frame.cn(), time)) {
                one.packets++;
                one.lives();
                return true;
            }
        }
        return false;
    }

    void lineLost() {
        for (Open one : new ArrayList<>(open.values())) one.end(Outcome.LINE_LOST, 0);
    }

    private static int code(Frame frame, String name) {
        int index = frame.find(name);
        return index >= 0 && frame.isNumber(index) ? (int) frame.number(index) : 0;
    }
}
