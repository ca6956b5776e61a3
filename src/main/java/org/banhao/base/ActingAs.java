package org.banhao.base;

import org.jspecify.annotations.Nullable;

/**
 * States who acts while the application does by itself what people did: demonstration cases, later imports. Has no effect
 * within a request, where only the signed-in person counts.
 */
public final class ActingAs {

    private static final ThreadLocal<@Nullable Actor> STATED = new ThreadLocal<>();

    private ActingAs() {}

    /** @return the actor stated for this thread, or null */
    public static @Nullable Actor present() {
        return STATED.get();
    }

    public static void run(Actor actor, Runnable act) {
        Actor before = STATED.get();
        STATED.set(actor);
        try {
            act.run();
        } finally {
            if (before == null) {
                STATED.remove();
            } else {
                STATED.set(before);
            }
        }
    }
}
