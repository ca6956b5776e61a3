package org.banhao.notice;

import java.util.function.Function;
import org.banhao.base.ByLink;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One-time links (一次性链接): a secret of 131 bits in an address lets one person do one act in one case without signing in, until the act is
 * due, at most for the days of {@link Setting}, and once. A link comes with a {@link Notice} that names an {@link Notice.Act}. It is dead
 * as soon as it is revoked, the act no longer waits for the person, his account is closed, he has turned links off, or they are
 * switched off. Only a hash of the secret is stored. Calls are transactions of their own.
 */
public interface OneTimeLinks {

    /** Said of every link that cannot be used, whatever the reason, and whether or not there ever was one. */
    String DEAD = "这个链接不能使用：可能已经过期、停用，或者事项已经办结。请登录系统在“我的提案”中查看，或者与提案委员会办公室联系。";

    String WAIT = "这里打开无效链接的次数过多，请稍候再试（最长15分钟），或者登录系统办理。";

    /**
     * Looks at a link; the act stays undone, however often. That it was opened is noted with the message it came with.
     *
     * @param address where the call came from: who guesses waits
     */
    Opened open(String token, String address);

    /**
     * Does the act as the person of the link, and uses the link up with it: both or neither. Of two at once one finds it done.
     *
     * @param act says in words what was decided, at most 200 characters
     * @throws Refusal the link cannot be used ({@link #DEAD}), or the act's own
     */
    void use(String token, Function<Link, String> act);

    /** @param personId the one person; {@code subject} and {@code act} as in {@link Notice.Act} */
    record Link(String act, String subject, String personId, String personName, String caseNumber) {

        public ByLink.Holder holder() {
            return new ByLink.Holder(personId, personName);
        }
    }

    enum State {
        /** The act waits. */
        OPEN,
        /** The act is done. */
        DECIDED,
        /** {@link #DEAD} */
        DEAD,
        /** {@link #WAIT} */
        WAIT
    }

    /** @param link null unless open or decided; {@code decided} null unless decided */
    record Opened(State state, @Nullable Link link, LinkedAct.@Nullable Decided decided) {}

    Setting setting();

    /** @throws Refusal days out of range */
    void set(boolean enabled, int longestDays);

    /** @param longestDays how long a link is good at most, 1 to 30 */
    record Setting(boolean enabled, int longestDays) {}

    /** Whether the person gets links; until he says otherwise. */
    boolean wantedBy(String personId);

    /** Turned off, the links he has are dead too. */
    void want(String personId, boolean wanted);
}
