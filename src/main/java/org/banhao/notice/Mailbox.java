package org.banhao.notice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What was told to whom and what became of it: everything for the system administrator, of one case for who keeps it. Every reading is
 * recorded. Secrets of one-time links are nowhere in it.
 */
public interface Mailbox {

    Counts counts();

    /**
     * The newest fifty.
     *
     * @param state {@code pending}, {@code sent}, {@code dead}, {@code undeliverable}; null: all
     * @param before id of the last one seen; null: from the newest
     */
    List<Message> list(@Nullable String state, @Nullable Long before);

    /** The same list whole, newest first, to be taken away; at most ten thousand. */
    List<Message> export(@Nullable String state);

    /** @throws Refusal no such message */
    Message get(long id);

    /**
     * Puts a dead or undeliverable message back in line, with the address of today.
     *
     * @throws Refusal it waits or has left already, or there is still no address
     */
    void retry(long id);

    /** Newest first, at most five hundred. */
    List<Message> ofCase(String caseNumber);

    /** The newest of the case, for a page whose reading is recorded elsewhere. */
    List<Message> latest(String caseNumber, int most);

    /** How many of the case stand where. Records nothing. */
    Counts counts(String caseNumber);

    /**
     * Sends a message of that case once more, with the address of today and, where it carries a one-time link, with a new one in place of
     * the old.
     *
     * @param by who asks
     * @throws Refusal no such message, it still waits, left or was sent again minutes ago, there is no address, or its act waits no more
     */
    void resend(String caseNumber, long id, String by);

    /**
     * The one-time link of a message of that case, and of those sent with it, is dead from now on.
     *
     * @param by who asks
     * @throws Refusal no such message, it has none, or that is dead already
     */
    void revokeLink(String caseNumber, long id, String by);

    record Counts(long pending, long sent, long dead, long undeliverable) {

        public long all() {
            return pending + sent + dead + undeliverable;
        }

        public long failed() {
            return dead + undeliverable;
        }
    }

    /** What became of the one-time link that a message carries. */
    enum LinkState {
        NONE(""),
        LIVE("链接有效"),
        USED("已经链接办理"),
        REVOKED("链接已撤销"),
        ENDED("链接已到期"),
        /** What it was for is done some other way or does not wait any more, or its receiver gets no links. */
        OVER("链接已失效");

        private final String words;

        LinkState(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * @param attempts tries so far that failed
     * @param sentBy {@code mailbox}, {@code smtp}, {@code file}; null: not sent
     * @param openedAt its own one-time link was opened first, perhaps by a program that looks at mails; null: it was not
     * @param readAt the receiver first looked at the case after it was sent, signed in; null: he has not
     * @param actedAt the act was done by the link; null: it was not
     * @param linkUntil when the link or what it is for ends, whichever comes first; null: not {@link LinkState#LIVE}
     */
    record Message(
            long id,
            String key,
            String channel,
            String template,
            String personId,
            String personName,
            @Nullable String address,
            String subject,
            String text,
            @Nullable String caseNumber,
            String state,
            int attempts,
            Instant nextAt,
            @Nullable String lastError,
            String messageId,
            @Nullable String sentBy,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable Instant openedAt,
            @Nullable Instant readAt,
            @Nullable Instant actedAt,
            LinkState link,
            @Nullable Instant linkUntil) {

        private static final Map<String, String> CHANNELS = Map.of("mail", "邮件", "sms", "短信", "webhook", "消息平台");
        private static final Map<String, String> STATES =
                Map.of("pending", "待发", "sent", "已发", "dead", "多次失败", "undeliverable", "无法送达");
        private static final Map<String, String> LIGHTS =
                Map.of("pending", "soon", "sent", "ok", "dead", "late", "undeliverable", "late");

        public Message withLink(LinkState state, @Nullable Instant until) {
            return new Message(
                    id,
                    key,
                    channel,
                    template,
                    personId,
                    personName,
                    address,
                    subject,
                    text,
                    caseNumber,
                    this.state,
                    attempts,
                    nextAt,
                    lastError,
                    messageId,
                    sentBy,
                    createdAt,
                    sentAt,
                    openedAt,
                    readAt,
                    actedAt,
                    state,
                    until);
        }

        public String channelName() {
            return CHANNELS.getOrDefault(channel, channel);
        }

        public String stateName() {
            return STATES.getOrDefault(state, state);
        }

        /** CSS class of the due light: ok, soon, late. */
        public String light() {
            return LIGHTS.getOrDefault(state, "soon");
        }

        /** It did not arrive and can be put back in line. */
        public boolean failed() {
            return state.equals("dead") || state.equals("undeliverable");
        }

        /** When and how it left, or why not. */
        public String detail() {
            String error = lastError == null ? "" : lastError;
            Instant sent = sentAt;
            if (sent != null) {
                String how = "mailbox".equals(sentBy)
                        ? "存入本信箱（未配置邮件服务器，没有外发）"
                        : "file".equals(sentBy) ? "写入交换文件" : "交给邮件服务器";
                return ChineseTime.text(sent) + how;
            }
            if (state.equals("undeliverable")) return error;
            if (state.equals("dead")) return "试发" + attempts + "次未成功：" + error;
            return attempts == 0 ? "等待发送" : "已试发" + attempts + "次，" + ChineseTime.text(nextAt) + "再试：" + error;
        }

        /** What is known of its being seen; empty: nothing. */
        public String seen() {
            StringBuilder seen = new StringBuilder();
            add(seen, "链接打开", openedAt);
            add(seen, "经链接办理", actedAt);
            add(seen, "登录查看", readAt);
            if (link == LinkState.REVOKED || link == LinkState.ENDED || link == LinkState.OVER) {
                seen.append(seen.isEmpty() ? "" : "；").append(link.words());
            }
            return seen.toString();
        }

        /** What is known of its being seen, and until when its link is good. */
        public String standing() {
            String seen = seen();
            return (seen.isEmpty() ? "还没有看" : seen)
                    + (linkUntil == null ? "" : "；链接有效，至" + ChineseTime.text(linkUntil));
        }

        /** 卫林书，短信，“答复送达：TA-2026-000001”：已发，2026年…；2026年…链接打开 */
        public String line() {
            String seen = seen();
            return personName + "，" + channelName() + "，“" + subject + "”：" + left()
                    + (seen.isEmpty() ? "" : "；" + seen);
        }

        /** 短信：已发，2026年…；还没有看 */
        public String delivery() {
            String seen = seen();
            return channelName() + "：" + left() + (seen.isEmpty() && sentAt != null ? "；还没有看" : "")
                    + (seen.isEmpty() ? "" : "；" + seen);
        }

        private String left() {
            return stateName() + "，" + detail();
        }

        private static void add(StringBuilder seen, String what, @Nullable Instant at) {
            if (at != null) {
                seen.append(seen.isEmpty() ? "" : "；")
                        .append(ChineseTime.text(at))
                        .append(what);
            }
        }
    }
}
