package org.banhao.monitoring.gateway;

import org.banhao.monitoring.hj212.Words;

/**
 * What became of a command.
 *
 * @param code QnRtn or ExeRtn that the device answered; 0: it answered nothing
 * @param packets data packets that came in answer to it
 */
public record CommandResult(Outcome outcome, int code, int packets) {

    /** How it ended. */
    public enum Outcome {
        DONE,
        /** The device has no data of that span. */
        NO_DATA,
        REFUSED,
        FAILED,
        NOT_CONNECTED,
        /** Not even after it was sent again. */
        NO_ANSWER,
        /** It took the command, and never said how it ended. */
        NO_RESULT,
        LINE_LOST
    }

    /** One Chinese sentence. */
    public String sentence() {
        return switch (outcome) {
            case DONE -> packets > 0 ? "设备已执行，收到" + packets + "条数据。" : "设备已执行。";
            case NO_DATA -> "设备没有这段时间的数据。";
            case REFUSED -> "设备没有接受命令：" + word(Words.requestResult(code)) + "。";
            case FAILED -> "设备执行失败：" + word(Words.executionResult(code)) + "。";
            case NOT_CONNECTED -> "设备不在线，请在它上线后再试。";
            case NO_ANSWER -> "设备没有应答，已按规定重发。";
            case NO_RESULT -> "设备接受了命令，但没有返回执行结果。";
            case LINE_LOST -> "命令执行期间设备断线。";
        };
    }

    private String word(@org.jspecify.annotations.Nullable String known) {
        return known == null ? "返回码" + code : known;
    }
}
