package org.banhao.base;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who does, without being signed in, the one thing that a one-time link (一次性链接) was sent to him for. Said around that act alone, by
 * whoever has checked the link; who is signed in at that browser does not matter meanwhile. What is recorded names the person and the way.
 */
public final class ByLink {

    /** {@link Actor#way()} of such an act. */
    public static final String WAY = "经一次性链接";

    private static final ThreadLocal<@Nullable Holder> PRESENT = new ThreadLocal<>();

    private ByLink() {}

    /** @param name of that day */
    public record Holder(String id, String name) {}

    /** Null: nobody acts by a link in this thread. */
    public static @Nullable Holder present() {
        return PRESENT.get();
    }

    public static <T extends @Nullable Object> T call(Holder holder, Supplier<T> act) {
        Holder before = PRESENT.get();
        PRESENT.set(holder);
        try {
            return act.get();
        } finally {
            if (before == null) {
                PRESENT.remove();
            } else {
                PRESENT.set(before);
            }
        }
    }
}
